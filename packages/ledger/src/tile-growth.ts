import { assert } from "./assert.ts";
import { concat } from "./bytes.ts";
import { edgeTiles, hashesAtLevel, TILE_WIDTH, tileHash } from "./tile.ts";
import type { TileData } from "./tile.ts";
import { HASH_BYTES } from "./tree.ts";
import type { Hash } from "./tree.ts";

/** The partial tiles at the right edge of a tree, which is all that its tiles need in order to grow. */
export type TileEdge = { readonly size: number; readonly tiles: readonly TileData[] };

/** What growing produced: the new edge, and the files to write, which are exactly `tilesBetween` the two sizes. */
export type TileGrowth = { readonly edge: TileEdge; readonly tiles: readonly TileData[] };

/** The edge of the tree before its first record. */
export const EMPTY_EDGE: TileEdge = { size: 0, tiles: [] };

/** The edge of a tree from the contents of its `edgeTiles`, read in that order from where the log keeps them. */
export function edgeOf(size: number, contents: readonly Uint8Array[]): TileEdge {
  const tiles = edgeTiles(size).map((tile, at) => {
    const bytes = contents[at];
    assert(bytes?.length === tile.width * HASH_BYTES, "every edge tile is there, as wide as the size says");
    return { tile, bytes };
  });
  return { size, tiles };
}

/**
 * Appends leaf hashes to the tiles of a tree. Each level takes in the hashes that arrive, cuts full tiles off, and sends
 * the hash of each up to the next level, until a level is left unfilled.
 */
export function growTiles(edge: TileEdge, recordHashes: readonly Hash[]): TileGrowth {
  const written: TileData[] = [];
  const untouched = new Map(edge.tiles.map((data) => [data.tile.level, data]));
  const fresh: TileData[] = [];
  let arriving = recordHashes;
  for (let level = 0; arriving.length > 0; level++) {
    const tail = untouched.get(level)?.bytes ?? new Uint8Array(0);
    untouched.delete(level);
    const tiles = cutTiles(level, Math.floor(hashesAtLevel(edge.size, level) / TILE_WIDTH), concat([tail, ...arriving]));
    written.push(...tiles);
    fresh.push(...tiles.filter(({ tile }) => tile.width < TILE_WIDTH));
    arriving = tiles.filter(({ tile }) => tile.width === TILE_WIDTH).map(({ bytes }) => tileHash(bytes));
  }
  return { edge: { size: edge.size + recordHashes.length, tiles: [...fresh, ...untouched.values()] }, tiles: written };
}

function cutTiles(level: number, firstIndex: number, hashes: Uint8Array): readonly TileData[] {
  const tileBytes = TILE_WIDTH * HASH_BYTES;
  return Array.from({ length: Math.ceil(hashes.length / tileBytes) }, (_, at) => {
    const bytes = hashes.slice(at * tileBytes, (at + 1) * tileBytes);
    return { tile: { level, index: firstIndex + at, width: bytes.length / HASH_BYTES }, bytes };
  });
}
