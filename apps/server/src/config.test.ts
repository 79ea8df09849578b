import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { ConfigError, readConfig, settingNames } from "./config.ts";

const production = { LONTAR_MODE: "production", LONTAR_SECRET: "k".repeat(40), LONTAR_URL: "https://surat.penajamkab.go.id" };

describe("the configuration", () => {
  test("nothing set: the demo office on port 8080, data beside the program", () => {
    const config = readConfig({});
    assert.deepEqual([config.port, config.mode, config.dataFolder.endsWith("/data"), config.uploadBytes, config.publicUrl, config.signer], [8080, "demo", true, 50 * 1024 * 1024, "http://localhost:8080", "development"]);
  });

  test("addresses, ranges and named ranges of proxies are taken as they stand", () => {
    for (const list of ["loopback", "10.0.0.5", "10.1.0.0/16, fd00::/8", "loopback,uniquelocal"]) assert.equal(readConfig({ LONTAR_PROXY: list }).proxies, list);
    assert.equal(readConfig({}).proxies, "loopback");
  });

  test("an empty variable is one that is not set", () => assert.equal(readConfig({ PORT: "", DATABASE_URL: "" }).databaseUrl, undefined));

  test("production with its own secret and https address starts, without the development CA", () => {
    const config = readConfig(production);
    assert.deepEqual([config.mode, config.signer, config.publicUrl], ["production", undefined, production.LONTAR_URL]);
  });

  const outside = { LONTAR_SIGNER: "bsre", SIGNER_URL: "https://esign.penajamkab.go.id/", SIGNER_USERNAME: "lontar", SIGNER_PASSWORD: "rahasia", SIGNER_TRUST: "akar.pem" };
  test("an outside signing provider, in production as in a demo office", () => {
    for (const env of [outside, { ...production, ...outside }]) {
      const { signer } = readConfig(env);
      assert.ok(typeof signer === "object" && signer.kind !== "pkcs11");
      assert.deepEqual([signer.kind, signer.url.host, signer.api, signer.trust.endsWith("/akar.pem")], ["bsre", "esign.penajamkab.go.id", "v2", true]);
    }
  });

  const token = { LONTAR_SIGNER: "pkcs11", PKCS11_MODULE: "/usr/lib/vendor/pkcs11.so", SIGNER_TRUST: "akar.pem" };
  test("keys of people on tokens, and the office's seal on one, whoever signs its letters", () => {
    const { signer, tokens } = readConfig({ ...production, ...token, PKCS11_TOKENS: "Token Sekda, 0123456789abcdef", PKCS11_RSA: "pss" });
    assert.ok(typeof signer === "object" && signer.kind === "pkcs11");
    assert.deepEqual([signer.rsa, signer.allowed, tokens?.module, tokens?.answerMs], ["pss", ["Token Sekda", "0123456789abcdef"], token.PKCS11_MODULE, 60_000]);
    const { officeSeal } = readConfig({ ...outside, PKCS11_MODULE: token.PKCS11_MODULE, SEAL_KEYS: "64.09=Segel Kantor/segel, 64.09.05.2001=Segel Kantor/desa", SEAL_PIN: "1234" });
    assert.deepEqual(officeSeal, { keys: { "64.09": "Segel Kantor/segel", "64.09.05.2001": "Segel Kantor/desa" }, pin: "1234" });
    assert.equal(readConfig(token).officeSeal, undefined);
  });

  const refused: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ["production without a secret", { ...production, LONTAR_SECRET: "" }, /LONTAR_SECRET: wajib/],
    ["production with the example's secret", { ...production, LONTAR_SECRET: `contoh-${"k".repeat(40)}` }, /LONTAR_SECRET: masih nilai contoh/],
    ["production without an address", { ...production, LONTAR_URL: "" }, /LONTAR_URL: wajib/],
    ["production over plain http", { ...production, LONTAR_URL: "http://surat.penajamkab.go.id" }, /LONTAR_URL: harus https/],
    ["production with the development CA", { ...production, LONTAR_SIGNER: "development" }, /LONTAR_SIGNER: CA pengembangan/],
    ["an outside provider without the roots it is believed under", { ...outside, SIGNER_TRUST: "" }, /SIGNER_TRUST: wajib bila LONTAR_SIGNER=bsre/],
    ["tokens without a module", { ...token, PKCS11_MODULE: "" }, /PKCS11_MODULE: wajib bila LONTAR_SIGNER=pkcs11/],
    ["tokens without the roots their certificates are believed under", { ...token, SIGNER_TRUST: "" }, /SIGNER_TRUST: wajib bila LONTAR_SIGNER=pkcs11/],
    ["a seal on a token without its PIN", { PKCS11_MODULE: "x.so", SEAL_KEYS: "64.09=Segel/segel" }, /SEAL_PIN: wajib bila SEAL_KEYS/],
    ["a seal whose key has no name", { PKCS11_MODULE: "x.so", SEAL_PIN: "1", SEAL_KEYS: "64.09=Segel" }, /SEAL_KEYS: kode wilayah/],
    ["passphrases over plain http in production", { ...production, ...outside, SIGNER_URL: "http://esign.penajamkab.go.id/" }, /SIGNER_URL: harus https/],
    ["a time-stamping authority without the roots it is believed under", { TSA_URL: "https://tsa.contoh.go.id/" }, /TSA_TRUST: wajib bila TSA_URL/],
    ["the password of a time-stamping authority over plain http in production", { ...production, TSA_URL: "http://tsa.contoh.go.id/", TSA_TRUST: "a.pem", TSA_PASSWORD: "x" }, /TSA_URL: harus https/],
    ["a policy that is no identifier", { TSA_POLICY: "kebijakan" }, /TSA_POLICY: pengenal kebijakan/],
    ["a short secret", { LONTAR_SECRET: "pendek" }, /LONTAR_SECRET: paling sedikit 32/],
    ["a proxy that is no address", { LONTAR_PROXY: "10.0.0.1, proksi.local" }, /LONTAR_PROXY: alamat atau rentang/],
    ["a port that is none", { PORT: "80a" }, /PORT/],
    ["an unknown mode", { LONTAR_MODE: "test" }, /LONTAR_MODE/],
    ["a database of another kind", { DATABASE_URL: "mysql://x" }, /DATABASE_URL/],
  ];
  for (const [what, env, sentence] of refused) test(`${what} is refused by name`, () => assert.throws(() => readConfig(env), (error) => error instanceof ConfigError && sentence.test(error.message)));

  test("all faults are told at once", () => {
    assert.throws(() => readConfig({ LONTAR_MODE: "production" }), (error) => error instanceof ConfigError && error.message.split("\n").length === 2);
  });

  test("the development authority stamps beside the development CA alone", () => {
    const tsaOf = (env: Record<string, string>): unknown => readConfig(env).tsa;
    assert.deepEqual([tsaOf({}), tsaOf({ TSA_URL: "none" }), tsaOf(production), tsaOf(outside)], ["development", undefined, undefined, undefined]);
  });

  test("the example names every setting, and no other", () => {
    const example = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8");
    assert.deepEqual([...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name).toSorted(), settingNames.toSorted());
  });
});
