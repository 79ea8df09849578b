import type { EndpointName } from "@lontar/contract";

/** Reads that an act on a naskah makes old. */
export const outdatedByDrafts: readonly EndpointName[] = ["drafts.show", "drafts.list", "drafts.versions", "desk.list", "session.me", "received.show"];
