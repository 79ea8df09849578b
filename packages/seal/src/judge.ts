import { isSignedWith } from "./cose.ts";
import { addressParts, looksLikeSeal, readSeal, saysSame, type SealDamage, type SealFacts } from "./seal.ts";
import { hexOf } from "./hex.ts";
import type { Trusted, TrustedKey } from "./trust-list.ts";
import { hashOfCode, isWithdrawn } from "./withdrawn.ts";

/** Why a seal is not believed, from the paper alone. */
export type SealRefusal =
  | SealDamage
  /** The address leads elsewhere than where this installation verifies its letters. */
  | "other_host"
  /** No key of the list has this id: another installation's seal, an invented key, or one newer than the list. */
  | "unknown_key"
  | "bad_signature"
  /** The key seals for another institution than the one that the seal names. */
  | "wrong_institution"
  /** The letter's date lies outside the days in which the key was used. */
  | "outside_validity"
  /** The key may have been in other hands when this was sealed. */
  | "key_compromised";

/** A seal whose key, time and institution are in order: it was made by that institution's key. */
export type GoodSeal = {
  readonly facts: SealFacts; readonly institution: string; readonly name: string; readonly keyId: string;
  /** Was its letter withdrawn when the list was signed? `undefined` when the list does not tell; what happened later no list tells. */
  readonly withdrawn: boolean | undefined;
};

/** What a seal is worth. `facts` are what a refused seal claims: to be shown, if at all, as the claim it is. */
export type SealVerdict = { readonly good: GoodSeal } | { readonly refused: SealRefusal; readonly facts?: SealFacts; readonly host?: string };

const dayMs = 86_400_000;
/** A letter's date is a day of its office, up to nine hours before the same day of Greenwich; a key begins and ends at an instant. */
const slackMs = dayMs;

/**
 * Judges what a QR code says, or the seal alone, against a list that the pinned authority signed. It asks nobody. A whole address must lead
 * to one of the list's hosts: whoever prints another beside a genuine seal means the reader to go there.
 */
export const judgeSeal = async (scanned: string, trusted: Trusted): Promise<SealVerdict> => {
  const address = addressParts(scanned);
  if (address === undefined && /^[a-z][a-z0-9+.-]*:/i.test(scanned.trim())) return { refused: "other_host" }; // an address, and not of the one form that ours have
  const verdict = await judgeText(address?.last ?? scanned.trim().toUpperCase(), trusted);
  if (address !== undefined && !trusted.hosts.includes(address.host)) return { refused: "other_host", host: address.host, ...("good" in verdict && { facts: verdict.good.facts }) };
  return verdict;
};

const judgeText = async (text: string, trusted: Trusted): Promise<SealVerdict> => {
  const seal = readSeal(text);
  if ("damage" in seal) return { refused: seal.damage };
  const { facts, signed } = seal;
  const keyId = hexOf(signed.keyId);
  const named = trusted.keys.filter((key) => key.keyId === keyId);
  if (named.length === 0) return { refused: "unknown_key", facts };
  const key = await makerOf(named, (candidate) => isSignedWith(signed, candidate.spki));
  if (key === undefined) return { refused: "bad_signature", facts };
  if (facts.institution !== undefined && facts.institution !== key.institution) return { refused: "wrong_institution", facts };
  const day = Date.parse(`${facts.date}T00:00:00Z`);
  if (day + slackMs < key.from || day - slackMs > key.until) return { refused: "outside_validity", facts };
  // The day of a leak is doubtful from its beginning: a seal says its day, not its hour.
  if (key.revokedSince !== null && day + dayMs > key.revokedSince) return { refused: "key_compromised", facts };
  return { good: { facts, institution: key.institution, name: key.name, keyId, withdrawn: trusted.withdrawn && isWithdrawn(trusted.withdrawn, await hashOfCode(facts.code)) } };
};

// Four bytes of an id may be shared; whose signature it is, the signature says.
const makerOf = async (keys: readonly TrustedKey[], signed: (key: TrustedKey) => Promise<boolean>): Promise<TrustedKey | undefined> => {
  for (const key of keys) if (await signed(key)) return key;
  return undefined;
};

/** What the register knows of the letter that a seal names. */
export type Recorded = { readonly seal: string | null; readonly number: string; readonly date: string; readonly subject: string | null; readonly post: string; readonly pages: number };

/** How a genuine seal stands to the register: every seal of ours is on record there, so one that is not was made with a stolen key. */
export type Registration = "recorded" | "not_recorded" | "differs";

/** Compares a seal with the register's letter of that code; `undefined` when there is none. */
export const compareSeal = (scanned: string, facts: SealFacts, recorded: Recorded | undefined): Registration => {
  if (recorded?.seal == null) return "not_recorded";
  const text = addressParts(scanned)?.last ?? scanned.trim().toUpperCase();
  if (recorded.seal !== text) return "differs";
  const agrees = recorded.date === facts.date && saysSame(facts.number, recorded.number) && (recorded.subject === null || saysSame(facts.subject, recorded.subject)) && saysSame(facts.post, recorded.post) && (facts.pages === undefined || facts.pages === recorded.pages);
  return agrees ? "recorded" : "differs";
};

/** A seal held against the register: the letter's own, of a text that was never signed, or why it is not believed. */
export type RegisteredSeal = { readonly word: "recorded" | "unsigned"; readonly code: string } | { readonly word: SealRefusal | Exclude<Registration, "recorded"> };

/**
 * Judges a seal where the register can be asked. Nothing is looked up for a forged one. A genuine one must also be the very seal that is on
 * record: every seal that an installation makes is, so one that is not was made elsewhere with its key. And what is on record cannot be a
 * thief's, so the days of a leak do not count against it.
 */
export const judgeRegistered = async (scanned: string, trusted: Trusted, recordOf: (code: string) => Promise<Recorded | "unsigned" | undefined>): Promise<RegisteredSeal> => {
  const verdict = await judgeSeal(scanned, trusted);
  const facts = "good" in verdict ? verdict.good.facts : verdict.facts;
  if ("refused" in verdict && (verdict.refused !== "key_compromised" || facts === undefined)) return { word: verdict.refused };
  if (facts === undefined) return { word: "not_a_seal" };
  const record = await recordOf(facts.code);
  if (record === "unsigned") return { word: "unsigned", code: facts.code };
  const registration = compareSeal(scanned, facts, record);
  if (registration === "recorded") return { word: "recorded", code: facts.code };
  return { word: "refused" in verdict ? verdict.refused : registration };
};

/** Which of the three questions a seal fails: are its words whole, is it that office's, had it the right to say so? */
export const sealAspect: Readonly<Record<SealRefusal | Exclude<Registration, "recorded">, "integrity" | "identity" | "authority">> = {
  too_large: "integrity", not_a_seal: "integrity", not_canonical: "integrity", other_algorithm: "integrity", other_host: "integrity", bad_signature: "integrity", differs: "integrity",
  unknown_key: "identity", key_compromised: "identity", wrong_institution: "authority", outside_validity: "authority", not_recorded: "authority",
};

/** Does a scanned or typed text carry a seal, or is it a plain code or link? */
export const carriesSeal = (scanned: string): boolean => looksLikeSeal(addressParts(scanned)?.last ?? scanned.trim());
