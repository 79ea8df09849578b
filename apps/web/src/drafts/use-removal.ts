import { useEffect, useRef } from "react";
import { notify } from "../kernel/notices.ts";
import { useDraftMessages } from "./messages.ts";

/**
 * Takes something away and offers *Urungkan* for a while. `back` puts it again into the value as it is by then, so that what was typed
 * since stays; once the page is left there is nothing to put it into.
 */
export const useRemoval = <Value>(value: Value, onChange: (next: Value) => void): ((what: string, without: Value, back: (now: Value) => Value) => void) => {
  const { tools, sheet } = useDraftMessages();
  const latest = useRef<{ readonly value: Value; readonly onChange: (next: Value) => void } | undefined>(undefined);
  useEffect(() => {
    latest.current = { value, onChange };
    return () => {
      latest.current = undefined;
    };
  });
  const restore = (back: (now: Value) => Value): void => {
    const now = latest.current;
    now?.onChange(back(now.value));
  };
  return (what, without, back) => {
    onChange(without);
    notify("info", sheet.removed(what), { label: tools.undo, run: () => restore(back) });
  };
};
