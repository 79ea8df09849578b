/** Why a file cannot be judged at all. */
export type UnreadableReason = "not_a_pdf" | "encrypted" | "damaged" | "too_large";

/** Thrown for a file that cannot be judged: not a PDF, encrypted, beyond repair, or larger than the limits allow. */
export class Unreadable extends Error {
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason, detail: string) {
    super(detail);
    this.name = "Unreadable";
    this.reason = reason;
  }
}
