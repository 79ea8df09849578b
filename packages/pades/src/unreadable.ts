import type { Limits } from "./limits.ts";

/** Why a file cannot be judged at all. */
export type UnreadableReason = "not_a_pdf" | "encrypted" | "damaged" | "too_large";

/** The limit that a file went beyond: one of `Limits`, or the work of judging it. */
export type LimitName = keyof Limits | "work";

/** Thrown for a file that cannot be judged: not a PDF, encrypted, beyond repair, or larger than the limits allow. */
export class Unreadable extends Error {
  readonly reason: UnreadableReason;

  /** Which limit, where the reason is `too_large`. */
  readonly limit: LimitName | undefined;

  constructor(reason: UnreadableReason, detail: string, limit?: LimitName) {
    super(detail);
    this.limit = limit;
    this.name = "Unreadable";
    this.reason = reason;
  }
}
