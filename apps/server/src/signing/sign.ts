import type { Instant } from "../kernel/ids.ts";
import { passGate } from "./gate.ts";
import type { Validate } from "./ports.ts";
import type { SigningProvider } from "./provider.ts";
import type { Credential } from "./store.ts";

/** Signing as other modules use it: a provider, and our own validator behind it. */
export type Signing = { readonly provider: SigningProvider; readonly validate: Validate };

/** The signed file that passed the gate, or the name of the fault. */
export type SignedAnswer = { readonly signed: Uint8Array } | { readonly fault: string };

/** Has the frozen file signed and believes the result only after our own validator has read it. Nothing is stored here. */
export const signFrozen = async (
  signing: Signing,
  given: { readonly pdf: Uint8Array; readonly sha256: string; readonly credential: Credential; readonly secret: string; readonly at: Instant; readonly reason: string; readonly location: string },
): Promise<SignedAnswer> => {
  const { state, sealedKey } = given.credential;
  const answer = await signing.provider.sign({ pdf: given.pdf, certificate: Buffer.from(state.certificate, "base64"), sealedKey, secret: given.secret, at: given.at, name: state.name, reason: given.reason, location: given.location });
  if ("fault" in answer) return { fault: answer.fault.code };
  const gate = await passGate(answer.signed, { frozen: { sha256: given.sha256, size: given.pdf.length }, serial: state.serial, at: given.at, trust: signing.provider.trust }, signing.validate);
  return gate.passed ? { signed: answer.signed } : { fault: `INVALID: ${gate.reason}` };
};
