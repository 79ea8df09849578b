import { useSyncExternalStore } from "react";

const queries = { phone: "(max-width: 760px)", narrow: "(max-width: 1100px)" } as const;

const watch = (query: string) => (hear: () => void): (() => void) => {
  const media = matchMedia(query);
  media.addEventListener("change", hear);
  return () => media.removeEventListener("change", hear);
};
const watchers = { phone: watch(queries.phone), narrow: watch(queries.narrow) } as const;

/** Is the window as narrow as a phone, or too narrow for a panel beside the page? For what differs in more than style. */
export const useNarrow = (width: keyof typeof queries): boolean => useSyncExternalStore(watchers[width], () => matchMedia(queries[width]).matches);
