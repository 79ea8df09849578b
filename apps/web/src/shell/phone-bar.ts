import { useEffect, type ReactNode } from "react";
import { phoneBar } from "./Shell.tsx";

/** Gives the page its own top bar on a phone, instead of the shell's top line and bottom bar, while it is shown. Memoise the bar. */
export const usePhoneBar = (bar: ReactNode): void => {
  useEffect(() => {
    phoneBar.set(bar);
    return () => phoneBar.set(undefined);
  }, [bar]);
};
