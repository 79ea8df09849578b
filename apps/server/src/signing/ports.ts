import type { Instant } from "../kernel/ids.ts";

/** One signer as the validator found him in the file. */
export type FoundSigner = { readonly name: string; readonly serial: string; readonly certificate: Uint8Array };

/** What we ask of a validator: did everything pass, in which word, by whom. */
export type ValidationAnswer = { readonly passed: boolean; readonly word: string; readonly signers: readonly FoundSigner[] };

/** Our PAdES validator. `at` is the moment at which certificates must have been valid: when the letter was signed, as our own log proves. */
export type Validate = (pdf: Uint8Array, asked: { readonly trust: readonly Uint8Array[]; readonly at: Instant }) => Promise<ValidationAnswer>;
