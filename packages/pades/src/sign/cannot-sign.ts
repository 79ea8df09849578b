/** Why a readable PDF cannot take this signature. */
export type CannotSignReason =
  | "field_already_signed" | "field_is_not_a_signature" | "no_pages" | "certified_against_changes" | "already_signed" | "misplaced_header" | "signature_too_long" | "certificate_expired";

/** Thrown when the document forbids the signature that was asked for. */
export class CannotSign extends Error {
  readonly reason: CannotSignReason;

  constructor(reason: CannotSignReason, detail: string) {
    super(detail);
    this.name = "CannotSign";
    this.reason = reason;
  }
}
