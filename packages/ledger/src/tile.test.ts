import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { flipped, readerOf, recordsOf, TileFiles } from "../test/reference.ts";
import { append, EMPTY_FRONTIER, frontierRoot, readFrontier } from "./frontier.ts";
import { checkRecord, checkTree, proveRecord, proveTree } from "./proof.ts";
import { EMPTY_EDGE, edgeOf, growTiles } from "./tile-growth.ts";
import { entriesPath, parseTilePath, tilePath } from "./tile-path.ts";
import { tileHashReader, verifiedTiles } from "./tile-reader.ts";
import { edgeTiles, hashInTile, TILE_WIDTH, tilesBetween } from "./tile.ts";
import type { Tile } from "./tile.ts";
import { recordHash } from "./tree.ts";

/** 65 000 and 70 000 records cross the second level of tiles; they are hashed once for the whole file. */
const COUNT = 70_000;
const hashes = recordsOf(COUNT).map(recordHash);
const log = new TileFiles();
const at65000 = growTiles(EMPTY_EDGE, hashes.slice(0, 65_000));
log.write(at65000.tiles);
const at70000 = growTiles(at65000.edge, hashes.slice(65_000));
log.write(at70000.tiles);
const headAt = (size: number) => ({ size, root: frontierRoot(append(EMPTY_FRONTIER, hashes.slice(0, size))) });
const head = headAt(COUNT);

test("a tree of 70 000 has the tiles the specification counts out", () => {
  const tiles = tilesBetween(0, COUNT);
  const count = (level: number, isFull: boolean) => tiles.filter((tile) => tile.level === level && (tile.width === TILE_WIDTH) === isFull).length;
  assert.deepEqual([count(0, true), count(0, false), count(1, true), count(1, false), count(2, false)], [273, 1, 1, 1, 1]);
  assert.deepEqual(edgeTiles(COUNT), [
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 1, width: 17 },
    { level: 2, index: 0, width: 1 },
  ]);
});

test("a tree of 256 is a full tile and a partial tile of one hash above it", () => {
  assert.deepEqual(tilesBetween(0, 256), [{ level: 0, index: 0, width: 256 }, { level: 1, index: 0, width: 1 }]);
  assert.deepEqual(edgeTiles(256), [{ level: 1, index: 0, width: 1 }]);
  assert.deepEqual(tilesBetween(256, 256), []);
});

test("growing in any steps writes the tiles of the growth, and ends in the same files as growing at once", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { maxLength: 12 }), (steps) => {
      const files = new TileFiles();
      let edge = EMPTY_EDGE;
      for (const step of steps) {
        const growth = growTiles(edge, hashes.slice(edge.size, edge.size + step));
        assert.deepEqual(growth.tiles.map(({ tile }) => tile), tilesBetween(edge.size, edge.size + step));
        files.write(growth.tiles);
        edge = growth.edge;
        // What is kept in memory and what a restart would read back are the same edge.
        assert.deepEqual(byLevel(edge.tiles), edgeOf(edge.size, edgeTiles(edge.size).map((tile) => files.files.get(tilePath(tile)) ?? assert.fail())).tiles);
      }
      for (const { tile, bytes } of growTiles(EMPTY_EDGE, hashes.slice(0, edge.size)).tiles) {
        assert.deepEqual(files.files.get(tilePath(tile)), bytes, tilePath(tile));
      }
    }),
    { numRuns: 60 },
  );
});

test("a batch far larger than any argument list grows the tree at once", () => {
  const count = 250_000;
  const [hash] = hashes;
  assert.ok(hash !== undefined);
  const growth = growTiles(EMPTY_EDGE, Array.from({ length: count }, () => hash));
  assert.deepEqual(growth.tiles.map(({ tile }) => tile), tilesBetween(0, count));
});

test("an edge is refused when one of its tiles is missing or of another width", () => {
  assert.throws(() => edgeOf(300, []), /every edge tile is there/);
  assert.throws(() => edgeOf(300, [new Uint8Array(32), new Uint8Array(32)]), /every edge tile is there/);
});

test("tiles answer the same hashes as the records themselves, at every level", async () => {
  const records = recordsOf(600);
  const files = new TileFiles();
  files.write(growTiles(EMPTY_EDGE, records.map(recordHash)).tiles);
  const fromTiles = tileHashReader(600, files.read);
  const subtrees = Array.from({ length: 10 }, (_, level) => level).flatMap((level) =>
    Array.from({ length: Math.floor(600 / 2 ** level) }, (_, index) => ({ level, index })),
  );
  assert.deepEqual(await fromTiles(subtrees), await readerOf(records)(subtrees));
  assert.deepEqual(await readFrontier(600, fromTiles), append(EMPTY_FRONTIER, records.map(recordHash)));
});

test("a tree of 70 000 is proved from its tiles, each read once for a proof", async () => {
  const asked: string[] = [];
  const read = tileHashReader(COUNT, (tiles) => {
    asked.push(...tiles.map(tilePath));
    return log.read(tiles);
  });
  for (const index of [0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999]) {
    asked.length = 0;
    const proof = await proveRecord(index, COUNT, read);
    assert.equal(checkRecord({ index, hash: hashes[index] ?? assert.fail() }, head, proof), true, `record ${index}`);
    assert.equal(new Set(asked).size, asked.length, "no tile is read twice");
  }
  for (const older of [1, 255, 256, 257, 65_000, 65_536, 68_766, 69_999]) {
    assert.equal(checkTree(headAt(older), head, await proveTree(older, COUNT, read)), true, `from ${older}`);
  }
});

test("verified tiles are the tiles, and one flipped bit in any tile on the way is an error", async () => {
  const wanted: readonly Tile[] = [{ level: 0, index: 3, width: 256 }, { level: 1, index: 0, width: 256 }, { level: 0, index: 273, width: 112 }];
  const asked = new Set<string>();
  const honest = verifiedTiles(head, (tiles) => {
    for (const tile of tiles) asked.add(tilePath(tile));
    return log.read(tiles);
  });
  assert.deepEqual(await honest(wanted), await log.read(wanted));
  assert.ok(asked.size >= 5, "the way leads over parents and edge");

  for (const path of asked) {
    for (const at of [0, 31]) {
      const lying = verifiedTiles(head, async (tiles) => (await log.read(tiles)).map((bytes, which) => (tilePath(tiles[which] ?? assert.fail()) === path ? flipped(bytes, at) : bytes)));
      await assert.rejects(lying(wanted), /do not fold to the root|not what its parent says/, path);
    }
    const missing = verifiedTiles(head, async (tiles) => (await log.read(tiles)).map((bytes, which) => (tilePath(tiles[which] ?? assert.fail()) === path ? bytes.slice(32) : bytes)));
    await assert.rejects(missing(wanted), /missing or of the wrong length/, path);
  }
});

test("tiles of another tree are not verified by this tree's head", async () => {
  const other = new TileFiles();
  other.write(growTiles(EMPTY_EDGE, hashes.slice(0, 300).toReversed()).tiles);
  const read = verifiedTiles(headAt(300), other.read);
  await assert.rejects(read([{ level: 0, index: 0, width: 256 }]), /do not fold to the root/);
});

test("the trees at which the arithmetic could slip are all read correctly through verified tiles", async () => {
  for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537]) {
    const files = new TileFiles();
    files.write(growTiles(EMPTY_EDGE, hashes.slice(0, size)).tiles);
    const tree = headAt(size);
    const read = tileHashReader(size, verifiedTiles(tree, files.read));
    for (const index of new Set([0, size >>> 1, size - 1])) {
      assert.equal(checkRecord({ index, hash: hashes[index] ?? assert.fail() }, tree, await proveRecord(index, size, read)), true, `${index} of ${size}`);
    }
  }
});

test("a subtree outside its tile is a bug, and says so", () => {
  const tile = { level: 0, index: 0, width: 2 };
  assert.throws(() => hashInTile({ tile, bytes: new Uint8Array(64) }, { level: 0, index: 2 }), /lies inside the tile/);
  assert.throws(() => hashInTile({ tile, bytes: new Uint8Array(63) }, { level: 0, index: 0 }), /as many hashes as it is wide/);
});

const PATHS = [
  [{ level: 0, index: 0, width: 256 }, "tile/0/000"],
  [{ level: 0, index: 999, width: 256 }, "tile/0/999"],
  [{ level: 1, index: 1000, width: 256 }, "tile/1/x001/000"],
  [{ level: 0, index: 1234, width: 56 }, "tile/0/x001/234.p/56"],
  [{ level: 5, index: 1_234_067, width: 1 }, "tile/5/x001/x234/067.p/1"],
  [{ level: 63, index: Number.MAX_SAFE_INTEGER, width: 255 }, "tile/63/x009/x007/x199/x254/x740/991.p/255"],
] as const;

test("tile and entry paths are spelled as the specification spells them, and read back", () => {
  for (const [tile, path] of PATHS) {
    assert.equal(tilePath(tile), path);
    assert.deepEqual(parseTilePath(path), { value: { kind: "tile", tile } });
  }
  const bundle = { index: 273, width: 112 };
  assert.equal(entriesPath(bundle), "tile/entries/273.p/112");
  assert.deepEqual(parseTilePath("tile/entries/273.p/112"), { value: { kind: "entries", bundle } });
});

test("every other spelling of a path is refused", () => {
  const strange = [
    "", "tile", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile/0/0", "tile/0/0000", "tile/00/000", "tile/64/000", "tile/-1/000",
    "tile/0/x000/000", "tile/0/x001/x234", "tile/0/001/234", "tile/0/X001/234", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
    "tile/0/000.p/", "tile/0/000.p/1/2", "tile/0/../000", "tile/0/000\n", "tile/0/000?x", "tile/data/000", "checkpoint",
    "tile/0/x999/x999/x999/x999/x999/999", "tile/0/x001/x001/x001/x001/x001/x001/001",
  ];
  for (const path of strange) assert.deepEqual(parseTilePath(path), { refused: "no_such_path" }, JSON.stringify(path));
});

test("any tile's path reads back as that tile", () => {
  const tiles = fc.record({ level: fc.nat(63), index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) }, { noNullPrototype: true });
  fc.assert(fc.property(tiles, (tile) => assert.deepEqual(parseTilePath(tilePath(tile)), { value: { kind: "tile", tile } })));
});

function byLevel<Data extends { readonly tile: Tile }>(tiles: readonly Data[]): readonly Data[] {
  return tiles.toSorted((a, b) => a.tile.level - b.tile.level);
}
