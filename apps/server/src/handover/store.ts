import { sql } from "kysely";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { stateStore } from "../kernel/state.ts";
import type { DraftState } from "../drafts/index.ts";
import { decideHandover, evolveHandover, tracesOfHandover, type Counts, type HandoverCommand, type HandoverEvent, type HandoverState } from "./handover.ts";

/** Rows of hand-overs. The admin and superiors act on them without having been readers before: the rules decide. */
export const handoverStore = stateStore<HandoverState | null>({ table: "handover", none: null, open: true, subject: (id) => id, traces: tracesOfHandover });

/** Hand-overs. */
export const handoverMachine: Machine<HandoverState | null, HandoverCommand, HandoverEvent> = {
  kind: "handover",
  subject: handoverStore.subject,
  lock: handoverStore.lock,
  decide: decideHandover,
  evolve: evolveHandover,
  save: handoverStore.save,
  later: () => [],
};

/** Does a hand-over of this post wait for its signature? */
export const isRunning = async (tx: Tx, tenantId: Id, positionId: Id): Promise<boolean> =>
  (await tx.selectFrom("handover").select("id").where("tenant_id", "=", tenantId).where("position_id", "=", positionId).where("status", "=", "menunggu").executeTakeFirst()) !== undefined;

/** What of a post belongs to its holder as a person: found before it moves, and moved. */
export type Personal = {
  readonly drafts: readonly { readonly id: Id; readonly state: DraftState }[];
  /** Drafts that carry his name in their frozen bytes: nobody else can sign those. */
  readonly frozen: readonly { readonly id: Id; readonly number: string }[];
  /** Plt. and Plh. of his elsewhere, and whoever acts for him here. */
  readonly mandates: readonly { readonly id: Id; readonly title: string }[];
};

/** The personal share of a post's work. `letterId` is the berita acara itself, which stays with whoever signs it. */
export const personalOf = async (tx: Tx, tenantId: Id, positionId: Id, personId: Id, letterId: Id | null, at: string): Promise<Personal> => {
  const { rows: drafts } = await sql<{ id: Id; state: DraftState }>`
    select id, state from draft where tenant_id = ${tenantId} and status not in ('ditandatangani', 'dibatalkan') and state->'drafter'->>'personId' = ${personId}
      and state->'drafter'->>'positionId' = ${positionId} and (${letterId}::uuid is null or id <> ${letterId}::uuid) order by id`.execute(tx);
  const { rows: frozen } = await sql<{ id: Id; number: string }>`
    select id, state->'frozen'->>'number' as number from draft where tenant_id = ${tenantId} and status = 'beku' and state->'frozen'->'signer'->>'personId' = ${personId}
      and state->'frozen'->'signer'->>'positionId' = ${positionId} and (${letterId}::uuid is null or id <> ${letterId}::uuid) order by id`.execute(tx);
  const { rows: mandates } = await sql<{ id: Id; title: string }>`
    select h.id, coalesce((select p.title from position_period p where p.tenant_id = h.tenant_id and p.id = h.position_id and p.since <= ${at}::timestamptz order by p.since desc limit 1), '') as title
    from holding h where h.tenant_id = ${tenantId} and h.kind in ('plt', 'plh') and (h.until is null or h.until > ${at}) and (h.until is null or h.since < h.until)
      and (h.person_id = ${personId} or h.position_id = ${positionId}) order by h.id`.execute(tx);
  return { drafts, frozen, mandates };
};

/** How much there is of everything that moves or ends. */
export const countsOf = async (tx: Tx, tenantId: Id, positionId: Id, personal: Personal, at: string): Promise<Counts> => {
  const { rows } = await sql<{ desk: string; unread: string; delegations: string }>`select
    (select count(*) from duty where tenant_id = ${tenantId} and position_id = ${positionId}) as desk,
    (select count(*) from duty where tenant_id = ${tenantId} and position_id = ${positionId} and unread) as unread,
    (select count(*) from delegation where tenant_id = ${tenantId} and (from_id = ${positionId} or to_id = ${positionId}) and (state->>'until' is null or state->>'until' > ${at})) as delegations`.execute(tx);
  return { desk: Number(rows[0]?.desk ?? 0), unread: Number(rows[0]?.unread ?? 0), delegations: Number(rows[0]?.delegations ?? 0), drafts: personal.drafts.length, mandates: personal.mandates.length };
};

/** Hand-overs of the government, newest first: all for its admin, for others those they may read. */
export const handoversFor = async (tx: Tx, by: Actor, holders: readonly string[]): Promise<readonly { readonly id: Id; readonly state: HandoverState }[]> =>
  (await sql<{ id: Id; state: HandoverState }>`
    select h.id, h.state from handover h where h.tenant_id = ${by.tenantId} and (${by.functions.includes("admin")} or exists (
      select from reader r where r.tenant_id = h.tenant_id and r.subject_id = h.id and r.holder in (${sql.join([...holders])}))) order by h.id desc limit 100`.execute(tx)).rows;
