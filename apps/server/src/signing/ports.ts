/** One signer as the validator found him in the file. */
export type FoundSigner = { readonly name: string; readonly serial: string };

/** What we ask of a validator: did everything pass, in which word, by whom. */
export type ValidationAnswer = { readonly passed: boolean; readonly word: string; readonly signers: readonly FoundSigner[] };

/** Our PAdES validator, bound to the digests and roots of this installation. */
export type Validate = (pdf: Uint8Array, trust: readonly Uint8Array[]) => Promise<ValidationAnswer>;
