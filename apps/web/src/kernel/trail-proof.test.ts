import assert from "node:assert/strict";
import { test } from "node:test";
import { append, canonicalJson, commit, EMPTY_FRONTIER, encodeLeaf, formatCheckpoint, formatVerifierKey, frontierRoot, nodeHash, recordHash, SIGNATURE_TYPE, signNote, toHex, utf8 } from "@lontar/ledger";
import { signerFromSeed } from "@lontar/ledger/node";
import type { Memory } from "./memory.ts";
import { checkTrailEntry, type TrailEntry, type TrailProof } from "./trail-proof.ts";

const memory = (): Memory => {
  const kept = new Map<string, string>();
  return { read: (key) => kept.get(key) ?? null, write: (key, value) => (kept.set(key, value), true), remove: (key) => kept.delete(key), keys: () => [...kept.keys()] };
};

const entry: TrailEntry = { eventId: "01890000-0000-7000-8000-000000000001", type: "received.directed", at: "2026-11-24T01:12:00.000Z", person: "Rina Marlina", post: "TU Diskominfo", holding: "definitif", basis: null, system: false, sentence: { id: "mengarahkan surat.", en: "directed the letter." }, reason: null, leafIndex: 1 };

const proofOf = async (seed: number): Promise<TrailProof> => {
  const salt = new Uint8Array(32).fill(7);
  const said = { body: { type: entry.type, to: "Kepala Dinas" }, person: entry.person, position: entry.post, holding: entry.holding, basis: null };
  const leaf = encodeLeaf({ v: 1, type: entry.type, tenant: "t", event_id: entry.eventId, at: entry.at, actor: "post", obj: "letter", obj_sha256: null, prev: null, c: commit(salt, said) });
  const [other, mine, third] = [recordHash(utf8("other")), recordHash(leaf), recordHash(utf8("third"))];
  assert.ok(other !== undefined && mine !== undefined && third !== undefined);
  const frontier = append(EMPTY_FRONTIER, [other, mine, third]);
  assert.deepEqual(frontierRoot(frontier), nodeHash(nodeHash(other, mine), third));
  const signer = signerFromSeed("log.contoh.go.id/6409", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(seed));
  const checkpoint = await signNote(formatCheckpoint({ origin: signer.key.name, size: 3, root: frontierRoot(frontier), extensions: [] }), [signer]);
  return { leaf: new TextDecoder().decode(leaf), leafIndex: 1, proof: [toHex(other), toHex(third)], checkpoint, verifierKey: formatVerifierKey(signer.key), committed: canonicalJson(said), salt: toHex(salt) };
};

test("an entry of an honest log is proved in the browser", async () => {
  assert.deepEqual(await checkTrailEntry(entry, await proofOf(1), memory()), { state: "proved", leafIndex: 1, size: 3, origin: "log.contoh.go.id/6409", erased: false });
});

test("each lie is caught, and named", async () => {
  const honest = await proofOf(1);
  const foreign = await proofOf(2);
  const lies: readonly (readonly [string, Partial<TrailProof>, Partial<TrailEntry>])[] = [
    ["leaf", { leaf: honest.leaf.replace("received.directed", "received.closed") }, {}],
    ["leaf", {}, { eventId: "01890000-0000-7000-8000-000000000002" }],
    ["leaf", { leaf: "{}" }, {}],
    ["commitment", { committed: honest.committed.replace("Rina", "Rini") }, {}],
    ["commitment", { salt: "00" }, {}],
    ["commitment", { salt: "not hex" }, {}],
    ["words", {}, { person: "Orang Lain" }],
    ["words", {}, { post: "Bupati" }],
    ["words", {}, { holding: "plt" }],
    ["words", {}, { basis: "800/1/SETDA/2026" }],
    ["key", { verifierKey: "rubbish" }, {}],
    ["checkpoint", { verifierKey: foreign.verifierKey }, {}],
    ["checkpoint", { checkpoint: honest.checkpoint.replace("\n3\n", "\n4\n") }, {}],
    ["inclusion", { proof: [...honest.proof].reverse() }, {}],
    ["inclusion", { proof: honest.proof.slice(1) }, {}],
    ["inclusion", { proof: ["xx", ...honest.proof] }, {}],
    ["inclusion", { leafIndex: 2 }, {}],
  ];
  for (const [why, lie, shown] of lies) assert.deepEqual(await checkTrailEntry({ ...entry, ...shown }, { ...honest, ...lie }, memory()), { state: "mismatch", why }, why);
});

test("a log that changes its key under the same name is not believed again", async () => {
  const device = memory();
  assert.equal((await checkTrailEntry(entry, await proofOf(1), device)).state, "proved");
  assert.deepEqual(await checkTrailEntry(entry, await proofOf(2), device), { state: "mismatch", why: "key" });
});

test("a body that was lawfully erased leaves its place in the log provable", async () => {
  const finding = await checkTrailEntry(entry, { ...(await proofOf(1)), committed: "", salt: "" }, memory());
  assert.ok(finding.state === "proved" && finding.erased);
});
