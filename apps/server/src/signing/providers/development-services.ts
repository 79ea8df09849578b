import { join } from "node:path";
import { createOcspResponder, createTsa, exportPrivateKey, generateKey, issueCertificate, issueCrl, localRevocationSource, statusAddresses, type CertificateStatus, type CrlRequest } from "@lontar/pades/node";
import type { RevocationSource, TimestampAuthority } from "@lontar/pades";
import { z } from "zod";
import { inInstallation, type Database } from "../../kernel/db.ts";
import type { Source } from "../../kernel/ids.ts";
import { withdrawalOf } from "../store.ts";
import type { Anchors } from "./anchors.ts";
import { authorityIn, developmentName, keyPair, kept, pem, readOrMake, replaceKeys, years, type DevelopmentCa } from "./development-ca.ts";

/** The policy under which the development authority stamps: of the arc for examples, so that nobody takes it for a certified one. */
export const developmentPolicy = "1.3.6.1.4.1.99999.3.1";

const dayMs = 86_400_000;
const ocspForMs = 7 * dayMs;
const crlForMs = 30 * dayMs;
const clockOffMs = 1000;

/** What the development CA does besides certifying people: stamps the time, and says which certificates stand. */
export type DevelopmentServices = {
  /** Answers a DER `TimeStampReq` with a DER `TimeStampResp` (RFC 3161). */
  readonly stamp: (request: Uint8Array) => Promise<Uint8Array>;
  /** Answers a DER `OCSPRequest` (RFC 6960). */
  readonly answer: (request: Uint8Array) => Promise<Uint8Array>;
  /** What the root has revoked: nothing, and so it says. */
  readonly crl: () => Promise<Uint8Array>;
  /** Signs a list of revoked certificates (RFC 5280 §5). */
  readonly revocationList: (request: CrlRequest) => Promise<Uint8Array>;
  readonly timestamps: TimestampAuthority;
  readonly anchors: Anchors;
  readonly revocation: RevocationSource;
};

/**
 * Opens the services of the development CA in this process. Each year has keys of its own, valid for three: the stamps of one year can be
 * judged while those of the next are made, and nothing is ever overwritten.
 */
export const openDevelopmentServices = async ({ root, issuing, folder, addresses }: DevelopmentCa, { db, source }: { readonly db: Database; readonly source: Source }): Promise<DevelopmentServices> => {
  const year = source.now().slice(0, 4);
  const now = (): Date => new Date(source.now());
  const path = join(folder, `development-services-${year}.json`);
  const issueFor = async (profile: "timestamp" | "ocsp", commonName: string, key = generateKey("P-256")) =>
    kept(await issueCertificate(issuing, { profile, subject: { commonName, organisation: "Lontar", country: "ID" }, key, ocspUrl: addresses.ocspUrl, notBefore: new Date(now().getTime() - 60_000), notAfter: new Date(now().getTime() + years(3)) }), exportPrivateKey(key));
  const names = { stamping: `${developmentName}: Stempel Waktu ${year}`, answering: `${developmentName}: Penjawab OCSP ${year}` };
  const made = await readOrMake(path, z.object({ stamping: keyPair, answering: keyPair }), async () => ({ stamping: await issueFor("timestamp", names.stamping), answering: await issueFor("ocsp", names.answering) }));
  // An installation from before has certificates without the address: the same keys are certified again.
  const isOld = statusAddresses(Buffer.from(made.keys.stamping.certificate, "base64")).ocsp === undefined;
  const keys = isOld ? { stamping: await issueFor("timestamp", names.stamping, authorityIn(made.keys.stamping).privateKey), answering: await issueFor("ocsp", names.answering, authorityIn(made.keys.answering).privateKey) } : made.keys;
  if (isOld) await replaceKeys(path, keys);
  const [stamping, answering] = [authorityIn(keys.stamping), authorityIn(keys.answering)];
  const tsa = createTsa({ ...stamping, chain: [issuing.certificate], policy: developmentPolicy, accuracyMs: clockOffMs });
  const responder = createOcspResponder({ ...answering, issuer: issuing.certificate, validForMs: ocspForMs, statusOf: (serialNumber) => statusOf(db, serialNumber) });
  const crl = (): Promise<Uint8Array> => issueCrl(root, { number: Math.floor(now().getTime() / 1000), thisUpdate: now(), nextUpdate: new Date(now().getTime() + crlForMs), revoked: [] });
  return {
    stamp: (request) => tsa.respond(request, now()),
    answer: (request) => responder.respond(request, now()),
    crl,
    revocationList: (request) => issueCrl(issuing, request),
    timestamps: { send: (request) => tsa.respond(request, now()), trust: [root.certificate] },
    anchors: { trust: [root.certificate], roots: [{ name: `${developmentName} (akar)`, pem: pem(root.certificate) }] },
    revocation: localRevocationSource([{ issuer: issuing.certificate, responder }, { issuer: root.certificate, crl }], now),
  };
};

/** What the register of certificates says; a serial number that no person has is one of the CA's own services. */
const statusOf = async (db: Database, serialNumber: Uint8Array): Promise<CertificateStatus> => {
  const found = await inInstallation(db, (tx) => withdrawalOf(tx, Buffer.from(serialNumber).toString("hex")));
  return found === undefined || found === null ? "good" : { revokedAt: new Date(found.at), reason: found.isLeak ? "keyCompromise" : "unspecified" };
};
