import { createPrivateKey, sign, type KeyObject } from "node:crypto";
import { join } from "node:path";
import { exportPrivateKey, generateKey, importPrivateKey, issueCertificate, issueCrl, issueRoot, nodePort, publicKeyInfo, type CertificateAuthority, type CrlRequest } from "@lontar/pades/node";
import { hexOf, keyIdOf, makeSeal, makeTrustList, readTrustList, type ListedKey, type SealFacts, type SignEs256, type Trusted } from "@lontar/seal";
import { z } from "zod";
import { tenantOf } from "../../access/index.ts";
import { systemActor } from "../../kernel/actor.ts";
import { inInstallation, inTenant, readTenant, type Database } from "../../kernel/db.ts";
import { localDate, type Id, type Source } from "../../kernel/ids.ts";
import { madeOnce } from "../../kernel/made-once.ts";
import type { Seal } from "../../kernel/seal.ts";
import { listedKeys, saveSealKey, usableKey, type UsableKey } from "./store.ts";

const dayMs = 86_400_000;

/** A key is valid for ninety days and seals for sixty of them: a letter that is frozen today is dated today, and signed some days later. */
export const sealKeyLife = { validMs: 90 * dayMs, sealsMs: 60 * dayMs } as const;

/** How long a signed list is handed out before it is signed anew. */
const listKeptMs = 60_000;

/** Sealing, as other modules use it. */
export type Sealing = {
  /** Seals the facts of one letter with the key of its government, whose code it adds; makes the key, or its successor, when it is time. */
  readonly seal: (tenantId: Id, facts: Omit<SealFacts, "institution">) => Promise<string>;
  /** The list of all seal keys, signed by the authority. */
  readonly trustList: () => Promise<Uint8Array>;
  /** The list of revoked seal keys as X.509 has it. */
  readonly revocationList: (request: CrlRequest) => Promise<Uint8Array>;
  /** What stands in it. */
  readonly listed: () => Promise<readonly ListedKey[]>;
  /** The same list as a verifier reads it. */
  readonly trusted: () => Promise<Trusted>;
  /** Certificate of the authority: what verifiers pin. */
  readonly anchor: Uint8Array;
};

const stored = z.object({ certificate: z.base64(), key: z.base64() });

/** The authority of this installation over its seal keys: whoever reads that file certifies seal keys in its name. */
const loadAuthority = async (folder: string, source: Source): Promise<CertificateAuthority> => {
  const make = async (): Promise<string> => {
    const key = generateKey("P-256");
    const now = Date.parse(source.now());
    const { certificate } = await issueRoot({ subject: { commonName: "Lontar, otoritas kunci segel", organisation: "Lontar", country: "ID" }, key, notBefore: new Date(now - dayMs), notAfter: new Date(now + 20 * 365 * dayMs) });
    return JSON.stringify({ certificate: Buffer.from(certificate).toString("base64"), key: Buffer.from(exportPrivateKey(key)).toString("base64") });
  };
  const { value } = await madeOnce(join(folder, "seal-authority.json"), make, (text) => stored.parse(JSON.parse(text)));
  return { certificate: new Uint8Array(Buffer.from(value.certificate, "base64")), privateKey: importPrivateKey(Buffer.from(value.key, "base64")) };
};

const es256 = (key: KeyObject): SignEs256 => async (message) => new Uint8Array(sign("sha256", message, { key, dsaEncoding: "ieee-p1363" }));

const bytesOf = (keyId: string): Uint8Array => new Uint8Array(Buffer.from(keyId, "hex"));

/** Opens sealing for all governments of this installation. */
export const openSealing = async (deps: { readonly db: Database; readonly source: Source; readonly seal: Seal; readonly keysFolder: string; readonly host: string }): Promise<Sealing> => {
  const { db, source } = deps;
  const authority = await loadAuthority(deps.keysFolder, source);
  let list: { readonly bytes: Promise<Uint8Array>; readonly untilMs: number } | undefined;

  const label = (tenantId: Id, id: Id): string => `seal-key/${tenantId}/${id}`;

  /** The certificate is issued outside the transaction that stores the key; a crash in between leaves a certificate of a key that nobody has. */
  const makeKey = async (tenantId: Id): Promise<UsableKey> => {
    const at = source.now();
    const tenant = await readTenant(db, tenantId, (tx) => tenantOf(tx, tenantId));
    const key = generateKey("P-256");
    const notBefore = new Date(at);
    const notAfter = new Date(Date.parse(at) + sealKeyLife.validMs);
    const certificate = await issueCertificate(authority, { profile: "seal", subject: { commonName: `Pemerintah ${tenant.name}`, organisation: tenant.name, serialNumber: tenant.region, country: "ID" }, key, notBefore, notAfter });
    const keyId = hexOf(await keyIdOf(publicKeyInfo(key)));
    const id = source.id();
    const pkcs8 = Buffer.from(exportPrivateKey(key));
    const sealed = deps.seal.close(label(tenantId, id), pkcs8);
    pkcs8.fill(0);
    const by = systemActor(tenantId, at, localDate(at, tenant.zone), tenant.zone, "segel/kunci");
    await inTenant(db, tenantId, (tx) => saveSealKey(tx, id, { keyId, certificate: Buffer.from(certificate).toString("base64"), institution: tenant.region, since: at, until: notAfter.toISOString() }, sealed, by));
    list = undefined;
    return { id, keyId, institution: tenant.region, since: at, sealed };
  };

  const keyFor = async (tenantId: Id): Promise<UsableKey> => {
    const now = source.now();
    const known = await readTenant(db, tenantId, (tx) => usableKey(tx, tenantId, now));
    return known !== undefined && Date.parse(now) - Date.parse(known.since) < sealKeyLife.sealsMs ? known : makeKey(tenantId);
  };

  const listed = async (): Promise<readonly ListedKey[]> =>
    (await inInstallation(db, listedKeys)).map((row) => ({ certificate: new Uint8Array(Buffer.from(row.certificate, "base64")), revokedSince: row.revoked_since === null ? null : Date.parse(row.revoked_since) }));

  const trustList = (): Promise<Uint8Array> => {
    const nowMs = Date.parse(source.now());
    if (list === undefined || list.untilMs <= nowMs) {
      const bytes = listed().then((keys) => makeTrustList({ issuedAt: nowMs, hosts: [deps.host], keys }, authority.certificate, es256(authority.privateKey)));
      bytes.catch(() => void (list = undefined)); // whoever waits for it is told; the next one tries again
      list = { bytes, untilMs: nowMs + listKeptMs };
    }
    return list.bytes;
  };

  return {
    anchor: authority.certificate,
    seal: async (tenantId, facts) => {
      const { id, keyId, institution, sealed } = await keyFor(tenantId);
      const pkcs8 = deps.seal.open(label(tenantId, id), sealed);
      const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
      pkcs8.fill(0);
      return makeSeal(facts.number === undefined ? facts : { ...facts, institution }, bytesOf(keyId), es256(key)); // a secret letter is named and no more
    },
    trustList,
    revocationList: (request) => issueCrl(authority, request),
    listed,
    trusted: async () => {
      const trusted = await readTrustList(await trustList(), authority.certificate, nodePort);
      if (trusted === undefined) throw new Error("broken assumption: the authority's own list is readable");
      return trusted;
    },
  };
};
