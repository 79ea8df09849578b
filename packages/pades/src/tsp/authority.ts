/**
 * A time-stamping authority as this package needs it: something that answers an RFC 3161 request. `tsp/transport.ts` speaks to
 * one over HTTP; `ca/tsa.ts` is one. Its answers are hostile until `timestampToken` has checked them.
 */
export type TimestampAuthority = {
  /** Sends a DER `TimeStampReq` and returns the DER `TimeStampResp`; throws `BadTimestamp` ("unreachable") when no answer came. */
  readonly send: (request: Uint8Array) => Promise<Uint8Array>;
  /** The policy that tokens must be made under; any, if none is named. */
  readonly policy?: string;
  /** Anchors that the authority's certificate must lead to. Without them a token is checked in everything but whom it comes from. */
  readonly trust?: readonly Uint8Array[];
};

/** Why a time-stamp was not accepted. */
export type BadTimestampReason =
  | "unreachable" | "rejected" | "malformed" | "wrong_imprint" | "wrong_nonce" | "wrong_policy" | "wrong_certificate" | "bad_signature" | "untrusted";

/** Thrown for an answer of a time-stamping authority that cannot be used. */
export class BadTimestamp extends Error {
  readonly reason: BadTimestampReason;

  constructor(reason: BadTimestampReason, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = "BadTimestamp";
    this.reason = reason;
  }
}
