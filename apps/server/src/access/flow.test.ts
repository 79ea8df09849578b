import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { logSigner, sequenceTenant } from "../audit/index.ts";
import type { Caller } from "../kernel/http.ts";
import { realSource } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { openSeal } from "../kernel/seal.ts";
import { demoPassword } from "../seed/seed.ts";
import { limits } from "./access.ts";
import { authenticate, beginSecondFactor, confirmSecondFactor, removeSecondFactor, signIn, type Access } from "./commands.ts";
import { insertSession } from "./store.ts";
import { totpCode } from "./totp.ts";

const caller = (address = "192.0.2.1"): Caller => ({ requestId: realSource.id(), address, device: "", cookie: undefined });

describe("signing in", () => {
  let office: TestOffice;
  let access: Access;
  let keys: string;
  before(async () => {
    office = await createOffice("access");
    access = { db: office.db, source: realSource, seal: openSeal("rahasia-instalasi-untuk-uji-0123456789") };
    keys = await mkdtemp(join(tmpdir(), "lontar-access-"));
  });
  after(async () => {
    await office.close();
    await rm(keys, { recursive: true });
  });

  test("on several devices at once, each sign-in is the next event of the account, and the log goes on", async () => {
    const sekda = await office.actor("sekda");
    const enter = () => insertSession(office.db, { id: realSource.id(), token: realSource.id(), device: "" }, sekda, null);
    await Promise.all(Array.from({ length: 10 }, enter));
    await enter();
    const { personId, tenantId } = sekda;
    const { rows } = await office.pool.query<{ revision: number }>("select revision from event where kind = 'account' and thing_id = $1 order by revision", [personId]);
    assert.deepEqual(rows.map((row) => row.revision), rows.map((_, index) => index + 1));
    const signer = await logSigner(keys, tenantId);
    while ((await sequenceTenant(office.pool, tenantId, signer, realSource.now)) > 0);
    const pending = await office.pool.query("select 1 from event_pending where tenant_id = $1", [tenantId]);
    assert.equal(pending.rowCount, 0);
  });

  const outcomes = async (attempts: readonly Promise<unknown>[]): Promise<readonly string[]> =>
    (await Promise.allSettled(attempts)).map((one) => (one.status === "fulfilled" ? "in" : one.reason instanceof Refused ? one.reason.code : String(one.reason)));

  test("guesses sent side by side are counted like guesses one after another", async () => {
    const guesses = await outcomes(Array.from({ length: 20 }, () => signIn(access, { username: "bupati", password: "salah" }, caller("192.0.2.10"))));
    assert.equal(guesses.filter((word) => word === "wrong_credentials").length, limits.failuresPerPair);
    assert.equal(guesses.filter((word) => word === "too_many_attempts").length, 20 - limits.failuresPerPair);
  });

  test("a stranger who types an official's name until he is stopped does not lock the official out elsewhere", async () => {
    await outcomes(Array.from({ length: 20 }, () => signIn(access, { username: "camat", password: "salah" }, caller("192.0.2.20"))));
    assert.deepEqual(await outcomes([signIn(access, { username: "camat", password: demoPassword("camat") }, caller("192.0.2.20"))]), ["too_many_attempts"]);
    assert.deepEqual(await outcomes([signIn(access, { username: "camat", password: demoPassword("camat") }, caller("192.0.2.21"))]), ["in"]);
  });

  test("one second-factor code opens one session, also when two nodes see it at once", async () => {
    const kadis = await office.actor("kadis");
    const enter = () => insertSession(office.db, { id: realSource.id(), token: realSource.id(), device: "" }, kadis, 58_000_000);
    assert.deepEqual((await outcomes([enter(), enter(), enter()])).toSorted(), ["in", "second_factor_wrong", "second_factor_wrong"]);
    assert.deepEqual(await outcomes([enter()]), ["second_factor_wrong"]);
  });

  test("a second factor shuts out whoever came in without it, on every other device", async () => {
    const password = demoPassword("asisten1");
    const [mine, stolen] = [await signIn(access, { username: "asisten1", password }, caller()), await signIn(access, { username: "asisten1", password }, caller())];
    const at = (cookie: string | null): Caller => ({ ...caller(), cookie: cookie ?? undefined });
    const by = (await authenticate(access, at(mine.cookie))) ?? assert.fail("not signed in");
    const { uri } = await beginSecondFactor(access, by, password);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...(new URL(uri).searchParams.get("secret") ?? "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
    const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
    await confirmSecondFactor(access, at(mine.cookie), by, totpCode(secret, Math.floor(Date.parse(by.at) / 30_000)));
    assert.equal((await authenticate(access, at(mine.cookie)))?.personId, by.personId);
    assert.equal(await authenticate(access, at(stolen.cookie)), undefined);
    assert.deepEqual(await outcomes([signIn(access, { username: "asisten1", password }, caller())]), ["second_factor_needed"]);
  });

  test("an open session is no place to guess the password", async () => {
    const kabid = await office.actor("kabid");
    const guesses = await outcomes(Array.from({ length: 12 }, () => removeSecondFactor(access, kabid, "salah")));
    assert.equal(guesses.filter((word) => word === "wrong_credentials").length, limits.failuresPerPair);
    assert.deepEqual(await outcomes([beginSecondFactor(access, kabid, demoPassword("kabid"))]), ["too_many_attempts"]);
  });
});
