import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";
import { append, signPdf, type TimestampAuthority } from "@lontar/pades";
import { httpTimestampAuthority, nodePort, nodeSigner } from "@lontar/pades/node";
import { openTsa, type TestTsa } from "@lontar/testkit/providers";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { sparing } from "./authorities.ts";
import { passGate } from "./gate.ts";
import { isRenewalDue, preserveFile, type Preserved } from "./preserve.ts";
import type { SigningProvider } from "./provider.ts";
import { openSigning, type Signing } from "./sign.ts";
import { openValidator } from "./validator.ts";

const dayMs = 86_400_000;

describe("the lasting proof of a signed file", () => {
  const clock = { ms: Date.parse("2026-11-24T03:00:00.000Z") };
  const now = (): Date => new Date(clock.ms);
  const source = { now: () => now().toISOString() };
  const frozen = plainPdf(["Surat", "isi"]);
  const asked = { frozen: { sha256: createHash("sha256").update(frozen).digest("hex"), size: frozen.length }, serial: null };
  let tsa: TestTsa;
  let trust: readonly Uint8Array[];
  let signer: ReturnType<typeof nodeSigner>;
  let timestamps: TimestampAuthority;

  before(async () => {
    tsa = await openTsa({ now });
    trust = [tsa.authority.root];
    signer = nodeSigner({ ...(await tsa.authority.certify({ name: "Siti" })), chain: tsa.authority.chain });
    timestamps = httpTimestampAuthority({ url: tsa.url.href, trust, timeoutMs: 300 });
  });
  beforeEach(() => {
    clock.ms = Date.parse("2026-11-24T03:00:00.000Z");
    Object.assign(tsa.state, { trouble: "none", status: "none", asked: 0, stamped: 0, statusAsked: 0 });
  });
  after(() => tsa.close());

  const provider: Pick<SigningProvider, "name" | "development" | "needsSecret" | "roots" | "enrolment" | "sign"> = { name: "uji", development: false, needsSecret: true, roots: [], enrolment: undefined, sign: () => Promise.reject(new Error("unused")) };
  const signing = (more: Partial<Signing["authorities"]> = {}): Signing => openSigning({ provider: { ...provider, trust }, validate: openValidator(), authorities: { timestamps, revocation: tsa.revocation, source, patienceMs: 5_000, ...more } });
  const signed = (stamped = true): Promise<Uint8Array> => signPdf(frozen, { signer, port: nodePort, signedAt: now(), ...(stamped && { timestamps }) });
  const preserve = async (bytes: Uint8Array, by = signing(), isDue = false): Promise<Preserved> => {
    const gate = await passGate(bytes, { ...asked, at: source.now(), trust: by.trust }, by.validate);
    assert.ok(gate.passed && gate.reached !== null, JSON.stringify(gate));
    return preserveFile(by, { bytes, reached: gate.reached, isDue }, asked);
  };
  const told = ({ proved }: Preserved): readonly unknown[] => [proved.level, proved.lacks];

  it("is complete at once when everybody answers, with or without a stamp in the signature", async () => {
    for (const stamped of [true, false]) {
      const made = await preserve(await signed(stamped));
      assert.deepEqual(told(made), ["B-LTA", null]);
      assert.equal(made.proved.sha256, createHash("sha256").update(made.bytes).digest("hex"));
      assert.ok((made.proved.until ?? "") > "2029-11-01");
      assert.equal(told(await preserve(made.bytes)).join(), "B-LTA,", "asked again, nothing is added");
      assert.deepEqual((await preserve(made.bytes)).bytes, made.bytes);
    }
  });

  it("stays at the level reached when the stamping authority fails, whatever the fault, and is completed afterwards", async () => {
    const lacks = { hang_up: "tsa_unreachable", silence: "tsa_unreachable", busy: "tsa_unreachable", lost: "tsa_unreachable", wrong_nonce: "tsa_refused", wrong_imprint: "tsa_refused", expired: "tsa_refused", refused: "tsa_refused" } as const;
    const bytes = await signed();
    const bare = await signed(false);
    for (const [trouble, word] of Object.entries(lacks)) {
      Object.assign(tsa.state, { trouble });
      const kept = await preserve(bytes);
      // What was answered about the certificates is kept: one authority's fault does not undo the other's work.
      assert.deepEqual([trouble, ...told(kept)], [trouble, "B-LT", word]);
      const none = await preserve(bare);
      assert.deepEqual([trouble, ...told(none), none.bytes === bare], [trouble, "B-B", word, true]);
      tsa.state.trouble = "none";
      const whole = await preserve(kept.bytes);
      assert.deepEqual(told(whole), ["B-LTA", null]);
      assert.deepEqual(whole.bytes.subarray(0, kept.bytes.length), kept.bytes, "what was there stays at its beginning");
      assert.deepEqual(told(await preserve(none.bytes)), ["B-LTA", null]);
    }
  });

  it("waits for answers about certificates with the time already stamped, and stamps it only once", async () => {
    tsa.state.status = "silence";
    const bare = await signed(false);
    const first = await preserve(bare);
    assert.deepEqual(told(first), ["B-T", "status_unreachable"]);
    const second = await preserve(first.bytes);
    assert.deepEqual([...told(second), second.bytes === first.bytes, tsa.state.stamped], ["B-T", "status_unreachable", true, 1], "the second try stamps nothing");
    tsa.state.status = "none";
    assert.deepEqual(told(await preserve(second.bytes)), ["B-LTA", null]);
  });

  it("says it when a certificate was revoked before its time was proved", async () => {
    const bytes = await signed();
    tsa.state.status = "revoked";
    assert.deepEqual(told(await preserve(bytes)), ["B-T", "revoked"]);
  });

  it("never waits longer than its patience, and leaves a silent authority alone for a while", async () => {
    const never: TimestampAuthority = { send: () => new Promise(() => undefined) };
    const bytes = await signed();
    assert.deepEqual(told(await preserve(bytes, signing({ timestamps: never, patienceMs: 20 }))), ["B-T", "slow"]);
    tsa.state.trouble = "hang_up";
    const spared = sparing(timestamps, source);
    const before = tsa.state.asked;
    for (const _ of [1, 2, 3]) await preserve(bytes, signing({ timestamps: spared }));
    assert.equal(tsa.state.asked - before, 1, "of many letters only the first waits");
    tsa.state.trouble = "none";
    clock.ms += 31_000;
    assert.deepEqual(told(await preserve(bytes, signing({ timestamps: spared }))), ["B-LTA", null]);
  });

  it("is not there without an authority, and says so", async () => assert.deepEqual(told(await preserve(await signed(false), signing({ timestamps: undefined }))), ["B-B", "no_tsa"]));

  it("is renewed before the newest stamp's certificate ends, for as long as the new one lasts", async () => {
    const short = await openTsa({ now, stampDays: 200 });
    try {
      const mine = openSigning({ provider: { ...provider, trust: [short.authority.root] }, validate: openValidator(), authorities: { timestamps: httpTimestampAuthority({ url: short.url.href, trust: [short.authority.root] }), revocation: short.revocation, source, patienceMs: 5_000 } });
      const person = nodeSigner({ ...(await short.authority.certify({ name: "Siti" })), chain: short.authority.chain });
      const { timestamps: stamping } = mine.authorities;
      assert.ok(stamping !== undefined);
      const first = await preserve(await signPdf(frozen, { signer: person, port: nodePort, signedAt: now(), timestamps: stamping }), mine);
      assert.deepEqual(told(first), ["B-LTA", null]);
      assert.equal(isRenewalDue(first.proved, source.now()), false);
      clock.ms += 160 * dayMs;
      assert.equal(isRenewalDue(first.proved, source.now()), true);
      await short.renewCertificate(900);
      const renewed = await preserve(first.bytes, mine, true);
      assert.deepEqual(told(renewed), ["B-LTA", null]);
      assert.ok((renewed.proved.until ?? "") > (first.proved.until ?? ""));
      assert.deepEqual(renewed.bytes.subarray(0, first.bytes.length), first.bytes);
      // Long after the first stamp's certificate: only the renewal carries the letter.
      clock.ms += 400 * dayMs;
      const judged = async (bytes: Uint8Array) => (await passGate(bytes, { ...asked, at: source.now(), trust: mine.trust }, mine.validate)).passed;
      assert.deepEqual([await judged(first.bytes), await judged(renewed.bytes)], [false, true]);
    } finally {
      await short.close();
    }
  });

  it("stays as it was when what was added does not pass our own check", async () => {
    const bytes = await signed();
    const by = signing();
    const blind: Signing = { ...by, validate: async (pdf, at) => (pdf.length > bytes.length ? { passed: false, word: "TOTAL-FAILED", signers: [], reached: null } : by.validate(pdf, at)) };
    const kept = await preserve(bytes, blind);
    assert.deepEqual([...told(kept), kept.bytes === bytes], ["B-T", "not_believed", true]);
    assert.equal((await passGate(append(bytes, Buffer.from("tambahan")), { ...asked, at: source.now(), trust }, by.validate)).passed, false);
  });
});
