import { utf8 } from "./bytes.ts";
import { decodeLeaf } from "./leaf.ts";
import type { Leaf } from "./leaf.ts";
import { checkLogProof, formatLogProof, parseLogProof } from "./log-proof.ts";
import type { LogEvidence, LogProof, LogProofRefusal, LogTrust } from "./log-proof.ts";
import type { Verdict } from "./verdict.ts";

/** What a proof establishes of a document: which act froze these very bytes, where it stands in the log, and who saw it when. */
export type DocumentEvidence = LogEvidence & { readonly leaf: Leaf };

/** Why a proof proves nothing of a document. */
export type DocumentProofRefusal = LogProofRefusal | "malformed_leaf" | "no_document" | "another_document";

/**
 * Writes the proof file that lies beside a document. The leaf travels in `extra`: nothing there is believed, but the proof says whether
 * it stands in the log, and the leaf says which document it is about.
 */
export function formatDocumentProof(leaf: string, proof: Omit<LogProof, "extra">): string {
  return formatLogProof({ ...proof, extra: utf8(leaf) });
}

/** Checks a proof file for a document by the lower-case hexadecimal SHA-256 of its bytes. Needs the policy and nothing else. */
export async function checkDocumentProof(file: string, sha256Hex: string, trust: LogTrust): Promise<Verdict<DocumentEvidence, DocumentProofRefusal>> {
  const parsed = parseLogProof(file);
  if ("refused" in parsed) return parsed;
  const record = parsed.value.extra;
  if (record === undefined) return { refused: "malformed_leaf" };
  const leaf = decodeLeaf(record);
  if ("refused" in leaf) return leaf;
  if (leaf.value.obj_sha256 === null) return { refused: "no_document" };
  if (leaf.value.obj_sha256 !== sha256Hex) return { refused: "another_document" };
  const evidence = await checkLogProof(file, record, trust);
  return "refused" in evidence ? evidence : { value: { ...evidence.value, leaf: leaf.value } };
}

/** The leaf inside a proof file, believed no further than it is looked at: to find out whose policy to ask for. */
export function leafInProof(file: string): Leaf | undefined {
  const parsed = parseLogProof(file);
  const leaf = "value" in parsed && parsed.value.extra !== undefined ? decodeLeaf(parsed.value.extra) : undefined;
  return leaf !== undefined && "value" in leaf ? leaf.value : undefined;
}
