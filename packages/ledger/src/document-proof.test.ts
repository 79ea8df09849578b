import assert from "node:assert/strict";
import { test } from "node:test";
import { flipped, readerOf, recordsOf, referenceRoot } from "../test/reference.ts";
import { toHex, utf8 } from "./bytes.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { cosign, cosignatureScheme } from "./cosignature.ts";
import { checkDocumentProof, formatDocumentProof, leafInProof } from "./document-proof.ts";
import { encodeLeaf } from "./leaf.ts";
import { nodeEd25519Verify, signerFromSeed } from "./node.ts";
import { formatNote, parseNote } from "./note.ts";
import { ed25519Scheme, signNote } from "./opened-note.ts";
import { parsePolicy } from "./policy.ts";
import { proveRecord } from "./proof.ts";
import { formatVerifierKey, SIGNATURE_TYPE } from "./verifier-key.ts";

const INDEX = 6;
const sha = "ab".repeat(32);
const log = signerFromSeed("lontar.example/3273", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(1));
const witness = signerFromSeed("inspektorat.example", SIGNATURE_TYPE.cosignatureV1, new Uint8Array(32).fill(2));
const policy = parsePolicy(`log ${formatVerifierKey(log.key)}\nwitness inspektorat ${formatVerifierKey(witness.key)}\nquorum inspektorat\n`);
const trust = { policy: "value" in policy ? policy.value : assert.fail(), schemes: [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)] };
const leafOf = (obj_sha256: string | null) => ({ v: 1, type: "issued.issued", tenant: "3273", event_id: "e", at: "2026-11-27T01:00:00.000Z", actor: "p", obj: "l", obj_sha256, prev: null, c: toHex(new Uint8Array(32)) }) as const;

/** The proof beside a document, in a log of eleven records. */
const fileFor = async (obj_sha256: string | null, isWitnessed = true): Promise<string> => {
  const records = recordsOf(11).map((record, at) => (at === INDEX ? encodeLeaf(leafOf(obj_sha256)) : record));
  const text = formatCheckpoint({ origin: log.key.name, size: 11, root: referenceRoot(records), extensions: [] });
  const signed = parseNote(await signNote(text, [log]));
  const checkpoint = formatNote({ text, signatures: [...("value" in signed ? signed.value.signatures : []), ...(isWitnessed ? [await cosign(text, 1_795_000_000, witness)] : [])] });
  return formatDocumentProof(Buffer.from(encodeLeaf(leafOf(obj_sha256))).toString(), { index: INDEX, proof: await proveRecord(INDEX, 11, readerOf(records)), checkpoint });
};

test("a document is proved by its hash, the proof beside it and the policy, and by nothing else", async () => {
  const file = await fileFor(sha);
  const evidence = await checkDocumentProof(file, sha, trust);
  assert.ok("value" in evidence, JSON.stringify(evidence));
  assert.equal(evidence.value.leaf.type, "issued.issued");
  assert.deepEqual(evidence.value.witnesses, [{ witness: "inspektorat", time: 1_795_000_000 }]);
  assert.equal(leafInProof(file)?.tenant, "3273");
});

test("one byte of the document, another document, an act that froze none, a log that nobody saw: each is told apart", async () => {
  const file = await fileFor(sha);
  assert.deepEqual(await checkDocumentProof(file, "cd".repeat(32), trust), { refused: "another_document" });
  assert.deepEqual(await checkDocumentProof(await fileFor(null), sha, trust), { refused: "no_document" });
  assert.deepEqual(await checkDocumentProof(await fileFor(sha, false), sha, trust), { refused: "no_quorum" });
  assert.deepEqual(await checkDocumentProof(file.replace(/^extra .*\n/m, ""), sha, trust), { refused: "malformed_leaf" });
  const otherLeaf = Buffer.from(encodeLeaf({ ...leafOf(sha), actor: "someone-else" })).toString("base64");
  assert.deepEqual(await checkDocumentProof(file.replace(/^extra .*$/m, `extra ${otherLeaf}`), sha, trust), { refused: "not_in_log" });
});

test("whatever character of the file is changed, it proves nothing any more, and nothing throws", async () => {
  const file = utf8(await fileFor(sha));
  for (let at = 0; at < file.length; at += 1) {
    const changed = Buffer.from(flipped(file, at)).toString("utf8");
    assert.ok("refused" in (await checkDocumentProof(changed, sha, trust)), `character ${at}`);
  }
});
