import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openAuthority, openBsre, openCsc, type Bsre, type BsreTrouble, type Csc } from "@lontar/testkit/providers";
import { noSoftToken, openSoftTokens, type SoftTokens } from "../../../test/soft-token.ts";
import { plainPdf } from "../../kernel/files/plain-pdf.ts";
import { realSource } from "../../kernel/ids.ts";
import { openSeal } from "../../kernel/seal.ts";
import { passGate } from "../gate.ts";
import type { AccountProvider, SigningAnswer, SigningProvider, SigningRequest } from "../provider.ts";
import { openValidator } from "../validator.ts";
import type { Anchors } from "./anchors.ts";
import { sealsOnTokens, type OfficeSeal } from "../seal/office-seal.ts";
import { openBsreProvider } from "./bsre.ts";
import { openCscService } from "./csc.ts";
import { fromDigests } from "./digest.ts";
import { openDevelopmentCa } from "./development-ca.ts";
import { openEmbeddedProvider } from "./embedded.ts";
import { openPkcs11Provider } from "./pkcs11/pkcs11.ts";
import { ck } from "./pkcs11/cryptoki.ts";
import { openTokens, type Tokens } from "./pkcs11/tokens.ts";

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

let box: TokenBox;
after(() => box?.close());

describe("every provider", () => {
  let folder: string;
  let bsre: Bsre;
  let csc: Csc;
  const onTokens = { "PKCS#11, P-256": ["p256"], "PKCS#11, P-384": ["p384"], "PKCS#11, RSA": ["rsa"], "PKCS#11, RSA-PSS": ["rsa", "pss"] } as const;
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
    ...Object.fromEntries(Object.entries(onTokens).map(([name, [key, rsa]]) => [name, async () => box.sitis(key, rsa)])),
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lontar-provider-"));
    bsre = await openBsre({ now, people: [siti] });
    csc = await openCsc({ now, credentials: [{ id: "siti-1", name: siti.name, pin: siti.passphrase }] });
    if (noSoftToken === false) box = await openBox();
  });
  after(async () => {
    await Promise.all([bsre.close(), csc.close(), rm(folder, { recursive: true })]);
  });

  for (const [name, open] of Object.entries(cases)) {
    const skip = name in onTokens && noSoftToken;
    it(`${name}: appends one signature that our validator believes, by the person asked for`, { skip }, async () => {
      const { provider, request: asked } = await open();
      const answer = await provider.sign(asked);
      assert.equal(outcome(answer), "signed");
      assert.ok("signed" in answer);
      const passed = await gate(provider, answer.signed);
      assert.ok(passed.passed, JSON.stringify(passed));
      assert.equal(passed.signer.name, siti.name);
    });
    it(`${name}: names a wrong secret, signs nothing with it, and is asked only once`, { skip }, async () => {
      const { provider, request: asked } = await open();
      const before = bsre.state.asked;
      assert.equal(outcome(await provider.sign({ ...asked, secret: "bukan frasanya" })), "WRONG_SECRET/safe");
      assert.ok(bsre.state.asked - before <= 1);
    });
    it(`${name}: keeps nothing readable of the person's account with us`, { skip }, async () => {
      const { request: asked } = await open();
      for (const secret of [siti.nik, siti.passphrase, "siti-1"]) assert.equal(Buffer.from(asked.handle).includes(secret), false);
    });
  }
});

const bsreCase = async (bsre: Bsre, api: "v1" | "v2"): Promise<Case<AccountProvider>> => {
  const provider = openBsreProvider({ url: bsre.url, username: bsre.username, password: bsre.password, api, anchors: anchors(bsre.root), seal, patience });
  return { provider, request: request(await provider.enrolment.handleOf(siti.nik), siti.passphrase) };
};

const cscCase = async (csc: Csc, api: "v1" | "v2"): Promise<Case<AccountProvider>> => {
  const provider = fromDigests(openCscService({ url: new URL(`csc/${api}`, csc.url), username: csc.username, password: csc.password, api, patience }), { anchors: anchors(csc.root), seal, label: "signing/csc" });
  return { provider, request: request(await provider.enrolment.handleOf("siti-1"), siti.passphrase) };
};

const label = "Token Siti";

/** Siti's token: keys of each kind, and what may lie on a token beside them. */
const openBox = async () => {
  const authority = await openAuthority("PSrE Uji", now());
  const soft: SoftTokens = await openSoftTokens();
  const entry = async (id: string, name: string, of: Omit<Parameters<typeof authority.certify>[0], "name"> = {}) => ({ id, label: name, ...(await authority.certify({ name: siti.name, ...of })) });
  const [p256, p384, rsa, old, other, alone, ed] = await Promise.all([entry("0a", "p256"), entry("0b", "p384", { key: "P-384" }), entry("0c", "rsa", { key: "RSA-2048" }), entry("0d", "lama", { notAfter: new Date(now().getTime() - 60_000) }), entry("0e", "tertukar"), entry("0f", "tanpa-kunci"), entry("1a", "ed", { key: "Ed25519" })]);
  await soft.make(label, siti.passphrase, [p256, p384, rsa, old, { ...other, privateKey: p256.privateKey }, { id: "0f", label: "tanpa-kunci", certificate: alone.certificate }, { id: "1a", label: "ed", certificate: ed.certificate }, { id: "ca", label: "penerbit", certificate: authority.issuing.certificate }]);
  const tokens: Tokens = openTokens({ module: soft.module });
  const on = async (account: string, secret = siti.passphrase, rsa: "pkcs1" | "pss" = "pkcs1", through: Tokens = tokens): Promise<Case<AccountProvider>> => {
    const provider = openPkcs11Provider(through, { anchors: anchors(authority.root), seal, rsa });
    return { provider, request: request(await provider.enrolment.handleOf(account), secret) };
  };
  return {
    on, soft, tokens,
    sitis: (key: string, rsa?: "pss"): Promise<Case<AccountProvider>> => on(`${label}/${key}`, siti.passphrase, rsa),
    renewed: (await entry("0a", "p256")).certificate,
    close: async () => {
      await tokens.close();
      await soft.close();
    },
  };
};
type TokenBox = Awaited<ReturnType<typeof openBox>>;

describe("a token in trouble", { skip: noSoftToken }, () => {
  const told = async ({ provider, request: asked }: Case): Promise<string> => {
    const answer = await provider.sign(asked);
    return "fault" in answer ? `${answer.fault.code} ${answer.fault.refusal ?? ""}`.trim() : (await gate(provider, answer.signed)).passed ? "believed" : "not believed";
  };

  const accounts: readonly (readonly [why: string, account: string, said: string])[] = [
    ["a key named by its CKA_ID", `${label}/0A`, "believed"],
    ["a key that is not there", `${label}/tidak-ada`, "NOT_REGISTERED token_key_missing"],
    ["several keys and none named", label, "NOT_REGISTERED token_key_missing"],
    ["a certificate without its key", `${label}/tanpa-kunci`, "NOT_REGISTERED token_key_missing"],
    ["a key of another certificate", `${label}/tertukar`, "PROTOCOL token_certificate_mismatch"],
    ["a certificate that is over", `${label}/lama`, "CERT_EXPIRED"],
    ["a kind of key that is not used here", `${label}/ed`, "PROTOCOL token_mechanism"],
    ["a token that nobody has", "Token Lain/p256", "TEMPORARY token_missing"],
  ];
  for (const [why, account, said] of accounts) it(`${why}: ${said}`, async () => assert.equal(await told(await box.on(account)), said));

  it("a wrong PIN three times is three times wrong, and the right one signs", async () => {
    for (let tries = 0; tries < 3; tries += 1) assert.equal(await told(await box.on(`${label}/p256`, "000000")), "WRONG_SECRET wrong_pin");
    assert.equal(await told(await box.sitis("p256")), "believed");
  });
  it("a token that counts says so itself: with one try left its owner is told not to guess, and a locked one is not tried, not even with the right PIN", async () => {
    const mine = await box.sitis("p256");
    const restarted = (): void => { for (const pid of box.tokens.processes()) process.kill(pid, "SIGKILL"); };
    const oneLeft = await box.soft.flag(ck.tokenFlag.pinFinalTry);
    restarted();
    assert.equal(await told(await box.on(`${label}/p256`, "000000")), "WRONG_SECRET wrong_pin_last");
    await oneLeft();
    const unlock = await box.soft.flag(ck.tokenFlag.pinLocked);
    restarted();
    assert.deepEqual([await told(mine), await mine.provider.enrolment.standing(mine.request.handle)], ["LOCKED token_pin_locked", "suspended"]);
    await unlock();
    restarted();
    assert.deepEqual([await mine.provider.enrolment.standing(mine.request.handle), await told(mine)], ["ready", "believed"]);
  });
  it("pulled out in the middle of the day: harmless, and it signs again once it is back, without a restart", async () => {
    const mine = await box.sitis("p256");
    assert.equal(await told(mine), "believed");
    const putBack = await box.soft.pullOut();
    assert.equal(await told(mine), "TEMPORARY token_missing");
    assert.equal(await mine.provider.enrolment.standing(mine.request.handle), "unknown");
    await putBack();
    assert.deepEqual([await mine.provider.enrolment.standing(mine.request.handle), await told(mine)], ["ready", "believed"]);
  });
  it("a module that falls over is started again", async () => {
    const mine = await box.sitis("rsa");
    for (const pid of box.tokens.processes()) process.kill(pid, "SIGKILL");
    assert.equal(await told(mine), "believed");
  });
  it("a certificate other than the one that was activated does not sign", async () => {
    const mine = await box.sitis("p256");
    assert.equal(await told({ ...mine, request: { ...mine.request, certificate: box.renewed } }), "PROTOCOL token_certificate_mismatch");
  });
  it("seals for the office by itself, with the PIN of the configuration, and never tries a refused one again", async () => {
    const document = { pdf, government: "Pemerintah Kabupaten Uji", reason: "Salinan", at };
    const office = sealsOnTokens(box.tokens, { keys: { "64.09": `${label}/p256`, "64.10": `${label}/tidak-ada` }, pin: siti.passphrase }, seal);
    assert.deepEqual([office.isFor("64.09"), office.isFor("64.11")], [true, false]);
    const answer = await office.seal("64.09", document);
    assert.ok("signed" in answer && (await gate((await box.sitis("p256")).provider, answer.signed)).passed);
    const said = async (by: OfficeSeal, region: string): Promise<string> => {
      const refused = await by.seal(region, document);
      return "fault" in refused ? `${refused.fault.code} ${refused.fault.vendor}` : "signed";
    };
    assert.equal(await said(office, "64.10"), "NOT_REGISTERED 0 certificates");
    const mistyped = sealsOnTokens(box.tokens, { keys: { "64.09": `${label}/p256` }, pin: "000000" }, seal);
    assert.deepEqual([await said(mistyped, "64.09"), await said(mistyped, "64.09")], ["WRONG_SECRET CKR_PIN_INCORRECT", "LOCKED SEAL_PIN was refused before"]);
  });
  it("many signatures at once wait for each other", async () => {
    const mine = await box.sitis("p256");
    assert.deepEqual(await Promise.all(Array.from({ length: 6 }, () => told(mine))), Array.from({ length: 6 }, () => "believed"));
  });
  it("an account says which token it is on, however the token was named", async () => {
    const { provider, request: byLabel } = await box.sitis("p256");
    const { enrolment } = provider;
    const device = enrolment.deviceOf?.(byLabel.handle) ?? assert.fail("no device");
    assert.notEqual(device, label);
    assert.equal(enrolment.deviceOf?.(await enrolment.handleOf(`${device}/0b`)), device);
    assert.equal(enrolment.deviceOf?.(seal.close("signing/csc", Buffer.from("siti-1"))), undefined, "another provider's handle is on no token");
  });
});

describe("BSrE in trouble", () => {
  let bsre: Bsre;
  before(async () => { bsre = await openBsre({ now, people: [siti] }); });
  after(() => bsre.close());

  /** What we say of a trouble, how often the service was asked to sign, and how often it did. */
  const inTrouble = async (api: "v1" | "v2", trouble: BsreTrouble, troubles = Number.POSITIVE_INFINITY): Promise<readonly [string, number, number]> => {
    Object.assign(bsre.state, { trouble, troubles, asked: 0, signed: 0 });
    const { provider, request: asked } = await bsreCase(bsre, api);
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
    const { provider, request: asked } = await bsreCase(bsre, "v2");
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
    const { provider, request: asked } = await bsreCase(gone, "v2");
    await gone.close();
    assert.equal(outcome(await provider.sign(asked)), "TEMPORARY/safe");
    assert.equal(await provider.enrolment.standing(asked.handle), "unknown");
  });
  it("tells how an account stands, in one word, by both interfaces", async () => {
    for (const api of ["v1", "v2"] as const) {
      const { provider, request: asked } = await bsreCase(bsre, api);
      const { enrolment } = provider;
      const words: string[] = [];
      for (const trouble of ["none", "expired", "suspended"] as const) {
        Object.assign(bsre.state, { trouble });
        words.push(await enrolment.standing(asked.handle));
      }
      words.push(await enrolment.standing(await enrolment.handleOf("6409010101809999")));
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
        const { provider, request: asked } = await cscCase(csc, api);
        assert.deepEqual([outcome(await provider.sign(asked)), csc.state.signed], [said, signed]);
      });
    }
  }
  it("a signature over something else does not pass the gate", async () => {
    csc.state.trouble = "other_digest";
    const { provider, request: asked } = await cscCase(csc, "v2");
    const answer = await provider.sign(asked);
    assert.ok("signed" in answer);
    assert.equal((await gate(provider, answer.signed)).passed, false);
  });
});
