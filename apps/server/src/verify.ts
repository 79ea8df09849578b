import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkDocumentProof, cosignatureScheme, ed25519Scheme, parsePolicy, type DocumentEvidence, type DocumentProofRefusal, type Verdict } from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import { nodePort } from "@lontar/pades/node";
import { Unreadable } from "@lontar/pades";
import { exitCode, reportJson, validate, type Report } from "@lontar/pades/validate";

const words = { "TOTAL-PASSED": "SAH", "TOTAL-FAILED": "TIDAK SAH", INDETERMINATE: "BELUM DAPAT DIPASTIKAN", NO_SIGNATURE_FOUND: "TIDAK BERTANDA TANGAN" } as const;

const derOf = (bytes: Uint8Array): Uint8Array => {
  const body = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/.exec(new TextDecoder("latin1").decode(bytes))?.[1];
  return body === undefined ? bytes : Buffer.from(body, "base64");
};

/** What the proof beside a file came to. */
type Proved = Verdict<DocumentEvidence, DocumentProofRefusal | "malformed_policy">;

/** Judges the proof of these very bytes by a policy; asks nobody. */
const proveFile = async (bytes: Uint8Array, proof: string, policyText: string): Promise<Proved> => {
  const policy = parsePolicy(policyText);
  if ("refused" in policy) return { refused: "malformed_policy" };
  return checkDocumentProof(proof, createHash("sha256").update(bytes).digest("hex"), { policy: policy.value, schemes: [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)] });
};

const refusedWords: Readonly<Record<DocumentProofRefusal | "malformed_policy", string>> = {
  malformed_proof: "berkas bukti rusak", malformed_checkpoint: "kepala log rusak", malformed_note: "kepala log rusak", malformed_leaf: "bukti tidak menyebut peristiwanya", malformed_policy: "berkas kebijakan tidak dapat dibaca",
  bad_signature: "ada tanda tangan palsu pada kepala log", no_trusted_signature: "kepala log tidak ditandatangani siapa pun yang disebut kebijakan", unknown_log: "bukan log yang disebut kebijakan", no_quorum: "saksi kurang dari yang disyaratkan kebijakan",
  not_in_log: "peristiwa ini tidak ada dalam log", no_document: "peristiwa ini tidak menyebut berkas", another_document: "bukti ini milik berkas lain, atau berkas ini diubah",
};

const provedText = (proved: Proved): string =>
  "refused" in proved
    ? `bukti log: TIDAK SAH, ${refusedWords[proved.refused]} (${proved.refused})`
    : [`bukti log: SAH, daun ${proved.value.index} dari ${proved.value.checkpoint.size} di ${proved.value.checkpoint.origin}, waktu kantor ${proved.value.leaf.at}`, ...proved.value.witnesses.map(({ witness, time }) => `  disaksikan ${witness}: ${new Date(time * 1000).toISOString()}`), ...(proved.value.witnesses.length === 0 ? ["  tanpa saksi dari luar"] : [])].join("\n");

/**
 * Validates one file: exit code 0 valid, 1 not valid, 2 unreadable. Without `--trust` it believes the installation's own root. With `--proof`
 * and `--policy` the file must also stand in a log that enough witnesses have seen.
 */
export const verifyFile = async (args: readonly string[], dataFolder: string, say: (text: string) => void): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { trust: { type: "string", multiple: true, default: [] }, proof: { type: "string" }, policy: { type: "string" }, json: { type: "boolean", default: false } } });
  const [path] = positionals;
  if (path === undefined || (values.proof === undefined) !== (values.policy === undefined)) {
    say("lontar verify FILE.pdf [--trust CA.pem]… [--proof FILE.tlog-proof --policy POLICY] [--json]");
    return 2;
  }
  try {
    const trust = values.trust.length > 0 ? await Promise.all(values.trust.map(async (file) => derOf(await readFile(file)))) : await ownRoot(dataFolder);
    const bytes = await readFile(path);
    const report = await validate(bytes, { trust, port: nodePort });
    const proved = values.proof === undefined || values.policy === undefined ? undefined : await proveFile(bytes, await readFile(values.proof, "utf8"), await readFile(values.policy, "utf8"));
    say(values.json ? reportJson(report, proved === undefined ? {} : { proof: proved }) : [toText(report), ...(proved === undefined ? [] : ["", provedText(proved)])].join("\n"));
    // Otherwise a genuine letter looks doubtful only because the command was given in another folder.
    if (trust.length === 0 && report.signatures.length > 0 && !values.json) say(`\nTidak ada sertifikat CA di ${dataFolder}: sebutkan LONTAR_DATA instalasi yang menerbitkan, atau --trust CA.pem.`);
    return proved !== undefined && "refused" in proved ? 1 : exitCode(report);
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
