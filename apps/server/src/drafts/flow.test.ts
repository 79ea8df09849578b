import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { contract, type EndpointName } from "@lontar/contract";
import { letterTypes } from "@lontar/naskah";
import { createRenderer } from "@lontar/naskah/render";
import { nodePort } from "@lontar/pades/node";
import { contentOf, judgeSeal } from "@lontar/seal";
import jsqr from "jsqr";
import { sql } from "kysely";
import decodeQR from "qr/decode.js";
import sharp from "sharp";
import { createOffice, type TestOffice } from "../../test/office.ts";
import type { Actor } from "../kernel/actor.ts";
import { readTenant, type Tx } from "../kernel/db.ts";
import { openBlobStore } from "../kernel/files/blobs.ts";
import { buildHttp, type Route, type Steps } from "../kernel/http.ts";
import { realSource, type Id } from "../kernel/ids.ts";
import { openSeal } from "../kernel/seal.ts";
import { perform } from "../kernel/perform.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { readableFile } from "../letters/files.ts";
import { createReader } from "../letters/reading/index.ts";
import { trail } from "../letters/queries.ts";
import { dispatch, issuedLetter } from "../letters/issued/index.ts";
import { organisationKinds } from "../organisation/index.ts";
import { demoPassphrase } from "../seed/seed.ts";
import { openDevelopmentCa, openDevelopmentServices, openEmbeddedProvider, openIssuing, openLimiter, openSealing, openSigning, openValidator, openVerification, verificationPage, type Sealing } from "../signing/index.ts";
import { approveDraft, cancelDraft, createDraft, draftJobs, freezeDraft, returnDraft, revokeLetter, signDraft, submitDraft, writeDraft, type Drafting } from "./commands.ts";
import type { Content } from "./draft.ts";
import { draftFiles, listDrafts, showDraft, typedSubjects, versionsOf } from "./queries.ts";
import { draftRoutes } from "./routes.ts";

const refusedWith = (code: string) => (error: unknown): boolean => error instanceof Refused && error.code === code;

describe("an outgoing naskah (domain F2)", () => {
  let office: TestOffice;
  let drafting: Drafting;
  let folder: string;
  let sealing: Sealing;
  let closeRenderer: () => Promise<void>;
  let issuing: (owner: Actor, passphrase: string) => Promise<void>;
  const people: Record<string, Actor> = {};
  const who = (name: string): Actor => {
    const by = people[name];
    if (by === undefined) throw new Error(`no ${name}`);
    return { ...by, at: realSource.now(), requestId: realSource.id() };
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lontar-drafts-"));
    const blobs = await openBlobStore(join(folder, "blobs"));
    const ca = await openDevelopmentCa({ folder: join(folder, "keys"), source: realSource, mode: "demo" });
    const provider = openEmbeddedProvider(ca);
    office = await createOffice("drafts");
    const services = await openDevelopmentServices(ca, { db: office.db, source: realSource });
    const renderer = createRenderer();
    closeRenderer = renderer.close;
    sealing = await openSealing({ db: office.db, source: realSource, seal: openSeal("kunci uji"), keysFolder: join(folder, "keys"), host: "surat.contoh.id" });
    drafting = { db: office.db, source: realSource, blobs, renderer, signing: openSigning({ provider, validate: openValidator(), authorities: { timestamps: services.timestamps, revocation: services.revocation, source: realSource, patienceMs: 10_000 } }), seal: sealing.seal, publicUrl: "https://surat.contoh.id", mustBeFresh: async () => undefined };
    issuing = async (owner, passphrase) => openIssuing({ db: office.db, source: realSource, provider })({ ...(await office.actor("admin")), at: realSource.now() }, { id: owner.personId, name: owner.personName, title: owner.positionTitle, organisation: "Kabupaten Penajam Paser Utara" }, passphrase);
    await issuing(await office.actor("kadis"), demoPassphrase("kadis"));
    for (const name of ["staf", "kasi", "kabid", "kabidb", "sekdis", "kadis", "sekda", "asisten1", "kabagumum", "tusetda", "tudiskominfo", "camat"]) people[name] = await office.actor(name);
  });

  after(async () => {
    await closeRenderer?.();
    await office?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const tx = <T>(by: Actor, work: Parameters<TestOffice["transaction"]>[1]): Promise<T> => office.transaction(by, work) as Promise<T>; // a generic alias of a generic function
  const steps = (by: Actor): Steps => ({ transaction: (work) => office.transaction(by, work), finish: (work) => office.transaction(by, work) });

  const text = (more: Partial<Content> = {}): Content => ({
    subject: "Undangan Rapat Persiapan E-Office", security: "B", urgency: "biasa", classification: "000.1.5", attachment: "", place: "Penajam",
    to: [{ kind: "post", positionId: who("sekda").positionId, label: "Sekretaris Daerah" }], cc: [{ kind: "post", positionId: who("asisten1").positionId, label: "Asisten I" }],
    body: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "Bersama ini kami mengundang Saudara pada rapat persiapan." }] }] }, fields: {}, ...more,
  });

  const show = (id: Id, by: Actor) => readTenant(office.db, by.tenantId, (read) => showDraft(read, id, drafting, by));

  const start = async (content: Content, drafter = who("staf")): Promise<Id> => {
    const id = realSource.id();
    await tx(drafter, (work) => createDraft(work, { id, type: "SD", replyTo: null }, drafter));
    await tx(drafter, (work) => writeDraft(work, id, 1, content, drafter));
    return id;
  };

  const submit = async (id: Id): Promise<void> => {
    const { revision } = await show(id, who("staf"));
    await tx(who("staf"), (work) => submitDraft(work, id, revision, "", who("staf")));
  };

  const approve = async (id: Id, ...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      const { contentHash } = await show(id, who(name));
      await tx(who(name), (work) => approveDraft(work, id, contentHash, "", who(name)));
    }
  };

  const toSignature = async (content = text()): Promise<Id> => {
    const id = await start(content);
    await submit(id);
    await approve(id, "kasi", "kabid", "sekdis");
    return id;
  };

  const freeze = async (id: Id, by = who("kadis")) => freezeDraft(drafting, steps(by), id, (await show(id, by)).contentHash, by);
  const sign = (id: Id, sha256: string, passphrase = demoPassphrase("kadis"), by = who("kadis")) => signDraft(drafting, steps(by), id, { sha256, passphrase }, by);

  it("goes from a clerk's text through return and void to a signed, dispatched, verifiable letter", async () => {
    const id = await start(text());
    await submit(id);
    await approve(id, "kasi");
    await assert.rejects(show(id, who("sekdis")), NotFound, "a post does not see the draft before its turn");
    await tx(who("kabid"), (work) => returnDraft(work, id, "Sebutkan tempat rapat", who("kabid")));
    assert.equal((await show(id, who("staf"))).returned?.note, "Sebutkan tempat rapat");

    const { revision } = await show(id, who("staf"));
    await tx(who("staf"), (work) => writeDraft(work, id, revision, text({ subject: "Undangan Rapat di Aula" }), who("staf")));
    await assert.rejects(tx(who("staf"), (work) => writeDraft(work, id, revision, text({ subject: "Yang kedua" }), who("staf"))), refusedWith("stale"));
    await submit(id);
    const second = await show(id, who("kasi"));
    assert.deepEqual([second.version, second.chain[0]?.state, second.lastSeenVersion], [2, "sekarang", 1]);
    await approve(id, "kasi");
    assert.equal((await show(id, who("kabid"))).lastSeenVersion, 1, "who returned it is shown what changed since");
    await approve(id, "kabid", "sekdis");
    assert.equal((await show(id, who("kadis"))).status, "menunggu_ttd");

    const frozen = await freeze(id);
    assert.match(frozen.number, /^000\.1\.5\/\d+\/DISKOMINFO\/\d{4}$/);
    assert.equal(createHash("sha256").update(await drafting.blobs.bytes(frozen.sha256)).digest("hex"), frozen.sha256);
    assert.deepEqual(await freeze(id), frozen, "freezing again answers the same number and bytes");

    await assert.rejects(sign(id, frozen.sha256, "bukan frasa sandi saya"), refusedWith("wrong_passphrase"));
    assert.equal((await show(id, who("kadis"))).frozen?.number, frozen.number, "the number stays with the draft");
    await assert.rejects(sign(id, "0".repeat(64)), refusedWith("bytes_differ"));
    const signed = await sign(id, frozen.sha256);
    await assert.rejects(sign(id, frozen.sha256), refusedWith("already_signed"));

    const pdf = await drafting.blobs.bytes(signed.sha256);
    assert.equal(createHash("sha256").update(pdf.subarray(0, (await drafting.blobs.bytes(frozen.sha256)).length)).digest("hex"), frozen.sha256, "the signed file begins with the frozen bytes");

    await dispatch(drafting, who("kadis").tenantId, id);
    await dispatch(drafting, who("kadis").tenantId, id);
    const issued = await show(id, who("staf"));
    assert.equal(issued.status, "terkirim");
    assert.deepEqual(issued.deliveries.map((delivery) => [delivery.cc, delivery.status]), [[false, "diterima"], [true, "diterima"]]);
    const { rows } = await sql<{ n: string }>`select count(*) as n from received where state->'origin'->>'issuedId' = ${id}`.execute(office.db);
    assert.equal(rows[0]?.n, "2", "each receiver has the letter once, although the job ran twice");
    assert.equal((await readTenant(office.db, who("staf").tenantId, (read) => versionsOf(read, id, who("staf")))).length, 2);
  });

  it("shows a text that is being written with its subject, letterhead and signer", async () => {
    const id = await start(text({ subject: "Belum diajukan" }));
    const { items } = await readTenant(office.db, who("staf").tenantId, (read) => listDrafts(read, { status: "konsep", limit: 50 }, who("staf")));
    assert.deepEqual(items.filter((item) => item.id === id).map(({ subject, to }) => [subject, to]), [["Belum diajukan", "Sekretaris Daerah"]]);
    assert.deepEqual([...(await readTenant(office.db, who("staf").tenantId, (read) => typedSubjects(read, who("staf").tenantId, [id])))], [[id, "Belum diajukan"]]);
    const { printed } = await show(id, who("staf"));
    assert.deepEqual([printed?.letterhead.lines.at(-1), printed?.signature.lines, printed?.unitCode, printed?.isVacant], ["DINAS KOMUNIKASI DAN INFORMATIKA", ["KEPALA DINAS KOMUNIKASI DAN INFORMATIKA,"], "DISKOMINFO", false]);
  });

  it("freezes 51 letters at once and signs 50 at once: numbers without gap or duplicate, and a cancelled number goes to nobody else", async () => {
    const ids = await Promise.all(Array.from({ length: 51 }, (_, index) => toSignature(text({ subject: `Surat ke ${index}` }))));
    const frozen = await Promise.all(ids.map((id) => freeze(id)));
    const numbers = frozen.map((letter) => Number(letter.number.split("/")[1])).toSorted((a, b) => a - b);
    const first = numbers[0] ?? 0;
    assert.deepEqual(numbers, Array.from({ length: 51 }, (_, index) => first + index));
    const [cancelled = "", ...others] = ids;
    await tx(who("kadis"), (work) => cancelDraft(work, cancelled, "Salah alamat", who("kadis")));
    await Promise.all(others.map((id) => sign(id, frozen.find((letter) => letter.id === id)?.sha256 ?? "")));
    const { rows } = await sql<{ fate: string; n: string }>`select fate, count(*) as n from number_entry where thing_id in (${sql.join(ids)}) group by fate order by fate`.execute(office.db);
    assert.deepEqual(rows, [{ fate: "dibatalkan", n: "1" }, { fate: "disahkan", n: "50" }]);
    const next = await freeze(await toSignature());
    assert.equal(Number(next.number.split("/")[1]), first + 51);
  });

  it("signs once when the button is pressed eight times at once", async () => {
    const id = await toSignature();
    const { sha256 } = await freeze(id);
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => sign(id, sha256)));
    assert.equal(answers.filter((answer) => answer.status === "fulfilled").length, 1);
    assert.ok(answers.every((answer) => answer.status === "fulfilled" || refusedWith("already_signed")(answer.reason)), JSON.stringify(answers.map((answer) => (answer.status === "rejected" ? String(answer.reason) : "ok"))));
  });

  it("renders what a crash after numbering left behind, to the same bytes", async () => {
    const id = await toSignature();
    const broken: Drafting = { ...drafting, renderer: { pdf: () => Promise.reject(new Error("listrik padam")) } };
    const by = who("kadis");
    await assert.rejects(freezeDraft(broken, steps(by), id, (await show(id, by)).contentHash, by), /listrik padam/);
    assert.equal((await show(id, by)).frozen, null);
    await draftJobs(drafting)["drafts.render"]?.({ tenantId: by.tenantId, id }, 1);
    const frozen = (await show(id, by)).frozen;
    assert.ok(frozen !== null);
    const again = await freeze(id);
    assert.deepEqual([again.number, again.sha256], [frozen.number, frozen.sha256]);
    await sign(id, again.sha256);
  });

  it("carries out by itself, once, what was meant while a provider without a secret was away, also after a death in between", async () => {
    const state = { isAway: true, signed: 0, dies: false };
    const own = drafting.signing.provider;
    const seal: Drafting["signing"]["provider"] = {
      ...own, needsSecret: false, enrolment: { account: "given", handleOf: () => new Uint8Array(0), standing: async () => (state.isAway ? "unknown" : "ready") },
      sign: async (request) => {
        if (state.isAway) return { fault: { code: "TEMPORARY", retry: "safe" } };
        state.signed += 1;
        const answer = await own.sign({ ...request, secret: demoPassphrase("kadis") });
        if (state.dies) throw new Error("listrik padam");
        return answer;
      },
    };
    const sealing: Drafting = { ...drafting, signing: { ...drafting.signing, provider: seal } };
    const look = draftJobs(sealing)["drafts.intent"] ?? assert.fail("nobody looks after intents");
    const lookAfter = (id: Id): Promise<void> => look({ tenantId: who("kadis").tenantId, id, tries: 1 }, 1);
    const by = who("kadis");
    const id = await toSignature();
    const frozen = await freeze(id);
    await assert.rejects(signDraft(sealing, steps(by), id, { sha256: frozen.sha256, passphrase: "" }, by), refusedWith("signing_queued_itself"));
    await lookAfter(id);
    const waits = (await show(id, by)).intent;
    assert.deepEqual([waits?.state, waits?.needsSecret, state.signed], ["menunggu_penyedia", false, 0]);
    state.isAway = false;
    state.dies = true;
    await assert.rejects(lookAfter(id), /listrik padam/);
    assert.deepEqual([(await show(id, by)).intent?.state, (await show(id, by)).signed], ["berjalan", null], "the intent outlives whoever was carrying it out");
    state.dies = false;
    await lookAfter(id);
    const view = await show(id, by);
    assert.deepEqual([view.status, view.intent, view.signed?.by], ["ditandatangani", null, by.personName]);
    await Promise.all([lookAfter(id), lookAfter(id)]);
    assert.equal(state.signed, 2, "what is signed is left alone; only the one that died was asked for again");
    const { rows } = await office.pool.query<{ n: string; at: string }>("select count(*) filter (where type = 'draft.signed') as n, count(distinct body->'intent'->>'at') as at from event where thing_id = $1", [id]);
    assert.deepEqual(rows, [{ n: "1", at: "1" }], "signed once, meant once");
  });

  it("takes nothing over when the provider's file is not the frozen letter", async () => {
    const id = await toSignature();
    const { sha256 } = await freeze(id);
    const forged: Drafting = { ...drafting, signing: { ...drafting.signing, provider: { ...drafting.signing.provider, sign: async (request) => ({ signed: Buffer.concat([request.pdf, Buffer.from("% bukan tanda tangan")]) }) } } };
    const by = who("kadis");
    await assert.rejects(signDraft(forged, steps(by), id, { sha256, passphrase: "x" }, by), refusedWith("signature_invalid"));
    assert.equal((await show(id, by)).status, "beku");
    assert.equal(await readTenant(office.db, by.tenantId, (read) => issuedLetter(read, by.tenantId, id)), undefined);
  });

  it("refuses bytes that are not the frozen ones, says so in the letter's history, and alarms whoever oversees the office; an old page of the same letter alarms nobody", async () => {
    const alarms = async (): Promise<readonly string[]> => (await sql<{ found: string; person: string }>`select facts->>'found' as found, person_id as person from notice where tenant_id = ${who("kadis").tenantId} and kind = 'berkas_tertukar' order by at, found`.execute(office.db)).rows.map((row) => row.found);
    const failures = async (id: Id): Promise<readonly string[]> => (await sql<{ what: string }>`select (body->>'code') || ' ' || split_part(body->>'detail', ' ', 1) as what from event where thing_id = ${id} and type = 'draft.signing_failed' order by revision`.execute(office.db)).rows.map((row) => row.what);
    const before = (await alarms()).length;
    const id = await toSignature(text({ subject: "Undangan yang ditukar" }));
    const { sha256 } = await freeze(id);
    await assert.rejects(sign(id, "1".repeat(64)), refusedWith("bytes_differ"));
    const path = (await openBlobStore(join(folder, "blobs"))).path(sha256);
    const bytes = await readFile(path);
    await chmod(path, 0o600);
    await writeFile(path, Buffer.from(bytes.toString("latin1").replace("/Lang", "/Lung"), "latin1"));
    await assert.rejects(sign(id, sha256), refusedWith("bytes_differ"));
    await writeFile(path, bytes);
    assert.deepEqual(await failures(id), ["BYTES_DIFFER diminta", "BYTES_DIFFER tersimpan"]);
    const told = (await alarms()).slice(before);
    assert.ok(told.includes("diminta") && told.includes("tersimpan"), told.join());
    assert.equal((await show(id, who("kadis"))).status, "beku");
    // Returned and frozen anew: the page that was open shows an earlier rendering.
    await tx(who("kadis"), (work) => returnDraft(work, id, "Perbaiki tanggal", who("kadis")));
    const { revision } = await show(id, who("staf"));
    await tx(who("staf"), (work) => writeDraft(work, id, revision, text({ subject: "Undangan yang diperbaiki" }), who("staf")));
    await submit(id);
    await approve(id, "kasi", "kabid", "sekdis");
    const again = await freeze(id);
    await assert.rejects(sign(id, sha256), refusedWith("bytes_differ"));
    assert.deepEqual([(await failures(id)).length, (await alarms()).length], [2, before + told.length]);
    assert.notEqual((await sign(id, again.sha256)).sha256, again.sha256);
  });
  it("refuses a person without certificate, and one who is not the signer", async () => {
    const id = await toSignature();
    await assert.rejects(freeze(id, who("sekdis")), refusedWith("not_yours"));
    const { sha256 } = await freeze(id);
    await assert.rejects(sign(id, sha256, "x", who("sekdis")), refusedWith("not_yours"));
    await assert.rejects(show(id, who("kabidb")), NotFound);
  });

  it("refuses to submit an unfinished text, and says what is missing", async () => {
    const id = await start(text({ subject: "", to: [] }));
    await assert.rejects(tx(who("staf"), (work) => submitDraft(work, id, 2, "", who("staf"))), (error: unknown) => error instanceof Refused && error.code === "draft_incomplete" && JSON.stringify(error.facts).includes("subject"));
  });

  it("verifies for the public by code and hash, follows revocation, and keeps secrets secret", async () => {
    const verification = openVerification({ db: office.db, source: realSource, signing: drafting.signing, fileBytes: drafting.blobs.bytes, trusted: sealing.trusted, limiter: openLimiter(1000, 60_000) });
    const id = await toSignature(text({ subject: "Surat <b>terbuka</b>" }));
    const { sha256 } = await freeze(id);
    const code = (await show(id, who("kadis"))).frozen?.code ?? "";
    assert.equal((await verification.byCode(code, "a")).state, "konsep");
    const signed = await sign(id, sha256);
    const typed = `${code.slice(0, 5).toLowerCase()}-${code.slice(5)} `;
    const sah = await verification.byCode(typed, "a");
    assert.deepEqual([sah.state, sah.answers], ["sah", { integrity: "ya", identity: "ya", authority: "ya" }]);
    assert.equal((await verification.byHash(signed.sha256, "a")).state, "sah");
    assert.equal((await verification.byHash(sha256, "a")).state, "tidak_dikenal", "the unsigned bytes are not a letter");
    assert.equal((await verification.byCode("ZZZZZZZZZZ", "a")).state, "tidak_dikenal");

    const page = await verificationPage(verification)(code, "a");
    assert.ok(page.length < 10_240 && page.includes("SAH") && !page.includes("<b>terbuka"), `${page.length}`);
    assert.ok(!/\d{16,18}/.test(page.replaceAll(/[0-9a-f]{64}/g, "")), "no NIK or NIP on a public page");

    await tx(who("kadis"), (work) => revokeLetter(work, id, "Salah tanggal", who("kadis")));
    const dicabut = await verification.byCode(code, "a");
    assert.deepEqual([dicabut.state, dicabut.reason], ["dicabut", "Salah tanggal"]);

    const secret = await toSignature(text({ security: "R", subject: "Sangat pribadi" }));
    await sign(secret, (await freeze(secret)).sha256);
    const secretCode = (await show(secret, who("kadis"))).signed?.code ?? "";
    const word = await verification.byCode(secretCode, "a");
    assert.deepEqual([word.state, word.letter?.subject], ["terbatas", null]);
  });

  const word = async (told: ReturnType<ReturnType<typeof openVerification>["byCode"]>) => told.then(({ state, seal, reason }) => [state, seal, reason]);
  const sealOf = async (id: Id): Promise<string | undefined> => {
    const by = who("kadis");
    const { rows } = await readTenant(office.db, by.tenantId, (read) => sql<{ seal: string }>`select state->'rendered'->>'seal' as seal from draft where tenant_id = ${by.tenantId} and id = ${id}`.execute(read));
    return rows[0]?.seal;
  };

  it("prints a seal that two readers decode from a scan at 150 dpi, and at 200 dpi crooked and blurred; it is the one on record, and any other is not", async () => {
    const verification = openVerification({ db: office.db, source: realSource, signing: drafting.signing, fileBytes: drafting.blobs.bytes, trusted: sealing.trusted, limiter: openLimiter(1000, 60_000) });
    const id = await toSignature(text({ subject: "Permohonan Dukungan Jaringan Intra Pemerintah untuk Kantor Kecamatan dan Kelurahan Tahun 2026" }));
    const { sha256 } = await freeze(id);
    const scans = createReader({ ocrPages: 1 });
    try {
      const pdf = await drafting.blobs.bytes(sha256);
      const scan = async (dpi: number) => sharp((await scans.pageImage(pdf, "application/pdf", 1, Math.round((210 / 25.4) * dpi))) ?? assert.fail("no page")).flatten({ background: "#fff" });
      const crooked = sharp(await (await scan(200)).rotate(1.5, { background: "#fff" }).blur(0.6).jpeg({ quality: 70 }).toBuffer());
      const paper = [["150 dpi, straight", await scan(150)], ["200 dpi, crooked and blurred", crooked]] as const;
      const read: string[] = [];
      for (const [how, picture] of paper) {
        const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
        const rgba = new Uint8ClampedArray(data);
        const other = jsqr.default(rgba, info.width, info.height)?.data;
        assert.equal(decodeQR({ data: rgba, width: info.width, height: info.height }, { effort: 9, timeLimit: 20_000 }), other, how);
        read.push(other ?? assert.fail(how));
      }
      const [address = ""] = read;
      assert.match(address, /^HTTPS:\/\/SURAT\.CONTOH\.ID\/V\/[A-Z2-7]{150,550}$/);
      assert.deepEqual(new Set(read).size, 1);
      const seal = address.slice(address.lastIndexOf("/") + 1);
      const verdict = await judgeSeal(address, await sealing.trusted());
      const frozen = (await show(id, who("kadis"))).frozen ?? assert.fail("not frozen");
      assert.ok("good" in verdict, JSON.stringify(verdict));
      assert.deepEqual(
        verdict.good.facts,
        { code: frozen.code, date: frozen.date, content: (await contentOf(pdf, nodePort)) ?? assert.fail("no content"), number: frozen.number, institution: "64.09", subject: "Permohonan Dukungan Jaringan Intra Pemerintah u…", post: "Kepala Dinas Komunikasi dan Informatika", pages: 1 },
      );

      assert.equal((await verification.byCode(seal, "a")).state, "konsep", "the seal of a letter that is not signed yet");
      await sign(id, sha256);
      const { signed } = await show(id, who("kadis"));
      assert.equal(await contentOf(await drafting.blobs.bytes(signed?.sha256 ?? assert.fail("not signed")), nodePort), verdict.good.facts.content, "the signed file is known by the seal on paper");
      const told = await verification.byCode(seal.toLowerCase(), "a");
      assert.deepEqual([told.state, told.seal, told.code], ["sah", "recorded", frozen.code]);
      // A thief of the key makes a flawless seal, of this letter and of one that never was: neither is the one on record.
      const again = await sealing.seal(who("kadis").tenantId, verdict.good.facts);
      assert.notEqual(again, seal);
      assert.deepEqual(await word(verification.byCode(again, "a")), ["palsu", "differs", "Segel ini bukan segel yang tercatat untuk surat itu. Jangan dipakai; laporkan kepada kantor penerbit."]);
      const invented = await sealing.seal(who("kadis").tenantId, { ...verdict.good.facts, code: "ZZZZZZZZZZ" });
      assert.deepEqual(await word(verification.byCode(invented, "a")), ["palsu", "not_recorded", "Segel ini memakai kunci kantor, tetapi suratnya tidak pernah tercatat terbit. Jangan dipakai; laporkan kepada kantor penerbit."]);
      const page2 = await verificationPage(verification)(seal, "a");
      assert.ok(page2.includes("SAH") && page2.includes("sama dengan yang tercatat"));
    } finally {
      await scans.close();
    }
  });

  it("seals of a secret letter that it exists, and no word more", async () => {
    const id = await toSignature(text({ security: "R", subject: "Sangat pribadi" }));
    await freeze(id);
    const seal = (await sealOf(id)) ?? assert.fail("no seal");
    const verdict = await judgeSeal(seal, await sealing.trusted());
    assert.ok("good" in verdict);
    assert.deepEqual(Object.keys(verdict.good.facts), ["code", "date"]);
  });

  it("follows a seal key by another after sixty days; what the old one sealed stays good, and its private half is gone", async () => {
    const { tenantId } = who("kadis");
    const keys = async (read: Tx) => (await sql<{ key_id: string; status: string; secret: boolean }>`select k.key_id, k.status, s.id is not null as secret from seal_key k left join seal_key_secret s on s.tenant_id = k.tenant_id and s.id = k.id where k.tenant_id = ${tenantId} order by k.until`.execute(read)).rows;
    const facts = { code: "ABCDEFGHJK", date: realSource.now().slice(0, 10), number: "1" };
    const before = await sealing.seal(tenantId, facts);
    const later = { ...realSource, now: () => new Date(Date.parse(realSource.now()) + 61 * 86_400_000).toISOString() };
    const nextQuarter = await openSealing({ db: office.db, source: later, seal: openSeal("kunci uji"), keysFolder: join(folder, "keys"), host: "surat.contoh.id" });
    const after61 = await nextQuarter.seal(tenantId, { ...facts, date: later.now().slice(0, 10) });
    const trusted = await nextQuarter.trusted();
    for (const seal of [before, after61]) assert.ok("good" in (await judgeSeal(seal, trusted)));
    const [old, young] = await readTenant(office.db, tenantId, keys);
    assert.deepEqual([old?.status, old?.secret, young?.status, young?.secret], ["selesai", false, "dipakai", true]);
  });

  it("replaces a revoked letter by another that is in force; the public page leads there", async () => {
    const verification = openVerification({ db: office.db, source: realSource, signing: drafting.signing, fileBytes: drafting.blobs.bytes, trusted: sealing.trusted, limiter: openLimiter(1000, 60_000) });
    const issueNow = async () => {
      const id = await toSignature();
      await sign(id, (await freeze(id)).sha256);
      const view = await show(id, who("kadis"));
      return { id, number: view.frozen?.number ?? "", code: view.signed?.code ?? "" };
    };
    const [old, young] = [await issueNow(), await issueNow()];
    for (const number of ["tidak/ada", old.number]) await assert.rejects(tx(who("kadis"), (work) => revokeLetter(work, old.id, "Salah tanggal", who("kadis"), number)), refusedWith("replacement_unknown"));
    await tx(who("kadis"), (work) => revokeLetter(work, old.id, "Salah tanggal", who("kadis"), young.number));
    const told = await verification.byCode(old.code, "a");
    assert.deepEqual([told.state, told.reason, told.replacedBy], ["digantikan", "Salah tanggal", { number: young.number, code: young.code }]);
    assert.match(await verificationPage(verification)(old.code, "a"), new RegExp(`DIGANTIKAN.*<a href="/v/${young.code}">`, "s"));
    assert.equal((await verification.byCode(young.code, "a")).state, "sah");
  });

  it("shows a register the number, date and receivers of a secret letter and nothing of what stands in it; what is Sangat Rahasia is drawn, not handed out", async () => {
    const registrar = who("tudiskominfo");
    const fileOf = (id: Id, sha256: string, by: Actor) => readTenant(office.db, by.tenantId, (read) => readableFile(read, [draftFiles], id, sha256, by));
    for (const security of ["R", "SR"] as const) {
      const id = await toSignature(text({ security, subject: "Sangat pribadi" }));
      const { sha256: frozen } = await freeze(id);
      await assert.rejects(show(id, registrar), NotFound, "before it is issued it is in no register");
      assert.equal((await fileOf(id, frozen, who("kadis"))).onScreenOnly, false, "who signs compares the very bytes");
      const { sha256 } = await sign(id, frozen);
      const seen = contract["drafts.show"].result.parse(await show(id, registrar));
      const inside = await show(id, who("kadis"));
      assert.deepEqual([seen.content.subject, seen.envelope?.number, seen.envelope?.to.length, seen.signed, seen.frozen, seen.printed, seen.chain], ["Sampul tertutup", inside.frozen?.number, inside.content.to.length, null, null, null, []]);
      assert.ok(!JSON.stringify(seen).includes("pribadi") && !JSON.stringify(seen).includes(sha256));
      const listed = (await readTenant(office.db, registrar.tenantId, (read) => listDrafts(read, { limit: 5 }, registrar))).items.find((item) => item.id === id);
      assert.deepEqual([listed?.subject, listed?.number], ["Sampul tertutup", inside.frozen?.number]);
      for (const hash of [sha256, frozen]) await assert.rejects(fileOf(id, hash, registrar), NotFound);
      await assert.rejects(readTenant(office.db, registrar.tenantId, (read) => versionsOf(read, id, registrar)), NotFound);
      const told = await readTenant(office.db, registrar.tenantId, (read) => trail(read, id, registrar, async () => ({ tree: [], restingAt: [], reach: "none", concealed: new Set() })));
      assert.ok(told.entries.length > 0 && told.entries.every((entry) => entry.reason === null));
      assert.deepEqual([(await fileOf(id, sha256, who("kadis"))).onScreenOnly, (await fileOf(id, frozen, who("kadis"))).onScreenOnly], security === "SR" ? [true, true] : [false, false]);
    }
  });

  it("does not believe a stored file that was changed on the disk", async () => {
    const id = await toSignature();
    const signed = await sign(id, (await freeze(id)).sha256);
    const code = (await show(id, who("kadis"))).signed?.code ?? "";
    const altered = openVerification({
      db: office.db, source: realSource, signing: drafting.signing, trusted: sealing.trusted, limiter: openLimiter(1000, 60_000),
      fileBytes: async (sha256) => {
        const bytes = Buffer.from(await drafting.blobs.bytes(sha256));
        if (sha256 === signed.sha256) bytes[400] = (bytes[400] ?? 0) ^ 1;
        return bytes;
      },
    });
    const answer = await altered.byCode(code, "a");
    assert.deepEqual([answer.state, answer.answers.integrity], ["tidak_dikenal", "tidak"]);
  });

  it("keeps no passphrase: not in a table, an event, a job, a log line or an answer", async () => {
    const marked = "frasa-bertanda-7391-rahasia";
    const id = await toSignature();
    const { sha256 } = await freeze(id);
    const lines: unknown[] = [];
    const keep = (facts: unknown, message: string): void => void lines.push([facts, message]);
    const serve = async (provider: Drafting["signing"]["provider"], passphrase: string) => {
      const mine = draftRoutes({ ...drafting, signing: { ...drafting.signing, provider } });
      const others = Object.keys(contract).filter((name): name is EndpointName => name !== "open.openapi" && !mine.some((route) => route.name === name)).map((name): Route => ({ name, kind: "public", handle: async () => ({}) }));
      const app = await buildHttp({ db: office.db, keyed: openSeal("uji").keyed, log: { info: keep, warn: keep, error: keep }, routes: [...mine, ...others], authenticate: async () => who("kadis"), watch: async () => undefined, proxies: "loopback", secureCookie: false, isClockBehind: () => false, uploadBytes: 1, version: "uji" });
      const answer = await app.inject({ method: "POST", url: `/api/drafts/${id}/signature`, headers: { "idempotency-key": realSource.id() }, payload: { sha256, passphrase } });
      await app.close();
      return answer;
    };
    const { provider } = drafting.signing;
    const answers = [await serve(provider, marked), await serve({ ...provider, sign: () => Promise.reject(new Error("penyelenggara tidak menjawab")) }, marked), await serve(provider, demoPassphrase("kadis"))];
    assert.deepEqual(answers.map((answer) => answer.statusCode), [422, 500, 200]);
    assert.ok(JSON.stringify(lines).includes("penyelenggara tidak menjawab"), "a provider that breaks is logged");
    for (const secret of [marked, demoPassphrase("kadis")]) assert.equal(JSON.stringify([lines, answers.map((answer) => answer.body)]).includes(secret), false);
    const { rows: tables } = await office.pool.query<{ name: string }>("select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')");
    for (const secret of [marked, demoPassphrase("kadis")]) {
      for (const { name } of tables) {
        // As it is, as PostgreSQL prints bytea, and as JSON carries bytes.
        const spellings = [secret, Buffer.from(secret).toString("hex"), Buffer.from(secret).toString("base64").replace(/=+$/, "")].map((spelling) => `%${spelling}%`);
        const { rows } = await office.pool.query<{ n: string }>(`select count(*) as n from ${name} t where t::text like any ($1)`, [spellings]);
        assert.equal(rows[0]?.n, "0", name);
      }
    }
    const { rows } = await sql<{ code: string }>`select body->>'code' as code from event where thing_id = ${id} and type = 'draft.signing_failed'`.execute(office.db);
    assert.deepEqual(rows, [{ code: "WRONG_SECRET" }]);
  });

  it("stops guessing of a passphrase", async () => {
    const id = await toSignature();
    const { sha256 } = await freeze(id);
    const outcomes: string[] = [];
    for (let index = 0; index < 7; index += 1) await sign(id, sha256, `tebakan ${index}`).catch((error: unknown) => void outcomes.push(error instanceof Refused ? error.code : String(error)));
    assert.equal(outcomes.at(-1), "too_many_attempts");
    assert.ok(outcomes.includes("wrong_passphrase"));
  });

  it("prints nothing and takes no number when the letter cannot be set", async () => {
    const id = await toSignature();
    // The text was fine when it was submitted; the address that goes into the QR code is what cannot be printed.
    const misconfigured = { ...drafting, publicUrl: "https://surat contoh" };
    const by = who("kadis");
    const taken = async (): Promise<number> => Number((await sql<{ n: string }>`select count(*) as n from number_entry`.execute(office.db)).rows[0]?.n);
    const before = await taken();
    await assert.rejects(freezeDraft(misconfigured, steps(by), id, (await show(id, by)).contentHash, by), refusedWith("draft_incomplete"));
    assert.equal(await taken(), before);
    assert.equal((await show(id, by)).status, "menunggu_ttd");
  });

  it("lets a Plh. sign as Plh. with his own name and certificate, and the holder not meanwhile (F7)", async () => {
    const sekdis = who("sekdis");
    const admin = await office.actor("admin");
    await issuing(sekdis, "frasa sandi sekretaris dinas");
    const id = await toSignature();
    const since = new Date(Date.now() - 60_000).toISOString();
    const holding = { personId: sekdis.personId, positionId: who("kadis").positionId, kind: "plh", basis: "SPT 094/12/2026", since, until: new Date(Date.now() + 3_600_000).toISOString(), decree: { number: "094/12/2026", date: "2026-11-24", letterId: null, file: null }, scope: null, ended: null } as const;
    const holdingId = realSource.id();
    await tx(admin, (work) => perform(work, organisationKinds.holdings.machine, holdingId, { type: "begin", holding, others: [{ ...who("kadis"), name: "", kind: "definitif", since: "2026-01-01T00:00:00.000Z", until: null }], exists: true, isCompetent: true }, admin));
    try {
      const plh: Actor = { ...who("sekdis"), positionId: holding.positionId, positionTitle: who("kadis").positionTitle, holding: { id: holdingId, kind: "plh", basis: holding.basis, scope: null } };
      await assert.rejects(freeze(id, who("kadis")), refusedWith("stands_aside"), "the holder is away");
      const frozen = await freeze(id, plh);
      const view = await show(id, plh);
      assert.deepEqual(view.frozen?.signatureLines, ["Plh. KEPALA DINAS KOMUNIKASI DAN INFORMATIKA,"]);
      assert.match(view.frozen?.authority ?? "", /Pelaksana harian \(SPT 094\/12\/2026\)/);
      const signed = await sign(id, frozen.sha256, "frasa sandi sekretaris dinas", plh);
      const verification = openVerification({ db: office.db, source: realSource, signing: drafting.signing, fileBytes: drafting.blobs.bytes, trusted: sealing.trusted, limiter: openLimiter(1000, 60_000) });
      const word = await verification.byHash(signed.sha256, "a");
      assert.deepEqual([word.state, word.signer?.holding, word.signer?.name, word.answers.authority], ["sah", "plh", sekdis.personName, "ya"]);
    } finally {
      await tx(admin, (work) => perform(work, organisationKinds.holdings.machine, holdingId, { type: "revoke", reason: "Pejabat kembali", isCompetent: true }, { ...admin, at: new Date().toISOString() }));
    }
    await freeze(await toSignature());
  });

  it("prints a.n. over the signature when the letter is signed in a superior's name", async () => {
    const frozen = await toSignature(text({ onBehalf: true }));
    await freeze(frozen);
    const view = await show(frozen, who("kadis"));
    assert.deepEqual(view.frozen?.signatureLines, ["a.n. SEKRETARIS DAERAH", "KEPALA DINAS KOMUNIKASI DAN INFORMATIKA,"]);
    assert.match(view.frozen?.authority ?? "", /atas nama Sekretaris Daerah/);
  });

  it("says before the signature that nobody delegates it any more, and refuses it by name until the mark is taken off", async () => {
    const offered = await show(await start(text()), who("staf"));
    assert.deepEqual(offered.printed?.inNameOf.map(({ title }) => title), ["Sekretaris Daerah"], "the control offers what is delegated");
    const waiting = await toSignature(text({ onBehalf: true }));
    const admin = await office.actor("admin");
    const [sekda, kadis] = [who("sekda"), who("kadis")];
    const { rows } = await sql<{ id: Id }>`select id from delegation where from_id = ${sekda.positionId} and to_id = ${kadis.positionId} and state->>'kind' = 'an'`.execute(office.db);
    await tx(admin, (work) => perform(work, organisationKinds.delegations.machine, rows[0]?.id ?? "", { type: "revoke", reason: "Ditinjau kembali", isCompetent: true }, { ...admin, at: realSource.now() }));
    const view = await show(waiting, who("kadis"));
    assert.equal(view.withheld, "no_delegation");
    assert.deepEqual(view.problems.filter((problem) => problem.path === "onBehalf").map((problem) => problem.level), ["wajib"]);
    await assert.rejects(freeze(waiting), refusedWith("no_delegation"));
    const late = await start(text({ onBehalf: true }));
    const unsubmitted = await show(late, who("staf"));
    assert.deepEqual([unsubmitted.printed?.inNameOf, unsubmitted.problems.some((problem) => problem.path === "onBehalf" && problem.level === "wajib")], [[], true], "the control has nothing to offer, and what is ticked is named");
    await assert.rejects(submit(late), refusedWith("draft_incomplete"));
    await tx(who("staf"), (work) => writeDraft(work, late, unsubmitted.revision, text(), who("staf")));
    await submit(late);
    await approve(late, "kasi", "kabid", "sekdis");
    assert.deepEqual((await show(late, who("kadis"))).withheld, null);
    await freeze(late);
  });

  it("begins an answer with subject and sender of the letter it answers", async () => {
    const letter = await readTenant(office.db, who("sekda").tenantId, async () => (await sql<{ id: Id }>`select id from received where state->'directedTo'->>'positionId' = ${who("sekda").positionId} limit 1`.execute(office.db)).rows[0]);
    const id = realSource.id();
    const sekda = who("sekda");
    await tx(sekda, (work) => createDraft(work, { id, type: "SD", replyTo: letter?.id ?? "" }, sekda));
    const view = await show(id, sekda);
    assert.match(view.content.subject, /^Tanggapan atas Undangan Rapat/);
    assert.deepEqual(view.content.to.map((to) => [to.kind, to.label]), [["post", who("kadis").positionTitle]]);
    assert.equal(view.replyTo?.id, letter?.id);
    await assert.rejects(tx(who("camat"), (work) => createDraft(work, { id: realSource.id(), type: "SD", replyTo: letter?.id ?? "" }, who("camat"))), NotFound, "nobody answers a letter that he may not see");
  });

  it("previews a new draft of every type, or names what it lacks", async () => {
    const preview = draftRoutes(drafting).find((route) => route.name === "drafts.preview");
    assert.ok(preview?.kind === "file");
    const seen: string[] = [];
    for (const type of letterTypes) {
      const id = realSource.id();
      const by = who("staf");
      await tx(by, (work) => createDraft(work, { id, type: type.code, replyTo: null }, by));
      try {
        const send = await readTenant(office.db, by.tenantId, (read) => preview.handle(read, { id } as never, by)); // the edge has parsed the id by its contract
        const { bytes } = await send();
        assert.ok(bytes instanceof Uint8Array && Buffer.from(bytes.subarray(0, 5)).toString() === "%PDF-");
        seen.push("pdf");
      } catch (error) {
        assert.ok(error instanceof Refused && error.code === "draft_incomplete" && JSON.stringify(error.facts).includes("fields."), String(error));
        seen.push("lacks");
      }
    }
    assert.ok(seen.includes("pdf"), seen.join(" "));
  });

  it("finds a submitted draft by its words, and never the words of a secret one", async () => {
    const open = await start(text({ subject: "Inventarisasi perahu dinas" }));
    await submit(open);
    const secret = await start(text({ subject: "Rencana mutasi tertutup", security: "R" }));
    await submit(secret);
    const { rows } = await sql<{ subject_id: Id; facts: string; content: string }>`select subject_id, facts, content from search_text where subject_id in (${open}, ${secret})`.execute(office.db);
    assert.match(rows.find((row) => row.subject_id === open)?.facts ?? "", /perahu dinas/);
    const hidden = rows.find((row) => row.subject_id === secret);
    assert.ok(hidden !== undefined && !/mutasi|rapat/i.test(hidden.facts + hidden.content));
  });

  it("lists what a person may see, newest first, page by page", async () => {
    const first = await readTenant(office.db, who("staf").tenantId, (read) => listDrafts(read, { limit: 5 }, who("staf")));
    assert.equal(first.items.length, 5);
    const second = await readTenant(office.db, who("staf").tenantId, (read) => listDrafts(read, { limit: 100, cursor: first.next ?? "" }, who("staf")));
    assert.ok(second.items.length > 10 && second.items.every((item) => first.items.every((earlier) => earlier.id > item.id)));
    assert.equal((await readTenant(office.db, who("staf").tenantId, (read) => listDrafts(read, { limit: 5 }, who("camat")))).items.length, 0);
    const sent = await readTenant(office.db, who("staf").tenantId, (read) => listDrafts(read, { limit: 50, status: "terkirim,dibatalkan" }, who("staf")));
    assert.deepEqual([...new Set(sent.items.map((item) => item.status))].toSorted(), ["dibatalkan", "terkirim"]);
    await assert.rejects(readTenant(office.db, who("staf").tenantId, (read) => listDrafts(read, { limit: 5, cursor: "'; drop table draft" }, who("staf"))), refusedWith("malformed"));
  });
});
