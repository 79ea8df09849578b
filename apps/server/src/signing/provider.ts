import type { RefusalCode } from "@lontar/contract";
import type { TimestampAuthority } from "@lontar/pades";
import type { Instant } from "../kernel/ids.ts";

/** Why a provider did not sign, in our words. */
export type FaultCode =
  | "WRONG_SECRET" | "NOT_REGISTERED" | "CERT_EXPIRED" | "LOCKED"
  /** Too much was asked of it, or it is not there: nothing was signed. */
  | "RATE" | "TEMPORARY"
  /** It had the file and no answer reached us: it may have signed. */
  | "OUTCOME_UNKNOWN"
  /** It answered something that its description does not know. */
  | "PROTOCOL";

/** A fault: `retry` says whether asking again is harmless, `vendor` is the provider's own code for the support desk, `refusal` the sentence for the signer where that of the code would not be exact. */
export type SigningFault = { readonly code: FaultCode; readonly retry: "never" | "safe" | "reconcile"; readonly vendor?: string; readonly refusal?: RefusalCode };

/** A provider's answer: the signed file, or why not. */
export type SigningAnswer = { readonly signed: Uint8Array } | { readonly fault: SigningFault };

/** One file to be signed. The secret lives only as long as this object: it is never stored, logged, or put into an event or job. */
export type SigningRequest = {
  readonly pdf: Uint8Array;
  /** DER; empty at an activation, when the certificate is not known yet. */
  readonly certificate: Uint8Array;
  /** What the provider keeps with us for this person: his sealed key, or the sealed name of his account. */
  readonly handle: Uint8Array;
  readonly secret: string;
  readonly at: Instant;
  readonly name: string;
  readonly reason: string;
  readonly location: string;
  /** Who stamps the signature's time, for providers that can have it stamped; a signature never fails for want of its stamp. */
  readonly timestamps?: TimestampAuthority | undefined;
};

/** May this account sign now? Every word but `ready` says why not. */
export type Standing = "ready" | "unregistered" | "pending" | "expired" | "suspended" | "revoked" | "unknown";

/** The fault that a signature would meet on an account that stands so. */
export const standingFault: Readonly<Partial<Record<Standing, FaultCode>>> = { unregistered: "NOT_REGISTERED", pending: "NOT_REGISTERED", expired: "CERT_EXPIRED", suspended: "LOCKED", revoked: "LOCKED" };

/** Whoever makes electronic signatures: the embedded development CA, or a certified provider behind a network. */
export type SigningProvider = {
  readonly name: string;
  /** Its certificates are for trying out and must look so on paper. */
  readonly development: boolean;
  /** Whether it asks for the person's own secret at each signature; where it does not, a kept intent is carried out by itself. */
  readonly needsSecret: boolean;
  /** What its people call that secret: the PIN of their token, or (where nothing is said) a passphrase. */
  readonly secret?: "pin" | undefined;
  /** Appends one signature to the file, or says why not. */
  readonly sign: (request: SigningRequest) => Promise<SigningAnswer>;
  /** How people come to their certificates: `undefined` where nobody can. */
  readonly enrolment: Enrolment | undefined;
  /** Root certificates (DER) under which its signatures are believed. */
  readonly trust: readonly Uint8Array[];
  /** The same roots for people. */
  readonly roots: readonly { readonly name: string; readonly pem: string }[];
};

/** A person who is registered with the provider: it knows him by the NIK we hold, or by a name that he types. */
export type AccountEnrolment = {
  readonly account: "nik" | "given";
  /** The handle of an account, with nothing readable in it. */
  readonly handleOf: (account: string) => Uint8Array | Promise<Uint8Array>;
  /** Whether the account may sign; asking signs nothing. */
  readonly standing: (handle: Uint8Array) => Promise<Standing>;
  /** The sentences for standings that its people know by other words. */
  readonly refusals?: Readonly<Partial<Record<Standing, RefusalCode>>> | undefined;
  /** The device whose one secret guards the account's key, where there is one: it belongs to one person. Of another provider's handle it knows none. */
  readonly deviceOf?: ((handle: Uint8Array) => string | undefined) | undefined;
};

/** A person who is given a new key, under a passphrase of his own choice, and a certificate for it. */
export type KeyEnrolment = {
  readonly account: "new";
  readonly issue: (person: { readonly id: string; readonly name: string; readonly title: string; readonly organisation: string }, secret: string, at: Instant) => Promise<{ readonly certificate: Uint8Array; readonly chain: readonly Uint8Array[]; readonly handle: Uint8Array }>;
};

/** How a person becomes able to sign here. */
export type Enrolment = AccountEnrolment | KeyEnrolment;

/** How an account stands now; asking signs nothing and needs no secret. Where keys lie with us there is nobody to ask. */
export const standingAt = async (provider: SigningProvider, handle: Uint8Array): Promise<Standing> => {
  const { enrolment } = provider;
  return enrolment === undefined ? "unknown" : enrolment.account === "new" ? "ready" : enrolment.standing(handle);
};

/** A provider with which people are registered. */
export type AccountProvider = SigningProvider & { readonly enrolment: AccountEnrolment };

/** A provider that gives people their certificates, as the embedded CA does. */
export type IssuingProvider = SigningProvider & { readonly enrolment: KeyEnrolment };
