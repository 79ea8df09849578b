import assert from "node:assert/strict";
import { test } from "node:test";
import { append, canonicalJson, commit, draw, EMPTY_EDGE, EMPTY_FRONTIER, encodeLeaf, formatCheckpoint, formatVerifierKey, frontierRoot, growTiles, hashPopulation, proveRecord, proveTree, recordHash, SIGNATURE_TYPE, signNote, tileHashReader, tilePath, toHex, utf8 } from "@lontar/ledger";
import { signerFromSeed } from "@lontar/ledger/node";
import type { Memory } from "../kernel/memory.ts";
import { checkDraw, type DrawEvidence } from "./check-draw.ts";

const memory = (): Memory => {
  const kept = new Map<string, string>();
  return { read: (key) => kept.get(key) ?? null, write: (key, value) => (kept.set(key, value), true), remove: (key) => kept.delete(key), keys: () => [...kept.keys()] };
};
const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const members = Array.from({ length: 60 }, (_, n) => id(n));
const source = "Kurs JISDOR BI 25 Nov 2026";
const fact = `${source}: 16.412`;

/** A sample as the server hands it out: locked by the eighth act of a log that has grown to twenty. */
const evidence = async (over: { readonly locked?: readonly string[] } = {}): Promise<DrawEvidence> => {
  const signer = signerFromSeed("lontar/log/t", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(1));
  const population = { members: members.length, hash: toHex(hashPopulation(over.locked ?? members)) };
  const said = { body: { type: "sample.locked", state: { population, count: 6, source } }, person: "Dra. Masitah" };
  const salt = new Uint8Array(32).fill(7);
  const leaf = encodeLeaf({ v: 1, type: "sample.locked", tenant: "t", event_id: id(900), at: "2026-11-24T01:12:00.000Z", actor: "post", obj: id(901), obj_sha256: null, prev: null, c: commit(salt, said) });
  const hashes = Array.from({ length: 20 }, (_, at) => (at === 7 ? recordHash(leaf) : recordHash(utf8(`tindakan ${at}`))));
  const treeOf = (size: number) => {
    const { tiles } = growTiles(EMPTY_EDGE, hashes.slice(0, size));
    const kept = new Map(tiles.map(({ tile, bytes }) => [tilePath(tile), bytes]));
    return { size, root: frontierRoot(append(EMPTY_FRONTIER, hashes.slice(0, size))), read: tileHashReader(size, async (asked) => asked.map((tile) => kept.get(tilePath(tile)) ?? new Uint8Array())) };
  };
  const [then, head] = [treeOf(8), treeOf(20)];
  const drawn = draw({ population: hashPopulation(members), members: members.length, tree: then, fact }, 6).map((place) => members[place] ?? "");
  return {
    format: "lontar/draw/v1", sample: id(901), title: "Surat tugas", population: { hash: population.hash, members }, count: 6, source, fact, tree: { size: 8, root: toHex(then.root) },
    lock: { eventId: id(900), at: "2026-11-24T01:12:00.000Z", leaf: new TextDecoder().decode(leaf), committed: canonicalJson(said), salt: toHex(salt), proof: (await proveRecord(7, 8, then.read)).map(toHex) },
    growth: (await proveTree(8, 20, head.read)).map(toHex), checkpoint: await signNote(formatCheckpoint({ origin: signer.key.name, size: 20, root: head.root, extensions: [] }), [signer]), verifierKey: formatVerifierKey(signer.key), drawn,
  };
};

test("an honest draw comes out the same in the browser", async () => {
  assert.deepEqual(await checkDraw(await evidence(), memory()), { state: "same", count: 6, members: 60 });
});

test("each lie is caught, and named: another list, another lock, another log, another fact, other letters", async () => {
  const honest = await evidence();
  const other = await evidence({ locked: members.slice(1) });
  const lies: readonly (readonly [string, Partial<DrawEvidence>])[] = [
    ["list", { population: { ...honest.population, members: members.slice(1) } }],
    ["list", { population: { ...honest.population, members: members.toReversed() } }],
    ["list", { population: { ...honest.population, members: ["baris\nlain"] } }],
    ["lock", { lock: { ...honest.lock, committed: honest.lock.committed.replace("JISDOR", "JISDUR") } }],
    ["lock", { lock: { ...honest.lock, eventId: id(7) } }],
    ["lock", { lock: { ...honest.lock, committed: "bukan JSON" } }],
    ["lock", { lock: other.lock }],
    ["lock", { source: "Angka undian berhadiah" }],
    ["lock", { fact: "Kurs yang lain: 16.412" }],
    ["lock", { count: 5 }],
    ["place", { tree: { ...honest.tree, size: 9 } }],
    ["place", { lock: { ...honest.lock, proof: honest.lock.proof.toReversed() } }],
    ["log", { growth: honest.growth.slice(1) }],
    ["log", { checkpoint: honest.checkpoint.replace("\n20\n", "\n21\n") }],
    ["log", { verifierKey: "rusak" }],
    ["draw", { fact: `${source}: 16.413` }],
    ["draw", { drawn: honest.drawn.toReversed() }],
  ];
  for (const [why, lie] of lies) assert.deepEqual(await checkDraw({ ...honest, ...lie }, memory()), { state: "mismatch", why }, `${why} ${Object.keys(lie).join()}`);
});
