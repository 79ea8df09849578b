/**
 * What a reader of hostile bytes answers: the value it understood, or the name of the reason it refused.
 * Refusals are values because a bad proof is an ordinary day for a verifier; only bugs throw.
 */
export type Verdict<Value, Reason extends string> = { readonly value: Value } | { readonly refused: Reason };
