import type { Instant } from "../kernel/ids.ts";

/** Why a provider did not sign, in our words; `retry` says whether asking again is harmless. */
export type SigningFault = {
  readonly code: "WRONG_SECRET" | "NOT_REGISTERED" | "CERT_EXPIRED" | "LOCKED" | "TEMPORARY" | "OUTCOME_UNKNOWN" | "PROTOCOL";
  readonly retry: "never" | "safe" | "reconcile";
};

/** A provider's answer: the signed file, or why not. */
export type SigningAnswer = { readonly signed: Uint8Array } | { readonly fault: SigningFault };

/** One file to be signed. The secret lives only as long as this object: it is never stored, logged, or put into an event or job. */
export type SigningRequest = {
  readonly pdf: Uint8Array;
  readonly certificate: Uint8Array;
  readonly sealedKey: Uint8Array;
  readonly secret: string;
  readonly at: Instant;
  readonly name: string;
  readonly reason: string;
  readonly location: string;
};

/** Whoever makes electronic signatures: the embedded development CA, or a certified provider behind a network. */
export type SigningProvider = {
  readonly name: string;
  /** Its certificates are for trying out and must look so on paper. */
  readonly development: boolean;
  /** Appends one signature to the file, or says why not. */
  readonly sign: (request: SigningRequest) => Promise<SigningAnswer>;
  /** Root certificates (DER) under which its signatures are believed. */
  readonly trust: readonly Uint8Array[];
  /** The same roots for people. */
  readonly roots: readonly { readonly name: string; readonly pem: string }[];
};

/** A provider that can also give a person a certificate, as the embedded CA does. */
export type IssuingProvider = SigningProvider & {
  readonly issue: (person: { readonly id: string; readonly name: string; readonly title: string; readonly organisation: string }, secret: string, at: Instant) => Promise<{ readonly certificate: Uint8Array; readonly sealedKey: Uint8Array; readonly serial: string; readonly issuer: string; readonly until: Instant }>;
};
