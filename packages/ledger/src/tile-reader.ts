import { assert } from "./assert.ts";
import { equal } from "./bytes.ts";
import { edgeTiles, hashInTile, TILE_HEIGHT, TILE_WIDTH, tileHash, tileHolding } from "./tile.ts";
import type { Tile, TileData, TileReader } from "./tile.ts";
import { tilePath } from "./tile-path.ts";
import type { TreeHead } from "./proof.ts";
import { emptyRoot, foldPeaks, HASH_BYTES, subtreesOf } from "./tree.ts";
import type { HashReader } from "./tree.ts";

/**
 * A hash reader over the tiles of a tree of this size; each tile is asked for once per call. It believes the tiles:
 * give it `verifiedTiles` when they come from somewhere that might lie.
 */
export function tileHashReader(size: number, readTiles: TileReader): HashReader {
  return async (subtrees) => {
    const holders = subtrees.map((subtree) => tileHolding(subtree, size));
    const tiles = await readAll(holders, readTiles);
    return subtrees.map((subtree, at) => hashInTile(find(tiles, holders[at]), subtree));
  };
}

/**
 * A tile reader that returns nothing it has not checked against a tree head, or throws. The partial tiles at the right
 * edge must fold to the root, which vouches for every hash in them; a full tile must hash to the entry its parent has
 * for it; and by climbing one arrives at the edge.
 */
export function verifiedTiles(tree: TreeHead, readTiles: TileReader): TileReader {
  return async (tiles) => {
    const asked = [...tiles, ...tiles.flatMap((tile) => ancestors(tile, tree.size)), ...edgeTiles(tree.size)];
    const found = await readAll(asked, readTiles);

    if (!equal(edgeRoot(tree.size, found), tree.root)) throw new Error("ledger: the edge tiles do not fold to the root");
    for (const { tile, bytes } of found.values()) {
      if (tile.width < TILE_WIDTH) continue;
      const subtree = { level: (tile.level + 1) * TILE_HEIGHT, index: tile.index };
      const expected = hashInTile(find(found, tileHolding(subtree, tree.size)), subtree);
      if (!equal(tileHash(bytes), expected)) throw new Error(`ledger: ${tilePath(tile)} is not what its parent says`);
    }
    return tiles.map((tile) => find(found, tile).bytes);
  };
}

/** The tiles above a full tile, up to the partial one at the edge. */
function ancestors(tile: Tile, size: number): readonly Tile[] {
  const known = tileHolding({ level: tile.level * TILE_HEIGHT, index: tile.index * TILE_WIDTH }, size);
  assert(known.width === tile.width, "a verified tile is as wide as the tree makes it");
  if (tile.width < TILE_WIDTH) return [];
  const parent = tileHolding({ level: (tile.level + 1) * TILE_HEIGHT, index: tile.index }, size);
  return [parent, ...ancestors(parent, size)];
}

function edgeRoot(size: number, tiles: ReadonlyMap<string, TileData>): Uint8Array {
  if (size === 0) return emptyRoot();
  const peaks = subtreesOf({ start: 0, end: size });
  return foldPeaks(peaks.map((peak) => hashInTile(find(tiles, tileHolding(peak, size)), peak)));
}

async function readAll(tiles: readonly Tile[], readTiles: TileReader): Promise<ReadonlyMap<string, TileData>> {
  const distinct = [...new Map(tiles.map((tile) => [tilePath(tile), tile])).values()];
  const contents = await readTiles(distinct);
  return new Map(
    distinct.map((tile, at) => {
      const bytes = contents[at];
      if (bytes?.length !== tile.width * HASH_BYTES) throw new Error(`ledger: ${tilePath(tile)} is missing or of the wrong length`);
      return [tilePath(tile), { tile, bytes }];
    }),
  );
}

function find(tiles: ReadonlyMap<string, TileData>, tile: Tile | undefined): TileData {
  const found = tile === undefined ? undefined : tiles.get(tilePath(tile));
  assert(found !== undefined, "every tile that is needed was asked for");
  return found;
}
