import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { expectGolden } from "@lontar/testkit";
import { matrix } from "../../test/matrix.ts";
import { nobody, systemActor, type Actor, type PostFunction } from "../kernel/actor.ts";
import { decide, evolve, isHeldBack, type AccountCommand, type AccountEvent, type AccountState, type AccountWord, type Method } from "./account.ts";

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const at = "2026-08-03T02:00:00.000Z";
const owner = id(100);

const person = (personId: string, functions: readonly PostFunction[] = [], now = at): Actor => ({ ...systemActor(id(1), now, now.slice(0, 10), "WITA", "uji"), personId, functions });
const pemilik = person(owner);
const admin = person(id(101), ["admin"]);
const people = { pemilik, admin, "admin untuk dirinya": person(owner, ["admin"]), "orang lain": person(id(102), ["leader", "signer"]), pintu: person(nobody) };

const of = (word: AccountWord): AccountCommand => ({ ...word, of: owner });
const demand = { graceDays: 14 };
const enter = (method: Method, demanded: boolean): AccountWord => ({ type: "enter", session: id(7), device: "Chrome di Windows", method, isNew: false, codesLeft: method === "sandi_pemulihan" ? 9 : null, demand: demanded ? demand : null });
const key = (n: number) => ({ id: id(200 + n), name: `Ponsel ${n}`, seal: "ab".repeat(32) });

const words: Readonly<Record<string, AccountWord>> = {
  "create": { type: "create", username: "orang", passwordSeal: "x" },
  "invite": { type: "invite", username: "orang" },
  "renewLink": { type: "renewLink", reason: "lupa" },
  "activate": { type: "activate", passwordSeal: "x" },
  "block": { type: "block", reason: "diperiksa" },
  "unblock": { type: "unblock", reason: "selesai" },
  "resetFactors": { type: "resetFactors", reason: "ponsel hilang" },
  "expel": { type: "expel", reason: "ponsel hilang" },
  "enter, sandi": enter("sandi", false),
  "enter, sandi, diwajibkan": enter("sandi", true),
  "enter, sso, diwajibkan": enter("sso", true),
  "enter, sso_mfa, diwajibkan": enter("sso_mfa", true),
  "enter, sandi dan kode, diwajibkan": enter("sandi_kode", true),
  "enter, kode pemulihan, diwajibkan": enter("sandi_pemulihan", true),
  "enter, kunci, diwajibkan": enter("kunci", true),
  "refuse": { type: "refuse", device: "Chrome di Windows", why: "kode_salah" },
  "leave": { type: "leave" },
  "switchPost": { type: "switchPost", from: id(8) },
  "endSession": { type: "endSession", session: id(7) },
  "endSessions": { type: "endSessions" },
  "loseSession": { type: "loseSession", session: id(7), opened: "Chrome di Windows", used: "Firefox di Linux" },
  "changePassword": { type: "changePassword", passwordSeal: "y" },
  "setSecondFactor": { type: "setSecondFactor" },
  "removeSecondFactor": { type: "removeSecondFactor", mayStandAlone: true, isDemanded: false },
  "removeSecondFactor, sandi pendek": { type: "removeSecondFactor", mayStandAlone: false, isDemanded: false },
  "removeSecondFactor, diwajibkan": { type: "removeSecondFactor", mayStandAlone: true, isDemanded: true },
  "makeRecoveryCodes": { type: "makeRecoveryCodes", count: 10 },
  "addPasskey": { type: "addPasskey", passkey: key(9) },
  "renamePasskey": { type: "renamePasskey", id: key(1).id, name: "Ponsel dinas" },
  "removePasskey": { type: "removePasskey", id: key(1).id, mayStandAlone: true, isDemanded: false },
  "removePasskey, sandi pendek": { type: "removePasskey", id: key(1).id, mayStandAlone: false, isDemanded: false },
  "removePasskey, diwajibkan": { type: "removePasskey", id: key(1).id, mayStandAlone: true, isDemanded: true },
  "useRecoveryCode": { type: "useRecoveryCode", left: 8 },
  "proveFresh": { type: "proveFresh", sha256: "ab".repeat(32), documents: ["ab".repeat(32)], method: "kode", proof: null },
  "disown": { type: "disown", week: "2026-08-03", note: "bukan saya" },
};
const commands = Object.fromEntries(Object.entries(words).map(([name, word]) => [name, of(word)]));

const said = (state: AccountState | null, word: AccountWord, by: Actor): readonly AccountEvent[] => {
  const decision = decide(state, of(word), by);
  assert.ok("events" in decision, `${word.type}: ${JSON.stringify(decision)}`);
  return decision.events;
};
const run = (start: AccountState | null, ...words: readonly (readonly [AccountWord, Actor])[]): AccountState =>
  words.reduce<AccountState | null>((state, [word, by]) => said(state, word, by).reduce<AccountState | null>(evolve, state), start) ?? assert.fail("no account");

const waiting = run(null, [{ type: "invite", username: "orang" }, admin]);
const active = run(waiting, [{ type: "activate", passwordSeal: "x" }, people.pintu]);
const asked = run(active, [enter("sandi", true), pemilik]);
const late = run(active, [enter("sandi", true), person(owner, [], "2026-07-01T02:00:00.000Z")]);
const withCode = run(active, [{ type: "setSecondFactor" }, pemilik], [{ type: "makeRecoveryCodes", count: 10 }, pemilik]);
const withKey = run(active, [{ type: "addPasskey", passkey: key(1) }, pemilik], [{ type: "makeRecoveryCodes", count: 10 }, pemilik]);
const withBoth = run(withCode, [{ type: "addPasskey", passkey: key(1) }, pemilik]);
const tenKeys = run(withKey, ...Array.from({ length: 9 }, (_, n) => [{ type: "addPasskey", passkey: key(n + 2) }, pemilik] as const));
const states = {
  "belum ada": null, "menunggu aktivasi": waiting, "aktif, kata sandi saja": active, "aktif, diminta mengamankan": asked, "aktif, tenggat lewat": late, "aktif, dengan kode": withCode,
  "aktif, satu kunci": withKey, "aktif, kunci dan kode": withBoth, "aktif, sepuluh kunci": tenKeys, "diblokir": run(withKey, [{ type: "block", reason: "diperiksa" }, admin]),
};

describe("the rule of accounts", () => {
  test("every state, command and person has the outcome that was reviewed", () => {
    expectGolden(fileURLToPath(new URL("account.golden.txt", import.meta.url)), matrix({ title: "keadaan × perintah × orang → hasil; dibuat oleh account.test.ts, dibaca saat penelaahan", states, commands, people, decide }));
  });

  test("who owes a second proof is asked once, enters freely until the day, and no further than securing the account from it on", () => {
    assert.equal(asked.secureBy, "2026-08-17T02:00:00.000Z");
    assert.equal(run(asked, [enter("sandi", true), person(owner, [], "2026-08-10T02:00:00.000Z")]).secureBy, asked.secureBy, "asking again gives no new days");
    for (const [when, method, isDemanded, isBack] of [
      ["2026-08-17T01:59:59.999Z", "sandi", true, false],
      ["2026-08-17T02:00:00.000Z", "sandi", true, true],
      ["2027-01-01T00:00:00.000Z", "sandi", true, true],
      ["2027-01-01T00:00:00.000Z", "sso", true, true],
      ["2027-01-01T00:00:00.000Z", "sandi", false, false],
      ["2027-01-01T00:00:00.000Z", "sso_mfa", true, false],
      ["2027-01-01T00:00:00.000Z", "sandi_kode", true, false],
      ["2027-01-01T00:00:00.000Z", "sandi_pemulihan", true, false],
      ["2027-01-01T00:00:00.000Z", "kunci", true, false],
    ] as const) {
      const last = said(asked, enter(method, isDemanded), person(owner, [], when)).at(-1);
      assert.equal(last?.type === "account.signed_in" && last.isHeldBack === true, isBack, `${when} ${method}`);
      assert.equal(isHeldBack(asked, { method, demand: isDemanded ? demand : null }, when), isBack, `${when} ${method}`);
    }
    const none = said(active, { type: "enter", session: id(7), device: "x", method: "sandi", isNew: false, codesLeft: null, demand: { graceDays: 0 } }, pemilik);
    assert.deepEqual(none.map((event) => event.type === "account.signed_in" && event.isHeldBack === true), [false, true], "without grace the first entry is held back");
  });

  test("factors taken off give no new days of grace, and leave recovery codes only where another factor stands", () => {
    const [off] = [run(late, [{ type: "setSecondFactor" }, pemilik], [{ type: "resetFactors", reason: "hilang" }, admin])];
    assert.deepEqual([off.secureBy, off.secondFactor], [late.secureBy, false]);
    assert.equal(run(withBoth, [{ type: "removeSecondFactor", mayStandAlone: false, isDemanded: true }, pemilik]).recoveryCodes, 10);
    assert.equal(run(withCode, [{ type: "removeSecondFactor", mayStandAlone: true, isDemanded: false }, pemilik]).recoveryCodes, 0);
    assert.equal(run(withKey, [{ type: "removePasskey", id: key(1).id, mayStandAlone: true, isDemanded: false }, pemilik]).recoveryCodes, 0);
    assert.equal(run(withBoth, [{ type: "removePasskey", id: key(1).id, mayStandAlone: false, isDemanded: true }, pemilik]).recoveryCodes, 10);
  });

  test("events of the version before make the state that it stored", () => {
    const before: readonly AccountEvent[] = [{ type: "account.created", username: "orang", passwordSeal: "x" }, { type: "account.passkey_added", passkey: key(1) }, { type: "account.second_factor_set" }, { type: "account.recovery_codes_made", count: 10 }, { type: "account.second_factor_removed" }, { type: "account.passkey_removed", id: key(1).id, name: "Ponsel 1" }];
    assert.deepEqual(before.reduce<AccountState | null>(evolve, null), { username: "orang", status: "aktif", hasPassword: true, passwordSeal: "x", secondFactor: false, recoveryCodes: 0, passkeys: [] });
  });
});
