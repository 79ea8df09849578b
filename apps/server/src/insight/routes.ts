import { query, stream, type Route } from "../kernel/http.ts";
import type { Live } from "../kernel/live.ts";
import { desk } from "./queries.ts";

const heartbeatMs = 25_000;

/** The desk and its live notices. */
export const insightRoutes = (deps: { readonly live: Live }): readonly Route[] => [
  query("desk.list", desk),
  stream("desk.live", async (by, send, closed) => {
    const hear = (): void => send("desk", by.positionId);
    const stops = [by.positionId, by.personId].map((key) => deps.live.listen(by.tenantId, key, hear));
    // Proxies cut a silent connection; a comment-sized event keeps it.
    const beat = setInterval(() => send("beat", ""), heartbeatMs);
    send("open", by.positionId);
    await closed;
    clearInterval(beat);
    for (const stop of stops) stop();
  }),
];
