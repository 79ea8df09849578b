import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exportPrivateKey, generateKey, importPrivateKey, issueCertificate, issueRoot, type CertificateAuthority } from "@lontar/pades/node";
import { z } from "zod";
import type { Source } from "../../kernel/ids.ts";
import { madeOnce } from "../../kernel/made-once.ts";

/** The name by which everyone sees that this is no certified provider. */
export const developmentName = "Lontar CA Pengembangan";

const dayMs = 86_400_000;

/** So many years, without their leap days. */
export const years = (count: number): number => count * 365 * dayMs;

const pair = z.object({ certificate: z.base64(), key: z.base64() });
type Pair = z.output<typeof pair>;

/** A certificate and its key as they lie in a file. */
export const kept = (certificate: Uint8Array, key: Uint8Array): Pair => ({ certificate: Buffer.from(certificate).toString("base64"), key: Buffer.from(key).toString("base64") });

/** The authority in such a pair. */
export const authorityIn = ({ certificate, key }: Pair): CertificateAuthority => ({ certificate: Buffer.from(certificate, "base64"), privateKey: importPrivateKey(Buffer.from(key, "base64")) });

/** A DER certificate in PEM. */
export const pem = (der: Uint8Array): string => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64").replaceAll(/(.{64})(?=.)/g, "$1\n")}\n-----END CERTIFICATE-----\n`;

/** Reads a file of keys, or makes it. */
export const readOrMake = async <Shape extends z.ZodObject>(path: string, shape: Shape, make: () => Promise<z.output<Shape>>): Promise<{ readonly keys: z.output<Shape>; readonly isNew: boolean }> => {
  const { value, isNew } = await madeOnce(path, async () => JSON.stringify(await make()), (text) => shape.parse(JSON.parse(text)));
  return { keys: value, isNew };
};

/** The development CA of this installation: a root, and the authority under it that certifies people and services. */
export type DevelopmentCa = {
  readonly root: CertificateAuthority;
  readonly issuing: CertificateAuthority;
  readonly folder: string;
  /** Where certificates say that their status is answered: a validator that finds no address in one does not look for the answer that lies beside it. */
  readonly addresses: { readonly ocspUrl: string; readonly crlUrl: string };
};

/** Opens the development CA, or makes it; production mode refuses it. */
export const openDevelopmentCa = async ({ folder, source, mode, publicUrl = "http://localhost:8080" }: { readonly folder: string; readonly source: Source; readonly mode: "demo" | "production"; readonly publicUrl?: string }): Promise<DevelopmentCa> => {
  if (mode === "production") throw new Error("CA pengembangan tidak boleh dipakai dalam mode production: pasang penyelenggara sertifikat elektronik");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const nowMs = Date.parse(source.now());
  const addresses = { ocspUrl: `${publicUrl}/ocsp`, crlUrl: `${publicUrl}/ca/root.crl` };
  const { keys, isNew } = await readOrMake(join(folder, "development-ca.json"), z.object({ root: pair, issuing: pair }), async () => {
    const rootKey = generateKey("P-384");
    const span = { notBefore: new Date(nowMs - dayMs), notAfter: new Date(nowMs + years(20)) };
    const root = await issueRoot({ subject: { commonName: `${developmentName} (akar)`, organisation: "Lontar", country: "ID" }, key: rootKey, ...span });
    const issuingKey = generateKey("P-256");
    const issuing = await issueCertificate(root, { profile: "issuing", subject: { commonName: developmentName, organisation: "Lontar", country: "ID" }, key: issuingKey, crlUrl: addresses.crlUrl, notBefore: span.notBefore, notAfter: new Date(nowMs + years(10)) });
    return { root: kept(root.certificate, exportPrivateKey(rootKey)), issuing: kept(issuing, exportPrivateKey(issuingKey)) };
  });
  const ca = { root: authorityIn(keys.root), issuing: authorityIn(keys.issuing), folder, addresses };
  if (isNew) await writeFile(join(folder, "development-root.pem"), pem(ca.root.certificate));
  return ca;
};

/** The pair of a certificate and its key, to be kept under a name of its own. */
export const keyPair = pair;
