import type { contract, Result } from "@lontar/contract";
import { tanggalPanjang } from "@lontar/naskah";
import { carriesSeal, judgeRegistered, sealAspect, sealWords, type Recorded, type Trusted } from "@lontar/seal";
import { inInstallation, readTenant, type Database, type Tx } from "../kernel/db.ts";
import { localDate, type Id, type Source, type Zone } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { tenantOf } from "../access/index.ts";
import { fileOf, issuedLetter, letterOfCode, letterOfHash, type IssuedState } from "../letters/issued/index.ts";
import { passGate } from "./gate.ts";
import type { Limiter } from "./limiter.ts";
import type { Signing } from "./sign.ts";
import { draftOfCode, placeInLog, proofOfLetter } from "./store.ts";

/** What the public page says of one letter. */
export type Verification = Result<(typeof contract)["open.verify"]>;

/** What public verification needs. */
export type Verifying = { readonly db: Database; readonly source: Source; readonly signing: Signing; readonly fileBytes: (sha256: string) => Promise<Uint8Array>; readonly limiter: Limiter; /** The seal keys of this installation, as any verifier reads them. */ readonly trusted: () => Promise<Trusted> };

/** An answer, and the zone in which its office tells the time. */
export type Told = { readonly answer: Verification; readonly zone: Zone };

type Reading = "ya" | "tidak" | "belum";
type Checked = { readonly integrity: Reading; readonly identity: Reading; readonly untilMs: number };

/** How long a re-validation of stored bytes is believed, and how many are remembered. */
export const cacheLimits = { believedMs: 5 * 60_000, letters: 2000 } as const;

/** A code as people type it: capitals, without spaces and dashes. */
export const normalCode = (typed: string): string => typed.toUpperCase().replaceAll(/[\s-]/g, "");

/** Opens verification; the cache of re-validated files belongs to it. */
export const openVerification = (deps: Verifying) => {
  const checked = new Map<string, Checked>();

  const recheck = async (letter: IssuedState): Promise<Checked> => {
    const { sha256 } = fileOf(letter);
    const nowMs = Date.parse(deps.source.now());
    const known = checked.get(sha256);
    if (known !== undefined && known.untilMs > nowMs) return known;
    const answer = { ...(await readStored(deps, letter)), untilMs: nowMs + cacheLimits.believedMs };
    checked.delete(sha256);
    checked.set(sha256, answer);
    for (const oldest of checked.keys()) {
      if (checked.size <= cacheLimits.letters) break;
      checked.delete(oldest);
    }
    return answer;
  };

  const tell = async (found: { readonly tenant_id: Id; readonly id: Id }): Promise<(Told & { readonly letter: IssuedState }) | undefined> => {
    const facts = await readTenant(deps.db, found.tenant_id, async (tx) => {
      const letter = await issuedLetter(tx, found.tenant_id, found.id);
      if (letter === undefined) return undefined;
      const { zone, name } = await tenantOf(tx, found.tenant_id);
      const instead = letter.revoked?.replacement === undefined ? undefined : await issuedLetter(tx, found.tenant_id, letter.revoked.replacement.id);
      return { letter, instead, authority: await hadAuthority(tx, found.tenant_id, letter), zone, government: name, log: await placeInLog(tx, found.tenant_id, found.id) };
    });
    if (facts === undefined) return undefined;
    const at = deps.source.now();
    return { answer: wordOf(facts, { ...(await recheck(facts.letter)), authority: facts.authority }, at, localDate(at, facts.zone)), zone: facts.zone, letter: facts.letter };
  };

  const guard = (address: string): void => {
    if (!deps.limiter.allows(address, Date.parse(deps.source.now()))) throw new Refused("too_many_attempts");
  };

  const tellOf = async (code: string): Promise<Told & { readonly letter?: IssuedState }> => {
    const found = await inInstallation(deps.db, (tx) => letterOfCode(tx, code));
    const draft = found === undefined ? await inInstallation(deps.db, (tx) => draftOfCode(tx, code)) : undefined;
    const letter = found === undefined ? undefined : await tell(found);
    return letter ?? { answer: draft === undefined ? unknown(code, deps.source.now()) : unsigned(code, draft, deps.source.now()), zone: "WITA" };
  };

  /** By the seal of a QR code. */
  const tellBySeal = async (scanned: string): Promise<Told> => {
    const asked = new Map<string, Awaited<ReturnType<typeof tellOf>>>();
    const judged = await judgeRegistered(scanned, await deps.trusted(), async (code) => {
      const told = await tellOf(code);
      asked.set(code, told);
      return told.answer.state === "konsep" ? "unsigned" : told.letter === undefined ? undefined : recordedOf(told.letter);
    });
    if (!("code" in judged)) return { answer: forgedSeal(judged.word, deps.source.now()), zone: "WITA" };
    const told = asked.get(judged.code);
    if (told === undefined) throw new Error("broken assumption: a seal that is on record was asked for");
    return judged.word === "unsigned" ? told : { answer: { ...told.answer, seal: "recorded" }, zone: told.zone };
  };

  const tellByCode = async (typed: string, address: string): Promise<Told> => {
    guard(address);
    return carriesSeal(typed) ? tellBySeal(typed) : tellOf(normalCode(typed));
  };

  return {
    /** By the code that is printed beside the QR, with the zone in which its office tells the time. An unknown code and a malformed one are answered alike. */
    tellByCode,
    /** By the code that is printed beside the QR. */
    byCode: async (typed: string, address: string): Promise<Verification> => (await tellByCode(typed, address)).answer,
    /** The file of a letter whose first page may be shown to whoever holds its code. */
    shownFile: async (typed: string, address: string): Promise<{ readonly sha256: string; readonly bytes: () => Promise<Uint8Array> }> => {
      const { answer } = await tellByCode(typed, address);
      if (!answer.picture || answer.sha256 === null) throw new Refused("not_found");
      const { sha256 } = answer;
      return { sha256, bytes: () => deps.fileBytes(sha256) };
    },
    /** The proof to keep beside a letter's file: no word of the letter is in it. */
    proof: async (typed: string, address: string): Promise<{ readonly proof: string; readonly number: string }> => {
      guard(address);
      const found = await inInstallation(deps.db, (tx) => letterOfCode(tx, normalCode(typed)));
      const kept = found === undefined ? undefined : await readTenant(deps.db, found.tenant_id, async (tx) => ({ proof: await proofOfLetter(tx, found.tenant_id, found.id), number: (await issuedLetter(tx, found.tenant_id, found.id))?.number }));
      if (kept?.proof === undefined || kept.number === undefined) throw new Refused("not_found");
      return { proof: kept.proof, number: kept.number };
    },
    /** By the hash of a file that stays on the asker's device. */
    byHash: async (sha256: string, address: string): Promise<Verification> => {
      guard(address);
      const found = await inInstallation(deps.db, (tx) => letterOfHash(tx, sha256));
      return (found === undefined ? undefined : await tell(found))?.answer ?? unknown("", deps.source.now());
    },
  };
};

type SealWord = NonNullable<Verification["seal"]>;

/** Public verification, opened. */
export type PublicVerification = ReturnType<typeof openVerification>;

/** Reads the bytes that the disk holds now, and believes nothing that they do not prove. */
const readStored = async (deps: Verifying, letter: IssuedState): Promise<{ readonly integrity: Reading; readonly identity: Reading }> => {
  const bytes = await deps.fileBytes(fileOf(letter).sha256).catch((): undefined => undefined); // missing or unreadable: the page says "belum", fsck names the file
  if (bytes === undefined) return { integrity: "belum", identity: "belum" };
  const gate = await passGate(bytes, { frozen: letter.frozen, serial: letter.signer.serial, at: letter.proved?.checkedAt ?? letter.signer.at, trust: deps.signing.trust }, deps.signing.validate);
  return gate.passed ? { integrity: "ya", identity: "ya" } : { integrity: "tidak", identity: "belum" };
};

/** Did the signer hold the post when he signed? Asked from the holdings, not from the letter's own word. */
const hadAuthority = async (tx: Tx, tenantId: Id, letter: IssuedState): Promise<Reading> => {
  const { personId, positionId, at, holding } = letter.signer;
  const row = await tx.selectFrom("holding").select("id").where("tenant_id", "=", tenantId).where("person_id", "=", personId).where("position_id", "=", positionId).where("kind", "=", holding).where("since", "<=", at).where((e) => e.or([e("until", "is", null), e("until", ">", at)])).limit(1).executeTakeFirst();
  return row === undefined ? "tidak" : "ya";
};

const nobody = { seal: null, replacedBy: null, suspect: null, letter: null, signer: null, answers: { integrity: "belum", identity: "belum", authority: "belum" }, sha256: null, pages: null, longTerm: null, log: null, picture: false } as const;

/** A code or file that is not on record. */
export const unknown = (code: string, at: string): Verification => ({ state: "tidak_dikenal", code, ...nobody, reason: "Kode atau berkas ini tidak tercatat sebagai surat terbit. Periksa lagi ejaannya, atau tanyakan kepada kantor yang disebut dalam surat.", checkedAt: at });

/** A code of a text that was never signed. */
export const unsigned = (code: string, status: string, at: string): Verification => ({
  state: "konsep", code, ...nobody, checkedAt: at,
  reason: status === "dibatalkan" ? "Naskah dengan kode ini dibatalkan sebelum ditandatangani. Cetakannya bukan surat." : "Naskah dengan kode ini belum ditandatangani. Cetakannya belum menjadi surat.",
});

/** A letter as its seal must know it. */
export const recordedOf = (letter: IssuedState): Recorded => ({ seal: letter.seal ?? null, number: letter.number, date: letter.date, subject: letter.security === "B" ? letter.subject : null, post: letter.signer.post, pages: letter.pages });

/** How much of its own proof the letter's file carries, as it was last found. */
export const longTermOf = ({ proved }: IssuedState): Verification["longTerm"] => (proved === undefined ? null : { level: proved.level, until: proved.until, lacks: proved.lacks });

/** A seal that is not believed: the worst answer is that of the question it fails. Not a word of what it claims is repeated. */
export const forgedSeal = (word: Exclude<SealWord, "recorded">, at: string): Verification => {
  const words = sealWords.id;
  return { state: "palsu", code: "", ...nobody, seal: word, answers: { ...nobody.answers, [sealAspect[word]]: "tidak" }, reason: word === "not_recorded" ? words.notRecorded : word === "differs" ? words.differs : words.refused[word], checkedAt: at };
};

type Facts = { readonly letter: IssuedState; /** The letter that replaces it. */ readonly instead: IssuedState | undefined; readonly government: string; readonly log: Verification["log"] };

/** The word of a letter on record: the worst of what was found wins. */
export const wordOf = ({ letter, instead, government, log }: Facts, answers: { readonly integrity: Reading; readonly identity: Reading; readonly authority: Reading }, at: string, today: string): Verification => {
  const isOpen = letter.security === "B";
  const isSecret = letter.security === "R" || letter.security === "SR";
  const facts = {
    code: letter.code, seal: null, suspect: letter.suspect === undefined ? null : { key: letter.suspect.key, since: letter.suspect.since },
    replacedBy: instead === undefined || instead.security === "R" || instead.security === "SR" ? null : { number: instead.number, code: instead.code },
    letter: {
      number: letter.number, date: letter.date, type: letter.typeTitle, office: letter.unitName, government, urgency: letter.urgency,
      subject: isOpen ? letter.subject : null, to: isOpen ? letter.deliveries.filter((delivery) => !delivery.cc).map((delivery) => delivery.address.label) : [],
    },
    signer: { name: letter.signer.person, post: letter.signer.post, holding: letter.signer.holding, at: letter.signer.at, issuer: letter.signer.issuer, development: letter.signer.development, basis: letter.signer.basis },
    answers: { integrity: answers.integrity, identity: answers.identity, authority: answers.authority },
    sha256: fileOf(letter).sha256, pages: letter.pages, checkedAt: at, longTerm: longTermOf(letter), log, picture: false,
  };
  if (answers.integrity !== "ya" || answers.identity !== "ya") return { ...facts, state: "tidak_dikenal", reason: "Surat ini tercatat, tetapi berkas yang tersimpan tidak lolos pemeriksaan. Jangan dipakai dulu; hubungi kantor penerbit." };
  if (letter.revoked !== null) return { ...facts, state: letter.revoked.replacement === undefined ? "dicabut" : "digantikan", reason: letter.revoked.reason };
  if (letter.suspect?.key === "penanda_tangan") return { ...facts, answers: { ...facts.answers, identity: "belum" }, state: "diragukan", reason: null };
  if (answers.authority !== "ya") return { ...facts, state: "tidak_dikenal", reason: "Surat ini tercatat, tetapi penanda tangannya tidak tercatat memegang jabatan itu pada hari itu. Jangan dipakai dulu; hubungi kantor penerbit." };
  if (letter.validUntil !== null && today > letter.validUntil) return { ...facts, state: "kedaluwarsa", reason: `Masa berlakunya berakhir ${tanggalPanjang(letter.validUntil)}.` };
  if (isSecret) return { ...facts, state: "terbatas", reason: "Surat ini rahasia: halaman ini hanya menyatakan bahwa ia terbit." };
  return { ...facts, state: "sah", reason: null, picture: isOpen };
};
