import { assert } from "./assert.ts";
import { concat } from "./bytes.ts";
import { TILE_WIDTH, tilesBetween } from "./tile.ts";
import type { EntryBundle } from "./tile-path.ts";
import type { Verdict } from "./verdict.ts";

/** The longest record an entry bundle can carry: its length is written in two bytes. */
export const MAX_RECORD_BYTES = 65_535;

/** The bundles a log must write when it grows: one beside each new tile of level 0. */
export function entriesBetween(older: number, newer: number): readonly EntryBundle[] {
  return tilesBetween(older, newer)
    .filter((tile) => tile.level === 0)
    .map(({ index, width }) => ({ index, width }));
}

/** Writes records as an entry bundle (c2sp.org/tlog-tiles): each preceded by its length as a big-endian uint16. */
export function encodeEntries(records: readonly Uint8Array[]): Uint8Array {
  assert(records.length <= TILE_WIDTH, "a bundle holds at most 256 records");
  return concat(
    records.flatMap((record) => {
      assert(record.length <= MAX_RECORD_BYTES, "a record is at most 65535 bytes");
      return [Uint8Array.of(record.length >>> 8, record.length & 0xff), record];
    }),
  );
}

/** Reads an entry bundle that must hold exactly `width` records and not a byte more. The bytes are hostile. */
export function decodeEntries(bytes: Uint8Array, width: number): Verdict<readonly Uint8Array[], "malformed_entries"> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: Uint8Array[] = [];
  let at = 0;
  while (records.length < width && at + 2 <= bytes.length) {
    const end = at + 2 + view.getUint16(at);
    if (end > bytes.length) break;
    records.push(bytes.slice(at + 2, end));
    at = end;
  }
  return records.length === width && at === bytes.length ? { value: records } : { refused: "malformed_entries" };
}
