import { checkDocumentProof, cosignatureScheme, ed25519Scheme, formatVerifierKey, leafInProof, parsePolicy, webEd25519Verify, type DocumentProofRefusal } from "@lontar/ledger";
import { deviceMemory, type Memory } from "../kernel/memory.ts";
import { call } from "../kernel/server.ts";

/** What a proof beside a letter establishes, or why it establishes nothing. `byOwnPolicy`: the reader brought the policy himself and believed nobody. */
export type ProofCheck =
  | { readonly state: "proved"; readonly index: number; readonly size: number; readonly at: string; readonly witnesses: readonly { readonly name: string; readonly at: string }[]; readonly byOwnPolicy: boolean }
  | { readonly state: "refused"; readonly why: DocumentProofRefusal | "malformed_policy" | "another_key" }
  | { readonly state: "no_policy" };

const schemes = [ed25519Scheme(webEd25519Verify), cosignatureScheme(webEd25519Verify)];
const policyKey = (tenant: string): string => `lontar.log-policy.${tenant}`;
const logKey = (name: string): string => `lontar.log-key.${name}`;

/** Where a policy comes from when the reader has none: this site now, or what this browser remembers of it. */
export type PolicySource = { readonly fetch: (tenant: string) => Promise<string | undefined>; readonly memory: Memory };

const ownSite: PolicySource = {
  fetch: async (tenant) => {
    const answer: unknown = await call("open.logPolicy", { tenant }).catch(() => undefined); // offline, or another installation's letter: what is remembered decides
    return answer instanceof Blob ? answer.text() : undefined;
  },
  memory: deviceMemory,
};

/** Checks the proof of a file by its SHA-256, in this browser. With a policy of the reader's own it needs no network and believes no server. */
export const checkProof = async (proof: string, sha256: string, ownPolicy: string | undefined, source: PolicySource = ownSite): Promise<ProofCheck> => {
  const tenant = leafInProof(proof)?.tenant;
  if (tenant === undefined) return { state: "refused", why: "malformed_proof" };
  const fetched = ownPolicy === undefined ? await source.fetch(tenant) : undefined;
  const text = ownPolicy ?? fetched ?? source.memory.read(policyKey(tenant));
  if (text === null) return { state: "no_policy" };
  const policy = parsePolicy(text);
  if ("refused" in policy) return { state: "refused", why: "malformed_policy" };
  // The log's key is believed at first sight and remembered; a site that later shows another under the same name is not believed.
  for (const { key } of ownPolicy === undefined ? policy.value.logs : []) {
    const known = source.memory.read(logKey(key.name));
    if (known !== null && known !== formatVerifierKey(key)) return { state: "refused", why: "another_key" };
    source.memory.write(logKey(key.name), formatVerifierKey(key));
  }
  if (fetched !== undefined) source.memory.write(policyKey(tenant), fetched);
  const evidence = await checkDocumentProof(proof, sha256, { policy: policy.value, schemes });
  if ("refused" in evidence) return { state: "refused", why: evidence.refused };
  const { index, checkpoint, witnesses, leaf } = evidence.value;
  return { state: "proved", index, size: checkpoint.size, at: leaf.at, witnesses: witnesses.map(({ witness, time }) => ({ name: witness, at: new Date(time * 1000).toISOString() })), byOwnPolicy: ownPolicy !== undefined };
};
