import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { textOfPdf } from "../test/sample-pdf.ts";
import { ask, askJava, each } from "./ask.ts";
import type { Level, SignedFile } from "./files.ts";

/** What a judge says of one file: whether it agrees that the file is good, or why it cannot tell. */
export type Verdict = { readonly agrees: boolean; readonly detail: string } | { readonly cannot: string };

/** What is laid before the judges. */
export type Case = {
  readonly files: readonly SignedFile[];
  /** A folder with what DSS may know besides the files: anchors (.root), responses (.ocsp), lists (.crl). */
  readonly known: string;
  /** The anchor's file. */
  readonly root: string;
};

/** One judge: its name, and its verdict on each file in their order; or why it could not be asked at all. */
export type Judge = { readonly name: string; readonly judge: (asked: Case) => Promise<readonly Verdict[] | string> };

/** All of them. */
export const JUDGES: readonly Judge[] = [
  { name: "pdfsig", judge: askPdfsig }, { name: "qpdf", judge: askQpdf }, { name: "mutool", judge: askMutool }, { name: "openssl", judge: askOpenssl },
  { name: "pyHanko", judge: askPyhanko }, { name: "EU DSS", judge: askDss }, { name: "schema", judge: askSchema }, { name: "veraPDF", judge: askVerapdf },
];

/** Poppler's verdict on every signature; it says nothing of document time-stamps. */
async function askPdfsig({ files }: Case): Promise<readonly Verdict[] | string> {
  if ((await ask("pdfsig", ["-v"])) === undefined) return NOT_INSTALLED;
  return each(files, async ({ path, signatures, algorithm }) => {
    if (algorithm === "Ed25519") return { cannot: "NSS, which poppler uses, does not verify Ed25519 in CMS" };
    const said = (await ask("pdfsig", [path]))?.out ?? "";
    const valid = said.match(/Signature is Valid/g)?.length ?? 0;
    return { agrees: valid === signatures && /Total document signed|Not total document signed/.test(said), detail: `${valid} of ${signatures} valid` };
  });
}

/** The syntax alone. */
async function askQpdf({ files }: Case): Promise<readonly Verdict[] | string> {
  if ((await ask("qpdf", ["--version"])) === undefined) return NOT_INSTALLED;
  return each(files, async ({ path }) => {
    const said = await ask("qpdf", ["--check", path]);
    return { agrees: said?.code === 0, detail: (said?.out ?? "").replaceAll(/\s+/g, " ").slice(-200) };
  });
}

/** MuPDF knows no anchors of ours; it is asked whether the digests hold. It does not read document time-stamps. */
async function askMutool({ files }: Case): Promise<readonly Verdict[] | string> {
  if ((await ask("mutool", ["-v"])) === undefined) return NOT_INSTALLED;
  return each(files, async ({ path, signatures, algorithm }) => {
    if (algorithm === "Ed25519" || algorithm.endsWith("PSS")) return { cannot: "MuPDF verifies neither Ed25519 nor RSA-PSS" };
    const said = (await ask("mutool", ["sign", "-v", path]))?.out ?? "";
    const valid = said.match(/The signature is valid|no edits since signing|The document is unchanged since signing/gi)?.length ?? 0;
    return { agrees: valid >= signatures && !/digest (is )?(wrong|mismatch|failure)/i.test(said), detail: said.replaceAll(/\s+/g, " ").slice(0, 200) };
  });
}

/** OpenSSL verifies the last signature's CMS, or the last time-stamp's token, its chain included, over the bytes its ByteRange names. */
async function askOpenssl({ files, root }: Case): Promise<readonly Verdict[] | string> {
  if ((await ask("openssl", ["version"])) === undefined) return NOT_INSTALLED;
  const folder = await mkdtemp(join(dirname(root), "openssl-"));
  const anchor = join(folder, "root.pem");
  await ask("openssl", ["x509", "-inform", "der", "-in", root, "-out", anchor]);
  return each(files, async ({ bytes, level, at, algorithm }, k) => {
    const isToken = level === "B-LTA" || level === "renewed";
    if (algorithm === "Ed25519" && !isToken) return { cannot: "OpenSSL 3.0 does not verify Ed25519 in CMS" };
    const text = textOfPdf(bytes);
    const [, before = 0, after = 0, length = 0] = (/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/.exec(text.slice(text.lastIndexOf("/ByteRange"))) ?? []).slice(1).map(Number);
    const [cms, data] = [join(folder, `${k}.cms`), join(folder, `${k}.bin`)];
    await writeFile(cms, withoutPadding(Buffer.from(text.slice(before + 1, after - 1), "hex")));
    await writeFile(data, Buffer.concat([bytes.subarray(0, before), bytes.subarray(after, after + length)]));
    const when = ["-CAfile", anchor, "-attime", String(Math.floor(at.getTime() / 1000))];
    const said = isToken
      ? await ask("openssl", ["ts", "-verify", "-data", data, "-in", cms, "-token_in", ...when])
      : await ask("openssl", ["cms", "-verify", "-binary", "-inform", "der", "-in", cms, "-content", data, "-purpose", "any", "-out", join(folder, `${k}.out`), ...when]);
    return { agrees: said?.code === 0, detail: (said?.out ?? "").replaceAll(/\s+/g, " ").slice(0, 200) };
  });
}

/** The DER element at the start, without the zeros that fill its place. */
function withoutPadding(bytes: Buffer): Buffer {
  const sizeBytes = (bytes[1] ?? 0) & 0x7f;
  return bytes.subarray(0, 2 + sizeBytes + bytes.readUIntBE(2, sizeBytes));
}

/** pyHanko (pip), from B-LT on by the long-term algorithm of EN 319 102-1, offline. */
async function askPyhanko({ files, root }: Case): Promise<readonly Verdict[] | string> {
  const said = await pyhankoOn(files, root);
  if (typeof said === "string") return said;
  return files.map(({ path }) => {
    const problems = said.get(path) ?? ["no answer"];
    return { agrees: problems.length === 0, detail: problems.join("; ").slice(0, 300) };
  });
}

/** What pyHanko finds wrong, by path. Without a root only bytes, cryptography and history are asked about. */
export async function pyhankoOn(files: readonly Pick<SignedFile, "path" | "level" | "at">[], root: string | null): Promise<ReadonlyMap<string, readonly string[]> | string> {
  const has = await ask("python3", ["-c", "import pyhanko.sign.validation.ades"]);
  if (has?.code !== 0) return NOT_INSTALLED;
  const asked = JSON.stringify({ root, files: files.map(({ path, level, at }) => ({ path, level, at: at.toISOString().replace("Z", "+00:00") })) });
  const said = await ask("python3", [join(import.meta.dirname, "pyhanko_judge.py")], asked);
  return new Map((said?.out ?? "").split("\n").flatMap((line) => {
    const match = /^\{"path": "([^"]+)", "problems": (\[.*\])\}$/.exec(line);
    const problems: unknown = match?.[2] === undefined ? undefined : JSON.parse(match[2]);
    return match?.[1] === undefined || !Array.isArray(problems) ? [] : [[match[1], problems.map(String)] as const];
  }));
}

/** EU DSS (LGPL, fetched by Maven, never shipped). It has to find the level, too. */
async function askDss({ files, known }: Case): Promise<readonly Verdict[] | string> {
  const lines = await dssOn(files, known);
  if (typeof lines === "string") return lines;
  return files.map(({ path, level, algorithm }) => {
    const own = lines.filter((line) => line.path === path && line.kind !== "time-stamp");
    const detail = own.length === 0 ? "no answer" : own.map(({ kind, field, format, indication, sub, errors }) => [kind, field, format, indication, sub, errors].join(" ")).join(" | ").slice(0, 300);
    if (algorithm === "Ed25519" && own.every(({ sub, unsound }) => sub.startsWith("CRYPTO_CONSTRAINTS_FAILURE") && unsound === "")) return { cannot: "DSS finds the signature intact, but the policy that it brings along does not allow EdDSA" };
    return { agrees: own.length > 0 && own.every(({ kind, format, indication, unsound }) => kind === "signature" && format === DSS_LEVELS[level] && indication === "TOTAL_PASSED" && unsound === ""), detail };
  });
}

/** What DSS says of one signature or document time-stamp; `unsound` is what is wrong whoever signed. */
export type DssLine = { readonly path: string; readonly kind: string; readonly field: string; readonly format: string; readonly indication: string; readonly sub: string; readonly unsound: string; readonly errors: string };

/** What DSS says of all signatures and document time-stamps of the files. */
export async function dssOn(files: readonly Pick<SignedFile, "path" | "at">[], known: string): Promise<readonly DssLine[] | string> {
  const said = await askJava(join(import.meta.dirname, "dss", "Judge.java"), [known, ...files.flatMap(({ path, at }) => [path, at.toISOString()])]);
  if (typeof said === "string") return said;
  return said.out.split("\n").map((line) => {
    const [path = "", kind = "", field = "", format = "", indication = "", sub = "", unsound = "", errors = ""] = line.split("\t");
    return { path, kind, field, format, indication, sub, unsound, errors };
  });
}

/** The XML schema of ETSI TS 119 102-2, which DSS brings along, on our own report of each file; and of one that is out of order, which it has to refuse. */
async function askSchema({ files }: Case): Promise<readonly Verdict[] | string> {
  const [first] = files;
  if (first === undefined) return [];
  const wrong = `${first.path}.wrong.xml`;
  await writeFile(wrong, (await readFile(first.report, "utf8")).replace(/(<SignatureIdentifier.*<\/SignatureIdentifier>)(<ValidationConstraintsEvaluationReport>)/, "$2$1"));
  const said = await askJava(join(import.meta.dirname, "dss", "Schema.java"), [wrong, ...files.map(({ report }) => report)]);
  if (typeof said === "string") return said;
  const breaks = new Map(said.out.split("\n").flatMap((line) => (line.includes("\t") ? [[line.slice(0, line.indexOf("\t")), line.slice(line.indexOf("\t") + 1)] as const] : [])));
  if ((breaks.get(wrong) ?? "") === "") return files.map(() => ({ agrees: false, detail: "the schema finds nothing wrong with a report that is out of order" }));
  return files.map(({ report }) => ({ agrees: breaks.get(report) === "", detail: (breaks.get(report) ?? said.out).slice(0, 300) }));
}

/** veraPDF on what claims to be PDF/A: signing, stamping and storing must not break what the renderer made. */
async function askVerapdf({ files }: Case): Promise<readonly Verdict[] | string> {
  const said = await askJava(join(import.meta.dirname, "../../naskah/oracles/verapdf/Judge.java"), files.flatMap(({ path, flavour }) => (flavour === undefined ? [] : [path, flavour])));
  if (typeof said === "string") return said;
  const lines = said.out.split("\n").map((line) => line.split("\t"));
  return files.map(({ path, flavour }) => {
    if (flavour === undefined) return { cannot: "a sample that does not claim to be PDF/A" };
    const [, , , isCompliant, failed = "no answer"] = lines.find(([mark, each]) => mark === "VERDICT" && each === path) ?? [];
    return { agrees: isCompliant === "true", detail: failed };
  });
}

const NOT_INSTALLED = "not installed";
const DSS_LEVELS: Readonly<Record<Level, string>> = { "B-B": "PAdES-BASELINE-B", "B-T": "PAdES-BASELINE-T", "B-LT": "PAdES-BASELINE-LT", "B-LTA": "PAdES-BASELINE-LTA", renewed: "PAdES-BASELINE-LTA" };
