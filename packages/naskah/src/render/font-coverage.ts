/** Which code points a TrueType font maps to a glyph, read from its `cmap` table (OpenType 1.9, format 4 and 12). */

/** Inclusive ranges of code points, ascending. */
export type Ranges = readonly (readonly [number, number])[];

/** Reads the Unicode coverage of a font file. */
export function fontCoverage(font: Buffer): Ranges {
  const tables = font.readUInt16BE(4);
  for (let index = 0; index < tables; index += 1) {
    const record = 12 + index * 16;
    if (font.toString("latin1", record, record + 4) === "cmap") return readCmap(font.subarray(font.readUInt32BE(record + 8)));
  }
  throw new Error("font has no cmap table");
}

/** Code points that every one of the coverages has. */
export function intersect(coverages: readonly Ranges[]): Ranges {
  const [first, ...others] = coverages.map((ranges) => new Set(ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, step) => from + step))));
  return toRanges([...(first ?? [])].filter((code) => others.every((other) => other.has(code))));
}

function readCmap(cmap: Buffer): Ranges {
  const codes = new Set<number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const platform = cmap.readUInt16BE(4 + index * 8);
    const table = cmap.subarray(cmap.readUInt32BE(8 + index * 8));
    const format = table.readUInt16BE(0);
    if (platform !== 0 && platform !== 3) continue;
    if (format === 4) addSegments(table, codes);
    else if (format === 12) addGroups(table, codes);
  }
  return toRanges([...codes].sort((a, b) => a - b));
}

function addSegments(table: Buffer, codes: Set<number>): void {
  const segments = table.readUInt16BE(6) / 2;
  const ends = 14;
  const starts = ends + segments * 2 + 2;
  const deltas = starts + segments * 2;
  const offsets = deltas + segments * 2;
  for (let segment = 0; segment < segments; segment += 1) {
    const start = table.readUInt16BE(starts + segment * 2);
    const end = table.readUInt16BE(ends + segment * 2);
    const delta = table.readUInt16BE(deltas + segment * 2);
    const offset = table.readUInt16BE(offsets + segment * 2);
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const raw = offset === 0 ? code : table.readUInt16BE(offsets + segment * 2 + offset + (code - start) * 2);
      if (raw !== 0 && ((raw + delta) & 0xffff) !== 0) codes.add(code);
    }
  }
}

function addGroups(table: Buffer, codes: Set<number>): void {
  for (let group = 0; group < table.readUInt32BE(12); group += 1) {
    const at = 16 + group * 12;
    for (let code = table.readUInt32BE(at); code <= table.readUInt32BE(at + 4); code += 1) codes.add(code);
  }
}

function toRanges(sorted: readonly number[]): Ranges {
  const ranges: [number, number][] = [];
  for (const code of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
}
