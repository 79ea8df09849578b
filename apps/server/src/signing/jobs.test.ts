import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { signPdf } from "@lontar/pades";
import { createTsa, exportPrivateKey, generateKey, httpTimestampAuthority, issueCertificate, localTimestampAuthority, nodePort, nodeSigner, statusAddresses } from "@lontar/pades/node";
import { openTsa, type TestTsa } from "@lontar/testkit/providers";
import { z } from "zod";
import { createOffice, type TestOffice } from "../../test/office.ts";
import type { Night } from "../../test/renewal-process.ts";
import { check, logSigner } from "../audit/index.ts";
import type { Actor } from "../kernel/actor.ts";
import { inInstallation, readTenant } from "../kernel/db.ts";
import { openBlobStore, type BlobStore } from "../kernel/files/blobs.ts";
import { rememberBlob } from "../kernel/files/take.ts";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { realSource, type Id } from "../kernel/ids.ts";
import type { Milestone } from "../kernel/milestone.ts";
import { fileOf, filesOf, issue, issuedLetter, letterOfHash, type IssuedState, type Letter } from "../letters/issued/index.ts";
import { machines } from "../main.ts";
import { nextTry, preserveLetter, preservingJobs, type Preserving } from "./jobs.ts";
import { preserveFile } from "./preserve.ts";
import { authorityIn, developmentName, keyPair, openDevelopmentCa } from "./providers/development-ca.ts";
import { developmentPolicy, openDevelopmentServices } from "./providers/development-services.ts";
import { openSigning } from "./sign.ts";
import { openValidator } from "./validator.ts";

describe("the proof of letters is completed by jobs", () => {
  let office: TestOffice;
  let folder: string;
  let blobs: BlobStore;
  let tsa: TestTsa;
  let kadis: Actor;
  let deps: Preserving;
  let certificate: Uint8Array;
  let signer: ReturnType<typeof nodeSigner>;
  const clock = { aheadMs: 0 };
  const source = { ...realSource, now: () => new Date(Date.parse(realSource.now()) + clock.aheadMs).toISOString() };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lontar-preserve-"));
    blobs = await openBlobStore(join(folder, "blobs"));
    office = await createOffice("preserve");
    kadis = await office.actor("kadis");
    tsa = await openTsa({ now: () => new Date(source.now()), stampDays: 200 });
    const person = await tsa.authority.certify({ name: kadis.personName });
    certificate = person.certificate;
    signer = nodeSigner({ ...person, chain: tsa.authority.chain });
    const trust = [tsa.authority.root];
    const signing = openSigning({
      provider: { name: "uji", development: false, needsSecret: true, trust, roots: [], enrolment: undefined, sign: () => Promise.reject(new Error("unused")) }, validate: openValidator(),
      authorities: { timestamps: httpTimestampAuthority({ url: tsa.url.href, trust, timeoutMs: 2000 }), revocation: tsa.revocation, source, patienceMs: 5000 },
    });
    deps = { db: office.db, source, signing, blobs };
  });
  beforeEach(() => void Object.assign(tsa.state, { trouble: "none", status: "none" }));
  after(async () => {
    await Promise.all([office?.close(), tsa?.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  /** A letter as it was issued before anybody stamped anything, or while the authorities were silent. */
  const issueLetter = async (n: number): Promise<Id> => {
    const frozen = plainPdf([`Surat ${n}`]);
    const signed = await signPdf(frozen, { signer, port: nodePort, signedAt: new Date(source.now()) });
    const stored = await blobs.put(signed, { maxBytes: 1_000_000 });
    const letter: Letter = {
      unitId: kadis.unitId, unitName: "Diskominfo", number: `000.1.5/${n}/DISKOMINFO/2026`, date: "2026-08-03", code: `ABCDEFGHK${n}`, type: "XX", typeTitle: "Surat Uji", subject: "Undangan", security: "B", urgency: "biasa", classification: null, attachment: "", validUntil: null,
      ...stored, pages: 1, frozen: { sha256: createHash("sha256").update(frozen).digest("hex"), size: frozen.length },
      signer: { personId: kadis.personId, person: kadis.personName, positionId: kadis.positionId, post: kadis.positionTitle, holding: "definitif", basis: null, at: source.now(), serial: new X509Certificate(certificate).serialNumber, issuer: "TSA Uji", development: false }, drafterPositionId: kadis.positionId,
    };
    const id = realSource.id();
    await office.transaction(kadis, async (tx) => {
      await rememberBlob(tx, kadis, { ...stored, mediaType: "application/pdf", pages: 1 });
      await issue(tx, id, letter, [], [], kadis);
    });
    return id;
  };
  const letterOf = async (id: Id): Promise<IssuedState> => (await readTenant(office.db, kadis.tenantId, (tx) => issuedLetter(tx, kadis.tenantId, id))) ?? assert.fail("no letter");
  const run = (id: Id, tries = 0): Promise<void> => preserveLetter(deps, kadis.tenantId, id, tries);
  const waiting = async (key: string): Promise<{ readonly payload: unknown; readonly runAt: string } | undefined> => {
    const { rows } = await office.pool.query<{ payload: unknown; run_at: Date }>("select p.payload, j.run_at from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id where j.key = $1", [key]);
    return rows[0] === undefined ? undefined : { payload: rows[0].payload, runAt: rows[0].run_at.toISOString() };
  };
  const events = async (id: Id): Promise<readonly string[]> => (await office.pool.query<{ type: string }>("select type from event where thing_id = $1 and kind = 'issued' order by revision", [id])).rows.map((row) => row.type);
  const findings = async () => (await check({ pool: office.pool, tenantId: kadis.tenantId, files: blobs, machines, signer: await logSigner(join(folder, "keys"), kadis.tenantId) })).findings.filter((finding) => finding.kind === "file" || finding.kind === "row");

  it("a letter goes from B-B to B-LTA while its authorities come back one by one, each step an event, and is found by each of its hashes", async () => {
    const id = await issueLetter(1);
    const first = (await letterOf(id)).sha256;
    tsa.state.trouble = "hang_up";
    await run(id);
    await run(id, 1);
    assert.deepEqual([(await letterOf(id)).proved?.level, (await letterOf(id)).proved?.lacks], ["B-B", "tsa_unreachable"]);
    const retry = (await waiting(`preserve/${id}`)) ?? assert.fail("nobody will try again");
    assert.match(JSON.stringify(retry.payload), /"tries":2/);
    Object.assign(tsa.state, { trouble: "none", status: "silence" });
    await run(id, 2);
    assert.deepEqual([(await letterOf(id)).proved?.level, (await letterOf(id)).proved?.lacks], ["B-T", "status_unreachable"]);
    tsa.state.status = "none";
    await run(id, 3);
    const letter = await letterOf(id);
    assert.deepEqual([letter.proved?.level, letter.proved?.lacks, letter.sha256], ["B-LTA", null, first]);
    assert.deepEqual(await events(id), ["issued.issued", "issued.preservation_failed", "issued.preserved", "issued.preserved"]);
    const hashes = filesOf(letter).map((file) => file.sha256);
    assert.equal(new Set(hashes).size, 3);
    for (const hash of hashes) assert.equal((await inInstallation(office.db, (tx) => letterOfHash(tx, hash)))?.id, id, "whoever holds an earlier file finds the letter");
    const bytes = Buffer.from(await blobs.bytes(fileOf(letter).sha256));
    for (const file of filesOf(letter)) assert.equal(createHash("sha256").update(bytes.subarray(0, file.size)).digest("hex"), file.sha256);
    await run(id);
    assert.equal((await events(id)).length, 4, "what is complete is left alone");
    assert.deepEqual(await findings(), []);
  });

  it("two runs at once leave one file; a crash before the last step leaves an unreferenced one, and the next run goes on", async () => {
    const id = await issueLetter(2);
    await Promise.all([run(id), run(id)]);
    assert.deepEqual(await events(id), ["issued.issued", "issued.preserved"]);
    const other = await issueLetter(3);
    const crashing: Preserving = { ...deps, blobs: { ...blobs, put: async (bytes, limit) => (await blobs.put(bytes, limit), Promise.reject(new Error("listrik padam"))) } };
    await assert.rejects(preserveLetter(crashing, kadis.tenantId, other, 0), /listrik padam/);
    assert.deepEqual(await events(other), ["issued.issued"]);
    await run(other);
    assert.deepEqual(await events(other), ["issued.issued", "issued.preserved"]);
    assert.deepEqual(await findings(), []);
  });

  it("the night finds what is incomplete and what ends soon, and renews it with a new stamp", async () => {
    const id = await issueLetter(4);
    const night = preservingJobs(deps)["signing.renew"] ?? assert.fail("no round");
    await night({ tenantId: kadis.tenantId }, 1);
    assert.ok((await waiting(`preserve/${id}`)) !== undefined, "a letter from before levels were kept is asked for");
    await run(id);
    const until = (await letterOf(id)).proved?.until ?? "";
    await office.pool.query("select graphile_worker.remove_job($1)", [`preserve/${id}`]);
    await night({ tenantId: kadis.tenantId }, 1);
    assert.equal(await waiting(`preserve/${id}`), undefined, "a complete one is left alone");
    clock.aheadMs += 160 * 86_400_000;
    await tsa.renewCertificate(900);
    await night({ tenantId: kadis.tenantId }, 1);
    assert.ok((await waiting(`preserve/${id}`)) !== undefined);
    assert.ok((await waiting(`signing.renew/${kadis.tenantId}`)) !== undefined, "the next round is asked for");
    await run(id);
    const renewed = (await letterOf(id)).proved;
    assert.equal(renewed?.level, "B-LTA");
    assert.ok((renewed?.until ?? "") > until);
    assert.deepEqual(await findings(), []);
  });

  it("killed at each step of a renewal: nothing is lost, and nothing is there twice", async () => {
    const id = await issueLetter(6);
    await run(id);
    clock.aheadMs += 870 * 86_400_000; // the stamps of the renewal before have their last quarter
    await tsa.renewCertificate(900);
    await office.pool.query("select graphile_worker.remove_job(key) from graphile_worker.jobs where key is not null");
    const [rootKey, issuingKey] = [tsa.authority.rootAuthority, tsa.authority.issuing].map(({ certificate: der, privateKey }) => ({ certificate: Buffer.from(der).toString("base64"), key: Buffer.from(exportPrivateKey(privateKey)).toString("base64") }));
    assert.ok(rootKey !== undefined && issuingKey !== undefined);
    const inProcess = async (task: Night["task"], killAt?: Milestone): Promise<unknown> => {
      const told: Night = { connection: { ...office.connection }, folder, aheadMs: clock.aheadMs, tsa: tsa.url.href, root: rootKey, issuing: issuingKey, task, payload: { tenantId: kadis.tenantId, id } };
      const child = spawn(process.execPath, [new URL("../../test/renewal-process.ts", import.meta.url).pathname, JSON.stringify(told)], { env: { ...process.env, ...(killAt !== undefined && { LONTAR_KILL_AT: killAt }) }, stdio: ["ignore", "inherit", "inherit"] });
      const [code, signal] = await once(child, "exit");
      return signal ?? code;
    };
    const works = async (): Promise<readonly string[]> => (await office.pool.query<{ key: string }>("select key from graphile_worker.jobs where key like '%' || $1 or key like 'signing.renew/%' order by key", [id])).rows.map((row) => row.key);
    const [mine, next] = [`preserve/${id}`, `signing.renew/${kadis.tenantId}`];
    assert.equal(await inProcess("signing.renew", "renew.1"), "SIGKILL");
    assert.deepEqual(await works(), [mine], "the letter is asked for, the next round is not: this round is still to be done");
    assert.equal(await inProcess("signing.renew", "renew.2"), "SIGKILL");
    assert.deepEqual(await works(), [mine, next]);
    assert.equal(await inProcess("signing.renew"), 0);
    assert.deepEqual(await works(), [mine, next], "each is one work, however often it was asked for");

    const complete = await letterOf(id);
    for (const killAt of ["preserve.1", "preserve.2"] as const) {
      assert.equal(await inProcess("signing.preserve", killAt), "SIGKILL");
      assert.deepEqual(await letterOf(id), complete, `${killAt}: the letter keeps its proof of before`);
    }
    assert.equal(await inProcess("signing.preserve", "preserve.3"), "SIGKILL");
    const renewed = await letterOf(id);
    assert.deepEqual([renewed.proved?.level, (renewed.proved?.until ?? "") > (complete.proved?.until ?? ""), filesOf(renewed).length], ["B-LTA", true, filesOf(complete).length + 1]);
    assert.equal(await inProcess("signing.preserve"), 0);
    assert.deepEqual(await letterOf(id), renewed, "what was done before it died is not done twice");
    assert.deepEqual(await events(id), ["issued.issued", "issued.preserved", "issued.preserved"]);
    assert.deepEqual((await findings()).filter(({ sentence }) => sentence.includes("/6/")), []);
  });

  it("the integrity check names a file that does not begin with the one before it", async () => {
    const id = await issueLetter(5);
    await run(id);
    const path = blobs.path(fileOf(await letterOf(id)).sha256);
    await chmod(path, 0o600);
    await writeFile(path, "lain");
    assert.match((await findings()).map((finding) => finding.sentence).join(" "), /diubah.*tidak diawali/s);
  });

  it("a time-stamping authority from before its certificates named where their status is answered is mended at the start, once: same keys, and what it stamped is completed by what it answers now", async () => {
    const keys = await mkdtemp(join(tmpdir(), "lontar-services-"));
    try {
      const ca = await openDevelopmentCa({ folder: keys, source: realSource, mode: "demo" });
      await openDevelopmentServices(ca, { db: office.db, source: realSource });
      const path = join(keys, `development-services-${realSource.now().slice(0, 4)}.json`);
      const pairs = z.object({ stamping: keyPair, answering: keyPair });
      const kept = async () => pairs.parse(JSON.parse(await readFile(path, "utf8")));
      const present = await kept();
      const certificateOf = ({ certificate: der }: { readonly certificate: string }): Uint8Array => new Uint8Array(Buffer.from(der, "base64"));
      const bare = async (profile: "timestamp" | "ocsp", pair: (typeof present)["stamping"]) => {
        const { validFromDate, validToDate } = new X509Certificate(certificateOf(pair));
        const der = await issueCertificate(ca.issuing, { profile, subject: { commonName: `${developmentName}: ${profile}`, organisation: "Lontar", country: "ID" }, key: authorityIn(pair).privateKey, notBefore: validFromDate, notAfter: validToDate });
        return { ...pair, certificate: Buffer.from(der).toString("base64") };
      };
      const old = { stamping: await bare("timestamp", present.stamping), answering: await bare("ocsp", present.answering) };
      await writeFile(path, JSON.stringify(old), { mode: 0o600 });
      const personKey = generateKey("P-256");
      const at = new Date(realSource.now());
      const person = { privateKey: personKey, certificate: await issueCertificate(ca.issuing, { profile: "person", subject: { commonName: "Siti Aminah", country: "ID" }, key: personKey, notBefore: new Date(at.getTime() - 86_400_000), notAfter: new Date(at.getTime() + 86_400_000), ocspUrl: ca.addresses.ocspUrl }) };
      const trust = [ca.root.certificate];
      const before = createTsa({ ...authorityIn(old.stamping), chain: [ca.issuing.certificate], policy: developmentPolicy, accuracyMs: 1000 });
      const letter = await signPdf(plainPdf(["Surat dari dahulu"]), { signer: nodeSigner({ ...person, chain: [ca.issuing.certificate] }), port: nodePort, signedAt: at, timestamps: localTimestampAuthority(before, () => at, trust) });

      const services = await openDevelopmentServices(ca, { db: office.db, source: realSource });
      const mended = await kept();
      for (const name of ["stamping", "answering"] as const) {
        const [was, is] = [certificateOf(old[name]), certificateOf(mended[name])];
        assert.deepEqual([statusAddresses(was).ocsp, statusAddresses(is).ocsp, mended[name].key === old[name].key], [undefined, "http://localhost:8080/ocsp", true], name);
        assert.deepEqual(new X509Certificate(is).publicKey.export({ format: "jwk" }), new X509Certificate(was).publicKey.export({ format: "jwk" }), name);
      }
      assert.equal((await stat(path)).mode & 0o777, 0o600);
      const validate = openValidator();
      const now = realSource.now();
      assert.equal((await validate(letter, { trust, at: now })).reached?.level, "B-T", "its stamp is believed as before");
      const signing = openSigning({ provider: { name: "uji", development: true, needsSecret: true, trust, roots: [], enrolment: undefined, sign: () => Promise.reject(new Error("unused")) }, validate, authorities: { timestamps: services.timestamps, revocation: services.revocation, source: realSource, patienceMs: 20_000 } });
      const frozen = plainPdf(["Surat dari dahulu"]);
      const done = await preserveFile(signing, { bytes: letter, reached: { level: "B-T", until: null }, isDue: false }, { frozen: { sha256: createHash("sha256").update(frozen).digest("hex"), size: frozen.length }, serial: null });
      assert.deepEqual([done.proved.level, done.proved.lacks], ["B-LTA", null]);
      await openDevelopmentServices(ca, { db: office.db, source: realSource });
      assert.deepEqual(await kept(), mended, "mended once");
    } finally {
      await rm(keys, { recursive: true });
    }
  });

  it("tries again later and later, at most six hours apart", () => {
    const pauses = [0, 1, 2, 9, 50].map((tries) => (Date.parse(nextTry("2026-08-03T00:00:00.000Z", tries)) - Date.parse("2026-08-03T00:00:00.000Z")) / 60_000);
    assert.deepEqual(pauses, [5, 10, 20, 360, 360]);
  });
});
