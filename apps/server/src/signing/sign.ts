import type { RefusalCode } from "@lontar/contract";
import type { Instant } from "../kernel/ids.ts";
import type { ProvedFile } from "../letters/issued/index.ts";
import type { Authorities } from "./authorities.ts";
import { passGate } from "./gate.ts";
import type { Validate } from "./ports.ts";
import { preserveFile } from "./preserve.ts";
import type { Anchors } from "./providers/anchors.ts";
import { standingFault, type FaultCode, type SigningFault, type SigningProvider, type Standing } from "./provider.ts";
import type { Credential } from "./store.ts";

/** Signing as other modules use it: a provider, our own validator behind it, and whoever proves times and standings for long. */
export type Signing = {
  readonly provider: SigningProvider;
  readonly validate: Validate;
  readonly authorities: Authorities;
  /** Roots (DER) under which signatures and time-stamps are believed here. */
  readonly trust: readonly Uint8Array[];
  /** The same roots for people. */
  readonly roots: readonly { readonly name: string; readonly pem: string; readonly development: boolean }[];
};

/** Puts signing together. The lists of roots are made once: the validator remembers what it has read of them. */
export const openSigning = ({ anchors, ...given }: Pick<Signing, "provider" | "validate" | "authorities"> & { /** Of an outside time-stamping authority. */ readonly anchors?: Anchors | undefined }): Signing => {
  const { provider } = given;
  const own = provider.roots.map((root) => ({ ...root, development: provider.development }));
  const others = (anchors?.roots ?? []).filter(({ pem }) => own.every((root) => root.pem !== pem)).map((root) => ({ ...root, development: false }));
  return { ...given, trust: [...provider.trust, ...(anchors?.trust ?? [])], roots: [...own, ...others] };
};

/** The signed file that passed the gate, or why there is none: a fault of the provider, or a file that our validator does not believe. */
export type SignedAnswer = { readonly signed: Uint8Array; readonly proved: ProvedFile } | { readonly fault: FaultCode | "INVALID"; readonly detail: string | undefined; /** What the signer is told. */ readonly refusal: RefusalCode; /** Whether that is the provider's own sentence, which says what to do about it. */ readonly isExact: boolean };

/** Has the frozen file signed, believes the result only after our own validator has read it, and gives it as much lasting proof as comes at once. Nothing is stored here. */
export const signFrozen = async (
  signing: Signing,
  given: { readonly pdf: Uint8Array; readonly sha256: string; readonly credential: Credential; readonly secret: string; readonly at: Instant; readonly reason: string; readonly location: string },
): Promise<SignedAnswer> => {
  const { state, handle } = given.credential;
  const { provider, authorities, validate, trust } = signing;
  const answer = await provider.sign({ pdf: given.pdf, certificate: Buffer.from(state.certificate, "base64"), handle, secret: given.secret, at: given.at, name: state.name, reason: given.reason, location: given.location, timestamps: authorities.timestamps });
  if ("fault" in answer) return { fault: answer.fault.code, detail: answer.fault.vendor, refusal: refusalOf(answer.fault), isExact: answer.fault.refusal !== undefined };
  const asked = { frozen: { sha256: given.sha256, size: given.pdf.length }, serial: state.serial };
  const gate = await passGate(answer.signed, { ...asked, at: authorities.source.now(), trust }, validate);
  if (!gate.passed) return { fault: "INVALID", detail: gate.reason, refusal: "signature_invalid", isExact: true };
  const { bytes, proved } = await preserveFile(signing, { bytes: answer.signed, reached: gate.reached ?? { level: "B-B", until: null }, isDue: false }, asked);
  return { signed: bytes, proved };
};

/** What the signer is told: each fault has a sentence of its own that says what to do. */
export const refusalOf = ({ code, refusal }: Pick<SigningFault, "code" | "refusal">): RefusalCode => refusal ?? refusals[code];

/** What is told of an account that does not stand as it should; nothing, where that does not keep it from signing. */
export const refusalOfStanding = ({ enrolment }: SigningProvider, standing: Standing): RefusalCode | undefined => {
  const code = standingFault[standing];
  return code === undefined ? undefined : ((enrolment !== undefined && enrolment.account !== "new" ? enrolment.refusals?.[standing] : undefined) ?? refusals[code]);
};

const refusals: Readonly<Record<FaultCode, RefusalCode>> = {
  WRONG_SECRET: "wrong_passphrase", NOT_REGISTERED: "signer_not_registered", CERT_EXPIRED: "certificate_expired", LOCKED: "signer_suspended", RATE: "signing_busy", TEMPORARY: "signing_unavailable",
  OUTCOME_UNKNOWN: "signing_outcome_unknown", PROTOCOL: "signing_protocol",
};
