import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openTsa, type TestTsa } from "@lontar/testkit/providers";
import { createOffice, type TestOffice } from "../../test/office.ts";
import type { Actor } from "../kernel/actor.ts";
import { inTenant, readTenant } from "../kernel/db.ts";
import { recordAll } from "../kernel/events.ts";
import { realSource, type Id } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { certificateFor } from "./commands.ts";
import { decideCredential, evolveCredential, warningDue, type CredentialState } from "./credential.ts";
import { beginDryRuns, checkNow, dryRunJobs, healthOf, type Caring } from "./health.ts";
import type { AccountProvider, Standing } from "./provider.ts";
import { openSigning } from "./sign.ts";
import { countWrongSecrets, saveCredential } from "./store.ts";
import { openValidator } from "./validator.ts";

const dayMs = 86_400_000;

describe("certificates under care", () => {
  let office: TestOffice;
  let tsa: TestTsa;
  let admin: Actor;
  let kadis: Actor;
  let caring: Caring;
  const clock = { aheadMs: 0 };
  const state: { standing: Standing; asked: number } = { standing: "ready", asked: 0 };
  const source = { ...realSource, now: () => new Date(Date.parse(realSource.now()) + clock.aheadMs).toISOString() };

  before(async () => {
    office = await createOffice("health");
    [admin, kadis] = [await office.actor("admin"), await office.actor("kadis")];
    tsa = await openTsa({ now: () => new Date(source.now()) });
    const provider: AccountProvider = {
      name: "Penyelenggara uji", development: false, needsSecret: true, trust: [tsa.authority.root], roots: [], sign: () => Promise.reject(new Error("a dry run signs nothing")),
      enrolment: { account: "nik", handleOf: () => new Uint8Array(1), standing: async () => (state.asked++, state.standing) },
    };
    const signing = openSigning({ provider, validate: openValidator(), authorities: { timestamps: undefined, revocation: tsa.revocation, source, patienceMs: 1000 } });
    caring = { db: office.db, source, signing, nikOf: async (_tx, _tenantId, personId) => (personId === kadis.personId ? "6409015506750001" : undefined) };
    const { certificate } = await tsa.authority.certify({ name: kadis.personName.toUpperCase(), notAfter: new Date(Date.parse(source.now()) + 100 * dayMs) });
    const by = { ...kadis, at: source.now() };
    await office.transaction(by, (tx) => saveCredential(tx, source.id(), certificateFor({ id: kadis.personId, name: kadis.personName, title: kadis.positionTitle, organisation: "PPU" }, { certificate, chain: tsa.authority.chain }, provider, by.at), new Uint8Array(1), true, by));
  });
  after(async () => {
    await Promise.all([office?.close(), tsa?.close()]);
  });

  const night = async (): Promise<void> => (dryRunJobs(caring)["signing.dryRun"] ?? assert.fail("no dry run"))({ tenantId: kadis.tenantId }, 1);
  const health = async (by = admin) => readTenant(office.db, by.tenantId, (tx) => healthOf(caring, tx, { ...by, at: source.now() }));
  const mine = async () => (await health()).officials.find((official) => official.id === kadis.personId) ?? assert.fail("no kadis");
  const told = async (personId: Id): Promise<readonly string[]> => (await office.pool.query<{ kind: string }>("select kind from notice where person_id = $1 order by at, notice_id", [personId])).rows.map((row) => row.kind);

  it("are shown to the admin alone: days left, whose name, who has none", async () => {
    await assert.rejects(health(kadis), (error: unknown) => error instanceof Refused && error.code === "not_yours");
    await assert.rejects(inTenant(office.db, kadis.tenantId, (tx) => checkNow(tx, kadis)), Refused);
    const row = await mine();
    assert.deepEqual([row.certificate?.days, row.certificate?.nameAgrees, row.hasNik, row.checked, row.lastSigned, row.lastFailed], [99, true, true, null, null, null]);
    const others = (await health()).officials.filter((official) => official.certificate === null);
    assert.ok(others.length > 3 && others.every((official) => official.post !== "" && !official.hasNik), "who signs by his post and has no certificate stands here too");
  });

  it("are shown with the last signature of each official, and what failed last, each of his own", async () => {
    const sekdis = await office.actor("sekdis");
    const done = (by: Actor, event: { readonly type: string; readonly code?: string }, at: string) =>
      office.transaction(by, (tx) => recordAll(tx, [{ thing: { kind: "draft", id: source.id(), subject: source.id(), revision: 0 }, events: [event] }], { ...by, at }));
    for (const [by, code] of [[kadis, "PROVIDER_AWAY"], [kadis, "WRONG_SECRET"], [sekdis, "BYTES_DIFFER"]] as const) await done(by, { type: "draft.signing_failed", code }, by.at);
    for (const [by, at] of [[kadis, "2026-02-01T01:00:00.000Z"], [kadis, "2026-03-01T01:00:00.000Z"], [sekdis, "2026-04-01T01:00:00.000Z"]] as const) await done(by, { type: "draft.signed" }, at);
    const row = await mine();
    assert.deepEqual([row.lastSigned, row.lastFailed?.code], ["2026-03-01T01:00:00.000Z", "WRONG_SECRET"]);
    await office.transaction(kadis, async (tx) => {
      assert.equal(await countWrongSecrets(tx, kadis.tenantId, kadis.personId, new Date(Date.parse(kadis.at) - 60_000).toISOString()), 1);
      assert.equal(await countWrongSecrets(tx, kadis.tenantId, sekdis.personId, new Date(Date.parse(kadis.at) - 60_000).toISOString()), 0, "each guesses for himself");
    });
  });

  it("are asked about every night without signing; one event and one word to the owner for each change", async () => {
    await night();
    assert.deepEqual([(await mine()).checked?.standing, (await mine()).checked?.status, state.asked], ["ready", "good", 1]);
    assert.deepEqual(await told(kadis.personId), []);
    state.standing = "unknown";
    tsa.state.status = "silence";
    await night();
    assert.deepEqual([(await mine()).checked?.standing, (await mine()).checked?.status, (await told(kadis.personId)).length], ["unknown", "unknown", 0], "a provider that is away says nothing about the certificate");
    state.standing = "suspended";
    tsa.state.status = "none";
    await night();
    await night();
    assert.deepEqual(await told(kadis.personId), ["sertifikat_bermasalah"]);
    state.standing = "ready";
    await night();
    tsa.state.status = "revoked";
    await night();
    assert.deepEqual([(await mine()).checked?.status, await told(kadis.personId)], ["revoked", ["sertifikat_bermasalah", "sertifikat_bermasalah"]]);
    tsa.state.status = "none";
    await night();
    const { rows } = await office.pool.query<{ found: string }>("select body->>'found' as found from event where type = 'credential.found' order by revision");
    assert.deepEqual(rows.map((row) => row.found), ["suspended", "ready", "revoked", "ready"]);
  });

  it("warn their owner at sixty, thirty and seven days, each once", async () => {
    const count = async (): Promise<number> => (await told(kadis.personId)).filter((kind) => kind === "sertifikat_berakhir").length;
    const at: number[] = [];
    for (const days of [62, 59, 45, 29, 9, 6, 2]) {
      clock.aheadMs = (100 - days) * dayMs;
      await night();
      await night();
      at.push(await count());
    }
    assert.deepEqual(at, [0, 1, 1, 2, 2, 3, 3]);
    const { rows } = await office.pool.query<{ threshold: string }>("select body->>'threshold' as threshold from event where type = 'credential.warned' order by revision");
    assert.deepEqual(rows.map((row) => row.threshold), ["60", "30", "7"]);
  });

  it("are asked about again the next night, also after a restart, and at once when the admin wants it", async () => {
    const waiting = async (): Promise<number> => (await office.pool.query("select from graphile_worker.jobs where key = $1", [`signing.dryRun/${kadis.tenantId}`])).rowCount ?? 0;
    assert.equal(await waiting(), 1);
    await beginDryRuns(caring, [kadis.tenantId], async () => true);
    await office.pool.query("select graphile_worker.remove_job($1)", [`signing.dryRun/${kadis.tenantId}`]);
    await beginDryRuns(caring, [kadis.tenantId], async () => false);
    assert.equal(await waiting(), 1);
    assert.deepEqual(await inTenant(office.db, admin.tenantId, (tx) => checkNow(tx, admin)), { asked: true });
    assert.equal(await waiting(), 1);
  });
});

describe("the warning of a certificate", () => {
  const until = "2026-12-31T00:00:00.000Z";
  const state = { status: "aktif", until } as const;
  it("is the nearest that its owner has not had", () => {
    const due = (at: string, warned?: CredentialState["warned"]) => warningDue({ ...state, ...(warned !== undefined && { warned }) }, at);
    assert.deepEqual([due("2026-10-01T00:00:00.000Z"), due("2026-11-05T00:00:00.000Z"), due("2026-11-05T00:00:00.000Z", 60), due("2026-12-05T00:00:00.000Z", 60), due("2026-12-28T00:00:00.000Z"), due("2026-12-28T00:00:00.000Z", 7)], [undefined, 60, undefined, 30, 7, undefined]);
    assert.equal(warningDue({ ...state, status: "dicabut" }, "2026-12-28T00:00:00.000Z"), undefined);
  });
  it("is the system's word, and is kept", () => {
    const certificate = { personId: "x", name: "A", title: "P", organisation: "O", certificate: "AA==", serial: "01", issuer: "CA", development: false, since: "2024-12-31T00:00:00.000Z", until };
    const active: CredentialState = { ...certificate, status: "aktif", revoked: null };
    assert.deepEqual([evolveCredential(active, { type: "credential.warned", at: until, threshold: 30, days: 29 }).warned, evolveCredential(active, { type: "credential.found", at: until, found: "suspended" }).found], [30, "suspended"]);
    const person = { personId: "00000000-0000-7000-8000-000000000009" };
    assert.deepEqual(decideCredential(active, { type: "look", found: "revoked" }, Object.assign(Object.create(null), person, { at: until, functions: ["admin"] })), { refused: "not_yours" });
  });
});
