import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { after, before, test } from "node:test";
import decodeQR from "qr/decode.js";
import { letterType, letterTypes } from "../src/index.ts";
import { createRenderer, GlyphMissing, InvalidRenderInput, RenderFault } from "../src/render/index.ts";
import type { Renderer } from "../src/render/index.ts";
import { qrDrawing } from "../src/render/qr.ts";
import { renderInput } from "../src/render-input.ts";
import type { RecordInput, RenderInput } from "../src/render-input.ts";
import { printed, read, words } from "./reading.ts";
import type { Reading } from "./reading.ts";

const at = (path: string) => new URL(path, import.meta.url);
const inputOf = (path: string): RenderInput => renderInput.parse(JSON.parse(fs.readFileSync(at(path), "utf8")));
const example = (code: string): RenderInput => inputOf(`../src/types/${code}/example.json`);
const paragraphs = (...texts: readonly string[]): RenderInput["body"] => ({ type: "doc", content: texts.map((text) => ({ type: "paragraph" as const, content: [{ type: "text" as const, text }] })) });
const lineWith = (reading: Reading, text: string) => {
  const line = reading.lines.find((one) => one.text.startsWith(text));
  assert(line !== undefined, `the letter has a line that starts with ${text}`);
  return line;
};

let renderer: Renderer;
before(() => {
  renderer = createRenderer();
});
after(async () => renderer.close());

const goldens = [...letterTypes.map((type) => ({ name: type.code.toLowerCase(), file: `../src/types/${type.code.toLowerCase()}/example.json` })), { name: "two-pages", file: "./two-pages.json" }];
for (const { name, file } of goldens) {
  test(`the letter ${name} reads and stands as in its golden file`, async () => {
    const { pdf, pages } = await renderer.pdf(inputOf(file));
    const reading = await read(pdf);
    assert.equal(reading.pages.length, pages);
    const golden = at(`./golden/${name}.txt`);
    if (process.env["UPDATE_GOLDEN"] === "1") fs.writeFileSync(golden, printed(reading));
    assert.equal(printed(reading), fs.readFileSync(golden, "utf8"));
  });
}

const record: RecordInput = {
  profile: example("sd").profile,
  kop: example("sd").kop,
  title: "Salinan jejak surat",
  date: "2026-11-28",
  particulars: [["Nomor", "005/88/KOMINFO/2026"], ["Hal", "Permintaan data jaringan desa"]],
  columns: [{ title: "Waktu", width: 2, isNumber: false }, { title: "Perbuatan", width: 5, isNumber: false }, { title: "Nomor catatan", width: 1.5, isNumber: true }],
  rows: Array.from({ length: 60 }, (_, index) => [`28 November 2026\n08.${index + 10} WITA`, index === 0 ? "mencatat surat dari 漢字, *bukan markup*" : "mengarahkan surat", String(1_281_900 + index)]),
  notes: ["Setiap baris adalah satu catatan dalam log."],
};

test("a record goes on over pages under the head of its table, and is never refused for a letter the house face lacks", async () => {
  const { pdf, pages } = await renderer.record(record);
  const reading = await read(pdf);
  assert.equal(reading.pages.length, pages);
  const golden = at("./golden/record.txt");
  if (process.env["UPDATE_GOLDEN"] === "1") fs.writeFileSync(golden, printed(reading));
  assert.equal(printed(reading), fs.readFileSync(golden, "utf8"));
  assert.equal(reading.lines.filter((line) => line.text.startsWith("Waktu")).length, pages);
  assert.match(printed(reading), /mencatat surat dari □□, \*bukan markup\*/);
  const text = Buffer.from(pdf).toString("latin1");
  assert.match(text, /<pdfaid:part>2<\/pdfaid:part><pdfaid:conformance>A<\/pdfaid:conformance>/);
});

test("a record whose row is not as long as the head of its table is refused", async () => {
  await assert.rejects(renderer.record({ ...record, rows: [["sendiri"]] }), InvalidRenderInput);
});

// Baselines and edges in millimetres as measured on the reference letters; half a point is 0.18 mm.
const measured: readonly (readonly [string, readonly (readonly [string, number, number])[]])[] = [
  ["sd", [
    ["PEMERINTAH KABUPATEN", 24.6, 66.0], ["SEKRETARIAT DAERAH", 30.9, 86.1], ["Jalan Provinsi", 35.9, 69.2], ["Telepon", 39.8, 60.5],
    ["Penajam, 5 Agustus 2026", 53.6, 113], ["Nomor", 63.3, 25], ["500.12.6.3/123/SETDA/2026", 63.3, 48], ["Sifat", 68.5, 25], ["Lampiran", 73.6, 25], ["Hal", 78.7, 25],
    ["Yth.", 63.3, 113], ["Kepala Dinas Komunikasi dan", 63.3, 122.5], ["Samarinda", 83.8, 127.5], ["Menindaklanjuti", 97.6, 37.5], ["1.", 135.6, 37.5],
    ["a.n.", 179.4, 103.5], ["BUPATI PENAJAM", 179.4, 113], ["Dra. Ratna", 228.0, 113], ["NIP 1969", 238.3, 113], ["Tembusan:", 248.3, 25], ["Dokumen ini", 285.9, 25],
  ]],
  ["nd", [["NOTA DINAS", 53.6, 94.5], ["Yth.", 65.4, 25], ["Sekretaris Daerah", 65.4, 51], ["Hal", 106.4, 25], ["Menindaklanjuti", 117.6, 37.5]]],
  ["st", [["SURAT TUGAS", 53.6, 92.4], ["NOMOR 800", 58.9, 64.3], ["Dasar", 69.7, 25], ["MENUGASKAN:", 96.2, 91.4], ["Peraturan Menteri", 69.7, 58.5]]],
  ["und", [["BUPATI PENAJAM", 48.2, 67.8], ["Jalan Provinsi", 53.3, 58], ["Telepon", 57.2, 48.9], ["hari, tanggal", 127.6, 37.5], ["Senin, 14 September 2026;", 127.6, 70.5]]],
  ["skdom", [["PEMERINTAH KABUPATEN", 23.2, 68.5], ["KECAMATAN PENAJAM", 28.5, 97.7], ["DESA GIRI MUKTI", 34.8, 97.1], ["Telepon", 43.7, 57.1], ["SURAT KETERANGAN DOMISILI", 57.1, 77.3], ["NOMOR 400", 62.4, 69.7], ["NIK", 101.3, 37.5], ["6409010000000001", 101.3, 85.5]]],
];
for (const [code, places] of measured) {
  test(`the letter ${code} keeps the measures of the rule on layout`, async () => {
    const reading = await read((await renderer.pdf(example(code))).pdf);
    for (const [text, y, x] of places) {
      const line = lineWith(reading, text);
      assert(Math.abs(line.y - y) <= 0.3, `${text}: baseline ${line.y}, expected ${y}`);
      assert(Math.abs(line.x - x) <= 0.3, `${text}: left edge ${line.x}, expected ${x}`);
    }
  });
}

test("a letter is A4 and a village letter is 215 by 330 mm", async () => {
  assert.deepEqual((await read((await renderer.pdf(example("sd"))).pdf)).pages, [{ width: 210, height: 297 }]);
  assert.deepEqual((await read((await renderer.pdf(example("skdom"))).pdf)).pages, [{ width: 215, height: 330 }]);
});

test("the file declares PDF/A-2a and PDF/UA-1 and carries its fonts, tags, language and title", async () => {
  const { pdf } = await renderer.pdf(example("sd"));
  const text = Buffer.from(pdf).toString("latin1");
  assert.match(text, /<pdfaid:part>2<\/pdfaid:part><pdfaid:conformance>A<\/pdfaid:conformance>/);
  assert.match(text, /<pdfuaid:part [^>]*>1<\/pdfuaid:part>/);
  assert.match(text, /\/ViewerPreferences <<\s+\/DisplayDocTitle true/);
  assert.match(text, /\/MarkInfo/);
  assert.match(text, /\/OutputIntents/);
  assert.doesNotMatch(text, /\/JavaScript|\/Launch|\/EmbeddedFile/);
  const reading = await read(pdf);
  assert.equal(reading.language, "id-ID");
  assert.match(reading.title ?? "", /Penyampaian data layanan/);
  assert.deepEqual(reading.alts, ["Lambang Kabupaten Penajam Paser Utara", "Kode QR verifikasi tanda tangan elektronik, kode Q017K3M92X"]);
  assert(["Document", "P", "L", "LI", "Lbl", "LBody", "Figure"].every((role) => (reading.roles[role] ?? 0) > 0), JSON.stringify(reading.roles));
});

test("the cross-reference table of the declared file points at every object, and the metadata is as long as it says", async () => {
  const { pdf } = await renderer.pdf({ ...example("sd"), hal: "</rdf:Bag></pdfaExtension:schemas> <pdfaid:part> /Type /Catalog endobj" });
  const text = Buffer.from(pdf).toString("latin1");
  const start = Number(/startxref\n(\d+)\n%%EOF/.exec(text)?.[1]);
  const [head = "", count = "0"] = /^xref\n0 (\d+)\n/.exec(text.slice(start)) ?? [];
  for (let number = 1; number < Number(count); number += 1) {
    const entry = text.slice(start + head.length + number * 20, start + head.length + number * 20 + 20);
    assert(entry[17] === "f" || text.startsWith(`${number} 0 obj`, Number(entry.slice(0, 10))), `object ${number}`);
  }
  const [whole = "", length = "0"] = /\/Length (\d+)\s+\/Type \/Metadata[^>]*>>\s*stream\n/.exec(text) ?? [];
  const end = text.indexOf(whole) + whole.length + Number(length);
  assert.match(text.slice(end - 20, end + 12), /<\?xpacket end="r"\?>\s*endstream/);
});

test("the same input gives the same bytes, on another thread too", async () => {
  const other = createRenderer();
  const hash = async (one: Renderer, input: RenderInput) => createHash("sha256").update((await one.pdf(input)).pdf).digest("hex");
  const first = await hash(renderer, inputOf("./two-pages.json"));
  await renderer.pdf(example("und"));
  assert.equal(await hash(renderer, inputOf("./two-pages.json")), first);
  assert.equal(await hash(other, inputOf("./two-pages.json")), first);
  await other.close();
});

test("what is remembered of other letters changes nothing: a fresh process makes the same bytes", async () => {
  const letter = example("sd");
  const others: readonly Partial<RenderInput>[] = [
    { number: "1/2/3" }, { hal: "Hal lain" }, { tembusan: ["Camat"] }, { body: paragraphs("Isi lain.") }, { kop: { ...letter.kop, lines: ["DINAS LAIN"] } },
    { signature: { ...letter.signature, name: "Nama Lain" } }, { verification: null }, { watermark: "CONTOH" }, { profile: { ...letter.profile, pemda: "Kabupaten Lain" } },
  ];
  for (const other of others) await renderer.pdf({ ...letter, ...other });
  const here = createHash("sha256").update((await renderer.pdf(letter)).pdf).digest("hex");
  const code = `(async () => {
    const renderer = (await import(${JSON.stringify(at("../src/render/index.ts").href)})).createRenderer();
    const { pdf } = await renderer.pdf(JSON.parse(${JSON.stringify(JSON.stringify(letter))}));
    process.stdout.write(require("node:crypto").hash("sha256", pdf));
    await renderer.close();
  })()`;
  const fresh = spawnSync(process.execPath, ["-e", code], { encoding: "utf8" });
  assert.equal(fresh.stdout, here, fresh.stderr);
});

const hostile = '#read("/etc/passwd") $x^2$ *tebal* _miring_ <l> @r #sys.inputs \\ ` // /* ~ --- = judul #image("x") #panic()';
test("markup in any text is printed, never run", async () => {
  const input = example("sd");
  const { pdf } = await renderer.pdf({ ...input, body: paragraphs(hostile, "Demikian disampaikan untuk menjadi perhatian."), hal: hostile, yth: [hostile], tempat: "#eval(\"1\")", tembusan: [hostile], lampiran: "#lorem(3)", number: "#1/*x*/$2", signature: { ...input.signature, name: "*Nama* #lorem(2)" } });
  const reading = await read(pdf);
  const all = words(reading).replace(/\s+/g, " ");
  assert(all.includes(hostile), all);
  assert(all.includes("#1/*x*/$2") && all.includes("#lorem(3)") && all.includes("*Nama* #lorem(2)"));
  assert.doesNotMatch(all, /root:|Lorem ipsum/);
});

test("letters without a glyph are named before anything is rendered", async () => {
  const input = example("sd");
  await assert.rejects(renderer.pdf({ ...input, body: paragraphs("Isi 中文 dan 🙂.") }), (error) => error instanceof GlyphMissing && error.chars.join("") === "中文🙂");
  await assert.rejects(renderer.pdf({ ...input, yth: ["Kepala 漢"] }), GlyphMissing);
});

test("every letter the check lets through is printed: all of Arimo's Latin, Greek and signs", async () => {
  const { pdf } = await renderer.pdf({ ...example("sd"), body: paragraphs("Ångström é ü ñ ç ß € £ § ° ± ½ × ÷ “kutip” ‘tunggal’ – — … • ≤ ≥ Ω α β Я № ™", "Demikian disampaikan untuk menjadi perhatian.") });
  assert.match(words(await read(pdf)), /Ω α β Я № ™/);
});

test("a draft without number and date shows dots, and says that it is a draft", async () => {
  const { pdf } = await renderer.pdf({ ...example("sd"), number: null, date: null, verification: null, watermark: "KONSEP" });
  const reading = await read(pdf);
  assert.equal(lineWith(reading, "Penajam,").text, "Penajam, ............");
  assert.match(words(reading), /KONSEP: belum ditandatangani/);
  assert.doesNotMatch(words(reading), /Kode verifikasi|telah ditandatangani/);
});

test("a letter signed with a test certificate says so on the page and in the mark", async () => {
  const all = words(await read((await renderer.pdf({ ...example("sd"), watermark: "CONTOH" })).pdf));
  assert.match(all, /tidak mempunyai kekuatan hukum/);
  assert.match(all, /CONTOH, TANPA KEKUATAN HUKUM/);
  assert.doesNotMatch(all, /alat bukti hukum yang sah|telah ditandatangani secara elektronik menggunakan/);
});

test("a page that goes on announces the first word of the next, and the next carries its number", async () => {
  const reading = await read((await renderer.pdf(inputOf("./two-pages.json"))).pdf);
  const second = reading.lines.find((line) => line.page === 2 && line.y > 20);
  const announced = reading.lines.find((line) => line.page === 1 && line.text.endsWith(" …"));
  assert(second !== undefined && announced !== undefined);
  assert.equal(announced.text, `${second.text.split(" ")[0]} …`);
  assert.equal(announced.y, 281.1);
  assert.equal(lineWith(reading, "- 2 -").y, 14.2);
});

test("the catch-word is the next page's first word wherever the break falls", async () => {
  const input = inputOf("./two-pages.json");
  for (let added = 1; added <= 6; added += 1) {
    const extra = Array.from({ length: added }, (_, index) => `Kalimat tambahan ke-${index + 1} agar pergantian halaman bergeser satu baris demi satu baris (uji E-Office), sampai batasnya.`);
    const body = { ...input.body, content: [...paragraphs(...extra).content, ...input.body.content] };
    const reading = await read((await renderer.pdf({ ...input, body })).pdf);
    for (let page = 1; page < reading.pages.length; page += 1) {
      const next = reading.lines.filter((line) => line.page === page + 1 && line.y > 20).map((line) => line.text).join(" ");
      const announced = reading.lines.find((line) => line.page === page && line.text.endsWith(" …"))?.text.slice(0, -2);
      assert(announced !== undefined && next.startsWith(announced), `${added}: page ${page} announces “${announced}”, the next begins “${next.slice(0, 40)}”`);
    }
  }
});

test("the signature never stands on a page without the closing words", async () => {
  const input = example("sd");
  for (let lines = 8; lines <= 22; lines += 1) {
    const body = paragraphs(...Array.from({ length: lines }, (_, index) => `Alinea ${index + 1}.`), "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.");
    const reading = await read((await renderer.pdf({ ...input, body })).pdf);
    assert.equal(lineWith(reading, "Demikian disampaikan").page, lineWith(reading, "Dra. Ratna").page);
    assert.equal(lineWith(reading, `Alinea ${lines}.`).page, lineWith(reading, "NIP 1969").page);
  }
});

test("a number too wide for its column runs on alone and the addressee starts one line lower", async () => {
  const reading = await read((await renderer.pdf(inputOf("./two-pages.json"))).pdf);
  assert.equal(lineWith(reading, "Yth.").y, lineWith(reading, "Sifat").y);
});

test("three addressees stand in the head, a fourth sends them to a list that is signed again", async () => {
  const input = example("sd");
  const three = await read((await renderer.pdf({ ...input, yth: ["Camat Penajam", "Camat Waru", "Camat Babulu"] })).pdf);
  assert.match(words(three), /Yth\. 1\. Camat Penajam;\n.*2\. Camat Waru; dan\n.*3\. Camat Babulu/);
  const four = await renderer.pdf({ ...input, yth: ["Camat Penajam", "Camat Waru", "Camat Babulu", "Camat Sepaku"] });
  const reading = await read(four.pdf);
  assert.equal(four.pages, 2);
  assert.match(words(reading, 1), /\(daftar terlampir\)/);
  assert.match(words(reading, 2), /DAFTAR TUJUAN[\s\S]*Camat Sepaku[\s\S]*NIP 1969/);
  assert.doesNotMatch(words(reading, 1), / …/);
});

test("one official stands in rows, several in a table that repeats its head on the next page", async () => {
  const input = example("st");
  const person = { nama: "Dewi Anggraini, S.Kom.", nip: null, pangkat: null, golongan: "IX", jabatan: "Pranata Komputer" };
  const fields = { dasar: ["DPA"], untuk: ["bertugas"] };
  const one = words(await read((await renderer.pdf({ ...input, fields: { ...fields, pegawai: [person] } })).pdf));
  assert.match(one, /Pangkat\/Gol\. : - \(IX\)/);
  const many = await renderer.pdf({ ...input, fields: { ...fields, pegawai: Array.from({ length: 30 }, () => person) } });
  assert(many.pages > 1);
  assert.match(words(await read(many.pdf), 2), /Jabatan/);
});

test("lists nest at the edge of the text they belong to, with labels by level", async () => {
  const item = (...content: RenderInput["body"]["content"]) => ({ type: "listItem" as const, content });
  const [closing] = paragraphs("Demikian disampaikan untuk menjadi perhatian dan dilaksanakan sebagaimana mestinya oleh seluruh perangkat daerah.").content;
  const [first, second] = paragraphs("Butir pertama memuat:", "rincian.").content;
  assert(closing !== undefined && first !== undefined && second !== undefined);
  const body: RenderInput["body"] = { type: "doc", content: [{ type: "orderedList", content: [item(first, { type: "orderedList", content: [item(second)] })] }, closing] };
  const reading = await read((await renderer.pdf({ ...example("sd"), body })).pdf);
  assert.deepEqual(["1.", "Butir pertama", "a.", "rincian."].map((text) => lineWith(reading, text).x), [25, 32.5, 32.5, 40]);
});

test("the QR code reads as the address in capitals", async () => {
  const { svg } = qrDrawing("https://eoffice.contoh.go.id/v/Q017K3M92X");
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const [scale, quiet] = [4, 4];
  const width = (side + 2 * quiet) * scale;
  const pixels = new Uint8Array(width * width * 4).fill(255);
  for (const [, x = "", y = "", length = ""] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let dy = 0; dy < scale; dy += 1) {
      for (let dx = 0; dx < Number(length) * scale; dx += 1) pixels.fill(0, (((Number(y) + quiet) * scale + dy) * width + (Number(x) + quiet) * scale + dx) * 4, (((Number(y) + quiet) * scale + dy) * width + (Number(x) + quiet) * scale + dx) * 4 + 3);
    }
  }
  assert.equal(decodeQR({ width, height: width, data: pixels }), "HTTPS://EOFFICE.CONTOH.GO.ID/V/Q017K3M92X");
});

test("addressees stand at the left when the profile says so", async () => {
  const input = example("sd");
  const reading = await read((await renderer.pdf({ ...input, profile: { ...input.profile, ythAt: "kiri" } })).pdf);
  assert.equal(lineWith(reading, "Yth.").x, 25);
  assert.equal(lineWith(reading, "Nomor").y, lineWith(reading, "Penajam, 5").y);
});

test("what is not a letter is refused with its reason", async () => {
  const input = example("sd");
  await assert.rejects(renderer.pdf({ ...input, type: "TIDAKADA" }), InvalidRenderInput);
  await assert.rejects(renderer.pdf({ ...input, type: "ST" }), InvalidRenderInput);
  await assert.rejects(renderer.pdf({ ...input, kop: { ...input.kop, crest: '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>' } }), InvalidRenderInput);
  await assert.rejects(renderer.pdf({ ...input, verification: { url: "ftp://contoh.id/v/ABCDEFGH", code: "ABCDEFGH" } }), InvalidRenderInput);
  assert.equal(letterType("TIDAKADA"), undefined);
});

test("a full queue refuses, a closed renderer refuses, and a letter that takes too long is given up without harm to the next", async () => {
  const small = createRenderer({ waiting: 1 });
  const [first, second] = [small.pdf(example("sd")), small.pdf(example("sd"))];
  await assert.rejects(small.pdf(example("sd")), (error) => error instanceof RenderFault && error.reason === "busy");
  assert.equal((await first).pages + (await second).pages, 2);
  const waiting = small.pdf(example("sd"));
  const closed = assert.rejects(waiting, (error) => error instanceof RenderFault && error.reason === "closed");
  await small.close();
  await closed;
  await assert.rejects(small.pdf(example("sd")), (error) => error instanceof RenderFault && error.reason === "closed");

  const hasty = createRenderer({ timeoutMs: 1 });
  await assert.rejects(hasty.pdf(example("sd")), (error) => error instanceof RenderFault && error.reason === "timeout");
  await assert.rejects(hasty.pdf(example("sd")), (error) => error instanceof RenderFault && error.reason === "timeout");
  await hasty.close();
});
