import type { id } from "./id.ts";

/** The shape of the messages: every language has every key, with the same parameters; the compiler checks it. */
export type Messages = Widened<typeof id>;

type Widened<T> = T extends string ? string : T extends (...given: infer Given) => string ? (...given: Given) => string : { readonly [Key in keyof T]: Widened<T[Key]> };
