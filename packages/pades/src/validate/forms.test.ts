import assert from "node:assert/strict";
import { test } from "node:test";
import { signPdf, validate, type Report, type ValidateOptions } from "../index.ts";
import { nodePort } from "../node.ts";
import { NOW, testAuthority } from "../../test/authority.ts";
import { forge, samplePdf, streamBody } from "../../test/sample-pdf.ts";

// Forms that are filled in after a signature: lawful (ISO 32000-2 §12.8.2.2), named for what it is, and never "unchanged".
const authority = await testAuthority();
const signer = await authority.certify();
const PAGE = "/Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>";
const TEXT = "/Type /Annot /Subtype /Widget /FT /Tx /T (Keterangan) /Rect [72 600 300 620] /F 4 /P 3 0 R";
const CHECK = "/Type /Annot /Subtype /Widget /FT /Btn /T (Setuju) /Rect [72 560 90 578] /F 4 /P 3 0 R /AP << /N << /Ya 23 0 R /Off 24 0 R >> >>";
const drawing = (data: string): string => streamBody("/Type /XObject /Subtype /Form /BBox [0 0 228 20]", data);
/** A page with an empty signature field (10), a text field (20, drawn by 21), a check box (22, drawn by 23 or 24) and a push button (25). */
const form = forge(samplePdf({ form: "indirect", fields: [{ name: "Bupati", rect: "[0 0 0 0]" }] }), {
  objects: {
    3: `<< ${PAGE} /Annots [10 0 R 20 0 R 22 0 R 25 0 R] >>`,
    8: "<< /Fields 9 0 R /DR << /Font << /F1 5 0 R >> >> /DA (/F1 12 Tf) >>",
    9: "[10 0 R 20 0 R 22 0 R 25 0 R]",
    20: `<< ${TEXT} /V () /AP << /N 21 0 R >> >>`, 21: drawing(""),
    22: `<< ${CHECK} /V /Off /AS /Off >>`, 23: drawing("0 0 18 18 re f"), 24: drawing(""),
    25: "<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (Cetak) /Rect [72 520 90 538] /F 4 /P 3 0 R >>",
  },
});
const sign = (options: Partial<Parameters<typeof signPdf>[1]> = {}) => signPdf(form, { signer, port: nodePort, signedAt: NOW, fieldName: "Bupati", ...options });
const signed = await sign();
const judge = (pdf: Uint8Array, options: Partial<ValidateOptions> = {}): Promise<Report> => validate(pdf, { trust: authority.trust, at: NOW, port: nodePort, ...options });
const filled = { 20: `<< ${TEXT} /V (Setuju) /AP << /N 21 0 R >> >>`, 21: drawing("BT /F1 12 Tf (Setuju) Tj ET") };
const denied = async (pdf: Uint8Array, reason: RegExp): Promise<void> => {
  const report = await judge(pdf, { policy: { allowFormFilling: true } });
  assert.equal(report.indication, "TOTAL-FAILED");
  assert.match(report.document.changesAfter.filter(({ kind }) => kind === "unexplained").map(({ detail }) => detail).join("; "), reason);
};

test("a text field filled in is listed as that, leaves the signature open, and passes only where the policy says so", async () => {
  const report = await judge(forge(signed, { objects: filled }));
  assert.deepEqual(report.document.changesAfter.map(({ kind, detail }) => [kind, detail]), [["form_filled", "the field Keterangan was filled in"]]);
  assert.deepEqual([report.indication, report.signatures[0]?.subIndication, report.document.verdict], ["INDETERMINATE", "SIG_CONSTRAINTS_FAILURE", "indeterminate"]);
  const allowed = await judge(forge(signed, { objects: filled }), { policy: { allowFormFilling: true } });
  assert.deepEqual([allowed.indication, allowed.document.verdict], ["TOTAL-PASSED", "passed"]);
});

test("filled in and then signed again, the second signature stands for it", async () => {
  const report = await judge(await signPdf(forge(signed, { objects: filled }), { signer, port: nodePort, signedAt: NOW }));
  assert.deepEqual(report.signatures.map(({ indication }) => indication), ["INDETERMINATE", "TOTAL-PASSED"]);
});

test("a certification of level 2 allows filling, one of level 1 forbids it", async () => {
  const second = await judge(forge(await sign({ certify: 2 }), { objects: filled }), { policy: { allowFormFilling: true } });
  assert.equal(second.indication, "TOTAL-PASSED", second.document.detail);
  await denied(forge(await sign({ certify: 1 }), { objects: filled }), /certified against changes/);
});

test("a check box may be checked, and not drawn anew", async () => {
  const report = await judge(forge(signed, { objects: { 22: `<< ${CHECK} /V /Ya /AS /Ya >>` } }));
  assert.deepEqual(report.document.changesAfter.map(({ kind }) => kind), ["form_filled"]);
  await denied(forge(signed, { objects: { 24: drawing("0 0 500 500 re f") } }), /does not need: 24/);
});

test("what is not filling is denied: a moved box, a shared appearance, a push button, a new field, a script", async () => {
  await denied(forge(signed, { objects: { ...filled, 20: `<< ${TEXT.replace("72 600 300 620", "0 0 595 842")} /V (Setuju) /AP << /N 21 0 R >> >>` } }), /the Rect of the field Keterangan changed/);
  await denied(forge(signed, { objects: { 20: `<< ${TEXT} /V (Setuju) /AP << /N 4 0 R >> >>`, 4: drawing("BT (palsu) Tj ET") } }), /also used elsewhere in the document: 4/);
  await denied(forge(signed, { objects: { 25: "<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (Cetak) /Rect [72 520 90 538] /F 4 /P 3 0 R /V /Ya >>" } }), /field Cetak changed/);
  await denied(forge(signed, { objects: { 9: "[10 0 R 20 0 R 22 0 R 25 0 R 90 0 R]", 90: "<< /FT /Tx /T (Baru) /V (x) >>" } }), /not a signature/);
  await denied(forge(signed, { objects: { 20: `<< ${TEXT} /V (Setuju) /AP << /N 21 0 R >> /AA << /F << /S /JavaScript /JS (x) >> >> >>` } }), /the AA of the field Keterangan changed/);
});

test("the form may gain resources for fields to come, and no existing one may change", async () => {
  const gained = { 8: "<< /Fields 9 0 R /SigFlags 3 /DR << /Font << /F1 5 0 R /F2 90 0 R >> >> /DA (/F1 12 Tf) >>", 90: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>" };
  const report = await judge(forge(signed, { objects: gained }));
  assert.equal(report.indication, "TOTAL-PASSED", report.document.detail);
  await denied(forge(signed, { objects: { ...gained, 8: gained[8].replace("/F1 5 0 R", "/F1 90 0 R") } }), /the form's DR changed/);
});
