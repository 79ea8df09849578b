import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { append, longTermTail, signPdf, validationData, type LongTermOptions } from "../src/index.ts";
import { localTimestampAuthority, nodePort } from "../src/node.ts";
import { parseCertificate } from "../src/x509/certificate.ts";
import { NOW, testAuthority } from "../test/authority.ts";
import { samplePdf, type XrefKind } from "../test/sample-pdf.ts";

/** The levels that files are made at; "renewed" is B-LTA whose signer has expired and whose time-stamp was renewed. */
export type Level = "B-B" | "B-T" | "B-LT" | "B-LTA" | "renewed";

/** A file to be judged. */
export type SignedFile = {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly algorithm: string;
  readonly level: Level;
  /** Signatures by people; document time-stamps are not counted. */
  readonly signatures: number;
  /** When it is to be judged, if not at the usual time. */
  readonly time?: Date;
};

/** Signs a sample of every cross-reference kind with every algorithm at every level, and PDF/A letters at B-LTA. */
export async function makeFiles(folder: string) {
  const authority = await testAuthority();
  const { tsa, certificate: tsaCertificate } = await authority.stampWith({ notAfter: new Date("2034-01-01T00:00:00Z") });
  const longTerm = (at: Date): LongTermOptions => ({ trust: authority.trust, revocation: authority.revocation(at), at, port: nodePort, timestamps: localTimestampAuthority(tsa, () => at, authority.trust) });
  const timestamps = longTerm(NOW).timestamps;
  const files: SignedFile[] = [];
  const keep = async (file: Omit<SignedFile, "path" | "signatures" | "name">, kind: string): Promise<void> => {
    const path = join(folder, `${files.length}.pdf`);
    await writeFile(path, file.bytes);
    files.push({ ...file, path, signatures: 2, name: `${file.level}, ${kind}, ${file.algorithm}` });
  };
  for (const kind of ["table", "stream", "objstm", "hybrid"] satisfies XrefKind[]) {
    for (const options of [{ algorithm: "P-256" }, { algorithm: "P-384" }, { algorithm: "RSA-2048" }, { algorithm: "RSA-2048", pss: true }, { algorithm: "Ed25519" }] as const) {
      const signer = await authority.certify(options);
      const algorithm = `${options.algorithm}${"pss" in options ? "-PSS" : ""}`;
      const sample = samplePdf({ kind, form: "indirect", pages: 2, fields: [{ name: "Sekda", rect: "[100 100 250 160]" }] });
      const first = await signPdf(sample, { signer, port: nodePort, signedAt: NOW, fieldName: "Sekda", reason: "Persetujuan – final" });
      await keep({ algorithm, level: "B-B", bytes: await signPdf(first, { signer, port: nodePort, signedAt: NOW }) }, kind);
      const firstStamped = await signPdf(sample, { signer, port: nodePort, signedAt: NOW, timestamps, fieldName: "Sekda" });
      const stamped = await signPdf(firstStamped, { signer, port: nodePort, signedAt: NOW, timestamps });
      await keep({ algorithm, level: "B-T", bytes: stamped }, kind);
      await keep({ algorithm, level: "B-LT", bytes: append(stamped, (await validationData(stamped, longTerm(NOW))) ?? new Uint8Array(0)) }, kind);
      const archived = append(stamped, await longTermTail(stamped, longTerm(NOW)));
      await keep({ algorithm, level: "B-LTA", bytes: archived }, kind);
      const renewed = append(archived, await longTermTail(archived, longTerm(AFTER_EXPIRY)));
      await keep({ algorithm, level: "renewed", bytes: renewed, time: new Date(AFTER_EXPIRY.getTime() + 3_600_000) }, kind);
    }
  }
  const letters = await signLetters(folder, await authority.certify(), longTerm(NOW));
  return { files, letters, at: NOW, root: await written(folder, "root.der", authority.root.certificate), ocsp: await ocspQuestions(folder, authority, tsaCertificate) };
}

/** What the product really signs: letters in PDF/A, rendered by Typst. */
async function signLetters(folder: string, signer: Awaited<ReturnType<Awaited<ReturnType<typeof testAuthority>>["certify"]>>, options: LongTermOptions) {
  const letters: { readonly name: string; readonly path: string; readonly flavour: string }[] = [];
  for (const [standard, flavour] of [["a-2b", "2b"], ["a-2a", "2a"], ["a-3b", "3b"], ["a-4", "4"]] as const) {
    const pdf = new Uint8Array(NodeCompiler.create().pdf({ mainFileContent: LETTER }, { pdfStandard: standard }));
    const signed = await signPdf(pdf, { signer, port: nodePort, signedAt: NOW, timestamps: options.timestamps });
    const archived = append(signed, await longTermTail(signed, options));
    letters.push({ name: "a letter at B-LTA", flavour, path: await written(folder, `letter-${flavour}.pdf`, archived) });
  }
  return letters;
}

async function ocspQuestions(folder: string, authority: Awaited<ReturnType<typeof testAuthority>>, tsaCertificate: Uint8Array) {
  const [person, revoked] = [await authority.certify(), await authority.certify()];
  authority.revoked.push({ serialNumber: parseCertificate(revoked.certificate).serialNumber, revokedAt: NOW, reason: "keyCompromise" });
  return {
    at: NOW,
    issuer: await written(folder, "issuing.der", authority.issuing.certificate),
    respond: (request: Uint8Array) => authority.responder.respond(request, NOW),
    questions: [
      { name: "a person", expected: "good", certificate: await written(folder, "person.der", person.certificate) },
      { name: "a time-stamping authority", expected: "good", certificate: await written(folder, "tsa.der", tsaCertificate) },
      { name: "a revoked person", expected: "revoked", certificate: await written(folder, "revoked.der", revoked.certificate) },
    ],
  };
}

async function written(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** Half a year after the people's certificates have expired. */
const AFTER_EXPIRY = new Date("2028-06-01T03:00:00Z");
const LETTER = '#set document(title: "Surat Tugas", date: datetime(year: 2026, month: 11, day: 24))\n#set text(lang: "id")\n= Surat Tugas\n#lorem(400)';
