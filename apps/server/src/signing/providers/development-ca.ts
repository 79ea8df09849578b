import { randomBytes, X509Certificate } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exportPrivateKey, generateKey, importPrivateKey, issueCertificate, issueRoot, statusAddresses, type CertificateAuthority } from "@lontar/pades/node";
import { z } from "zod";
import type { Source } from "../../kernel/ids.ts";

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

/** Reads a file of keys, or makes it. Two nodes that start at once agree: whoever links the file first has made it. */
export const readOrMake = async <Shape extends z.ZodObject>(path: string, shape: Shape, make: () => Promise<z.output<Shape>>): Promise<{ readonly keys: z.output<Shape>; readonly isNew: boolean }> => {
  const read = async (): Promise<z.output<Shape> | undefined> => {
    try {
      return shape.parse(JSON.parse(await readFile(path, "utf8")));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw new Error(`cannot read the keys in ${path}`, { cause: error });
    }
  };
  const known = await read();
  if (known !== undefined) return { keys: known, isNew: false };
  const temporary = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(temporary, JSON.stringify(await make()), { mode: 0o600, flag: "wx" });
  try {
    await link(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  const made = await read();
  if (made === undefined) throw new Error(`the keys in ${path} vanished`);
  return { keys: made, isNew: true };
};

/** Puts other keys in a file that is there: whole, or not at all. */
export const replaceKeys = async (path: string, keys: unknown): Promise<void> => {
  const temporary = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(temporary, JSON.stringify(keys), { mode: 0o600, flag: "wx" });
  await rename(temporary, path);
};

/** The development CA of this installation: a root, and the authority under it that certifies people and services. */
export type DevelopmentCa = {
  readonly root: CertificateAuthority;
  readonly issuing: CertificateAuthority;
  readonly folder: string;
  /** Where certificates say that their status is answered: a validator that finds no address in one does not look for the answer that lies beside it. */
  readonly addresses: { readonly ocspUrl: string; readonly crlUrl: string };
  /** Whether its issuing certificate has just been made anew, because the old one had no such address. */
  readonly isMended: boolean;
};

/** Opens the development CA, or makes it; production mode refuses it. */
export const openDevelopmentCa = async ({ folder, source, mode, publicUrl = "http://localhost:8080" }: { readonly folder: string; readonly source: Source; readonly mode: "demo" | "production"; readonly publicUrl?: string }): Promise<DevelopmentCa> => {
  if (mode === "production") throw new Error("CA pengembangan tidak boleh dipakai dalam mode production: pasang penyelenggara sertifikat elektronik");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const nowMs = Date.parse(source.now());
  const addresses = { ocspUrl: `${publicUrl}/ocsp`, crlUrl: `${publicUrl}/ca/root.crl` };
  const path = join(folder, "development-ca.json");
  const { keys, isNew } = await readOrMake(path, z.object({ root: pair, issuing: pair }), async () => {
    const rootKey = generateKey("P-384");
    const span = { notBefore: new Date(nowMs - dayMs), notAfter: new Date(nowMs + years(20)) };
    const root = await issueRoot({ subject: { commonName: `${developmentName} (akar)`, organisation: "Lontar", country: "ID" }, key: rootKey, ...span });
    const issuingKey = generateKey("P-256");
    const issuing = await issueCertificate(root, { profile: "issuing", subject: { commonName: developmentName, organisation: "Lontar", country: "ID" }, key: issuingKey, crlUrl: addresses.crlUrl, notBefore: span.notBefore, notAfter: new Date(nowMs + years(10)) });
    return { root: kept(root.certificate, exportPrivateKey(rootKey)), issuing: kept(issuing, exportPrivateKey(issuingKey)) };
  });
  const isMended = statusAddresses(Buffer.from(keys.issuing.certificate, "base64")).crl === undefined;
  const issuing = isMended ? await reissued(keys, addresses.crlUrl) : keys.issuing;
  if (isMended) await replaceKeys(path, { ...keys, issuing });
  const ca = { root: authorityIn(keys.root), issuing: authorityIn(issuing), folder, addresses, isMended };
  if (isNew) await writeFile(join(folder, "development-root.pem"), pem(ca.root.certificate));
  return ca;
};

/**
 * The issuing certificate of an installation from before lists of revoked certificates: the same name, key and time under the same root,
 * and the address of the list. What the old one certified is certified by this one too; letters carry the old one with them.
 */
const reissued = async ({ root, issuing }: { readonly root: Pair; readonly issuing: Pair }, crlUrl: string): Promise<Pair> => {
  const before = authorityIn(issuing);
  const { validFromDate, validToDate } = new X509Certificate(before.certificate);
  const certificate = await issueCertificate(authorityIn(root), { profile: "issuing", subject: { commonName: developmentName, organisation: "Lontar", country: "ID" }, key: before.privateKey, crlUrl, notBefore: validFromDate, notAfter: validToDate });
  return kept(certificate, exportPrivateKey(before.privateKey));
};

/** The pair of a certificate and its key, to be kept under a name of its own. */
export const keyPair = pair;
