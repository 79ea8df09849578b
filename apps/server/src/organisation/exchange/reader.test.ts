import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { readCsv, writeCsv } from "./csv.ts";
import { openTableReader, type TableReader } from "./reader.ts";
import { tableLimits, TableRefused } from "./table.ts";
import { readXlsx, writeXlsx } from "./xlsx.ts";
import { readZip, writeZip } from "./zip.ts";

const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");
const texts = (rows: readonly (readonly { readonly text: string }[])[]): readonly (readonly string[])[] => rows.map((row) => row.map((cell) => cell.text));
const fault = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    return error instanceof TableRefused ? error.fault : assert.fail(String(error));
  }
  return "none";
};

/** A workbook as other programs write it: shared strings, styles, formulas, holes. */
const foreign = (sheet: string, more: Readonly<Record<string, string>> = {}): Buffer =>
  writeZip(new Map(Object.entries({
    "xl/workbook.xml": '<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="Unit" sheetId="1" r:id="rId7"/></x:sheets></x:workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId7" Type="t" Target="/xl/worksheets/sheet9.xml"/></Relationships>',
    "xl/sharedStrings.xml": "<sst><si><t>Kode</t></si><si><r><t>Di</t></r><r><t>nas &amp; Badan</t></r><rPh><t>abc</t></rPh></si><si/></sst>",
    "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd\\-mmm\\-yyyy"/><numFmt numFmtId="171" formatCode="0.0&quot;day&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>',
    "xl/worksheets/sheet9.xml": `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    ...more,
  })));

describe("CSV", () => {
  it("is read with comma, semicolon or tab, quotes and breaks, in the encodings that offices use", () => {
    for (const [text, rows] of [
      ["Kode,Nama\r\nA,\"B, C\"\r\n", [["Kode", "Nama"], ["A", "B, C"]]],
      ["\ufeffKode;Nama\nA;B,C\n", [["Kode", "Nama"], ["A", "B,C"]]],
      ["Kode\tNama\nA\tB", [["Kode", "Nama"], ["A", "B"]]],
      ['Kode;Nama\nA;"baris 1\nbaris ""2"""\n;\n', [["Kode", "Nama"], ["A", 'baris 1\nbaris "2"'], []]],
      ["", []],
    ] as const) assert.deepEqual(texts(readCsv(utf8(text))), rows, text);
    assert.deepEqual(texts(readCsv(Buffer.from("\ufeffKode;Nama", "utf16le"))), [["Kode", "Nama"]]);
    assert.deepEqual(texts(readCsv(Buffer.from([0x4b, 0x3b, 0xe9]))), [["K", "é"]], "Windows-1252 where it is no UTF-8");
  });

  it("names formulas, binary bytes, open quotes and files beyond every limit", () => {
    assert.deepEqual(readCsv(utf8("a;=1+1;'=x"))[0]?.map((cell) => cell.kind), ["text", "formula", "text"]);
    assert.equal(fault(() => readCsv(Buffer.from([0, 1, 2]))), "not_a_table");
    assert.equal(fault(() => readCsv(utf8('a;"b'))), "broken");
    assert.equal(fault(() => readCsv(utf8("x\n".repeat(tableLimits.rows + 2)))), "too_many_rows");
    assert.equal(fault(() => readCsv(utf8("x;".repeat(tableLimits.columns + 1)))), "too_large");
    assert.equal(fault(() => readCsv(utf8("x".repeat(tableLimits.cell + 1)))), "too_large");
  });

  it("is written so that it reads the same, and nothing in it is computed by a spreadsheet", () => {
    const cell = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replaceAll(/[\p{Cc}\ufeff]/gu, "").trim()).filter((text) => !/^'[=+\-@]/.test(text));
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }), (rows) => {
      const written = writeCsv(["Kode", "Nama", "Lain"], rows);
      assert.deepEqual(texts(readCsv(utf8(written))).slice(1), rows.map((row) => (row.every((text) => text === "") ? [] : row)));
      assert.ok(!/(^|;|\n)"?[=+@]/.test(written));
    }));
  });
});

describe("XLSX", () => {
  it("is written so that it reads the same, with every cell text", () => {
    const header = ["Kode", "Nama"];
    const rows = [["001", "Dinas <A> & \"B\""], ["197506202000122001", "=1+1"], ["", "baris 1\nbaris 2"], ["€ 𝄞", ""]];
    const [table] = readXlsx(writeXlsx([{ name: "Unit", header, rows, widths: [10, 20] }]));
    assert.equal(table?.name, "Unit");
    assert.deepEqual(texts(table.rows), [header, ["001", 'Dinas <A> & "B"'], ["197506202000122001", "=1+1"], ["", "baris 1\nbaris 2"], ["€ 𝄞"]]);
    assert.ok(table.rows.flat().every((cell) => cell.kind === "text"));
  });

  it("means the same after LibreOffice 7.4 or openpyxl 3.1 opened what we wrote and saved it", async () => {
    const expected = [
      ["Unit", ["DISKOMINFO", "Dinas Komunikasi & Informatika", "Diskominfo", "dinas", "", "opd", "Pemerintah Kabupaten | Dinas", 'Jalan "Provinsi" Km 9', "Penajam"]],
      ["Jabatan", ["KADIS", "Kepala Dinas <Kominfo>", "Kadis", "DISKOMINFO", "", "kepala", "leader, signer", "1"]],
      ["Pegawai", ["", "Hj. Nurlaila Hasan, S.Kom., M.T.", "197506202000122001", "6409014101880001", "Pembina Utama Muda", "IV/c", "kadis@contoh.id"], ["P-1", "Éka Süß – ‘petik’", "000012345678901234"]],
      ["Pemangku", ["KADIS", "197506202000122001", "Definitif", "2026-11-01", "", "821.2/77/2026", "2026-10-30"]],
    ];
    for (const program of ["libreoffice", "openpyxl"]) {
      const tables = readXlsx(await readFile(new URL(`samples/${program}.xlsx`, import.meta.url)));
      const read = tables.map(({ name, rows }) => [name, ...rows.slice(1).map((row) => Array.from(row, (cell) => cell?.text.trim() ?? "").join("\t").trimEnd().split("\t"))]);
      assert.deepEqual(read, expected, program);
    }
  });

  it("is read as other programs write it: shared strings, dates by style, numbers, formulas, errors, holes", () => {
    const [table] = readXlsx(foreign('<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3"><c r="B3" t="s"><v>1</v></c><c r="C3" s="1"><v>46350</v></c><c r="D3" s="2"><v>46350.5</v></c><c r="E3" s="3"><v>3</v></c><c r="F3"><f>1+1</f><v>2</v></c><c r="G3" t="e"><v>#REF!</v></c><c r="H3" t="b"><v>1</v></c><c r="I3" t="d"><v>2026-11-24T00:00:00</v></c><c r="J3"/></row>'));
    assert.deepEqual(table?.rows[0]?.map((cell) => cell.text), ["Kode"]);
    assert.deepEqual(table?.rows[1], []);
    assert.deepEqual(table?.rows[2]?.map((cell) => [cell.text, cell.kind]), [["", "text"], ["Dinas & Badan", "text"], ["2026-11-24", "date"], ["2026-11-24 12:00:00", "date"], ["3", "number"], ["2", "formula"], ["#REF!", "error"], ["ya", "text"], ["2026-11-24", "date"]]);
  });

  it("is refused by name where it would hurt", () => {
    const row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>';
    assert.equal(fault(() => readXlsx(foreign(row, { "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>' }))), "broken", "entities are how XML bombs are built");
    assert.equal(fault(() => readXlsx(foreign(row, { "xl/workbook.xml": "<workbook" }))), "broken");
    assert.equal(fault(() => readXlsx(foreign('<row r="30000"><c r="A30000"><v>1</v></c></row>'))), "too_many_rows");
    assert.equal(fault(() => readXlsx(foreign('<row r="1"><c r="ZZ1"><v>1</v></c></row>'))), "too_large");
    assert.equal(fault(() => readXlsx(foreign(`<row r="1"><c r="A1" t="inlineStr"><is><t>${"x".repeat(tableLimits.cell + 1)}</t></is></c></row>`))), "too_large");
    assert.equal(fault(() => readXlsx(writeZip(new Map([["word/document.xml", "<w/>"]])))), "not_a_table", "a Word file");
    assert.equal(fault(() => readXlsx(writeZip(new Map(Array.from({ length: tableLimits.entries + 1 }, (_, n) => [`a${n}`, ""]))))), "too_large");
    const cut = foreign(row);
    assert.equal(fault(() => readXlsx(cut.subarray(0, cut.length - 30))), "broken");
    assert.equal(fault(() => readZip(Buffer.from("PK\u0003\u0004 bukan zip"), () => true)), "broken");
  });

  it("inflates no further than its limit: ten kilobytes that claim to be ten bytes and become a hundred megabytes", () => {
    const bomb = deflateRawSync(Buffer.alloc(tableLimits.inflated + 1), { level: 9 });
    assert.ok(bomb.length < 200_000);
    const whole = writeZip(new Map([["xl/workbook.xml", "<workbook/>"]]));
    const at = whole.indexOf("xl/workbook.xml") + "xl/workbook.xml".length;
    const honest = whole.readUInt32LE(18);
    const rebuilt = Buffer.concat([whole.subarray(0, at), bomb, whole.subarray(at + honest)]);
    rebuilt.writeUInt32LE(bomb.length, 18);
    const directory = rebuilt.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]), at + bomb.length);
    rebuilt.writeUInt32LE(bomb.length, directory + 20);
    rebuilt.writeUInt32LE(directory, rebuilt.length - 6);
    assert.equal(fault(() => readZip(rebuilt, () => true)), "too_large");
  });

  it("survives any bytes", () => {
    const good = foreign('<row r="1"><c r="A1" t="s"><v>0</v></c></row>');
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 20 }), (edits) => {
      const bytes = Buffer.from(good);
      for (const [at, value] of edits) bytes[at] = value;
      fault(() => readXlsx(bytes));
    }));
  });
});

describe("the reader", () => {
  let reader: TableReader;
  before(() => {
    reader = openTableReader();
  });
  after(() => reader.close());

  it("reads in its own thread, tells a workbook from CSV by the bytes, and names what is neither", async () => {
    const workbook = writeXlsx([{ name: "Unit", header: ["Kode"], rows: [["A"]], widths: [] }]);
    assert.deepEqual(await reader.read(workbook, "apa.csv"), { tables: [{ name: "Unit", rows: [[{ text: "Kode", kind: "text" }], [{ text: "A", kind: "text" }]] }] });
    assert.deepEqual(await reader.read(utf8("Kode\nA"), "unit.csv"), { tables: [{ name: "unit.csv", rows: [[{ text: "Kode", kind: "text" }], [{ text: "A", kind: "text" }]] }] });
    assert.deepEqual(await reader.read(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), "lama.xls"), { fault: "encrypted" });
    assert.deepEqual(await reader.read(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), "foto.png"), { fault: "not_a_table" });
  });

  it("is killed over a file that takes too long, and reads the next one", async () => {
    const slow = openTableReader({ timeoutMs: 1 });
    assert.deepEqual(await slow.read(utf8("x;y\n".repeat(15_000)), "lambat.csv"), { fault: "broken" });
    await slow.close();
    assert.ok("tables" in (await reader.read(utf8("Kode\nA"), "unit.csv")));
  });
});
