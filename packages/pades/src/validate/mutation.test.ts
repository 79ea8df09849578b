import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { append, inspect, longTermTail, signPdf, Unreadable, validate, validationData, type Report } from "../index.ts";
import { nodePort } from "../node.ts";
import { NOW, testAuthority } from "../../test/authority.ts";
import { runs } from "../../test/fuzz-runs.ts";
import { samplePdf, type XrefKind } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const once = (pdf: Uint8Array) => signPdf(pdf, { signer, port: nodePort, signedAt: NOW });
const files = new Map<string, Uint8Array>();
for (const kind of ["table", "stream", "objstm"] satisfies XrefKind[]) files.set(kind, await once(await once(samplePdf({ kind }))));

/** What a damaged file comes to: a report, or the reason it cannot be read. Anything else thrown is a bug. */
const judged = async (pdf: Uint8Array): Promise<Report | string> => {
  try {
    return await validate(pdf, { trust: authority.trust, at: NOW, port: nodePort });
  } catch (error) {
    if (error instanceof Unreadable) return error.reason;
    throw error;
  }
};
const verdict = async (pdf: Uint8Array): Promise<string> => {
  const said = await judged(pdf);
  return typeof said === "string" ? said : said.indication;
};

const STRIDE = 11;

for (const [kind, pdf] of files) {
  test(`no byte of a twice signed file (${kind}) can be changed unnoticed`, async () => {
    // A stride that shares no factor with the mask's eight bits; three files of three lengths meet most bytes and all bits.
    for (let at = 0; at < pdf.length; at += STRIDE) {
      const changed = Uint8Array.from(pdf);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      assert.notEqual(await verdict(changed), "TOTAL-PASSED", `byte ${at} changed with mask ${1 << (at % 8)}`);
    }
  });

  test(`the unsigned bytes of the last signature (${kind}) cannot be changed unnoticed`, async () => {
    const stride = kind === "table" ? 1 : STRIDE;
    const report = await validate(pdf, { trust: authority.trust, at: NOW, port: nodePort });
    assert.equal(report.indication, "TOTAL-PASSED");
    const text = Buffer.from(pdf).toString("latin1");
    const start = text.lastIndexOf("/Contents <") + 11;
    for (let at = start; at < text.indexOf(">", start); at += stride) {
      const changed = Uint8Array.from(pdf);
      changed[at] = changed[at] === 0x30 ? 0x31 : 0x30;
      assert.notEqual(await verdict(changed), "TOTAL-PASSED", `digit ${at - start} of Contents`);
    }
  });
}

// The levels above B-B, in the kinds of cross-reference that they are not tried with elsewhere.
const [timestamps, revocation] = [await authority.stamping(), authority.revocation()];
for (const [level, kind] of [["B-T", "hybrid"], ["B-LT", "stream"], ["B-LTA", "objstm"]] as const) {
  const longTerm = { trust: authority.trust, revocation, timestamps, at: NOW, port: nodePort };
  const stamped = await signPdf(samplePdf({ kind }), { signer, port: nodePort, signedAt: NOW, timestamps });
  const more = level === "B-LT" ? await validationData(stamped, longTerm) : level === "B-LTA" ? await longTermTail(stamped, longTerm) : undefined;
  files.set(level, more === undefined ? stamped : append(stamped, more));
}

test("whatever is cut, spliced, doubled or overwritten at whatever level, what passes was signed as it stands", async () => {
  const anyFile = fc.constantFrom(...files.values());
  const place = fc.nat({ max: 30_000 });
  await fc.assert(
    fc.asyncProperty(anyFile, fc.array(fc.tuple(fc.constantFrom("cut", "repeat", "overwrite", "insert"), place, place, fc.uint8Array({ minLength: 1, maxLength: 40 })), { minLength: 1, maxLength: 4 }), async (pdf, edits) => {
      let bytes: Uint8Array = pdf;
      for (const [kind, one, other, noise] of edits) {
        const from = Math.min(one, other) % (bytes.length + 1);
        const to = Math.min(bytes.length, from + (Math.abs(one - other) % 200) + 1);
        const middle = kind === "cut" ? [] : kind === "repeat" ? [bytes.subarray(from, to), bytes.subarray(from, to)] : kind === "overwrite" ? [noise] : [noise, bytes.subarray(from, to)];
        bytes = new Uint8Array(Buffer.concat([bytes.subarray(0, from), ...middle, bytes.subarray(kind === "overwrite" ? Math.min(bytes.length, from + noise.length) : to)]));
      }
      await inspect(bytes, { port: nodePort });
      const said = await judged(bytes);
      if (typeof said === "string" || said.indication !== "TOTAL-PASSED") return;
      // Cut back to a signed revision, or with nothing touched but a store that no time-stamp covers: all that a signature says it covers is genuine.
      const covered = Math.max(...said.signatures.map(({ covers }) => covers?.end ?? 0));
      assert.ok(covered > 0 && Buffer.compare(bytes.subarray(0, covered), pdf.subarray(0, covered)) === 0);
    }),
    { numRuns: runs(400), seed: 7 },
  );
});
