import { formatDocumentProof, formatPolicy, proveRecord, sha256, tileHashReader, tilePath, utf8, type Policy, type Tile } from "@lontar/ledger";
import type pg from "pg";
import type { Id, Instant } from "../kernel/ids.ts";
import { checkpointIn } from "./publish.ts";
import { documentLeaves, provedSize, readTiles, saveProofs, type LetterProof } from "./store.ts";

/** What making proofs takes: which acts freeze a letter, and whose word a checkpoint carries. */
export type Proving = { readonly pool: pg.Pool; readonly types: readonly string[]; readonly policy: Policy | undefined; readonly now: () => Instant };

const leavesAtOnce = 20_000;

/**
 * Makes the proof of every letter that a published checkpoint covers and that has none yet. Where it stopped is kept with what it made,
 * in one transaction: a crash repeats a batch and nothing else. Leaves have their numbers in the order of their commits, so that here a
 * cursor loses nothing.
 */
export const proveLetters = async ({ pool, types, policy, now }: Proving, tenantId: Id, checkpoint: string): Promise<number> => {
  const size = checkpointIn(checkpoint)?.size ?? 0;
  const under = Buffer.from(sha256(utf8(policy === undefined ? "" : formatPolicy(policy))));
  let made = 0;
  for (let from = await provedSize(pool, tenantId, under); from < size; ) {
    const to = Math.min(size, from + leavesAtOnce);
    const proofs = new Map<Id, LetterProof>(); // a letter's newest file is the one that the proof lies beside
    const read = tileHashReader(size, remembering((tiles) => readTiles(pool, tenantId, tiles)));
    for (const leaf of await documentLeaves(pool, tenantId, { from, to, types })) {
      proofs.set(leaf.id, { id: leaf.id, index: leaf.index, proof: formatDocumentProof(leaf.text, { index: leaf.index, proof: await proveRecord(leaf.index, size, read), checkpoint }) });
    }
    await saveProofs(pool, tenantId, { proofs: [...proofs.values()], size: to, policy: under, at: now() });
    made += proofs.size;
    from = to;
  }
  return made;
};

/** Neighbouring letters climb through the same tiles: of one batch each is read once. */
export const remembering = (read: (tiles: readonly Tile[]) => Promise<readonly Uint8Array[]>) => {
  const known = new Map<string, Uint8Array>();
  return async (tiles: readonly Tile[]): Promise<readonly Uint8Array[]> => {
    const missing = tiles.filter((tile) => !known.has(tilePath(tile)));
    for (const [at, bytes] of (await read(missing)).entries()) {
      const tile = missing[at];
      if (tile !== undefined) known.set(tilePath(tile), bytes);
    }
    return tiles.map((tile) => known.get(tilePath(tile)) ?? new Uint8Array());
  };
};
