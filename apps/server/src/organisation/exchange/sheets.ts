import type { contract, Result } from "@lontar/contract";
import type { Cell, Table } from "./table.ts";

/** The four sheets of a workbook, in the order in which they are applied. */
export const sheetNames = ["Unit", "Jabatan", "Pegawai", "Pemangku"] as const;
/** The name of a sheet. */
export type SheetName = (typeof sheetNames)[number];

/** The columns of each sheet, by the name that programs use and the one that people read. */
export const columns = {
  Unit: { code: "Kode", name: "Nama", shortName: "Nama Singkat", kind: "Jenis", parent: "Kode Induk", level: "Bentuk Kop", lines: "Baris Kop", address: "Alamat Kop", place: "Tempat Kop" },
  Jabatan: { code: "Kode", title: "Nama Jabatan", shortTitle: "Singkatan", unit: "Kode Unit", superior: "Kode Atasan", role: "Peran", functions: "Fungsi", order: "Urutan" },
  Pegawai: { code: "Kode", name: "Nama", nip: "NIP", nik: "NIK", rank: "Pangkat", grade: "Golongan", email: "Pos-el" },
  Pemangku: { post: "Kode Jabatan", person: "Pegawai", kind: "Pemangkuan", since: "Mulai", until: "Sampai", number: "Nomor Keputusan", date: "Tanggal Keputusan", reason: "Alasan Berakhir" },
} as const satisfies Record<SheetName, Readonly<Record<string, string>>>;

// Without these a sheet cannot be read at all; a column that is left out keeps what the office has.
const needed: Readonly<Record<SheetName, readonly string[]>> = {
  Unit: ["code", "name", "shortName", "kind", "parent"],
  Jabatan: ["code", "title", "shortTitle", "unit", "superior", "role"],
  Pegawai: ["name", "nip"],
  Pemangku: ["post", "person", "kind", "since"],
};

/** What can be wrong with a row; the web says it in words. */
export type ProblemCode = Result<(typeof contract)["organisation.dryRun"]>["problems"][number]["code"];

/** One thing that is wrong, where it stands, what was written there, and what it collides with. */
export type Problem = { readonly sheet: string; readonly row: number; readonly column: string | null; readonly code: ProblemCode; readonly value: string; readonly other: string | null };

/** A row as the rules read it: cells by the name of their column. */
export type Row<Sheet extends SheetName> = { readonly row: number; readonly cells: ReadonlyMap<keyof (typeof columns)[Sheet] & string, Cell> };

/** The rows of each sheet that was sent, and what was wrong before any rule was asked. */
export type Sheets = { readonly [Sheet in SheetName]: readonly Row<Sheet>[] } & { readonly sent: ReadonlySet<SheetName>; readonly has: (sheet: SheetName, column: string) => boolean; readonly problems: readonly Problem[] };

/** A problem; long values are cut where they are shown. */
export const problem = (sheet: string, row: number, column: string | null, code: ProblemCode, value = "", other: string | null = null): Problem => ({ sheet, row, column, code, value: value.length > 80 ? `${value.slice(0, 79)}…` : value, other });

const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

const headersOf = (sheet: SheetName): ReadonlyMap<string, string> => new Map(Object.entries(columns[sheet]).map(([key, header]) => [plainName(header), key]));

/** Which sheet a table is: by its name, or, for a CSV file of any name, by its columns. */
const sheetOf = (table: Table): SheetName | undefined => {
  const byName = sheetNames.find((name) => plainName(name) === plainName(table.name.replace(/\.[a-z]+$/i, "")));
  const header = new Set((table.rows[0] ?? []).map((cell) => plainName(cell.text)));
  return byName ?? sheetNames.find((name) => needed[name].every((key) => [...headersOf(name)].some(([title, column]) => column === key && header.has(title))));
};

const ignored = new Set(["petunjuk"]);

/** Reads tables as sheets: finds the columns by their titles, drops empty rows, and names every cell that is no value. */
export const readSheets = (tables: readonly Table[]): Sheets => {
  const problems: Problem[] = [];
  const read = new Map<SheetName, { readonly keys: ReadonlySet<string>; readonly rows: readonly { readonly row: number; readonly cells: ReadonlyMap<string, Cell> }[] }>();
  for (const table of tables) {
    if (ignored.has(plainName(table.name)) || table.rows.every((row) => row.length === 0)) continue;
    const sheet = sheetOf(table);
    if (sheet === undefined) problems.push(problem(table.name, 1, null, "sheet_unknown", table.name));
    else if (read.has(sheet)) problems.push(problem(sheet, 1, null, "sheet_twice", table.name));
    else read.set(sheet, rowsOf(sheet, table, problems));
  }
  if (read.size === 0 && problems.length === 0) problems.push(problem("", 1, null, "nothing_to_read"));
  // The maps are keyed by the names of `columns`, as `rowsOf` took them from there.
  const rows = <Sheet extends SheetName>(sheet: Sheet): readonly Row<Sheet>[] => (read.get(sheet)?.rows ?? []) as readonly Row<Sheet>[]; // see above
  return { Unit: rows("Unit"), Jabatan: rows("Jabatan"), Pegawai: rows("Pegawai"), Pemangku: rows("Pemangku"), sent: new Set(read.keys()), has: (sheet, column) => read.get(sheet)?.keys.has(column) === true, problems };
};

const rowsOf = (sheet: SheetName, table: Table, problems: Problem[]): { readonly keys: ReadonlySet<string>; readonly rows: readonly { readonly row: number; readonly cells: ReadonlyMap<string, Cell> }[] } => {
  const headers = headersOf(sheet);
  const titles: Readonly<Record<string, string>> = columns[sheet];
  const keys = (table.rows[0] ?? []).map((cell) => headers.get(plainName(cell.text)));
  for (const [index, cell] of (table.rows[0] ?? []).entries()) {
    const key = keys[index];
    if (key === undefined && cell.text.trim() !== "") problems.push(problem(sheet, 1, cell.text, "column_unknown", cell.text));
    if (key !== undefined && keys.indexOf(key) !== index) problems.push(problem(sheet, 1, cell.text, "column_twice", cell.text));
  }
  const missing = needed[sheet].filter((key) => !keys.includes(key));
  for (const key of missing) problems.push(problem(sheet, 1, titles[key] ?? key, "column_missing"));
  if (missing.length > 0) return { keys: new Set(), rows: [] };
  const rows = table.rows.slice(1).flatMap((cells, index) => {
    const row = index + 2;
    if (cells.every((cell) => cell.text.trim() === "")) return [];
    const taken = new Map<string, Cell>();
    for (const [column, cell] of cells.entries()) {
      const key = keys[column];
      if (key === undefined) continue;
      if (cell.kind === "formula" || cell.kind === "error") problems.push(problem(sheet, row, titles[key] ?? key, cell.kind === "formula" ? "formula" : "error_cell", cell.text));
      taken.set(key, { ...cell, text: cell.text.trim() });
    }
    return [{ row, cells: taken }];
  });
  return { keys: new Set(keys.filter((key) => key !== undefined)), rows };
};
