import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openBsre, openCsc, type Bsre, type BsreTrouble, type Csc } from "@lontar/testkit/providers";
import { plainPdf } from "../../kernel/files/plain-pdf.ts";
import { realSource } from "../../kernel/ids.ts";
import { openSeal } from "../../kernel/seal.ts";
import { passGate } from "../gate.ts";
import type { AccountProvider, SigningAnswer, SigningProvider, SigningRequest } from "../provider.ts";
import { openValidator } from "../validator.ts";
import type { Anchors } from "./anchors.ts";
import { openBsreProvider } from "./bsre.ts";
import { openCscService } from "./csc.ts";
import { fromDigests } from "./digest.ts";
import { openDevelopmentCa } from "./development-ca.ts";
import { openEmbeddedProvider } from "./embedded.ts";

const at = realSource.now();
const pdf = plainPdf(["NASKAH UJI", "Isi naskah yang sudah dibekukan."]);
const frozen = { sha256: createHash("sha256").update(pdf).digest("hex"), size: pdf.length };
const seal = openSeal("rahasia-instalasi-untuk-uji-0123456789");
const patience = { answerMs: 2000, pausesMs: [1, 1] };
const now = (): Date => new Date(at);
const siti = { nik: "6409010101800001", name: "Siti Aminah", passphrase: "frasa-siti-0123" };
const anchors = (root: Uint8Array): Anchors => ({ trust: [root], roots: [] });

/** A provider with one person who can sign, as every provider must give it. */
type Case<Provider extends SigningProvider = SigningProvider> = { readonly provider: Provider; readonly request: SigningRequest };
const request = (handle: Uint8Array, secret: string, certificate = new Uint8Array(0)): SigningRequest => ({ pdf, certificate, handle, secret, at, name: siti.name, reason: "Surat Dinas 1", location: "Nipah-Nipah" });
const gate = (provider: SigningProvider, signed: Uint8Array) => passGate(signed, { frozen, serial: null, at, trust: provider.trust }, openValidator());
const outcome = (answer: SigningAnswer): string => ("fault" in answer ? `${answer.fault.code}/${answer.fault.retry}` : "signed");

describe("every provider", () => {
  let folder: string;
  let bsre: Bsre;
  let csc: Csc;
  const cases: Record<string, () => Promise<Case>> = {
    "the development CA": async () => {
      const provider = await openDevelopmentCa({ folder, source: realSource, mode: "demo" }).then(openEmbeddedProvider);
      const { certificate, handle } = await provider.enrolment.issue({ id: realSource.id(), name: siti.name, title: "Sekda", organisation: "Kabupaten" }, siti.passphrase, at);
      return { provider, request: request(handle, siti.passphrase, new Uint8Array(certificate)) };
    },
    "BSrE v2": async () => bsreCase(bsre, "v2"),
    "BSrE v1": async () => bsreCase(bsre, "v1"),
    "CSC v1": async () => cscCase(csc, "v1"),
    "CSC v2": async () => cscCase(csc, "v2"),
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lontar-provider-"));
    bsre = await openBsre({ now, people: [siti] });
    csc = await openCsc({ now, credentials: [{ id: "siti-1", name: siti.name, pin: siti.passphrase }] });
  });
  after(async () => {
    await Promise.all([bsre.close(), csc.close(), rm(folder, { recursive: true })]);
  });

  for (const [name, open] of Object.entries(cases)) {
    it(`${name}: appends one signature that our validator believes, by the person asked for`, async () => {
      const { provider, request: asked } = await open();
      const answer = await provider.sign(asked);
      assert.equal(outcome(answer), "signed");
      assert.ok("signed" in answer);
      const passed = await gate(provider, answer.signed);
      assert.ok(passed.passed, JSON.stringify(passed));
      assert.equal(passed.signer.name, siti.name);
    });
    it(`${name}: names a wrong secret, signs nothing with it, and is asked only once`, async () => {
      const { provider, request: asked } = await open();
      const before = bsre.state.asked;
      assert.equal(outcome(await provider.sign({ ...asked, secret: "bukan frasanya" })), "WRONG_SECRET/safe");
      assert.ok(bsre.state.asked - before <= 1);
    });
    it(`${name}: keeps nothing readable of the person's account with us`, async () => {
      const { request: asked } = await open();
      for (const secret of [siti.nik, siti.passphrase, "siti-1"]) assert.equal(Buffer.from(asked.handle).includes(secret), false);
    });
  }
});

const bsreCase = (bsre: Bsre, api: "v1" | "v2"): Case<AccountProvider> => {
  const provider = openBsreProvider({ url: bsre.url, username: bsre.username, password: bsre.password, api, anchors: anchors(bsre.root), seal, patience });
  return { provider, request: request(provider.enrolment.handleOf(siti.nik), siti.passphrase) };
};

const cscCase = (csc: Csc, api: "v1" | "v2"): Case<AccountProvider> => {
  const provider = fromDigests(openCscService({ url: new URL(`csc/${api}`, csc.url), username: csc.username, password: csc.password, api, patience }), { anchors: anchors(csc.root), seal, label: "signing/csc" });
  return { provider, request: request(provider.enrolment.handleOf("siti-1"), siti.passphrase) };
};

describe("BSrE in trouble", () => {
  let bsre: Bsre;
  before(async () => { bsre = await openBsre({ now, people: [siti] }); });
  after(() => bsre.close());

  /** What we say of a trouble, how often the service was asked to sign, and how often it did. */
  const inTrouble = async (api: "v1" | "v2", trouble: BsreTrouble, troubles = Number.POSITIVE_INFINITY): Promise<readonly [string, number, number]> => {
    Object.assign(bsre.state, { trouble, troubles, asked: 0, signed: 0 });
    const { provider, request: asked } = bsreCase(bsre, api);
    const answer = await provider.sign(asked);
    const said = "signed" in answer ? ((await gate(provider, answer.signed)).passed ? "believed" : "not believed") : outcome(answer);
    return [said, bsre.state.asked, bsre.state.signed];
  };

  const troubles: readonly (readonly [BsreTrouble, string, number, number])[] = [
    ["expired", "CERT_EXPIRED/never", 1, 0],
    ["suspended", "LOCKED/never", 1, 0],
    ["unknown_code", "PROTOCOL/never", 1, 0],
    ["code_in_200", "WRONG_SECRET/safe", 1, 0],
    ["not_json", "OUTCOME_UNKNOWN/reconcile", 1, 0],
    ["too_many", "RATE/safe", 3, 0],
    ["busy", "TEMPORARY/safe", 3, 0],
    ["hang_up_before", "OUTCOME_UNKNOWN/reconcile", 1, 0],
    ["hang_up_after", "OUTCOME_UNKNOWN/reconcile", 1, 1],
    ["silence_after", "OUTCOME_UNKNOWN/reconcile", 1, 1],
    ["error_after", "OUTCOME_UNKNOWN/reconcile", 1, 1],
    ["unsigned", "not believed", 1, 0],
    ["altered", "not believed", 1, 1],
    ["rewritten", "not believed", 1, 1],
  ];
  for (const [trouble, said, asked, signed] of troubles) {
    for (const api of ["v1", "v2"] as const) it(`${trouble}, ${api}: ${said}, asked ${asked} times, signed ${signed}`, async () => assert.deepEqual(await inTrouble(api, trouble), [said, asked, signed]));
  }
  it("an answer that breaks off is fetched again by its number where there is one, and never signed twice", async () => {
    assert.deepEqual(await inTrouble("v1", "cut_after"), ["believed", 1, 1]);
    assert.deepEqual(await inTrouble("v1", "number_only"), ["believed", 1, 1]);
    assert.deepEqual(await inTrouble("v2", "cut_after"), ["OUTCOME_UNKNOWN/reconcile", 1, 1]);
  });
  it("a service that was busy once is asked again", async () => assert.deepEqual(await inTrouble("v2", "busy", 1), ["believed", 2, 1]));
  it("another person's signature is valid and still not his: the gate compares certificates", async () => {
    Object.assign(bsre.state, { trouble: "none", troubles: 0 });
    const { provider, request: asked } = bsreCase(bsre, "v2");
    const mine = await provider.sign(asked);
    assert.ok("signed" in mine);
    const own = await gate(provider, mine.signed);
    assert.ok(own.passed);
    Object.assign(bsre.state, { trouble: "wrong_signer", troubles: 1 });
    const theirs = await provider.sign(asked);
    assert.ok("signed" in theirs);
    assert.deepEqual(await passGate(theirs.signed, { frozen, serial: own.signer.serial, at, trust: provider.trust }, openValidator()), { passed: false, reason: "signed by another certificate" });
  });
  it("a service that is not there has nothing of ours: harmless, and said so", async () => {
    const gone = await openBsre({ now, people: [siti] });
    const { provider, request: asked } = bsreCase(gone, "v2");
    await gone.close();
    assert.equal(outcome(await provider.sign(asked)), "TEMPORARY/safe");
    assert.equal(await provider.enrolment.standing(asked.handle), "unknown");
  });
  it("tells how an account stands, in one word, by both interfaces", async () => {
    for (const api of ["v1", "v2"] as const) {
      const { provider, request: asked } = bsreCase(bsre, api);
      const { enrolment } = provider;
      const words: string[] = [];
      for (const trouble of ["none", "expired", "suspended"] as const) {
        Object.assign(bsre.state, { trouble });
        words.push(await enrolment.standing(asked.handle));
      }
      words.push(await enrolment.standing(enrolment.handleOf("6409010101809999")));
      assert.deepEqual(words, ["ready", "expired", "suspended", "unregistered"]);
    }
  });
});

describe("a remote signing service in trouble", () => {
  let csc: Csc;
  before(async () => { csc = await openCsc({ now, credentials: [{ id: "siti-1", name: siti.name, pin: siti.passphrase }] }); });
  after(() => csc.close());
  const troubles = [["token_lost", "signed", 1], ["locked", "LOCKED/never", 0], ["busy", "TEMPORARY/safe", 0], ["hang_up_after", "OUTCOME_UNKNOWN/reconcile", 1]] as const;
  for (const [trouble, said, signed] of troubles) {
    for (const api of ["v1", "v2"] as const) {
      it(`${trouble}, ${api}: ${said}, signed ${signed} times`, async () => {
        Object.assign(csc.state, { trouble, signed: 0 });
        const { provider, request: asked } = cscCase(csc, api);
        assert.deepEqual([outcome(await provider.sign(asked)), csc.state.signed], [said, signed]);
      });
    }
  }
  it("a signature over something else does not pass the gate", async () => {
    csc.state.trouble = "other_digest";
    const { provider, request: asked } = cscCase(csc, "v2");
    const answer = await provider.sign(asked);
    assert.ok("signed" in answer);
    assert.equal((await gate(provider, answer.signed)).passed, false);
  });
});
