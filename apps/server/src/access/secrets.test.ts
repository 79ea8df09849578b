import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createAuthenticator } from "../../test/authenticator.ts";
import { createOffice, type TestOffice } from "../../test/office.ts";
import type { Caller } from "../kernel/http.ts";
import { realSource } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { openSeal } from "../kernel/seal.ts";
import { demoPassword } from "../seed/seed.ts";
import { activate, renewLink } from "./accounts.ts";
import { authenticate, signIn, type Access } from "./door.ts";
import { beginSecondFactor, changePassword, confirmSecondFactor } from "./factors.ts";
import { addPasskey, beginPasskey, beginPasskeyEntry, enterByPasskey } from "./passkeys.ts";
import { proveFreshByCode } from "./step-up.ts";
import { base32, totpCode } from "./totp.ts";

const origin = "https://surat.contoh.go.id";

describe("secrets of entering", () => {
  let office: TestOffice;
  before(async () => void (office = await createOffice("secrets")));
  after(() => office.close());

  test("are kept nowhere: no password, code, token, link, challenge or browser key in a table, an event, a job, a log line or an error", async () => {
    const lines: unknown[] = [];
    const keep = (facts: unknown, message: string): void => void lines.push([facts, message]);
    const access: Access = { db: office.db, source: realSource, seal: openSeal("rahasia-instalasi-untuk-uji-0123456789"), log: { info: keep, warn: keep, error: keep }, publicUrl: origin };
    const failed = async (attempt: Promise<unknown>): Promise<void> => attempt.then(() => assert.fail("it went through"), (error: unknown) => void lines.push(error instanceof Refused ? [error.code, error.message, error.facts] : String(error)));
    const anyone = (): Caller => ({ requestId: realSource.id(), address: "192.0.2.1", device: "uji", cookie: undefined, browser: undefined });
    const [wrong, chosen, byLink] = ["sandi-salah-bertanda-7391", "sandi baru bertanda 7391 ombak", "sandi tautan bertanda 7391 karang"];

    await failed(signIn(access, { username: "kasi", password: wrong }, anyone()));
    const entered = await signIn(access, { username: "kasi", password: demoPassword("kasi") }, anyone());
    const here: Caller = { ...anyone(), cookie: entered.cookie ?? undefined, browser: entered.browser };
    const by = (await authenticate(access, here)) ?? assert.fail("not signed in");
    await failed(changePassword(access, here, by, { password: wrong, code: null, next: chosen }));
    await changePassword(access, here, by, { password: demoPassword("kasi"), code: null, next: chosen });
    const { secret: text, ticket } = await beginSecondFactor(access, here, by, { password: chosen, code: null });
    const bits = [...text].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
    const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
    assert.equal(base32(secret), text);
    const { codes } = await confirmSecondFactor(access, here, by, { ticket, code: totpCode(secret, Math.floor(Date.parse(by.at) / 30_000)) });
    await failed(signIn(access, { username: "kasi", password: chosen, code: "ZZZZ-ZZZZ-7391" }, anyone()));
    const second = await signIn(access, { username: "kasi", password: chosen, code: codes[0] }, anyone());
    await proveFreshByCode(access, by, { documents: ["ab".repeat(32)], code: codes[1] ?? "" });
    const key = createAuthenticator(origin);
    const offer = await beginPasskey(access, here, by, { password: chosen, code: codes[2] ?? "" });
    await addPasskey(access, here, by, { name: "Ponsel", answer: key.make(offer) });
    const asked = await beginPasskeyEntry(access, anyone());
    const answer = key.answer(asked.answer);
    await failed(enterByPasskey(access, key.answer(asked.answer, { origin: "https://jahat.contoh" }), { ...anyone(), browser: asked.browser }));
    await enterByPasskey(access, answer, { ...anyone(), browser: asked.browser });
    await failed(enterByPasskey(access, answer, { ...anyone(), browser: asked.browser }));
    await failed(authenticate(access, { ...here, browser: asked.browser }));
    const link = await renewLink(access, await office.actor("admin"), { id: by.personId, reason: "uji" });
    const token = new URL(link.url).hash.slice(1);
    await activate(access, anyone(), { token, password: byLink });

    const clear = [wrong, chosen, byLink, text, ticket, ...codes, ...codes.map((code) => code.replaceAll("-", "")), token, entered.cookie, entered.browser, second.cookie, second.browser, offer.challenge, asked.answer.challenge, asked.browser].filter((value) => typeof value === "string");
    assert.ok(clear.length > 25 && clear.every((value) => value.length >= 12));
    // As it is, as PostgreSQL prints bytes, and as JSON carries them; tokens also as the bytes that they spell.
    const spelt = (value: string): readonly string[] => [value, Buffer.from(value).toString("hex"), Buffer.from(value).toString("base64").replace(/=+$/, ""), ...(/^[\w-]{43,}$/.test(value) ? [Buffer.from(value, "base64url").toString("hex")] : [])];
    const spellings = [...clear.flatMap(spelt), secret.toString("hex"), secret.toString("base64").replace(/=+$/, "")];
    const log = JSON.stringify(lines);
    assert.deepEqual(spellings.filter((spelling) => log.includes(spelling)), [], "in the log or an error");
    for (const personal of ["kasi", by.personName, by.personId, "192.0.2.1"]) assert.ok(!log.includes(personal), `the log says ${personal}`);
    const { rows: tables } = await office.pool.query<{ name: string }>("select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')");
    assert.ok(tables.length > 40);
    for (const { name } of tables) {
      const { rows } = await office.pool.query<{ n: string }>(`select count(*) as n from ${name} t where exists (select from unnest($1::text[]) s where position(s in t::text) > 0)`, [spellings]);
      assert.equal(rows[0]?.n, "0", name);
    }
  });
});
