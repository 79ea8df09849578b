import { sql } from "kysely";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import type { Job } from "../kernel/jobs.ts";
import type { Machine } from "../kernel/perform.ts";
import { Refused } from "../kernel/refusal.ts";
import { stateStore } from "../kernel/state.ts";
import { contentHash } from "./content.ts";
import { longestAskMs, nextLook } from "./intent.ts";
import { decide, evolve, traces, type Content, type DraftCommand, type DraftEvent, type DraftState } from "./draft.ts";

/** Rows of drafts. */
export const draftStore = stateStore<DraftState | null>({ table: "draft", none: null, subject: (id) => id, traces });

const secondsLater = (instant: string, seconds: number): string => new Date(Date.parse(instant) + seconds * 1000).toISOString();

/** The job that looks after a kept intent: once after the longest that asking can take, and again and again while the provider is away. */
export const intentJob = (id: Id, runAt: string, tries: number): Job => ({ task: "drafts.intent", payload: { id, tries }, key: `intent/${id}`, runAt });

/** Was this file once the rendering of this draft? */
export const wasRendered = async (tx: Tx, tenantId: Id, id: Id, sha256: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from event where tenant_id = ${tenantId} and thing_id = ${id} and type = 'draft.rendered' and body->'rendered'->>'sha256' = ${sha256} limit 1`.execute(tx);
  return rows.length > 0;
};

/** Drafts. A frozen one is rendered by its own request; the job is for a crash in between. A signed one tells whoever asked for it. */
export const draftMachine: Machine<DraftState | null, DraftCommand, DraftEvent> = {
  kind: "draft",
  subject: draftStore.subject,
  lock: draftStore.lock,
  decide,
  evolve,
  save: draftStore.save,
  later: (id, event, after) => {
    switch (event.type) {
      case "draft.frozen":
        return [{ task: "drafts.render", payload: { id }, key: `render/${id}`, runAt: secondsLater(event.at, 15) }];
      case "draft.sign_intended":
        return [intentJob(id, secondsLater(event.at, longestAskMs / 1000), 0)];
      case "draft.signing_failed":
        return after?.intent?.state === "menunggu_penyedia" ? [intentJob(id, nextLook(event.at, 0), 1)] : [];
      case "draft.signed":
        return after?.origin == null ? [] : [{ task: after.origin.signedTask, payload: { id: after.origin.id, draftId: id }, key: `${after.origin.signedTask}/${id}` }];
      default:
        return [];
    }
  },
};

/** The text as typed so far. */
export type Text = { readonly revision: number; readonly content: Content; readonly hash: string };

/** The text of a draft; `undefined` only before the draft exists. */
export const textOf = async (tx: Tx, tenantId: Id, id: Id): Promise<Text | undefined> => {
  const row = await tx.selectFrom("draft_text").select(["revision", "content", "hash"]).where("tenant_id", "=", tenantId).where("draft_id", "=", id).executeTakeFirst();
  // Only `saveText` and `insertText` below write this column.
  return row === undefined ? undefined : { revision: row.revision, content: row.content as unknown as Content, hash: row.hash };
};

/** The first text of a new draft. */
export const insertText = async (tx: Tx, id: Id, content: Content, by: Actor): Promise<void> => {
  await tx.insertInto("draft_text").values({ tenant_id: by.tenantId, draft_id: id, revision: 1, content: JSON.stringify(content), hash: contentHash(content), person_id: by.personId, at: by.at }).execute();
};

/** Saves what was typed over the revision that the typist saw; whoever comes second is told `stale` and keeps his words. */
export const saveText = async (tx: Tx, id: Id, seen: number, content: Content, by: Actor): Promise<Text> => {
  const hash = contentHash(content);
  const saved = await tx
    .updateTable("draft_text")
    .set({ revision: seen + 1, content: JSON.stringify(content), hash, person_id: by.personId, at: by.at })
    .where("tenant_id", "=", by.tenantId)
    .where("draft_id", "=", id)
    .where("revision", "=", seen)
    .returning("revision")
    .executeTakeFirst();
  if (saved === undefined) throw new Refused("stale");
  return { revision: saved.revision, content, hash };
};
