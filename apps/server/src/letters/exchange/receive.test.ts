import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createOffice, type TestOffice } from "../../../test/office.ts";
import { realSource, type Id } from "../../kernel/ids.ts";
import { Refused } from "../../kernel/refusal.ts";
import { isSignedBy, receiptShape, signText, spell, type Envelope } from "./envelope.ts";
import { exchangeKeys } from "./keys.ts";
import { receiveEnvelope, type Delivery, type Receiving } from "./receive.ts";

describe("taking an envelope in", () => {
  let office: TestOffice;
  let keys: string;
  let deps: Receiving;
  let village: Id;
  let regency: Id;
  let registered: string[] = [];
  const bytes = Buffer.from("%PDF-1.7 surat");
  const sha256 = createHash("sha256").update(bytes).digest("hex");

  before(async () => {
    office = await createOffice("receive");
    keys = await mkdtemp(join(tmpdir(), "lontar-exchange-"));
    village = (await office.actor("kades")).tenantId;
    regency = (await office.actor("sekda")).tenantId;
    deps = {
      db: office.db, source: realSource, keyOf: exchangeKeys(keys, office.pool),
      // What the bytes really are, whatever the envelope calls them.
      storeFile: async () => ({ sha256, mediaType: "application/pdf", pages: 1 }),
      registerLetter: async (_tx, envelope) => void registered.push(envelope.id),
    };
    for (const tenant of [village, regency]) await deps.keyOf(tenant);
  });
  after(async () => {
    await office.close();
    await rm(keys, { recursive: true });
  });

  const envelope = (file: Partial<Envelope["letter"]["file"]> = {}, id = realSource.id(), subject = "Undangan"): Envelope => ({
    v: 1, from: village, to: regency, id, sent_at: realSource.now(), copy: false,
    letter: { number: "1", date: "2026-11-24", subject, office: "Desa", signer: "Kades", post: "Kepala Desa", urgency: "biasa", security: "B", attachment: "", code: "AAAAAAAAAA", file: { sha256, name: "surat.pdf", size: bytes.length, pages: 1, mediaType: "application/pdf", ...file } },
  });
  const signed = async (given: Envelope, signer = village): Promise<Delivery> => {
    const text = spell(given);
    return { envelope: text, signature: signText(await deps.keyOf(signer), text), files: [{ sha256, base64: bytes.toString("base64") }] };
  };
  const refusedAs = (code: string) => (error: unknown): boolean => error instanceof Refused && error.code === code;

  test("a file that is not what its envelope says, in kind, length or pages, is not taken in", async () => {
    registered = [];
    for (const lie of [{ mediaType: "text/html" }, { mediaType: "application/pdf\r\nset-cookie: x=1" }, { pages: 900 }, { size: 1 }]) {
      await assert.rejects(receiveEnvelope(deps, await signed(envelope(lie))), refusedAs("envelope_invalid"), JSON.stringify(lie));
    }
    assert.deepEqual(registered, []);
  });

  test("only its sender's own key stands behind an envelope, and its text has one spelling", async () => {
    registered = [];
    await assert.rejects(receiveEnvelope(deps, await signed(envelope(), regency)), refusedAs("envelope_invalid"));
    const good = await signed(envelope());
    for (const bad of [{ ...good, envelope: `${good.envelope} ` }, { ...good, envelope: good.envelope.replace("Undangan", "Perintah") }, { ...good, signature: "" }]) await assert.rejects(receiveEnvelope(deps, bad), refusedAs("envelope_invalid"));
    await assert.rejects(receiveEnvelope(deps, { ...good, files: [] }), refusedAs("file_missing"));
    assert.deepEqual(registered, []);
  });

  test("sent again it gives the very same receipt and registers once; other content under its id is refused", async () => {
    registered = [];
    const first = envelope();
    const receipts = [await receiveEnvelope(deps, await signed(first)), ...(await Promise.all([1, 2].map(async () => receiveEnvelope(deps, await signed(first)))))];
    assert.equal(new Set(receipts.map((receipt) => receipt.receipt + receipt.signature)).size, 1);
    assert.deepEqual(registered, [first.id]);
    await assert.rejects(receiveEnvelope(deps, await signed(envelope({}, first.id, "Lain"))), refusedAs("envelope_conflict"));
    const [receipt] = receipts;
    const { rows } = await office.pool.query<{ public_key: Buffer }>("select public_key from exchange_key where tenant_id = $1", [regency]);
    assert.ok(receipt !== undefined && isSignedBy(rows[0]?.public_key ?? Buffer.of(), receipt.receipt, receipt.signature));
    assert.equal(receiptShape.parse(JSON.parse(receipt.receipt)).sha256, sha256);
  });
});
