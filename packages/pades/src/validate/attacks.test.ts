import assert from "node:assert/strict";
import { test } from "node:test";
import { exitCode, signPdf, Unreadable, validate, type Report } from "../index.ts";
import { nodePort } from "../node.ts";
import { NOW, testAuthority } from "../../test/authority.ts";
import { forge, pdfOfText, samplePdf, streamBody, textOfPdf, type Forgery } from "../../test/sample-pdf.ts";

// The attacks on PDF signatures published from 2019 to 2021 (pdf-insecurity.org: USF, ISA, SWA, shadow, EAA, SSA), built by hand.
const authority = await testAuthority();
const signer = await authority.certify();
const judge = (pdf: Uint8Array): Promise<Report> => validate(pdf, { trust: authority.trust, at: NOW, port: nodePort });
const sign = (pdf: Uint8Array, options: Partial<Parameters<typeof signPdf>[1]> = {}) => signPdf(pdf, { signer, port: nodePort, signedAt: NOW, ...options });

const base = samplePdf({ pages: 2, fields: [{ name: "Bupati", rect: "[300 100 450 160]" }] });
const genuine = await sign(base);
const EVIL = streamBody("", "BT /F1 24 Tf 72 700 Td (Surat palsu) Tj ET");
const PAGE = "/Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>";
const widget = 13; // the signature's own widget, right after its dictionary

const fails = async (pdf: Uint8Array, reason: RegExp): Promise<void> => {
  const report = await judge(pdf);
  const said = [report.document.detail, ...report.signatures.flatMap(({ checks }) => checks.filter(({ outcome }) => outcome === "failed").map(({ detail }) => detail))].join("; ");
  assert.equal(report.indication, "TOTAL-FAILED", said);
  assert.equal(exitCode(report), 1);
  assert.match(said, reason);
};

test("the genuine file passes, so that every failure below is the attack's", async () => {
  assert.equal((await judge(genuine)).indication, "TOTAL-PASSED");
  assert.match(textOfPdf(genuine), new RegExp(`\\n${widget} 0 obj\\n<< /Type /Annot`));
});

const updates: readonly (readonly [name: string, forgery: Forgery, reason: RegExp])[] = [
  ["ISA: the page's content is replaced", { objects: { 4: EVIL } }, /changed or added that a signature does not need: 4/],
  ["ISA: the content is replaced and the table hides nothing", { objects: { 4: EVIL, 5: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>" } }, /4, 5|5, 4/],
  ["ISA: an object is appended without a table entry", { objects: { 4: EVIL }, hide: [4] }, /belong to no object/],
  ["ISA: bytes stand between the objects", { objects: { 90: "null" }, stray: "4 0 obj << >> endobj\n" }, /belong to no object/],
  ["the page tree gains a page", { objects: { 2: "<< /Type /Pages /Kids [3 0 R 90 0 R] /Count 2 /MediaBox [0 0 595 842] >>", 90: `<< ${PAGE} >>` } }, /does not need/],
  ["the page tree loses a page", { objects: { 2: "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>" } }, /does not need: 2/],
  ["the page is replaced by another", { objects: { 3: `<< ${PAGE.replace("4 0 R", "90 0 R")} /Annots [11 0 R ${widget} 0 R] >>`, 90: EVIL } }, /the Contents of a page changed/],
  ["the page's size hides its foot", { objects: { 3: `<< ${PAGE} /MediaBox [0 400 595 842] /Annots [11 0 R ${widget} 0 R] >>` } }, /the MediaBox of a page changed/],
  ["EAA: an annotation covers the text", { objects: { 3: `<< ${PAGE} /Annots [11 0 R ${widget} 0 R 90 0 R] >>`, 90: "<< /Type /Annot /Subtype /FreeText /Rect [72 690 400 730] /Contents (palsu) /F 4 >>" } }, /annotation was added/],
  ["the signature's annotation is taken off the page", { objects: { 3: `<< ${PAGE} /Annots [11 0 R] >>` } }, /annotations of a page were removed/],
  ["SSA: a visible signature box is added", {
    objects: { 3: `<< ${PAGE} /Annots [11 0 R ${widget} 0 R 90 0 R] >>`, 1: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /AcroForm << /Fields [11 0 R ${widget} 0 R 90 0 R] /SigFlags 3 >> >>`, 90: "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Palsu) /Rect [72 690 400 730] /F 4 /P 3 0 R >>" },
  }, /visible signature box/],
  ["a text field is added", {
    objects: { 1: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /AcroForm << /Fields [11 0 R ${widget} 0 R 90 0 R] /SigFlags 3 >> >>`, 90: "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Palsu) /V (palsu) /Rect [0 0 0 0] /F 4 /P 3 0 R >>" },
  }, /not a signature/],
  ["the empty field is moved over the text while it is filled", { objects: { 11: "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Bupati) /Rect [72 690 400 730] /F 132 /P 3 0 R /V 90 0 R >>", 90: "<< /Type /Sig >>" } }, /the Rect of the field Bupati changed/],
  ["the empty field gets an appearance without a signature", { objects: { 11: "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Bupati) /Rect [300 100 450 160] /F 132 /P 3 0 R /AP << /N 90 0 R >> >>", 90: EVIL } }, /does not need: 11, 90|does not need: 90, 11/],
  ["the signed field's appearance is changed", { objects: { [widget]: "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /Rect [0 0 0 0] /F 132 /P 3 0 R /V 12 0 R /AP << /N 90 0 R >> >>", 90: EVIL } }, /does not need/],
  ["the catalog gains an action", { objects: { 1: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AcroForm << /Fields [11 0 R ${widget} 0 R] /SigFlags 3 >> >>` } }, /OpenAction changed/],
  ["the metadata say something else", { objects: { 7: streamBody("/Type /Metadata /Subtype /XML", "<x:xmpmeta><dc:title>Surat Palsu</dc:title></x:xmpmeta>") } }, /does not need: 7/],
  ["the information dictionary has another title", { objects: { 6: "<< /Title (Surat Palsu) /CreationDate (D:20260101000000Z) >>" } }, /Title changed/],
  ["the language of the document changes", { objects: { 1: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (en) /AcroForm << /Fields [11 0 R ${widget} 0 R] /SigFlags 3 >> >>` } }, /Lang changed/],
  ["fields are put in another order", { objects: { 1: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /AcroForm << /Fields [${widget} 0 R 11 0 R] /SigFlags 3 >> >>` } }, /another order/],
  ["the form asks readers to redraw", { objects: { 1: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /AcroForm << /Fields [11 0 R ${widget} 0 R] /SigFlags 3 /NeedAppearances true >> >>` } }, /NeedAppearances changed/],
  ["content hides as validation data", { objects: { 1: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /AcroForm << /Fields [11 0 R ${widget} 0 R] /SigFlags 3 >> /DSS << /Certs [4 0 R] >> >>`, 4: EVIL } }, /also used elsewhere|does not need/],
  ["a font is freed", { objects: { 90: "null" }, free: [5] }, /does not need: 5/],
  ["an entry points at another object", { objects: { 90: "null" }, redirect: { 4: textOfPdf(genuine).indexOf("5 0 obj") } }, /points elsewhere/],
];

for (const [name, forgery, reason] of updates) test(name, () => fails(forge(genuine, forgery), reason));

test("shadow: a planted, unused object comes alive by a redirected entry", async () => {
  const text = textOfPdf(base);
  // The planted object has the number of the page's content, and no table entry until after signing.
  const planted = pdfOfText(text.replace("xref\n", `4 0 obj\n${EVIL}\nendobj\nxref\n`).replace(/startxref\n(\d+)/, (_, at: string) => `startxref\n${Number(at) + `4 0 obj\n${EVIL}\nendobj\n`.length}`));
  const signed = await sign(planted);
  assert.equal((await judge(signed)).indication, "TOTAL-PASSED");
  const offset = textOfPdf(signed).lastIndexOf(`4 0 obj\n${EVIL}`);
  await fails(forge(signed, { objects: { 90: "null" }, redirect: { 4: offset } }), /object 4 is not in the update/);
});

test("shadow: an object planted in a signed object stream comes alive", async () => {
  // A table-kind file whose object 20 is an object stream holding another version of object 4, which nothing uses.
  const inner = `4 0 << /Type /Font >>`;
  const planted = forge(base, { objects: { 20: streamBody("/Type /ObjStm /N 1 /First 4", inner) } });
  const signed = await sign(planted);
  assert.equal((await judge(signed)).indication, "TOTAL-PASSED");
  // The attacker's update is a cross-reference stream whose only news is where object 4 is.
  const text = textOfPdf(signed);
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1] ?? "";
  const rows = [2, 0, 20, 0, 1, (signed.length >> 8) & 255, signed.length & 255, 0];
  const body = streamBody(`/Type /XRef /W [1 2 1] /Index [4 1 30 1] /Size 31 /Root 1 0 R /Info 6 0 R /Prev ${previous}`, String.fromCharCode(...rows));
  const forged = pdfOfText(`${text}30 0 obj\n${body}\nendobj\nstartxref\n${signed.length}\n%%EOF\n`);
  await fails(forged, /object 4 was already packed in the signed bytes/);
});

test("shadow: a dangling reference is given an object after signing", async () => {
  const text = textOfPdf(base).replace("/Contents 4 0 R /Resources << /Font", "/Contents 4 0 R /Resources << /XObject << /X 77 0 R >> /Font");
  const shifted = text.replace(/startxref\n(\d+)/, (_, at: string) => `startxref\n${Number(at) + "/XObject << /X 77 0 R >> ".length}`).replaceAll(/^(\d{10}) 00000 n/gm, (row, at: string) => (Number(at) > text.indexOf("/XObject") ? `${String(Number(at) + 25).padStart(10, "0")} 00000 n` : row));
  const signed = await sign(pdfOfText(shifted));
  assert.equal((await judge(signed)).indication, "TOTAL-PASSED");
  await fails(forge(signed, { objects: { 77: EVIL } }), /does not need: 77/);
});

test("an appearance that is also page content is no appearance", async () => {
  const filled = { 11: "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Bupati) /Rect [300 100 450 160] /F 132 /P 3 0 R /V 90 0 R /AP << /N 4 0 R >> >>", 90: "<< /Type /Sig >>", 4: EVIL };
  await fails(forge(genuine, { objects: filled }), /also used elsewhere in the document: 4/);
});

const edits: readonly (readonly [name: string, edit: (text: string) => string, reason: RegExp])[] = [
  ["USF: Contents is empty", (text) => text.replace(/\/Contents <[0-9a-f]+>/, "/Contents <>"), /Contents is not|structure is broken|ByteRange/],
  ["USF: Contents is zero", (text) => text.replace(/\/Contents <[0-9a-f]+>/, (all) => all.replaceAll(/(?<=<.*)[0-9a-f]/g, "0")), /missing or of another type|not hold a signature/],
  ["USF: Contents is null", (text) => text.replace(/\/Contents <[0-9a-f]+>/, (all) => `/Contents null ${" ".repeat(all.length - 15)}`), /Contents is not/],
  ["USF: ByteRange is null", (text) => text.replace(/\/ByteRange \[[^\]]*\]/, (all) => `/ByteRange null${" ".repeat(all.length - 15)}`), /ByteRange is not four/],
  ["USF: ByteRange is missing", (text) => text.replace("/ByteRange", "/ByteRanje"), /ByteRange is not four/],
  ["USF: ByteRange has a negative number", (text) => text.replace("/ByteRange [0 ", "/ByteRange [-1"), /ByteRange/],
  ["USF: ByteRange has two numbers", (text) => text.replace(/\/ByteRange \[0 (\d+) (\d+ \d+)/, (_, one: string, rest: string) => `/ByteRange [0 ${one}${" ".repeat(rest.length + 1)}`), /ByteRange is not four/],
  ["USF: the signature says it is of another kind", (text) => text.replace("/ETSI.CAdES.detached", "/ETSI.CAdES.attached"), /not validated|changed after signing/],
  ["SWA: bytes between the ranges", (text) => text.replace(/(\/Contents <[0-9a-f]+>)/, "$1 4 0 obj << >> endobj "), /./],
  ["the padding after the signature is used", (text) => text.replace(/(\/Contents <[0-9a-f]*)00>/, (_, head: string) => `${head}41>`), /padding|trailing|CMS|not made/],
  ["one digit of Contents in capitals", (text) => text.replace(/(\/Contents <[0-9]*)([a-f])/, (_, head: string, digit: string) => head + digit.toUpperCase()), /ByteRange leaves out/],
  ["white space inside Contents", (text) => text.replace(/(\/Contents <[0-9a-f]{10})[0-9a-f]{2}/, "$1  "), /ByteRange leaves out/],
  ["bytes after the end", (text) => `${text}4 0 obj\n${EVIL}\nendobj\n`, /follow the end/],
  ["a comment after the end", (text) => `${text}% tambahan\n`, /follow the end/],
  ["junk before the header", (text) => `\n${text}`, /before %PDF-|broken|cross-reference/],
];

for (const [name, edit, reason] of edits) {
  test(name, async () => {
    // A signature one byte shorter than the longest leaves padding to play with.
    const text = textOfPdf(name.startsWith("the padding") ? await paddedSignature() : genuine);
    const changed = edit(text);
    assert.notEqual(changed, text);
    try {
      await fails(pdfOfText(changed), reason);
    } catch (error) {
      assert.ok(error instanceof Unreadable, String(error));
    }
  });
}

async function paddedSignature(): Promise<Uint8Array> {
  for (let attempt = 0; attempt < 64; attempt++) {
    const signed = await sign(base);
    if (/\/Contents <[0-9a-f]*00>/.test(textOfPdf(signed))) return signed;
  }
  throw new Error("no signature was shorter than the longest in 64 attempts");
}

// The three shadow attacks of 2021: what is signed already holds the other document, and a small update shows it.
const STAMPED = `<< ${PAGE} /Annots [11 0 R 20 0 R] >>`;
const overlaid = forge(base, { objects: { 3: STAMPED, 20: "<< /Type /Annot /Subtype /Stamp /Rect [72 690 400 730] /F 4 /P 3 0 R /AP << /N 21 0 R >> >>", 21: streamBody("/Type /XObject /Subtype /Form /BBox [0 0 328 40]", "1 1 1 rg 0 0 328 40 re f") } });
for (const [name, objects, reason] of [
  ["hide: what covered the text becomes empty", { 21: streamBody("/Type /XObject /Subtype /Form /BBox [0 0 328 40]", "") }, /does not need: 21/],
  ["hide: what covered the text is turned off", { 20: "<< /Type /Annot /Subtype /Stamp /Rect [72 690 400 730] /F 2 /P 3 0 R /AP << /N 21 0 R >> >>" }, /does not need: 20/],
  ["replace: the font draws other letters", { 5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [48 /nine] >> >>" }, /does not need: 5/],
  ["hide and replace: another page tree takes over", { 2: "<< /Type /Pages /Kids [90 0 R] /Count 1 /MediaBox [0 0 595 842] >>", 90: `<< ${PAGE} >>` }, /does not need/],
] as const) test(`shadow, ${name}`, async () => fails(forge(await sign(overlaid), { objects }), reason));

test("certified at level 3, a document still gains no annotation and no visible box (EAA, SSA)", async () => {
  const certified = await sign(base, { certify: 3 });
  assert.equal((await judge(certified)).indication, "TOTAL-PASSED");
  const text = textOfPdf(certified);
  const box = Number(/\n(\d+) 0 obj\n<< \/Type \/Annot[^\n]*Signature1/.exec(text)?.[1]);
  const catalog = /1 0 obj\n(<< \/Type \/Catalog[^]*?>>)\nendobj/g;
  const last = [...text.matchAll(catalog)].at(-1)?.[1] ?? "";
  const page = `<< ${PAGE} /Annots [11 0 R ${box} 0 R 90 0 R] >>`;
  await fails(forge(certified, { objects: { 3: page, 90: "<< /Type /Annot /Subtype /FreeText /Rect [72 690 400 730] /Contents (palsu) /F 4 >>" } }), /annotation was added/);
  const field = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Palsu) /Rect [72 690 400 730] /F 4 /P 3 0 R >>";
  await fails(forge(certified, { objects: { 3: page, 1: last.replace(/(\/Fields \[[^\]]*)\]/, "$1 90 0 R]"), 90: field } }), /visible signature box/);
});

test("a signature whose field is taken out, or whose catalog is replaced, is not found, and its absence is not taken for innocence", async () => {
  for (const forgery of [
    { objects: { 1: "<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) >>" } },
    { objects: { 90: "<< /Type /Catalog /Pages 91 0 R >>", 91: "<< /Type /Pages /Kids [] /Count 0 >>" }, root: "90 0 R" },
  ]) {
    const report = await judge(forge(genuine, forgery));
    assert.equal(report.indication, "NO_SIGNATURE_FOUND");
    assert.equal(report.document.verdict, "failed");
    assert.equal(exitCode(report), 1);
  }
});

test("another catalog that still shows the signature", async () => {
  const objects = { 90: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /AcroForm << /Fields [11 0 R ${widget} 0 R] /SigFlags 3 >> >>` };
  await fails(forge(genuine, { objects, root: "90 0 R" }), /another catalog/);
});

test("one signature shown by two fields", async () => {
  const fields = { 1: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /AcroForm << /Fields [11 0 R ${widget} 0 R 90 0 R] /SigFlags 3 >> >>`, 90: "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Dua) /Rect [0 0 0 0] /F 132 /P 3 0 R /V 12 0 R >>" };
  await fails(forge(genuine, { objects: fields }), /several fields/);
});

test("a change that is signed again still breaks the signature before it", async () => {
  const report = await judge(await sign(forge(genuine, { objects: { 4: EVIL } })));
  assert.equal(report.indication, "TOTAL-FAILED");
  assert.deepEqual(report.signatures.map(({ indication }) => indication), ["TOTAL-FAILED", "TOTAL-PASSED"]);
});

test("a change after a certification breaks it, and level 1 forbids even a further signature", async () => {
  await fails(forge(await sign(base, { certify: 2 }), { objects: { 4: EVIL } }), /does not need: 4/);
  const closed = await sign(base, { certify: 1 });
  // Our own signer refuses; an attacker's does not, so the certification is hidden from it and put back.
  const opened = pdfOfText(textOfPdf(closed).replace("/Perms", "/Parms"));
  const forged = pdfOfText(textOfPdf(await sign(opened)).replace("/Parms", "/Perms"));
  await fails(forged, /certified against changes|changed after signing|catalog's/);
});

test("a signature by somebody nobody trusts is no forgery, and no signature to rely on either", async () => {
  const stranger = await testAuthority();
  const report = await judge(await sign(base, { signer: await stranger.certify() }));
  assert.equal(report.indication, "INDETERMINATE");
  assert.equal(report.signatures[0]?.subIndication, "NO_CERTIFICATE_CHAIN_FOUND");
});

test("saving with a new modification date is explained, not denied", async () => {
  const packet = /<x:xmpmeta.*<\/x:xmpmeta>/.exec(textOfPdf(base))?.[0] ?? "";
  const saved = forge(genuine, { objects: {
    6: "<< /Title (Surat Tugas) /CreationDate (D:20260101000000Z) /ModDate (D:20261125000000Z) /Producer (lain) >>",
    7: streamBody("/Type /Metadata /Subtype /XML", packet.replace("2026-01-01", "2026-11-25")),
  } });
  const report = await judge(saved);
  assert.equal(report.indication, "TOTAL-PASSED", report.document.detail);
  assert.deepEqual(report.document.changesAfter.map(({ kind }) => kind), ["document_information", "document_information"]);
});

test("validation data in a security store are explained", async () => {
  const stored = forge(genuine, { objects: {
    1: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /AcroForm << /Fields [11 0 R ${widget} 0 R] /SigFlags 3 >> /Extensions << /ESIC << /BaseVersion /1.7 /ExtensionLevel 2 >> >> /DSS 90 0 R >>`,
    90: "<< /Type /DSS /Certs 91 0 R /VRI << /0123456789ABCDEF0123456789ABCDEF01234567 << /Cert [92 0 R] /TU (D:20261125000000Z) >> >> >>", 91: "[92 0 R]", 92: streamBody("", "DER"),
  } });
  const report = await judge(stored);
  assert.equal(report.indication, "TOTAL-PASSED", report.document.detail);
  assert.deepEqual(report.document.changesAfter.map(({ kind }) => kind), ["extension", "validation_data"]);
  await fails(forge(stored, { objects: { 92: streamBody("", "lain"), 3: `<< ${PAGE.replace("4 0 R", "92 0 R")} /Annots [11 0 R ${widget} 0 R] >>` } }), /Contents of a page changed/);
});
