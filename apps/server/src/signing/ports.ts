import type { ProofLevel } from "@lontar/contract";
import type { Instant } from "../kernel/ids.ts";

/** One signer as the validator found him in the file. */
export type FoundSigner = { readonly name: string; readonly serial: string; readonly certificate: Uint8Array; /** Its issuers up to the root, DER. */ readonly chain?: readonly Uint8Array[] };

/** The PAdES level that a file has reached, and until when its newest time-stamp stands by itself (B-LTA alone). */
export type Reached = { readonly level: ProofLevel; readonly until: Instant | null };

/** What we ask of a validator: did everything pass, in which word, by whom, with how much proof. */
export type ValidationAnswer = { readonly passed: boolean; readonly word: string; readonly signers: readonly FoundSigner[]; /** Null when it did not pass. */ readonly reached: Reached | null };

/** Our PAdES validator. `at` is the moment at which certificates must have been valid: when the letter was signed, as our own log proves. */
export type Validate = (pdf: Uint8Array, asked: { readonly trust: readonly Uint8Array[]; readonly at: Instant }) => Promise<ValidationAnswer>;
