import assert from "node:assert/strict";
import { test } from "node:test";
import { append, joined, prepare, signatureTail, Unreadable, validate, type PdfSource } from "../index.ts";
import { nodePort } from "../node.ts";
import { NOW, testAuthority } from "../../test/authority.ts";
import { pdfOfText, samplePdf, textOfPdf, type SampleOptions } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify({ algorithm: "RSA-2048" });

/** A source over bytes that counts what is read of it, the hashing pass included. */
function counting(bytes: Uint8Array): PdfSource & { readonly read: PdfSource["read"]; taken: number } {
  const source = {
    size: bytes.length,
    taken: 0,
    read: async (offset: number, length: number): Promise<Uint8Array> => {
      assert.ok(offset >= 0 && length >= 0 && offset + length <= bytes.length, `bytes ${offset}–${offset + length} of ${bytes.length}`);
      source.taken += length;
      return bytes.slice(offset, offset + length);
    },
  };
  return source;
}

const samples: readonly SampleOptions[] = (["table", "stream", "objstm", "hybrid"] as const).flatMap((kind) => [
  { kind },
  { kind, padding: 300_000, bareEnd: true },
  { kind, pages: 400, padding: 100_000, form: "indirect" as const, fields: Array.from({ length: 60 }, (_, k) => ({ name: k === 50 ? "Sekda" : `Bidang ${k}`, rect: "[10 10 90 40]", lock: "<< /Action /Include /Fields [(Sekda)] >>" })) },
]);

test("a document read piece by piece is signed exactly like one in memory", async () => {
  for (const options of samples) {
    const bytes = samplePdf(options);
    const asked = { signer, port: nodePort, signedAt: NOW, fieldName: "Sekda", reason: "Persetujuan" };
    assert.deepEqual((await prepare(counting(bytes), asked)).digest, (await prepare(bytes, asked)).digest);
    // RSA PKCS#1 signs without chance: the whole increments must be the same.
    assert.deepEqual(await signatureTail(counting(bytes), asked), await signatureTail(bytes, asked), JSON.stringify({ ...options, fields: options.fields?.length }));
  }
});

test("of a large document little more is read than its hash takes", async () => {
  const bytes = samplePdf({ padding: 8_000_000, kind: "objstm" });
  const source = counting(bytes);
  const tail = await signatureTail(source, { signer, port: nodePort, signedAt: NOW });
  assert.ok(source.taken - bytes.length < 300_000, `${source.taken - bytes.length} bytes were read besides`);
  assert.equal((await validate(append(bytes, tail), { trust: authority.trust, at: NOW, port: nodePort })).indication, "TOTAL-PASSED");
});

test("an object longer than a window, a far Length and a broken file read the same in pieces", async () => {
  const long = pdfOfText(textOfPdf(samplePdf()).replace("<< /Type /Catalog", `<< /Type /Catalog /PieceInfo << ${"/Aa 1 ".repeat(30_000)} >>`).replace(/startxref\n(\d+)/, "startxref\n$1"));
  const text = textOfPdf(long);
  // The catalog is the first object: every later offset moves by what was put into it.
  const moved = 30_000 * 6 + " /PieceInfo <<  >>".length;
  const fixed = pdfOfText(text.replaceAll(/(\d{10}) 00000 n/g, (row, offset: string) => (Number(offset) > 20 ? `${String(Number(offset) + moved).padStart(10, "0")} 00000 n` : row)).replace(/startxref\n(\d+)/, (_, offset: string) => `startxref\n${Number(offset) + moved}`));
  const asked = { signer, port: nodePort, signedAt: NOW };
  assert.deepEqual(await signatureTail(counting(fixed), asked), await signatureTail(fixed, asked));
  for (const broken of [fixed.subarray(0, 400), pdfOfText("Surat ini bukan PDF"), pdfOfText(textOfPdf(samplePdf()).replace("trailer", "tr@iler"))]) {
    await assert.rejects(signatureTail(counting(broken), asked), Unreadable);
  }
});

test("a source that answers too little is a fault, not a signature", async () => {
  const bytes = samplePdf();
  await assert.rejects(signatureTail({ size: bytes.length, read: async () => new Uint8Array(3) }, { signer, port: nodePort, signedAt: NOW }), RangeError);
});

test("a tail is read behind its document, across the seam too", async () => {
  const source = joined(Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6));
  for (let from = 0; from <= 6; from++) for (let to = from; to <= 6; to++) assert.deepEqual([...(await source.read(from, to - from))], [1, 2, 3, 4, 5, 6].slice(from, to));
});
