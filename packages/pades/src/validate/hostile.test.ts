import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { inspect, signPdf, Unreadable, validate } from "../index.ts";
import { issueCrl, nodePort } from "../node.ts";
import { parseSignedData } from "../cms/signed-data.ts";
import { Malformed } from "../der/read.ts";
import { timestampInfo } from "../cms/timestamp.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { distributionPoints, parseCrl } from "../x509/crl.ts";
import { claimedNames, nameConstraints } from "../x509/name-constraints.ts";
import { parseOcspResponse } from "../x509/ocsp.ts";
import { pathProblem } from "../x509/path.ts";
import { certificatePolicies } from "../x509/policies.ts";
import { requestTimestamp } from "../tsp/token.ts";
import { NOW, testAuthority } from "../../test/authority.ts";
import { runs } from "../../test/fuzz-runs.ts";
import { samplePdfForYears, withDocumentTimestamp, withStore } from "../../test/long-term.ts";
import { samplePdf } from "../../test/sample-pdf.ts";

// Bytes that nobody meant: whatever is done to a file, it is judged or refused, never valid, and nothing is thrown that is not
// an answer. Seeds are fixed, so that a failure is found again.
const authority = await testAuthority();
const signer = await authority.certify();
const stamping = await authority.stamping(NOW);
const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
const crl = await issueCrl(authority.issuing, { number: 1, thisUpdate: NOW, nextUpdate: later(24), revoked: [{ serialNumber: Uint8Array.of(1, 2, 3), revokedAt: NOW, reason: "keyCompromise" }] });
const archive = await withDocumentTimestamp(withStore(await signPdf(samplePdfForYears(), { signer, port: nodePort, signedAt: NOW, fieldName: "Bupati" }), { crls: [crl], certificates: [authority.issuing.certificate] }), 11, await authority.stamping(later(1)));
const letter = await signPdf(samplePdf({ kind: "objstm", text: "Surat lain" }), { signer, port: nodePort, signedAt: NOW });
const whole = [archive, letter];
/** What may pass: the files themselves, and their beginnings up to the end of a revision. */
const isGenuine = (bytes: Uint8Array): boolean => whole.some((file) => bytes.length <= file.length && Buffer.compare(bytes, file.subarray(0, bytes.length)) === 0);

const judged = async (bytes: Uint8Array): Promise<string> => {
  try {
    return (await validate(bytes, { trust: authority.trust, at: later(2), port: nodePort })).indication;
  } catch (error) {
    if (error instanceof Unreadable) return error.reason;
    throw error;
  }
};

test("the two files are valid before anything is done to them", async () => {
  for (const file of whole) assert.equal(await judged(file), "TOTAL-PASSED");
});

const place = fc.nat({ max: 1_000_000 });
const edits = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("flip" as const), at: place, mask: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ kind: fc.constant("cut" as const), at: place, length: fc.integer({ min: 1, max: 5_000 }) }),
    fc.record({ kind: fc.constant("move" as const), at: place, length: fc.integer({ min: 1, max: 2_000 }), to: place }),
    fc.record({ kind: fc.constant("splice" as const), at: place, from: place, length: fc.integer({ min: 1, max: 30_000 }) }),
    fc.record({ kind: fc.constant("swap" as const), at: place, to: place, length: fc.integer({ min: 1, max: 64 }) }),
  ),
  { minLength: 1, maxLength: 3 },
);
type Edit = (typeof edits extends fc.Arbitrary<(infer E)[]> ? E : never);

const apply = (bytes: Uint8Array, other: Uint8Array, edit: Edit): Uint8Array => {
  const at = edit.at % (bytes.length + 1);
  switch (edit.kind) {
    case "flip": {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ edit.mask;
      return changed;
    }
    case "cut":
      return joined(bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + edit.length)));
    case "move": {
      const piece = bytes.subarray(at, at + edit.length);
      const rest = joined(bytes.subarray(0, at), bytes.subarray(at + piece.length));
      const to = edit.to % (rest.length + 1);
      return joined(rest.subarray(0, to), piece, rest.subarray(to));
    }
    case "splice": {
      const from = edit.from % other.length;
      return joined(bytes.subarray(0, at), other.subarray(from, from + edit.length), bytes.subarray(at));
    }
    case "swap": {
      const [one, two] = [Math.min(at, edit.to % bytes.length), Math.max(at, edit.to % bytes.length)];
      const length = Math.min(edit.length, two - one, bytes.length - two);
      return joined(bytes.subarray(0, one), bytes.subarray(two, two + length), bytes.subarray(one + length, two), bytes.subarray(one, one + length), bytes.subarray(two + length));
    }
    default:
      return edit satisfies never;
  }
};
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

test("bytes flipped, cut, moved, swapped and spliced from another signed file: never valid, never a crash", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 1), edits, async (which, list) => {
      const [file, other] = which === 0 ? [archive, letter] : [letter, archive];
      const bytes = list.reduce((changed, edit) => apply(changed, other, edit), file);
      await inspect(bytes, { port: nodePort });
      const said = await judged(bytes);
      assert.ok(said !== "TOTAL-PASSED" || isGenuine(bytes), said);
    }),
    { numRuns: runs(300), seed: 20261127 },
  );
});

const { token } = await requestTimestamp(stamping, new Uint8Array(32), nodePort);
const structures: readonly (readonly [name: string, der: Uint8Array, read: (der: Uint8Array) => unknown])[] = [
  ["a certificate", authority.issuing.certificate, (der) => {
    const certificate = parseCertificate(der);
    return [claimedNames(certificate), nameConstraints(certificate), certificatePolicies(certificate), distributionPoints(certificate), pathProblem([certificate, certificate, certificate], {})];
  }],
  ["a CRL", crl, parseCrl],
  ["a time-stamp token", token, (der) => timestampInfo(parseSignedData(der))],
];

for (const [name, der, read] of structures) {
  test(`${name} with any bytes changed, cut or doubled is read or is malformed`, () => {
    read(der);
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.uint8Array({ maxLength: 12 }), fc.nat({ max: 12 })), { minLength: 1, maxLength: 4 }), (list) => {
        let bytes: Uint8Array = der;
        for (const [at, insertion, removed] of list) {
          const from = at % (bytes.length + 1);
          bytes = joined(bytes.subarray(0, from), insertion, bytes.subarray(Math.min(bytes.length, from + removed)));
        }
        for (const parse of [read, parseOcspResponse]) {
          try {
            parse(bytes);
          } catch (error) {
            assert.ok(error instanceof Malformed, String(error));
          }
        }
      }),
      { numRuns: runs(2_000), seed: 20261127 },
    );
  });
}
