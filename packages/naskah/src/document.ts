/**
 * The text of a naskah as the editor keeps it: a ProseMirror/Tiptap document. Everything a browser sends is
 * hostile, so the schema denies by default: a node, mark or attribute not named here is refused, and a document
 * that is too deep, too long or too large is refused before it is walked.
 */
import { z } from "zod";

/** What one document may weigh. A letter of ten full pages stays far below each of them. */
export const documentLimits = { nodes: 6000, depth: 24, characters: 80_000, columns: 12 } as const;

/** Emphasis of a piece of text. */
export type Mark = { readonly type: "bold" | "italic" | "underline" };
/** A piece of text with its emphasis. */
export type TextNode = { readonly type: "text"; readonly text: string; readonly marks?: readonly Mark[] | undefined };
/** What stands inside a paragraph. */
export type Inline = TextNode | { readonly type: "hardBreak" };
/** A paragraph; without content it is an empty line. */
export type Paragraph = { readonly type: "paragraph"; readonly content?: readonly Inline[] | undefined };
/** An item of a list. */
export type ListItem = { readonly type: "listItem"; readonly content: readonly Block[] };
/** A numbered list; `type` "a" asks for letters. */
export type OrderedList = {
  readonly type: "orderedList";
  readonly attrs?: { readonly start?: number | undefined; readonly type?: "1" | "a" | null | undefined } | undefined;
  readonly content: readonly ListItem[];
};
/** A list without order. */
export type BulletList = { readonly type: "bulletList"; readonly content: readonly ListItem[] };
/** A cell, heading or plain. */
export type TableCell = {
  readonly type: "tableCell" | "tableHeader";
  readonly attrs?:
    | { readonly colspan?: number | undefined; readonly rowspan?: number | undefined; readonly colwidth?: readonly (number | null)[] | null | undefined }
    | undefined;
  readonly content: readonly (Paragraph | OrderedList | BulletList)[];
};
/** A row of cells. */
export type TableRow = { readonly type: "tableRow"; readonly content: readonly TableCell[] };
/** A table. */
export type Table = { readonly type: "table"; readonly content: readonly TableRow[] };
/** What stands in a document, one under the other. */
export type Block = Paragraph | OrderedList | BulletList | Table;
/** A whole document. */
export type Doc = { readonly type: "doc"; readonly content: readonly Block[] };

// Control characters, and the marks that turn the direction of text: with them a printed amount can read
// differently from the stored one ("trojan source"). Neither has a place in an official letter.
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const hostileCharacter = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/u;

/** A line of plain text: no control or direction characters, not blank. */
export const plainLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "wajib diisi")
    .max(max, `paling banyak ${max} huruf`)
    .refine((text) => !hostileCharacter.test(text), "ada huruf yang tidak dapat dicetak");

const mark = z.strictObject({ type: z.enum(["bold", "italic", "underline"]) });
const textNode = z.strictObject({
  type: z.literal("text"),
  text: z.string().min(1).refine((text) => !hostileCharacter.test(text), "ada huruf yang tidak dapat dicetak"),
  marks: z.array(mark).max(3).optional(),
});
const inline = z.discriminatedUnion("type", [textNode, z.strictObject({ type: z.literal("hardBreak") })]);
const paragraph = z.strictObject({ type: z.literal("paragraph"), content: z.array(inline).optional() });
const listItem: z.ZodType<ListItem> = z.strictObject({ type: z.literal("listItem"), content: z.array(z.lazy(() => block)).min(1) });
const orderedList = z.strictObject({
  type: z.literal("orderedList"),
  attrs: z.strictObject({ start: z.number().int().min(1).max(999).optional(), type: z.enum(["1", "a"]).nullable().optional() }).optional(),
  content: z.array(listItem).min(1),
});
const bulletList = z.strictObject({ type: z.literal("bulletList"), content: z.array(listItem).min(1) });
const span = z.number().int().min(1).max(documentLimits.columns).optional();
const cellAttrs = z.strictObject({
  colspan: span,
  rowspan: z.number().int().min(1).max(100).optional(),
  colwidth: z.array(z.number().min(1).max(5000).nullable()).max(documentLimits.columns).nullable().optional(),
});
const tableCell = z.strictObject({
  type: z.enum(["tableCell", "tableHeader"]),
  attrs: cellAttrs.optional(),
  content: z.array(z.union([paragraph, orderedList, bulletList])).min(1),
});
const tableRow = z.strictObject({ type: z.literal("tableRow"), content: z.array(tableCell).min(1).max(documentLimits.columns) });
const table = z.strictObject({ type: z.literal("table"), content: z.array(tableRow).min(1).max(500) });
const block: z.ZodType<Block> = z.union([paragraph, orderedList, bulletList, table]);
const shape = z.strictObject({ type: z.literal("doc"), content: z.array(block).min(1) });

/** The document schema: limits first (walked without recursion), then the shape, then the grid of each table. */
export const documentSchema: z.ZodType<Doc> = z
  .unknown()
  .superRefine((value, ctx) => {
    const problem = overLimit(value);
    if (problem !== undefined) ctx.addIssue({ code: "custom", message: problem });
  })
  .pipe(shape)
  .superRefine((doc, ctx) => {
    for (const found of tablesIn(doc.content)) {
      const problem = tableProblem(found);
      if (problem !== undefined) ctx.addIssue({ code: "custom", message: problem });
    }
  });

/** An empty document, as a new draft starts. */
export const emptyDocument: Doc = { type: "doc", content: [{ type: "paragraph" }] };

/** The words of a document, one line per paragraph and row: for search, excerpts and comparison. */
export function plainText(doc: Doc): string {
  return doc.content.map((node) => blockText(node, 0)).join("\n").trim();
}

function blockText(node: Block, level: number): string {
  switch (node.type) {
    case "paragraph":
      return (node.content ?? []).map((child) => (child.type === "text" ? child.text : "\n")).join("");
    case "orderedList": {
      const start = node.attrs?.start ?? 1;
      return node.content.map((item, index) => `${listLabel(start + index, node.attrs?.type ?? null, level)} ${itemText(item, level)}`).join("\n");
    }
    case "bulletList":
      return node.content.map((item) => `- ${itemText(item, level)}`).join("\n");
    case "table":
      return node.content.map((row) => row.content.map((cell) => cell.content.map((child) => blockText(child, level)).join(" ")).join("\t")).join("\n");
    default:
      return node satisfies never;
  }
}

const itemText = (item: ListItem, level: number): string => item.content.map((child) => blockText(child, level + 1)).join("\n");

/**
 * Label of a list item as printed. Levels go 1. a. 1) a); a style the author chose wins over that of the level.
 * Letters go on after z as aa, ab.
 */
export function listLabel(position: number, chosen: "1" | "a" | null, level: number): string {
  const style = chosen ?? (level % 2 === 0 ? "1" : "a");
  const stop = level < 2 ? "." : ")";
  if (style === "1") return `${position}${stop}`;
  let letters = "";
  for (let rest = position; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
  return `${letters}${stop}`;
}

// Walks raw JSON with its own stack: a document nested a hundred thousand levels deep must not meet a recursive function.
function overLimit(value: unknown): string | undefined {
  const pending: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  let nodes = 0;
  let characters = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next.value === "string") characters += next.value.length;
    if (characters > documentLimits.characters + 40 * documentLimits.nodes) return "isi naskah terlalu panjang";
    if (typeof next.value !== "object" || next.value === null) continue;
    nodes += 1;
    // Arrays, marks and attributes count as objects too: at most about four for each node.
    if (nodes > documentLimits.nodes * 4) return "isi naskah terlalu banyak bagian";
    if (next.depth > documentLimits.depth * 2) return "isi naskah bertingkat terlalu dalam";
    for (const child of Object.values(next.value)) pending.push({ value: child, depth: next.depth + 1 });
  }
  return undefined;
}

function* tablesIn(blocks: readonly Block[]): Generator<Table> {
  for (const node of blocks) {
    if (node.type === "table") yield node;
    else if (node.type !== "paragraph") for (const item of node.content) yield* tablesIn(item.content);
  }
}

/** Number of columns of a table: the widths of its first row. */
export const columnCount = (node: Table): number => (node.content[0]?.content ?? []).reduce((sum, cell) => sum + (cell.attrs?.colspan ?? 1), 0);

// Every place of the grid is covered exactly once; otherwise a layout engine would have to guess.
function tableProblem(node: Table): string | undefined {
  const columns = columnCount(node);
  if (columns > documentLimits.columns) return `tabel paling banyak ${documentLimits.columns} kolom`;
  const rows = node.content.length;
  const taken = Array.from({ length: rows }, () => Array.from({ length: columns }, () => false));
  for (const [y, row] of node.content.entries()) {
    let x = 0;
    for (const cell of row.content) {
      while (x < columns && taken[y]?.[x] === true) x += 1;
      const width = cell.attrs?.colspan ?? 1;
      const height = cell.attrs?.rowspan ?? 1;
      if (x + width > columns || y + height > rows) return "susunan sel tabel tidak utuh";
      for (let dy = 0; dy < height; dy += 1) {
        for (let dx = 0; dx < width; dx += 1) {
          const line = taken[y + dy];
          if (line === undefined || line[x + dx] === true) return "susunan sel tabel tidak utuh";
          line[x + dx] = true;
        }
      }
      x += width;
    }
  }
  return taken.every((line) => line.every((cell) => cell)) ? undefined : "susunan sel tabel tidak utuh";
}
