import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { changeSentence, checkSentence, documentSentence, unreadableSentence } from "@lontar/contract";
import { nodePort } from "@lontar/pades/node";
import { Unreadable } from "@lontar/pades";
import { exitCode, validate, type Report } from "@lontar/pades/validate";

type Language = "id" | "en";

const words = {
  id: {
    verdict: { "TOTAL-PASSED": "SAH", "TOTAL-FAILED": "TIDAK SAH", INDETERMINATE: "BELUM DAPAT DIPASTIKAN", NO_SIGNATURE_FOUND: "TIDAK BERTANDA TANGAN" },
    document: "dokumen", signer: "penanda tangan", claimed: "waktu menurut penanda tangan", later: (revision: number): string => `ditambahkan sesudahnya (revisi ${revision})`,
    noRoot: (folder: string): string => `Tidak ada sertifikat CA di ${folder}: sebutkan LONTAR_DATA instalasi yang menerbitkan, atau --trust CA.pem.`,
    unopened: (code: string): string => `berkas tidak dapat dibuka (${code})`, unreadable: "TIDAK TERBACA",
  },
  en: {
    verdict: { "TOTAL-PASSED": "VALID", "TOTAL-FAILED": "NOT VALID", INDETERMINATE: "CANNOT BE DECIDED", NO_SIGNATURE_FOUND: "NOT SIGNED" },
    document: "document", signer: "signer", claimed: "time by the signer", later: (revision: number): string => `added later (revision ${revision})`,
    noRoot: (folder: string): string => `There is no CA certificate in ${folder}: name the LONTAR_DATA of the issuing installation, or --trust CA.pem.`,
    unopened: (code: string): string => `the file cannot be opened (${code})`, unreadable: "UNREADABLE",
  },
} as const;

const derOf = (bytes: Uint8Array): Uint8Array => {
  const body = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/.exec(new TextDecoder("latin1").decode(bytes))?.[1];
  return body === undefined ? bytes : Buffer.from(body, "base64");
};

/** Validates one file: exit code 0 valid, 1 not valid, 2 unreadable. Without `--trust` it believes the installation's own root. */
export const verifyFile = async (args: readonly string[], dataFolder: string, say: (text: string) => void): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { trust: { type: "string", multiple: true, default: [] }, json: { type: "boolean", default: false }, lang: { type: "string", default: "id" } } });
  const [path] = positionals;
  if (path === undefined || (values.lang !== "id" && values.lang !== "en")) {
    say("lontar verify FILE.pdf [--trust CA.pem]… [--json] [--lang id|en]");
    return 2;
  }
  const language: Language = values.lang;
  const told = words[language];
  try {
    const trust = values.trust.length > 0 ? await Promise.all(values.trust.map(async (file) => derOf(await readFile(file)))) : await ownRoot(dataFolder);
    const report = await validate(await readFile(path), { trust, port: nodePort });
    say(values.json ? toJson(report) : toText(report, language));
    // Otherwise a genuine letter looks doubtful only because the command was given in another folder.
    if (trust.length === 0 && report.signatures.length > 0 && !values.json) say(`\n${told.noRoot(dataFolder)}`);
    return exitCode(report);
  } catch (error) {
    const opening = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
    const reason = error instanceof Unreadable ? unreadableSentence(language, error) : opening === undefined ? undefined : told.unopened(opening);
    if (reason === undefined) throw error;
    say(values.json ? JSON.stringify({ indication: "UNREADABLE", reason: error instanceof Unreadable ? error.message : reason }) : `${told.unreadable}: ${reason}`);
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

// Certificates as base64: JSON has no bytes.
const toJson = (report: Report): string => JSON.stringify(report, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value), 2);

/** A report in the sentences of one language; whoever wants the validator's own names and details asks for `--json`. */
const toText = (report: Report, language: Language): string =>
  [
    `${words[language].verdict[report.indication]}  (${report.indication})`,
    `${words[language].document}: ${documentSentence(language, report)}`,
    ...report.signatures.flatMap((signature) => [
      "",
      `${signature.field}: ${signature.indication}${signature.subIndication === undefined ? "" : ` / ${signature.subIndication}`}`,
      ...(signature.signer === undefined ? [] : [`  ${words[language].signer}: ${signature.signer.name}${signature.signer.title === undefined ? "" : `, ${signature.signer.title}`}${signature.signer.organisation === undefined ? "" : `, ${signature.signer.organisation}`}`]),
      ...(signature.claimedTime === undefined ? [] : [`  ${words[language].claimed}: ${signature.claimedTime.toISOString()}`]),
      ...signature.checks.map((check) => `  ${check.outcome === "passed" ? "✓" : check.outcome === "failed" ? "✗" : "?"} ${checkSentence(language, check)}${check.outcome === "passed" ? "" : ` (${[check.name, ...(check.sub === undefined ? [] : [check.sub])].join(", ")})`}`),
    ]),
    ...report.document.changesAfter.map((change) => `  ${words[language].later(change.revision)}: ${changeSentence(language, change)}`),
  ].join("\n");
