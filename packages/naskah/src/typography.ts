/** What a typographer does to text before it is set: which pieces never break, where capitals may, how a list of names is punctuated. */
import { columnCount, listLabel } from "./document.ts";
import type { Block, Inline, ListItem, OrderedList, BulletList, Table, TableCell } from "./document.ts";
import { monthNames } from "./date.ts";
import type { Passage } from "./passage.ts";

/** A run of text with one emphasis; `keep` is never broken, `w` announces the word for the catch-word. */
export type Run =
  | { readonly br: true }
  | { readonly t: string; readonly b?: true; readonly i?: true; readonly u?: true; readonly keep?: true; readonly w?: string };

/** A block ready to be placed. */
export type SetBlock =
  | { readonly type: "paragraph"; readonly runs: readonly Run[] }
  | { readonly type: "list"; readonly items: readonly SetItem[]; readonly width: number; readonly onAxis: boolean }
  | SetTable
  | { readonly type: "particulars"; readonly style: string; readonly rows: readonly SetRow[] }
  | { readonly type: "keyed"; readonly key: readonly Run[]; readonly items: readonly SetItem[]; readonly rows: readonly SetRow[] }
  | { readonly type: "command"; readonly runs: readonly Run[] };

/** A table ready to be placed; `small` is the face of lists of people. */
export type SetTable = {
  readonly type: "table";
  readonly small: boolean;
  readonly columns: readonly (number | "auto")[];
  readonly head: readonly (readonly SetCell[])[];
  readonly rows: readonly (readonly SetCell[])[];
};

/** Label and value ready to be placed. */
export type SetRow = { readonly label: readonly Run[]; readonly value: readonly Run[] };

/** A list item with its printed label. */
export type SetItem = { readonly label: string; readonly nodes: readonly SetBlock[] };

/** A table cell ready to be placed. */
export type SetCell = {
  readonly header: boolean;
  readonly centred: boolean;
  readonly colspan: number;
  readonly rowspan: number;
  readonly nodes: readonly SetBlock[];
};

/** How to set a document; `words` marks every word, for the second pass that finds catch-words. */
export type Setting = { readonly words: boolean };

/** Sets the text of a letter. */
export const setPassages = (passages: readonly Passage[], setting: Setting): readonly SetBlock[] =>
  passages.filter((_, index) => !isBlankEdge(passages, index)).map((passage) => setPassage(passage, setting));

// An editor leaves an empty paragraph at either end; it would push the signature down.
function isBlankEdge(passages: readonly Passage[], index: number): boolean {
  const blank = (one: Passage | undefined) => one?.type === "paragraph" && (one.content ?? []).every((child) => child.type === "text" && child.text.trim() === "");
  return blank(passages[index]) && (passages.slice(0, index).every(blank) || passages.slice(index).every(blank));
}

function setPassage(passage: Passage, setting: Setting): SetBlock {
  const row = (one: { readonly label: string; readonly value: string; readonly strong?: true }): SetRow => ({
    label: setText(one.label, setting),
    value: setInline([{ type: "text", text: one.value, ...(one.strong === true ? { marks: [{ type: "bold" as const }] } : {}) }], setting, ""),
  });
  switch (passage.type) {
    case "particulars":
      return { type: "particulars", style: passage.style, rows: passage.rows.map(row) };
    case "keyed": {
      const items = passage.items.map((item, index): SetItem => {
        const label = listLabel(index + 1, "1", 0);
        return { label: passage.items.length === 1 ? "" : label, nodes: [{ type: "paragraph", runs: setText(item, setting, passage.items.length === 1 ? "" : `${label} `) }] };
      });
      return { type: "keyed", key: setText(passage.key, setting), items, rows: passage.rows.map(row) };
    }
    case "command":
      return { type: "command", runs: setText(passage.text, setting) };
    case "listing":
      return setTable(passage.table, setting, true);
    default:
      return setBlock(passage, setting);
  }
}

const setText = (text: string, setting: Setting, announced = ""): readonly Run[] => setInline([{ type: "text", text }], setting, announced);

function setBlock(node: Block, setting: Setting, announced = "", level = 0): SetBlock {
  switch (node.type) {
    case "paragraph":
      return { type: "paragraph", runs: setInline(node.content ?? [], setting, announced) };
    case "orderedList":
    case "bulletList":
      return setList(node, setting, level);
    case "table":
      return setTable(node, setting, false);
    default:
      return node satisfies never;
  }
}

function setList(node: OrderedList | BulletList, setting: Setting, level: number): SetBlock {
  const start = node.type === "orderedList" ? (node.attrs?.start ?? 1) : 1;
  const chosen = node.type === "orderedList" ? (node.attrs?.type ?? null) : null;
  const items = node.content.map((item, index): SetItem => {
    const label = node.type === "bulletList" ? "–" : listLabel(start + index, chosen, level);
    // A catch-word takes a number together with the word after it ("5. Menyampaikan …").
    const nodes = item.content.map((child, at) => setBlock(child, setting, at === 0 && node.type === "orderedList" ? `${label} ` : "", level + 1));
    return { label, nodes };
  });
  const width = items.some((item) => item.label.length > 2) ? 9 : 7.5;
  return { type: "list", items, width, onAxis: node.content.every(opensInLowerCase) };
}

// Items that go on with the sentence before them stand on the indent axis; items that are sentences, at the text edge.
function opensInLowerCase(item: ListItem): boolean {
  const [first] = item.content;
  const text = first?.type === "paragraph" ? (first.content ?? []).map((child) => (child.type === "text" ? child.text : "")).join("") : "";
  return /^\p{Ll}/u.test(text.trim());
}

function setTable(node: Table, setting: Setting, small: boolean): SetTable {
  const headRows = node.content.findIndex((row) => row.content.some((cell) => cell.type === "tableCell"));
  const head = headRows === -1 ? node.content.length : headRows;
  const rows = node.content.map((row) => row.content);
  const plain = rows.flat().every((cell) => (cell.attrs?.colspan ?? 1) === 1 && (cell.attrs?.rowspan ?? 1) === 1);
  const columns = Array.from({ length: columnCount(node) }, (_, index) => rows.flatMap((row) => (plain && row[index] !== undefined ? [row[index]] : [])));
  const centred = columns.map((cells) => cells.length > 0 && cells.filter((cell) => cell.type === "tableCell").every((cell) => /^[\d.,:–\-/% ]{0,14}$/u.test(cellText(cell))));
  const setCell = (cell: TableCell, column: number): SetCell => ({
    header: cell.type === "tableHeader",
    centred: centred[column] ?? false,
    colspan: cell.attrs?.colspan ?? 1,
    rowspan: cell.attrs?.rowspan ?? 1,
    nodes: cell.content.map((child) => setBlock(child, setting)),
  });
  const setRows = rows.map((row) => row.map(setCell));
  // A table of headings only has no head to repeat.
  const repeated = head === rows.length ? 0 : head;
  return { type: "table", small, columns: columnWidths(node, columns), head: setRows.slice(0, repeated), rows: setRows.slice(repeated) };
}

// Widths drawn by the author win. Else columns of short entries take what they need, shortest first and as long as
// half the line stays free, and the rest share by the length of their text.
function columnWidths(node: Table, columns: readonly (readonly TableCell[])[]): readonly (number | "auto")[] {
  const drawn = (node.content[0]?.content ?? []).flatMap((cell) => cell.attrs?.colwidth ?? Array.from({ length: cell.attrs?.colspan ?? 1 }, () => null));
  if (drawn.length === columns.length && drawn.every((width) => width !== null)) return drawn;
  const longest = columns.map((cells) => Math.max(4, ...cells.map((cell) => cellText(cell).length)));
  const shared = longest.map((length) => Math.min(Math.max(length, 10), 60));
  const order = [...longest.keys()].sort((a, b) => (longest[a] ?? 0) - (longest[b] ?? 0));
  const widths: (number | "auto")[] = [...shared];
  let used = 0;
  for (const column of order.slice(0, -1)) {
    const length = longest[column] ?? 0;
    used += length + 2;
    if (length > 26 || used > 48) break;
    widths[column] = "auto";
  }
  return widths;
}

const cellText = (cell: TableCell): string =>
  cell.content.map((block) => (block.type === "paragraph" ? (block.content ?? []).map((child) => (child.type === "text" ? child.text : " ")).join("") : "list of some length")).join(" ").trim();

// Never broken over two lines: numbers of letters (three parts and more), E-Office and its kind, day and month, an amount in rupiah.
const kept = new RegExp(
  [
    String.raw`[\p{L}\d.-]{1,24}(?:/[\p{L}\d.-]{1,24}){2,6}`,
    String.raw`(?<!\p{L})\p{Lu}-\p{L}{2,20}`,
    String.raw`(?<!\d)\d{1,2} (?:${monthNames.join("|")})(?!\p{L})`,
    String.raw`(?<!\p{L})(?:Rp|NIP|NIK|Pasal|ayat) ?[\d(][\d.,)]{0,24}`,
    String.raw`(?<!\d)\d{1,6} \(\p{L}{1,20}`,
  ].join("|"),
  "gu",
);

type Emphasis = { b?: true; i?: true; u?: true };

function setInline(content: readonly Inline[], setting: Setting, announced: string): readonly Run[] {
  const runs: Run[] = [];
  for (const child of content) {
    if (child.type === "hardBreak") {
      runs.push({ br: true });
      continue;
    }
    const emphasis: Emphasis = {};
    for (const mark of child.marks ?? []) {
      if (mark.type === "bold") emphasis.b = true;
      else if (mark.type === "italic") emphasis.i = true;
      else emphasis.u = true;
    }
    for (const piece of pieces(child.text.normalize("NFC").replace(/[ \u3000]+/g, " "))) {
      const parts = setting.words && !piece.keep ? (piece.t.match(/ ?[^ ]+| /g) ?? []) : [piece.t];
      for (const part of parts) runs.push({ t: part, ...emphasis, ...(piece.keep ? { keep: true as const } : {}) });
    }
  }
  return setting.words ? announceWords(runs, announced) : runs;
}

// A word is announced where it starts and in full, even when emphasis changes inside it: "E-Office)," is one word.
function announceWords(runs: readonly Run[], announced: string): readonly Run[] {
  let opening = announced;
  let inside = false;
  return runs.map((run, index) => {
    if ("br" in run) {
      inside = false;
      return run;
    }
    const starts = !inside || run.t.startsWith(" ");
    const word = run.t.trim();
    inside = !run.t.endsWith(" ") && word !== "";
    if (word === "" || !starts) return run;
    const w = `${opening}${word}${inside ? restOfWord(runs.slice(index + 1)) : ""}`;
    opening = "";
    return { ...run, w };
  });
}

function restOfWord(runs: readonly Run[]): string {
  let rest = "";
  for (const run of runs) {
    if ("br" in run) break;
    const space = run.t.indexOf(" ");
    rest += space === -1 ? run.t : run.t.slice(0, space);
    if (space !== -1) break;
  }
  return rest;
}

function pieces(text: string): readonly { readonly t: string; readonly keep: boolean }[] {
  const out: { t: string; keep: boolean }[] = [];
  let at = 0;
  for (const match of text.matchAll(kept)) {
    if (match.index < at) continue;
    // Brackets, quotes and stops that touch it belong to it: "(E-Office)," must not leave its bracket behind.
    const before = /[^\s]{0,8}$/u.exec(text.slice(at, match.index))?.[0] ?? "";
    const after = /^[^\s]{0,8}/u.exec(text.slice(match.index + match[0].length))?.[0] ?? "";
    const from = match.index - before.length;
    if (from > at) out.push({ t: text.slice(at, from), keep: false });
    out.push({ t: `${before}${match[0]}${after}`, keep: true });
    at = match.index + match[0].length + after.length;
  }
  if (at < text.length) out.push({ t: text.slice(at), keep: false });
  return out;
}

/**
 * Parts a set document into what may break freely and the tail that stays with the signature: the last paragraph
 * (or list item), and the one before it when the last has a single line. A tail of more than a third of a page is
 * left free: keeping it whole would tear a larger hole than the rule mends.
 */
export function splitTail(blocks: readonly SetBlock[]): { readonly free: readonly SetBlock[]; readonly tail: readonly SetBlock[] } {
  const last = blocks.at(-1);
  if (last === undefined || last.type === "table") return { free: blocks, tail: [] };
  const before = blocks.slice(0, -1);
  if (last.type === "keyed" || last.type === "command" || last.type === "particulars") return { free: before, tail: [last] };
  if (last.type === "list") {
    const [items, end] = [last.items.slice(0, -1), last.items.slice(-1)];
    if (end.some((item) => item.nodes.some((node) => node.type === "table" || lengthOf(node) > 1400))) return { free: blocks, tail: [] };
    return { free: items.length === 0 ? before : [...before, { ...last, items }], tail: [{ ...last, items: end }] };
  }
  if (lengthOf(last) > 1400) return { free: blocks, tail: [] };
  const previous = before.at(-1);
  const takesPrevious = lengthOf(last) < 85 && previous?.type === "paragraph" && lengthOf(previous) <= 1000;
  return takesPrevious ? { free: before.slice(0, -1), tail: [previous, last] } : { free: before, tail: [last] };
}

function lengthOf(block: SetBlock): number {
  switch (block.type) {
    case "paragraph":
      return block.runs.reduce((sum, run) => sum + ("t" in run ? run.t.length : 85), 0);
    case "command":
      return 85;
    case "particulars":
      return block.rows.length * 85;
    case "keyed":
    case "list":
      return block.items.reduce((sum, item) => sum + item.nodes.reduce((inner, node) => inner + lengthOf(node), 0), 0);
    case "table":
      return Infinity;
    default:
      return block satisfies never;
  }
}

/** Keeps a small word with the next one, so that capitals break by meaning: KEPALA DINAS KOMUNIKASI / DAN INFORMATIKA. */
export const glueSmallWords = (text: string): string => text.replace(/(^| )(DAN|DI|KE|UNTUK|SERTA|ATAU|PADA|dan|di|ke|untuk|serta|atau|pada|Plt\.|Plh\.|Pj\.|Pjs\.) /g, "$1$2\u00a0");

/** Punctuates a list in the way of a letter: `A;` `B; dan` and the last with `end`. What the drafter already closed is not closed twice. */
export function punctuate(items: readonly string[], end: "" | ".", joined: "dan" | "" = "dan"): readonly string[] {
  return items.map((item, index) => {
    const bare = item.replace(/\s*(?:[;,.]|[;,]\s*dan)\s*$/u, (closing) => (closing.trim() === "." && /\b\p{L}{1,4}\.$/u.test(item) ? closing : ""));
    if (index === items.length - 1) return bare.endsWith(".") ? bare : `${bare}${end}`;
    return index === items.length - 2 && joined === "dan" ? `${bare}; dan` : `${bare};`;
  });
}
