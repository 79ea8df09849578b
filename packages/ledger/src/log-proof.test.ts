import assert from "node:assert/strict";
import { test } from "node:test";
import { flipped, readerOf, recordsOf, referenceRoot } from "../test/reference.ts";
import { toBase64, utf8 } from "./bytes.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { cosign, cosignatureScheme } from "./cosignature.ts";
import { checkLogProof, formatLogProof, parseLogProof } from "./log-proof.ts";
import { nodeEd25519Verify, signerFromSeed } from "./node.ts";
import { formatNote, parseNote } from "./note.ts";
import { ed25519Scheme, signNote } from "./opened-note.ts";
import type { NoteSigner } from "./opened-note.ts";
import { parsePolicy } from "./policy.ts";
import { proveRecord } from "./proof.ts";
import { formatVerifierKey, SIGNATURE_TYPE } from "./verifier-key.ts";

const SIZE = 21;
const INDEX = 13;
const TIME = 1_767_225_600;
const records = recordsOf(SIZE);
const record = records[INDEX] ?? assert.fail();

const log = signerFromSeed("lontar.example/3273", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(1));
const witnesses = ["inspektorat", "provinsi", "tetangga"].map((name, at) => signerFromSeed(`${name}.example`, SIGNATURE_TYPE.cosignatureV1, new Uint8Array(32).fill(2 + at)));
const policy = policyOf("group saksi 2 inspektorat provinsi tetangga\nquorum saksi\n");
const trust = { policy, schemes: [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)] };

test("a record is proved to be in a log that two of three witnesses saw", async () => {
  const evidence = await checkLogProof(await proofFile({}), record, trust);
  assert.ok("value" in evidence, JSON.stringify(evidence));
  assert.equal(evidence.value.index, INDEX);
  assert.equal(evidence.value.checkpoint.size, SIZE);
  assert.equal(evidence.value.log.name, "lontar.example/3273");
  assert.deepEqual(evidence.value.witnesses, [{ witness: "inspektorat", time: TIME }, { witness: "provinsi", time: TIME + 1 }]);
});

test("every record of the log has such a proof, and it proves no other record", async () => {
  for (const [index, own] of records.entries()) {
    const file = await proofFile({ index });
    for (const [at, candidate] of records.entries()) {
      const verdict = await checkLogProof(file, candidate, trust);
      assert.equal("value" in verdict, at === index, `proof of ${index} for ${at}`);
    }
    assert.deepEqual(await checkLogProof(file, flipped(own), trust), { refused: "not_in_log" });
  }
});

test("no character of a proof file can be changed without the proof falling", async () => {
  const file = await proofFile({});
  for (let at = 0; at < file.length; at++) {
    const damaged = `${file.slice(0, at)}${file[at] === "B" ? "C" : "B"}${file.slice(at + 1)}`;
    // A witness's line may be lost as long as the quorum holds; here it is exactly two, so nothing may be lost at all.
    assert.ok("refused" in (await checkLogProof(damaged, record, trust)), `character ${at}: ${JSON.stringify(file[at])}`);
  }
});

test("a proof cut anywhere proves nothing", async () => {
  const file = await proofFile({});
  for (let length = 0; length < file.length; length++) assert.ok("refused" in (await checkLogProof(file.slice(0, length), record, trust)), `${length} characters`);
});

test("each thing that can be missing has its own name", async () => {
  assert.deepEqual(await checkLogProof(await proofFile({ cosigners: witnesses.slice(0, 1) }), record, trust), { refused: "no_quorum" });
  assert.deepEqual(await checkLogProof(await proofFile({ cosigners: [] }), record, trust), { refused: "no_quorum" });
  const stranger = signerFromSeed("lontar.example/3273", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(99));
  assert.deepEqual(await checkLogProof(await proofFile({ signer: stranger }), record, trust), { refused: "unknown_log" });
  assert.deepEqual(await checkLogProof(await proofFile({ signer: stranger, cosigners: [] }), record, trust), { refused: "no_trusted_signature" });
  assert.deepEqual(await checkLogProof(await proofFile({ origin: "lontar.example/3204" }), record, trust), { refused: "unknown_log" }, "the log's key must sign under its own origin");
  assert.deepEqual(await checkLogProof(await proofFile({ root: new Uint8Array(32) }), record, trust), { refused: "not_in_log" });
  assert.deepEqual(await checkLogProof("", record, trust), { refused: "malformed_proof" });
});

test("a signed note that is no checkpoint proves nothing", async () => {
  const checkpoint = await signNote("lontar.example/3273\nselamat pagi\n", [log]);
  const file = formatLogProof({ index: 0, proof: [], checkpoint, extra: undefined });
  assert.deepEqual(await checkLogProof(file, record, trust), { refused: "malformed_checkpoint" });
});

test("nested groups are counted as the policy says", async () => {
  const nested = policyOf("group dekat any inspektorat tetangga\ngroup semua all dekat provinsi\nquorum semua\n");
  const verdictFor = async (...names: readonly string[]) =>
    checkLogProof(await proofFile({ cosigners: witnesses.filter(({ key }) => names.includes(key.name.replace(".example", ""))) }), record, { ...trust, policy: nested });
  assert.ok("value" in (await verdictFor("inspektorat", "provinsi")));
  assert.ok("value" in (await verdictFor("tetangga", "provinsi")));
  assert.deepEqual(await verdictFor("inspektorat", "tetangga"), { refused: "no_quorum" });
  assert.deepEqual(await verdictFor("provinsi"), { refused: "no_quorum" });
});

test("a proof file reads back as it was written, with and without extra data", async () => {
  const proof = await proveRecord(INDEX, SIZE, readerOf(records));
  const checkpoint = await signNote(formatCheckpoint({ origin: "a", size: SIZE, root: referenceRoot(records), extensions: [] }), [log]);
  for (const extra of [undefined, new Uint8Array(0), utf8("surat-tugas.pdf")]) {
    const whole = { index: INDEX, proof, checkpoint, extra };
    assert.deepEqual(parseLogProof(formatLogProof(whole)), { value: whole });
  }
  const alone = { index: 0, proof: [], checkpoint, extra: undefined };
  assert.deepEqual(parseLogProof(formatLogProof(alone)), { value: alone }, "the only record of a log needs no hashes");
});

test("malformed proof files are refused", async () => {
  const good = await proofFile({});
  const hashLine = `${toBase64(new Uint8Array(32))}\n`;
  const bad = {
    "another version": good.replace("@v1", "@v2"),
    "an index with a leading zero": good.replace(`index ${INDEX}`, `index 0${INDEX}`),
    "no index": good.replace(`index ${INDEX}\n`, ""),
    "extra data after the index": good.replace(`index ${INDEX}\n`, `index ${INDEX}\nextra AA==\n`),
    "extra data that is not base64": good.replace("index", "extra !\nindex"),
    "extra data twice": good.replace("index", "extra AA==\nextra AA==\nindex"),
    "a hash of 31 bytes": good.replace(`index ${INDEX}\n`, `index ${INDEX}\n${toBase64(new Uint8Array(31))}\n`),
    "more hashes than a tree has levels": good.replace(`index ${INDEX}\n`, `index ${INDEX}\n${hashLine.repeat(54)}`),
    "no empty line": good.replace("\n\n", "\n"),
    "carriage returns": good.replaceAll("\n", "\r\n"),
  };
  for (const [name, file] of Object.entries(bad)) assert.deepEqual(parseLogProof(file), { refused: "malformed_proof" }, name);
});

type Options = { index?: number; origin?: string; root?: Uint8Array; signer?: NoteSigner; cosigners?: readonly NoteSigner[] };

async function proofFile({ index = INDEX, origin = "lontar.example/3273", root = referenceRoot(records), signer = log, cosigners = witnesses.slice(0, 2) }: Options): Promise<string> {
  const text = formatCheckpoint({ origin, size: SIZE, root, extensions: [] });
  const note = parseNote(await signNote(text, [signer]));
  assert.ok("value" in note);
  const cosignatures = await Promise.all(cosigners.map((witness, at) => cosign(text, TIME + at, witness)));
  const checkpoint = formatNote({ text, signatures: [...note.value.signatures, ...cosignatures] });
  return formatLogProof({ index, proof: await proveRecord(index, SIZE, readerOf(records)), checkpoint, extra: undefined });
}

function policyOf(rule: string) {
  const lines = witnesses.map(({ key }) => `witness ${key.name.replace(".example", "")} ${formatVerifierKey(key)}\n`);
  const parsed = parsePolicy(`log ${formatVerifierKey(log.key)}\n${lines.join("")}${rule}`);
  assert.ok("value" in parsed, JSON.stringify(parsed));
  return parsed.value;
}
