import type { EndpointName } from "@lontar/contract";
import type { Query, QueryClient } from "@tanstack/react-query";

/** Reads that may change when something arrives on the desk. */
const outdatedByNews: ReadonlySet<unknown> = new Set<EndpointName>(["desk.list", "session.me", "received.list", "received.show", "drafts.list", "drafts.show", "dispositions.list", "received.trail", "mandates.list", "mandates.vacant", "handovers.list"]);

// One act makes several pieces of news, and reaches the window it was done in as well.
const gatherMs = 200;

/** Refreshes what news makes old, once for all that comes together; whatever has been asked again since the last of it is as new as the news. */
export const openNews = (client: QueryClient): { readonly hear: () => void; readonly close: () => void } => {
  const asked = new WeakMap<Query, number>();
  const leave = client.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "fetch") asked.set(event.query, performance.now());
  });
  let heard = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    timer = undefined;
    void client.invalidateQueries({ predicate: (query) => outdatedByNews.has(query.queryKey[0]) && (asked.get(query) ?? 0) < heard });
  };
  return {
    hear: () => {
      heard = performance.now();
      timer ??= setTimeout(refresh, gatherMs);
    },
    close: () => {
      leave();
      clearTimeout(timer);
    },
  };
};
