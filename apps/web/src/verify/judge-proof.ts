import { checkDocumentProof, cosignatureScheme, ed25519Scheme, parsePolicy, webEd25519Verify, type DocumentProofRefusal, type Policy } from "@lontar/ledger";

/** What a proof beside a letter establishes, or why it establishes nothing. `byOwnPolicy`: the reader brought the policy himself and believed nobody. */
export type ProofCheck =
  | { readonly state: "proved"; readonly index: number; readonly size: number; readonly at: string; readonly witnesses: readonly { readonly name: string; readonly at: string }[]; readonly byOwnPolicy: boolean }
  | { readonly state: "refused"; readonly why: DocumentProofRefusal | "malformed_policy" | "another_key" }
  | { readonly state: "no_policy" };

const schemes = [ed25519Scheme(webEd25519Verify), cosignatureScheme(webEd25519Verify)];

/** Reads a policy; nothing for what is none. */
export const readPolicy = (text: string): Policy | undefined => {
  const policy = parsePolicy(text);
  return "refused" in policy ? undefined : policy.value;
};

/** Judges the proof of a file by its SHA-256 under a policy. Asks nobody. */
export const judgeProof = async (proof: string, sha256: string, policy: Policy, byOwnPolicy: boolean): Promise<ProofCheck> => {
  const evidence = await checkDocumentProof(proof, sha256, { policy, schemes });
  if ("refused" in evidence) return { state: "refused", why: evidence.refused };
  const { index, checkpoint, witnesses, leaf } = evidence.value;
  return { state: "proved", index, size: checkpoint.size, at: leaf.at, witnesses: witnesses.map(({ witness, time }) => ({ name: witness, at: new Date(time * 1000).toISOString() })), byOwnPolicy };
};
