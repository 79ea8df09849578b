import { browserPort } from "@lontar/pades/browser";
import { addressParts, carriesSeal, judgeSeal, readTrustList, type SealVerdict, type Trusted } from "@lontar/seal";
import type { ResultOf } from "../kernel/api.ts";
import { deviceMemory, type Memory } from "../kernel/memory.ts";
import { call } from "../kernel/server.ts";
import { meantByCode, type Meant } from "./same-letter.ts";

type Listed = ResultOf<"open.sealTrust">;

/** What this browser found out about a QR code by itself. `keys` is the list it was judged by; without one nothing could be said. */
export type SealCheck = { readonly verdict: SealVerdict; readonly keys: Trusted } | { readonly verdict: undefined; readonly keys: undefined };

/** What comes next after a scan: the register's own page, or what this browser alone can say. */
export type Scanned = { readonly page: string } | { readonly told: SealCheck };

/** Where the list of seal keys comes from: this site now, or what this browser remembers of it. */
export type SealSource = { readonly list: () => Promise<Listed | undefined>; readonly memory: Memory; /** Can the register be asked now? */ readonly isReachable: () => Promise<boolean> };

const remembered = "lontar.seal-keys";

const ownSite: SealSource = {
  list: () => call("open.sealTrust").catch(() => undefined /* offline: what is remembered decides */),
  memory: deviceMemory,
  isReachable: () => call("open.health").then(() => true, () => false),
};

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** The seal keys that this browser believes; it keeps them for when there is no network. */
export const sealKeys = async (source: SealSource = ownSite): Promise<Trusted | undefined> => {
  const listed = await source.list();
  if (listed !== undefined) source.memory.write(remembered, JSON.stringify(listed));
  const known = listed ?? parsed(source.memory.read(remembered));
  return known === undefined ? undefined : readTrustList(bytesOf(known.list), bytesOf(known.anchor), browserPort);
};

const parsed = (text: string | null): Listed | undefined => {
  const value: unknown = text === null ? undefined : JSON.parse(text);
  return typeof value === "object" && value !== null && "anchor" in value && "list" in value && typeof value.anchor === "string" && typeof value.list === "string" ? { anchor: value.anchor, list: value.list } : undefined;
};

/** Judges the text of a QR code in this browser, without asking the register. */
export const checkSeal = async (scanned: string, source: SealSource = ownSite): Promise<SealCheck> => {
  const keys = await sealKeys(source);
  return keys === undefined ? { verdict: undefined, keys } : { verdict: await judgeSeal(scanned, keys), keys };
};

/** The letter that a scanned or typed text names: by a seal that this browser finds genuine, or by its code. */
export const meantBy = async (text: string, source: SealSource = ownSite): Promise<Meant | undefined> => {
  if (!carriesSeal(text)) return meantByCode(text);
  const { verdict } = await checkSeal(text, source);
  return verdict !== undefined && "good" in verdict ? { ...verdict.good.facts, withdrawn: verdict.good.withdrawn } : undefined;
};

// Of these the register knows more than the list that is kept here: a newer key, or that this very seal is on record.
const registerKnowsMore: ReadonlySet<string> = new Set(["unknown_key", "key_compromised"]);

/**
 * What to do with a scanned text. A forged seal, and an address that leads elsewhere, are told here and never opened; everything else is for
 * the register's page, or without a network for this browser.
 */
export const afterScan = async (scanned: string, source: SealSource = ownSite): Promise<Scanned> => {
  const last = addressParts(scanned)?.last ?? scanned.trim().toUpperCase();
  const check = await checkSeal(scanned, source);
  const { verdict } = check;
  const isForged = verdict !== undefined && "refused" in verdict && !registerKnowsMore.has(verdict.refused) && (carriesSeal(scanned) || verdict.refused === "other_host");
  if (!isForged && (await source.isReachable())) return { page: `/v/${encodeURIComponent(last)}` };
  return { told: check };
};
