import { TableRefused, tableLimits, textCell, type Cell, type Table } from "./table.ts";
import { readZip, writeZip } from "./zip.ts";

/** One piece of XML: a tag that opens, one that closes, or text between them. */
type Piece = { readonly open: string; readonly attributes: ReadonlyMap<string, string>; readonly isEmpty: boolean } | { readonly close: string } | { readonly text: string };

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const plain = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });

// Prefixes differ from one program to the next (`x:row`, `row`); the local name says what it is.
const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Walks the XML of a spreadsheet. Documents with a DOCTYPE are refused: no spreadsheet has one, and entities are how XML bombs are built. */
function* walk(xml: string): Generator<Piece> {
  const pattern = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!([A-Za-z]+)|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/y;
  while (pattern.lastIndex < xml.length) {
    const found = pattern.exec(xml);
    if (found === null || found[2] !== undefined) throw new TableRefused("broken");
    const [, cdata, , close, open, attributes, empty, text] = found;
    if (cdata !== undefined) yield { text: cdata };
    else if (close !== undefined) yield { close: localName(close) };
    else if (open !== undefined) yield { open: localName(open), attributes: new Map([...(attributes ?? "").matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map((each) => [localName(each[1] ?? ""), plain(each[2] ?? each[3] ?? "")])), isEmpty: empty === "/" };
    else if (text !== undefined) yield { text: plain(text) };
  }
}

const elementsOf = (xml: string, name: string): readonly ReadonlyMap<string, string>[] => [...walk(xml)].flatMap((piece) => ("open" in piece && piece.open === name ? [piece.attributes] : []));

/** Reads the sheets of an XLSX workbook (ECMA-376): values and kinds, no formula is computed and nothing outside the file is fetched. */
export const readXlsx = (bytes: Buffer): readonly Table[] => {
  const parts = readZip(bytes, (name) => /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/.test(name));
  const part = (name: string): string => parts.get(name)?.toString("utf8") ?? "";
  if (part("xl/workbook.xml") === "") throw new TableRefused("not_a_table");
  const targets = new Map(elementsOf(part("xl/_rels/workbook.xml.rels"), "Relationship").map((each) => [each.get("Id") ?? "", (each.get("Target") ?? "").replace(/^\/?(xl\/)?/, "xl/")]));
  const sheets = elementsOf(part("xl/workbook.xml"), "sheet");
  if (sheets.length > tableLimits.sheets) throw new TableRefused("too_large");
  const shared = sharedStrings(part("xl/sharedStrings.xml"));
  const dates = dateStyles(part("xl/styles.xml"));
  const isFrom1904 = elementsOf(part("xl/workbook.xml"), "workbookPr").some((each) => each.get("date1904") === "1" || each.get("date1904") === "true");
  return sheets.map((sheet) => ({ name: sheet.get("name") ?? "", rows: rowsOf(part(targets.get(sheet.get("id") ?? "") ?? ""), shared, dates, isFrom1904) }));
};

const sharedStrings = (xml: string): readonly string[] => {
  const strings: string[] = [];
  let text: string | undefined;
  let isText = false;
  let isSpoken = false; // phonetic runs (rPh) are not part of the text
  for (const piece of walk(xml)) {
    if ("open" in piece) {
      if (piece.open === "si") text = "";
      if (piece.open === "rPh") isSpoken = !piece.isEmpty;
      isText = piece.open === "t" && !piece.isEmpty;
      if (piece.open === "si" && piece.isEmpty) strings.push("");
    } else if ("close" in piece) {
      if (piece.close === "si") strings.push(text ?? "");
      if (piece.close === "rPh") isSpoken = false;
      isText = false;
    } else if (isText && !isSpoken && text !== undefined) text += piece.text;
  }
  return strings;
};

/** Which cell styles show a number as a date: built-in formats 14–22 and 45–47, or an own format with day or year in it. */
const dateStyles = (xml: string): ReadonlySet<number> => {
  const own = new Map(elementsOf(xml, "numFmt").map((each) => [each.get("numFmtId") ?? "", each.get("formatCode") ?? ""]));
  const isDate = (format: string): boolean => {
    const number = Number(format);
    if ((number >= 14 && number <= 22) || (number >= 45 && number <= 47)) return true;
    return /[dy]/i.test((own.get(format) ?? "").replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ""));
  };
  const found = new Set<number>();
  let isInside = false;
  let index = 0;
  for (const piece of walk(xml)) {
    if ("open" in piece && piece.open === "cellXfs") isInside = true;
    if ("close" in piece && piece.close === "cellXfs") isInside = false;
    if ("open" in piece && piece.open === "xf" && isInside) {
      if (isDate(piece.attributes.get("numFmtId") ?? "")) found.add(index);
      index += 1;
    }
  }
  return found;
};

const dayMs = 86_400_000;

/** The day of a serial number. Excel counts a 29 February 1900 that never was; days before it are not asked for here. */
const dateOf = (serial: number, isFrom1904: boolean): string | undefined => {
  if (!(serial >= 0 && serial < 2_958_466)) return undefined;
  const moment = new Date(Math.round((serial + (isFrom1904 ? 1462 : 0) - 25_569) * (dayMs / 1000)) * 1000).toISOString();
  return moment.endsWith("T00:00:00.000Z") ? moment.slice(0, 10) : `${moment.slice(0, 10)} ${moment.slice(11, 19)}`;
};

const columnOf = (reference: string): number => [...(/^[A-Z]{1,3}/.exec(reference)?.[0] ?? "")].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const rowsOf = (xml: string, shared: readonly string[], dates: ReadonlySet<number>, isFrom1904: boolean): readonly (readonly Cell[])[] => {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let number = 0;
  let column = -1;
  let kind = "";
  let style = 0;
  let value = "";
  let hasFormula = false;
  let takes = false;
  const finish = (): void => {
    const cell = cellOf(kind, value, hasFormula, style);
    if (cell.text === "" && cell.kind === "text") return;
    if (column >= tableLimits.columns) throw new TableRefused("too_large");
    if (cell.text.length > tableLimits.cell) throw new TableRefused("too_large");
    row[column] = cell;
  };
  const cellOf = (type: string, raw: string, isFormula: boolean, styleAt: number): Cell => {
    if (isFormula) return { text: raw, kind: "formula" };
    if (type === "s") return textCell(shared[Number(raw)] ?? "");
    if (type === "e") return { text: raw, kind: "error" };
    if (type === "b") return textCell(raw === "1" ? "ya" : "tidak");
    if (type === "d") return { text: raw.slice(0, 10), kind: "date" };
    if (type === "inlineStr" || type === "str") return textCell(raw);
    if (raw === "") return textCell("");
    const date = dates.has(styleAt) ? dateOf(Number(raw), isFrom1904) : undefined;
    return date === undefined ? { text: raw, kind: "number" } : { text: date, kind: "date" };
  };
  for (const piece of walk(xml)) {
    if ("open" in piece) {
      const { open, attributes, isEmpty } = piece;
      if (open === "row") {
        row = [];
        number = Number(attributes.get("r") ?? number + 1);
        column = -1;
        if (!(number >= 1 && number <= 1_048_576)) throw new TableRefused("broken");
      }
      if (open === "c") {
        const reference = attributes.get("r");
        column = reference === undefined ? column + 1 : columnOf(reference);
        kind = attributes.get("t") ?? "";
        style = Number(attributes.get("s") ?? 0);
        value = "";
        hasFormula = false;
      }
      if (open === "f") hasFormula = true;
      takes = (open === "v" || open === "t") && !isEmpty;
    } else if ("close" in piece) {
      takes = false;
      if (piece.close === "c") finish();
      if (piece.close === "row" && row.length > 0) {
        if (number > tableLimits.rows + 1) throw new TableRefused("too_many_rows");
        while (rows.length < number - 1) rows.push([]);
        rows[number - 1] = Array.from(row, (cell) => cell ?? textCell("")); // holes of cells that were left out
      }
    } else if (takes) value += piece.text;
  }
  return rows;
};

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const letters = (column: number): string => (column < 26 ? String.fromCharCode(65 + column) : `${String.fromCharCode(64 + Math.floor(column / 26))}${String.fromCharCode(65 + (column % 26))}`);

/** A sheet to write: its name, its header, and rows of text. `widths` in characters. */
export type WrittenSheet = { readonly name: string; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly widths: readonly number[] };

/** An XLSX workbook in which every cell is text, so that no program takes a NIP for a number or a name for a formula. */
export const writeXlsx = (sheets: readonly WrittenSheet[]): Buffer => {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const entries = new Map<string, string>([
    ["[Content_Types].xml", `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join("")}</Types>`],
    ["_rels/.rels", `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ["xl/workbook.xml", `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheets.map((sheet, index) => `<sheet name="${escaped(sheet.name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join("")}</sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join("")}<Relationship Id="rId${sheets.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`],
    // Style 1 is the header; both are text (format 49), so that what is typed later stays text too.
    ["xl/styles.xml", `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`],
    ...sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet, head, main)] as const),
  ]);
  return writeZip(entries);
};

const sheetXml = ({ header, rows, widths }: WrittenSheet, head: string, main: string): string => {
  const cell = (text: string, column: number, row: number, style: number): string => (text === "" ? "" : `<c r="${letters(column)}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`);
  const line = (cells: readonly string[], row: number, style: number): string => `<row r="${row}">${cells.map((text, column) => cell(text, column, row, style)).join("")}</row>`;
  return `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${header.map((_, column) => `<col min="${column + 1}" max="${column + 1}" width="${widths[column] ?? 18}" style="2" customWidth="1"/>`).join("")}</cols><sheetData>${[line(header, 1, 1), ...rows.map((cells, index) => line(cells, index + 2, 2))].join("")}</sheetData></worksheet>`;
};
