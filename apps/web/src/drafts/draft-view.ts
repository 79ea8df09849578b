import type { InputOf, ResultOf } from "../kernel/api.ts";

/** A naskah as the server shows it to this person. */
export type DraftView = ResultOf<"drafts.show">;

/** What a drafter writes. */
export type Content = DraftView["content"];

/** What is sent when the text is saved. */
export type SentContent = InputOf<"drafts.write">["content"];

/** One finding on the text. */
export type Problem = DraftView["problems"][number];

/** One addressee or receiver of a copy. */
export type Recipient = Content["to"][number];

/** One row of the list of naskah. */
export type DraftRow = ResultOf<"drafts.list">["items"][number];

/** Where a naskah stands. */
export type DraftStatus = DraftView["status"];

/** A version that was submitted. */
export type Version = ResultOf<"drafts.versions">[number];

/** May this person do it now? The server says so; nobody else decides. */
export const mayDo = (draft: DraftView, act: string): boolean => draft.may.includes(act);

/** What the naskah is called where its subject should stand. */
export const titleOf = (draft: Pick<DraftView, "type">, content: Pick<Content, "subject">): string => (content.subject.trim() === "" ? draft.type.title : content.subject);

/** Has the text left its author's hands for good: frozen, signed or sent? */
export const isFixed = (draft: Pick<DraftView, "frozen" | "status">): boolean => draft.frozen !== null && draft.status !== "perbaikan" && draft.status !== "dibatalkan";

/** The file that carries the frozen or signed bytes, for its address. */
export const fileOf = (draft: DraftView): string | undefined => draft.signed?.sha256 ?? (isFixed(draft) ? draft.frozen?.sha256 : undefined);

/** The first and last groups of a hash, as a person can compare them: `9F3A 61C0 … C21E`. */
export const fingerprintOf = (sha256: string): string => {
  const capitals = sha256.toUpperCase();
  return `${capitals.slice(0, 4)} ${capitals.slice(4, 8)} … ${capitals.slice(-4)}`;
};

/** Is this what a device kept of a naskah's text? Checked because it may be of an older shape. */
export const isContent = (value: unknown): value is Content => {
  if (typeof value !== "object" || value === null) return false;
  const has = (name: string, test: (part: unknown) => boolean): boolean => name in value && test(Reflect.get(value, name));
  const isText = (part: unknown): boolean => typeof part === "string";
  return has("subject", isText) && has("attachment", isText) && has("place", isText) && has("to", Array.isArray) && has("cc", Array.isArray) && has("body", (part) => typeof part === "object" && part !== null) && has("fields", (part) => typeof part === "object" && part !== null);
};
