import assert from "node:assert/strict";
import { test } from "node:test";
import { signPdf, validate, type AppearancePart } from "../index.ts";
import { nodePort } from "../node.ts";
import { NOW, testAuthority } from "../../test/authority.ts";
import { samplePdf, textOfPdf } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const fields = [{ name: "Sekda", rect: "[100 100 250 160]" }, { name: "Bupati", rect: "[300 160 450 100]" }];
const sign = (appearance: readonly AppearancePart[], fieldName = "Sekda") => signPdf(samplePdf({ fields }), { signer, port: nodePort, signedAt: NOW, fieldName, appearance });
const codes = new TextEncoder().encode("Siti Aminah");
const parts: readonly AppearancePart[] = [
  { kind: "modules", box: { left: 2, bottom: 2, width: 56, height: 56 }, rows: ["#########", "#.......#", "#.#####.#"] },
  { kind: "text", box: { left: 62, bottom: 40, width: 80, height: 12 }, font: { number: 5, generation: 0 }, size: 9, codes },
  { kind: "outline", box: { left: 62, bottom: 5, width: 20, height: 20 }, path: [{ to: "move", x: 0, y: 0 }, { to: "line", x: 10, y: 1 / 3 }, { to: "curve", points: [10, 5, 5, 10, 0, 10] }, { to: "close" }] },
];

test("a signed field shows what it was given: modules as a mask, text in the document's own font, outlines", async () => {
  for (const fieldName of ["Sekda", "Bupati"]) {
    const signed = await sign(parts, fieldName);
    const text = textOfPdf(signed);
    assert.match(text, /\/Subtype \/Form \/BBox \[0 0 150 60\] \/Resources << \/XObject << \/M0 \d+ 0 R >> \/Font << \/F0 5 0 R >> >>/);
    assert.ok(text.includes("/Width 9 /Height 3 /ImageMask true /BitsPerComponent 1 /Length 6 >>\nstream\n\u0000\u007f\u007f\u007f\u0041\u007f\nendstream"));
    assert.match(text, /q 56 0 0 56 2 2 cm \/M0 Do Q\nBT \/F0 9 Tf 62 40 Td <5369746920416d696e6168> Tj ET\nq 1 0 0 1 62 5 cm 0 0 m 10 0\.333 l 10 5 5 10 0 10 c h f Q\n/);
    // No colour, no font of its own, nothing transparent: what PDF/A would have to ask about.
    assert.doesNotMatch(text.slice(text.indexOf("/Subtype /Form")), /ColorSpace|\/SMask|\/ca |\/FontFile/);
    const report = await validate(signed, { trust: authority.trust, at: NOW, port: nodePort });
    assert.equal(report.indication, "TOTAL-PASSED", report.document.detail);
  }
});

test("a second official's box may be drawn in after the first has signed", async () => {
  const twice = await signPdf(await sign(parts), { signer, port: nodePort, signedAt: NOW, fieldName: "Bupati", appearance: parts });
  const report = await validate(twice, { trust: authority.trust, at: NOW, port: nodePort });
  assert.equal(report.indication, "TOTAL-PASSED", report.document.detail);
});

test("modules that are no matrix and numbers that are none are refused", async () => {
  const box = { left: 0, bottom: 0, width: 10, height: 10 };
  for (const rows of [[], [""], ["##", "#"], Array.from({ length: 201 }, () => "#")]) await assert.rejects(sign([{ kind: "modules", box, rows }]), RangeError);
  await assert.rejects(sign([{ kind: "modules", box: { ...box, left: Number.NaN }, rows: ["#"] }]), RangeError);
});
