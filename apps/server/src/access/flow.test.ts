import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { logSigner, sequenceTenant } from "../audit/index.ts";
import type { Actor } from "../kernel/actor.ts";
import { readTenant } from "../kernel/db.ts";
import type { Caller, CookieAnswer } from "../kernel/http.ts";
import { realSource, type Source } from "../kernel/ids.ts";
import { openLog } from "../kernel/log.ts";
import { Refused } from "../kernel/refusal.ts";
import { openSeal } from "../kernel/seal.ts";
import { demoPassword } from "../seed/seed.ts";
import { limits } from "./access.ts";
import { authenticate, signIn, type Access } from "./door.ts";
import { beginSecondFactor, changePassword, confirmSecondFactor, removeSecondFactor, renewRecoveryCodes } from "./factors.ts";
import { beginPasskey } from "./passkeys.ts";
import { history, notices } from "./queries.ts";
import { endOtherSessions, endSession, listSessions } from "./sessions.ts";
import { takeStep } from "./store.ts";
import { totpCode } from "./totp.ts";

const chromeOnWindows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0 Safari/537.36";
const firefoxOnLinux = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const caller = (address = "192.0.2.1"): Caller => ({ requestId: realSource.id(), address, device: chromeOnWindows, cookie: undefined, browser: undefined });

/** The browser that was given these cookies. */
const withCookies = (entered: CookieAnswer<unknown>, more: Partial<Caller> = {}): Caller => ({ ...caller(), cookie: entered.cookie ?? undefined, browser: entered.browser, ...more });

const secretIn = (uri: string): Buffer => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...(new URL(uri).searchParams.get("secret") ?? "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};

/** The password, and no code beside it. */
const alone = (username: string) => ({ password: demoPassword(username), code: null });

const codeAt = (secret: Buffer, at: string, shift = 0): string => totpCode(secret, Math.floor(Date.parse(at) / 30_000) + shift);

describe("signing in", () => {
  let office: TestOffice;
  let access: Access;
  let keys: string;
  let stopped: string | undefined;
  const source: Source = { ...realSource, now: () => stopped ?? realSource.now() };
  before(async () => {
    office = await createOffice("access");
    access = { db: office.db, source, seal: openSeal("rahasia-instalasi-untuk-uji-0123456789"), log: openLog("silent"), publicUrl: "http://localhost" };
    keys = await mkdtemp(join(tmpdir(), "lontar-access-"));
  });
  after(async () => {
    await office.close();
    await rm(keys, { recursive: true });
  });

  const enter = (username: string, more: Partial<Caller> = {}, code?: string): Promise<CookieAnswer<Actor>> => signIn(access, { username, password: demoPassword(username), code }, { ...caller(), ...more });
  const who = async (of: Caller): Promise<Actor> => (await authenticate(access, of)) ?? assert.fail("not signed in");
  const outcomes = async (attempts: readonly Promise<unknown>[]): Promise<readonly string[]> =>
    (await Promise.allSettled(attempts)).map((one) => (one.status === "fulfilled" ? "in" : one.reason instanceof Refused ? one.reason.code : String(one.reason)));
  const told = async (by: Actor): Promise<readonly string[]> => (await readTenant(office.db, by.tenantId, (tx) => notices(tx, by))).map((notice) => notice.kind);
  const entries = async (by: Actor) => (await readTenant(office.db, by.tenantId, (tx) => history(tx, { limit: 50 }, by))).items;

  test("on several devices at once, each sign-in is the next event of the account, and the log goes on", async () => {
    const { personId, tenantId } = await office.actor("sekda");
    await Promise.all(Array.from({ length: 5 }, () => enter("sekda")));
    await enter("sekda");
    const { rows } = await office.pool.query<{ revision: number }>("select revision from event where kind = 'account' and thing_id = $1 order by revision", [personId]);
    assert.deepEqual(rows.map((row) => row.revision), rows.map((_, index) => index + 1));
    const signer = await logSigner(keys, tenantId);
    while ((await sequenceTenant(office.pool, tenantId, signer, realSource.now)) > 0);
    const pending = await office.pool.query("select 1 from event_pending where tenant_id = $1", [tenantId]);
    assert.equal(pending.rowCount, 0);
  });

  test("guesses sent side by side are counted like guesses one after another", async () => {
    const guesses = await outcomes(Array.from({ length: 20 }, () => signIn(access, { username: "bupati", password: "salah" }, caller("192.0.2.10"))));
    assert.equal(guesses.filter((word) => word === "wrong_credentials").length, limits.failuresPerPair);
    assert.equal(guesses.filter((word) => word === "too_many_attempts").length, 20 - limits.failuresPerPair);
  });

  test("a stranger who types an official's name until he is stopped does not lock the official out elsewhere", async () => {
    // The attacker's view: he is stopped, also with the right password, also when he changes nothing but the browser.
    await outcomes(Array.from({ length: 20 }, () => signIn(access, { username: "camat", password: "salah" }, caller("192.0.2.20"))));
    assert.deepEqual(await outcomes([enter("camat", caller("192.0.2.20"))]), ["too_many_attempts"]);
    assert.deepEqual(await outcomes([enter("camat", { ...caller("192.0.2.20"), device: firefoxOnLinux })]), ["too_many_attempts"]);
    // The victim's view: the session he had goes on, and at his own address he signs in and out as always.
    const mine = await enter("camat", caller("192.0.2.21"));
    await outcomes(Array.from({ length: 20 }, () => signIn(access, { username: "camat", password: "salah" }, caller("192.0.2.22"))));
    assert.equal((await who(withCookies(mine))).positionTitle, mine.answer.positionTitle);
    assert.deepEqual(await outcomes([enter("camat", caller("192.0.2.21"))]), ["in"]);
  });

  test("whoever shares an official's address, or commands very many, does not lock him out of the browser that he knows", async () => {
    const username = "kabidb";
    const fail = (bucket: string, times: number) => office.pool.query("insert into sign_in_failure (bucket, at) select $1, now() from generate_series(1, $2)", [bucket, times]);
    const home = await enter(username, caller("192.0.2.50"));
    const mine = { ...caller("192.0.2.50"), browser: home.browser };
    // A colleague behind the same address of the office: the name is stopped there, and so is every other name.
    await outcomes(Array.from({ length: 10 }, () => signIn(access, { username, password: "salah" }, caller("192.0.2.50"))));
    await fail("address:192.0.2.50", 40);
    assert.deepEqual(await outcomes([enter(username, caller("192.0.2.50")), enter("staf", caller("192.0.2.50"))]), ["too_many_attempts", "too_many_attempts"]);
    // A network of machines that closes the name from everywhere.
    await fail(`name:${username}`, 200);
    assert.deepEqual(await outcomes([enter(username, caller("192.0.2.51"))]), ["too_many_attempts"]);
    // The owner, where he always works.
    assert.deepEqual(await outcomes([enter(username, mine)]), ["in"]);
    // His browser opens no other name, and whoever guesses with a key that was stolen from it is stopped there too.
    assert.deepEqual(await outcomes([enter("staf", mine)]), ["too_many_attempts"]);
    const guesses = await outcomes(Array.from({ length: 10 }, () => signIn(access, { username, password: "salah" }, mine)));
    assert.deepEqual([guesses.filter((word) => word === "wrong_credentials").length, guesses.filter((word) => word === "too_many_attempts").length], [limits.failuresPerPair, 2]);
    await office.pool.query("delete from sign_in_failure where bucket like $1 or bucket like '%192.0.2.50'", [`name:${username}%`]);
  });

  test("a name that nobody has is refused in the words of a wrong password, and counted the same", async () => {
    const guesses = await outcomes(Array.from({ length: 10 }, () => signIn(access, { username: "tidak-ada", password: "salah" }, caller("192.0.2.30"))));
    assert.deepEqual([guesses[0], guesses.at(-1)], ["wrong_credentials", "too_many_attempts"]);
  });

  test("one second-factor code opens one session, also when two nodes see it at once", async () => {
    const kadis = await office.actor("kadis");
    const take = () => office.transaction(kadis, (tx) => takeStep(tx, kadis.tenantId, kadis.personId, 58_000_000));
    assert.deepEqual((await Promise.all([take(), take(), take()])).toSorted(), [false, false, true]);
    assert.equal(await take(), false);
  });

  test("a second factor shuts out whoever came in without it; its code or a recovery code opens, each once", async () => {
    const username = "asisten1";
    const [mine, stolen] = [await enter(username), await enter(username)];
    const by = await who(withCookies(mine));
    const { uri, ticket } = await beginSecondFactor(access, withCookies(mine), by, alone(username));
    const secret = secretIn(uri);
    assert.deepEqual(await outcomes([confirmSecondFactor(access, withCookies(mine), by, { ticket, code: "000000" })]), ["second_factor_wrong"]);
    assert.deepEqual(await outcomes([confirmSecondFactor(access, withCookies(stolen), by, { ticket, code: codeAt(secret, by.at) })]), ["challenge_late"], "another browser");
    const { codes } = await confirmSecondFactor(access, withCookies(mine), by, { ticket, code: codeAt(secret, by.at) });
    assert.equal(new Set(codes).size, 10);
    assert.deepEqual(await outcomes([confirmSecondFactor(access, withCookies(mine), by, { ticket, code: codeAt(secret, by.at) })]), ["challenge_late"], "once");
    assert.equal((await who(withCookies(mine))).personId, by.personId);
    assert.equal(await authenticate(access, withCookies(stolen)), undefined);

    assert.deepEqual(await outcomes([enter(username)]), ["second_factor_needed"]);
    assert.deepEqual(await outcomes([enter(username, {}, codeAt(secret, by.at))]), ["second_factor_wrong"], "the code that set it is used");
    const stop = (steps: number): void => void (stopped = new Date(Date.parse(by.at) + steps * 30_000).toISOString());
    stop(1);
    assert.deepEqual(await outcomes([enter(username, {}, codeAt(secret, access.source.now(), -1))]), ["second_factor_wrong"], "of the thirty seconds before");
    assert.deepEqual(await outcomes([enter(username, {}, codeAt(secret, access.source.now()))]), ["in"]);
    const [first = "", second = ""] = codes;
    assert.deepEqual(await outcomes([enter(username, {}, first.toLowerCase().replaceAll("-", " "))]), ["in"]);
    assert.deepEqual(await outcomes([enter(username, {}, first), enter(username, {}, "AAAA-BBBB-CCCC")]), ["second_factor_wrong", "second_factor_wrong"]);
    assert.deepEqual((await outcomes([enter(username, {}, second), enter(username, {}, second)])).toSorted(), ["in", "second_factor_wrong"]);
    assert.ok((await told(by)).includes("pemulihan_dipakai"));
    assert.ok((await entries(by)).some((entry) => entry.type === "sign_in_refused" && entry.why === "kode_salah"));

    for (const attempt of [() => renewRecoveryCodes(access, by, alone(username)), () => removeSecondFactor(access, by, alone(username)), () => beginPasskey(access, withCookies(mine), by, alone(username)), () => changePassword(access, withCookies(mine), by, { ...alone(username), next: "kapal putih di teluk" })])
      assert.deepEqual(await outcomes([attempt()]), ["account_proof_needed"], "the password alone changes nothing beside a factor");
    assert.deepEqual(await outcomes([renewRecoveryCodes(access, by, { password: demoPassword(username), code: "000000" })]), ["second_factor_wrong"]);
    stop(2);
    const renewed = await renewRecoveryCodes(access, by, { password: demoPassword(username), code: codeAt(secret, access.source.now()) });
    assert.deepEqual(await outcomes([enter(username, {}, codes[2])]), ["second_factor_wrong"]);
    assert.deepEqual(await outcomes([enter(username, {}, renewed.codes[0])]), ["in"]);
    await removeSecondFactor(access, by, { password: demoPassword(username), code: renewed.codes[1] ?? "" });
    stopped = undefined;
    assert.deepEqual(await outcomes([enter(username)]), ["in"]);
    const { rows } = await office.pool.query("select from recovery_code where person_id = $1", [by.personId]);
    assert.equal(rows.length, 0);
  });

  test("an open session is no place to guess the password", async () => {
    const kabid = await office.actor("kabid");
    const guesses = await outcomes(Array.from({ length: 12 }, () => removeSecondFactor(access, kabid, { password: "salah", code: null })));
    assert.equal(guesses.filter((word) => word === "wrong_credentials").length, limits.failuresPerPair);
    assert.deepEqual(await outcomes([beginSecondFactor(access, caller(), kabid, alone("kabid"))]), ["too_many_attempts"]);
  });

  test("a new password follows the rules, signs other devices out, and the old one opens nothing", async () => {
    const [mine, other] = [await enter("kasi"), await enter("kasi")];
    const by = await who(withCookies(mine));
    const change = (next: string): Promise<void> => changePassword(access, withCookies(mine), by, { ...alone("kasi"), next });
    for (const [next, refusal] of [["pendek", "password_too_short"], ["kurang panjang", "password_too_short_alone"], ["aaaaaaaaaaaaaaaaaaaa", "password_monotonous"], [`${by.personName} Lontar kasi`, "password_names_context"], ["1q2w3e4r5t6y7u8i", "password_breached"]] as const)
      assert.deepEqual(await outcomes([change(next)]), [refusal], next);
    await change("kuda baterai staples benar");
    assert.equal(await authenticate(access, withCookies(other)), undefined);
    assert.deepEqual(await outcomes([enter("kasi"), signIn(access, { username: "kasi", password: "kuda baterai staples benar" }, caller())]), ["wrong_credentials", "in"]);
    assert.ok((await told(by)).includes("sandi_diganti"));
  });

  test("a stolen cookie in another browser is refused by name, ends the session, and is told to its owner", async () => {
    for (const [theft, more] of [["without the browser's key", { browser: undefined }], ["with another key", { browser: "x".repeat(43) }], ["with all cookies, in another kind of browser", { device: firefoxOnLinux }]] as const) {
      const mine = await enter("kabidb");
      assert.equal((await who(withCookies(mine))).personId, mine.answer.personId);
      assert.deepEqual(await outcomes([authenticate(access, withCookies(mine, more))]), ["session_elsewhere"], theft);
      assert.equal(await authenticate(access, withCookies(mine)), undefined, theft);
    }
    const kabidb = await office.actor("kabidb");
    assert.equal((await told(kabidb)).filter((kind) => kind === "sesi_dicuri").length, 3);
    assert.equal((await entries(kabidb)).filter((entry) => entry.type === "session_elsewhere").length, 3);
  });

  test("a newer version of the same browser is the same browser", async () => {
    const mine = await enter("kabidb");
    assert.equal((await who(withCookies(mine, { device: chromeOnWindows.replace("147", "148") }))).personId, mine.answer.personId);
  });

  test("the second browser of a person is news to him, the first and a known one are not", async () => {
    const first = await enter("staf");
    const staf = first.answer;
    assert.deepEqual(await told(staf), []);
    await enter("staf", { browser: first.browser });
    assert.deepEqual(await told(staf), []);
    await enter("staf", { device: firefoxOnLinux });
    assert.deepEqual(await told(staf), ["perangkat_baru"]);
    assert.deepEqual((await entries(staf)).filter((entry) => entry.type === "signed_in").map((entry) => [entry.device, entry.isNew]), [["Firefox di Linux", true], ["Chrome di Windows", false], ["Chrome di Windows", false]]);
  });

  test("who signs in anew in the same browser leaves no session behind", async () => {
    const first = await enter("sekdis");
    const again = await enter("sekdis", withCookies(first));
    assert.equal(await authenticate(access, withCookies(first)), undefined);
    assert.equal((await who(withCookies(again, { browser: first.browser }))).personId, first.answer.personId);
  });

  test("out everywhere leaves only this browser in", async () => {
    const [mine, other, third] = [await enter("sekdis"), await enter("sekdis"), await enter("sekdis")];
    const by = await who(withCookies(mine));
    assert.deepEqual(await outcomes([endOtherSessions(access, withCookies(mine), by, null), endSession(access, by, { id: realSource.id(), password: "salah" })]), ["password_needed", "wrong_credentials"], "whoever found the session open ends none");
    await endOtherSessions(access, withCookies(mine), by, demoPassword("sekdis"));
    assert.deepEqual(await Promise.all([other, third].map((one) => authenticate(access, withCookies(one)))), [undefined, undefined]);
    assert.equal((await listSessions(access, withCookies(mine), mine.answer)).length, 1);
  });

  test("news goes out by e-mail to whom has an address, without a secret in the job", async () => {
    const { rows } = await office.pool.query<{ n: string }>("select count(*) as n from graphile_worker.jobs where task_identifier = 'access.mail'");
    assert.equal(rows[0]?.n, "0", "nobody of the demo office has an address");
  });
});
