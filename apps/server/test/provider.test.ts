import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openBsre, type Bsre } from "@lontar/testkit/providers";
import pg from "pg";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { realSource } from "../src/kernel/ids.ts";
import { startTestServer, type Client, type TestServer } from "./http.ts";
import { draftReadyToSign } from "./ready-draft.ts";
import { until } from "./until.ts";

const nik = "6409015506750001";
const passphrase = "frasa sandi milik kadis";

describe("an office whose signatures come from BSrE", () => {
  let bsre: Bsre;
  let server: TestServer;
  let folder: string;
  let kadis: Client;
  let admin: Client;
  let database: pg.Client;

  before(async () => {
    bsre = await openBsre({ now: () => new Date(), people: [{ nik, name: "NURLAILA HASAN", passphrase }, { nik: "6409011203810002", name: "Bambang Herlambang", passphrase: "frasa sekdis" }] });
    folder = await mkdtemp(join(tmpdir(), "lontar-trust-"));
    await writeFile(join(folder, "akar.pem"), new X509Certificate(bsre.root).toString());
    server = await startTestServer("provider", { LONTAR_SIGNER: "bsre", SIGNER_URL: bsre.url.href, SIGNER_USERNAME: bsre.username, SIGNER_PASSWORD: bsre.password, SIGNER_TRUST: join(folder, "akar.pem") });
    database = new pg.Client(server.databaseUrl);
    await database.connect();
    [kadis, admin] = await Promise.all([server.signIn("kadis"), server.signIn("admin")]);
  });
  after(async () => {
    await database?.end();
    await Promise.all([server?.close(), bsre?.close(), rm(folder, { recursive: true, force: true })]);
  });

  const giveNik = async (name: string, number: string): Promise<void> => {
    const person = (await admin.call("organisation.people", { q: name, limit: 5 })).body.items[0] ?? assert.fail(`no ${name}`);
    const saved = await admin.call("organisation.definePerson", { id: person.id, name: person.name, nip: person.nip, rank: person.rank, grade: person.grade, email: person.email, nik: number });
    assert.equal(saved.status, 200, JSON.stringify(saved.problem));
  };
  const activate = async (client: Client, secret: string) => client.call("signing.activate", { account: null, passphrase: secret });
  const readyDraft = async () => {
    const { id, hash } = await draftReadyToSign(kadis);
    const frozen = await kadis.call("drafts.freeze", { id, contentHash: hash });
    assert.equal(frozen.status, 200, JSON.stringify(frozen.problem));
    return { id, sha256: frozen.body.sha256, number: frozen.body.number };
  };
  const code = (answer: { readonly status: number; readonly problem: { readonly code: string } | undefined }): string => answer.problem?.code ?? String(answer.status);

  test("nobody can sign before he has activated his account, and the page says what is missing", async () => {
    const { body } = await kadis.call("signing.mine", {});
    assert.deepEqual([body.current, body.account, body.hasNik], [null, "nik", false]);
    assert.equal(code(await activate(kadis, passphrase)), "nik_missing");
    assert.deepEqual((await kadis.call("signing.check", {})).body, { standing: null });
  });

  test("one trial signature with his own passphrase shows the certificate, and its name must be his", async () => {
    await giveNik("Nurlaila", nik);
    await giveNik("Bambang Hermawan", "6409011203810002");
    assert.equal(code(await activate(kadis, "bukan ini")), "activation_secret");
    const activated = await activate(kadis, passphrase);
    assert.equal(activated.status, 200, JSON.stringify(activated.problem));
    assert.deepEqual([activated.body.issuer, activated.body.development], ["BSrE Uji", false]);
    assert.equal(code(await activate(await server.signIn("sekdis"), "frasa sekdis")), "certificate_of_another");
    assert.deepEqual((await kadis.call("signing.check", {})).body, { standing: "ready" });
    assert.equal((await kadis.call("session.me", {})).body.certificate?.development, false);
  });

  test("an answer that is lost is no signature: the number stays, nothing is repeated, and the signer signs again on purpose", async () => {
    const { id, sha256, number } = await readyDraft();
    Object.assign(bsre.state, { trouble: "hang_up_after", asked: 0, signed: 0 });
    assert.equal(code(await kadis.call("drafts.sign", { id, sha256, passphrase })), "signing_outcome_unknown");
    assert.deepEqual([bsre.state.asked, bsre.state.signed], [1, 1]);
    assert.equal((await kadis.call("drafts.show", { id })).body.status, "beku");
    bsre.state.trouble = "suspended";
    assert.equal(code(await kadis.call("drafts.sign", { id, sha256, passphrase })), "signer_suspended");
    bsre.state.trouble = "altered";
    assert.equal(code(await kadis.call("drafts.sign", { id, sha256, passphrase })), "signature_invalid");
    bsre.state.trouble = "none";
    const signed = await kadis.call("drafts.sign", { id, sha256, passphrase });
    assert.equal(signed.status, 200, JSON.stringify(signed.problem));
    const view = (await kadis.call("drafts.show", { id })).body;
    assert.ok(["ditandatangani", "terkirim"].includes(view.status), view.status); // dispatch goes on by itself
    assert.equal(view.frozen?.number, number);
    const answer = (await server.anyone.call("open.verify", { code: view.frozen?.code ?? assert.fail("no code") })).body;
    assert.deepEqual([answer.state, answer.signer?.issuer, answer.signer?.development], ["sah", "BSrE Uji", false]);
  });

  /** Lets the job that looks after an intent run now instead of in minutes. */
  const lookNow = async (id: string): Promise<void> => {
    const moved = await database.query("update graphile_worker._private_jobs set run_at = now() where key = $1 and locked_at is null", [`intent/${id}`]);
    assert.equal(moved.rowCount, 1, "somebody looks after the intent");
  };
  const intentOf = async (id: string) => (await kadis.call("drafts.show", { id })).body.intent;
  const tries = async (id: string): Promise<number> => Number((await database.query<{ tries: string }>("select payload->>'tries' as tries from graphile_worker._private_jobs where key = $1", [`intent/${id}`])).rows[0]?.tries ?? -1);

  test("a provider that is away for hours: the intent is kept once, its signer is told when it is back, and signs with his secret", async () => {
    const { id, sha256 } = await readyDraft();
    Object.assign(bsre.state, { trouble: "away", signed: 0 });
    assert.equal(code(await kadis.call("drafts.sign", { id, sha256, passphrase })), "signing_queued");
    const kept = await intentOf(id);
    assert.deepEqual([kept?.state, kept?.by.startsWith("Hj. Nurlaila"), kept?.post, kept?.needsSecret, kept?.next], ["menunggu_penyedia", true, "Kepala Dinas Komunikasi dan Informatika", true, "Balai Besar Sertifikasi Elektronik (BSrE)"]);
    const desk = (await kadis.call("desk.list", { act: "tanda_tangan", limit: 50 })).body.items.find((item) => item.thingId === id);
    assert.match(desk?.detail ?? "", /menunggu penyedia tanda tangan; kata sandi akan diminta lagi/);
    const first = await tries(id);
    await lookNow(id);
    await until(async () => ((await tries(id)) > first ? true : undefined), "it looked, found nobody, and will look again");
    assert.equal((await intentOf(id))?.state, "menunggu_penyedia");
    bsre.state.trouble = "none";
    await lookNow(id);
    const back = await until(async () => ((await intentOf(id))?.state === "menunggu_sandi" ? intentOf(id) : undefined), "the provider is seen to be back");
    assert.equal(back?.next, kept?.by);
    assert.ok((await kadis.call("session.me", {})).body.notices.some((notice) => notice.kind === "tanda_tangan_siap"));
    assert.equal(bsre.state.signed, 0, "nobody signed in his stead");
    assert.equal((await kadis.call("drafts.sign", { id, sha256, passphrase })).status, 200);
    assert.deepEqual([bsre.state.signed, await intentOf(id)], [1, null]);
    const { rows } = await database.query<{ id: string; at: string }>("select distinct body->'intent'->>'id' as id, body->'intent'->>'at' as at from event where thing_id = $1 and type = 'draft.sign_intended'", [id]);
    assert.deepEqual(rows.map((row) => row.at), [kept?.at], "said twice, meant once");
  });

  test("an answer that is lost is looked after too: nobody asks again but the signer", async () => {
    const { id, sha256 } = await readyDraft();
    Object.assign(bsre.state, { trouble: "hang_up_after", signed: 0 });
    assert.equal(code(await kadis.call("drafts.sign", { id, sha256, passphrase })), "signing_outcome_unknown");
    bsre.state.trouble = "none";
    assert.deepEqual([(await intentOf(id))?.state, bsre.state.signed], ["tidak_pasti", 1]);
    assert.equal((await kadis.call("drafts.sign", { id, sha256, passphrase })).status, 200);
  });

  test("an intent whose signer has lost the post meanwhile lapses, by name and reason", async () => {
    const { id, sha256 } = await readyDraft();
    bsre.state.trouble = "away";
    assert.equal(code(await kadis.call("drafts.sign", { id, sha256, passphrase })), "signing_queued");
    const positionId = (await kadis.call("session.me", {})).body.acting.positionId;
    const deputy = (await admin.call("organisation.people", { q: "Bambang Hermawan", limit: 5 })).body.items[0] ?? assert.fail("no deputy");
    const { sha256: scan } = (await admin.uploadTo("organisation.uploadDecree", realSource.id(), "spt.pdf", plainPdf(["Surat perintah tugas"]))).body;
    const sekda = await server.signIn("sekda");
    const mandate = realSource.id();
    const given = await sekda.call("mandates.give", { kind: "plh", id: mandate, personId: deputy.id, positionId, since: realSource.now(), until: new Date(Date.parse(realSource.now()) + 3_600_000).toISOString(), decree: { number: "094/13/2026", date: "2026-11-24", file: { sha256: scan, name: "spt.pdf" } } });
    assert.equal(given.status, 200, JSON.stringify(given.problem));
    bsre.state.trouble = "none";
    await lookNow(id);
    const lapsed = await until(async () => {
      const { rows } = await database.query<{ body: { person: string; post: string; reason: string } }>("select body from event where thing_id = $1 and type = 'draft.sign_lapsed'", [id]);
      return rows[0]?.body;
    }, "the intent lapses");
    assert.deepEqual([lapsed.person.startsWith("Hj. Nurlaila"), lapsed.post, lapsed.reason], [true, "Kepala Dinas Komunikasi dan Informatika", "stands_aside"]);
    assert.equal((await intentOf(id))?.state, "gugur");
    assert.equal((await sekda.call("mandates.revoke", { id: mandate, reason: "Kembali bertugas" })).status, 200);
    assert.equal((await kadis.call("drafts.sign", { id, sha256, passphrase })).status, 200, "what lapsed is meant anew, by whoever has the right again");
  });

  test("neither NIK nor passphrase is in any event, row of state, or answer", async () => {
    const client = new pg.Client(server.databaseUrl);
    await client.connect();
    try {
      const { rows } = await client.query<{ body: string }>("select body::text from event union all select state::text from credential union all select encode(sealed, 'escape') from signing_key");
      assert.ok(rows.length > 10);
      for (const { body } of rows) for (const secret of [nik, passphrase, bsre.password]) assert.equal(body.includes(secret), false);
      const failed = await client.query<{ code: string; detail: string | null }>("select body->>'code' as code, body->>'detail' as detail from event where type = 'draft.signing_failed' order by at, revision");
      assert.deepEqual(failed.rows.map((row) => row.code), ["OUTCOME_UNKNOWN", "LOCKED", "INVALID", "TEMPORARY", "OUTCOME_UNKNOWN", "TEMPORARY"]);
      assert.deepEqual(failed.rows[1], { code: "LOCKED", detail: "2999" }, "the provider's own number is kept for its support desk");
    } finally {
      await client.end();
    }
  });

  test("its owner withdraws the certificate at once, and nothing can be signed with it any more", async () => {
    assert.deepEqual((await kadis.call("signing.withdraw", { reason: "Ponsel hilang" })).body, { withdrawn: 1 });
    const { id, sha256 } = await readyDraft();
    assert.equal(code(await kadis.call("drafts.sign", { id, sha256, passphrase })), "no_certificate");
    assert.equal((await kadis.call("signing.mine", {})).body.current, null);
  });

  test("the roots for the public check are those of the provider", async () => {
    const { certificates } = (await server.anyone.call("open.trust", {})).body;
    assert.deepEqual(certificates.map(({ name, development }) => [name, development]), [["BSrE Uji Root", false]]);
    assert.equal(certificates[0]?.pem.trim(), (await readFile(join(folder, "akar.pem"), "utf8")).trim());
  });
});
