import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFiles, type SignedFile } from "./files.ts";
import { textOfPdf } from "../test/sample-pdf.ts";

/** One thing an independent program was asked, and what it said. */
export type OracleFinding = { readonly name: string; readonly ok: boolean; readonly detail: string };

/**
 * Signs files of every kind with every algorithm at every level, and lets poppler's `pdfsig`, `qpdf --check`, `mutool sign -v`,
 * OpenSSL's `cms`, `ts` and `ocsp`, pyHanko, EU DSS and veraPDF judge them: whichever of them are installed. A finding says which are not.
 */
export async function run(): Promise<OracleFinding[]> {
  const folder = await mkdtemp(join(tmpdir(), "pades-oracle-"));
  try {
    const made = await makeFiles(folder);
    const findings: OracleFinding[] = [];
    for (const [program, judge] of JUDGES) {
      const found = await judge({ ...made, folder });
      findings.push(...(found ?? [{ name: program, ok: true, detail: "not installed: not asked" }]));
    }
    return findings.map((finding) => ({ ...finding, name: `pades: ${finding.name}` }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Case = Awaited<ReturnType<typeof makeFiles>> & { readonly folder: string };

/** Asks one program about all files; nothing if it is not installed. */
type Judge = (asked: Case) => Promise<readonly OracleFinding[] | undefined>;

/** NSS, which poppler uses, and OpenSSL 3.0 do not verify Ed25519 in CMS. */
const withoutEd25519 = (files: readonly SignedFile[]): readonly SignedFile[] => files.filter(({ algorithm }) => algorithm !== "Ed25519");

const askPdfsig: Judge = async ({ files }) => {
  if ((await ask("pdfsig", ["-v"])) === undefined) return undefined;
  return each(withoutEd25519(files), async ({ name, path, signatures }) => {
    const said = (await ask("pdfsig", [path]))?.out ?? "";
    const valid = said.match(/Signature is Valid/g)?.length ?? 0;
    return { name: `pdfsig, ${name}`, ok: valid === signatures && /Total document signed|Not total document signed/.test(said), detail: `${valid} of ${signatures} valid` };
  });
};

const askQpdf: Judge = async ({ files }) => {
  if ((await ask("qpdf", ["--version"])) === undefined) return undefined;
  return each(files, async ({ name, path }) => {
    const said = await ask("qpdf", ["--check", path]);
    return { name: `qpdf --check, ${name}`, ok: said?.code === 0, detail: said?.code === 0 ? "no errors" : (said?.out ?? "") };
  });
};

/** MuPDF knows no anchors of ours; it is asked whether the digests hold. It does not read document time-stamps, nor Ed25519 and RSA-PSS. */
const askMutool: Judge = async ({ files }) => {
  if ((await ask("mutool", ["-v"])) === undefined) return undefined;
  return each(withoutEd25519(files).filter(({ algorithm }) => !algorithm.endsWith("PSS")), async ({ name, path, signatures }) => {
    const said = (await ask("mutool", ["sign", "-v", path]))?.out ?? "";
    const valid = said.match(/The signature is valid|no edits since signing|The document is unchanged since signing/gi)?.length ?? 0;
    return { name: `mutool sign -v, ${name}`, ok: valid >= signatures && !/digest (is )?(wrong|mismatch|failure)/i.test(said), detail: said.replaceAll(/\s+/g, " ").slice(0, 200) };
  });
};

/** OpenSSL verifies the last signature's CMS, or the last time-stamp's token, its chain included, over the bytes its ByteRange names. */
const askOpenssl: Judge = async ({ folder, files, root, at }) => {
  if ((await ask("openssl", ["version"])) === undefined) return undefined;
  const anchor = join(folder, "root.pem");
  await ask("openssl", ["x509", "-inform", "der", "-in", root, "-out", anchor]);
  return each(withoutEd25519(files), async ({ name, bytes, level, time }, k) => {
    const text = textOfPdf(bytes);
    const [, before = 0, after = 0, length = 0] = (/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/.exec(text.slice(text.lastIndexOf("/ByteRange"))) ?? []).slice(1).map(Number);
    const [cms, data] = [join(folder, `${k}.cms`), join(folder, `${k}.bin`)];
    await writeFile(cms, withoutPadding(Buffer.from(text.slice(before + 1, after - 1), "hex")));
    await writeFile(data, Buffer.concat([bytes.subarray(0, before), bytes.subarray(after, after + length)]));
    const isToken = level === "B-LTA" || level === "renewed";
    const when = ["-CAfile", anchor, "-attime", String((time ?? at).getTime() / 1000)];
    const said = isToken
      ? await ask("openssl", ["ts", "-verify", "-data", data, "-in", cms, "-token_in", ...when])
      : await ask("openssl", ["cms", "-verify", "-binary", "-inform", "der", "-in", cms, "-content", data, "-purpose", "any", "-out", join(folder, `${k}.out`), ...when]);
    return { name: `openssl ${isToken ? "ts" : "cms"} -verify, ${name}`, ok: said?.code === 0, detail: said?.code === 0 ? "verified" : (said?.out ?? "") };
  });
};

/** OpenSSL asks and judges the embedded responder's answers: a person, a time-stamp, a revoked one. */
const askOpensslOcsp: Judge = async ({ folder, ocsp, root }) => {
  if ((await ask("openssl", ["version"])) === undefined) return undefined;
  const issuer = join(folder, "issuer.pem");
  const anchor = join(folder, "ocsp-root.pem");
  await ask("openssl", ["x509", "-inform", "der", "-in", root, "-out", anchor]);
  await ask("openssl", ["x509", "-inform", "der", "-in", ocsp.issuer, "-out", issuer]);
  return each(ocsp.questions, async ({ name, certificate, expected }, k) => {
    const [pem, request, response] = ["pem", "req", "rsp"].map((end) => join(folder, `ocsp${k}.${end}`));
    if (pem === undefined || request === undefined || response === undefined) return { name, ok: false, detail: "" };
    await ask("openssl", ["x509", "-inform", "der", "-in", certificate, "-out", pem]);
    await ask("openssl", ["ocsp", "-issuer", issuer, "-cert", pem, "-reqout", request]);
    await writeFile(response, await ocsp.respond(new Uint8Array(await readFile(request))));
    const said = await ask("openssl", ["ocsp", "-issuer", issuer, "-cert", pem, "-respin", response, "-CAfile", anchor, "-reqin", request, "-no_nonce", "-attime", String(ocsp.at.getTime() / 1000), "-validity_period", "999999999"]);
    return { name: `openssl ocsp, ${name}`, ok: said !== undefined && /Response verify OK/.test(said.out) && said.out.includes(`: ${expected}`), detail: (said?.out ?? "").replaceAll(/\s+/g, " ").slice(0, 200) };
  });
};

const askPyhanko: Judge = async ({ files, root, at }) => {
  const has = await ask("python3", ["-c", "import pyhanko.sign.validation.ades"]);
  if (has?.code !== 0) return undefined;
  const asked = JSON.stringify({ root, files: files.map(({ path, level, time }) => ({ path, level, at: (time ?? at).toISOString().replace("Z", "+00:00") })) });
  const said = await ask("python3", [join(import.meta.dirname, "pyhanko_judge.py")], asked);
  const answers = new Map((said?.out ?? "").split("\n").flatMap((line) => {
    const match = /^\{"path": "([^"]+)", "problems": (\[.*\])\}$/.exec(line);
    return match?.[1] === undefined || match[2] === undefined ? [] : [[match[1], match[2]] as const];
  }));
  return files.map(({ name, path }) => ({ name: `pyHanko, ${name}`, ok: answers.get(path) === "[]", detail: (answers.get(path) ?? "no answer").slice(0, 300) }));
};

/** EU DSS, compiled on demand outside the tree; Maven fetches it at first use. It has to find the level, too. Its own policy does not know Ed25519. */
const askDss: Judge = async ({ folder, files, root, at }) => {
  if ((await ask("mvn", ["-v"])) === undefined || (await ask("javac", ["-version"])) === undefined) return undefined;
  const work = join(folder, "dss");
  await mkdir(work);
  await cp(join(import.meta.dirname, "dss"), work, { recursive: true });
  const fetched = await ask("mvn", ["-q", "-B", "-f", join(work, "pom.xml"), "dependency:build-classpath", `-Dmdep.outputFile=${join(work, "classpath")}`]);
  if (fetched?.code !== 0) return [{ name: "EU DSS", ok: true, detail: "could not be fetched: not asked" }];
  const classpath = `${(await readFile(join(work, "classpath"), "utf8")).trim()}:${work}`;
  const compiled = await ask("javac", ["-cp", classpath, "-d", work, join(work, "Judge.java")]);
  if (compiled?.code !== 0) return [{ name: "EU DSS", ok: false, detail: (compiled?.out ?? "").slice(0, 300) }];
  const said = await ask("java", ["-cp", classpath, "Judge", root, ...files.flatMap(({ path, time }) => [path, (time ?? at).toISOString()])]);
  const lines = (said?.out ?? "").split("\n").map((line) => line.split("\t"));
  return withoutEd25519(files).map(({ name, path, level }) => {
    const own = lines.filter(([each]) => each === path);
    const wanted = DSS_LEVELS.get(level) ?? "";
    // Below B-LT the document does not say whether certificates were revoked, and DSS leaves open what it then cannot know.
    const isOpen = level === "B-B" || level === "B-T";
    const isFine = ([, format, indication, sub]: readonly string[]): boolean => format === wanted && (indication === "TOTAL_PASSED" || (isOpen && indication === "INDETERMINATE" && UNKNOWN_REVOCATION.has(sub ?? "")));
    return { name: `EU DSS, ${name}`, ok: own.length > 0 && own.every(isFine), detail: own.map((parts) => parts.slice(1).join(" ")).join(" | ").slice(0, 300) };
  });
};

/** veraPDF on the letters that are PDF/A: signing, stamping and storing must not break what the renderer made. */
const askVerapdf: Judge = async ({ letters }) => {
  if ((await ask("verapdf", ["--version"])) === undefined) return undefined;
  return each(letters, async ({ name, path, flavour }) => {
    const said = await ask("verapdf", ["--flavour", flavour, "--format", "text", path]);
    return { name: `veraPDF ${flavour}, ${name}`, ok: said?.out.startsWith("PASS") === true, detail: (said?.out ?? "").slice(0, 200) };
  });
};

const JUDGES: readonly (readonly [program: string, judge: Judge])[] = [
  ["pdfsig", askPdfsig], ["qpdf", askQpdf], ["mutool", askMutool], ["openssl", askOpenssl], ["openssl ocsp", askOpensslOcsp], ["pyHanko", askPyhanko],
  ["EU DSS (mvn, javac)", askDss], ["veraPDF", askVerapdf],
];

const UNKNOWN_REVOCATION = new Set(["TRY_LATER", "CERTIFICATE_CHAIN_GENERAL_FAILURE"]);
const DSS_LEVELS: ReadonlyMap<string, string> = new Map([
  ["B-B", "PAdES-BASELINE-B"], ["B-T", "PAdES-BASELINE-T"], ["B-LT", "PAdES-BASELINE-LT"], ["B-LTA", "PAdES-BASELINE-LTA"], ["renewed", "PAdES-BASELINE-LTA"],
]);

/** The DER element at the start, without the zeros that fill its place. */
function withoutPadding(bytes: Buffer): Buffer {
  const sizeBytes = (bytes[1] ?? 0) & 0x7f;
  return bytes.subarray(0, 2 + sizeBytes + bytes.readUIntBE(2, sizeBytes));
}

/** A few at a time: each is a process. */
async function each<T>(items: readonly T[], answer: (item: T, at: number) => Promise<OracleFinding>): Promise<OracleFinding[]> {
  const findings: OracleFinding[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) findings.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map((item, k) => answer(item, at + k)))));
  return findings;
}

type Answer = { readonly code: number; readonly out: string };

/** Runs a program, telling it `input`; nothing if it is not installed. */
function ask(program: string, args: readonly string[], input = ""): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const child = execFile(program, [...args], { timeout: LONGEST_MS, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error !== null && error.code === "ENOENT") resolve(undefined);
      else resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : 1, out: `${stdout}${stderr}` });
    });
    child.stdin?.on("error", () => child.kill()); // it was not there to be told anything
    child.stdin?.end(input);
  });
}

const AT_ONCE = 4;
const LONGEST_MS = 600_000;
