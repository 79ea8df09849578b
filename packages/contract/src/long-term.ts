import { z } from "zod";
import { instant } from "./terms.ts";

/** How much of its own proof a signed file carries (PAdES, EN 319 142-1 §6): the signature, its time, everything it takes to judge it, and that for decades. */
export const proofLevel = z.enum(["B-B", "B-T", "B-LT", "B-LTA"]);

/** One of the levels. */
export type ProofLevel = z.output<typeof proofLevel>;

/** Why a file has not all of its proof yet, or no longer. */
export const shortfall = z.enum(["no_tsa", "tsa_unreachable", "tsa_refused", "status_unreachable", "revoked", "no_path", "slow", "not_believed"]);

/** One of these reasons. */
export type Shortfall = z.output<typeof shortfall>;

/** The long-term proof of a letter, as screens and the public page tell it. */
export const longTerm = z.object({
  level: proofLevel,
  /** Until when the newest time-stamp stands by itself; null below B-LTA. */
  until: instant.nullable(),
  /** What is missing; null when nothing is. */
  lacks: shortfall.nullable(),
});

/** The long-term proof of one letter. */
export type LongTerm = z.output<typeof longTerm>;
