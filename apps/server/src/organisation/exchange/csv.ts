import { TableRefused, tableLimits, textCell, type Cell } from "./table.ts";

/**
 * Reads CSV as offices send it: comma, semicolon (Excel with Indonesian settings) or tab, whichever the header has most of; UTF-8 with or without
 * a mark, or UTF-16 with one; quoted fields with line breaks in them. Windows-1252 is what is left when it is no UTF-8.
 */
export const readCsv = (bytes: Uint8Array): readonly (readonly Cell[])[] => {
  const text = decode(bytes);
  // oxlint-disable-next-line no-control-regex -- control characters are what tells data from text
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) throw new TableRefused("not_a_table");
  const header = text.slice(0, endOfHeader(text));
  const separator = [",", ";", "\t"].reduce((best, each) => (countOf(header, each) > countOf(header, best) ? each : best));
  return split(text, separator).map((row) => row.map(cellOf));
};

const decode = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder("windows-1252").decode(bytes);
  }
};

const countOf = (text: string, sign: string): number => text.replaceAll(/"[^"]*"/g, "").split(sign).length - 1;

const endOfHeader = (text: string): number => {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text.length : end;
};

const split = (text: string, separator: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let isQuoted = false;
  const endField = (): void => {
    if (field.length > tableLimits.cell || row.length >= tableLimits.columns) throw new TableRefused("too_large");
    row.push(field);
    field = "";
  };
  const endRow = (): void => {
    endField();
    if (rows.length > tableLimits.rows) throw new TableRefused("too_many_rows");
    rows.push(row.every((each) => each === "") ? [] : row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (isQuoted) {
      if (sign !== '"') field += sign;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && field === "") isQuoted = true;
    else if (sign === separator) endField();
    else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && text[at + 1] === "\n") at += 1;
      endRow();
    } else field += sign;
  }
  if (isQuoted) throw new TableRefused("broken");
  if (field !== "" || row.length > 0) endRow();
  return rows;
};

const cellOf = (text: string): Cell => {
  const trimmed = text.trim();
  if (/^'[=+\-@]/.test(trimmed)) return textCell(trimmed.slice(1));
  return trimmed.startsWith("=") ? { text: trimmed, kind: "formula" } : textCell(trimmed.replaceAll("\r\n", "\n"));
};

/** Writes CSV that Excel opens right: with a mark, semicolons, and nothing that it would compute (`=`, `+`, `-`, `@` get an apostrophe, which reading takes off). */
export const writeCsv = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const field = (text: string): string => {
    const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
    return /[";\r\n,\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${[header, ...rows].map((row) => row.map(field).join(";")).join("\r\n")}\r\n`;
};
