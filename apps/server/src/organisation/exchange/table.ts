/** What a cell is, besides its text: a number or date as the spreadsheet stored it, or something that is no value at all. */
export type CellKind = "text" | "number" | "date" | "formula" | "error";

/** One cell; `text` is what it says, a date in ISO form. */
export type Cell = { readonly text: string; readonly kind: CellKind };

/** One sheet as it was sent: its name (a file name for CSV) and its rows, the header first. Row 1 is the first one. */
export type Table = { readonly name: string; readonly rows: readonly (readonly Cell[])[] };

/** Why bytes are not read as a table. */
export type TableFault = "not_a_table" | "too_large" | "too_many_rows" | "broken" | "encrypted";

/** What is taken in at most: more than any regency has, less than what would hurt. */
export const tableLimits = { bytes: 10 * 1024 * 1024, inflated: 80 * 1024 * 1024, entries: 200, sheets: 12, rows: 20_000, columns: 40, cell: 4_000 } as const;

/** The bytes are not a table that we read. */
export class TableRefused extends Error {
  override readonly name = "TableRefused";
  readonly fault: TableFault;
  constructor(fault: TableFault) {
    super(`no table: ${fault}`);
    this.fault = fault;
  }
}

/** A cell of text. */
export const textCell = (text: string): Cell => ({ text, kind: "text" });
