import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createAuthenticator } from "../../test/authenticator.ts";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { readTenant } from "../kernel/db.ts";
import type { Caller, CookieAnswer } from "../kernel/http.ts";
import { realSource } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { openSeal } from "../kernel/seal.ts";
import { demoPassword } from "../seed/seed.ts";
import { authenticate, signIn, type Access } from "./door.ts";
import { addPasskey, beginPasskey, beginPasskeyEntry, enterByPasskey } from "./passkeys.ts";
import { history } from "./queries.ts";

const origin = "https://surat.contoh.go.id";

const caller = (more: Partial<Caller> = {}): Caller => ({ requestId: realSource.id(), address: "192.0.2.77", device: "Mozilla/5.0 (Windows NT 10.0) Chrome/147.0 Safari/537.36", cookie: undefined, browser: undefined, ...more });

describe("what comes to the door stolen, repeated or forged", () => {
  let office: TestOffice;
  let access: Access;
  const lines: (readonly [level: string, facts: Readonly<Record<string, unknown>>, message: string])[] = [];
  before(async () => {
    office = await createOffice("refused");
    const log = Object.fromEntries((["info", "warn", "error"] as const).map((level) => [level, (facts: Readonly<Record<string, unknown>>, message: string): void => void lines.push([level, facts, message])]));
    access = { db: office.db, source: realSource, seal: openSeal("rahasia-instalasi-untuk-uji-0123456789"), log: { info: () => undefined, warn: () => undefined, error: () => undefined, ...log }, publicUrl: origin };
  });
  after(() => office.close());

  const outcome = async (attempt: Promise<unknown>): Promise<string> => attempt.then(() => "in", (error: unknown) => (error instanceof Refused ? error.code : String(error)));
  const known = (entered: CookieAnswer<unknown>): Caller => caller({ cookie: entered.cookie ?? undefined, browser: entered.browser });

  test("is refused by its own name, told in the history of the account, and logged as a warning that names nobody", async () => {
    const password = demoPassword("kasi");
    const mine = await signIn(access, { username: "kasi", password }, caller());
    const by = (await authenticate(access, known(mine))) ?? assert.fail("not signed in");
    const key = createAuthenticator(origin);
    const { codes } = await addPasskey(access, known(mine), by, { name: "Ponsel", answer: key.make(await beginPasskey(access, known(mine), by, { password, code: null })) });
    const ask = async () => {
      const { answer, browser } = await beginPasskeyEntry(access, caller());
      return { question: answer, here: caller({ browser }) };
    };
    const first = await ask();
    const answer = key.answer(first.question);
    assert.equal(await outcome(enterByPasskey(access, answer, first.here)), "in");
    lines.length = 0;

    const cases: readonly (readonly [string, string, () => Promise<unknown>])[] = [
      ["a session cookie in another browser", "session_elsewhere", () => authenticate(access, { ...known(mine), browser: "x".repeat(43) })],
      ["a passkey's answer sent again", "challenge_used", async () => {
        await office.pool.query("update passkey set counter = 0 where person_id = $1", [by.personId]); // found by its challenge, not by its counter
        return enterByPasskey(access, answer, first.here);
      }],
      ["a passkey's answer for another site", "passkey_invalid", async () => {
        const asked = await ask();
        return enterByPasskey(access, key.answer(asked.question, { origin: "https://surat-contoh.go.id" }), asked.here);
      }],
      ["a passkey's answer in another browser than was asked", "challenge_late", async () => {
        const asked = await ask();
        return enterByPasskey(access, key.answer(asked.question), caller({ browser: "x".repeat(43) }));
      }],
      ["a passkey that nobody has", "passkey_unknown", async () => {
        const asked = await ask();
        return enterByPasskey(access, createAuthenticator(origin).answer(asked.question), asked.here);
      }],
      ["the right password with a guessed code", "second_factor_wrong", () => signIn(access, { username: "kasi", password, code: "AAAA-BBBB-CCCC" }, caller())],
      ["a wrong password", "wrong_credentials", () => signIn(access, { username: "kasi", password: "salah", code: codes?.[0] }, caller())],
    ];
    for (const [what, code, attempt] of cases) {
      const before = lines.length;
      assert.equal(await outcome(attempt()), code, what);
      const left = lines.slice(before);
      assert.ok(left.every(([level]) => level === "warn") && left.some(([, facts]) => facts["refusal"] === code || facts["why"] !== undefined), `${what} leaves a warning: ${JSON.stringify(left)}`);
    }

    const said = JSON.stringify(lines);
    for (const personal of ["kasi", by.personName, by.personId, by.tenantId, "192.0.2.77", password, "Ponsel", "Chrome"]) assert.ok(!said.includes(personal), `the log says ${personal}`);
    const told = (await readTenant(office.db, by.tenantId, (tx) => history(tx, { limit: 50 }, by))).items;
    for (const why of ["tantangan_terpakai", "kunci_tidak_sah", "kode_salah"]) assert.ok(told.some((entry) => entry.type === "sign_in_refused" && entry.why === why), why);
    assert.ok(told.some((entry) => entry.type === "session_elsewhere"));
  });
});
