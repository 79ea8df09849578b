import type { contract, Parsed, Result } from "@lontar/contract";
import { sql } from "kysely";
import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import { NotFound } from "../kernel/refusal.ts";
import { holderKeys, mayRead } from "../kernel/state.ts";
import { during, isCompetentFor, postsById } from "../organisation/index.ts";
import { decideEmergency, type EmergencyState } from "./emergency.ts";
import { decideInspection, mayUse, type InspectionState } from "./inspection.ts";
import { emergenciesFor, emergencyStore, inspectionsOf, inspectionStore, looksOf, overseeingKey } from "./store.ts";

type Contract = typeof contract;
type InspectionView = Result<Contract["inspections.list"]>["items"][number];
type EmergencyView = Result<Contract["emergencies.show"]>;

const statusOf = (state: Pick<InspectionState, "since" | "until" | "ended">, at: string): InspectionView["status"] => (state.ended !== null && state.until <= at ? "dicabut" : at < state.since ? "terjadwal" : at < state.until ? "aktif" : "berakhir");

/** A button is shown where the rule itself would let the act happen. */
const wouldAct = (decision: Decision<unknown>): boolean => "events" in decision && decision.events.length > 0;

/** Mandates of inspection: an inspector's own, those that a superior may give and take, all for the admin. */
export const inspections = async (tx: Tx, _input: unknown, by: Actor): Promise<Result<Contract["inspections.list"]>> => {
  const all = await inspectionsOf(tx, by.tenantId);
  const competent = new Map<Id, boolean>();
  for (const { state } of all) if (!competent.has(state.positionId)) competent.set(state.positionId, await isCompetentFor(tx, state.positionId, by));
  const mine = all.filter(({ state }) => state.positionId === by.positionId || competent.get(state.positionId) === true || hasFunction(by, "inspector") || hasFunction(by, "admin"));
  const looks = await looksOf(tx, by.tenantId, mine.map(({ id }) => id));
  const posts = await postsById(tx, by.tenantId, mine.map(({ state }) => state.positionId), by.at);
  return {
    mayGive: (await inspectorPosts(tx, by)).length > 0,
    items: mine.map(({ id, state }) => ({
      id, status: statusOf(state, by.at), position: { id: state.positionId, title: state.positionTitle, holder: posts.get(state.positionId)?.holder?.name ?? null }, purpose: state.purpose, basis: state.basis,
      decree: { ...state.decree }, reach: { units: [...state.reach.units], types: [...state.reach.types], classifications: [...state.reach.classifications], from: state.reach.from, to: state.reach.to },
      since: state.since, until: state.until, given: state.given, ended: state.ended, letters: looks.get(id)?.letters ?? 0, looks: looks.get(id)?.looks ?? 0,
      may: [...(mayUse(state, by) === undefined ? ["read" as const] : []), ...(wouldAct(decideInspection(state, { type: "revoke", reason: "-", isCompetent: competent.get(state.positionId) === true }, by)) ? ["revoke" as const] : [])],
    })),
  };
};

const inspectorPosts = async (tx: Tx, by: Actor): Promise<readonly { readonly id: Id; readonly title: string; readonly holder: string | null }[]> => {
  const { rows } = await sql<{ id: Id }>`select id from position_period p where tenant_id = ${by.tenantId} and ${during(sql`p`, by.at)} and facts->'functions' ? 'inspector' order by id limit 50`.execute(tx);
  const posts = await postsById(tx, by.tenantId, rows.map((row) => row.id), by.at);
  const competent: { id: Id; title: string; holder: string | null }[] = [];
  for (const post of posts.values()) if (await isCompetentFor(tx, post.id, by)) competent.push({ id: post.id, title: post.title, holder: post.holder?.name ?? null });
  return competent;
};

/** The inspectors' posts that this actor may send to inspect, and the units that a mandate may be limited to. */
export const inspectionChoices = async (tx: Tx, _input: unknown, by: Actor): Promise<Result<Contract["inspections.choices"]>> => {
  const posts = await inspectorPosts(tx, by);
  const units = posts.length === 0 ? [] : (await sql<{ id: Id; name: string }>`select id, name from unit_period u where tenant_id = ${by.tenantId} and ${during(sql`u`, by.at)} order by name, id limit 2000`.execute(tx)).rows;
  return { posts: [...posts], units };
};

// What an inspector does under a mandate besides reading letters.
const uses: Readonly<Record<string, "cari" | "telusur" | "laporan" | "unduh">> = { "inspection.searched": "cari", "inspection.traced": "telusur", "inspection.reported": "laporan", "inspection.exported": "unduh" };

/** One mandate with what was looked at under it: for the inspector, his superiors and the admin, who sees counts and no letter. */
export const inspection = async (tx: Tx, { id }: Parsed<Contract["inspections.show"]>, by: Actor): Promise<Result<Contract["inspections.show"]>> => {
  const state = (await inspectionStore.find(tx, by.tenantId, id))?.state;
  const item = state == null ? undefined : (await inspections(tx, {}, by)).items.find((one) => one.id === id);
  if (state == null || item === undefined) throw new NotFound("inspection");
  const mayName = state.positionId === by.positionId || hasFunction(by, "inspector") || (await isCompetentFor(tx, state.positionId, by));
  const { rows } = await sql<{ event_id: Id; at: Date; person: string | null; type: string; body: { readonly part?: { readonly what: "surat" | "berkas" | "jejak" }; readonly letter?: { readonly number: string }; readonly q?: string; readonly words?: string; readonly found?: number } | null }>`
    select e.event_id, e.at, e.who->>'person' as person, e.type, e.body from event e
    where e.tenant_id = ${by.tenantId} and ((e.kind = 'inspection' and e.thing_id = ${id} and e.type = any(${sql.val(Object.keys(uses))}::text[]))
      or (e.kind = 'inspection_look' and e.thing_id in (select l.id from inspection_look l where l.tenant_id = ${by.tenantId} and l.inspection_id = ${id})))
    order by e.event_id desc limit 200`.execute(tx);
  return {
    ...item,
    acts: !mayName ? [] : rows.map((row) => ({ eventId: row.event_id, at: row.at.toISOString(), person: row.person ?? "", what: uses[row.type] ?? row.body?.part?.what ?? "surat", number: row.body?.letter?.number ?? null, q: row.body?.q ?? row.body?.words ?? null, found: row.body?.found ?? null })),
  };
};

const emergencyView = async (tx: Tx, id: Id, state: EmergencyState, by: Actor): Promise<EmergencyView> => {
  const { rows } = await sql<{ at: Date; body: { readonly part: { readonly what: "surat" | "berkas" | "jejak" } } | null }>`select at, body from event where tenant_id = ${by.tenantId} and subject_id = ${state.letterId} and kind = 'emergency' and thing_id = ${id} and type = 'emergency.read' order by event_id limit 500`.execute(tx);
  const posts = await postsById(tx, by.tenantId, state.alarmed.map((one) => one.positionId), by.at);
  const isMine = state.opener.personId === by.personId;
  return {
    id, status: by.at < state.until ? "terbuka" : state.closed !== null ? "ditutup" : "berakhir", letter: { id: state.letterId, kind: state.kind, number: state.number, security: state.security },
    opener: { person: state.opener.person, post: state.opener.post }, isMine, standing: state.standing, reason: state.reason, since: state.since, until: state.until,
    alarmed: state.alarmed.map((one) => {
      const known = state.acknowledged.find((other) => other.positionId === one.positionId);
      return { title: one.title, holder: posts.get(one.positionId)?.holder?.name ?? null, acknowledged: known === undefined ? null : { person: known.person, at: known.at, note: known.note } };
    }),
    readings: rows.map((row) => ({ at: row.at.toISOString(), what: row.body?.part.what ?? "surat" })),
    mayReadLetter: await mayRead(tx, state.letterId, by),
    may: [...(wouldAct(decideEmergency(state, { type: "close" }, by)) ? ["close" as const] : []), ...(wouldAct(decideEmergency(state, { type: "acknowledge", note: "" }, by)) ? ["acknowledge" as const] : [])],
  };
};

/** Emergencies of which this actor may know. */
export const emergencies = async (tx: Tx, { cursor, limit }: Parsed<Contract["emergencies.list"]>, by: Actor): Promise<Result<Contract["emergencies.list"]>> => {
  const found = await emergenciesFor(tx, by, cursor, limit + 1);
  const shown = found.slice(0, limit);
  const items: EmergencyView[] = [];
  for (const { id, state } of shown) items.push(await emergencyView(tx, id, state, by));
  return { items, next: found.length > limit ? (shown.at(-1)?.id ?? null) : null };
};

/** One emergency, for its opener, for whoever was alarmed, and for the inspector. */
export const emergency = async (tx: Tx, { id }: Parsed<Contract["emergencies.show"]>, by: Actor): Promise<EmergencyView> => {
  const state = (await emergencyStore.find(tx, by.tenantId, id))?.state;
  if (state == null || !(hasFunction(by, "inspector") || state.opener.personId === by.personId || state.alarmed.some((one) => one.positionId === by.positionId))) throw new NotFound("emergency");
  return emergencyView(tx, id, state, by);
};

/** By what this actor reads the letter that he has open: by oversight, until when and on what basis, or by a right of his own. */
export const overseen = async (tx: Tx, { id }: Parsed<Contract["emergencies.overseen"]>, by: Actor): Promise<Result<Contract["emergencies.overseen"]>> => {
  if (!(await mayRead(tx, id, by))) throw new NotFound("letter");
  const key = await overseeingKey(tx, by, id, holderKeys(by));
  const thing = key?.split(":")[1];
  if (key === undefined || thing === undefined) return { through: null };
  if (key.startsWith("inspection:")) {
    const state = (await inspectionStore.find(tx, by.tenantId, thing))?.state;
    return { through: state == null ? null : { kind: "pemeriksaan", id: thing, until: state.until, words: state.basis } };
  }
  const state = (await emergencyStore.find(tx, by.tenantId, thing))?.state;
  return { through: state == null ? null : { kind: "darurat", id: thing, until: state.until, words: state.reason } };
};
