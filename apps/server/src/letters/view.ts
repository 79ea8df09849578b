import type { contract, Result } from "@lontar/contract";
import { nobody, type Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import { isRegistrarOf, isSecret, type ReceivedFacts, type ReceivedLetter } from "./received.ts";

type View = Result<(typeof contract)["received.show"]>;

/** What the dispositions module, which comes later in the order, tells about a letter's tree; given by `main.ts`. */
export type LetterDispositions = (
  tx: Tx,
  letterId: Id,
  letter: ReceivedLetter,
  by: Actor,
) => Promise<{ readonly tree: View["tree"]; readonly restingAt: readonly Id[]; readonly concealed: ReadonlySet<Id> }>;

/** May he read what is inside? A secret letter is open to its present addressee, to whoever opened it as addressee, and down the disposisi; for its registrars it closes once it is directed. */
export const seesInside = (letter: ReceivedLetter, isDisposedTo: boolean, by: Actor): boolean =>
  !isSecret(letter) ||
  by.personId === nobody ||
  letter.directedTo?.positionId === by.positionId ||
  letter.openedBy.includes(by.personId) ||
  isDisposedTo ||
  (letter.directedTo === null && isRegistrarOf(letter, by));

/** The facts that stand on a closed envelope. */
export const envelopeFacts = (facts: ReceivedFacts): ReceivedFacts => ({ ...facts, subject: "Sampul tertutup", summary: "", attachment: "" });
