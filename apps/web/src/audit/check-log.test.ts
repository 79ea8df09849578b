import assert from "node:assert/strict";
import { test } from "node:test";
import { append, cosign, EMPTY_EDGE, EMPTY_FRONTIER, formatCheckpoint, formatNote, formatPolicy, frontierRoot, growTiles, parseNote, recordHash, SIGNATURE_TYPE, signNote, tilePath, utf8, type Policy } from "@lontar/ledger";
import { signerFromSeed } from "@lontar/ledger/node";
import type { LogFiles } from "../kernel/log-files.ts";
import type { Memory } from "../kernel/memory.ts";
import { checkLog } from "./check-log.ts";

const memory = (): Memory => {
  const kept = new Map<string, string>();
  return { read: (key) => kept.get(key) ?? null, write: (key, value) => (kept.set(key, value), true), remove: (key) => kept.delete(key), keys: () => [...kept.keys()] };
};

const log = (seed: number) => signerFromSeed("lontar/log/t", SIGNATURE_TYPE.ed25519, new Uint8Array(32).fill(seed));
const witnessOf = (name: string, seed: number) => signerFromSeed(`${name}.contoh.go.id`, SIGNATURE_TYPE.cosignatureV1, new Uint8Array(32).fill(seed));
const witnesses = [witnessOf("inspektorat", 11), witnessOf("provinsi", 12), witnessOf("tetangga", 13)] as const;
const policy: Policy = {
  logs: [{ key: log(1).key, url: undefined }],
  witnesses: witnesses.map(({ key }, at) => ({ name: ["inspektorat", "provinsi", "tetangga"][at] ?? "", key, url: undefined })),
  quorum: { kind: "group", name: "saksi", threshold: 2, members: [{ kind: "witness", name: "inspektorat" }, { kind: "witness", name: "provinsi" }, { kind: "witness", name: "tetangga" }] },
};

type Published = { readonly checkpoint: string; readonly policy: string; readonly tiles: Map<string, Uint8Array> };

/** A log of these records as it is published, cosigned by so many witnesses. */
const publish = async (records: readonly string[], { cosigned = 2, seed = 1 } = {}): Promise<Published> => {
  const hashes = records.map((record) => recordHash(utf8(record)));
  const text = formatCheckpoint({ origin: "lontar/log/t", size: hashes.length, root: frontierRoot(append(EMPTY_FRONTIER, hashes)), extensions: [] });
  const note = parseNote(await signNote(text, [log(seed)]));
  assert.ok("value" in note);
  const signatures = await Promise.all(witnesses.slice(0, cosigned).map((witness) => cosign(text, 1_795_000_000, witness)));
  const tiles = new Map(growTiles(EMPTY_EDGE, hashes).tiles.map(({ tile, bytes }) => [tilePath(tile), bytes]));
  return { checkpoint: formatNote({ text, signatures: [...note.value.signatures, ...signatures] }), policy: formatPolicy({ ...policy, logs: [{ key: log(seed).key, url: undefined }] }), tiles };
};
const filesOf = (of: Published): LogFiles => ({ text: async (name) => of[name], tile: async (path) => of.tiles.get(path) });
const acts = (count: number, first = "tindakan"): readonly string[] => Array.from({ length: count }, (_, at) => `${first} ${at}`);

test("an honest log is found whole, with who has cosigned it; the next time the browser finds again what it saw", async () => {
  const device = memory();
  const once = await checkLog(filesOf(await publish(acts(300))), device);
  assert.deepEqual(once, { state: "whole", size: 300, witnesses: [{ name: "inspektorat", at: "2026-11-18T11:06:40.000Z" }, { name: "provinsi", at: "2026-11-18T11:06:40.000Z" }], enough: 2, before: null });
  const again = await checkLog(filesOf(await publish(acts(1000))), device);
  assert.ok(again.state === "whole" && again.before === 300 && again.size === 1000);
});

test("each lie is caught, and named", async () => {
  const honest = await publish(acts(300));
  const seen = async (): Promise<Memory> => {
    const device = memory();
    await checkLog(filesOf(honest), device);
    return device;
  };
  const tampered = new Map(honest.tiles);
  tampered.set("tile/0/000", Uint8Array.from(honest.tiles.get("tile/0/000") ?? [], (byte, at) => (at === 5 ? byte ^ 1 : byte)));
  const gone = new Map(honest.tiles);
  gone.delete("tile/0/001.p/44");
  const lies: readonly (readonly [string, Published, Memory])[] = [
    ["policy", { ...honest, policy: "quorum siapa\n" }, memory()],
    ["key", await publish(acts(300), { seed: 2 }), await seen()],
    ["checkpoint", { ...honest, checkpoint: honest.checkpoint.replace("\n300\n", "\n301\n") }, memory()],
    ["quorum", await publish(acts(300), { cosigned: 1 }), memory()],
    ["tiles", { ...honest, tiles: gone }, memory()],
    ["tiles", { ...honest, tiles: new Map() }, memory()],
    ["history", await publish([...acts(299), "riwayat lain"]), await seen()],
    ["history", await publish(["riwayat lain", ...acts(999)]), await seen()],
    ["history", await publish(acts(299)), await seen()],
  ];
  for (const [why, published, device] of lies) assert.deepEqual(await checkLog(filesOf(published), device), { state: "mismatch", why }, why);
  assert.deepEqual(await checkLog({ text: async () => undefined, tile: async () => undefined }, memory()), { state: "mismatch", why: "unpublished" });
  // A full tile that was altered is read only when what the browser saw before has to be found in it.
  const early = memory();
  await checkLog(filesOf(await publish(acts(100))), early);
  assert.deepEqual(await checkLog(filesOf({ ...honest, tiles: tampered }), early), { state: "mismatch", why: "tiles" });
});
