import type { RefusalCode } from "@lontar/contract";
import type { Instant } from "../kernel/ids.ts";
import { passGate } from "./gate.ts";
import type { Validate } from "./ports.ts";
import type { FaultCode, SigningProvider } from "./provider.ts";
import type { Credential } from "./store.ts";

/** Signing as other modules use it: a provider, and our own validator behind it. */
export type Signing = { readonly provider: SigningProvider; readonly validate: Validate };

/** The signed file that passed the gate, or why there is none: a fault of the provider, or a file that our validator does not believe. */
export type SignedAnswer = { readonly signed: Uint8Array } | { readonly fault: FaultCode | "INVALID"; readonly detail: string | undefined };

/** Has the frozen file signed and believes the result only after our own validator has read it. Nothing is stored here. */
export const signFrozen = async (
  signing: Signing,
  given: { readonly pdf: Uint8Array; readonly sha256: string; readonly credential: Credential; readonly secret: string; readonly at: Instant; readonly reason: string; readonly location: string },
): Promise<SignedAnswer> => {
  const { state, handle } = given.credential;
  const answer = await signing.provider.sign({ pdf: given.pdf, certificate: Buffer.from(state.certificate, "base64"), handle, secret: given.secret, at: given.at, name: state.name, reason: given.reason, location: given.location });
  if ("fault" in answer) return { fault: answer.fault.code, detail: answer.fault.vendor };
  const gate = await passGate(answer.signed, { frozen: { sha256: given.sha256, size: given.pdf.length }, serial: state.serial, at: given.at, trust: signing.provider.trust }, signing.validate);
  return gate.passed ? { signed: answer.signed } : { fault: "INVALID", detail: gate.reason };
};

/** What the signer is told: each fault has a sentence of its own that says what to do. */
export const refusalOf = (fault: FaultCode | "INVALID"): RefusalCode => refusals[fault];

const refusals: Readonly<Record<FaultCode | "INVALID", RefusalCode>> = {
  WRONG_SECRET: "wrong_passphrase", NOT_REGISTERED: "signer_not_registered", CERT_EXPIRED: "certificate_expired", LOCKED: "signer_suspended", RATE: "signing_busy", TEMPORARY: "signing_unavailable",
  OUTCOME_UNKNOWN: "signing_outcome_unknown", PROTOCOL: "signing_protocol", INVALID: "signature_invalid",
};
