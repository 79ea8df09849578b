import type { SealFacts } from "@lontar/seal";
import { subjectOf } from "./content.ts";
import type { DraftState, Frozen } from "./draft.ts";
import { typeNamed } from "./setting.ts";

/**
 * What the seal of a letter may say to whoever holds the paper. Of a secret letter (R, SR) that it exists, and nothing more; the subject
 * only of an ordinary one (B), as on the public page.
 */
export const sealedFacts = (state: DraftState, frozen: Frozen, render: { readonly content: string; readonly pages: number }): Omit<SealFacts, "institution"> => {
  const { content } = state;
  const exists = { code: frozen.code, date: frozen.date };
  if (content === null || content.security === "R" || content.security === "SR") return exists;
  const open = content.security === "B" ? { subject: subjectOf(typeNamed(state.type), content) } : {};
  return { ...exists, content: render.content, number: frozen.number, post: frozen.signer.post, pages: render.pages, ...open };
};
