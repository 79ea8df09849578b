import type { EndpointName } from "@lontar/contract";

/** Reads that an act on a received letter or its disposisi makes old. */
export const outdatedByActs: readonly EndpointName[] = ["received.show", "received.list", "received.trail", "desk.list", "dispositions.list", "session.me", "office.posts"];
