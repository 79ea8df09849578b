import assert from "node:assert/strict";
import { test } from "node:test";
import { flipped, readerOf, recordsOf, referenceRoot } from "../test/reference.ts";
import { formatAddCheckpoint, MAX_TREE_PROOF_HASHES, parseAddCheckpoint } from "./add-checkpoint.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { cosignatureScheme } from "./cosignature.ts";
import { nodeEd25519Verify, signerFromSeed } from "./node.ts";
import { ed25519Scheme, signNote } from "./opened-note.ts";
import { formatPolicy, isReached, parsePolicy } from "./policy.ts";
import { proveTree } from "./proof.ts";
import type { Hash } from "./tree.ts";
import { SIGNATURE_TYPE } from "./verifier-key.ts";
import { judgeCheckpoint } from "./witness.ts";
import type { WatchedLog } from "./witness.ts";

const MOST = 24;
const records = recordsOf(MOST);
const log = signerFromSeed("lontar.example/3273", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(1));
const thief = signerFromSeed("lontar.example/3273", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(9));
const schemes = [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)];
const headAt = (size: number, of = records) => ({ size, root: referenceRoot(of.slice(0, size)) });
const noteAt = (size: number, of = records, signer = log): Promise<string> => signNote(formatCheckpoint({ origin: log.key.name, ...headAt(size, of), extensions: [] }), [signer]);
const proofOf = (older: number, newer: number, of = records): Promise<readonly Hash[]> => proveTree(older, newer, readerOf(of.slice(0, newer)));
const knowing = (last: WatchedLog["last"]) => (origin: string): WatchedLog | undefined => (origin === log.key.name ? { keys: [log.key], last } : undefined);
const judge = async (last: number, request: { readonly old: number; readonly proof: readonly Hash[]; readonly note: string }) =>
  judgeCheckpoint(formatAddCheckpoint({ oldSize: request.old, proof: request.proof, checkpoint: request.note }), knowing(last === 0 ? undefined : headAt(last)), schemes);
const reasonOf = (verdict: Awaited<ReturnType<typeof judge>>): string => ("value" in verdict ? "cosigned" : `${verdict.refused.status} ${verdict.refused.reason}`);

test("every tree that extends the one seen last is cosigned, and none with a proof for another pair of sizes", async () => {
  for (let older = 0; older <= MOST; older++) {
    for (let newer = older; newer <= MOST; newer++) {
      const note = await noteAt(newer);
      assert.equal(reasonOf(await judge(older, { old: older, proof: await proofOf(older, newer), note })), "cosigned", `${older} → ${newer}`);
      if (older === 0 || older === newer) continue;
      assert.equal(reasonOf(await judge(older, { old: older, proof: (await proofOf(older, newer)).slice(1), note })), "422 not_an_extension");
    }
  }
});

test("a log that rewrote one record is refused from then on, whatever it proves", async () => {
  const forged = records.map((record, at) => (at === 5 ? flipped(record, 0) : record));
  for (let newer = 11; newer <= MOST; newer++) {
    const request = { old: 10, proof: await proofOf(10, newer, forged), note: await noteAt(newer, forged) };
    assert.equal(reasonOf(await judge(10, request)), "422 not_an_extension");
  }
  assert.equal(reasonOf(await judge(10, { old: 10, proof: [], note: await noteAt(10, forged) })), "409 conflict");
});

test("a log that is smaller than what was seen hears how far the witness is, and cannot go back", async () => {
  const stale = await judge(20, { old: 8, proof: await proofOf(8, 12), note: await noteAt(12) });
  assert.deepEqual(stale, { refused: { status: 409, reason: "stale", size: 20 }, note: await noteAt(12) });
  assert.equal(reasonOf(await judge(20, { old: 20, proof: [], note: await noteAt(12) })), "400 size_shrinks");
  assert.equal(reasonOf(await judge(0, { old: 8, proof: await proofOf(8, 12), note: await noteAt(12) })), "409 stale");
});

test("only a known log, and only its own key, is listened to", async () => {
  assert.equal(reasonOf(await judge(0, { old: 0, proof: [], note: await noteAt(4, records, thief) })), "403 not_signed");
  const other = signerFromSeed("elsewhere.example", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(1));
  const note = await signNote(formatCheckpoint({ origin: other.key.name, ...headAt(4), extensions: [] }), [other]);
  assert.equal(reasonOf(await judge(0, { old: 0, proof: [], note })), "404 unknown_log");
});

test("a request has one spelling; anything else is malformed and never throws", async () => {
  const body = formatAddCheckpoint({ oldSize: 3, proof: await proofOf(3, 9), checkpoint: await noteAt(9) });
  const parsed = parseAddCheckpoint(body);
  assert.ok("value" in parsed && formatAddCheckpoint(parsed.value) === body);
  const hash = body.split("\n")[1] ?? assert.fail();
  for (const broken of ["", "\n\n", body.replace("old 3", "old 03"), body.replace("old 3", "old -1"), body.replace("old 3", "new 3"), body.replace("\n\n", "\n"), body.replace(hash, hash.slice(4)), body.replace(hash, `${hash} `), body.slice(0, -1), body.replace(hash, Array.from({ length: MAX_TREE_PROOF_HASHES + 1 }, () => hash).join("\n"))]) {
    assert.deepEqual(parseAddCheckpoint(broken), { refused: "malformed_request" }, broken.slice(0, 40));
    assert.ok("refused" in (await judgeCheckpoint(broken, knowing(undefined), schemes)));
  }
});

test("a policy reads back as it was written, and silence of k of n is measured by the same rule", () => {
  const keys = [1, 2, 3].map((seed) => signerFromSeed(`w${seed}.example`, SIGNATURE_TYPE.cosignatureV1, new Uint8Array(32).fill(seed)).key);
  const witnesses = keys.map((key, at) => ({ name: `w${at + 1}`, key, url: at === 0 ? "https://w1.example" : undefined }));
  const leaf = (name: string) => ({ kind: "witness" as const, name });
  const quorum = { kind: "group" as const, name: "saksi", threshold: 2, members: [leaf("w1"), { kind: "group" as const, name: "luar", threshold: 1, members: [leaf("w2"), leaf("w3")] }] };
  for (const policy of [{ logs: [{ key: log.key, url: undefined }], witnesses, quorum }, { logs: [], witnesses, quorum: leaf("w2") }, { logs: [], witnesses: [], quorum: { kind: "none" as const } }]) {
    assert.deepEqual(parsePolicy(formatPolicy(policy)), { value: policy });
  }
  assert.equal(isReached(quorum, new Set(["w1", "w3"])), true);
  assert.equal(isReached(quorum, new Set(["w2", "w3"])), false);
});
