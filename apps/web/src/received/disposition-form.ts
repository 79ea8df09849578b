/** A disposisi while it is being written: kept on the device until it is sent. */
export type DispositionDraft = {
  /** Made once and kept, so that a repeated request finds the same receivers. */
  readonly recipients: readonly { readonly id: string; readonly positionId: string; readonly title: string; readonly holder: string | null }[];
  /** The one receiver who answers for the result; always one of the recipients, or none when there are none. */
  readonly responsible: string | undefined;
  readonly instructions: readonly string[];
  readonly note: string;
  readonly due: string | undefined;
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

/** Chooses or drops an instruction. */
export const toggleInstruction = (draft: DispositionDraft, text: string): DispositionDraft =>
  ({ ...draft, instructions: draft.instructions.includes(text) ? draft.instructions.filter((each) => each !== text) : [...draft.instructions, text] });

/** What keeps it from being sent, in the order in which the dialog asks. */
export const missing = (draft: DispositionDraft, now: Date): "no_recipient" | "no_instruction" | "due_in_past" | undefined => {
  if (draft.recipients.length === 0) return "no_recipient";
  if (draft.instructions.length === 0 && draft.note.trim() === "") return "no_instruction";
  if (draft.due !== undefined && Date.parse(draft.due) <= now.getTime()) return "due_in_past";
  return undefined;
};

/** Is this what an earlier visit kept? An older shape is not restored. */
export const isDispositionDraft = (kept: unknown): kept is DispositionDraft => {
  if (typeof kept !== "object" || kept === null || !("recipients" in kept) || !("instructions" in kept) || !("note" in kept)) return false;
  const { recipients, instructions, note } = kept;
  return Array.isArray(recipients) && recipients.every((each: unknown) => typeof each === "object" && each !== null && "id" in each && "positionId" in each && "title" in each) && Array.isArray(instructions) && instructions.every((each) => typeof each === "string") && typeof note === "string";
};
