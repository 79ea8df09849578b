import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";

/** What can be found of one letter: its facts, its own words, and what a machine read in its scan. */
export type SearchText = { readonly subjectId: Id; readonly kind: "surat" | "naskah"; readonly dated: string | null; readonly facts: string; readonly content: string; readonly scan: string };

// PostgreSQL refuses a tsvector over 1 MB; a letter of 300 pages keeps its first part searchable.
const longest = 200_000;

const searchable = (text: string): string => text.replaceAll("\u0000", " ").slice(0, longest);

/** Makes a letter findable; the same letter again replaces what was there. It can be made again at any time, so it is no evidence. */
export const indexLetter = async (tx: Tx, tenantId: Id, text: SearchText): Promise<void> => {
  const row = { kind: text.kind, dated: text.dated, facts: searchable(text.facts), content: searchable(text.content), scan: searchable(text.scan) };
  await tx
    .insertInto("search_text")
    .values({ tenant_id: tenantId, subject_id: text.subjectId, ...row })
    .onConflict((conflict) => conflict.columns(["tenant_id", "subject_id"]).doUpdateSet(row))
    .execute();
};
