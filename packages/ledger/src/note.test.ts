import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromBase64, fromHex, toBase64, toHex } from "./bytes.ts";
import { webEd25519Verify } from "./ed25519.ts";
import { formatSignerKey, nodeEd25519Verify, parseSignerKey, signerFromSeed } from "./node.ts";
import { formatNote, isKeyName, isNoteText, MAX_SIGNATURES, parseNote } from "./note.ts";
import { ed25519Scheme, openNote, signNote } from "./opened-note.ts";
import type { Trust } from "./opened-note.ts";
import { formatVerifierKey, parseVerifierKey, SIGNATURE_TYPE, verifierKey } from "./verifier-key.ts";

/** The example of the Go package golang.org/x/mod/sumdb/note, which every implementation repeats. */
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const ENOCH_LINE = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

const peter = keyOf(PETER_KEY);
const enoch = keyOf(ENOCH_KEY);
const schemes = [ed25519Scheme(nodeEd25519Verify)];
const both: Trust = { keys: [peter, enoch], schemes };

test("the well-known note is signed byte for byte as Go signs it", async () => {
  const signer = parseSignerKey(PETER_SECRET);
  assert.ok("value" in signer);
  assert.equal(await signNote(TEXT, [signer.value]), `${TEXT}\n${PETER_LINE}`);
  assert.equal(formatVerifierKey(signer.value.key), PETER_KEY);
});

for (const [platform, verify] of [["Node", nodeEd25519Verify], ["WebCrypto", webEd25519Verify]] as const) {
  test(`the well-known note opens with ${platform}, and with no bit of text or signature changed`, async () => {
    const trust = { keys: [peter], schemes: [ed25519Scheme(verify)] };
    const opened = await openNote(`${TEXT}\n${PETER_LINE}`, trust);
    assert.ok("value" in opened);
    assert.equal(opened.value.text, TEXT);
    assert.deepEqual(opened.value.verified.map(({ key }) => key), [peter]);

    assert.deepEqual(await openNote(`${TEXT.replace("answer", "Answer")}\n${PETER_LINE}`, trust), { refused: "bad_signature" });
    const parsed = parseNote(`${TEXT}\n${PETER_LINE}`);
    assert.ok("value" in parsed);
    const [signature] = parsed.value.signatures;
    assert.ok(signature !== undefined);
    for (let at = 0; at < signature.bytes.length; at++) {
      const bytes = signature.bytes.map((byte, index) => (index === at ? byte ^ 0x10 : byte));
      const damaged = formatNote({ text: TEXT, signatures: [{ ...signature, bytes }] });
      assert.deepEqual(await openNote(damaged, trust), { refused: "bad_signature" }, `byte ${at}`);
    }
    for (const bytes of [signature.bytes.slice(1), Uint8Array.of(...signature.bytes, 0)]) {
      assert.deepEqual(await openNote(formatNote({ text: TEXT, signatures: [{ ...signature, bytes }] }), trust), { refused: "bad_signature" });
    }
  });
}

test("two people sign one note, in either order; strangers are kept apart", async () => {
  for (const lines of [PETER_LINE + ENOCH_LINE, ENOCH_LINE + PETER_LINE]) {
    const opened = await openNote(`${TEXT}\n${lines}`, both);
    assert.ok("value" in opened);
    assert.equal(opened.value.verified.length, 2);
    const peterOnly = await openNote(`${TEXT}\n${lines}`, { keys: [peter], schemes });
    assert.ok("value" in peterOnly);
    assert.deepEqual(peterOnly.value.verified.map(({ key }) => key.name), ["PeterNeumann"]);
    assert.deepEqual(peterOnly.value.unverified.map(({ name }) => name), ["EnochRoot"]);
  }
});

test("a note without a believed signature is not opened", async () => {
  assert.deepEqual(await openNote(`${TEXT}\n${ENOCH_LINE}`, { keys: [peter], schemes }), { refused: "no_trusted_signature" });
  assert.deepEqual(await openNote(`${TEXT}\n${PETER_LINE}`, { keys: [], schemes }), { refused: "no_trusted_signature" });
  assert.deepEqual(await openNote(`${TEXT}\n${PETER_LINE}`, { keys: [peter], schemes: [] }), { refused: "no_trusted_signature" });
});

test("a false signature in a believed name spoils the note even beside a good one", async () => {
  const forged = ENOCH_LINE.replace("m2/5n2t", "m2/5n2u");
  assert.deepEqual(await openNote(`${TEXT}\n${PETER_LINE}${forged}`, both), { refused: "bad_signature" });
});

test("the same name with another key id is a stranger", async () => {
  const impostor = signerFromSeed("PeterNeumann", SIGNATURE_TYPE.ed25519, new Uint8Array(32));
  const note = await signNote(TEXT, [impostor]);
  assert.deepEqual(await openNote(note, both), { refused: "no_trusted_signature" });
});

test("a key that signs twice counts once", async () => {
  const opened = await openNote(`${TEXT}\n${PETER_LINE}${PETER_LINE}`, both);
  assert.ok("value" in opened);
  assert.equal(opened.value.verified.length, 1);
});

test("malformed notes are refused", () => {
  const good = `${TEXT}\n${PETER_LINE}`;
  const bad = {
    "nothing": "",
    "no signature": `${TEXT}\n`,
    "no empty line": TEXT + PETER_LINE,
    "no final newline": good.slice(0, -1),
    "text after the signatures": `${good}and more\n`,
    "an empty line after the signatures": `${good}\n`,
    "a hyphen for the dash": good.replace("—", "-"),
    "two spaces": good.replace("— ", "—  "),
    "a fourth word": good.replace("nAM=\n", "nAM= x\n"),
    "base64 without padding": good.replace("nAM=", "nAM"),
    "base64 with stray low bits": good.replace("nAM=", "nAN="),
    "a name with a plus": good.replace("— PeterNeumann", "— Peter+Neumann"),
    "an id without a signature": `${TEXT}\n— PeterNeumann ${toBase64(Uint8Array.of(1, 2, 3, 4))}\n`,
    "a carriage return": good.replace("problem,\n", "problem,\r\n"),
    "a tab": good.replace("If you", "If\tyou"),
    "half a character": good.replace("If you", "If \ud800 you"),
    "too many signatures": `${TEXT}\n${PETER_LINE.repeat(MAX_SIGNATURES + 1)}`,
    "too long": `${"a".repeat(1_000_001)}\n\n${PETER_LINE}`,
  };
  for (const [name, message] of Object.entries(bad)) assert.deepEqual(parseNote(message), { refused: "malformed_note" }, name);
  assert.ok("value" in parseNote(`${TEXT}\n${PETER_LINE.repeat(MAX_SIGNATURES)}`));
});

test("a text may have empty lines of its own: the last one is the border", async () => {
  const signer = signerFromSeed("a.example", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(7));
  for (const text of ["\n", "\n\n", "a\n\nb\n", "a\n\n", "— looks.like aSignature=\n"]) {
    const opened = await openNote(await signNote(text, [signer]), { keys: [signer.key], schemes });
    assert.ok("value" in opened, JSON.stringify(text));
    assert.equal(opened.value.text, text);
  }
});

test("any text that may be signed comes back from its note as it was", async () => {
  const signer = signerFromSeed("a.example/log", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(9));
  const lines = fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }).map((all) => `${all.join("\n")}\n`);
  await fc.assert(
    fc.asyncProperty(lines.filter(isNoteText), async (text) => {
      const opened = await openNote(await signNote(text, [signer]), { keys: [signer.key], schemes });
      assert.ok("value" in opened);
      assert.equal(opened.value.text, text);
    }),
  );
});

test("signing what is no note text is a bug, and says so", async () => {
  const signer = signerFromSeed("a.example", SIGNATURE_TYPE.ed25519, new Uint8Array(32));
  await assert.rejects(signNote("no newline", [signer]), /ends in a newline/);
  await assert.rejects(signNote("a\u0000\n", [signer]), /no other control character/);
  await assert.rejects(signNote(TEXT, []), /at least one signature/);
});

test("key names keep out whatever would end the name in a note or a vkey", () => {
  for (const name of ["lontar.example.go.id/3273", "Dinas-Arsip", "né"]) assert.equal(isKeyName(name), true, name);
  for (const name of ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\u2003b", "a\u0085b", "\ud800"]) assert.equal(isKeyName(name), false, JSON.stringify(name));
});

test("verifier keys read back, and one that contradicts itself is refused", () => {
  for (const vkey of [PETER_KEY, ENOCH_KEY]) assert.equal(formatVerifierKey(keyOf(vkey)), vkey);
  const mlDsa = verifierKey("witness.example", 0x06, new Uint8Array(1_312).fill(3));
  assert.deepEqual(parseVerifierKey(formatVerifierKey(mlDsa)), { value: mlDsa }, "a type this package cannot check is still read");
  const bad = ["", "PeterNeumann", "PeterNeumann+c74f20a3", PETER_KEY.replace("c74f20a3", "c74f20a4"), PETER_KEY.replace("c74f20a3", "C74F20A3"),
    PETER_KEY.replace("Peter", "Pieter"), PETER_KEY.replace("10TW", "10TX"), `${PETER_KEY}=`, PETER_KEY.replace("PeterNeumann", "Peter Neumann"),
    // From Go's tests: a key too long, its id adjusted to match.
    "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="];
  for (const vkey of bad) assert.deepEqual(parseVerifierKey(vkey), { refused: "malformed_key" }, vkey);
});

test("secret keys read back, and a damaged one is refused", () => {
  const seed = new Uint8Array(32).fill(5);
  const signer = signerFromSeed("lontar.example", SIGNATURE_TYPE.cosignatureV1, seed);
  const read = parseSignerKey(formatSignerKey(signer, seed));
  assert.ok("value" in read);
  assert.deepEqual(read.value.key, signer.key);
  for (const text of ["", PETER_KEY, PETER_SECRET.slice(0, -1), PETER_SECRET.replace("c74f20a3", "c74f20a4"), PETER_SECRET.replace("Peter", "Pe ter")]) {
    assert.deepEqual(parseSignerKey(text), { refused: "malformed_key" }, text);
  }
});

test("base64 and hexadecimal have one spelling each", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
      assert.equal(toBase64(bytes), Buffer.from(bytes).toString("base64"));
      assert.deepEqual(fromHex(toHex(bytes)), bytes);
      assert.equal(toHex(bytes), Buffer.from(bytes).toString("hex"));
    }),
  );
  for (const text of ["A", "AA", "AAA", "AB==", "AAB=", "AA==\n", " AA==", "A-_=", "====", "AA==AA=="]) assert.equal(fromBase64(text), undefined, JSON.stringify(text));
  for (const text of ["a", "AA", "0g", " 00", "00\n"]) assert.equal(fromHex(text), undefined, JSON.stringify(text));
});

function keyOf(vkey: string) {
  const key = parseVerifierKey(vkey);
  assert.ok("value" in key, vkey);
  return key.value;
}
