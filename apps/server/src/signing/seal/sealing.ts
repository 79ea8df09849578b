import { createPrivateKey, sign, type KeyObject } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { signPdf } from "@lontar/pades";
import { exportPrivateKey, generateKey, issueCertificate, issueCrl, issueRoot, nodePort, nodeSigner, publicKeyInfo, type CertificateAuthority, type CrlRequest } from "@lontar/pades/node";
import { hexOf, keyIdOf, makeSeal, makeTrustList, readTrustList, withdrawnLetters, type SealFacts, type SignEs256, type Trusted, type TrustList } from "@lontar/seal";
import { tenantOf } from "../../access/index.ts";
import { systemActor } from "../../kernel/actor.ts";
import { inInstallation, inTenant, readTenant, type Database } from "../../kernel/db.ts";
import { localDate, type Id, type Source } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import { Refused } from "../../kernel/refusal.ts";
import type { Seal } from "../../kernel/seal.ts";
import { withdrawnHashes } from "../../letters/issued/index.ts";
import { authorityIn, kept, keyPair, pem, readOrMake, years } from "../providers/development-ca.ts";
import type { OfficeSeal } from "./office-seal.ts";
import { listedKeys, saveSealKey, usableKey, type UsableKey } from "./store.ts";

const dayMs = 86_400_000;

/** A key is valid for ninety days and seals for sixty of them: a letter that is frozen today is dated today, and signed some days later. */
export const sealKeyLife = { validMs: 90 * dayMs, sealsMs: 60 * dayMs } as const;

/** How long a signed list is handed out before it is signed anew: a letter that is withdrawn is in it after that. */
const listKeptMs = 5000;

/** Sealing, as other modules use it. */
export type Sealing = {
  /** Seals the facts of one letter with the key of its government, whose code it adds; makes the key, or its successor, when it is time. */
  readonly seal: (tenantId: Id, facts: Omit<SealFacts, "institution">) => Promise<string>;
  /** Seals a document that the office itself hands out, such as a copy of a record: PAdES B-B in the name of the government and of no person. */
  readonly sealPdf: (tenantId: Id, pdf: Uint8Array, reason: string) => Promise<Uint8Array>;
  /** The list of all seal keys and of the letters that were withdrawn, signed by the authority. */
  readonly trustList: () => Promise<Uint8Array>;
  /** The list of revoked seal keys as X.509 has it. */
  readonly revocationList: (request: CrlRequest) => Promise<Uint8Array>;
  /** What stands in it. */
  readonly listed: () => Promise<Required<Pick<TrustList, "keys" | "withdrawn">>>;
  /** The same list as a verifier reads it. */
  readonly trusted: () => Promise<Trusted>;
  /** Certificate of the authority: what verifiers pin. */
  readonly anchor: Uint8Array;
};

/** The authority of this installation over its seal keys: whoever reads that file certifies seal keys in its name. */
const loadAuthority = async (folder: string, source: Source): Promise<CertificateAuthority> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { keys } = await readOrMake(join(folder, "seal-authority.json"), keyPair, async () => {
    const key = generateKey("P-256");
    const now = Date.parse(source.now());
    const { certificate } = await issueRoot({ subject: { commonName: "Lontar, otoritas kunci segel", organisation: "Lontar", country: "ID" }, key, notBefore: new Date(now - dayMs), notAfter: new Date(now + years(20)) });
    return kept(certificate, exportPrivateKey(key));
  });
  const { certificate, privateKey } = authorityIn(keys);
  await writeFile(join(folder, sealRootFile), pem(certificate)); // beside it for people, and for `lontar verify`
  return { certificate: new Uint8Array(certificate), privateKey };
};

/** Where the certificate of that authority lies in the folder of keys. */
export const sealRootFile = "seal-root.pem";

const es256 = (key: KeyObject): SignEs256 => async (message) => new Uint8Array(sign("sha256", message, { key, dsaEncoding: "ieee-p1363" }));

const bytesOf = (keyId: string): Uint8Array => new Uint8Array(Buffer.from(keyId, "hex"));

/** Opens sealing for all governments of this installation. */
export const openSealing = async (deps: { readonly db: Database; readonly source: Source; readonly seal: Seal; readonly keysFolder: string; readonly host: string; /** Seals on tokens, for the governments that have them. */ readonly office?: OfficeSeal | undefined; readonly log?: Pick<Log, "warn"> }): Promise<Sealing> => {
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
    return { id, keyId, certificate: Buffer.from(certificate).toString("base64"), institution: tenant.region, since: at, sealed };
  };

  const keyFor = async (tenantId: Id): Promise<UsableKey> => {
    const now = source.now();
    const known = await readTenant(db, tenantId, (tx) => usableKey(tx, tenantId, now));
    return known !== undefined && Date.parse(now) - Date.parse(known.since) < sealKeyLife.sealsMs ? known : makeKey(tenantId);
  };

  const opened = (tenantId: Id, { id, sealed }: UsableKey): KeyObject => {
    const pkcs8 = deps.seal.open(label(tenantId, id), sealed);
    const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
    pkcs8.fill(0);
    return key;
  };

  const listed: Sealing["listed"] = () =>
    inInstallation(db, async (tx) => ({
      keys: (await listedKeys(tx)).map((row) => ({ certificate: new Uint8Array(Buffer.from(row.certificate, "base64")), revokedSince: row.revoked_since === null ? null : Date.parse(row.revoked_since) })),
      withdrawn: withdrawnLetters(await withdrawnHashes(tx)),
    }));

  const trustList = (): Promise<Uint8Array> => {
    const nowMs = Date.parse(source.now());
    if (list === undefined || list.untilMs <= nowMs) {
      const bytes = listed().then((told) => makeTrustList({ issuedAt: nowMs, hosts: [deps.host], ...told }, authority.certificate, es256(authority.privateKey)));
      bytes.catch(() => void (list = undefined)); // whoever waits for it is told; the next one tries again
      list = { bytes, untilMs: nowMs + listKeptMs };
    }
    return list.bytes;
  };

  return {
    anchor: authority.certificate,
    seal: async (tenantId, facts) => {
      const usable = await keyFor(tenantId);
      return makeSeal(facts.number === undefined ? facts : { ...facts, institution: usable.institution }, bytesOf(usable.keyId), es256(opened(tenantId, usable))); // a secret letter is named and no more
    },
    sealPdf: async (tenantId, pdf, reason) => {
      const { office, log } = deps;
      const tenant = await readTenant(db, tenantId, (tx) => tenantOf(tx, tenantId));
      if (office?.isFor(tenant.region) === true) {
        // Never by another key instead: who looks for the office's own seal must not find the installation's.
        const answer = await office.seal(tenant.region, { pdf, government: `Pemerintah ${tenant.name}`, reason, at: source.now() });
        if ("signed" in answer) return answer.signed;
        log?.warn({ government: tenant.name, code: answer.fault.code, vendor: answer.fault.vendor }, "the office's seal on its token cannot be used");
        throw new Refused("seal_unavailable");
      }
      const usable = await keyFor(tenantId);
      const signer = nodeSigner({ certificate: new Uint8Array(Buffer.from(usable.certificate, "base64")), chain: [authority.certificate], privateKey: opened(tenantId, usable) });
      return signPdf(pdf, { signer, reason, signedAt: new Date(source.now()), port: nodePort });
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
