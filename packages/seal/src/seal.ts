import { fromBase32, toBase32 } from "./base32.ts";
import { encodeCbor, decodeCbor, NotCanonical, type Cbor } from "./cbor.ts";
import { OtherAlgorithm, readSign1, sign1, type Sign1, type SignEs256 } from "./cose.ts";
import { bytesOfHex, hexOf } from "./hex.ts";

/** What a seal says of a letter. Of a secret letter only `code` and `date`: that it exists. */
export type SealFacts = {
  /** The code printed beside the QR: the name of the letter in the register. */
  readonly code: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** What the letter's pages hold apart from the code that is drawn on them (`contentOf`), so that its file is known by its seal. */
  readonly content?: string;
  /** In seals of before: SHA-256 of the letter's render before the seal was drawn into it, which nobody but its office has. Its first 16 bytes in hexadecimal. */
  readonly digest?: string;
  readonly number?: string;
  /** Code of the institution whose key seals. */
  readonly institution?: string;
  /** Cut with `…` where the QR has no room for more; absent where it has none at all. */
  readonly subject?: string;
  /** The post that signs, cut likewise. */
  readonly post?: string;
  readonly pages?: number;
};

/** A seal that was read; who made it is not asked yet. */
export type Seal = { readonly facts: SealFacts; readonly signed: Sign1 };

/** Why a text is no seal. */
export type SealDamage = "too_large" | "not_a_seal" | "not_canonical" | "other_algorithm";

const field = { code: 1, digest: 2, date: 3, number: 4, institution: 5, subject: 6, post: 7, pages: 8, content: 9 } as const;

/** A seal is at most this long: its address still fits a QR code of version 15 with error correction M, which a phone reads at 30 mm. */
export const sealLimits = { bytes: 343, depth: 3, items: 40 } as const;

// Tag, list, header, empty map, lengths and signature stand around a payload. QR version 15-M holds 600 letters, which leaves 50 for the address.
const longestPayload = sealLimits.bytes - 85;

/** Letters of a subject or post that a seal carries at most: enough to compare, and the code stays coarse enough for a scan at 150 dpi. */
const longestText = 48;
const digestBytes = 16;
const dayMs = 86_400_000;

const shortened = (text: string, most: number): string => {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
};

const payloadOf = (facts: SealFacts, most: number): Uint8Array => {
  const map = new Map<number, Cbor>([[field.code, facts.code], [field.date, Date.parse(`${facts.date}T00:00:00Z`) / dayMs]]);
  if (facts.digest !== undefined) map.set(field.digest, bytesOfHex(facts.digest).slice(0, digestBytes));
  if (facts.number !== undefined) map.set(field.number, facts.number);
  if (facts.institution !== undefined) map.set(field.institution, facts.institution);
  if (facts.subject !== undefined) map.set(field.subject, shortened(facts.subject, most));
  if (facts.post !== undefined) map.set(field.post, shortened(facts.post, most));
  if (facts.pages !== undefined) map.set(field.pages, facts.pages);
  if (facts.content !== undefined) map.set(field.content, bytesOfHex(facts.content).slice(0, digestBytes));
  return encodeCbor(map);
};

/** Seals the facts of a letter: the text that stands in the address of its QR. Long names give way until it fits; a letter is never without its seal. */
export const makeSeal = async (facts: SealFacts, keyId: Uint8Array, sign: SignEs256): Promise<string> => toBase32(await sign1(fittingPayload(facts), keyId, sign));

const fittingPayload = (facts: SealFacts): Uint8Array => {
  for (let most = longestText; most >= 8; most -= 8) {
    const payload = payloadOf(facts, most);
    if (payload.length <= longestPayload) return payload;
  }
  const { code, date, digest, content, pages, institution } = facts;
  return payloadOf({ code, date, ...(digest !== undefined && { digest }), ...(content !== undefined && { content }), ...(institution !== undefined && { institution: shortened(institution, 20) }), ...(pages !== undefined && { pages }) }, longestText);
};

/** Does a path segment try to be a seal? Codes are short. */
export const looksLikeSeal = (text: string): boolean => text.length > 60;

/** Reads the text of a seal, as hostile as paper is. */
export const readSeal = (text: string): Seal | { readonly damage: SealDamage } => {
  if (text.length > Math.ceil((sealLimits.bytes * 8) / 5)) return { damage: "too_large" };
  const bytes = fromBase32(text);
  if (bytes === undefined) return { damage: "not_a_seal" };
  try {
    const signed = readSign1(bytes, sealLimits);
    return { signed, facts: factsOf(decodeCbor(signed.payload, sealLimits)) };
  } catch (error) {
    if (error instanceof OtherAlgorithm) return { damage: "other_algorithm" };
    if (error instanceof NotCanonical) return { damage: "not_canonical" };
    throw error;
  }
};

const factsOf = (payload: Cbor): SealFacts => {
  if (!(payload instanceof Map)) throw new NotCanonical("a payload that is no map");
  const known = new Set<number>(Object.values(field));
  for (const key of payload.keys()) if (!known.has(key)) throw new NotCanonical("a field that no seal has"); // unread words would be words unsaid
  const text = (key: number): string | undefined => {
    const value: unknown = payload.get(key);
    if (value === undefined || typeof value === "string") return value;
    throw new NotCanonical("a field of another kind");
  };
  const count = (key: number): number | undefined => {
    const value: unknown = payload.get(key);
    if (value === undefined || (typeof value === "number" && value >= 0)) return value;
    throw new NotCanonical("a field of another kind");
  };
  const hash = (key: number): string | undefined => {
    const value: unknown = payload.get(key);
    if (value === undefined) return undefined;
    if (value instanceof Uint8Array && value.length === digestBytes) return hexOf(value);
    throw new NotCanonical("a digest of another length");
  };
  const [digest, content] = [hash(field.digest), hash(field.content)];
  const [code, day, number, institution, subject, post, pages] = [text(field.code), count(field.date), text(field.number), text(field.institution), text(field.subject), text(field.post), count(field.pages)];
  if (code === undefined || !/^[A-Z0-9]{6,32}$/.test(code) || day === undefined || day > 100_000) throw new NotCanonical("no letter is named");
  return {
    code, date: new Date(day * dayMs).toISOString().slice(0, 10),
    ...(digest !== undefined && { digest }), ...(content !== undefined && { content }), ...(number !== undefined && { number }), ...(institution !== undefined && { institution }),
    ...(subject !== undefined && { subject }), ...(post !== undefined && { post }), ...(pages !== undefined && { pages }),
  };
};

/** The seal in the address that a QR code carries, its host, and the seal's text; a link without seal has its code there. Small letters and capitals are one. */
export const addressParts = (scanned: string): { readonly host: string; readonly last: string } | undefined => {
  const found = /^https?:\/\/([a-z0-9.-]+(?::\d+)?)\/v\/([a-z0-9-]+)$/i.exec(scanned.trim());
  return found?.[1] === undefined || found[2] === undefined ? undefined : { host: found[1].toLowerCase(), last: found[2].toUpperCase() };
};

/** Is what a seal says of a text (perhaps cut with `…`) said of this very text? */
export const saysSame = (sealed: string | undefined, whole: string): boolean => sealed === undefined || sealed === whole || (sealed.endsWith("…") && whole.startsWith(sealed.slice(0, -1)));
