import type { RevocationQuestion } from "./ocsp-request.ts";

/**
 * Where answers about revocations come from: `online/revocation-source.ts` asks over HTTP, `ca/revocation-source.ts` the
 * embedded CA. Answers are hostile until they were verified; nothing is an answer too.
 */
export type RevocationSource = {
  /** A DER `OCSPResponse` about the certificate. */
  readonly ocsp: (question: RevocationQuestion) => Promise<Uint8Array | undefined>;
  /** A DER CRL that speaks of the certificate. */
  readonly crl: (question: RevocationQuestion) => Promise<Uint8Array | undefined>;
};

/** Why a document's validation data are not complete. */
export type NoValidationDataReason = "no_signature" | "no_path" | "no_revocation_data" | "stale" | "revoked";

/** Thrown when the validation data of a document cannot be made complete, which half of them would only hide. */
export class NoValidationData extends Error {
  readonly reason: NoValidationDataReason;

  constructor(reason: NoValidationDataReason, detail: string) {
    super(detail);
    this.name = "NoValidationData";
    this.reason = reason;
  }
}
