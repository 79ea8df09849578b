import { useEffect } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { openNews } from "./news.ts";
import { address } from "./server.ts";

/** Listens to the server for this post (and this person) while the page is visible and refreshes what the news makes old. The browser reconnects by itself. */
export const useLive = (positionId: string): void => {
  const client = useQueryClient();
  useEffect(() => {
    const news = openNews(client);
    let source: EventSource | undefined;
    const open = (): void => {
      source = new EventSource(address("desk.live", {}));
      source.addEventListener("desk", news.hear);
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
      news.close();
    };
  }, [client, positionId]);
};
