/** What a disposisi asks: of all its receivers together, or of one of them. */
export type Words = {
  readonly instructions: readonly string[];
  readonly note: string;
  readonly due: string | undefined;
};

/** A receiver being chosen. With words of his own the common ones do not hold for him. */
export type Recipient = { readonly id: string; readonly positionId: string; readonly title: string; readonly holder: string | null; readonly own?: Words | undefined };

/** A disposisi while it is being written: kept on the device until it is sent. */
export type DispositionDraft = Words & {
  /** Made once and kept, so that a repeated request finds the same receivers. */
  readonly recipients: readonly Recipient[];
  /** The one receiver who answers for the result; always one of the recipients, or none when there are none. */
  readonly responsible: string | undefined;
};

/** Nothing chosen yet. */
export const emptyDisposition: DispositionDraft = { recipients: [], responsible: undefined, instructions: [], note: "", due: undefined };

/** Adds or removes a receiver. The first becomes responsible; when the responsible one leaves, the next does. */
export const toggleRecipient = (draft: DispositionDraft, post: { readonly id: string; readonly title: string; readonly holder: string | null }, newId: () => string): DispositionDraft => {
  if (!draft.recipients.some((each) => each.positionId === post.id)) {
    const recipients = [...draft.recipients, { id: newId(), positionId: post.id, title: post.title, holder: post.holder }];
    return { ...draft, recipients, responsible: draft.responsible ?? post.id };
  }
  const recipients = draft.recipients.filter((each) => each.positionId !== post.id);
  return { ...draft, recipients, responsible: draft.responsible === post.id ? recipients[0]?.positionId : draft.responsible };
};

/** Makes one of the recipients responsible; anyone else changes nothing. */
export const makeResponsible = (draft: DispositionDraft, positionId: string): DispositionDraft =>
  draft.recipients.some((each) => each.positionId === positionId) ? { ...draft, responsible: positionId } : draft;

/** The words that hold for one receiver, or (`undefined`) for all who have none of their own. */
export const wordsFor = (draft: DispositionDraft, positionId: string | undefined): Words =>
  draft.recipients.find((each) => each.positionId === positionId)?.own ?? { instructions: draft.instructions, note: draft.note, due: draft.due };

/** Writes the words for one receiver, who then has his own, or for all who have none. */
export const writeWords = (draft: DispositionDraft, positionId: string | undefined, words: Words): DispositionDraft =>
  positionId === undefined ? { ...draft, ...words } : { ...draft, recipients: draft.recipients.map((each) => (each.positionId === positionId ? { ...each, own: words } : each)) };

/** The receiver follows the common words again. */
export const shareWords = (draft: DispositionDraft, positionId: string): DispositionDraft =>
  ({ ...draft, recipients: draft.recipients.map(({ own, ...each }) => (each.positionId === positionId || own === undefined ? each : { ...each, own })) });

/** Chooses or drops an instruction. */
export const toggleInstruction = (words: Words, text: string): Words =>
  ({ ...words, instructions: words.instructions.includes(text) ? words.instructions.filter((each) => each !== text) : [...words.instructions, text] });

/** What keeps it from being sent, in the order in which the dialog asks, and for which receiver when it is in his own words. */
export const missing = (draft: DispositionDraft, now: Date): { readonly fault: "no_recipient" | "no_instruction" | "due_in_past"; readonly of?: Recipient } | undefined => {
  if (draft.recipients.length === 0) return { fault: "no_recipient" };
  for (const recipient of draft.recipients) {
    const words = wordsFor(draft, recipient.positionId);
    const of = recipient.own === undefined ? {} : { of: recipient };
    if (words.instructions.length === 0 && words.note.trim() === "") return { fault: "no_instruction", ...of };
    if (words.due !== undefined && Date.parse(words.due) <= now.getTime()) return { fault: "due_in_past", ...of };
  }
  return undefined;
};

/** Is this what an earlier visit kept? An older shape is not restored. */
export const isDispositionDraft = (kept: unknown): kept is DispositionDraft => {
  if (!isWords(kept) || !("recipients" in kept)) return false;
  const { recipients } = kept;
  return Array.isArray(recipients) && recipients.every((each: unknown) => typeof each === "object" && each !== null && "id" in each && "positionId" in each && "title" in each && (!("own" in each) || each.own === undefined || isWords(each.own)));
};

const isWords = (kept: unknown): kept is Words => {
  if (typeof kept !== "object" || kept === null || !("instructions" in kept) || !("note" in kept)) return false;
  const { instructions, note } = kept;
  return Array.isArray(instructions) && instructions.every((each) => typeof each === "string") && typeof note === "string";
};
