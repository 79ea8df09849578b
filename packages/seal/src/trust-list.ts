import { certifiedBy, certifiedKey, type Port } from "@lontar/pades/validate";
import { decodeCbor, encodeCbor, NotCanonical, type Cbor } from "./cbor.ts";
import { isSignedWith, keyIdOf, OtherAlgorithm, readSign1, sign1, type SignEs256 } from "./cose.ts";
import { hexOf } from "./hex.ts";
import { isWithdrawnList, type WithdrawnLetters } from "./withdrawn.ts";

/** One seal key as the list names it. */
export type ListedKey = {
  /** X.509, DER: by the installation's authority, its subject the institution (`serialNumber` = its code). */
  readonly certificate: Uint8Array;
  /** From when on what this key sealed is not believed; `null` while nothing is known against it. Milliseconds. */
  readonly revokedSince: number | null;
};

/** What an installation says of its seal keys, signed by its authority. */
export type TrustList = {
  readonly issuedAt: number;
  /** Where its letters are verified, as people must see it in the address bar. */
  readonly hosts: readonly string[];
  readonly keys: readonly ListedKey[];
  /** Its letters that are no longer in force; absent in lists that do not tell. */
  readonly withdrawn?: WithdrawnLetters;
};

/** A key whose certificate was checked against the anchor. */
export type TrustedKey = { readonly keyId: string; readonly spki: Uint8Array; readonly institution: string; readonly name: string; readonly from: number; readonly until: number; readonly revokedSince: number | null };

/** A list that the pinned authority signed. */
export type Trusted = { readonly issuedAt: number; readonly hosts: readonly string[]; readonly keys: readonly TrustedKey[]; readonly withdrawn?: WithdrawnLetters };

/** A list holds some keys for each government of an installation, four a year, and some ten bytes for each letter that was withdrawn. */
export const trustLimits = { bytes: 2_000_000, depth: 6, items: 20_000 } as const;

const field = { version: 1, issuedAt: 2, hosts: 3, keys: 4, withdrawn: 5 } as const;
const keyField = { certificate: 1, revokedSince: 2 } as const;
const version = 1;

const second = 1000;

/** Signs the list with the key of the authority's certificate. */
export const makeTrustList = async (list: TrustList, anchor: Uint8Array, sign: SignEs256): Promise<Uint8Array> => {
  const keys = list.keys.map(({ certificate, revokedSince }) => new Map<number, Cbor>([[keyField.certificate, certificate], ...(revokedSince === null ? [] : [[keyField.revokedSince, Math.floor(revokedSince / second)] as const])]));
  const payload = encodeCbor(new Map<number, Cbor>([[field.version, version], [field.issuedAt, Math.floor(list.issuedAt / second)], [field.hosts, [...list.hosts]], [field.keys, keys], ...(list.withdrawn === undefined ? [] : [[field.withdrawn, list.withdrawn] as const])]));
  return sign1(payload, await keyIdOf(certifiedKey(anchor).spki), sign);
};

/** The list, if the pinned authority signed it; keys that it did not certify are left out. Nothing for anything else. */
export const readTrustList = async (bytes: Uint8Array, anchor: Uint8Array, port: Port): Promise<Trusted | undefined> => {
  try {
    const signed = readSign1(bytes, trustLimits);
    if (!(await isSignedWith(signed, certifiedKey(anchor).spki))) return undefined;
    return await trustedKeys(listOf(decodeCbor(signed.payload, trustLimits)), anchor, port);
  } catch (error) {
    if (error instanceof NotCanonical || error instanceof OtherAlgorithm) return undefined;
    throw error;
  }
};

/** The same for a list that is believed as it is, because it came with the anchor itself. Its keys are checked all the same. */
export const trustedKeys = async (list: TrustList, anchor: Uint8Array, port: Port): Promise<Trusted> => {
  const keys = await Promise.all(list.keys.map((key) => trustedKey(key, anchor, port)));
  return { issuedAt: list.issuedAt, hosts: list.hosts, keys: keys.filter((key) => key !== undefined), ...(list.withdrawn !== undefined && { withdrawn: list.withdrawn }) };
};

const trustedKey = async ({ certificate, revokedSince }: ListedKey, anchor: Uint8Array, port: Port): Promise<TrustedKey | undefined> => {
  const certified = await certifiedBy(certificate, anchor, port);
  if (certified === undefined) return undefined;
  const { subject, spki, notBefore, notAfter } = certified;
  const keyId = hexOf(await keyIdOf(spki));
  return { keyId, spki, institution: subject.serialNumber ?? "", name: subject.commonName ?? "", from: notBefore.getTime(), until: notAfter.getTime(), revokedSince };
};

const listOf = (payload: Cbor): TrustList => {
  if (!(payload instanceof Map) || payload.get(field.version) !== version) throw new NotCanonical("a list of another version");
  const issuedAt: unknown = payload.get(field.issuedAt);
  const hosts: unknown = payload.get(field.hosts);
  const keys: unknown = payload.get(field.keys);
  const withdrawn: unknown = payload.get(field.withdrawn);
  if (withdrawn !== undefined && !(withdrawn instanceof Uint8Array && isWithdrawnList(withdrawn))) throw new NotCanonical("not a list of withdrawn letters");
  if (typeof issuedAt !== "number" || !Array.isArray(hosts) || !hosts.every((host) => typeof host === "string") || !Array.isArray(keys)) throw new NotCanonical("not the parts of a list");
  return { issuedAt: issuedAt * second, hosts, keys: keys.map(listedKey), ...(withdrawn !== undefined && { withdrawn }) };
};

const listedKey = (entry: unknown): ListedKey => {
  const certificate: unknown = entry instanceof Map ? entry.get(keyField.certificate) : undefined;
  const revokedSince: unknown = entry instanceof Map ? entry.get(keyField.revokedSince) : undefined;
  if (!(certificate instanceof Uint8Array) || (revokedSince !== undefined && typeof revokedSince !== "number")) throw new NotCanonical("not the parts of a listed key");
  return { certificate, revokedSince: revokedSince === undefined ? null : revokedSince * second };
};
