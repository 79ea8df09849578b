import { assert, assertCount } from "./assert.ts";
import { foldPeaks, HASH_BYTES, nodeHash } from "./tree.ts";
import type { Hash, Subtree } from "./tree.ts";

/** Levels of the tree inside one tile: tlog-tiles fixes it, so a tile is at most 8 KiB. */
export const TILE_HEIGHT = 8;

/** Hashes in a full tile. */
export const TILE_WIDTH = 256;

/**
 * One file of the tree (c2sp.org/tlog-tiles): `width` consecutive hashes, each of a complete subtree of level
 * `8 * level`. A tile narrower than 256 is partial: it stands at the right edge of some tree, and is superseded.
 */
export type Tile = { readonly level: number; readonly index: number; readonly width: number };

/** A tile with its content. */
export type TileData = { readonly tile: Tile; readonly bytes: Uint8Array };

/** Answers the contents of tiles, in the order asked. */
export type TileReader = (tiles: readonly Tile[]) => Promise<readonly Uint8Array[]>;

/** The tiles a log must write when it grows: every tile of the newer tree that the older did not have, lowest level first. */
export function tilesBetween(older: number, newer: number): readonly Tile[] {
  assertCount(newer, "newer");
  assert(older <= newer, "a tree only grows");
  const tiles: Tile[] = [];
  for (let level = 0; ; level++) {
    const before = hashesAtLevel(older, level);
    const after = hashesAtLevel(newer, level);
    if (before === after) return tiles;
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < after; index++) {
      tiles.push({ level, index, width: Math.min(TILE_WIDTH, after - index * TILE_WIDTH) });
    }
  }
}

/** The partial tiles at the right edge of a tree, lowest level first: together they hold its whole frontier. */
export function edgeTiles(size: number): readonly Tile[] {
  assertCount(size, "size");
  const tiles: Tile[] = [];
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
    const hashes = hashesAtLevel(size, level);
    const width = hashes % TILE_WIDTH;
    if (width > 0) tiles.push({ level, index: (hashes - width) / TILE_WIDTH, width });
  }
  return tiles;
}

/** The tile, in the tree of the first `size` records, from which the hash of a subtree is read or folded. */
export function tileHolding(subtree: Subtree, size: number): Tile {
  const level = Math.floor(subtree.level / TILE_HEIGHT);
  const index = Math.floor(firstHash(subtree) / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, hashesAtLevel(size, level) - index * TILE_WIDTH);
  assert(width > 0, "the subtree lies inside the tree");
  return { level, index, width };
}

/** The hash of a subtree from the tile that `tileHolding` names. */
export function hashInTile({ tile, bytes }: TileData, subtree: Subtree): Hash {
  assert(bytes.length === tile.width * HASH_BYTES, "a tile holds as many hashes as it is wide");
  const from = firstHash(subtree) - tile.index * TILE_WIDTH;
  const count = 2 ** (subtree.level % TILE_HEIGHT);
  assert(from >= 0 && from + count <= tile.width, "the subtree lies inside the tile");
  return foldComplete(hashesIn(bytes.subarray(from * HASH_BYTES, (from + count) * HASH_BYTES)));
}

/** The hash over a full tile: the one hash it contributes to the level above. */
export function tileHash(fullTile: Uint8Array): Hash {
  assert(fullTile.length === TILE_WIDTH * HASH_BYTES, "a partial tile is never hashed into the level above");
  return foldComplete(hashesIn(fullTile));
}

/** Cuts a tile's content into its hashes. */
export function hashesIn(bytes: Uint8Array): readonly Hash[] {
  assert(bytes.length % HASH_BYTES === 0, "a tile is a sequence of whole hashes");
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, at) => bytes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}

/** How many hashes of tile level `level` a tree of this size has: its complete subtrees of 256^level leaves. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** Where a subtree begins, counted in hashes of its tile level. */
function firstHash(subtree: Subtree): number {
  return subtree.index * 2 ** (subtree.level % TILE_HEIGHT);
}

function foldComplete(hashes: readonly Hash[]): Hash {
  if (hashes.length === 1) return foldPeaks(hashes);
  const halved = Array.from({ length: hashes.length / 2 }, (_, at) => {
    const [left, right] = hashes.slice(at * 2, at * 2 + 2);
    assert(left !== undefined && right !== undefined, "a complete subtree has a power of two of leaves");
    return nodeHash(left, right);
  });
  return foldComplete(halved);
}
