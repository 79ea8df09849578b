import { isSignedWith } from "./cose.ts";
import { addressParts, looksLikeSeal, readSeal, saysSame, type SealDamage, type SealFacts } from "./seal.ts";
import { hexOf, type Trusted, type TrustedKey } from "./trust-list.ts";

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

/** A seal whose key, time and institution are in order: it was made by that institution's key. Whether the letter is still in force is not said by paper. */
export type GoodSeal = { readonly facts: SealFacts; readonly institution: string; readonly name: string; readonly keyId: string };

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
  return { good: { facts, institution: key.institution, name: key.name, keyId } };
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

/** Which of the three questions a seal fails: are its words whole, is it that office's, had it the right to say so? */
export const sealAspect: Readonly<Record<SealRefusal | Exclude<Registration, "recorded">, "integrity" | "identity" | "authority">> = {
  too_large: "integrity", not_a_seal: "integrity", not_canonical: "integrity", other_algorithm: "integrity", other_host: "integrity", bad_signature: "integrity", differs: "integrity",
  unknown_key: "identity", key_compromised: "identity", wrong_institution: "authority", outside_validity: "authority", not_recorded: "authority",
};

/** Does a scanned or typed text carry a seal, or is it a plain code or link? */
export const carriesSeal = (scanned: string): boolean => looksLikeSeal(addressParts(scanned)?.last ?? scanned.trim());
