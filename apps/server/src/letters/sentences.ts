import type { Words } from "@lontar/contract";
import type { EventBody, Telling } from "./event-body.ts";
import { tellers as english } from "./sentences-en.ts";
import { tellers as indonesian } from "./sentences-id.ts";

/** One line of a letter's Jejak: what was done, after the doer's name, and why if a reason was given. */
export type Told = { readonly sentence: Words; readonly reason: Words | null };

/**
 * Events by which a thing only keeps count of an act that has its own line: the giver's sheet beside each receiver's, the counter
 * beside the accepted report. They are in the log and in the inspector's search; a Jejak would say everything twice with them.
 */
export const bookkeeping: ReadonlySet<string> = new Set(["received.disposed", "received.settled", "disposition.passed_on", "disposition.settled"]);

/** Every type of event that has a sentence; a test compares it with the source of all modules. */
export const toldTypes: ReadonlySet<string> = new Set(Object.keys(indonesian));

const erased: Telling = { sentence: "melakukan tindakan yang isinya telah dihapus menurut hukum.", reason: "" };
const erasedInEnglish: Telling = { sentence: "did something whose content has been erased by law.", reason: "" };

/** What an event says to the reader of a Jejak. An erased body leaves the act, without its words. */
export const tell = (type: string, body: EventBody | null): Told => {
  const id = body === null ? erased : indonesian[type]?.(body) ?? { sentence: `melakukan tindakan “${type}”.`, reason: "" };
  const en = body === null ? erasedInEnglish : english[type]?.(body) ?? { sentence: `did “${type}”.`, reason: "" };
  return { sentence: { id: id.sentence, en: en.sentence }, reason: id.reason === "" ? null : { id: id.reason, en: en.reason } };
};
