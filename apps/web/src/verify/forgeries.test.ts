import assert from "node:assert/strict";
import { sign as signWith, type KeyObject } from "node:crypto";
import { before, test } from "node:test";
import { signPdf, validate } from "@lontar/pades";
import { generateKey, issueCertificate, issueRoot, nodePort, publicKeyInfo, type CertificateAuthority } from "@lontar/pades/node";
import { encodeCbor, fromBase32, hashOfCode, contentOf, inForceSentence, judgeRegistered, judgeSeal, keyIdOf, makeSeal, makeTrustList, readTrustList, sealWords, sign1, toBase32, type Cbor, type ListedKey, type SealFacts, type SignEs256, type Trusted, withdrawnLetters } from "@lontar/seal";
import { NOW, testAuthority } from "../../../../packages/pades/test/authority.ts";
import { forge, samplePdf, streamBody } from "../../../../packages/pades/test/sample-pdf.ts";
import type { IssuedState } from "../../../server/src/letters/issued/index.ts";
import { pageWords } from "../../../server/src/signing/page-words.ts";
import { forgedSeal, recordedOf, unknown, unsigned, wordOf, type Verification } from "../../../server/src/signing/verify.ts";
import type { Registered } from "./check-file.ts";
import { verdictOf } from "./file-verdict.ts";
import { findingsOf } from "./findings.ts";
import { samenessOf, verdictAgainst, type Meant } from "./same-letter.ts";
import { openWords } from "./words.ts";

// Every move of a forger that we could think of, with paper, with files, and with the register: and the very words that a citizen reads.

const at = NOW.toISOString();
const day = at.slice(0, 10);
const host = "surat.penajamkab.go.id";
const es256 = (key: KeyObject): SignEs256 => async (message) => new Uint8Array(signWith("sha256", message, { key, dsaEncoding: "ieee-p1363" }));
const instant = (text: string): Date => new Date(`${text}T00:00:00Z`);

/** A key of a government, certified by an authority. */
const sealKey = async (authority: CertificateAuthority, institution: string, name: string, from: string, until: string) => {
  const key = generateKey("P-256");
  const certificate = await issueCertificate(authority, { profile: "seal", subject: { commonName: name, serialNumber: institution, country: "ID" }, key, notBefore: instant(from), notAfter: instant(until) });
  return { key, certificate, id: await keyIdOf(publicKeyInfo(key)), sign: es256(key) };
};

const authorityNamed = (name: string): Promise<CertificateAuthority> => issueRoot({ subject: { commonName: name, country: "ID" }, key: generateKey("P-256"), notBefore: instant("2026-01-01"), notAfter: instant("2046-01-01") });

const facts: SealFacts = { code: "7F3KQ92MAB", date: day, digest: "ab".repeat(16), number: "000.1.5/045/DISKOMINFO/2026", institution: "64.09", subject: "Undangan Rapat Persiapan E-Office", post: "Kepala Dinas Komunikasi dan Informatika", pages: 2 };

type World = {
  readonly trusted: Trusted; readonly genuine: string; readonly secret: string; readonly letter: IssuedState; readonly root: CertificateAuthority;
  readonly keys: Readonly<Record<"regency" | "village" | "old" | "leaked" | "stranger", Awaited<ReturnType<typeof sealKey>>>>;
  readonly listOf: (keys: readonly ListedKey[], withdrawn?: Uint8Array) => Promise<Trusted>; /** The list of a day on which the letter was withdrawn, and of one on which another was. */ readonly withdrawn: Trusted; readonly othersWithdrawn: Trusted; readonly pdf: Uint8Array; readonly otherPerson: Uint8Array; readonly overlaid: Uint8Array; readonly selfMade: Uint8Array; readonly trust: readonly Uint8Array[];
};
let world: World;

before(async () => {
  const root = await authorityNamed("Otoritas segel");
  const keys = {
    regency: await sealKey(root, "64.09", "Pemerintah Kabupaten Penajam Paser Utara", "2026-10-01", "2026-12-30"),
    village: await sealKey(root, "64.09.01.2005", "Pemerintah Desa Bukit Raya", "2026-10-01", "2026-12-30"),
    old: await sealKey(root, "64.09", "Pemerintah Kabupaten Penajam Paser Utara", "2026-03-01", "2026-05-30"),
    leaked: await sealKey(root, "64.09", "Pemerintah Kabupaten Penajam Paser Utara", "2026-10-01", "2026-12-30"),
    stranger: await sealKey(await authorityNamed("Otoritas lain"), "64.09", "Pemerintah Kabupaten Penajam Paser Utara", "2026-10-01", "2026-12-30"),
  };
  const listOf = async (listed: readonly ListedKey[], withdrawn?: Uint8Array): Promise<Trusted> => (await readTrustList(await makeTrustList({ issuedAt: NOW.getTime(), hosts: [host], keys: listed, ...(withdrawn !== undefined && { withdrawn }) }, root.certificate, es256(root.privateKey)), root.certificate, nodePort)) ?? assert.fail("no list");
  const trusted = await listOf([...[keys.regency, keys.village, keys.old].map(({ certificate }) => ({ certificate, revokedSince: null })), { certificate: keys.leaked.certificate, revokedSince: instant("2026-11-20").getTime() }]);
  const [withdrawn, othersWithdrawn] = await Promise.all([facts.code, "ZZZZZ22222"].map(async (code) => listOf([{ certificate: keys.regency.certificate, revokedSince: null }], withdrawnLetters([await hashOfCode(code)]))));
  if (withdrawn === undefined || othersWithdrawn === undefined) throw new Error("no list");
  const genuine = await makeSeal(facts, keys.regency.id, keys.regency.sign);
  const authority = await testAuthority();
  const pdf = await signPdf(samplePdf({ pages: 2 }), { signer: await authority.certify(), port: nodePort, signedAt: NOW });
  const otherPerson = await signPdf(samplePdf({ text: "Surat palsu" }), { signer: await authority.certify({ subject: { commonName: "Orang Lain", organisation: "PT Lain" } }), port: nodePort, signedAt: NOW });
  const overlaid = await signPdf(forge(samplePdf({ pages: 2 }), { objects: { 4: EVIL } }), { signer: await authority.certify({ subject: { commonName: "Orang Lain" } }), port: nodePort, signedAt: NOW });
  const selfMade = await signPdf(samplePdf({ text: "Surat palsu" }), { signer: await (await testAuthority()).certify(), port: nodePort, signedAt: NOW });
  const letter: IssuedState = {
    unitId: "-", unitName: "Dinas Kominfo", number: facts.number ?? "", date: day, code: facts.code, type: "-", typeTitle: "Surat", subject: facts.subject ?? "", security: "B", urgency: "biasa", classification: null, attachment: "", validUntil: null, sha256: "0".repeat(64), size: 1, pages: 2,
    frozen: { sha256: "0".repeat(64), size: 1 }, seal: genuine, signer: { personId: "-", person: "Siti Aminah", positionId: "-", post: facts.post ?? "", holding: "definitif", basis: null, at, serial: "01", issuer: "CA", development: false }, drafterPositionId: "-",
    status: "terkirim", deliveries: [], dossierId: null, revoked: null, changedAt: at,
  };
  world = { root, trusted, withdrawn, othersWithdrawn, genuine, keys, listOf, letter, pdf, otherPerson, overlaid, selfMade, trust: authority.trust, secret: await makeSeal({ code: "SECRET2345", date: day }, keys.regency.id, keys.regency.sign) };
});

const listed = "24 November 2026";
type Words = readonly [big: string, sentence: string];

/** What whoever scans the paper reads without a network. */
const paper = async (scanned: string, trusted = world.trusted): Promise<Words> => {
  const verdict = await judgeSeal(scanned, trusted);
  if ("refused" in verdict) return ["TIDAK SAH", sealWords.id.refused[verdict.refused]];
  return [verdict.good.withdrawn === true ? "DICABUT" : "STATUS BELUM DIPERIKSA", `${sealWords.id.good(verdict.good.name)} ${inForceSentence(sealWords.id, verdict.good.withdrawn, listed)}`];
};

const all = { integrity: "ya", identity: "ya", authority: "ya" } as const;
const said = (answer: Verification): Words => [pageWords.id.big[answer.state], answer.state === "palsu" ? (answer.reason ?? "") : pageWords.id.line[answer.state]];

/** What the public page says of a seal, with a register of one letter in the given condition. */
const page = async (scanned: string, letter: IssuedState | "unsigned" | undefined = world.letter, answers: Parameters<typeof wordOf>[1] = all, today = day): Promise<Words> => {
  const judged = await judgeRegistered(scanned, world.trusted, async (code) => (letter === "unsigned" ? letter : letter?.code === code ? recordedOf(letter) : undefined));
  if (!("code" in judged)) return said(forgedSeal(judged.word, at));
  if (letter === "unsigned") return said(unsigned(judged.code, "beku", at));
  return said(letter === undefined ? unknown(judged.code, at) : wordOf({ letter, instead: undefined, government: "Kabupaten", log: null }, answers, at, today));
};

const registered = (state: Registered["state"]): Registered => ({ ...unknown("", at), state, answers: state === "tidak_dikenal" ? { integrity: "belum", identity: "belum", authority: "belum" } : all });

const bigWords = { valid: "SAH", invalid: "TIDAK SAH", revoked: "DICABUT", expired: "KEDALUWARSA", missing: "TIDAK DITEMUKAN", limited: "TERBATAS", doubtful: "DIRAGUKAN", unchecked: "STATUS BELUM DIPERIKSA", other: "BUKAN SURAT ITU" } as const;

/** What whoever scans a code and drops a file reads: the big word, and how the two stand to each other. */
const both = async (scanned: string, pdf: Uint8Array, register?: Registered): Promise<Words> => {
  const verdict = verdictOf({ report: await validate(pdf, { trust: world.trust, at: NOW, port: nodePort }), registered: register, hasRoots: true });
  const seal = await judgeSeal(scanned, world.trusted);
  const meant: Meant = "good" in seal ? { ...seal.good.facts, withdrawn: undefined } : { code: scanned };
  const sameness = samenessOf(meant, verdict, { content: await contentOf(pdf, nodePort), registered: register });
  return [bigWords[verdictAgainst(verdict, sameness).kind], openWords.id.check.meant.words[sameness]];
};
/** The seal of the letter whose file is `world.pdf`. */
const sealOfFile = async (code = facts.code): Promise<string> => makeSeal({ ...facts, code, content: (await contentOf(world.pdf, nodePort)) ?? assert.fail("no content") }, world.keys.regency.id, world.keys.regency.sign);

/** What whoever drops a file reads: the big word, and the first thing that was found, or the sentence beside the word. */
const file = async (pdf: Uint8Array, register: Registered | undefined): Promise<Words> => {
  const { check } = openWords.id;
  const report = await validate(pdf, { trust: world.trust, at: NOW, port: nodePort });
  const verdict = verdictOf({ report, registered: register, hasRoots: true });
  const big = bigWords[verdict.kind];
  const [finding] = verdict.kind === "invalid" ? findingsOf(report) : [];
  return [big, finding === undefined ? check.lines[verdict.kind] : finding.kind === "check" ? check.failed[finding.name] : `${check.addedAfter(finding.revision)}: ${check.changes[finding.name]}.`];
};

const address = (seal: string, at_ = host): string => `HTTPS://${at_.toUpperCase()}/V/${seal}`;
const bytes = (seal: string): Uint8Array => fromBase32(seal) ?? assert.fail("no seal");
const parts = (header: ReadonlyMap<number, Cbor>, payload: Uint8Array, signature: Uint8Array = new Uint8Array(64), unprotected: ReadonlyMap<number, Cbor> = new Map()): string => toBase32(encodeCbor({ tag: 18, value: [encodeCbor(header), unprotected, payload, signature] }));
const payload = (more: readonly (readonly [number, Cbor])[] = []): Uint8Array => encodeCbor(new Map<number, Cbor>([[1, facts.code], [3, 20_781], ...more]));
const header = (id: Uint8Array): ReadonlyMap<number, Cbor> => new Map<number, Cbor>([[1, -7], [4, id]]);
const flip = (seal: string, index: number): string => toBase32(bytes(seal).map((byte, at_) => (at_ === index ? byte ^ 1 : byte)));
/** Signs any bytes with the office's own key: what a clumsy insider could print. */
const signedBytes = async (raw: Uint8Array): Promise<string> => toBase32(await sign1(raw, world.keys.regency.id, world.keys.regency.sign));
const splice = (seal: string, from: readonly number[], to: readonly number[]): string => {
  const hex = Buffer.from(bytes(seal)).toString("hex");
  const [one, other] = [from, to].map((list) => Buffer.from(list).toString("hex"));
  assert.ok(hex.includes(one ?? "?"), "the part to replace is there");
  return toBase32(Buffer.from(hex.replace(one ?? "", other ?? ""), "hex"));
};

const EVIL = streamBody("", "BT /F1 24 Tf 72 700 Td (Surat palsu) Tj ET");
const PAGE = "/Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>";

const { refused, notRecorded, differs, unchecked } = sealWords.id;
const no = (sentence: string): Words => ["TIDAK SAH", sentence];
const of = (state: Verification["state"]): Words => [pageWords.id.big[state], pageWords.id.line[state]];
const sentences = openWords.id.check;

const moves: readonly (readonly [move: string, act: () => Promise<Words>, words: Words])[] = [
  // What is genuine, so that every refusal below is the forger's own.
  ["nobody forged anything: paper without a network", () => paper(address(world.genuine)), ["STATUS BELUM DIPERIKSA", `Segel ini dibuat oleh Pemerintah Kabupaten Penajam Paser Utara. ${unchecked}`]],
  ["nobody forged anything: in small letters, as some phones show it", () => paper(address(world.genuine).toLowerCase()), ["STATUS BELUM DIPERIKSA", `Segel ini dibuat oleh Pemerintah Kabupaten Penajam Paser Utara. ${unchecked}`]],
  ["nobody forged anything: the public page", () => page(world.genuine), of("sah")],
  ["nobody forged anything: the file, with the register", () => file(world.pdf, registered("sah")), ["SAH", sentences.lines.valid]],
  ["nobody forged anything: the file, without a network", () => file(world.pdf, undefined), ["STATUS BELUM DIPERIKSA", sentences.lines.unchecked]],

  // Code and file, side by side.
  ["nobody forged anything: a code and the file of its letter, without a network", async () => both(await sealOfFile(), world.pdf), ["STATUS BELUM DIPERIKSA", sentences.meant.words.same]],
  ["nobody forged anything: a code and the file of its letter, with the register", async () => both(await sealOfFile(), world.pdf, { ...registered("sah"), code: facts.code }), ["SAH", sentences.meant.words.same]],
  ["nobody forged anything: a typed code and its file", () => both(facts.code, world.pdf, { ...registered("sah"), code: facts.code }), ["SAH", sentences.meant.words.same]],
  ["a genuine code beside the genuine file of another letter, with the register", async () => both(await sealOfFile("ZZZZZ22222"), world.pdf, { ...registered("sah"), code: facts.code }), ["BUKAN SURAT ITU", sentences.meant.words.other]],
  ["a typed code beside the genuine file of another letter", () => both("ZZZZZ22222", world.pdf, { ...registered("sah"), code: facts.code }), ["BUKAN SURAT ITU", sentences.meant.words.other]],
  ["a genuine code beside another text that somebody else signed with a valid certificate, without a network", async () => both(await sealOfFile(), world.otherPerson), ["BUKAN SURAT ITU", sentences.meant.words.other]],
  ["the same, with the register", async () => both(await sealOfFile(), world.otherPerson, registered("tidak_dikenal")), ["TIDAK DITEMUKAN", sentences.meant.words.other]],
  ["a genuine code beside a text with a certificate of the forger's own making", async () => both(await sealOfFile(), world.selfMade), ["TIDAK DITEMUKAN", sentences.meant.words.other]],
  ["a genuine code beside its letter with another page over it, signed by somebody else with a valid certificate", async () => both(await sealOfFile(), world.overlaid), ["STATUS BELUM DIPERIKSA", sentences.meant.words.unknown]],
  ["a genuine code beside its letter, changed after it was signed", async () => both(await sealOfFile(), forge(world.pdf, { objects: { 4: EVIL } })), ["TIDAK SAH", sentences.meant.words.changed]],
  ["a code of before contents were sealed, without a network", () => both(world.genuine, world.pdf), ["STATUS BELUM DIPERIKSA", sentences.meant.words.unknown]],

  // The address.
  ["a look-alike host around a genuine seal", () => paper(address(world.genuine, "surat-penajamkab.id")), no(refused.other_host)],
  ["the right host as a part of another", () => paper(address(world.genuine, `${host}.verifikasi.id`)), no(refused.other_host)],
  ["a plain link to a look-alike host, without a seal", () => paper("https://surat-penajamkab.id/v/7F3KQ92MAB"), no(refused.other_host)],
  ["a user name that looks like the host", () => paper(`https://${host}@palsu.id/v/${world.genuine}`), no(refused.other_host)],
  ["an address of another kind", () => paper(`https://${host}/v/${world.genuine}?lanjut=https://palsu.id`), no(refused.other_host)],

  // The seal's words.
  ["another number inside the seal", async () => paper(address(splice(world.genuine, [...Buffer.from("045/")], [...Buffer.from("046/")]))), no(refused.bad_signature)],
  ["another date", async () => paper(flip(world.genuine, 30)), no(refused.bad_signature)],
  ["another subject of the same length", async () => paper(splice(world.genuine, [...Buffer.from("Undangan")], [...Buffer.from("Tagihan!")])), no(refused.bad_signature)],
  ["one bit of the signature", () => paper(flip(world.genuine, bytes(world.genuine).length - 1)), no(refused.bad_signature)],
  ["the signature of one seal under the words of another", async () => {
    const other = bytes(await makeSeal({ ...facts, code: "ZZZZZ22222" }, world.keys.regency.id, world.keys.regency.sign));
    return paper(toBase32(Buffer.concat([other.subarray(0, -64), bytes(world.genuine).subarray(-64)])));
  }, no(refused.bad_signature)],
  ["the other signature of the same words (r, n − s)", async () => {
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const raw = Buffer.from(bytes(world.genuine));
    const mirrored = (n - BigInt(`0x${raw.subarray(-32).toString("hex")}`)).toString(16).padStart(64, "0");
    return page(toBase32(Buffer.concat([raw.subarray(0, -32), Buffer.from(mirrored, "hex")])));
  }, no(differs)],
  ["a seal cut short by a torn corner", () => paper(world.genuine.slice(0, 200)), no(refused.not_canonical)],
  ["a letter too many at its end", () => paper(`${world.genuine}A`), no(refused.not_a_seal)],
  ["letters that base32 does not have", () => paper(`${world.genuine.slice(0, 99)}1${world.genuine.slice(100)}`), no(refused.not_a_seal)],

  // The seal's form.
  ["bytes after the seal", () => paper(toBase32(Buffer.concat([bytes(world.genuine), Buffer.from([0])]))), no(refused.not_canonical)],
  ["more than any seal holds", () => paper("A".repeat(900)), no(refused.too_large)],
  ["a list that says it has four thousand million parts", () => paper(toBase32(Buffer.from(`d29affffffff${"00".repeat(60)}`, "hex"))), no(refused.not_canonical)],
  ["lists within lists within lists", () => paper(toBase32(Buffer.from("81".repeat(120), "hex"))), no(refused.not_canonical)],
  ["a field twice, signed by the office's own key", async () => paper(await signedBytes(Buffer.from("a3016a374633 4b5139324d41420319512d0319512e".replaceAll(" ", ""), "hex"))), no(refused.not_canonical)],
  ["fields out of order", async () => paper(await signedBytes(Buffer.from("a20319512d016a3746334b5139324d4142", "hex"))), no(refused.not_canonical)],
  ["a number longer than it needs to be", async () => paper(await signedBytes(Buffer.from("a2016a3746334b5139324d4142031a0000512d", "hex"))), no(refused.not_canonical)],
  ["an indefinite length", async () => paper(await signedBytes(Buffer.from("bf016a3746334b5139324d41420319512dff", "hex"))), no(refused.not_canonical)],
  ["a field that no seal has, to be read by another's reader", async () => paper(await signedBytes(payload([[10, "Rp 5.000.000"]]))), no(refused.not_canonical)],
  ["a field of another kind", async () => paper(await signedBytes(payload([[4, 45]]))), no(refused.not_canonical)],
  ["an unprotected header that names another key", () => paper(parts(header(world.keys.regency.id), payload(), undefined, new Map<number, Cbor>([[4, world.keys.stranger.id]]))), no(refused.not_canonical)],

  // The algorithm and the key.
  ["algorithm: none", () => paper(parts(new Map<number, Cbor>([[1, 0], [4, world.keys.regency.id]]), payload())), no(refused.other_algorithm)],
  ["algorithm: HMAC, with the public key as its secret", () => paper(parts(new Map<number, Cbor>([[1, 5], [4, world.keys.regency.id]]), payload())), no(refused.other_algorithm)],
  ["algorithm: EdDSA", () => paper(parts(new Map<number, Cbor>([[1, -8], [4, world.keys.regency.id]]), payload())), no(refused.other_algorithm)],
  ["a signature of zeros", () => paper(parts(header(world.keys.regency.id), payload())), no(refused.bad_signature)],
  ["the forger's own key, under its own id", async () => paper(await makeSeal(facts, world.keys.stranger.id, world.keys.stranger.sign)), no(refused.unknown_key)],
  ["the forger's own key, under the office's id", async () => paper(await makeSeal(facts, world.keys.regency.id, world.keys.stranger.sign)), no(refused.bad_signature)],
  ["a key of another installation, put into our list by whoever carries the list", async () => paper(await makeSeal(facts, world.keys.stranger.id, world.keys.stranger.sign), await world.listOf([{ certificate: world.keys.stranger.certificate, revokedSince: null }])), no(refused.unknown_key)],
  ["a village's key under a letter of the regency", async () => paper(await makeSeal(facts, world.keys.village.id, world.keys.village.sign)), no(refused.wrong_institution)],
  ["a key that has run out, under a letter of today", async () => paper(await makeSeal(facts, world.keys.old.id, world.keys.old.sign)), no(refused.outside_validity)],
  ["today's key under a letter that is said to be of last year", async () => paper(await makeSeal({ ...facts, date: "2025-11-24" }, world.keys.regency.id, world.keys.regency.sign)), no(refused.outside_validity)],
  ["a stolen key, after the theft is known", async () => paper(await makeSeal(facts, world.keys.leaked.id, world.keys.leaked.sign)), no(refused.key_compromised)],
  ["a stolen key, after the theft is known, on the public page", async () => page(await makeSeal(facts, world.keys.leaked.id, world.keys.leaked.sign)), no(refused.key_compromised)],
  ["a stolen key, before anyone knows: a letter that never was", async () => page(await makeSeal({ ...facts, code: "ZZZZZ22222" }, world.keys.regency.id, world.keys.regency.sign)), no(notRecorded)],
  ["a stolen key, before anyone knows: other words for a letter that is", async () => page(await makeSeal({ ...facts, subject: "Tagihan" }, world.keys.regency.id, world.keys.regency.sign)), no(differs)],
  ["a stolen key, before anyone knows: the very words of a letter that is, sealed again", async () => page(await makeSeal(facts, world.keys.regency.id, world.keys.regency.sign)), no(differs)],
  ["the seal of a letter of before there were seals", async () => page(await makeSeal(facts, world.keys.regency.id, world.keys.regency.sign), withoutSeal()), no(notRecorded)],

  // The old letter, again.
  ["a genuine QR cut out and pasted on a forged letter: the page shows the letter on record to compare", () => page(address(world.genuine)), of("sah")],
  ["a draft printed before it was signed", () => page(world.genuine, "unsigned"), of("konsep")],
  ["a letter that was revoked", () => page(world.genuine, { ...world.letter, status: "dicabut", revoked: { at, by: "-", post: "-", reason: "Salah" } }), of("dicabut")],
  ["a letter that was replaced", () => page(world.genuine, { ...world.letter, status: "dicabut", revoked: { at, by: "-", post: "-", reason: "Salah", replacement: { id: "-", number: "2" } } }), of("digantikan")],
  ["a letter that was withdrawn, without a network, by a list of a later day", () => paper(world.genuine, world.withdrawn), ["DICABUT", `Segel ini dibuat oleh Pemerintah Kabupaten Penajam Paser Utara. ${sealWords.id.withdrawn(listed)}`]],
  ["a letter of which the list of withdrawn ones knows nothing", () => paper(world.genuine, world.othersWithdrawn), ["STATUS BELUM DIPERIKSA", `Segel ini dibuat oleh Pemerintah Kabupaten Penajam Paser Utara. ${sealWords.id.notWithdrawn(listed)}`]],
  ["a letter whose time is over", () => page(world.genuine, { ...world.letter, validUntil: "2026-11-01" }), of("kedaluwarsa")],
  ["a letter whose signer's key has leaked", () => page(world.genuine, { ...world.letter, suspect: { key: "penanda_tangan", since: at, reason: "-", at } }), of("diragukan")],
  ["a letter whose stored file was changed on the disk", () => page(world.genuine, world.letter, { integrity: "tidak", identity: "belum", authority: "ya" }), of("tidak_dikenal")],
  ["a letter signed by who was not in office that day", () => page(world.genuine, world.letter, { ...all, authority: "tidak" }), of("tidak_dikenal")],
  ["a secret letter's seal: that it exists, and nothing more", async () => page(world.secret, { ...world.letter, code: "SECRET2345", security: "R", seal: world.secret }), of("terbatas")],

  // The file.
  ["one byte of the text", () => file(world.pdf.map((byte, index) => (index === 700 ? byte ^ 1 : byte)), registered("tidak_dikenal")), no(sentences.failed.message_digest)],
  ["another text over the signed one, by an update", () => file(forge(world.pdf, { objects: { 4: EVIL } }), registered("tidak_dikenal")), no(`${sentences.addedAfter(3)}: ${sentences.changes.unexplained}.`)],
  ["a page added", () => file(forge(world.pdf, { objects: { 2: "<< /Type /Pages /Kids [3 0 R 90 0 R] /Count 2 /MediaBox [0 0 595 842] >>", 90: `<< ${PAGE} >>` } }), registered("tidak_dikenal")), no(`${sentences.addedAfter(3)}: ${sentences.changes.unexplained}.`)],
  ["a page taken away", () => file(forge(world.pdf, { objects: { 2: "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>" } }), registered("tidak_dikenal")), no(`${sentences.addedAfter(3)}: ${sentences.changes.unexplained}.`)],
  ["an object without a table entry", () => file(forge(world.pdf, { objects: { 4: EVIL }, hide: [4] }), registered("tidak_dikenal")), no(`${sentences.addedAfter(3)}: ${sentences.changes.unexplained}.`)],
  ["words after the end of the file", () => file(Buffer.concat([world.pdf, Buffer.from("\n% ditambahkan\n%%EOF\n")]), registered("tidak_dikenal")), no(sentences.failed.later_changes)],
  ["a forged text with another person's valid certificate", () => file(world.otherPerson, registered("tidak_dikenal")), ["TIDAK DITEMUKAN", sentences.lines.missing]],
  ["the same without a network: whole and signed, and still not said to be valid", () => file(world.otherPerson, undefined), ["STATUS BELUM DIPERIKSA", sentences.lines.unchecked]],
  ["a forged text with a certificate of the forger's own making", () => file(world.selfMade, undefined), ["TIDAK DITEMUKAN", sentences.lines.missing]],
  ["a text that nobody signed", () => file(samplePdf(), registered("tidak_dikenal")), ["TIDAK DITEMUKAN", sentences.lines.missing]],
  ["the genuine file of a revoked letter", () => file(world.pdf, registered("dicabut")), ["DICABUT", sentences.lines.revoked]],
  ["the genuine file of a letter whose signer's key has leaked", () => file(world.pdf, registered("diragukan")), ["DIRAGUKAN", sentences.lines.doubtful]],
  ["the genuine file of a letter whose time is over", () => file(world.pdf, registered("kedaluwarsa")), ["KEDALUWARSA", sentences.lines.expired]],
];

/** The letter as it was kept before letters had seals. */
const withoutSeal = (): IssuedState => {
  const { seal: _, ...letter } = world.letter;
  return letter;
};

for (const [move, act, words] of moves) test(move, async () => assert.deepEqual(await act(), words));

test("no move but those that forged nothing is told to be valid", () => {
  const valid = moves.filter(([, , [big]]) => big === "SAH").map(([move]) => move);
  assert.ok(moves.length >= 60);
  assert.deepEqual(valid.filter((move) => !move.startsWith("nobody forged")), ["a genuine QR cut out and pasted on a forged letter: the page shows the letter on record to compare"]);
});
