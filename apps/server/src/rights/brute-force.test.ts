import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { actorOf, standingOf } from "../access/index.ts";
import { logSigner } from "../audit/index.ts";
import { dispose, withdraw } from "../dispositions/commands.ts";
import { generate } from "../generate/index.ts";
import { openDice } from "../generate/dice.ts";
import type { Actor } from "../kernel/actor.ts";
import { readTenant } from "../kernel/db.ts";
import { realSource, type Id } from "../kernel/ids.ts";
import { perform } from "../kernel/perform.ts";
import { mayRead, mayReadInside } from "../kernel/state.ts";
import { direct, openLetter, receive, register } from "../letters/commands.ts";
import { classRightMachine } from "../records/index.ts";
import { emergencyMachine, inspectionMachine, lookIdOf, lookMachine } from "../oversight/store.ts";
import { organisationKinds, postsHeldBy } from "../organisation/index.ts";
import { sightsAt } from "./queries.ts";

const { holdings } = organisationKinds;
const now = "2026-11-24T03:00:00.000Z";
const triples = 100_000;

type Sight = "isi" | "sampul";
type Mandate = { readonly positionId: Id; readonly since: string; readonly until: string; readonly reach: { readonly units: readonly { readonly id: Id }[]; readonly types: readonly string[]; readonly classifications: readonly string[]; readonly from: string | null; readonly to: string | null } };
type Issued = { readonly unitId: Id; readonly type: string; readonly classification: string | null; readonly security: string; readonly date: string; readonly signer: { readonly at: string } };
type Body = Readonly<Record<string, never>> & { readonly letter?: Issued; readonly opener?: { readonly personId: Id }; readonly inspectionId?: Id; readonly state?: Thing; readonly facts?: { readonly security: string; readonly classification: string | null; readonly date: string } | null; readonly prefix?: string; readonly securities?: readonly string[]; readonly level?: string | null; readonly positionId?: Id | null; readonly since?: string; readonly until?: string | null; readonly registrars?: readonly Id[]; readonly unitId?: Id; readonly to?: { readonly positionId: Id }; readonly toId?: Id; readonly steps?: readonly Station[]; readonly step?: number; readonly personId?: Id; readonly drafter?: { readonly personId: Id; readonly positionId: Id } };
type Thing = { readonly personId: Id; readonly positionId: Id; readonly since: string; readonly until: string | null; readonly unitId: Id; readonly functions: readonly string[]; readonly role: string; readonly parentId: Id | null };
type Station = { readonly positionId: Id; readonly personId: Id | null; readonly state: string };
type Event = { readonly kind: string; readonly thing_id: Id; readonly subject_id: Id; readonly revision: number; readonly type: string; readonly at: string; readonly person_id: Id; readonly position_id: Id; readonly body: Body };

/** Eselon II, III and IV by the work they do. */
const levels: Readonly<Record<string, string>> = {
  bupati: "penentu_kebijakan", sekda: "penentu_kebijakan", asisten: "penentu_kebijakan", kepala: "penentu_kebijakan",
  sekretaris: "pelaksana_kebijakan", kepala_bagian: "pelaksana_kebijakan", kepala_bidang: "pelaksana_kebijakan", kepala_seksi: "pengawas", lurah: "pengawas",
};

/**
 * The visibility rule as its text says it (domain 8.1 with 1.8), asked of the events alone, one person, one letter and one moment at a
 * time. Slow on purpose, and without a line of the product: what it answers is what the tables and their queries must answer.
 */
const evaluator = (events: readonly Event[]) => {
  const holdings = new Map<Id, Thing>();
  const positions = new Map<Id, Thing>();
  for (const event of events.toSorted((one, other) => one.revision - other.revision)) {
    const begun = holdings.get(event.thing_id);
    if (event.type === "holding.begun" && event.body.state !== undefined) holdings.set(event.thing_id, event.body.state);
    if ((event.type === "holding.ended" || event.type === "holding.revoked") && begun !== undefined) holdings.set(event.thing_id, { ...begun, until: event.body.until ?? null });
    if (event.type === "position.defined" && event.body.state !== undefined) positions.set(event.thing_id, event.body.state);
  }
  const parents = new Map(events.flatMap((event) => (event.type === "unit.defined" && event.body.state !== undefined ? [[event.thing_id, event.body.state.parentId] as const] : [])));
  const isUnder = (unit: Id | undefined, top: Id | null | undefined): boolean => top == null || unit === top || (unit !== undefined && (parents.get(unit) ?? undefined) !== undefined && isUnder(parents.get(unit) ?? undefined, top));
  const granted = events.filter((event) => event.type === "class_right.granted").map((event) => {
    const ended = events.find((other) => other.type === "class_right.ended" && other.thing_id === event.thing_id)?.at;
    return { ...event.body, until: ended ?? event.body.until };
  });
  const mandates = events.flatMap((event) => {
    if (event.type !== "inspection.given") return [];
    const given = event.body.state as unknown as Mandate; // the body of this type carries a mandate
    return [{ ...given, id: event.thing_id, until: events.find((other) => other.type === "inspection.revoked" && other.thing_id === event.thing_id)?.body.until ?? given.until }];
  });
  const bySubject = Map.groupBy(events, (event) => event.subject_id);
  const held = Map.groupBy(holdings.values(), (holding) => holding.personId);
  const postsOf = (person: Id, at: string): ReadonlySet<Id> => new Set((held.get(person) ?? []).filter((holding) => holding.since <= at && (holding.until === null || at < holding.until)).map((holding) => holding.positionId));
  const keepsRegisterOf = (posts: ReadonlySet<Id>, unit: Id | undefined): boolean =>
    [...posts].some((post) => positions.get(post)?.unitId === unit && (positions.get(post)?.functions.some((name) => name === "registrar" || name === "archivist") ?? false));

  // `isLookedAt`: of what a mandate reaches only that which the inspector has opened, as the door to a letter asks; otherwise all that he may open.
  return (letter: Id, at: string, isLookedAt = false) => {
    const past = (bySubject.get(letter) ?? []).filter((event) => event.at <= at);
    return (person: Id): Sight | undefined => {
      const posts = postsOf(person, at);
      const seen: Sight[] = [];
      const see = (isInside: boolean): void => void seen.push(isInside ? "isi" : "sampul");

      const arrival = past.find((event) => event.type === "received.uploaded" || event.type === "received.arrived");
      if (arrival !== undefined) {
        const security = past.findLast((event) => event.kind === "received" && event.body.facts != null)?.body.facts?.security;
        const secret = security === "R" || security === "SR";
        const directions = past.flatMap((event) => (event.type === "received.directed" || event.type === "received.arrived" ? (event.body.to?.positionId ?? []) : []));
        // (a) who registered or handled it; inside a secret one only who opened it as its addressee
        if (past.some((event) => event.kind === "received" && event.person_id === person)) see(!secret);
        if (past.some((event) => (event.type === "received.opened" || event.type === "received.reopened") && event.person_id === person)) see(true);
        // (b) addressed: the post to which it is directed, and those before it
        for (const [index, post] of directions.entries()) if (posts.has(post)) see(!secret || directions.at(-1) === post || index === directions.length - 1);
        // (b) in the disposisi path, unless it was withdrawn unread; who worked on it keeps it
        for (const given of past.filter((event) => event.type === "disposition.given")) {
          const onNode = past.filter((event) => event.thing_id === given.thing_id);
          if (onNode.some((event) => event.type === "disposition.withdrawn")) continue;
          if (given.body.toId !== undefined && posts.has(given.body.toId)) see(true);
          if (onNode.some((event) => event.person_id === person && event.position_id === given.body.toId && event !== given)) see(true);
        }
        // (c) a post with the right for that classification and class; what is secret it sees from outside
      const classification = past.findLast((event) => event.kind === "received" && event.body.facts != null)?.body.facts?.classification;
      for (const right of granted) {
        const inForce = (right.since ?? "") <= at && (right.until == null || at < right.until);
        const covers = classification != null && right.prefix !== undefined && `${classification}.`.startsWith(`${right.prefix}.`) && right.securities?.includes(security ?? "") === true && isUnder(arrival.body.unitId, right.unitId);
        const holds = [...posts].some((post) => right.positionId === post || (right.level != null && right.level === levels[positions.get(post)?.role ?? ""] && isUnder(positions.get(post)?.unitId, right.unitId)));
        if (inForce && covers && holds) see(!secret);
      }
      // (d) TU/UK of the registering unit: of a secret letter the envelope, once it has left the desk where it was registered
        if ((arrival.body.registrars ?? []).some((post) => posts.has(post))) see(!secret || directions.length === 0);
        if (keepsRegisterOf(posts, arrival.body.unitId)) see(!secret);
      }

      const created = past.find((event) => event.type === "draft.created");
      if (created !== undefined) {
        // (a) who drafted it, and each station of the chain from its turn on
        if (created.body.drafter?.personId === person || posts.has(created.body.drafter?.positionId ?? "")) see(true);
        let steps: Station[] = [];
        for (const event of past.filter((one) => one.kind === "draft")) {
          const { step } = event.body;
          if (event.type === "draft.submitted") steps = [...(event.body.steps ?? [])];
          const state = event.type === "draft.approved" ? "disetujui" : event.type === "draft.returned" ? "dikembalikan" : undefined;
          if (state !== undefined && step !== undefined) steps = steps.map((one, index) => (index === step ? { ...one, state, personId: event.person_id } : one));
          const turn = event.type === "draft.submitted" || event.type === "draft.approved" ? steps.findIndex((one) => one.state !== "disetujui") : -1;
          for (const [index, one] of steps.entries()) if ((index <= turn || one.state !== "menunggu") && (posts.has(one.positionId) || one.personId === person)) see(true);
        }
      }
      // (e) an inspector under a mandate that runs: what it reaches, once it is a letter, and what he opened under it; of what is secret the envelope
      const registered = past.findLast((event) => event.type === "received.registered" || event.type === "received.arrived");
      const issued = past.find((event) => event.type === "issued.issued")?.body.letter;
      const facts = registered?.body.facts;
      const known = facts != null && arrival !== undefined ? { unit: arrival.body.unitId, type: undefined, ...facts } : issued !== undefined && issued.signer.at <= at ? { unit: issued.unitId, ...issued } : undefined;
      for (const mandate of mandates.filter((one) => known !== undefined && one.since <= at && at < one.until && posts.has(one.positionId))) {
        const { reach } = mandate;
        const isWithin = known !== undefined && (reach.units.length === 0 || reach.units.some((unit) => isUnder(known.unit, unit.id))) && (reach.types.length === 0 || reach.types.includes(known.type ?? ""))
          && (reach.classifications.length === 0 || reach.classifications.some((prefix) => known.classification != null && `${known.classification}.`.startsWith(`${prefix}.`))) && (reach.from === null || known.date >= reach.from) && (reach.to === null || known.date <= reach.to);
        const hasLooked = past.some((event) => event.type === "inspection_look.read" && event.body.inspectionId === mandate.id);
        if (hasLooked || (isWithin && !isLookedAt)) see(known?.security !== "R" && known?.security !== "SR");
      }
      // outside the clauses: who opened it in an emergency, while it runs
      for (const opened of past.filter((event) => event.type === "emergency.opened" && event.body.opener?.personId === person)) {
        const closed = past.find((event) => event.type === "emergency.closed" && event.thing_id === opened.thing_id)?.at;
        if (at < (closed ?? opened.body.until ?? "")) see(true);
      }
      return seen.includes("isi") ? "isi" : seen[0];
    };
  };
};

/** People move: definitive holders end, others come, and for days or months somebody acts for somebody else. */
const moveAround = async (office: TestOffice, admin: Actor, dice: ReturnType<typeof openDice>): Promise<void> => {
  const { rows } = await office.pool.query<{ id: Id; state: { personId: Id; positionId: Id; kind: "definitif"; basis: string | null; since: string; until: string | null } }>("select id, state from holding where tenant_id = $1 and kind = 'definitif' order by id", [admin.tenantId]);
  for (const row of rows) {
    const other = dice.pick(rows).state.personId;
    const began = Date.parse(row.state.since);
    const moment = (): string => new Date(began + dice.roll() * (Date.parse(now) - began)).toISOString();
    const [from, to] = [moment(), moment()].toSorted();
    if (from === undefined || to === undefined) continue;
    const by = { ...admin, at: from, today: from.slice(0, 10) };
    await office.transaction(by, async (tx) => {
      if (dice.roll() < 0.4) {
        await perform(tx, holdings.machine, row.id, { type: "end", at: from, reason: "mutasi", leavesNobody: false }, by);
        if (from !== to) await perform(tx, holdings.machine, realSource.id(), { type: "begin", holding: { ...row.state, personId: other, since: from, until: dice.roll() < 0.5 ? null : to }, others: [], exists: true, isCompetent: true }, by);
      } else if (dice.roll() < 0.6) {
        const decree = { number: "SPT", date: "2026-01-01", letterId: null, file: null };
        const holding = { personId: other, positionId: row.state.positionId, kind: dice.pick(["plh", "pj"] as const), basis: "SPT", since: from, until: to, decree, scope: null, ended: null };
        if (from !== to && other !== row.state.personId) await perform(tx, holdings.machine, realSource.id(), { type: "begin", holding, others: [{ ...row.state, name: "" }], exists: true, isCompetent: true }, by);
      }
    });
  }
};

/** Rights by classification, of levels and of single posts, of one unit or of all, some ended before their time. */
const grantRights = async (office: TestOffice, admin: Actor, dice: ReturnType<typeof openDice>): Promise<void> => {
  const { rows: codes } = await office.pool.query<{ classification: string }>("select distinct state->'facts'->>'classification' as classification from received where tenant_id = $1 and state->'facts'->>'classification' is not null order by 1", [admin.tenantId]);
  const { rows: units } = await office.pool.query<{ id: Id; name: string }>("select distinct u.id, u.name from unit_period u join received r on r.tenant_id = u.tenant_id and r.unit_id = u.id where u.tenant_id = $1 order by u.id", [admin.tenantId]);
  const { rows: posts } = await office.pool.query<{ id: Id; title: string }>("select id, title from position_period where tenant_id = $1 order by id", [admin.tenantId]);
  for (let n = 0; n < 40; n += 1) {
    const parts = dice.pick(codes).classification.split(".");
    const [from, to] = [dice.roll(), dice.roll()].toSorted().map((share) => new Date(Date.parse(now) - (1 - share) * 900 * 86_400_000).toISOString());
    if (from === undefined || to === undefined) continue;
    const unit = dice.roll() < 0.6 ? dice.pick(units) : undefined;
    const post = dice.roll() < 0.4 ? dice.pick(posts) : undefined;
    const thing = realSource.id();
    const by = { ...admin, at: from };
    await office.transaction(by, (tx) => perform(tx, classRightMachine, thing, {
      type: "grant", isKnown: true, prefix: parts.slice(0, 1 + dice.below(parts.length)).join("."), securities: dice.roll() < 0.5 ? ["B", "R"] : ["B"], level: post === undefined ? dice.pick(["penentu_kebijakan", "pelaksana_kebijakan", "pengawas"] as const) : null,
      positionId: post?.id ?? null, positionTitle: post?.title ?? null, unitId: unit?.id ?? null, unitName: unit?.name ?? null, basis: "Perbup", since: from, until: dice.roll() < 0.5 ? null : now,
    }, by));
    const ending = { ...admin, at: to };
    if (dice.roll() < 0.4) await office.transaction(ending, (tx) => perform(tx, classRightMachine, thing, { type: "end", reason: "diganti" }, ending));
  }
};

/** Mandates of inspection over chance reaches, some revoked, with looks into letters inside and outside them, and letters that were opened in an emergency. */
const oversee = async (office: TestOffice, admin: Actor, dice: ReturnType<typeof openDice>): Promise<void> => {
  const { rows: letters } = await office.pool.query<{ id: Id; kind: "surat" | "naskah"; security: "B" | "T" | "R" | "SR"; classification: string | null; type: string | null; date: string; at: string }>(`
    select id, 'surat' as kind, state->'facts'->>'security' as security, state->'facts'->>'classification' as classification, null as type, dated as date, state->'registered'->>'at' as at from received where tenant_id = $1 and state->'facts' <> 'null'
    union all select id, 'naskah', state->>'security', state->>'classification', state->>'type', state->>'date', state->'signer'->>'at' from issued where tenant_id = $1 order by 1`, [admin.tenantId]);
  const { rows: units } = await office.pool.query<{ id: Id; name: string }>("select id, name from unit_period where tenant_id = $1 order by id", [admin.tenantId]);
  const { rows: holders } = await office.pool.query<{ state: Thing }>("select state from holding where tenant_id = $1 order by id", [admin.tenantId]);
  const later = (at: string, days: number): string => new Date(Date.parse(at) + days * 86_400_000).toISOString();
  const decree = { number: "700/1/2026", date: "2026-01-01", letterId: null, file: null };
  for (let n = 0; n < 30; n += 1) {
    const { positionId } = dice.pick(holders).state;
    const since = later(now, -1 - dice.roll() * 700);
    const until = later(since, 1 + dice.roll() * 360);
    const some = dice.pick(letters);
    const parts = some.classification?.split(".") ?? [];
    const reach = {
      units: dice.roll() < 0.6 ? [dice.pick(units)] : [], types: some.type !== null && dice.roll() < 0.4 ? [some.type] : [], classifications: parts.length > 0 && dice.roll() < 0.5 ? [parts.slice(0, 1 + dice.below(parts.length)).join(".")] : [],
      from: dice.roll() < 0.3 ? some.date : null, to: dice.roll() < 0.3 ? later(`${some.date}T00:00:00.000Z`, 200).slice(0, 10) : null,
    };
    const mandate = realSource.id();
    const giving = { ...admin, at: since, today: since.slice(0, 10) };
    const inspection = { positionId, positionTitle: "Pemeriksa", purpose: "Pemeriksaan", decree, basis: "700/1/2026", reach, since, until };
    await office.transaction(giving, (tx) => perform(tx, inspectionMachine, mandate, { type: "give", inspection, isCompetent: true, isInspector: true }, giving));
    for (let looks = 0; looks < 6; looks += 1) {
      const letter = dice.pick(letters);
      const at = later(since, dice.roll() * 30);
      if (at >= until || at < letter.at) continue;
      const by = { ...admin, at, positionId };
      const look = { type: "read", part: { what: "surat", sha256: null }, letter: { id: letter.id, kind: letter.kind, number: "1", security: letter.security }, inspectionId: mandate, inspection: { ...inspection, given: { by: "-", post: "-" }, ended: null }, isReached: true } as const;
      await office.transaction(by, (tx) => perform(tx, lookMachine, lookIdOf(mandate, inspection, letter.id), look, by));
    }
    const ending = { ...admin, at: later(since, 31 + dice.roll() * 300) };
    if (dice.roll() < 0.4 && ending.at < until) await office.transaction(ending, (tx) => perform(tx, inspectionMachine, mandate, { type: "revoke", reason: "selesai", isCompetent: true }, ending));
  }
  for (let n = 0; n < 60; n += 1) {
    const letter = dice.pick(letters.filter((one) => one.security !== "SR"));
    // Some run now.
    const at = n % 3 === 0 ? later(now, -0.01) : later(letter.at, dice.roll() * 20);
    const by = { ...admin, at, personId: dice.pick(holders).state.personId };
    const emergency = realSource.id();
    const alarmed = [{ positionId: admin.positionId, title: "-" }];
    await office.transaction(by, (tx) => perform(tx, emergencyMachine, emergency, { type: "open", letter: { id: letter.id, kind: letter.kind, number: "1", security: letter.security }, reason: "alasan yang cukup panjang", standing: "admin", minutes: n % 2 === 0 ? 60 : 20_000, alarmed, isHeard: true, mayReadAnyway: false, isRunning: false }, by));
    const closing = { ...by, at: later(at, 0.005) };
    if (dice.roll() < 0.3) await office.transaction(closing, (tx) => perform(tx, emergencyMachine, emergency, { type: "close" }, closing));
  }
};

/** Secret letters that were directed twice, and disposisi that were withdrawn unread. */
const closeAgain = async (office: TestOffice): Promise<void> => {
  const id = realSource.id;
  for (let n = 0; n < 20; n += 1) {
    const day = (d: number): string => new Date(Date.parse(now) - (80 - d - 3 * n) * 86_400_000).toISOString();
    const at = (username: string, d: number): Promise<Actor> => office.actor(username, day(d));
    const [tu, tu2, tu3, sekda, kadis, kadisLater, kabag] = [await at("tusetda", 0), await at("tusetda", 1), await at("tusetda", 2), await at("sekda", 3), await at("kadis", 4), await at("kadis", 5), await at("kabagumum", 1)];
    const [letterId, node, under] = [id(), id(), id()];
    const facts = { sender: "Kejaksaan", number: `R-${n}`, date: "2026-08-01", subject: "Keterangan", summary: "", receivedOn: "2026-08-02", attachment: "", medium: "kertas", security: n % 3 === 0 ? "B" : "R", urgency: "biasa", classification: null, due: null } as const;
    await office.transaction(tu, (tx) => receive(tx, { id: letterId, file: { sha256: createHash("sha256").update(letterId).digest("hex"), name: "a.pdf", mediaType: "application/pdf", size: 10, pages: 1 } }, tu));
    await office.transaction(tu, (tx) => register(tx, { id: letterId, facts, separateBecause: "lain" }, tu));
    await office.transaction(tu2, (tx) => direct(tx, { id: letterId, positionId: kabag.positionId }, tu2));
    await office.transaction(tu3, (tx) => direct(tx, { id: letterId, positionId: sekda.positionId }, tu3));
    if (n % 2 === 0) await office.transaction(sekda, (tx) => openLetter(tx, { id: letterId }, sekda));
    const sheet = (to: Id, position: Id, parentId: Id | null) => ({ id: letterId, parentId, recipients: [{ id: to, positionId: position, responsible: true, own: null }], instructions: ["Tindak lanjuti"], note: "", due: null });
    await office.transaction(sekda, (tx) => dispose(tx, sheet(node, kadis.positionId, null), sekda));
    const kabid = await at("kabid", 5);
    await office.transaction(kadis, (tx) => dispose(tx, sheet(under, kabid.positionId, node), kadis));
    if (n % 4 !== 3) await office.transaction(kadisLater, (tx) => withdraw(tx, { id: under, reason: "Keliru" }, kadisLater));
  }
};

test(`what the tables answer is what the events say: ${triples} times a person, a letter and a moment`, async () => {
  const office = await createOffice("rights_brute");
  const keys = await mkdtemp(join(tmpdir(), "lontar-keys-"));
  try {
    const { tenantId } = await office.actor("kadis");
    await generate({
      db: office.db, pool: office.pool, tenantId, now, signer: await logSigner(keys, tenantId),
      putFile: async (bytes) => ({ sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length }), report: () => undefined,
    }, { letters: 250, people: 70, seed: 11 });
    await closeAgain(office);
    const dice = openDice(23);
    await grantRights(office, await office.actor("admin", now), dice);
    await moveAround(office, await office.actor("admin", now), dice);
    await oversee(office, await office.actor("admin", now), dice);

    const { rows: events } = await office.pool.query<Event>(
      "select kind, thing_id, subject_id, revision, type, to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as at, person_id, position_id, body from event where tenant_id = $1 order by at, revision, event_id", [tenantId]);
    const { rows: people } = await office.pool.query<{ id: Id }>("select id from person where tenant_id = $1 order by id", [tenantId]);
    const subjects = [...new Set(events.filter((event) => event.kind === "received" || event.kind === "draft").map((event) => event.subject_id))];
    const mayAt = evaluator(events);

    const counts = { isi: 0, sampul: 0, none: 0 };
    const wrong: string[] = [];
    // The same events without oversight: how often it is what makes the difference.
    const mayOtherwise = evaluator(events.filter((event) => !/^(inspection|emergency)/.test(event.type)));
    let byOversight = 0;
    for (let asked = 0; asked < triples; ) {
      const letter = dice.pick(subjects);
      const own = events.filter((event) => event.subject_id === letter);
      // At an act, a moment before it, and anywhere in the three years: what begins or ends does so at its very instant.
      const act = dice.pick(own);
      const at = new Date(dice.roll() < 0.2 ? Date.parse(now) - dice.roll() * 1000 * 86_400_000 : Date.parse(act.at) - (dice.roll() < 0.3 ? 1 : 0) + (dice.roll() < 0.5 ? dice.roll() * 40 * 86_400_000 : 0)).toISOString();
      const answers = await readTenant(office.db, tenantId, (tx) => sightsAt(tx, tenantId, letter, at));
      const may = mayAt(letter, at);
      const mayAnyway = mayOtherwise(letter, at);
      for (const { id } of people) {
        const expected = may(id);
        const answered = answers.get(id);
        counts[answered ?? "none"] += 1;
        if (expected !== undefined && mayAnyway(id) !== expected) byOversight += 1;
        if (expected !== answered && wrong.length < 5) wrong.push(`${id} ${letter} ${at}: events say ${expected ?? "nothing"}, tables say ${answered ?? "nothing"}`);
      }
      asked += people.length;
    }
    assert.deepEqual(wrong, []);
    assert.ok(byOversight > 500, `${byOversight} answers rest on oversight alone`);
    assert.ok(counts.isi > 2000 && counts.sampul > 100 && counts.none > 50_000, JSON.stringify(counts));

    // What a person acting in one post is let through today is what the events give that post and himself.
    for (let n = 0; n < 300; n += 1) {
      const person = dice.pick(people).id;
      const letter = dice.pick(subjects);
      const [allowed, inside] = await readTenant(office.db, tenantId, async (tx) => {
        const posts = await postsHeldBy(tx, tenantId, person, now);
        const actors = await Promise.all(posts.map(async (post) => ({ ...actorOf(post, tenantId, { at: now, zone: "WITA", requestId: "test", isBlocked: false }), ...(await standingOf(tx, tenantId, post, now)) })));
        const any = async (ask: typeof mayRead): Promise<boolean> => (await Promise.all(actors.map((by) => ask(tx, letter, by)))).some(Boolean);
        return [await any(mayRead), await any(mayReadInside)];
      });
      const expected = (await readTenant(office.db, tenantId, (tx) => postsHeldBy(tx, tenantId, person, now))).length === 0 ? undefined : mayAt(letter, now, true)(person);
      assert.deepEqual([allowed, inside], [expected !== undefined, expected === "isi"], `${person} ${letter}`);
    }
  } finally {
    await office.close();
    await rm(keys, { recursive: true });
  }
});
