import type { Id } from "../kernel/ids.ts";
import type { SearchText } from "../records/index.ts";
import { writtenNumber } from "./numbers.ts";
import { isSecret, type ReceivedLetter } from "./received.ts";

/** What can be found of a letter whose scan reads `text`. Of a secret one only the envelope: a search must not read it aloud to those who keep the register. */
export const findableOf = (subjectId: Id, letter: ReceivedLetter, text: string): SearchText => {
  const secret = isSecret(letter);
  const { facts } = letter;
  const agenda = letter.agenda === null ? "" : writtenNumber(letter.agenda);
  const words = facts === null ? [letter.files[0]?.name ?? ""] : [agenda, facts.number, facts.sender, ...(secret ? [] : [facts.subject, facts.summary, facts.classification ?? ""])];
  const isScan = letter.origin.kind === "pindaian";
  return { subjectId, kind: "surat", dated: facts?.date ?? null, facts: words.join("\n"), content: secret || isScan ? "" : text, scan: secret || !isScan ? "" : text };
};
