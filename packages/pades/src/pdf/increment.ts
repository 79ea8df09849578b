import { byteAt, concat, toHex, type Piece } from "../bytes.ts";
import type { View } from "./file.ts";
import { isSpace } from "./parser.ts";
import { countOf, itemsOf, refOf, stringOf } from "./value.ts";

/** An object that an increment adds or replaces, its body in pieces: the increment joins them all at once. */
export type NewObject = { readonly number: number; readonly generation: number; readonly body: readonly Piece[] };

/** An increment: the bytes to append, and where each object's body begins in them. */
export type Increment = { readonly tail: Uint8Array; readonly bodies: ReadonlyMap<number, number> };

/** The first object number nobody has used. */
export function nextNumber(view: View): number {
  let next = countOf(view.trailer.entries.get("Size")) ?? 1;
  for (const number of view.table.keys()) next = Math.max(next, number + 1);
  return next;
}

/**
 * An incremental update (ISO 32000-2 §7.5.6) in the file's own kind of cross-reference, since PDF/A-1 and some readers do
 * not mix them. `secondId`, in hexadecimal, becomes the changing half of the file identifier, if the file has one.
 */
export async function writeIncrement(view: View, objects: readonly NewObject[], secondId: string): Promise<Increment> {
  const base = view.file.bytes.length;
  const pieces: Piece[] = [];
  let at = 0;
  const push = (piece: Piece): void => {
    pieces.push(piece);
    at += piece.length;
  };
  if (!isSpace(byteAt(view.file.bytes, base - 1))) push("\n");
  const bodies = new Map<number, number>();
  const entries: Entry[] = [];
  for (const { number, generation, body } of objects.toSorted((one, other) => one.number - other.number)) {
    entries.push({ number, generation, offset: base + at });
    push(`${number} ${generation} obj\n`);
    bodies.set(number, at);
    for (const piece of body) push(piece);
    push("\nendobj\n");
  }
  const startxref = base + at;
  const keys = await trailerKeys(view, secondId);
  push(view.newest?.kind === "stream" ? streamSection(view, entries, startxref, keys) : tableSection(view, entries, keys));
  push(`startxref\n${startxref}\n%%EOF\n`);
  return { tail: concat(pieces), bodies };
}

type Entry = { readonly number: number; readonly generation: number; readonly offset: number };

function tableSection(view: View, entries: readonly Entry[], trailerKeys: string): string {
  let text = "xref\n";
  for (const run of runsOf(entries)) {
    text += `${run[0]?.number ?? 0} ${run.length}\n`;
    for (const { generation, offset } of run) text += `${String(offset).padStart(10, "0")} ${String(generation).padStart(5, "0")} n\r\n`;
  }
  return `${text}trailer\n<< /Size ${sizeAfter(view, entries)} ${trailerKeys} >>\n`;
}

function streamSection(view: View, entries: readonly Entry[], startxref: number, trailerKeys: string): Uint8Array {
  const number = sizeAfter(view, entries);
  const all: readonly Entry[] = [...entries, { number, generation: 0, offset: startxref }];
  const data = new Uint8Array(all.length * ENTRY_BYTES);
  const fields = new DataView(data.buffer);
  all.forEach(({ generation, offset }, k) => {
    fields.setUint8(k * ENTRY_BYTES, 1);
    fields.setUint32(k * ENTRY_BYTES + 1, offset);
    fields.setUint16(k * ENTRY_BYTES + 5, generation);
  });
  const index = runsOf(all).map((run) => `${run[0]?.number ?? 0} ${run.length}`).join(" ");
  const dict = `<< /Type /XRef /W [1 4 2] /Index [${index}] /Size ${number + 1} ${trailerKeys} /Length ${data.length} >>`;
  return concat([`${number} 0 obj\n${dict}\nstream\n`, data, "\nendstream\nendobj\n"]);
}

function sizeAfter(view: View, entries: readonly Entry[]): number {
  return Math.max(nextNumber(view), (entries.at(-1)?.number ?? 0) + 1);
}

async function trailerKeys(view: View, secondId: string): Promise<string> {
  const { entries } = view.trailer;
  const root = refOf(entries.get("Root"));
  const info = refOf(entries.get("Info"));
  const firstId = stringOf(itemsOf(await view.fetch(entries.get("ID")))?.[0]);
  const infoKey = info === undefined ? "" : ` /Info ${info.number} ${info.generation} R`;
  const idKey = firstId === undefined ? "" : ` /ID [<${toHex(firstId.bytes)}> <${secondId}>]`;
  return `/Root ${root?.number ?? 0} ${root?.generation ?? 0} R${infoKey}${idKey} /Prev ${view.newest?.offset ?? 0}`;
}

/** Consecutive object numbers share a subsection. */
function runsOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last?.at(-1)?.number === entry.number - 1) last.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

const ENTRY_BYTES = 7;
