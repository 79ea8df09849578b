import { letterType, type RenderInput } from "@lontar/naskah";
import { command, file, query, steps, type Route } from "../kernel/http.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { fileOf, issuedLetter } from "../letters/issued/index.ts";
import { openTurns } from "../kernel/turns.ts";
import { approveDraft, cancelDraft, createDraft, freezeDraft, mustPrint, returnDraft, revokeLetter, signDraft, submitDraft, withdrawDraft, writeDraft, type Drafting } from "./commands.ts";
import { toRenderInput } from "./print.ts";
import { isPrintable, problemsOf } from "./problems.ts";
import { listDrafts, printedOf, seenText, showDraft, versionsOf, visibleDraft } from "./queries.ts";
import { delegationProblem, settingOf } from "./setting.ts";

const answer = (id: string, state: { readonly status: string }) => ({ id, status: state.status });

/** Outgoing naskah: write, review, freeze, sign. */
export const draftRoutes = (drafting: Drafting): readonly Route[] => {
  const inTurn = openTurns();
  return [
    query("drafts.list", listDrafts),
    query("drafts.show", (tx, input, by) => showDraft(tx, input.id, drafting, by)),
    query("drafts.versions", (tx, input, by) => versionsOf(tx, input.id, by)),
    command("drafts.create", async (tx, input, by) => answer(input.id, await createDraft(tx, input, by))),
    command("drafts.write", async (tx, input, by) => {
      const { state, text, type } = await writeDraft(tx, input.id, input.revision, input.content, by);
      return { revision: text.revision, version: state.version, contentHash: text.hash, problems: [...problemsOf(type, text.content), ...(await delegationProblem(tx, state, text.content, by))], printed: await printedOf(tx, drafting, state, text.content, by) };
    }),
    command("drafts.submit", async (tx, input, by) => answer(input.id, await submitDraft(tx, input.id, input.revision, input.note, by))),
    command("drafts.withdraw", async (tx, input, by) => answer(input.id, await withdrawDraft(tx, input.id, by))),
    command("drafts.approve", async (tx, input, by) => answer(input.id, await approveDraft(tx, input.id, input.contentHash, input.note, by))),
    command("drafts.giveBack", async (tx, input, by) => answer(input.id, await returnDraft(tx, input.id, input.note, by))),
    command("drafts.cancel", async (tx, input, by) => answer(input.id, await cancelDraft(tx, input.id, input.reason, by))),
    command("drafts.revoke", async (tx, input, by) => {
      await revokeLetter(tx, input.id, input.reason, by, input.replacement);
      return { id: input.id, status: "dicabut" };
    }),
    steps("drafts.freeze", (work, input, by) => freezeDraft(drafting, work, input.id, input.contentHash, by)),
    steps("drafts.sign", (work, input, by) => inTurn(by.personId, () => signDraft(drafting, work, input.id, input, by))),
    file("drafts.preview", async (tx, input, by) => {
      const state = await visibleDraft(tx, input.id, by);
      const name = `${state.typeTitle} konsep.pdf`;
      const letter = state.signed === null ? undefined : await issuedLetter(tx, by.tenantId, input.id);
      const stored = letter === undefined ? (state.signed ?? (state.status === "beku" ? state.rendered : null)) : fileOf(letter);
      if (state.signed !== null && state.summary.security === "SR") throw new Refused("secret_on_screen_only");
      if (stored !== null) return async () => ({ bytes: await drafting.blobs.bytes(stored.sha256), mediaType: "application/pdf", name, inline: true });
      const { content } = await seenText(tx, input.id, state, by);
      const type = letterType(state.type);
      if (type === undefined) throw new NotFound("letter type");
      if (!isPrintable(type, content)) throw new Refused("draft_incomplete", { problems: problemsOf(type, content).filter((problem) => problem.level === "wajib") });
      const made = toRenderInput(type, content, await settingOf(tx, drafting, state, content, by), null, by);
      mustPrint(made);
      // The renderer parses the whole input again before it sets a letter.
      return async () => ({ bytes: (await drafting.renderer.pdf(made as unknown as RenderInput)).pdf, mediaType: "application/pdf", name, inline: true });
    }),
  ];
};
