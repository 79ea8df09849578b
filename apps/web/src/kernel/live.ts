import { useEffect } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { EndpointName } from "@lontar/contract";
import { keyOf } from "./queries.ts";
import { address } from "./server.ts";

/** Reads that may change when something arrives on the desk. */
const outdatedByNews: readonly EndpointName[] = ["desk.list", "session.me", "received.list", "received.show", "drafts.list", "drafts.show", "dispositions.list", "received.trail", "mandates.list", "mandates.vacant"];

/** Listens to the server for this post (and this person) while the page is visible and refreshes what the news makes old. The browser reconnects by itself. */
export const useLive = (positionId: string): void => {
  const client = useQueryClient();
  useEffect(() => {
    let source: EventSource | undefined;
    const open = (): void => {
      source = new EventSource(address("desk.live", {}));
      source.addEventListener("desk", () => {
        for (const name of outdatedByNews) void client.invalidateQueries({ queryKey: keyOf(name) });
      });
    };
    const follow = (): void => {
      if (document.visibilityState === "visible" && source === undefined) open();
      if (document.visibilityState === "hidden") {
        source?.close();
        source = undefined;
      }
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      source?.close();
    };
  }, [client, positionId]);
};
