import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { signPdf } from "@lontar/pades";
import { exportPrivateKey, generateKey, importPrivateKey, issueCertificate, issueCrl, issueRoot, nodePort, nodeSigner, type CertificateAuthority } from "@lontar/pades/node";
import { z } from "zod";
import type { Source } from "../../kernel/ids.ts";
import { madeOnce } from "../../kernel/made-once.ts";
import type { IssuingProvider, KeyEnrolment } from "../provider.ts";
import { openKey, sealKey } from "../sealed-key.ts";

/** The name by which everyone sees that this is no certified provider. */
export const embeddedName = "Lontar CA Pengembangan";

const dayMs = 86_400_000;
const years = (count: number): number => count * 365 * dayMs;

const stored = z.object({ root: z.object({ certificate: z.base64(), key: z.base64() }), issuing: z.object({ certificate: z.base64(), key: z.base64() }) });
type Stored = z.output<typeof stored>;

const pem = (der: Uint8Array): string => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64").replaceAll(/(.{64})(?=.)/g, "$1\n")}\n-----END CERTIFICATE-----\n`;

const makeAuthorities = async (nowMs: number): Promise<Stored> => {
  const rootKey = generateKey("P-384");
  const span = { notBefore: new Date(nowMs - dayMs), notAfter: new Date(nowMs + years(20)) };
  const root = await issueRoot({ subject: { commonName: `${embeddedName} (akar)`, organisation: "Lontar", country: "ID" }, key: rootKey, ...span });
  const issuingKey = generateKey("P-256");
  const issuing = await issueCertificate(root, { profile: "issuing", subject: { commonName: embeddedName, organisation: "Lontar", country: "ID" }, key: issuingKey, notBefore: span.notBefore, notAfter: new Date(nowMs + years(10)) });
  const entry = (certificate: Uint8Array, key: Uint8Array) => ({ certificate: Buffer.from(certificate).toString("base64"), key: Buffer.from(key).toString("base64") });
  return { root: entry(root.certificate, exportPrivateKey(rootKey)), issuing: entry(issuing, exportPrivateKey(issuingKey)) };
};

/** Reads the CA of this installation, or makes it and lays its root beside it for people to look at. */
const loadAuthorities = async (folder: string, source: Source): Promise<Stored> => {
  const { value, isNew } = await madeOnce(join(folder, "development-ca.json"), async () => JSON.stringify(await makeAuthorities(Date.parse(source.now()))), (text) => stored.parse(JSON.parse(text)));
  if (isNew) await writeFile(join(folder, "development-root.pem"), pem(Buffer.from(value.root.certificate, "base64")));
  return value;
};

/**
 * The development CA: keys of people live in our database, each sealed under its owner's passphrase. It exists so that the whole path
 * can be tried without a certified provider; production mode refuses it.
 */
export const openEmbeddedProvider = async (options: { readonly folder: string; readonly source: Source; readonly mode: "demo" | "production" }): Promise<IssuingProvider> => {
  if (options.mode === "production") throw new Error("CA pengembangan tidak boleh dipakai dalam mode production: pasang penyelenggara sertifikat elektronik");
  const authorities = await loadAuthorities(options.folder, options.source);
  const root = Buffer.from(authorities.root.certificate, "base64");
  const issuing: CertificateAuthority = { certificate: Buffer.from(authorities.issuing.certificate, "base64"), privateKey: importPrivateKey(Buffer.from(authorities.issuing.key, "base64")) };
  const issue: KeyEnrolment["issue"] = async (person, secret, at) => {
    const key = generateKey("P-256");
    const serial = randomBytes(16);
    serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive and without leading zeros, RFC 5280 §4.1.2.2
    const atMs = Date.parse(at);
    const notAfter = new Date(atMs + years(2));
    const certificate = await issueCertificate(issuing, {
      profile: "person",
      subject: { commonName: person.name, organisation: person.organisation, title: person.title, serialNumber: person.id, country: "ID" },
      key, notBefore: new Date(atMs - 60_000), notAfter, serial,
    });
    const pkcs8 = Buffer.from(exportPrivateKey(key));
    const sealedKey = await sealKey(pkcs8, secret, certificate);
    pkcs8.fill(0);
    return { certificate, handle: sealedKey };
  };
  return {
    name: embeddedName,
    development: true,
    enrolment: { account: "new", issue },
    trust: [root],
    revocationList: (request) => issueCrl(issuing, request),
    roots: [{ name: `${embeddedName} (akar)`, pem: pem(root) }],
    sign: async (request) => {
      const pkcs8 = await openKey(request.handle, request.secret, request.certificate);
      if (pkcs8 === undefined) return { fault: { code: "WRONG_SECRET", retry: "safe" } };
      const signer = nodeSigner({ certificate: request.certificate, chain: [issuing.certificate], privateKey: importPrivateKey(pkcs8) });
      pkcs8.fill(0);
      return { signed: await signPdf(request.pdf, { signer, reason: request.reason, location: request.location, name: request.name, signedAt: new Date(request.at), port: nodePort }) };
    },
  };
};
