import { useEffect, useState } from "react";

/** The one place of the web app that reads the device's clock. */
export const now = (): Date => new Date();

/** The present time, told again at each whole minute (or each `everyMs`), and when the screen wakes. */
export const useNow = (everyMs = 60_000): Date => {
  const [time, setTime] = useState(now);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      setTime(now());
      timer = setTimeout(tick, everyMs - (now().getTime() % everyMs));
    };
    timer = setTimeout(tick, everyMs - (now().getTime() % everyMs));
    const wake = (): void => {
      if (document.visibilityState === "visible") setTime(now());
    };
    document.addEventListener("visibilitychange", wake);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
    };
  }, [everyMs]);
  return time;
};
