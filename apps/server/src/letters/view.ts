import type { contract, Result } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import type { ReceivedFacts, ReceivedLetter } from "./received.ts";

type View = Result<(typeof contract)["received.show"]>;

/** What the dispositions module, which comes later in the order, tells about a letter's tree and about whom this post reaches; given by `main.ts`. */
export type LetterDispositions = (
  tx: Tx,
  letterId: Id,
  letter: ReceivedLetter,
  by: Actor,
) => Promise<{ readonly tree: View["tree"]; readonly restingAt: readonly Id[]; readonly reach: View["reach"]; readonly concealed: ReadonlySet<Id> }>;

/** The facts that stand on a closed envelope. */
export const envelopeFacts = (facts: ReceivedFacts): ReceivedFacts => ({ ...facts, subject: "Sampul tertutup", summary: "", attachment: "" });
