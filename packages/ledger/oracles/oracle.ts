import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import {
  append, checkRecord, checkTree, cosign, ed25519Scheme, EMPTY_EDGE, EMPTY_FRONTIER, encodeEntries, entriesBetween, entriesPath,
  formatCheckpoint, formatLogProof, formatNote, formatVerifierKey, fromBase64, frontierRoot, growTiles, openNote, parseNote,
  parseVerifierKey, proveRecord, proveTree, recordHash, SIGNATURE_TYPE, signNote, tileHashReader, tilePath, toBase64, utf8,
} from "../src/index.ts";
import type { Hash, HashReader, TreeHead } from "../src/index.ts";
import { nodeEd25519Verify, signerFromSeed } from "../src/node.ts";

/** One thing an independent implementation was asked, and what it said. */
export type OracleFinding = { readonly name: string; readonly ok: boolean; readonly detail: string };

const SIZE = 70_000;
const WITNESS_TIME = 1_767_225_600;
const GO_LIMIT_MS = 300_000;
const GO_FOLDER = join(import.meta.dirname, "go");

/**
 * Writes a log of 70 000 records to a temporary folder, has Go's `x/mod/sumdb` judge it, and judges what Go answers.
 * Needs `go`, and the module `golang.org/x/mod` from its cache or a proxy. Without them there is one finding, not ok:
 * an oracle that was not asked has not agreed.
 */
export async function run(): Promise<OracleFinding[]> {
  const folder = await mkdtemp(join(tmpdir(), "ledger-oracle-"));
  try {
    const log = await writeLog(folder);
    const reply = await askGo(folder);
    return typeof reply === "string"
      ? [{ name: "ledger: Go judges our log", ok: false, detail: reply }]
      : [...reply.findings, ...(await judgeReply(reply, log))].map((finding) => ({ ...finding, name: `ledger: ${finding.name}` }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type WrittenLog = { readonly head: TreeHead; readonly hashes: readonly Hash[]; readonly read: HashReader };

async function writeLog(folder: string): Promise<WrittenLog> {
  const records = Array.from({ length: SIZE }, (_, at) => utf8(`{"urut":${at},"perihal":"Surat ${at * 7919}"}`));
  const hashes = records.map(recordHash);
  const head = headOf(hashes);
  const files = new Map<string, Uint8Array>();
  // Two growths, as a living log has: the second starts from partial tiles.
  const first = growTiles(EMPTY_EDGE, hashes.slice(0, 68_766));
  for (const { tile, bytes } of [...first.tiles, ...growTiles(first.edge, hashes.slice(68_766)).tiles]) files.set(tilePath(tile), bytes);
  const read = tileHashReader(SIZE, (tiles) => Promise.resolve(tiles.map((tile) => files.get(tilePath(tile)) ?? new Uint8Array(0))));
  for (const bundle of entriesBetween(0, SIZE)) {
    files.set(entriesPath(bundle), encodeEntries(records.slice(bundle.index * 256, bundle.index * 256 + bundle.width)));
  }

  const logSigner = signerFromSeed("lontar.example/3273", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(1));
  const witness = signerFromSeed("inspektorat.example", SIGNATURE_TYPE.cosignatureV1, new Uint8Array(32).fill(2));
  const text = formatCheckpoint({ origin: logSigner.key.name, ...head, extensions: [] });
  const signed = parseNote(await signNote(text, [logSigner]));
  if ("refused" in signed) throw new Error("ledger oracle: our own note does not parse");
  const checkpoint = formatNote({ text, signatures: [...signed.value.signatures, await cosign(text, WITNESS_TIME, witness)] });
  const letter = 12_345;
  files.set("checkpoint", utf8(checkpoint));
  files.set("letter.leaf", records[letter] ?? new Uint8Array(0));
  files.set("letter.tlog-proof", utf8(formatLogProof({ index: letter, proof: await proveRecord(letter, SIZE, read), checkpoint, extra: undefined })));

  const recordProofs = [];
  for (let index = 0; index < SIZE; index += 97) recordProofs.push({ index, proof: (await proveRecord(index, SIZE, read)).map(toBase64) });
  const treeProofs = [];
  for (const older of [1, 2, 255, 256, 257, 4_096, 65_535, 65_536, 65_537, 68_766, 69_999, SIZE]) {
    const root = toBase64(headOf(hashes.slice(0, older)).root);
    treeProofs.push({ older, root, proof: (await proveTree(older, SIZE, read)).map(toBase64) });
  }
  const manifest = { logKey: formatVerifierKey(logSigner.key), witnessKey: formatVerifierKey(witness.key), witnessTime: WITNESS_TIME, recordProofs, treeProofs };
  files.set("manifest.json", utf8(JSON.stringify(manifest)));

  for (const [path, bytes] of files) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  return { head, hashes, read };
}

/** What the Go program prints; see `reply` in main.go. */
type Reply = {
  readonly findings: readonly OracleFinding[];
  readonly noteKey: string;
  readonly note: string;
  readonly recordProofs: readonly { readonly index: number; readonly proof: readonly string[] | null }[];
  readonly treeProofs: readonly { readonly older: number; readonly root: string; readonly proof: readonly string[] | null }[];
};

/** Answers Go's reply, or the sentence why there is none. */
async function askGo(folder: string): Promise<Reply | string> {
  try {
    const { stdout } = await promisify(execFile)("go", ["run", ".", folder], { cwd: GO_FOLDER, timeout: GO_LIMIT_MS, maxBuffer: 64 << 20 });
    const reply: Reply = JSON.parse(stdout); // Our own program, a moment ago: its shape is main.go's `reply`.
    return reply;
  } catch (error) {
    return `go could not be asked: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function judgeReply(reply: Reply, { head, hashes }: WrittenLog): Promise<OracleFinding[]> {
  const key = parseVerifierKey(reply.noteKey);
  const keys = "value" in key ? [key.value] : [];
  const opened = await openNote(reply.note, { keys, schemes: [ed25519Scheme(nodeEd25519Verify)] });

  const refusedRecords = reply.recordProofs.filter(({ index, proof }) => {
    const hash = hashes[index];
    return hash === undefined || !checkRecord({ index, hash }, head, decode(proof));
  });
  const refusedTrees = reply.treeProofs.filter(({ older, root, proof }) => {
    const before = headOf(hashes.slice(0, older));
    return toBase64(before.root) !== root || !checkTree(before, head, decode(proof));
  });
  return [
    { name: "we open a note that Go signed", ok: "value" in opened, detail: "value" in opened ? opened.value.text.trim() : opened.refused },
    judged("we accept Go's inclusion proofs", reply.recordProofs.length, refusedRecords.length),
    judged("we accept Go's consistency proofs", reply.treeProofs.length, refusedTrees.length),
  ];
}

function judged(name: string, asked: number, refused: number): OracleFinding {
  return { name, ok: asked > 0 && refused === 0, detail: `${asked - refused} of ${asked} proofs` };
}

function headOf(hashes: readonly Hash[]): TreeHead {
  return { size: hashes.length, root: frontierRoot(append(EMPTY_FRONTIER, hashes)) };
}

/** Go writes an empty slice as null. A hash that is no base64 becomes empty, and fails the check it is part of. */
function decode(proof: readonly string[] | null): readonly Hash[] {
  return (proof ?? []).map((hash) => fromBase64(hash) ?? new Uint8Array(0));
}
