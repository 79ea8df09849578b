import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { append, longTermTail, reportXml, signPdf, validate, validationData, type LongTermOptions, type Signer } from "../src/index.ts";
import { issueCrl, localTimestampAuthority, nodePort } from "../src/node.ts";
import { parseCertificate } from "../src/x509/certificate.ts";
import { NOW, testAuthority } from "../test/authority.ts";
import { forge, samplePdf, type XrefKind } from "../test/sample-pdf.ts";

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
  /** When it is to be judged. */
  readonly at: Date;
  /** What of PDF/A it claims to be. */
  readonly flavour?: string;
  /** Where our own report on it lies, as XML. */
  readonly report: string;
};

type Authority = Awaited<ReturnType<typeof testAuthority>>;

/**
 * Signs samples of every cross-reference kind with every algorithm at every level, twice each; once only, certified, and with a
 * locked field; and PDF/A letters at B-LTA.
 */
export async function makeFiles(folder: string) {
  const authority = await testAuthority();
  const { tsa, certificate: tsaCertificate } = await authority.stampWith({ notAfter: new Date("2034-01-01T00:00:00Z") });
  const longTerm = (at: Date): LongTermOptions => ({ trust: authority.trust, revocation: authority.revocation(at), at, port: nodePort, timestamps: localTimestampAuthority(tsa, () => at, authority.trust) });
  const { timestamps } = longTerm(NOW);
  const stored = async (pdf: Uint8Array): Promise<Uint8Array> => append(pdf, (await validationData(pdf, longTerm(NOW))) ?? new Uint8Array(0));
  const archived = async (pdf: Uint8Array, at = NOW): Promise<Uint8Array> => append(pdf, await longTermTail(pdf, longTerm(at)));
  const files: SignedFile[] = [];
  const keep = async (shape: string, file: Omit<SignedFile, "path" | "name" | "report">): Promise<void> => {
    const path = await written(folder, `${files.length}.pdf`, file.bytes);
    const ours = await validate(file.bytes, { trust: authority.trust, at: file.at, port: nodePort });
    if (ours.indication !== "TOTAL-PASSED") throw new Error(`we ourselves do not think that it is valid: ${file.level}, ${shape}, ${file.algorithm}`);
    files.push({ ...file, path, name: `${file.level}, ${shape}, ${file.algorithm}`, report: await written(folder, `${files.length}.xml`, Buffer.from(reportXml(ours, file.at))) });
  };
  const signers = new Map<string, Signer>();
  for (const options of [{ algorithm: "P-256" }, { algorithm: "P-384" }, { algorithm: "RSA-2048" }, { algorithm: "RSA-2048", pss: true }, { algorithm: "Ed25519" }] as const) {
    signers.set(`${options.algorithm}${"pss" in options ? "-PSS" : ""}`, await authority.certify(options));
  }
  const kinds = ["table", "stream", "objstm", "hybrid"] satisfies XrefKind[];

  for (const kind of kinds) {
    for (const [algorithm, signer] of signers) {
      const sample = samplePdf({ kind, form: "indirect", pages: 2, fields: [{ name: "Sekda", rect: "[100 100 250 160]" }] });
      const all = { algorithm, signatures: 2, at: NOW };
      const first = await signPdf(sample, { signer, port: nodePort, signedAt: NOW, fieldName: "Sekda", reason: "Persetujuan – final" });
      await keep(kind, { ...all, level: "B-B", bytes: await signPdf(first, { signer, port: nodePort, signedAt: NOW }) });
      const firstStamped = await signPdf(sample, { signer, port: nodePort, signedAt: NOW, timestamps, fieldName: "Sekda" });
      const stamped = await signPdf(firstStamped, { signer, port: nodePort, signedAt: NOW, timestamps });
      await keep(kind, { ...all, level: "B-T", bytes: stamped });
      await keep(kind, { ...all, level: "B-LT", bytes: await stored(stamped) });
      const archive = await archived(stamped);
      await keep(kind, { ...all, level: "B-LTA", bytes: archive });
      await keep(kind, { ...all, level: "renewed", bytes: await archived(archive, AFTER_EXPIRY), at: new Date(AFTER_EXPIRY.getTime() + 3_600_000) });
    }
  }

  const signer = await authority.certify();
  const once = { algorithm: "P-256", signatures: 1, at: NOW };
  const twice = { ...once, signatures: 2 };
  await keep("one signature", { ...once, level: "B-B", bytes: await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW }) });
  const one = await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW, timestamps });
  await keep("one signature", { ...once, level: "B-T", bytes: one });
  await keep("one signature", { ...once, level: "B-LT", bytes: await stored(one) });
  await keep("one signature", { ...once, level: "B-LTA", bytes: await archived(one) });
  for (const kind of kinds) {
    const certified = await signPdf(samplePdf({ kind }), { signer, port: nodePort, signedAt: NOW, timestamps, certify: 2 });
    await keep(`certified, ${kind}`, { ...twice, level: "B-LTA", bytes: await archived(await signPdf(certified, { signer, port: nodePort, signedAt: NOW, timestamps })) });
    const fields = [{ name: "Sekda", rect: "[0 0 0 0]", lock: "<< /Type /SigFieldLock /Action /Include /Fields [(Catatan)] >>" }, { name: "Bupati", rect: "[0 0 0 0]" }];
    const locking = await signPdf(samplePdf({ kind, form: "indirect", fields }), { signer, port: nodePort, signedAt: NOW, timestamps, fieldName: "Sekda" });
    await keep(`locked field, ${kind}`, { ...twice, level: "B-LTA", bytes: await archived(await signPdf(locking, { signer, port: nodePort, signedAt: NOW, timestamps, fieldName: "Bupati" })) });
  }
  for (const [standard, flavour] of [["a-2b", "2b"], ["a-2a", "2a"], ["a-3b", "3b"], ["a-4", "4"]] as const) {
    const pdf = new Uint8Array(NodeCompiler.create().pdf({ mainFileContent: LETTER }, { pdfStandard: standard }));
    await keep(`letter in PDF/${standard.toUpperCase()}`, { ...once, level: "B-LTA", flavour, bytes: await archived(await signPdf(pdf, { signer, port: nodePort, signedAt: NOW, timestamps })) });
  }

  const certificates = [...[...signers.values(), signer].map((each) => each.certificate), tsaCertificate];
  const known = await whatMayBeKnown(folder, authority, certificates);
  const reports = await reportsOnBadFiles(folder, authority, one);
  return { files, known, reports, root: await written(folder, "root.der", authority.root.certificate), ocsp: await ocspQuestions(folder, authority, tsaCertificate) };
}

/** For a judge that has to know of every certificate whether it was revoked, which files below B-LT do not say. */
async function whatMayBeKnown(folder: string, { root, issuing, revocation }: Authority, certificates: readonly Uint8Array[]): Promise<string> {
  const known = join(folder, "known");
  await mkdir(known);
  await written(known, "anchor.root", root.certificate);
  const source = revocation(NOW);
  const issuer = issuing.certificate;
  for (const [k, certificate] of certificates.entries()) await written(known, `${k}.ocsp`, (await source.ocsp({ certificate, issuer })) ?? new Uint8Array(0));
  await written(known, "root.crl", (await source.crl({ certificate: issuer, issuer: root.certificate })) ?? new Uint8Array(0));
  return known;
}

/** Our reports on what is not valid: their form is judged, too. */
async function reportsOnBadFiles(folder: string, authority: Authority, signed: Uint8Array): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const stranger = await (await testAuthority()).certify();
  const revoked = await authority.certify();
  const crl = await issueCrl(authority.issuing, { number: 1, thisUpdate: NOW, nextUpdate: AFTER_EXPIRY, revoked: [{ serialNumber: parseCertificate(revoked.certificate).serialNumber, revokedAt: new Date(NOW.getTime() - 1000), reason: "keyCompromise" }] });
  const bad = {
    "changed after signing": forge(signed, { objects: { 4: "<< /Length 0 >>\nstream\n\nendstream" } }),
    "a stranger's signature": await signPdf(signed, { signer: stranger, port: nodePort, signedAt: NOW, reason: "<b>&\u0001" }),
    "a revoked signer": await signPdf(samplePdf(), { signer: revoked, port: nodePort, signedAt: NOW }),
    "no signature": samplePdf(),
    "a broken structure": signed.subarray(0, signed.length - 40),
  };
  const reports: { readonly name: string; readonly path: string }[] = [];
  for (const [name, pdf] of Object.entries(bad)) {
    const report = await validate(pdf, { trust: authority.trust, at: NOW, port: nodePort, crls: [crl] });
    if (report.indication === "TOTAL-PASSED") throw new Error(`it passed: ${name}`);
    reports.push({ name: `${name} (${report.indication})`, path: await written(folder, `bad${reports.length}.xml`, Buffer.from(reportXml(report, NOW))) });
  }
  return reports;
}

async function ocspQuestions(folder: string, authority: Authority, tsaCertificate: Uint8Array) {
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
