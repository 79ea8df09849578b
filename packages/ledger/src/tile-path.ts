import { assert, assertCount } from "./assert.ts";
import { parseDecimal } from "./decimal.ts";
import { TILE_WIDTH } from "./tile.ts";
import type { Tile } from "./tile.ts";
import type { Verdict } from "./verdict.ts";

/** One file of records: entry bundle `index` holds the `width` records whose leaf hashes are in tile `index` of level 0. */
export type EntryBundle = { readonly index: number; readonly width: number };

/** What a path of a tiled log leads to. */
export type Resource = { readonly kind: "tile"; readonly tile: Tile } | { readonly kind: "entries"; readonly bundle: EntryBundle };

/** The path of a tile below the log's prefix, such as `tile/0/x001/234` or `tile/1/000.p/17`. */
export function tilePath(tile: Tile): string {
  assert(tile.level >= 0 && tile.level < 64, "a tile's level is between 0 and 63");
  return `tile/${tile.level}/${indexPath(tile)}`;
}

/** The path of an entry bundle below the log's prefix, such as `tile/entries/000.p/112`. */
export function entriesPath(bundle: EntryBundle): string {
  return `tile/entries/${indexPath(bundle)}`;
}

/**
 * Reads a path that a client asked for. Only the one spelling that `tilePath` and `entriesPath` write is accepted, so a
 * path that passes can be handed to a file system: it cannot climb, and two paths never name one resource.
 */
export function parseTilePath(path: string): Verdict<Resource, "no_such_path"> {
  const parts = PATH.exec(path)?.groups;
  if (parts === undefined) return { refused: "no_such_path" };
  const index = Number(parts["index"]?.replaceAll(/[x/]/g, ""));
  const width = parts["width"] === undefined ? TILE_WIDTH : parseDecimal(parts["width"]);
  if (!Number.isSafeInteger(index) || width === undefined || width === 0 || width > TILE_WIDTH) return { refused: "no_such_path" };

  const resource = resourceAt(parts["level"] ?? "", { index, width });
  return resource !== undefined && resourcePath(resource) === path ? { value: resource } : { refused: "no_such_path" };
}

const PATH = /^tile\/(?<level>entries|[0-9]{1,2})\/(?<index>(?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/(?<width>[0-9]{1,3}))?$/;

function resourceAt(level: string, bundle: EntryBundle): Resource | undefined {
  if (level === "entries") return { kind: "entries", bundle };
  const number = parseDecimal(level);
  return number === undefined || number > 63 ? undefined : { kind: "tile", tile: { level: number, ...bundle } };
}

function resourcePath(resource: Resource): string {
  return resource.kind === "tile" ? tilePath(resource.tile) : entriesPath(resource.bundle);
}

/** 1234067 becomes `x001/x234/067`: no folder ever holds more than a thousand names, and no name is both folder and file. */
function indexPath({ index, width }: EntryBundle): string {
  assertCount(index, "index");
  assert(width >= 1 && width <= TILE_WIDTH, "a tile is 1 to 256 wide");
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g) ?? [];
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}
