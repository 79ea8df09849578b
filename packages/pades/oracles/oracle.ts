import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, askJava, each } from "./ask.ts";
import { compareVerdicts } from "./conformance.ts";
import { makeFiles } from "./files.ts";
import { JUDGES } from "./judges.ts";

/**
 * One thing an independent program was asked, and what it said; `ok` is undefined if it could not tell, and `detail` says why. What has a `row` and
 * a `column` is shown in a table.
 */
export type OracleFinding = { readonly name: string; readonly ok: boolean | undefined; readonly detail: string; readonly row?: string; readonly column?: string };

/**
 * Signs files of every kind with every algorithm at every level, and lets poppler's `pdfsig`, `qpdf --check`, `mutool sign -v`,
 * OpenSSL's `cms`, `ts` and `ocsp`, pyHanko, EU DSS and veraPDF judge them, and the XML schema our reports: whichever of them are there.
 */
export async function run(): Promise<OracleFinding[]> {
  const folder = await mkdtemp(join(tmpdir(), "pades-oracle-"));
  try {
    const made = await makeFiles(folder);
    const findings: OracleFinding[] = [];
    for (const { name: column, judge } of JUDGES) {
      const verdicts = await judge(made);
      findings.push(...made.files.map(({ name: row }, k): OracleFinding => {
        const verdict = typeof verdicts === "string" ? { cannot: verdicts } : (verdicts[k] ?? { cannot: "no answer" });
        const told = { name: `${column}, ${row}`, row, column };
        return "cannot" in verdict ? { ...told, ok: undefined, detail: verdict.cannot } : { ...told, ok: verdict.agrees, detail: verdict.detail };
      }));
    }
    findings.push(...(await askOpensslOcsp(folder, made)), ...(await askSchemaOnBad(made)), ...(await compareVerdicts(made.known)));
    return findings.map((finding) => ({ ...finding, name: `pades: ${finding.name}` }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Made = Awaited<ReturnType<typeof makeFiles>>;

/** OpenSSL asks and judges the embedded responder's answers: a person, a time-stamp, a revoked one. */
async function askOpensslOcsp(folder: string, { ocsp, root }: Made): Promise<readonly OracleFinding[]> {
  if ((await ask("openssl", ["version"])) === undefined) return [{ name: "openssl ocsp", ok: undefined, detail: "not installed" }];
  const issuer = join(folder, "issuer.pem");
  const anchor = join(folder, "ocsp-root.pem");
  await ask("openssl", ["x509", "-inform", "der", "-in", root, "-out", anchor]);
  await ask("openssl", ["x509", "-inform", "der", "-in", ocsp.issuer, "-out", issuer]);
  return each(ocsp.questions, async ({ name, certificate, expected }, k) => {
    const [pem, request, response] = [join(folder, `ocsp${k}.pem`), join(folder, `ocsp${k}.req`), join(folder, `ocsp${k}.rsp`)];
    await ask("openssl", ["x509", "-inform", "der", "-in", certificate, "-out", pem]);
    await ask("openssl", ["ocsp", "-issuer", issuer, "-cert", pem, "-reqout", request]);
    await writeFile(response, await ocsp.respond(new Uint8Array(await readFile(request))));
    const said = await ask("openssl", ["ocsp", "-issuer", issuer, "-cert", pem, "-respin", response, "-CAfile", anchor, "-reqin", request, "-no_nonce", "-attime", String(ocsp.at.getTime() / 1000), "-validity_period", "999999999"]);
    return { name: `openssl ocsp, ${name}`, ok: said !== undefined && /Response verify OK/.test(said.out) && said.out.includes(`: ${expected}`), detail: (said?.out ?? "").replaceAll(/\s+/g, " ").slice(0, 200) };
  });
}

/** The schema of ETSI TS 119 102-2 on our reports about what is not valid. */
async function askSchemaOnBad({ reports }: Made): Promise<readonly OracleFinding[]> {
  const said = await askJava(join(import.meta.dirname, "dss", "Schema.java"), reports.map(({ path }) => path));
  if (typeof said === "string") return [{ name: "schema, reports on what is not valid", ok: undefined, detail: said }];
  return reports.map(({ name, path }) => {
    const line = said.out.split("\n").find((each) => each.startsWith(`${path}\t`));
    return { name: `schema, report on ${name}`, ok: line === `${path}\t`, detail: line?.slice(path.length + 1) ?? "no answer" };
  });
}
