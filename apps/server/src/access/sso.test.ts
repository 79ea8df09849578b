import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createAuthenticator } from "../../test/authenticator.ts";
import { startIdentityProvider, type IdentityProvider } from "../../test/identity-provider.ts";
import { createOffice, type TestOffice } from "../../test/office.ts";
import type { Caller } from "../kernel/http.ts";
import { realSource, type Source } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { openSeal } from "../kernel/seal.ts";
import { demoPassword } from "../seed/seed.ts";
import { authenticate, signIn, type Access } from "./door.ts";
import { beginSecondFactor, confirmSecondFactor } from "./factors.ts";
import { addPasskey, beginPasskey } from "./passkeys.ts";
import { openSingleSignOn, type SingleSignOn, type SsoSettings } from "./providers/oidc.ts";
import { beginSso, completeSso, completeSsoFactor } from "./sso.ts";
import { totpCode } from "./totp.ts";

const publicUrl = "http://localhost:8080";
const redirectUri = `${publicUrl}/masuk/sso`;

const caller = (more: Partial<Caller> = {}): Caller => ({ requestId: realSource.id(), address: "192.0.2.1", device: "uji", cookie: undefined, browser: undefined, ...more });

describe("single sign-on", () => {
  let office: TestOffice;
  let access: Access;
  let provider: IdentityProvider;
  let sso: SingleSignOn;
  let settings: SsoSettings;
  const logged: string[] = [];
  const lines: string[] = [];
  let later = 0;
  const source: Source = { ...realSource, now: () => new Date(Date.parse(realSource.now()) + later).toISOString() };
  before(async () => {
    office = await createOffice("sso");
    const note = (facts: Readonly<Record<string, unknown>>, message: string): void => {
      logged.push(String(facts["refusal"]));
      lines.push(JSON.stringify([facts, message]));
    };
    access = { db: office.db, source, seal: openSeal("rahasia-instalasi-untuk-uji-0123456789"), log: { info: note, warn: note, error: note }, publicUrl };
    provider = await startIdentityProvider(redirectUri, {
      kasi: { preferred_username: "kasi", email: "kasi@contoh.go.id", email_verified: true, nip: "x" },
      asing: { preferred_username: "tidak-ada", email: "kasi@contoh.go.id", email_verified: false },
      kabid: { preferred_username: "kabid" },
      kosong: {},
      staf: { preferred_username: "staf" },
      stafKuat: { preferred_username: "staf", amr: ["pwd", "mfa"] },
    });
    settings = { issuer: provider.issuer, clientId: "lontar", clientSecret: "rahasia-klien", label: "SSO", claim: "preferred_username", property: "username" };
    sso = openSingleSignOn(settings, redirectUri);
  });
  after(async () => {
    await provider.close();
    await office.close();
  });

  const outcome = async (attempt: Promise<unknown>): Promise<string> => attempt.then(() => "in", (error: unknown) => (error instanceof Refused ? error.code : String(error)));
  const begin = async (of = sso) => {
    const { answer, browser } = await beginSso(access, of, caller());
    return { url: answer.url, here: caller({ browser }) };
  };

  test("opens the account that the claim names, and no other", async () => {
    const { url, here } = await begin();
    const asked = new URL(url).searchParams;
    assert.deepEqual([asked.get("response_type"), asked.get("code_challenge_method"), asked.get("redirect_uri")], ["code", "S256", redirectUri]);
    assert.ok((asked.get("state") ?? "").length > 40 && (asked.get("nonce") ?? "").length > 40);
    const entered = await completeSso(access, sso, here, await provider.signInAs("kasi", url));
    assert.equal(entered.answer.personId, (await office.actor("kasi")).personId);
    const session = await office.pool.query<{ method: string }>("select method from session where person_id = $1", [entered.answer.personId]);
    assert.deepEqual(session.rows.map((row) => row.method), ["sso"]);
  });

  test("never makes an account: who is not known here, or has no claim, is refused", async () => {
    const { rows: before } = await office.pool.query("select 1 from account");
    for (const person of ["asing", "kosong"]) {
      const { url, here } = await begin();
      assert.equal(await outcome(completeSso(access, sso, here, await provider.signInAs(person, url))), "sso_no_account");
    }
    assert.equal((await office.pool.query("select 1 from account")).rows.length, before.length);
  });

  test("an address counts only when the other side has verified it, and only when one of ours has it", async () => {
    const byMail = openSingleSignOn({ ...settings, claim: "email", property: "email" }, redirectUri);
    const enter = async (person: string): Promise<string> => {
      const { url, here } = await begin(byMail);
      return outcome(completeSso(access, byMail, here, await provider.signInAs(person, url)));
    };
    const set = (who: string) => office.pool.query(`begin; set local session_replication_role = replica; update person set state = state || '{"email":"KASI@contoh.go.id"}' where id = (select id from account where username = '${who}'); commit`);
    await set("kasi");
    assert.deepEqual([await enter("kasi"), await enter("asing")], ["in", "sso_no_account"]);
    await set("kabidb");
    assert.equal(await enter("kasi"), "sso_no_account", "two people with one address are nobody");
  });

  test("a wrong state, nonce, issuer, a code used again: each refused by its own name, and logged", async () => {
    logged.length = 0;
    const first = await begin();
    const back = await provider.signInAs("kasi", first.url);
    const changed = (name: string, value: string): string => {
      const answer = new URLSearchParams(back);
      answer.set(name, value);
      return `?${answer.toString()}`;
    };
    const other = await begin();
    assert.equal(await outcome(completeSso(access, sso, first.here, changed("state", "tebakan"))), "sso_state_wrong");
    assert.equal(await outcome(completeSso(access, sso, other.here, back)), "sso_state_wrong", "another browser's answer");
    later = 10 * 60_000;
    assert.equal(await outcome(completeSso(access, sso, first.here, back)), "sso_state_wrong", "too late");
    later = 0;
    const elsewhere = await begin();
    const answerElsewhere = new URLSearchParams(await provider.signInAs("kasi", elsewhere.url));
    answerElsewhere.set("iss", "https://sso.jahat.contoh");
    assert.equal(await outcome(completeSso(access, sso, elsewhere.here, `?${answerElsewhere.toString()}`)), "sso_issuer_wrong");
    const swapped = await begin();
    const withOtherNonce = new URL(swapped.url);
    withOtherNonce.searchParams.set("nonce", "nonce-penyerang-nonce-penyerang-nonce");
    assert.equal(await outcome(completeSso(access, sso, swapped.here, await provider.signInAs("kasi", withOtherNonce.href))), "sso_nonce_wrong");
    assert.equal(await outcome(completeSso(access, sso, first.here, back)), "in");
    assert.equal(await outcome(completeSso(access, sso, first.here, back)), "challenge_used");
    const again = await begin();
    const stolen = new URLSearchParams(back);
    stolen.set("state", new URL(again.url).searchParams.get("state") ?? "");
    assert.equal(await outcome(completeSso(access, sso, again.here, `?${stolen.toString()}`)), "sso_code_used");
    assert.deepEqual(logged, ["sso_state_wrong", "sso_state_wrong", "sso_state_wrong", "sso_issuer_wrong", "sso_nonce_wrong", "challenge_used", "sso_code_used"]);
    const kasi = await office.actor("kasi");
    for (const personal of ["kasi", kasi.personName, kasi.personId, "192.0.2.1"]) assert.deepEqual(lines.filter((line) => line.includes(personal)), [], "the log names nobody");
  });

  test("an id token of another issuer is refused, though discovery and keys are right", async () => {
    const stranger = openSingleSignOn({ ...settings, issuer: provider.issuer.replace("127.0.0.1", "localhost") }, redirectUri);
    assert.equal(await outcome(beginSso(access, stranger, caller())), "unavailable", "the discovered issuer is not the configured one");
  });

  test("the account's own second factor is asked for when the other side used none", async () => {
    const password = demoPassword("kabid");
    const mine = await signIn(access, { username: "kabid", password }, caller());
    const here = caller({ cookie: mine.cookie ?? undefined, browser: mine.browser });
    const by = (await authenticate(access, here)) ?? assert.fail("not signed in");
    const { secret: text, ticket } = await beginSecondFactor(access, here, by, { password, code: null });
    const bits = [...text].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
    const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
    const { codes } = await confirmSecondFactor(access, here, by, { ticket, code: totpCode(secret, Math.floor(Date.parse(by.at) / 30_000)) });
    const attempt = await begin();
    const refusal = await completeSso(access, sso, attempt.here, await provider.signInAs("kabid", attempt.url)).catch((error: unknown) => error);
    assert.ok(refusal instanceof Refused && refusal.code === "second_factor_needed");
    const given = String(refusal.facts["ticket"]);
    assert.equal(await outcome(completeSsoFactor(access, sso, attempt.here, { ticket: given, code: "000000" })), "second_factor_wrong");
    assert.equal(await outcome(completeSsoFactor(access, sso, caller(), { ticket: given, code: codes[0] ?? "" })), "challenge_late");
    assert.equal(await outcome(completeSsoFactor(access, sso, attempt.here, { ticket: given, code: codes[0] ?? "" })), "in");
  });

  test("beside a passkey the other side's word is not enough, unless it says that a second factor was used there", async () => {
    const mine = await signIn(access, { username: "staf", password: demoPassword("staf") }, caller());
    const here = caller({ cookie: mine.cookie ?? undefined, browser: mine.browser });
    const key = createAuthenticator(publicUrl);
    const { codes } = await addPasskey(access, here, mine.answer, { name: "Ponsel", answer: key.make(await beginPasskey(access, here, mine.answer, { password: demoPassword("staf"), code: null })) });
    const weak = await begin();
    const refusal = await completeSso(access, sso, weak.here, await provider.signInAs("staf", weak.url)).catch((error: unknown) => error);
    assert.ok(refusal instanceof Refused && refusal.code === "passkey_needed");
    const ticket = String(refusal.facts["ticket"]);
    assert.equal(await outcome(completeSsoFactor(access, sso, weak.here, { ticket, code: "000000" })), "second_factor_wrong");
    assert.equal(await outcome(completeSsoFactor(access, sso, weak.here, { ticket, code: codes?.[0] ?? "" })), "in");
    const strong = await begin();
    const entered = await completeSso(access, sso, strong.here, await provider.signInAs("stafKuat", strong.url));
    const { rows } = await office.pool.query<{ method: string }>("select method from session where person_id = $1 order by since desc limit 1", [entered.answer.personId]);
    assert.equal(rows[0]?.method, "sso_mfa");
  });

  test("without configuration there is no such way in", async () => {
    assert.equal(await outcome(beginSso(access, undefined, caller())), "not_found");
  });
});
