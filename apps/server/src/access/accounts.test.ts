import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { systemActor, type Actor } from "../kernel/actor.ts";
import { readTenant } from "../kernel/db.ts";
import type { Caller } from "../kernel/http.ts";
import { realSource, type Id, type Source } from "../kernel/ids.ts";
import { openLog } from "../kernel/log.ts";
import { perform } from "../kernel/perform.ts";
import { Refused } from "../kernel/refusal.ts";
import { openSeal } from "../kernel/seal.ts";
import { always, organisationKinds } from "../organisation/index.ts";
import { demoPassword } from "../seed/seed.ts";
import { activate, endSessionsOf, invitation, invite, renewLink, resetFactors, setBlocked } from "./accounts.ts";
import { authenticate, signIn, type Access } from "./door.ts";
import { listAccounts, notices } from "./queries.ts";

const caller = (): Caller => ({ requestId: realSource.id(), address: "192.0.2.1", device: "uji", cookie: undefined, browser: undefined });

const tokenIn = (url: string): string => new URL(url).hash.slice(1);

describe("the admin of accounts", () => {
  let office: TestOffice;
  let access: Access;
  let admin: Actor;
  let newcomer: Id;
  let later = 0;
  const source: Source = { ...realSource, now: () => new Date(Date.parse(realSource.now()) + later).toISOString() };
  before(async () => {
    office = await createOffice("accounts");
    access = { db: office.db, source, seal: openSeal("rahasia-instalasi-untuk-uji-0123456789"), log: openLog("silent"), publicUrl: "https://surat.contoh.go.id" };
    admin = await office.actor("admin");
    newcomer = realSource.id();
    const staf = await office.actor("staf");
    await office.transaction(admin, async (tx) => {
      const { persons, positions, holdings } = organisationKinds;
      await perform(tx, persons.machine, newcomer, { type: "define", state: { name: "Rahmawati Putri", nip: null, rank: null, email: "rahma@contoh.go.id" } }, admin);
      // As the first office is entered: the office itself is competent.
      const [founder, post] = [{ ...systemActor(admin.tenantId, admin.at, admin.today, admin.zone, "seed"), functions: admin.functions }, realSource.id()];
      await perform(tx, positions.machine, post, { type: "define", id: post, facts: { unitId: staf.unitId, title: "Arsiparis", shortTitle: "Arsiparis", superiorId: null, role: "staf", functions: [], order: 99 }, since: always, basis: null, above: [], hasUnit: true }, founder);
      await perform(tx, holdings.machine, realSource.id(), { type: "begin", holding: { personId: newcomer, positionId: post, kind: "definitif", basis: null, since: "2026-01-01T00:00:00.000Z", until: null, decree: null, scope: null, ended: null }, others: [], exists: true, isCompetent: true }, founder);
    });
  });
  after(() => office.close());

  const outcome = async (attempt: Promise<unknown>): Promise<string> => attempt.then(() => "in", (error: unknown) => (error instanceof Refused ? error.code : String(error)));
  const enter = (username: string, password: string) => signIn(access, { username, password }, caller());

  test("opens an account by a link that works once, and never sees the password", async () => {
    const link = await invite(access, admin, { personId: newcomer, username: "rahma" });
    assert.match(link.url, /^https:\/\/surat\.contoh\.go\.id\/aktifkan#[\w-]{43}$/);
    assert.equal(await outcome(enter("rahma", "apa saja")), "wrong_credentials", "nobody signs in before it is used");
    const token = tokenIn(link.url);
    assert.deepEqual((await invitation(access, token)).username, "rahma");
    assert.equal(await outcome(activate(access, caller(), { token, password: "pendek" })), "password_too_short");
    await activate(access, caller(), { token, password: "ombak kecil di teluk" });
    assert.equal(await outcome(activate(access, caller(), { token, password: "ombak besar di teluk" })), "link_unknown");
    assert.equal((await enter("rahma", "ombak kecil di teluk")).answer.personId, newcomer);
    assert.equal(await outcome(invite(access, admin, { personId: newcomer, username: "rahma2" })), "already_exists");
    const { rows } = await office.pool.query<{ payload: { kind?: string } }>("select payload from graphile_worker._private_jobs");
    assert.deepEqual(rows.flatMap((row) => row.payload.kind ?? []), ["sandi_diganti"], "the newcomer has an address, so she is told by e-mail");
    for (const secret of [token, "ombak kecil di teluk"]) assert.ok(!JSON.stringify(rows).includes(secret));
  });

  test("a link ends with its replacement, with time, and with a block", async () => {
    const first = tokenIn((await renewLink(access, admin, { id: newcomer, reason: "lupa" })).url);
    const second = tokenIn((await renewLink(access, admin, { id: newcomer, reason: "lupa lagi" })).url);
    assert.equal(await outcome(invitation(access, first)), "link_unknown");
    later = 73 * 3_600_000;
    assert.equal(await outcome(activate(access, caller(), { token: second, password: "ombak besar di teluk" })), "link_unknown");
    later = 0;
    await setBlocked(access, admin, { id: newcomer, reason: "cuti panjang", isBlocked: true });
    assert.equal(await outcome(activate(access, caller(), { token: second, password: "ombak besar di teluk" })), "link_unknown");
    await setBlocked(access, admin, { id: newcomer, reason: "kembali", isBlocked: false });
  });

  test("a block ends every session at once, and only who knows the password learns of it", async () => {
    const mine = await enter("kasi", demoPassword("kasi"));
    const here: Caller = { ...caller(), cookie: mine.cookie ?? undefined, browser: mine.browser };
    assert.ok((await authenticate(access, here)) !== undefined);
    await setBlocked(access, admin, { id: mine.answer.personId, reason: "diperiksa", isBlocked: true });
    assert.equal(await authenticate(access, here), undefined);
    assert.deepEqual([await outcome(enter("kasi", demoPassword("kasi"))), await outcome(enter("kasi", "salah"))], ["account_blocked", "wrong_credentials"]);
    assert.equal(await outcome(setBlocked(access, admin, { id: mine.answer.personId, reason: "x", isBlocked: true })), "wrong_state");
    await setBlocked(access, admin, { id: mine.answer.personId, reason: "selesai", isBlocked: false });
    assert.equal(await outcome(enter("kasi", demoPassword("kasi"))), "in");
    assert.equal(await outcome(setBlocked(access, admin, { id: admin.personId, reason: "x", isBlocked: true })), "own_account");
  });

  test("a reset of second factors is told to their owner with its reason", async () => {
    const kabid = await office.actor("kabid");
    assert.equal(await outcome(resetFactors(access, admin, { id: kabid.personId, reason: "x" })), "wrong_state");
    const { rows } = await office.pool.query("select 1 from event where type = 'account.factors_reset'");
    assert.equal(rows.length, 0);
  });

  test("may end someone's sessions; nobody else may do any of this, and accounts of another government are not there", async () => {
    const mine = await enter("kabid", demoPassword("kabid"));
    await endSessionsOf(access, admin, { id: mine.answer.personId, reason: "ponsel hilang" });
    assert.equal(await authenticate(access, { ...caller(), cookie: mine.cookie ?? undefined, browser: mine.browser }), undefined);
    const [kades, sekda] = [await office.actor("kades"), await office.actor("sekda")];
    for (const by of [sekda, kades]) {
      const acts = [invite(access, by, { personId: realSource.id(), username: "abc" }), renewLink(access, by, { id: newcomer, reason: "x" }), setBlocked(access, by, { id: newcomer, reason: "x", isBlocked: true }), resetFactors(access, by, { id: newcomer, reason: "x" }), endSessionsOf(access, by, { id: newcomer, reason: "x" })];
      const expected = by === sekda ? ["not_found", "not_yours", "not_yours", "not_yours", "not_yours"] : ["not_found", "not_found", "not_found", "not_found", "not_found"];
      assert.deepEqual(await Promise.all(acts.map(outcome)), expected);
      assert.equal(await outcome(readTenant(office.db, by.tenantId, (tx) => listAccounts(tx, { q: "" }, by))), "not_yours");
    }
    const list = await readTenant(office.db, admin.tenantId, (tx) => listAccounts(tx, { q: "rahmawati" }, admin));
    assert.deepEqual(list.map((row) => [row.name, row.username, row.status]), [["Rahmawati Putri", "rahma", "aktif"]]);
    assert.ok((await readTenant(office.db, admin.tenantId, (tx) => listAccounts(tx, { q: "100%_" }, admin))).length === 0);
    assert.deepEqual((await readTenant(office.db, admin.tenantId, (tx) => notices(tx, { ...admin, personId: newcomer }))).map((notice) => notice.kind), ["sandi_diganti"]);
  });
});
