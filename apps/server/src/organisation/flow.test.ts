import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { seededChance } from "@lontar/testkit";
import { createOffice, type TestOffice } from "../../test/office.ts";
import type { Actor } from "../kernel/actor.ts";
import { realSource } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { openSeal } from "../kernel/seal.ts";
import { seedId } from "../seed/office.ts";
import { applyChanges } from "./exchange/apply.ts";
import type { Change } from "./exchange/plan.ts";
import { appoint, closePost, definePerson, definePost, defineUnit, dissolveUnit, endHolding, giveMandate, revokeMandate, setPolicy } from "./commands.ts";
import { organisationJobs } from "./jobs.ts";
import { chart, mandatePosts, mandates, people, postHistory, proposal } from "./queries.ts";
import { answerableFor, officeOf, postById, postsAsKnown, postsHeldBy, searchPosts, superiorsOf, vacantUnder } from "./store.ts";

const refusedWith = (code: string) => (error: unknown): boolean => error instanceof Refused && error.code === code;
const seal = openSeal("kunci uji yang cukup panjang");
const anyLetter = async (): Promise<boolean> => true;

const shift = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
const hour = 3_600_000;

describe("the organisation on a real database", () => {
  let office: TestOffice;
  let admin: Actor;
  let sekda: Actor;
  const post = (username: string): string => seedId(`ppu/position/${username}`);
  const person = (username: string): string => seedId(`ppu/person/${username}`);
  const unit = (code: string): string => seedId(`ppu/unit/${code}`);
  const decree = { number: "800.1.11.1/9/2026", date: "2026-11-20", letterId: realSource.id(), file: null };
  const run: TestOffice["transaction"] = (by, work) => office.transaction(by, work);

  before(async () => {
    office = await createOffice("organisation");
    admin = await office.actor("admin");
    sekda = await office.actor("sekda");
  });
  after(() => office.close());

  it("renames an office from a day on: its letters of before keep the old name", async () => {
    const since = shift(admin.at, 24 * hour);
    const before = await run(admin, (tx) => officeOf(tx, admin.tenantId, unit("DISKOMINFO.APTIKA"), admin.at));
    const facts = { code: "DISKOMINFO", name: "Dinas Komunikasi, Informatika, dan Statistik", shortName: "DKIS", parentId: unit("BUPATI"), kind: "dinas", letterhead: { level: "opd" as const, lines: ["Pemerintah Kabupaten", "Dinas Komunikasi, Informatika, dan Statistik"], address: [], place: "Penajam" } };
    await run(admin, (tx) => defineUnit(tx, { id: unit("DISKOMINFO"), facts, since, decree: null }, admin));
    const name = (at: string) => run(admin, async (tx) => (await officeOf(tx, admin.tenantId, unit("DISKOMINFO.APTIKA"), at))?.name);
    assert.equal(await name(admin.at), before?.name);
    assert.equal(await name(shift(since, -1)), before?.name);
    assert.equal(await name(since), facts.name);
    const drawn = await run(admin, (tx) => chart(tx, admin.tenantId, since));
    assert.equal(drawn.units.find((one) => one.id === unit("DISKOMINFO"))?.shortName, "DKIS");
    assert.ok(drawn.changes.some((change) => change.at === since && change.what.includes(facts.name)));
  });

  it("refuses what would break the tree, by name", async () => {
    const at = admin.at;
    const facts = { code: "X.BARU", name: "Bagian Baru", shortName: "Baru", parentId: unit("SETDA"), kind: "bagian", letterhead: null };
    const fresh = realSource.id();
    await run(admin, (tx) => defineUnit(tx, { id: fresh, facts, since: at, decree: null }, admin));
    await assert.rejects(run(admin, (tx) => defineUnit(tx, { id: realSource.id(), facts, since: at, decree: null }, admin)), refusedWith("code_taken"));
    await assert.rejects(run(admin, (tx) => defineUnit(tx, { id: realSource.id(), facts: { ...facts, code: "Y", parentId: realSource.id() }, since: at, decree: null }, admin)), refusedWith("parent_missing"));
    await assert.rejects(run(admin, (tx) => dissolveUnit(tx, { id: unit("SETDA"), since: shift(at, 1), decree: null }, admin)), refusedWith("unit_not_empty"));
    const sekdaPost = await run(admin, (tx) => postById(tx, admin.tenantId, post("sekda"), at));
    assert.ok(sekdaPost !== undefined);
    const moved = { unitId: unit("SETDA"), title: sekdaPost.title, shortTitle: sekdaPost.shortTitle, superiorId: post("kasi"), role: sekdaPost.role, functions: [...sekdaPost.functions], order: 1 };
    await assert.rejects(run(admin, (tx) => definePost(tx, { id: post("sekda"), facts: moved, since: at, decree: null }, admin)), refusedWith("organisation_loop"));
    await assert.rejects(run(admin, (tx) => closePost(tx, { id: post("kadis"), since: shift(at, 1), decree: null }, admin)), refusedWith("post_is_held"));
    await assert.rejects(run(sekda, (tx) => defineUnit(tx, { id: realSource.id(), facts: { ...facts, code: "Z" }, since: at, decree: null }, sekda)), refusedWith("not_yours"));
  });

  it("a workbook's row that the database alone refuses is named, among hundreds, by its sheet and row", async () => {
    const nobody = { nip: null, rank: null, grade: null, email: null };
    const told = { what: "new", title: "", fields: [] } as const;
    const asPerson = (row: number, nip: string | null): Change => ({ ...told, sheet: "Pegawai", row, type: "person", before: undefined, id: realSource.id(), state: { ...nobody, name: `Pegawai ${row}`, nip }, nik: undefined });
    const asUnit = (row: number, code: string): Change => ({ ...told, sheet: "Unit", row, type: "unit", id: realSource.id(), facts: { code, name: `Unit ${row}`, shortName: `U${row}`, parentId: unit("SETDA"), kind: "bagian", letterhead: null } });
    const asHolder = (row: number, positionId: string, since: string, until: string | null): Change => ({ ...told, sheet: "Pemangku", row, type: "begin", id: realSource.id(), holding: { personId: person("staf"), positionId, kind: "definitif", since, until, basis: null, scope: null } });
    const apply = async (changes: readonly Change[]): Promise<unknown> =>
      run(admin, (tx) => applyChanges(tx, changes, { at: admin.at, decree: null, seal, onDone: async () => undefined }, admin)).then(() => "applied", (error: unknown) => (error instanceof Refused ? [error.code, { sheet: error.facts["sheet"], row: error.facts["row"] }] : String(error)));
    const { nip: known } = (await run(admin, (tx) => people(tx, seal, { q: "", limit: 50 }, admin))).items.find((each) => each.nip !== null) ?? assert.fail("nobody has a NIP");
    const many = Array.from({ length: 700 }, (_, index) => asPerson(index + 2, String(300_000_000_000_000_000n + BigInt(index))));
    assert.deepEqual(await apply([...many, asPerson(702, "300000000000000123"), asPerson(703, null)]), ["nip_taken", { sheet: "Pegawai", row: 702 }], "twice in the file");
    assert.deepEqual(await apply(many.with(41, asPerson(43, known))), ["nip_taken", { sheet: "Pegawai", row: 43 }], "somebody's already");
    assert.deepEqual(await apply([asUnit(2, "BARIS.1"), asUnit(3, "BARIS.2"), asUnit(4, "BARIS.1"), asUnit(5, "BARIS.3")]), ["code_taken", { sheet: "Unit", row: 4 }]);
    const fresh: Change = { ...told, sheet: "Jabatan", row: 2, type: "post", id: realSource.id(), facts: { unitId: unit("SETDA"), title: "Analis Baris", shortTitle: "Analis", superiorId: post("sekda"), role: "staf", functions: [], order: 9 } };
    const within = (days: number): string => shift(admin.at, days * 24 * hour);
    assert.deepEqual(await apply([asHolder(2, post("kasi"), within(900), null)]), ["holding_overlap", { sheet: "Pemangku", row: 2 }], "beside the definitive holder there is");
    assert.deepEqual(await apply([fresh, asHolder(2, fresh.id, within(0), within(50)), asHolder(3, fresh.id, within(40), null)]), ["holding_overlap", { sheet: "Pemangku", row: 3 }], "two definitive holders in the file");
    assert.equal(await apply([asUnit(2, "BARIS.1"), asUnit(3, "BARIS.2")]), "applied", "what was refused left nothing behind");
  });

  it("lets the code of a dissolved unit be used again, and a closed post keeps its name where it is shown", async () => {
    const at = admin.at;
    const [old, next, closed] = [realSource.id(), realSource.id(), realSource.id()];
    const facts = { code: "UJI.KODE", name: "Lama", shortName: "Lama", parentId: unit("SETDA"), kind: "bagian", letterhead: null };
    await run(admin, (tx) => defineUnit(tx, { id: old, facts, since: shift(at, -hour), decree: null }, admin));
    await run(admin, (tx) => definePost(tx, { id: closed, facts: { unitId: old, title: "Pengelola Lama", shortTitle: "Pengelola", superiorId: post("sekda"), role: "staf", functions: [], order: 9 }, since: shift(at, -hour), decree: null }, admin));
    await run(admin, (tx) => closePost(tx, { id: closed, since: shift(at, -2), decree: null }, admin));
    await run(admin, (tx) => dissolveUnit(tx, { id: old, since: shift(at, -1), decree: null }, admin));
    await run(admin, (tx) => defineUnit(tx, { id: next, facts: { ...facts, name: "Baru" }, since: at, decree: null }, admin));
    assert.equal(await run(admin, (tx) => postById(tx, admin.tenantId, closed, at)), undefined);
    const shown = (await run(admin, (tx) => postsAsKnown(tx, admin.tenantId, [closed], at))).get(closed);
    assert.deepEqual([shown?.title, shown?.unitName, shown?.holder], ["Pengelola Lama", "Lama", null]);
  });

  it("Plh.: in force by itself at its minute, before the holder; over by itself; given and revoked by the superior alone", async () => {
    const now = realSource.now();
    const at = (ms: number): string => shift(now, ms);
    const given = { id: realSource.id(), kind: "plh" as const, positionId: post("kadis"), personId: person("sekdis"), since: at(hour), until: at(3 * hour), decree, scope: { types: [], classifications: ["000"] } };
    const by = { ...sekda, at: now };
    await assert.rejects(run(admin, (tx) => giveMandate(anyLetter)(tx, given, { ...admin, at: now })), refusedWith("not_competent"));
    const kadis = await office.actor("kadis", now);
    await assert.rejects(run(kadis, (tx) => giveMandate(anyLetter)(tx, given, kadis)), refusedWith("not_competent"), "nobody names his own stand-in");
    await assert.rejects(run(by, (tx) => giveMandate(async () => false)(tx, given, by)), refusedWith("mandate_needs_decree"));
    assert.equal((await run(by, (tx) => giveMandate(anyLetter)(tx, given, by))).status, "terjadwal");
    await assert.rejects(run(by, (tx) => giveMandate(anyLetter)(tx, { ...given, id: realSource.id(), personId: person("kabid"), since: at(2 * hour), until: at(4 * hour) }, by)), refusedWith("holding_overlap"));
    const answers = async (ms: number) => {
      const found = await run(admin, (tx) => postById(tx, admin.tenantId, post("kadis"), at(ms)));
      return [found?.holder?.personId, found?.holder?.kind, found?.aside?.personId ?? null];
    };
    assert.deepEqual(await answers(hour - 1), [person("kadis"), "definitif", null]);
    assert.deepEqual(await answers(hour), [person("sekdis"), "plh", person("kadis")]);
    assert.deepEqual(await answers(3 * hour - 1), [person("sekdis"), "plh", person("kadis")]);
    assert.deepEqual(await answers(3 * hour), [person("kadis"), "definitif", null]);
    const held = await run(admin, (tx) => postsHeldBy(tx, admin.tenantId, person("sekdis"), at(hour)));
    assert.deepEqual(held.map((one) => [one.id, one.holder.kind, one.holder.scope]), [[post("sekdis"), "definitif", null], [post("kadis"), "plh", given.scope]]);
    const aside = await run(admin, (tx) => postsHeldBy(tx, admin.tenantId, person("kadis"), at(hour)));
    assert.deepEqual(aside.map((one) => [one.id, one.holder.kind, one.acting?.personId]), [[post("kadis"), "definitif", person("sekdis")]]);
    const listed = (await run(by, (tx) => mandates(tx, { status: "berjalan" }, by))).find((one) => one.id === given.id);
    assert.deepEqual([listed?.status, listed?.from.holder, listed?.to.holder, listed?.may], ["terjadwal", kadis.personName, held[0]?.holder.name, ["revoke"]]);
    await assert.rejects(run(kadis, (tx) => revokeMandate(tx, { id: given.id, reason: "x" }, kadis)), refusedWith("not_competent"));
    const later = { ...by, at: at(2 * hour) };
    await run(later, (tx) => revokeMandate(tx, { id: given.id, reason: "Kadis kembali" }, later));
    assert.deepEqual(await answers(2 * hour - 1), [person("sekdis"), "plh", person("kadis")]);
    assert.deepEqual(await answers(2 * hour), [person("kadis"), "definitif", null]);
  });

  it("proposes who could act: kind by vacancy, the nearest subordinates first, and only to whoever is competent", async () => {
    const by = { ...sekda, at: realSource.now() };
    const offered = await run(by, (tx) => mandatePosts(tx, { q: "" }, by));
    assert.equal(offered.own?.id, post("sekda"));
    assert.ok(offered.below.some((one) => one.id === post("kadis")) && !offered.below.some((one) => one.id === post("bupati")));
    const asked = await run(by, (tx) => proposal(tx, { id: post("kadis"), q: "" }, by));
    assert.deepEqual([asked.kind, asked.may, asked.people[0]?.personId, asked.people[0]?.relation], ["plh", ["give"], person("sekdis"), "bawahan"]);
    assert.ok(asked.people.some((one) => one.relation === "setingkat") && !asked.people.some((one) => one.personId === person("kadis")));
    const own = await run(by, (tx) => proposal(tx, { id: post("sekda"), q: "" }, by));
    assert.deepEqual([own.delegations, own.may, own.receivers.every((one) => one.id !== post("sekda"))], [["an", "ub"], ["delegate"], true]);
    const kabid = await office.actor("kabid");
    assert.deepEqual((await run(kabid, (tx) => proposal(tx, { id: post("kadis"), q: "" }, kabid))).may, []);
    assert.ok((await run(by, (tx) => proposal(tx, { id: post("kadis"), q: "Sulaiman Daud" }, by))).people.some((one) => one.personId === person("camat") && one.relation === "setingkat"));
  });

  it("tells of a beginning and an end at their minute, once each, and of a mandate revoked before it began nothing", async () => {
    const now = realSource.now();
    const by = { ...sekda, at: now };
    const give = (id: string, from: number, to: number) => run(by, (tx) => giveMandate(anyLetter)(tx, { id, kind: "plh", positionId: post("kabid"), personId: person("kasi"), since: shift(now, from), until: shift(now, to), decree, scope: null }, by));
    const [kept, dropped] = [realSource.id(), realSource.id()];
    await give(kept, hour, 2 * hour);
    await give(dropped, 3 * hour, 4 * hour);
    const queued = async (id: string) => (await office.pool.query<{ key: string; run_at: Date }>("select key, run_at from graphile_worker.jobs where key like $1 order by key desc", [`turn/${id}/%`])).rows.map((row) => [row.key.split("/").at(-1), row.run_at.toISOString()]);
    assert.deepEqual(await queued(kept), [["end", shift(now, 2 * hour)], ["begin", shift(now, hour)]].toSorted().toReversed());
    await run(by, (tx) => revokeMandate(tx, { id: dropped, reason: "batal" }, by));
    assert.equal((await queued(dropped)).find(([turn]) => turn === "end")?.[1], shift(now, 3 * hour), "the end comes with the revocation");
    const sent: string[] = [];
    const at = (instant: string) => organisationJobs({ db: office.db, source: { ...realSource, now: () => instant }, sendMail: async ({ subject }) => void sent.push(subject), publicUrl: "https://contoh.id" })["organisation.turn"] ?? assert.fail("no job");
    const payload = (id: string, turn: "begin" | "end") => ({ tenantId: admin.tenantId, of: "holding", id, turn });
    await run(admin, (tx) => definePerson(seal)(tx, { id: person("kasi"), name: "Dewi Anggraini, S.T.", nip: "198812052012012001", rank: "Penata", grade: null, email: "dewi@contoh.id" }, { ...admin, at: now }));
    await assert.rejects(at(shift(now, hour - 1))(payload(kept, "begin"), 1), /not there yet/);
    await at(shift(now, hour))(payload(kept, "begin"), 1);
    await at(shift(now, 2 * hour))(payload(kept, "end"), 1);
    assert.deepEqual(sent, ["Plh. Kepala Bidang Aplikasi Informatika dan Persandian: mulai berlaku", "Plh. Kepala Bidang Aplikasi Informatika dan Persandian: berakhir"]);
    await at(shift(now, 3 * hour))(payload(dropped, "begin"), 1);
    assert.equal(sent.length, 2);
    const last = { ...sekda, at: shift(now, hour) };
    await run(last, (tx) => revokeMandate(tx, { id: kept, reason: "selesai uji" }, last));
  });

  it("of fifty who appoint to one post at once one succeeds, and the database itself holds that rule", async () => {
    const vacant = realSource.id();
    await run(admin, (tx) => definePost(tx, { id: vacant, facts: { unitId: unit("SETDA"), title: "Kepala Bagian Uji", shortTitle: "Kabag Uji", superiorId: post("sekda"), role: "kepala_bagian", functions: ["leader"], order: 50 }, since: admin.at, decree: null }, admin));
    const appointment = (personId: string) => ({ id: realSource.id(), personId, positionId: vacant, kind: "definitif" as const, since: admin.at, until: null, decree });
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => run(admin, (tx) => appoint(anyLetter)(tx, appointment(person(n % 2 === 0 ? "kasi" : "kabid")), admin))));
    assert.equal(results.filter((result) => result.status === "fulfilled").length, 1);
    for (const result of results) if (result.status === "rejected") assert.ok(refusedWith("holding_overlap")(result.reason), String(result.reason));
    const history = await run(admin, (tx) => postHistory(tx, vacant, admin));
    assert.equal(history.holders.length, 1);
    await assert.rejects(
      office.pool.query("update holding set state = jsonb_set(state, '{positionId}', to_jsonb($1::text)) where id = $2", [post("kadis"), history.holders[0]?.holdingId]),
      /peristiwa|holding_definitive_once/,
    );
  });

  it("keeps a NIK sealed, masked and unique, and finds it by its keyed hash", async () => {
    const nik = "6409012345678901";
    const define = definePerson(seal);
    const facts = { name: "Pegawai Baru", nip: "199912312025011001", rank: null, grade: null, email: null };
    const [one, two] = [realSource.id(), realSource.id()];
    await run(admin, (tx) => define(tx, { id: one, ...facts, nik }, admin));
    await assert.rejects(run(admin, (tx) => define(tx, { id: two, ...facts, name: "Lain", nik: null }, admin)), refusedWith("nip_taken"));
    await assert.rejects(run(admin, (tx) => define(tx, { id: two, ...facts, nip: null, name: "Lain", nik }, admin)), refusedWith("nik_taken"));
    const found = await run(admin, (tx) => people(tx, seal, { q: nik, limit: 10 }, admin));
    assert.deepEqual(found.items.map((item) => [item.id, item.nik]), [[one, "••••••••••••8901"]]);
    const { rows } = await office.pool.query<{ n: string }>("select count(*) as n from event where body::text like $1", [`%${nik}%`]);
    assert.equal(rows[0]?.n, "0");
    const stored = await office.pool.query<{ sealed: Buffer; keyed: Buffer }>("select sealed, keyed from person_nik");
    for (const row of stored.rows) assert.ok(!row.sealed.includes(nik) && !row.keyed.includes(nik));
  });

  it("passes the work of a vacant post to its superior, and keeps the top of the tree held while it has work", async () => {
    const { rows } = await office.pool.query<{ id: string }>("select id from holding where position_id = $1", [post("bupati")]);
    const bupati = rows[0]?.id ?? assert.fail("no bupati");
    await office.pool.query("insert into duty values ($1, $2, $3, 'baca', 'surat', $3, '', '', '', 'biasa', 'B', now(), null, true)", [admin.tenantId, post("bupati"), realSource.id()]);
    await assert.rejects(run(admin, (tx) => endHolding(tx, { id: bupati, at: shift(admin.at, hour), reason: "Masa jabatan selesai" }, admin)), refusedWith("post_holds_work"));
    await run(admin, (tx) => appoint(anyLetter)(tx, { id: realSource.id(), personId: person("sekda"), positionId: post("bupati"), kind: "pj", since: shift(admin.at, hour), until: shift(admin.at, 9 * hour), decree }, admin));
    await run(admin, (tx) => endHolding(tx, { id: bupati, at: shift(admin.at, hour), reason: "Masa jabatan selesai" }, admin));
    await office.pool.query("delete from duty where position_id = $1", [post("bupati")]);
  });

  it("lets the policy decide whether the holder may act beside his Plh.", async () => {
    await assert.rejects(run(sekda, (tx) => setPolicy(tx, { holderWhileActing: "warned", beyondMandate: [], emergencyMinutes: 60 }, sekda)), refusedWith("not_yours"));
    const strongEntry = { groups: ["signer" as const], graceDays: 7, force: "required" as const };
    await run(admin, (tx) => setPolicy(tx, { holderWhileActing: "blocked", beyondMandate: [], emergencyMinutes: 60, strongEntry }, admin));
    await run(admin, (tx) => setPolicy(tx, { holderWhileActing: "warned", beyondMandate: ["800.1.3"], emergencyMinutes: 30 }, admin));
    const { rows } = await office.pool.query<{ state: unknown }>("select state from policy where tenant_id = $1", [admin.tenantId]);
    assert.deepEqual(rows[0]?.state, { holderWhileActing: "warned", beyondMandate: ["800.1.3"], emergencyMinutes: 30, strongEntry }, "what a change leaves out stays");
  });

  it("at every instant every post with open work has exactly one who answers for it, and one desk that says so", async () => {
    const dice = seededChance(7_112_026);
    const start = realSource.now();
    const posts = ["kadis", "sekdis", "kabid", "kabidb", "kasi", "staf"].map(post);
    const persons = ["kadis", "sekdis", "kabid", "kabidb", "kasi", "staf"].map(person);
    for (const positionId of posts) for (let n = 0; n <= dice.below(3); n += 1) await office.pool.query("insert into duty values ($1, $2, $3, 'baca', 'surat', $3, '', '', '', 'biasa', 'B', now(), null, true)", [admin.tenantId, positionId, realSource.id()]);
    for (let step = 0; step < 50; step += 1) {
      const by = { ...sekda, at: shift(start, step * hour) };
      const asAdmin = { ...admin, at: by.at };
      const since = shift(by.at, dice.below(5) * hour);
      const common = { id: realSource.id(), positionId: dice.pick(posts), personId: dice.pick(persons), since, decree };
      const act = dice.below(4);
      const tried =
        act === 0 ? run(asAdmin, (tx) => appoint(anyLetter)(tx, { ...common, kind: "definitif", until: null }, asAdmin))
        : act === 1 ? run(by, (tx) => giveMandate(anyLetter)(tx, { ...common, kind: dice.below(2) === 0 ? "plh" : "plt", until: shift(since, (1 + dice.below(6)) * hour), scope: null }, by))
        : run(asAdmin, async (tx) => {
            const { holders } = await postHistory(tx, common.positionId, asAdmin);
            const one = holders[dice.below(Math.max(1, holders.length))];
            if (one === undefined) return { id: "", status: "" };
            return one.kind === "definitif" ? endHolding(tx, { id: one.holdingId, at: since, reason: "uji" }, asAdmin) : revokeMandate(tx, { id: one.holdingId, reason: "uji" }, by);
          });
      await tried.catch((error: unknown) => assert.ok(error instanceof Refused, String(error)));
    }
    const { rows: working } = await office.pool.query<{ position_id: string }>("select distinct position_id from duty where tenant_id = $1", [admin.tenantId]);
    let vacancies = 0;
    for (let step = -1; step < 60; step += 1) {
      const when = shift(start, step * hour);
      await run(admin, async (tx) => {
        const all = await searchPosts(tx, admin.tenantId, "", when, 1000);
        const claims = new Map<string, string[]>();
        for (const superior of all) if (superior.holder !== null) for (const vacant of await vacantUnder(tx, admin.tenantId, superior.id, when)) claims.set(vacant.id, [...(claims.get(vacant.id) ?? []), superior.id]);
        for (const { position_id: id } of working) {
          const answerable = await answerableFor(tx, admin.tenantId, id, when);
          assert.ok(answerable !== undefined, `nobody answers for ${id} at ${when}`);
          const isVacant = answerable.id !== id;
          vacancies += isVacant ? 1 : 0;
          assert.deepEqual(claims.get(id) ?? [], isVacant ? [answerable.id] : [], `${id} at ${when}: the desk of exactly the one who answers shows the vacant post`);
        }
      });
    }
    assert.ok(vacancies > 0, "some post with work was vacant at some time, or nothing was tested");
    await office.pool.query("delete from duty where tenant_id = $1", [admin.tenantId]);
  });

  it("work that reached a post before its planned end has somebody who answers for it afterwards too", async () => {
    const start = realSource.now();
    const [above, below] = [realSource.id(), realSource.id()];
    const facts = { unitId: unit("SETDA"), title: "Kepala Subbagian Uji", shortTitle: "Kasubbag Uji", superiorId: post("kabagumum"), role: "kasubbag", functions: [], order: 90 };
    await run(admin, (tx) => definePost(tx, { id: above, facts, since: start, decree: null }, admin));
    await run(admin, (tx) => definePost(tx, { id: below, facts: { ...facts, title: "Analis Uji", superiorId: above, role: "staf" }, since: start, decree: null }, admin));
    await run(admin, (tx) => closePost(tx, { id: below, since: shift(start, 2 * hour), decree: null }, admin));
    await run(admin, (tx) => closePost(tx, { id: above, since: shift(start, 3 * hour), decree: null }, admin));
    await office.pool.query("insert into duty values ($1, $2, $3, 'baca', 'surat', $3, '', '', '', 'biasa', 'B', now(), null, true)", [admin.tenantId, below, realSource.id()]);
    for (const hours of [0, 1.9, 2, 3, 30]) {
      const when = shift(start, hours * hour);
      await run(admin, async (tx) => {
        assert.equal((await answerableFor(tx, admin.tenantId, below, when))?.id, post("kabagumum"), `after ${hours} hours`);
        assert.deepEqual((await vacantUnder(tx, admin.tenantId, post("kabagumum"), when)).map((vacant) => [vacant.id, vacant.waiting]), [[below, 1]], `after ${hours} hours`);
      });
    }
    await office.pool.query("delete from duty where position_id = $1", [below]);
  });

  it("at every instant every post has at most one who answers, whatever is appointed, mandated, ended and revoked", async () => {
    const dice = seededChance(20_261_127);
    const start = realSource.now();
    const posts = ["kadis", "sekdis", "kabid", "kasi"].map(post);
    const persons = ["kadis", "sekdis", "kabid", "kabidb", "kasi", "staf"].map(person);
    for (let step = 0; step < 60; step += 1) {
      const by = { ...sekda, at: shift(start, step * hour) };
      const asAdmin = { ...admin, at: by.at };
      const since = shift(by.at, dice.below(6) * hour);
      const common = { id: realSource.id(), positionId: dice.pick(posts), personId: dice.pick(persons), since, decree };
      const act = dice.below(4);
      const tried =
        act === 0 ? run(asAdmin, (tx) => appoint(anyLetter)(tx, { ...common, kind: "definitif", until: null }, asAdmin))
        : act === 1 ? run(by, (tx) => giveMandate(anyLetter)(tx, { ...common, kind: dice.below(2) === 0 ? "plh" : "plt", until: shift(since, (1 + dice.below(8)) * hour), scope: null }, by))
        : run(asAdmin, async (tx) => {
            const { holders } = await postHistory(tx, common.positionId, asAdmin);
            const one = holders[dice.below(Math.max(1, holders.length))];
            if (one === undefined) return { id: "", status: "" };
            return one.kind === "definitif" ? endHolding(tx, { id: one.holdingId, at: since, reason: "uji" }, asAdmin) : revokeMandate(tx, { id: one.holdingId, reason: "uji" }, by);
          });
      await tried.catch((error: unknown) => assert.ok(error instanceof Refused, String(error)));
    }
    for (let step = -1; step < 80; step += 1) {
      const when = shift(start, step * hour);
      for (const found of await run(admin, (tx) => searchPosts(tx, admin.tenantId, "", when, 1000))) {
        if (found.holder !== null) continue;
        const above = await run(admin, (tx) => superiorsOf(tx, admin.tenantId, found.id, when));
        assert.ok(found.superiorId === null || above.some((superior) => superior.holder !== null), `${found.title} at ${when}: nobody answers, and nobody above`);
      }
    }
    const { rows } = await office.pool.query<{ n: string }>(
      `select count(*) as n from holding a join holding b on a.tenant_id = b.tenant_id and a.position_id = b.position_id and a.id < b.id and (a.kind = 'definitif') = (b.kind = 'definitif')
       where tstzrange(instant_of(a.since), instant_of(a.until)) && tstzrange(instant_of(b.since), instant_of(b.until))`,
    );
    assert.equal(rows[0]?.n, "0");
  });
});
