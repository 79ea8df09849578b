import assert from "node:assert/strict";
import { test } from "node:test";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { inspect, signPdf, validate } from "../src/index.ts";
import { nodePort } from "../src/node.ts";
import { NOW, testAuthority } from "./authority.ts";
import { textOfPdf } from "./sample-pdf.ts";

// What the product really signs: PDF/A letters rendered by Typst.
const authority = await testAuthority();
const signer = await authority.certify();
const letter = '#set document(title: "Surat Tugas", date: datetime(year: 2026, month: 11, day: 24))\n#set text(lang: "id")\n= Surat Tugas\n#lorem(400)\n#pagebreak()\nLampiran';

for (const standard of ["a-2b", "a-2a", "a-3b", "a-4"] as const) {
  test(`a letter in PDF/${standard} is signed three times, and nothing that makes it PDF/A is touched`, async () => {
    const pdf = new Uint8Array(NodeCompiler.create().pdf({ mainFileContent: letter }, { pdfStandard: standard }));
    let signed: Uint8Array = pdf;
    for (const fieldName of ["Kepala Bidang", "Sekretaris Daerah", "Bupati"]) signed = await signPdf(signed, { signer, port: nodePort, signedAt: NOW, fieldName });
    assert.deepEqual(signed.subarray(0, pdf.length), pdf);
    const report = await validate(signed, { trust: authority.trust, at: NOW, port: nodePort });
    assert.equal(report.indication, "TOTAL-PASSED", report.document.detail);
    assert.deepEqual(await inspect(signed, { port: nodePort }), { kind: "pdf", pages: 2, signatures: 3, isEncrypted: false });
    // ISO 19005-2 §6.3: widgets print, and one without an area needs no appearance. The metadata stay as rendered.
    const tail = textOfPdf(signed.subarray(pdf.length));
    assert.equal(tail.match(/\/Rect \[0 0 0 0\] \/F 132 /g)?.length, 3);
    assert.doesNotMatch(tail, /\/Metadata <|\/AP |\/Encrypt|NeedAppearances/);
  });
}
