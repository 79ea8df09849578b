import { refusals, type RefusalCode } from "@lontar/contract";

/** A named "no": the rule was understood and the answer is no. It is not an error of the program. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: RefusalCode;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, facts: Readonly<Record<string, unknown>> = {}) {
    super(refusals[code].sentence);
    this.code = code;
    this.facts = facts;
  }
}

/** The thing is not there for this person: the same answer whether it is missing, hidden or of another tenant. */
export class NotFound extends Error {
  override readonly name = "NotFound";
  readonly kind: string;

  constructor(kind: string) {
    super(`no such ${kind} for this person`);
    this.kind = kind;
  }
}

/** Names what must always be true; reaching the throw is a bug of ours. */
export function assert(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(`broken assumption: ${sentence}`);
}
