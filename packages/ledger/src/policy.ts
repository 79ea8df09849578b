import type { Checkpoint } from "./checkpoint.ts";
import { cosignatureTime } from "./cosignature.ts";
import type { OpenedNote } from "./opened-note.ts";
import { toHex } from "./bytes.ts";
import { parseDecimal } from "./decimal.ts";
import { formatVerifierKey, parseVerifierKey, SIGNATURE_TYPE } from "./verifier-key.ts";
import type { VerifierKey } from "./verifier-key.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Whom to believe about a log (c2sp.org/tlog-policy): any one of these logs, seen by enough of these witnesses.
 *
 *     log lontar.example.go.id/3273+…
 *     witness inspektorat inspektorat.example.go.id+…
 *     witness provinsi lontar.provinsi.example.go.id+…
 *     witness tetangga lontar.tetangga.example.go.id+…
 *     group saksi 2 inspektorat provinsi tetangga
 *     quorum saksi
 */
export type Policy = {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly quorum: Quorum;
};

/** A log the policy accepts. The key's name is the log's origin. */
export type PolicyLog = { readonly key: VerifierKey; readonly url: string | undefined };

/** A witness, under the name the policy gives it. */
export type PolicyWitness = { readonly name: string; readonly key: VerifierKey; readonly url: string | undefined };

/** Which cosignatures are enough. A quorum is a tree without sharing: each witness counts in one place. */
export type Quorum =
  | { readonly kind: "none" }
  | { readonly kind: "witness"; readonly name: string }
  | { readonly kind: "group"; readonly name: string; readonly threshold: number; readonly members: readonly Quorum[] };

/** A witness that vouched for a checkpoint, and when by its own clock, in seconds since 1970. */
export type Witnessed = { readonly witness: string; readonly time: number };

/** Who stands behind a checkpoint. */
export type Endorsement = { readonly log: VerifierKey; readonly witnesses: readonly Witnessed[] };

/** The most lines that are read; the specification asks for 32 logs, 32 witnesses and 32 groups. */
export const MAX_POLICY_LINES = 1_024;

/** Why a policy is not one, with the line, counted from 1, at which that became clear. */
export type PolicyRefusal =
  | "malformed_line"
  | "malformed_key"
  | "wrong_key_type"
  | "duplicate_key"
  | "duplicate_name"
  | "unknown_name"
  | "member_used_twice"
  | "bad_threshold"
  | "second_quorum"
  | "no_quorum"
  | "too_long";

/** A policy, or the reason and the line. */
export type PolicyVerdict = Verdict<Policy, PolicyRefusal> & { readonly line?: number };

/** Every key a policy mentions: what to open a checkpoint with. */
export function policyKeys(policy: Policy): readonly VerifierKey[] {
  return [...policy.logs, ...policy.witnesses].map(({ key }) => key);
}

/** Decides whether a checkpoint, opened with `policyKeys`, satisfies the policy. */
export function checkPolicy(policy: Policy, note: OpenedNote, checkpoint: Checkpoint): Verdict<Endorsement, "unknown_log" | "no_quorum"> {
  const log = policy.logs.find(({ key }) => key.name === checkpoint.origin && note.verified.some((by) => by.key === key));
  if (log === undefined) return { refused: "unknown_log" };
  const witnesses = policy.witnesses.flatMap(({ name, key }) => {
    const cosignature = note.verified.find((by) => by.key === key)?.signature.bytes;
    const time = cosignature === undefined ? undefined : cosignatureTime(cosignature);
    return time === undefined ? [] : [{ witness: name, time }];
  });
  const names = new Set(witnesses.map(({ witness }) => witness));
  return isReached(policy.quorum, names) ? { value: { log: log.key, witnesses } } : { refused: "no_quorum" };
}

/**
 * Says whether these witnesses, by the names that the policy gives them, are enough. Asked of those who did not answer it says the
 * opposite: whether a quorum may have seen something that nobody who answered knows of.
 */
export function isReached(quorum: Quorum, witnesses: ReadonlySet<string>): boolean {
  switch (quorum.kind) {
    case "none":
      return true;
    case "witness":
      return witnesses.has(quorum.name);
    case "group":
      return quorum.members.filter((member) => isReached(member, witnesses)).length >= quorum.threshold;
    default:
      return quorum satisfies never;
  }
}

/** The fewest witnesses that can be enough. */
export function fewestWitnesses(quorum: Quorum): number {
  switch (quorum.kind) {
    case "none":
      return 0;
    case "witness":
      return 1;
    case "group":
      return quorum.members.map(fewestWitnesses).toSorted((one, other) => one - other).slice(0, quorum.threshold).reduce((sum, one) => sum + one, 0);
    default:
      return quorum satisfies never;
  }
}

/** Writes a policy file that `parsePolicy` reads back. Groups come before the groups that they are members of. */
export function formatPolicy({ logs, witnesses, quorum }: Policy): string {
  const address = (url: string | undefined): string => (url === undefined ? "" : ` ${url}`);
  return [
    ...logs.map(({ key, url }) => `log ${formatVerifierKey(key)}${address(url)}`),
    ...witnesses.map(({ name, key, url }) => `witness ${name} ${formatVerifierKey(key)}${address(url)}`),
    ...groupLines(quorum),
    `quorum ${quorum.kind === "none" ? "none" : quorum.name}`,
    "",
  ].join("\n");
}

function groupLines(quorum: Quorum): readonly string[] {
  if (quorum.kind !== "group") return [];
  const names = quorum.members.map((member) => (member.kind === "none" ? "none" : member.name));
  return [...quorum.members.flatMap(groupLines), `group ${quorum.name} ${quorum.threshold} ${names.join(" ")}`];
}

/** Reads a policy file. */
export function parsePolicy(text: string): PolicyVerdict {
  const lines = text.split("\n");
  if (lines.length > MAX_POLICY_LINES) return { refused: "too_long", line: MAX_POLICY_LINES };
  const draft: Draft = { logs: [], witnesses: [], defined: new Map(), grouped: new Set(), quorum: undefined };
  for (const [at, line] of lines.entries()) {
    const refused = readLine(draft, line);
    if (refused !== undefined) return { refused, line: at + 1 };
  }
  if (draft.quorum === undefined) return { refused: "no_quorum", line: lines.length };
  return { value: { logs: draft.logs, witnesses: draft.witnesses, quorum: draft.quorum } };
}

type Draft = {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  /** What a later line may refer to: witnesses and groups share one set of names. */
  readonly defined: Map<string, Quorum>;
  readonly grouped: Set<string>;
  quorum: Quorum | undefined;
};

function readLine(draft: Draft, line: string): PolicyRefusal | undefined {
  // oxlint-disable-next-line no-control-regex -- only tab is allowed among the control characters
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line)) return "malformed_line";
  const [keyword = "", ...items] = line.split(/[ \t]+/).filter((item) => item !== "");
  if (keyword === "" || keyword.startsWith("#")) return undefined;
  switch (keyword) {
    case "log":
      return readLog(draft, items);
    case "witness":
      return readWitness(draft, items);
    case "group":
      return readGroup(draft, items);
    case "quorum":
      return readQuorum(draft, items);
    default:
      return "malformed_line";
  }
}

function readLog(draft: Draft, [vkey, url, ...rest]: readonly string[]): PolicyRefusal | undefined {
  if (vkey === undefined || rest.length > 0) return "malformed_line";
  const key = readKey(vkey, LOG_KEY_TYPES, draft.logs);
  if ("refused" in key) return key.refused;
  draft.logs.push({ key: key.value, url });
  return undefined;
}

function readWitness(draft: Draft, [name, vkey, url, ...rest]: readonly string[]): PolicyRefusal | undefined {
  if (name === undefined || vkey === undefined || rest.length > 0) return "malformed_line";
  if (name === "none" || draft.defined.has(name)) return "duplicate_name";
  const key = readKey(vkey, WITNESS_KEY_TYPES, draft.witnesses);
  if ("refused" in key) return key.refused;
  draft.witnesses.push({ name, key: key.value, url });
  draft.defined.set(name, { kind: "witness", name });
  return undefined;
}

function readGroup(draft: Draft, [name, rule, ...names]: readonly string[]): PolicyRefusal | undefined {
  if (name === undefined || rule === undefined || names.length === 0) return "malformed_line";
  if (name === "none" || draft.defined.has(name)) return "duplicate_name";
  const members: Quorum[] = [];
  for (const memberName of names) {
    const member = draft.defined.get(memberName);
    if (member === undefined) return "unknown_name";
    if (draft.grouped.has(memberName)) return "member_used_twice";
    draft.grouped.add(memberName);
    members.push(member);
  }
  const threshold = rule === "any" ? 1 : rule === "all" ? members.length : parseDecimal(rule);
  if (threshold === undefined || threshold < 1 || threshold > members.length) return "bad_threshold";
  draft.defined.set(name, { kind: "group", name, threshold, members });
  return undefined;
}

function readQuorum(draft: Draft, [name, ...rest]: readonly string[]): PolicyRefusal | undefined {
  if (name === undefined || rest.length > 0) return "malformed_line";
  if (draft.quorum !== undefined) return "second_quorum";
  const quorum: Quorum | undefined = name === "none" ? { kind: "none" } : draft.defined.get(name);
  if (quorum === undefined) return "unknown_name";
  draft.quorum = quorum;
  return undefined;
}

/** The ML-DSA-44 type of tlog-cosignature: policies may already name such keys, though no scheme here checks them yet. */
const ML_DSA_44 = 0x06;
const LOG_KEY_TYPES: readonly number[] = [SIGNATURE_TYPE.ed25519, SIGNATURE_TYPE.cosignatureV1, ML_DSA_44];
const WITNESS_KEY_TYPES: readonly number[] = [SIGNATURE_TYPE.cosignatureV1, ML_DSA_44];

/** One public key under two names would let one party count twice. */
function readKey(vkey: string, types: readonly number[], earlier: readonly { key: VerifierKey }[]): Verdict<VerifierKey, PolicyRefusal> {
  const key = parseVerifierKey(vkey);
  if ("refused" in key) return key;
  if (!types.includes(key.value.type)) return { refused: "wrong_key_type" };
  const bytes = toHex(key.value.publicKey);
  return earlier.some((other) => toHex(other.key.publicKey) === bytes) ? { refused: "duplicate_key" } : key;
}
