import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signPdf } from "../src/index.ts";
import { nodePort } from "../src/node.ts";
import { NOW, testAuthority } from "../test/authority.ts";
import { samplePdf, textOfPdf, type XrefKind } from "../test/sample-pdf.ts";

/** One thing an independent program was asked, and what it said. */
export type OracleFinding = { readonly name: string; readonly ok: boolean; readonly detail: string };

/**
 * Signs files of every kind with every algorithm, and lets poppler's `pdfsig`, `qpdf --check`, OpenSSL's `cms -verify` and
 * pyHanko judge them: whichever of them are installed. With none of the four there is one finding, not ok. Ed25519 is left
 * out: NSS and OpenSSL 3.0 do not verify it in CMS.
 */
export async function run(): Promise<OracleFinding[]> {
  const folder = await mkdtemp(join(tmpdir(), "pades-oracle-"));
  try {
    const { files, root } = await signEverything(folder);
    const findings = [...(await askPdfsig(files)), ...(await askQpdf(files)), ...(await askOpenssl(folder, files, root)), ...(await askPyhanko(files, root))];
    if (findings.length === 0) return [{ name: "pades: any other program", ok: false, detail: "none of pdfsig, qpdf, openssl and pyHanko is installed" }];
    return findings.map((finding) => ({ ...finding, name: `pades: ${finding.name}` }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type SignedFile = { readonly name: string; readonly path: string; readonly bytes: Uint8Array; readonly signatures: number };

async function signEverything(folder: string): Promise<{ readonly files: readonly SignedFile[]; readonly root: string }> {
  const authority = await testAuthority();
  const files: SignedFile[] = [];
  for (const kind of ["table", "stream", "objstm"] satisfies XrefKind[]) {
    for (const options of [{ algorithm: "P-256" }, { algorithm: "P-384" }, { algorithm: "RSA-2048" }, { algorithm: "RSA-2048", pss: true }] as const) {
      const signer = await authority.certify(options);
      const fields = [{ name: "Sekda", rect: "[100 100 250 160]" }];
      const first = await signPdf(samplePdf({ kind, fields, form: "indirect", pages: 2 }), { signer, port: nodePort, signedAt: NOW, fieldName: "Sekda", reason: "Persetujuan – final" });
      const bytes = await signPdf(first, { signer, port: nodePort, signedAt: NOW });
      const name = `${kind}, ${options.algorithm}${"pss" in options ? "-PSS" : ""}`;
      const path = join(folder, `${files.length}.pdf`);
      await writeFile(path, bytes);
      files.push({ name, path, bytes, signatures: 2 });
    }
  }
  const root = join(folder, "root.der");
  await writeFile(root, authority.root.certificate);
  return { files, root };
}

async function askPdfsig(files: readonly SignedFile[]): Promise<OracleFinding[]> {
  if ((await ask("pdfsig", ["-v"])) === undefined) return [];
  return Promise.all(files.map(async ({ name, path, signatures }) => {
    const said = (await ask("pdfsig", [path]))?.out ?? "";
    const valid = said.match(/Signature is Valid/g)?.length ?? 0;
    return { name: `pdfsig, ${name}`, ok: valid === signatures && /Total document signed/.test(said), detail: `${valid} of ${signatures} valid` };
  }));
}

async function askQpdf(files: readonly SignedFile[]): Promise<OracleFinding[]> {
  if ((await ask("qpdf", ["--version"])) === undefined) return [];
  return Promise.all(files.map(async ({ name, path }) => {
    const said = await ask("qpdf", ["--check", path]);
    return { name: `qpdf --check, ${name}`, ok: said?.code === 0, detail: said?.code === 0 ? "no errors" : (said?.out ?? "") };
  }));
}

/** OpenSSL verifies the last signature's CMS, its chain included, over the bytes its ByteRange names. */
async function askOpenssl(folder: string, files: readonly SignedFile[], root: string): Promise<OracleFinding[]> {
  if ((await ask("openssl", ["version"])) === undefined) return [];
  const anchor = join(folder, "root.pem");
  await ask("openssl", ["x509", "-inform", "der", "-in", root, "-out", anchor]);
  return Promise.all(files.map(async ({ name, bytes }, at) => {
    const text = textOfPdf(bytes);
    const [, before = 0, after = 0, length = 0] = (/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/.exec(text.slice(text.lastIndexOf("/ByteRange"))) ?? []).slice(1).map(Number);
    const [cms, data] = [join(folder, `${at}.cms`), join(folder, `${at}.bin`)];
    await writeFile(cms, Buffer.from(text.slice(before + 1, after - 1), "hex"));
    await writeFile(data, Buffer.concat([bytes.subarray(0, before), bytes.subarray(after, after + length)]));
    const said = await ask("openssl", ["cms", "-verify", "-binary", "-inform", "der", "-in", cms, "-content", data, "-CAfile", anchor, "-purpose", "any", "-attime", String(NOW.getTime() / 1000), "-out", join(folder, `${at}.out`)]);
    return { name: `openssl cms -verify, ${name}`, ok: said?.code === 0, detail: said?.code === 0 ? "verified" : (said?.out ?? "") };
  }));
}

async function askPyhanko(files: readonly SignedFile[], root: string): Promise<OracleFinding[]> {
  const has = await ask("python3", ["-c", "import pyhanko.cli"]);
  if (has?.code !== 0) return [];
  return Promise.all(files.map(async ({ name, path }) => {
    const said = await ask("python3", ["-m", "pyhanko", "sign", "validate", "--no-revocation-check", "--trust", root, path]);
    const sound = said?.out.match(/INTACT:TRUSTED/g)?.length ?? 0;
    return { name: `pyHanko, ${name}`, ok: sound >= 2, detail: (said?.out ?? "").trim().slice(0, 200) };
  }));
}

type Answer = { readonly code: number; readonly out: string };

/** Runs a program; nothing if it is not installed. */
function ask(program: string, args: readonly string[]): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: 60_000, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      if (error !== null && error.code === "ENOENT") resolve(undefined);
      else resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : 1, out: `${stdout}${stderr}` });
    });
  });
}
