import assert from "node:assert/strict";
import { createHash, randomBytes, X509Certificate } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { issueCertificate, statusAddresses } from "@lontar/pades/node";
import fc from "fast-check";
import type { Actor } from "../kernel/actor.ts";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { realSource } from "../kernel/ids.ts";
import { decideCredential, evolveCredential, isUsable, type Certificate, type CredentialState } from "./credential.ts";
import { passGate } from "./gate.ts";
import { networkOf, openLimiter } from "./limiter.ts";
import { busyPage, verificationHtml } from "./page.ts";
import { languageOf } from "./page-words.ts";
import { picturesKept, rememberPictures } from "./routes.ts";
import type { ValidationAnswer } from "./ports.ts";
import type { IssuingProvider } from "./provider.ts";
import { developmentName, openDevelopmentCa } from "./providers/development-ca.ts";
import { openEmbeddedProvider } from "./providers/embedded.ts";
import { openValidator } from "./validator.ts";
import { openKey, sealKey } from "./sealed-key.ts";
import { openTurns } from "../kernel/turns.ts";
import { normalCode, type Verification } from "./verify.ts";

const at = "2026-08-03T02:00:00.000Z";
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const actor = (n: number, functions: Actor["functions"]): Actor => ({ tenantId: id(1), personId: id(n), personName: "A", positionId: id(20), positionTitle: "P", unitId: id(2), holding: { id: id(3), kind: "definitif", basis: null, scope: null }, asideFor: null, functions, at, today: "2026-08-03", zone: "WITA", requestId: "uji" });
const admin = actor(5, ["admin"]);
const owner = actor(6, []);
const stranger = actor(7, []);
const certificate: Certificate = { personId: owner.personId, name: "A", title: "P", organisation: "O", certificate: "AA==", serial: "01", issuer: "CA", development: true, since: at, until: "2028-08-03T02:00:00.000Z" };
const active: CredentialState = { ...certificate, status: "aktif", revoked: null };

describe("a credential", () => {
  const outcome = (state: CredentialState | null, command: Parameters<typeof decideCredential>[1], by: Actor): string => {
    const decision = decideCredential(state, command, by);
    return "refused" in decision ? decision.refused : String(decision.events.map((event) => event.type));
  };
  it("is issued by the admin, or to who has signed with it, and revoked by admin or owner", () => {
    assert.deepEqual([admin, owner, stranger].map((by) => outcome(null, { type: "issue", certificate, isProven: false }, by)), ["credential.issued", "not_yours", "not_yours"]);
    assert.deepEqual([admin, owner, stranger].map((by) => outcome(null, { type: "issue", certificate, isProven: true }, by)), ["credential.issued", "credential.issued", "not_yours"], "who has just signed with it brings his own, and nobody else's");
    assert.deepEqual([admin, owner, stranger].map((by) => outcome(active, { type: "revoke", reason: "hilang" }, by)), ["credential.revoked", "credential.revoked", "not_yours"]);
    assert.equal(outcome(active, { type: "issue", certificate, isProven: true }, admin), "already_exists");
  });
  it("signs only between its first and last moment, and never after revocation", () => {
    const revoked = evolveCredential(active, { type: "credential.revoked", at, reason: "hilang" });
    assert.deepEqual([isUsable(active, at), isUsable(active, certificate.until), isUsable(active, "2026-08-03T01:59:59.999Z"), isUsable(revoked, at)], [true, false, false, false]);
  });
});

describe("a sealed key", () => {
  it("opens with its passphrase for its certificate, and with nothing else", async () => {
    const key = randomBytes(138);
    const cert = randomBytes(300);
    const sealed = await sealKey(key, "frasa sandi yang panjang", cert);
    assert.deepEqual(await openKey(sealed, "frasa sandi yang panjang", cert), key);
    assert.equal(await openKey(sealed, "frasa sandi yang panjanh", cert), undefined);
    assert.equal(await openKey(sealed, "frasa sandi yang panjang", randomBytes(300)), undefined);
    const altered = Buffer.from(sealed);
    altered[40] = (altered[40] ?? 0) ^ 1;
    assert.equal(await openKey(altered, "frasa sandi yang panjang", cert), undefined);
    assert.equal(await openKey(sealed.subarray(0, 20), "frasa sandi yang panjang", cert), undefined);
    assert.equal(Buffer.from(sealed).includes(key.subarray(0, 16)), false);
  });
});

describe("the development CA", () => {
  it("refuses production, keeps its keys to itself, and is one CA when two servers start at once", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lontar-ca-"));
    try {
      await assert.rejects(openDevelopmentCa({ folder, source: realSource, mode: "production" }).then(openEmbeddedProvider), /production/);
      const providers = await Promise.all([1, 2, 3].map(() => openDevelopmentCa({ folder, source: realSource, mode: "demo" }).then(openEmbeddedProvider)));
      assert.equal(new Set(providers.map((provider) => provider.roots[0]?.pem)).size, 1);
      assert.equal((await stat(join(folder, "development-ca.json"))).mode & 0o777, 0o600);
      assert.deepEqual((await readdir(folder)).toSorted(), ["development-ca.json", "development-root.pem"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
  it("an installation from before lists of revoked certificates is mended at its start, once: what was signed stays good, and who could sign still can", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lontar-ca-"));
    const now = realSource.now();
    try {
      const present = await openDevelopmentCa({ folder, source: realSource, mode: "demo" });
      const path = join(folder, "development-ca.json");
      const keys = JSON.parse(await readFile(path, "utf8"));
      const span = new X509Certificate(present.issuing.certificate);
      const bare = await issueCertificate(present.root, { profile: "issuing", subject: { commonName: developmentName, organisation: "Lontar", country: "ID" }, key: present.issuing.privateKey, notBefore: span.validFromDate, notAfter: span.validToDate });
      await writeFile(path, JSON.stringify({ ...keys, issuing: { ...keys.issuing, certificate: Buffer.from(bare).toString("base64") } }));
      const provider = openEmbeddedProvider({ ...present, issuing: { ...present.issuing, certificate: bare } });
      const pdf = plainPdf(["Surat dari dahulu"]);
      const { certificate, handle } = await provider.enrolment.issue({ id: realSource.id(), name: "Siti Aminah", title: "Sekda", organisation: "Kabupaten" }, "frasa sandi yang panjang", now);
      const sign = async (by: IssuingProvider): Promise<boolean> => {
        const answer = await by.sign({ pdf, certificate, handle, secret: "frasa sandi yang panjang", at: now, name: "Siti Aminah", reason: "Surat", location: "" });
        return "signed" in answer && (await openValidator()(answer.signed, { trust: [present.root.certificate], at: now })).passed;
      };
      assert.ok(await sign(provider));
      const mended = await openDevelopmentCa({ folder, source: realSource, mode: "demo" });
      assert.deepEqual([mended.isMended, statusAddresses(bare).crl, statusAddresses(mended.issuing.certificate).crl], [true, undefined, "http://localhost:8080/ca/root.crl"]);
      assert.equal(new X509Certificate(mended.root.certificate).fingerprint256, new X509Certificate(present.root.certificate).fingerprint256);
      assert.ok(await sign(provider), "a letter that carries the old issuing certificate");
      assert.ok(await sign(openEmbeddedProvider(mended)), "a certificate of before under the new one");
      assert.equal((await openDevelopmentCa({ folder, source: realSource, mode: "demo" })).isMended, false);
      assert.equal((await stat(path)).mode & 0o777, 0o600);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("the gate before a letter is called signed", () => {
  const frozen = randomBytes(500);
  const signed = Buffer.concat([frozen, randomBytes(200)]);
  const expected = { frozen: { sha256: createHash("sha256").update(frozen).digest("hex"), size: frozen.length }, serial: "0A1b", at, trust: [] };
  const signer = (name: string, serial: string) => ({ name, serial, certificate: new Uint8Array(0) });
  const validator = (answer: Partial<ValidationAnswer>) => async (): Promise<ValidationAnswer> => ({ passed: true, word: "TOTAL-PASSED", signers: [signer("A", "a1B")], reached: null, ...answer });
  const passes = async (bytes: Uint8Array, answer: Partial<ValidationAnswer> = {}): Promise<boolean> => (await passGate(bytes, expected, validator(answer))).passed;

  it("opens for one valid signature by the expected certificate after the frozen bytes", async () => assert.equal(await passes(signed), true));
  it("stays closed for any other validator's word, another certificate, none or two signatures", async () => {
    assert.equal(await passes(signed, { passed: false, word: "INDETERMINATE" }), false);
    assert.equal(await passes(signed, { signers: [signer("A", "ff")] }), false);
    assert.equal(await passes(signed, { signers: [] }), false);
    assert.equal(await passes(signed, { signers: [signer("A", "a1b"), signer("B", "02")] }), false);
  });
  it("stays closed when any frozen byte differs, or nothing follows them", async () => {
    assert.equal(await passes(frozen), false);
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: frozen.length - 1 }), fc.integer({ min: 1, max: 255 }), async (place, change) => {
      const bytes = Buffer.from(signed);
      bytes[place] = (bytes[place] ?? 0) ^ change;
      return !(await passes(bytes));
    }), { numRuns: 60 });
  });
});

describe("a verification code", () => {
  it("is read as people type it", () => assert.equal(normalCode(" 7f3kq-92mab "), "7F3KQ92MAB"));
});

describe("the limiter", () => {
  it("allows the limit per address and window, and remembers no more addresses than it may", () => {
    const limiter = openLimiter(2, 1000, 3);
    assert.deepEqual([limiter.allows("a", 0), limiter.allows("a", 1), limiter.allows("a", 2), limiter.allows("b", 2), limiter.allows("a", 1002)], [true, true, false, true, true]);
    for (const address of ["c", "d", "e", "f"]) limiter.allows(address, 1003);
    assert.deepEqual([limiter.allows("a", 1004), limiter.allows("a", 1004)], [true, true]);
  });
});

describe("the network that an address belongs to", () => {
  it("is the address itself in IPv4, however it is written, and the first half in IPv6: changing the second half wins no further asks", () => {
    const same = [["203.0.113.9", "::ffff:203.0.113.9"], ["2001:db8:1:2:3:4:5:6", "2001:0DB8:1:2::9", "2001:db8:1:2:ffff::"], ["::1", "0:0:0:0::7"], ["fe80::1%eth0", "fe80::2"]];
    for (const addresses of same) assert.equal(new Set(addresses.map(networkOf)).size, 1, addresses.join());
    assert.equal(new Set(same.flatMap(([first = ""]) => networkOf(first))).size, same.length);
    assert.notEqual(networkOf("2001:db8:1:2::1"), networkOf("2001:db8:1:3::1"));
    const limiter = openLimiter(2, 1000);
    assert.deepEqual([1, 2, 3].map((n) => limiter.allows(`2001:db8:1:2::${n}`, 0)), [true, true, false]);
  });
});

describe("turns", () => {
  it("runs one person's acts one after the other, others beside them, and goes on after a failure", async () => {
    const inTurn = openTurns();
    const log: string[] = [];
    const act = (person: string, name: string, fails = false) => inTurn(person, async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
    });
    const outcomes = await Promise.allSettled([act("a", "a1", true), act("a", "a2"), act("b", "b1")]);
    assert.deepEqual(outcomes.map((outcome) => outcome.status), ["rejected", "fulfilled", "fulfilled"]);
    assert.ok(log.indexOf("a1 ends") < log.indexOf("a2 begins"));
    assert.ok(log.indexOf("b1 begins") < log.indexOf("a2 begins"));
  });
});

describe("the first pages that anyone may ask for", () => {
  it("are drawn once, and only so many are remembered", async () => {
    const asked: number[] = [];
    const pictureOf = rememberPictures(async (bytes) => {
      asked.push(bytes[0] ?? 0);
      return bytes[0] === 255 ? undefined : { bytes, mediaType: "image/webp" };
    });
    const ask = (n: number) => pictureOf(`file-${n}`, async () => Uint8Array.of(n));
    await ask(1);
    assert.deepEqual((await ask(1))?.bytes, Uint8Array.of(1));
    assert.deepEqual(asked, [1]);
    for (let n = 2; n <= picturesKept; n += 1) await ask(n);
    await ask(1); // drawn long ago, but asked for just now
    await ask(101);
    asked.length = 0;
    await ask(1);
    await ask(2);
    assert.deepEqual(asked, [2], "the one asked for longest ago was forgotten");
    assert.equal(await ask(255), undefined);
  });
});

describe("the public page", () => {
  const reader = { language: "id", host: "surat.contoh.go.id" } as const;
  const answer: Verification = {
    state: "sah", code: "ABCDEFGHJK", seal: null, replacedBy: null, suspect: null, letter: { number: "1/<x>/2026", date: "2026-08-03", type: "Surat Dinas", subject: `"><script>alert(1)</script>`, office: "Dinas & Co", government: "Kabupaten <i>", urgency: "segera", to: ["Camat <b onclick=x>"] },
    signer: { name: "<img onerror=x>", post: "Kepala", holding: "plh", at, issuer: "CA", development: true, basis: "SPT <u>" },
    answers: { integrity: "ya", identity: "ya", authority: "ya" }, sha256: "1".repeat(64), pages: 2, reason: null, checkedAt: at, longTerm: { level: "B-LTA", until: "2029-08-03T02:00:00.000Z", lacks: null }, log: { tenant: "019312d0-0000-7000-8000-000000000000", leaf: 41, size: 57, sizeAt: at, proved: true }, picture: true,
  };
  const unknown: Verification = { ...answer, state: "tidak_dikenal", letter: null, signer: null, log: null, picture: false, sha256: null, reason: "Kode ini tidak tercatat." };
  it("escapes everything that came from a person", () => {
    const page = verificationHtml({ ...answer, state: "dicabut", reason: "<script>" }, "WITA", reader);
    assert.equal(/<script|<img onerror|Dinas & Co|<x>|<i>|<u>|<b onclick/.test(page), false);
    assert.match(page, /&#34;&#62;&#60;script&#62;/);
  });
  it("needs no script, stays under ten kilobytes, and says who signed as what", () => {
    const long = { ...answer.letter, number: "9".repeat(120), date: "2026-08-03", type: "x".repeat(100), subject: "s".repeat(500), office: "o".repeat(200), government: "g".repeat(60), urgency: "segera" as const, to: ["t".repeat(400)] };
    const page = verificationHtml({ ...answer, letter: { ...long, number: "9/".repeat(60) } }, "WIT", reader);
    assert.ok(Buffer.byteLength(page) < 11_500, String(Buffer.byteLength(page)));
    assert.match(page, /Plh\. Kepala/);
    assert.match(page, /3&nbsp;Agustus 2026 pukul 11\.00&nbsp;WIT\b/);
    assert.match(page, /href="\/periksa\?surat=ABCDEFGHJK"/, "the letter is named where its file is dropped");
    assert.match(page, /<b>surat\.contoh\.go\.id<\/b>/);
  });
  it("an ordinary letter's page is under ten kilobytes in both languages", () => {
    for (const language of ["id", "en"] as const) assert.ok(Buffer.byteLength(verificationHtml(answer, "WITA", { ...reader, language })) < 10_240, language);
  });
  it("always asks to compare, shows the first page only where it may be shown, and tells its place in the log", () => {
    const page = verificationHtml(answer, "WITA", reader);
    assert.match(page, /Cocokkan dengan surat di tangan Anda<\/h2>.*<img src="\/api\/public\/verification\/ABCDEFGHJK\/page"/s);
    assert.match(page, /Surat ini: catatan #41.*Catatan|Catatan terbaru: #56.*Surat ini: catatan #41/s);
    const hidden = verificationHtml({ ...answer, state: "terbatas", picture: false, log: null }, "WITA", reader);
    assert.match(hidden, /Cocokkan dengan surat di tangan Anda<\/h2>/);
    assert.equal(/<img src="\/api/.test(hidden), false);
    assert.equal(/\d{16}/.test(page), false, "not even the hash looks like a NIK");
  });
  it("marks a development certificate, and tells of an unknown code what to do, with a form that needs no script", () => {
    assert.match(verificationHtml(answer, "WITA", reader), /CA pengembangan/);
    const page = verificationHtml(unknown, "WITA", reader);
    assert.match(page, /Yang perlu Anda lakukan.*<form action="\/v">/s);
    assert.equal(/CA pengembangan|<dl>/.test(page), false);
  });
  it("speaks English when asked by address or by browser, and Indonesian otherwise", () => {
    assert.match(verificationHtml(answer, "WITA", { ...reader, language: "en" }), /<html lang="en">.*VALID.*Compare with the letter in your hand/s);
    assert.deepEqual([languageOf("en", "id"), languageOf(undefined, "en-GB,id;q=0.5"), languageOf(undefined, "ms,en"), languageOf(undefined, "nl-NL"), languageOf("xx", undefined)], ["en", "en", "id", "id", "id"]);
    assert.match(busyPage(reader), /Coba lagi/);
  });
  it("never says SAH in another state", () => {
    for (const state of ["tidak_dikenal", "dicabut", "digantikan", "kedaluwarsa", "konsep", "terbatas", "diragukan", "palsu"] as const) assert.equal(/class="big">SAH/.test(verificationHtml({ ...answer, state }, "WIB", reader)), false);
    assert.match(verificationHtml(answer, "WIB", reader), /class="big">SAH/);
  });
});
