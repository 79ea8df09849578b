import assert from "node:assert/strict";
import { test } from "node:test";
import { signerFromSeed } from "./node.ts";
import { MAX_POLICY_LINES, parsePolicy, policyKeys } from "./policy.ts";
import type { PolicyRefusal } from "./policy.ts";
import { formatVerifierKey, SIGNATURE_TYPE, verifierKey } from "./verifier-key.ts";

const LOG = vkey("lontar.example/3273", SIGNATURE_TYPE.ed25519, 1);
const W1 = vkey("inspektorat.example", SIGNATURE_TYPE.cosignatureV1, 2);
const W2 = vkey("provinsi.example", SIGNATURE_TYPE.cosignatureV1, 3);
const W3 = vkey("tetangga.example", SIGNATURE_TYPE.cosignatureV1, 4);
const WITNESSES = `witness inspektorat ${W1}\nwitness provinsi ${W2} https://provinsi.example/\nwitness tetangga ${W3}\n`;

test("a policy is read with its comments, blank lines, tabs and addresses", () => {
  const policy = parsePolicy(`# Kebijakan — saksi log\n\n  log\t${LOG}  https://lontar.example/ \n${WITNESSES}group saksi 2 inspektorat provinsi tetangga\nquorum saksi\n`);
  assert.ok("value" in policy);
  assert.deepEqual(policy.value.logs.map(({ url }) => url), ["https://lontar.example/"]);
  assert.deepEqual(policy.value.witnesses.map(({ name, url }) => [name, url]), [["inspektorat", undefined], ["provinsi", "https://provinsi.example/"], ["tetangga", undefined]]);
  const member = (name: string) => ({ kind: "witness", name });
  assert.deepEqual(policy.value.quorum, { kind: "group", name: "saksi", threshold: 2, members: ["inspektorat", "provinsi", "tetangga"].map(member) });
  assert.deepEqual(policyKeys(policy.value).map(formatVerifierKey), [LOG, W1, W2, W3]);
});

test("`any` is one, `all` is every, groups nest, and `none` asks for nobody", () => {
  const nested = parsePolicy(`${WITNESSES}group dekat any inspektorat tetangga\ngroup semua all dekat provinsi\nquorum semua\n`);
  assert.ok("value" in nested && nested.value.quorum.kind === "group");
  assert.equal(nested.value.quorum.threshold, 2);
  const [near] = nested.value.quorum.members;
  assert.ok(near?.kind === "group");
  assert.equal(near.threshold, 1);
  const none = parsePolicy("quorum none");
  assert.deepEqual(none, { value: { logs: [], witnesses: [], quorum: { kind: "none" } } });
});

test("post-quantum keys may be named already", () => {
  const key = verifierKey("w.example", 0x06, new Uint8Array(1_312));
  assert.ok("value" in parsePolicy(`witness w ${formatVerifierKey(key)}\nquorum w\n`));
});

const REFUSED: readonly (readonly [name: string, policy: string, refused: PolicyRefusal, line: number])[] = [
  ["no quorum", WITNESSES, "no_quorum", 4],
  ["two quorums", "quorum none\nquorum none\n", "second_quorum", 2],
  ["a quorum of somebody unknown", `quorum inspektorat\n${WITNESSES}`, "unknown_name", 1],
  ["a group of somebody defined later", `group g any inspektorat\n${WITNESSES}quorum g\n`, "unknown_name", 1],
  ["a group that holds itself", `${WITNESSES}group g any g\nquorum g\n`, "unknown_name", 4],
  ["`none` in a group", `${WITNESSES}group g any none\nquorum g\n`, "unknown_name", 4],
  ["a name used twice", `${WITNESSES}group provinsi any inspektorat\nquorum provinsi\n`, "duplicate_name", 4],
  ["a witness called none", `witness none ${W1}\nquorum none\n`, "duplicate_name", 1],
  ["one witness under two names", `${WITNESSES}witness lain ${vkey("lain.example", SIGNATURE_TYPE.cosignatureV1, 2)}\nquorum lain\n`, "duplicate_key", 4],
  ["one log under two names", `log ${LOG}\nlog ${vkey("lain.example", SIGNATURE_TYPE.ed25519, 1)}\nquorum none\n`, "duplicate_key", 2],
  ["a member listed twice in a group", `${WITNESSES}group g 2 inspektorat inspektorat\nquorum g\n`, "member_used_twice", 4],
  ["a member in two groups", `${WITNESSES}group g any inspektorat\ngroup h any g inspektorat\nquorum h\n`, "member_used_twice", 5],
  ["a threshold of zero", `${WITNESSES}group g 0 inspektorat\nquorum g\n`, "bad_threshold", 4],
  ["a threshold beyond the members", `${WITNESSES}group g 2 inspektorat\nquorum g\n`, "bad_threshold", 4],
  ["a threshold that is no number", `${WITNESSES}group g most inspektorat\nquorum g\n`, "bad_threshold", 4],
  ["a group of nobody", `${WITNESSES}group g any\nquorum g\n`, "malformed_line", 4],
  ["a witness that signs like a log", `witness w ${LOG}\nquorum w\n`, "wrong_key_type", 1],
  ["a log whose key is of an unknown type", `log ${formatVerifierKey(verifierKey("l.example", 0x02, new Uint8Array(32)))}\nquorum none\n`, "wrong_key_type", 1],
  ["a key with a typing error", `log ${LOG.replace("3273", "3274")}\nquorum none\n`, "malformed_key", 1],
  ["an unknown keyword", "quorums none\n", "malformed_line", 1],
  ["a fourth word", `log ${LOG} https://a.example/ b\nquorum none\n`, "malformed_line", 1],
  ["a carriage return", "quorum none\r\n", "malformed_line", 1],
  ["a space that is not ASCII", "quorum\u00a0none\n", "malformed_line", 1],
  ["a quorum without a name", "quorum\n", "malformed_line", 1],
  ["endless lines", `quorum none\n${"\n".repeat(MAX_POLICY_LINES)}`, "too_long", MAX_POLICY_LINES],
];

for (const [name, policy, refused, line] of REFUSED) {
  test(`a policy with ${name} is refused, and the line is told`, () => assert.deepEqual(parsePolicy(policy), { refused, line }));
}

function vkey(name: string, type: number, seed: number): string {
  return formatVerifierKey(signerFromSeed(name, type, new Uint8Array(32).fill(seed)).key);
}
