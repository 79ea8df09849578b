import {
  append, decodeEntries, edgeOf, edgeTiles, EMPTY_EDGE, EMPTY_FRONTIER, encodeEntries, entriesPath, equal, frontierRoot, growTiles, hashesIn, readFrontier, recordHash, tileHashReader, tilePath, TILE_WIDTH, verifiedTiles,
  type EntryBundle, type Frontier, type Tile, type TileEdge, type TreeHead,
} from "@lontar/ledger";
import type { LogFile, LogFolder } from "./folder.ts";
import type { ReadPublished } from "./transport.ts";

/** What came of copying: all of it; a file that is not there; or files that are not those of the signed tree. */
export type Copied = { readonly state: "whole" } | { readonly state: "missing"; readonly path: string } | { readonly state: "false"; readonly path: string };

const bundlesAtOnce = 32;

/**
 * Brings a copy of a log up to a signed head (the pull side of c2sp.org/tlog-mirror). Nothing is kept that was not checked first: the
 * tiles must fold to the root, the entries must hash to the tiles. The bytes are hostile. An interrupted copy goes on where it was.
 */
export const copyLog = async (read: ReadPublished, folder: LogFolder, head: TreeHead): Promise<Copied> => {
  let state = await stateOf(folder);
  while (state.frontier.size < head.size) {
    const from = state.frontier.size;
    const to = Math.min(head.size, (Math.floor(from / TILE_WIDTH) + bundlesAtOnce) * TILE_WIDTH);
    const fetched = await fetchEntries(read, head, from, to);
    if (!("entries" in fetched)) return fetched;
    const hashes = fetched.entries.slice(from - Math.floor(from / TILE_WIDTH) * TILE_WIDTH).map(recordHash);
    const grown = growTiles(state.edge, hashes);
    const frontier = append(state.frontier, hashes);
    if (to === head.size && !equal(frontierRoot(frontier), head.root)) return { state: "false", path: "checkpoint" }; // our own beginning is another's
    await folder.add([...grown.tiles.map(({ tile, bytes }): LogFile => ({ resource: { kind: "tile", tile }, bytes })), ...fetched.bundles.map(({ bundle, records }): LogFile => ({ resource: { kind: "entries", bundle }, bytes: encodeEntries(records) }))]);
    await folder.reach(to);
    state = { frontier, edge: grown.edge };
  }
  return { state: "whole" };
};

type State = { readonly frontier: Frontier; readonly edge: TileEdge };

const stateOf = async (folder: LogFolder): Promise<State> => {
  const size = await folder.size();
  if (size === 0) return { frontier: EMPTY_FRONTIER, edge: EMPTY_EDGE };
  const own = (tiles: readonly Tile[]): Promise<readonly Uint8Array[]> => readTiles(folder.read, tiles);
  return { frontier: await readFrontier(size, tileHashReader(size, own)), edge: edgeOf(size, await own(edgeTiles(size))) };
};

/** Tiles by whatever width of them is there: a full one supersedes the partial ones before it. */
const readTiles = (read: ReadPublished, tiles: readonly Tile[]): Promise<readonly Uint8Array[]> =>
  Promise.all(
    tiles.map(async (tile) => {
      const bytes = (await read(tilePath(tile))) ?? (tile.width < TILE_WIDTH ? await read(tilePath({ ...tile, width: TILE_WIDTH })) : undefined);
      return bytes?.subarray(0, tile.width * 32) ?? new Uint8Array();
    }),
  );

type Fetched = { readonly entries: readonly Uint8Array[]; readonly bundles: readonly { readonly bundle: EntryBundle; readonly records: readonly Uint8Array[] }[] };

/** The entries of the bundles that `from` up to `to` lie in, each checked against a tile that was checked against the head. */
const fetchEntries = async (read: ReadPublished, head: TreeHead, from: number, to: number): Promise<Fetched | Copied> => {
  const tiles: Tile[] = [];
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < to; index += 1) tiles.push({ level: 0, index, width: Math.min(TILE_WIDTH, head.size - index * TILE_WIDTH) });
  const contents = await verifiedTiles(head, (wanted) => readTiles(read, wanted))(tiles).catch((error: unknown) => (error instanceof Error && error.message.startsWith("ledger: ") ? undefined : Promise.reject(error)));
  if (contents === undefined) return { state: "false", path: tilePath(tiles[0] ?? { level: 0, index: 0, width: 1 }) };
  const bundles = await Promise.all(
    tiles.map(async (tile, at) => {
      const bundle = { index: tile.index, width: tile.width };
      const records = await readBundle(read, bundle);
      const hashes = hashesIn(contents[at] ?? new Uint8Array());
      const isTrue = records !== undefined && records.every((record, place) => equal(recordHash(record), hashes[place] ?? new Uint8Array()));
      return { bundle, records, isTrue };
    }),
  );
  const wrong = bundles.find(({ isTrue }) => !isTrue);
  if (wrong !== undefined) return { state: wrong.records === undefined ? "missing" : "false", path: entriesPath(wrong.bundle) };
  const whole = bundles.flatMap(({ bundle, records }) => (records === undefined ? [] : [{ bundle, records }]));
  return { entries: whole.flatMap(({ records }) => records), bundles: whole };
};

const readBundle = async (read: ReadPublished, bundle: EntryBundle): Promise<readonly Uint8Array[] | undefined> => {
  for (const width of new Set([bundle.width, TILE_WIDTH])) {
    const bytes = await read(entriesPath({ ...bundle, width }));
    const decoded = bytes === undefined ? undefined : decodeEntries(bytes, width);
    if (decoded !== undefined && "value" in decoded) return decoded.value.slice(0, bundle.width);
  }
  return undefined;
};
