/** Reads a rendered letter the way a stranger's program does: words with their places, and the structure a screen reader follows. */
import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";

/** A line of words: baseline and left edge in millimetres from the top-left corner, size in points. */
export type Line = { readonly page: number; readonly y: number; readonly x: number; readonly size: number; readonly text: string };

/** What was read. */
export type Reading = {
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  readonly lines: readonly Line[];
  /** Roles of the structure tree with how often each occurs. */
  readonly roles: Readonly<Record<string, number>>;
  readonly alts: readonly string[];
  readonly language: string | undefined;
  readonly title: string | undefined;
};

const millimetres = (points: number): number => Math.round((points / 72) * 25.4 * 10) / 10;

/** Reads a PDF. */
export async function read(pdf: Uint8Array): Promise<Reading> {
  const task = pdfjs.getDocument({ data: pdf.slice(), useSystemFonts: false, verbosity: 0 });
  const document = await task.promise;
  const pages: { readonly width: number; readonly height: number }[] = [];
  const lines: Line[] = [];
  const roles: Record<string, number> = {};
  const alts: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const [, , width = 0, height = 0] = page.view;
    pages.push({ width: millimetres(width), height: millimetres(height) });
    const words = (await page.getTextContent()).items.flatMap((item) => ("str" in item && item.str.trim() !== "" ? [item] : []));
    lines.push(...joined(words.map((item) => ({ page: number, x: Number(item.transform[4]), y: height - Number(item.transform[5]), width: item.width, size: item.height, text: item.str }))));
    walk(await page.getStructTree(), roles, alts);
  }
  const { info } = await document.getMetadata();
  await task.destroy();
  const said = new Map(Object.entries(info));
  const word = (key: string) => (typeof said.get(key) === "string" ? String(said.get(key)) : undefined);
  return { pages, lines, roles, alts, language: word("Language"), title: word("Title") };
}

type Placed = { readonly page: number; readonly x: number; readonly y: number; readonly width: number; readonly size: number; readonly text: string };

// Justified words come one by one. Words of one baseline that stand closer than the gap between a colon and its value are one piece.
function joined(words: readonly Placed[]): readonly Line[] {
  const lines: (Placed & { end: number })[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && Math.abs(last.y - word.y) < 0.5 && word.x >= last.end - 1 && word.x - last.end < 5) {
      lines[lines.length - 1] = { ...last, text: `${last.text}${word.x - last.end > 1 ? " " : ""}${word.text}`.replaceAll("\u00a0", " "), end: word.x + word.width };
    } else lines.push({ ...word, text: word.text.replaceAll("\u00a0", " "), end: word.x + word.width });
  }
  const order = lines.toSorted((a, b) => millimetres(a.y) - millimetres(b.y) || a.x - b.x);
  return order.map(({ page, x, y, size, text }) => ({ page, y: millimetres(y), x: millimetres(x), size: Math.round(size * 10) / 10, text: text.trim().replace(/ {2,}/g, " ") }));
}

function walk(node: unknown, roles: Record<string, number>, alts: string[]): void {
  if (typeof node !== "object" || node === null) return;
  if ("role" in node && typeof node.role === "string") roles[node.role] = (roles[node.role] ?? 0) + 1;
  if ("alt" in node && typeof node.alt === "string") alts.push(node.alt);
  if ("children" in node && Array.isArray(node.children)) for (const child of node.children) walk(child, roles, alts);
}

/** The text of a letter or of one page, pieces of one baseline joined, from top to bottom. */
export function words(reading: Reading, page?: number): string {
  const rows = new Map<string, string[]>();
  for (const line of reading.lines) {
    if (page !== undefined && line.page !== page) continue;
    const row = `${line.page}/${line.y}`;
    rows.set(row, [...(rows.get(row) ?? []), line.text]);
  }
  return [...rows.values()].map((row) => row.join(" ")).join("\n");
}

/** A reading as a golden file: one line of the page per line, to be read in review like the letter itself. */
export function printed(reading: Reading): string {
  const head = reading.pages.map((page, index) => `page ${index + 1}: ${page.width} x ${page.height} mm`);
  const body = reading.lines.map((line) => `${line.page}  y ${line.y.toFixed(1).padStart(5)}  x ${line.x.toFixed(1).padStart(5)}  ${String(line.size).padStart(4)} pt  ${line.text}`);
  const tags = Object.entries(reading.roles).sort(([a], [b]) => (a < b ? -1 : 1)).map(([role, count]) => `${role} ${count}`);
  return [...head, "", ...body, "", `tags: ${tags.join(", ")}`, ...reading.alts.map((alt) => `alt: ${alt}`), `language: ${reading.language}`, `title: ${reading.title}`, ""].join("\n");
}
