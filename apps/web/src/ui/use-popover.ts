import { useEffect, useRef, useState, type RefObject } from "react";
import { flushSync } from "react-dom";

/** Where the parts of a popover are kept: its opener, its panel, and whether it is open now. */
export type Popover<Opener extends HTMLElement> = { readonly opener: RefObject<Opener | null>; readonly panel: RefObject<HTMLDivElement | null>; readonly isOpen: boolean };

/** The browser's own popover beside its opener: it lies over everything, also inside a dialog, and closes by itself. `onShown` runs when it stands in its place. */
export const usePopover = <Opener extends HTMLElement>({ side = "below", align = "start", widest = 0, onShown }: { readonly side?: "below" | "above"; readonly align?: "start" | "end"; /** Never narrower than this, nor than the opener. */ readonly widest?: number; readonly onShown: (panel: HTMLDivElement) => void }): Popover<Opener> => {
  const opener = useRef<Opener>(null);
  const panel = useRef<HTMLDivElement>(null);
  const shown = useRef(onShown);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    shown.current = onShown;
  });
  useEffect(() => {
    const element = panel.current;
    if (element === null) return undefined;
    const place = (event: Event): void => {
      const opens = event instanceof ToggleEvent && event.newState === "open";
      flushSync(() => setOpen(opens)); // what it shows is drawn before it is measured
      const from = opener.current?.getBoundingClientRect();
      if (!opens || from === undefined) return;
      element.style.minWidth = `${Math.max(widest, from.width)}px`;
      const { width, height } = element.getBoundingClientRect();
      const isAbove = side === "above" || (from.bottom + 6 + height > innerHeight && from.top - 6 - height > 0);
      element.style.left = `${Math.max(12, Math.min(align === "start" ? from.left : from.right - width, innerWidth - width - 12))}px`;
      element.style.top = `${isAbove ? Math.max(12, from.top - 6 - height) : Math.max(12, Math.min(from.bottom + 6, innerHeight - height - 12))}px`;
      shown.current(element);
    };
    element.addEventListener("toggle", place);
    return () => element.removeEventListener("toggle", place);
  }, [side, align, widest]);
  return { opener, panel, isOpen };
};
