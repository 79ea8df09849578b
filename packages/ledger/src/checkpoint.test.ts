import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "./bytes.ts";
import { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { cosign, cosignatureScheme, cosignatureTime } from "./cosignature.ts";
import { nodeEd25519Verify, signerFromSeed } from "./node.ts";
import { formatNote, parseNote } from "./note.ts";
import { ed25519Scheme, openNote, signNote } from "./opened-note.ts";
import { SIGNATURE_TYPE } from "./verifier-key.ts";

/** The example of the tlog-checkpoint and tlog-cosignature specifications. */
const TEXT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
const SPECIFIED = `${TEXT}
— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`;

const schemes = [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)];
const log = signerFromSeed("example.com/behind-the-sofa", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(1));
const witness = signerFromSeed("witness.example.com/w1", SIGNATURE_TYPE.cosignatureV1, new Uint8Array(32).fill(2));

test("the specification's example is read, and written the same", () => {
  const note = parseNote(SPECIFIED);
  assert.ok("value" in note);
  const checkpoint = parseCheckpoint(note.value.text);
  assert.ok("value" in checkpoint);
  assert.equal(checkpoint.value.origin, "example.com/behind-the-sofa");
  assert.equal(checkpoint.value.size, 20_852_163);
  assert.equal(formatCheckpoint(checkpoint.value), TEXT);
  assert.equal(formatNote(note.value), SPECIFIED);
  assert.equal(cosignatureTime(note.value.signatures[1]?.bytes ?? assert.fail()), 1_679_315_147, "the time the specification says it holds");
  assert.equal(cosignatureTime(note.value.signatures[0]?.bytes ?? assert.fail()), undefined, "a log's own signature carries no time");
});

test("any checkpoint reads back as it was", () => {
  const line = fc.string({ minLength: 1 }).filter((text) => !/[\n\r]/.test(text));
  const members = {
    origin: line,
    size: fc.maxSafeNat(),
    root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    extensions: fc.array(line, { maxLength: 3 }),
  };
  const checkpoints = fc.record(members, { noNullPrototype: true });
  fc.assert(fc.property(checkpoints, (checkpoint) => assert.deepEqual(parseCheckpoint(formatCheckpoint(checkpoint)), { value: checkpoint })));
});

test("malformed checkpoints are refused", () => {
  const [origin, size, root] = TEXT.trimEnd().split("\n");
  const bad = [
    "", "\n", `${origin}\n`, `${origin}\n${size}\n`, TEXT.trimEnd(), `\n${size}\n${root}\n`, `${origin}\n0${size}\n${root}\n`, `${origin}\n-1\n${root}\n`,
    `${origin}\n1e3\n${root}\n`, `${origin}\n ${size}\n${root}\n`, `${origin}\n9007199254740992\n${root}\n`, `${origin}\n${size}\n${root?.slice(0, -1)}\n`,
    `${origin}\n${size}\nAAAA\n`, `${TEXT}\n`, `${TEXT}extension\n\nanother\n`, TEXT.replaceAll("\n", "\r\n"),
  ];
  for (const text of bad) assert.deepEqual(parseCheckpoint(text), { refused: "malformed_checkpoint" }, JSON.stringify(text));
});

test("a log signs, a witness cosigns, and both are verified with the time the witness gave", async () => {
  const opened = await openNote(await cosigned(1_700_000_000), { keys: [log.key, witness.key], schemes });
  assert.ok("value" in opened);
  assert.equal(opened.value.text, TEXT);
  assert.deepEqual(opened.value.verified.map(({ key }) => key), [log.key, witness.key]);
  assert.equal(cosignatureTime(opened.value.verified[1]?.signature.bytes ?? assert.fail()), 1_700_000_000);
});

test("no byte of a cosignature, its time included, can be changed", async () => {
  const cosignature = await cosign(TEXT, 1_700_000_000, witness);
  const trust = { keys: [witness.key], schemes };
  for (let at = 0; at < cosignature.bytes.length; at++) {
    const bytes = cosignature.bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
    assert.deepEqual(await openNote(formatNote({ text: TEXT, signatures: [{ ...cosignature, bytes }] }), trust), { refused: "bad_signature" }, `byte ${at}`);
  }
  const short = { ...cosignature, bytes: cosignature.bytes.slice(8) };
  assert.deepEqual(await openNote(formatNote({ text: TEXT, signatures: [short] }), trust), { refused: "bad_signature" });
});

test("a cosignature cannot be made to pass as a plain signature of the same key, nor the other way round", async () => {
  const seed = new Uint8Array(32).fill(3);
  const plain = signerFromSeed("one.example", SIGNATURE_TYPE.ed25519, seed);
  const cosigner = signerFromSeed("one.example", SIGNATURE_TYPE.cosignatureV1, seed);
  assert.notEqual(plain.key.keyId, cosigner.key.keyId);
  const cosignature = await cosign(TEXT, 1, cosigner);
  const asPlain = formatNote({ text: TEXT, signatures: [{ ...cosignature, keyId: plain.key.keyId, bytes: cosignature.bytes.slice(8) }] });
  assert.deepEqual(await openNote(asPlain, { keys: [plain.key], schemes }), { refused: "bad_signature" });
  const signature = await plain.sign(utf8(TEXT));
  const asCosignature = formatNote({ text: TEXT, signatures: [{ ...cosignature, bytes: Uint8Array.of(...cosignature.bytes.slice(0, 8), ...signature) }] });
  assert.deepEqual(await openNote(asCosignature, { keys: [cosigner.key], schemes }), { refused: "bad_signature" });
});

test("only a witness's key cosigns, and only checkpoints, at whole seconds", async () => {
  await assert.rejects(cosign(TEXT, 1, log), /key of type 0x04/);
  await assert.rejects(cosign("not a checkpoint\n", 1, witness), /only checkpoints/);
  await assert.rejects(cosign(TEXT, 1.5, witness), /time is a whole number/);
  await assert.rejects(signNote(TEXT, [witness]), /witnesses use cosign/);
});

test("a checkpoint with a broken line is a bug, and says so", () => {
  const root = new Uint8Array(32);
  assert.throws(() => formatCheckpoint({ origin: "", size: 1, root, extensions: [] }), /none empty/);
  assert.throws(() => formatCheckpoint({ origin: "a", size: 1, root, extensions: ["b\nc"] }), /none empty/);
  assert.throws(() => formatCheckpoint({ origin: "a", size: -1, root, extensions: [] }), /whole number/);
  assert.throws(() => formatCheckpoint({ origin: "a", size: 1, root: root.slice(1), extensions: [] }), /32 bytes/);
});

async function cosigned(time: number): Promise<string> {
  const note = parseNote(await signNote(TEXT, [log]));
  assert.ok("value" in note);
  return formatNote({ text: TEXT, signatures: [...note.value.signatures, await cosign(TEXT, time, witness)] });
}
