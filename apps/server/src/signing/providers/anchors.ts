import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { SigningProvider } from "../provider.ts";

/** The roots under which a provider's signatures are believed, for the validator and for people. */
export type Anchors = Pick<SigningProvider, "trust" | "roots">;

const certificatePattern = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Reads roots from a PEM file that whoever runs the installation has put there; nothing is trusted by default. */
export const readAnchors = async (path: string, variable: "SIGNER_TRUST" | "TSA_TRUST"): Promise<Anchors> => {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Error(`${variable}: berkas ${path} tidak dapat dibaca`, { cause });
  });
  const certificates = (text.match(certificatePattern) ?? []).map((pem) => new X509Certificate(pem));
  if (certificates.length === 0) throw new Error(`${variable}: ${path} tidak berisi sertifikat PEM`);
  const unfit = certificates.find((certificate) => !certificate.ca);
  if (unfit !== undefined) throw new Error(`${variable}: ${unfit.subject.replaceAll("\n", ", ")} bukan sertifikat CA`);
  return { trust: certificates.map((certificate) => certificate.raw), roots: certificates.map((certificate) => ({ name: commonName(certificate.subject), pem: certificate.toString() })) };
};

/** The common name in a subject as Node prints it, one attribute a line; the whole where there is none. */
export const commonName = (subject: string): string => subject.split("\n").find((line) => line.startsWith("CN="))?.slice(3) ?? subject.replaceAll("\n", ", ");
