import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import type { Result } from "@lontar/contract";
import type { contract } from "@lontar/contract";
import { holderKeys, type Reader } from "../kernel/state.ts";
import { isRegistrarOf, isSecret, type ReceivedFacts, type ReceivedLetter } from "./received.ts";

type View = Result<(typeof contract)["received.show"]>;

/** What the dispositions module, which comes later in the order, tells about a letter's tree; given by `main.ts`. */
export type LetterDispositions = (
  tx: Tx,
  letterId: Id,
  letter: ReceivedLetter,
  by: Actor,
) => Promise<{ readonly tree: View["tree"]; readonly restingAt: readonly Id[]; readonly concealed: ReadonlySet<Id> }>;

// Through these clauses of the visibility rule (domain 8.1) a letter was meant for someone; the others only let him administer it.
const meant: ReadonlySet<string> = new Set<Reader["rule"]>(["dituju", "tembusan", "disposisi"]);

/** By which clauses this actor sees the letter. */
export const rulesOf = async (tx: Tx, letterId: Id, by: Actor): Promise<ReadonlySet<string>> =>
  new Set((await tx.selectFrom("reader").select("rule").where("tenant_id", "=", by.tenantId).where("subject_id", "=", letterId).where("holder", "in", [...holderKeys(by)]).execute()).map((row) => row.rule));

/** May he read what is inside? A secret letter stays a closed envelope for its registrars once it has an addressee. */
export const seesInside = (letter: ReceivedLetter, rules: ReadonlySet<string>, by: Actor): boolean =>
  !isSecret(letter) || [...rules].some((rule) => meant.has(rule)) || (letter.directedTo === null && isRegistrarOf(letter, by));

/** The facts that stand on a closed envelope. */
export const envelopeFacts = (facts: ReceivedFacts): ReceivedFacts => ({ ...facts, subject: "Sampul tertutup", summary: "", attachment: "" });
