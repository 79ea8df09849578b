import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { changeSentence, checkSentence, documentSentence, unreadableSentence } from "@lontar/contract";
import { checkDocumentProof, cosignatureScheme, ed25519Scheme, parsePolicy, type DocumentEvidence, type DocumentProofRefusal, type Verdict } from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import { nodePort } from "@lontar/pades/node";
import { Unreadable } from "@lontar/pades";
import { exitCode, reportJson, validate, type Report } from "@lontar/pades/validate";
import { looksLikeStory, verifyStory } from "./verify-story.ts";

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

/** What the proof beside a file came to. */
type Proved = Verdict<DocumentEvidence, DocumentProofRefusal | "malformed_policy">;

/** Judges the proof of these very bytes by a policy; asks nobody. */
const proveFile = async (bytes: Uint8Array, proof: string, policyText: string): Promise<Proved> => {
  const policy = parsePolicy(policyText);
  if ("refused" in policy) return { refused: "malformed_policy" };
  return checkDocumentProof(proof, createHash("sha256").update(bytes).digest("hex"), { policy: policy.value, schemes: [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)] });
};

const proofWords = {
  id: {
    invalid: (why: string): string => `bukti log: TIDAK SAH, ${why}`, valid: (index: number, size: number, origin: string, at: string): string => `bukti log: SAH, daun ${index} dari ${size} di ${origin}, waktu kantor ${at}`, seen: "disaksikan", unseen: "tanpa saksi dari luar",
    refused: {
      malformed_proof: "berkas bukti rusak", malformed_checkpoint: "kepala log rusak", malformed_note: "kepala log rusak", malformed_leaf: "bukti tidak menyebut peristiwanya", malformed_policy: "berkas kebijakan tidak dapat dibaca",
      bad_signature: "ada tanda tangan palsu pada kepala log", no_trusted_signature: "kepala log tidak ditandatangani siapa pun yang disebut kebijakan", unknown_log: "bukan log yang disebut kebijakan", no_quorum: "saksi kurang dari yang disyaratkan kebijakan",
      not_in_log: "peristiwa ini tidak ada dalam log", no_document: "peristiwa ini tidak menyebut berkas", another_document: "bukti ini milik berkas lain, atau berkas ini diubah",
    },
  },
  en: {
    invalid: (why: string): string => `proof of the log: NOT VALID, ${why}`, valid: (index: number, size: number, origin: string, at: string): string => `proof of the log: VALID, leaf ${index} of ${size} in ${origin}, time of the office ${at}`, seen: "witnessed by", unseen: "without a witness from outside",
    refused: {
      malformed_proof: "the proof file is damaged", malformed_checkpoint: "the head of the log is damaged", malformed_note: "the head of the log is damaged", malformed_leaf: "the proof does not name its event", malformed_policy: "the policy file cannot be read",
      bad_signature: "a signature on the head of the log is forged", no_trusted_signature: "nobody named by the policy signed the head of the log", unknown_log: "not a log that the policy names", no_quorum: "fewer witnesses than the policy asks for",
      not_in_log: "this event is not in the log", no_document: "this event names no file", another_document: "this proof is of another file, or the file was changed",
    },
  },
} as const satisfies Record<Language, { readonly refused: Record<DocumentProofRefusal | "malformed_policy", string> } & Record<string, unknown>>;

const provedText = (proved: Proved, language: Language): string => {
  const told = proofWords[language];
  if ("refused" in proved) return told.invalid(`${told.refused[proved.refused]} (${proved.refused})`);
  const { index, checkpoint, leaf, witnesses } = proved.value;
  return [told.valid(index, checkpoint.size, checkpoint.origin, leaf.at), ...witnesses.map(({ witness, time }) => `  ${told.seen} ${witness}: ${new Date(time * 1000).toISOString()}`), ...(witnesses.length === 0 ? [`  ${told.unseen}`] : [])].join("\n");
};

/**
 * Validates one file: exit code 0 valid, 1 not valid, 2 unreadable. Without `--trust` it believes the installation's own roots. With `--proof`
 * and `--policy` the file must also stand in a log that enough witnesses have seen. A copy of a letter's story (JSON) needs the policy alone.
 */
export const verifyFile = async (args: readonly string[], dataFolder: string, say: (text: string) => void): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { trust: { type: "string", multiple: true, default: [] }, proof: { type: "string" }, policy: { type: "string" }, json: { type: "boolean", default: false }, lang: { type: "string", default: "id" } } });
  const [path] = positionals;
  const usage = (): number => (say("lontar verify FILE.pdf [--trust CA.pem]… [--proof FILE.tlog-proof --policy POLICY] [--json] [--lang id|en]\nlontar verify STORY.json --policy POLICY [--json] [--lang id|en]"), 2);
  if (path === undefined || (values.proof !== undefined && values.policy === undefined) || (values.lang !== "id" && values.lang !== "en")) return usage();
  const language: Language = values.lang;
  const told = words[language];
  try {
    const trust = values.trust.length > 0 ? await Promise.all(values.trust.map(async (file) => derOf(await readFile(file)))) : await ownRoots(dataFolder);
    const bytes = await readFile(path);
    if (looksLikeStory(bytes)) return values.policy === undefined ? usage() : await verifyStory(bytes, await readFile(values.policy, "utf8"), { json: values.json, language }, say);
    if ((values.proof === undefined) !== (values.policy === undefined)) return usage();
    const report = await validate(bytes, { trust, port: nodePort });
    const proved = values.proof === undefined || values.policy === undefined ? undefined : await proveFile(bytes, await readFile(values.proof, "utf8"), await readFile(values.policy, "utf8"));
    say(values.json ? reportJson(report, proved === undefined ? {} : { proof: proved }) : [toText(report, language), ...(proved === undefined ? [] : ["", provedText(proved, language)])].join("\n"));
    // Otherwise a genuine letter looks doubtful only because the command was given in another folder.
    if (trust.length === 0 && report.signatures.length > 0 && !values.json) say(`\n${told.noRoot(dataFolder)}`);
    return proved !== undefined && "refused" in proved ? 1 : exitCode(report);
  } catch (error) {
    const opening = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
    const reason = error instanceof Unreadable ? unreadableSentence(language, error) : opening === undefined ? undefined : told.unopened(opening);
    if (reason === undefined) throw error;
    say(values.json ? JSON.stringify({ indication: "UNREADABLE", reason: error instanceof Unreadable ? error.message : reason }) : `${told.unreadable}: ${reason}`);
    return 2;
  }
};

/** Roots that this installation made itself: of signers in demo mode, and of its seals. */
const ownRoots = async (dataFolder: string): Promise<readonly Uint8Array[]> => {
  const found = await Promise.all(["development-root.pem", "seal-root.pem"].map(async (name) => {
    try {
      return [derOf(await readFile(join(dataFolder, "keys", name)))];
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    }
  }));
  return found.flat();
};

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
