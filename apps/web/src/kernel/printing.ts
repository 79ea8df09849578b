import { useSyncExternalStore } from "react";

// Asked for at the first use: what is drawn outside a browser is never printed.
const paper = (): MediaQueryList => matchMedia("print");
const watch = (hear: () => void): (() => void) => {
  const media = paper();
  media.addEventListener("change", hear);
  return () => media.removeEventListener("change", hear);
};

/** Is the page being laid out for paper? Paper is read on another day, and nothing on it can be opened. */
export const usePrinting = (): boolean => useSyncExternalStore(watch, () => paper().matches);
