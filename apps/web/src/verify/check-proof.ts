import { formatVerifierKey, leafInProof } from "@lontar/ledger";
import { deviceMemory, type Memory } from "../kernel/memory.ts";
import { call } from "../kernel/server.ts";
import { judgeProof, readPolicy, type ProofCheck } from "./judge-proof.ts";

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
  const policy = readPolicy(text);
  if (policy === undefined) return { state: "refused", why: "malformed_policy" };
  // The log's key is believed at first sight and remembered; a site that later shows another under the same name is not believed.
  for (const { key } of ownPolicy === undefined ? policy.logs : []) {
    const known = source.memory.read(logKey(key.name));
    if (known !== null && known !== formatVerifierKey(key)) return { state: "refused", why: "another_key" };
    source.memory.write(logKey(key.name), formatVerifierKey(key));
  }
  if (fetched !== undefined) source.memory.write(policyKey(tenant), fetched);
  return judgeProof(proof, sha256, policy, ownPolicy !== undefined);
};
