import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { nodePort } from "@lontar/pades/node";
import { Unreadable } from "@lontar/pades";
import { exitCode, reportJson, validate, type Report } from "@lontar/pades/validate";

const words = { "TOTAL-PASSED": "SAH", "TOTAL-FAILED": "TIDAK SAH", INDETERMINATE: "BELUM DAPAT DIPASTIKAN", NO_SIGNATURE_FOUND: "TIDAK BERTANDA TANGAN" } as const;

const derOf = (bytes: Uint8Array): Uint8Array => {
  const body = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/.exec(new TextDecoder("latin1").decode(bytes))?.[1];
  return body === undefined ? bytes : Buffer.from(body, "base64");
};

/** Validates one file: exit code 0 valid, 1 not valid, 2 unreadable. Without `--trust` it believes the installation's own root. */
export const verifyFile = async (args: readonly string[], dataFolder: string, say: (text: string) => void): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { trust: { type: "string", multiple: true, default: [] }, json: { type: "boolean", default: false } } });
  const [path] = positionals;
  if (path === undefined) {
    say("lontar verify FILE.pdf [--trust CA.pem]… [--json]");
    return 2;
  }
  try {
    const trust = values.trust.length > 0 ? await Promise.all(values.trust.map(async (file) => derOf(await readFile(file)))) : await ownRoot(dataFolder);
    const report = await validate(await readFile(path), { trust, port: nodePort });
    say(values.json ? reportJson(report) : toText(report));
    // Otherwise a genuine letter looks doubtful only because the command was given in another folder.
    if (trust.length === 0 && report.signatures.length > 0 && !values.json) say(`\nTidak ada sertifikat CA di ${dataFolder}: sebutkan LONTAR_DATA instalasi yang menerbitkan, atau --trust CA.pem.`);
    return exitCode(report);
  } catch (error) {
    const reason = error instanceof Unreadable ? error.message : error instanceof Error && "code" in error && typeof error.code === "string" ? `berkas tidak dapat dibuka (${error.code})` : undefined;
    if (reason === undefined) throw error;
    say(values.json ? JSON.stringify({ indication: "UNREADABLE", reason }) : `TIDAK TERBACA: ${reason}`);
    return 2;
  }
};

const ownRoot = async (dataFolder: string): Promise<readonly Uint8Array[]> => {
  try {
    return [derOf(await readFile(join(dataFolder, "keys", "development-root.pem")))];
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
};

const toText = (report: Report): string =>
  [
    `${words[report.indication]}  (${report.indication})`,
    `dokumen: ${report.document.detail}`,
    ...report.signatures.flatMap((signature) => [
      "",
      `${signature.field}: ${signature.indication}${signature.subIndication === undefined ? "" : ` / ${signature.subIndication}`}`,
      ...(signature.signer === undefined ? [] : [`  penanda tangan: ${signature.signer.name}${signature.signer.title === undefined ? "" : `, ${signature.signer.title}`}${signature.signer.organisation === undefined ? "" : `, ${signature.signer.organisation}`}`]),
      ...(signature.claimedTime === undefined ? [] : [`  waktu menurut penanda tangan: ${signature.claimedTime.toISOString()}`]),
      ...signature.checks.map((check) => `  ${check.outcome === "passed" ? "✓" : check.outcome === "failed" ? "✗" : "?"} ${check.name}: ${check.detail}`),
    ]),
    ...report.document.changesAfter.map((change) => `  perubahan sesudahnya (revisi ${change.revision}): ${change.kind}, ${change.detail}`),
  ].join("\n");
