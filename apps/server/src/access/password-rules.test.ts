import assert from "node:assert/strict";
import { test } from "node:test";
import { fillFilter, foldPassword, isInFilter } from "./breached.ts";
import { isPassword, hashPassword } from "./password.ts";
import { contextWords, lengthOf, mayStandAlone, passwordFault, type PasswordFault } from "./password-rules.ts";

const words = contextWords({ username: "kadis", name: "Dra. Siti Rahma Wulandari, M.Si.", government: ["Kabupaten Penajam Paser Utara", "Kab. PPU"] });

test("what may be chosen, alone and beside a second factor", async () => {
  const table: readonly (readonly [password: string, alone: PasswordFault | undefined, beside: PasswordFault | undefined])[] = [
    ["1234567", "password_too_short", "password_too_short"],
    ["hujan turun", "password_too_short_alone", undefined],
    ["hujan turun deras", undefined, undefined],
    ["x".repeat(20), "password_monotonous", "password_monotonous"],
    ["121212121212121212", "password_monotonous", "password_monotonous"],
    ["Siti Rahma Wulandari", "password_names_context", "password_names_context"],
    ["kadis Lontar Penajam Paser Utara", "password_names_context", "password_names_context"],
    ["kadis suka durian runtuh", undefined, undefined],
    ["password1", "password_too_short_alone", "password_breached"],
    ["1q2w3e4r5t6y7u8i", "password_breached", "password_breached"],
    ["Indonesia!!!1945!!!", "password_breached", "password_breached"],
    ["ᮕᮏᮏᮛᮔ᮪ ᮞᮥᮔ᮪ᮓ ᮊᮥᮔ", undefined, undefined],
    ["🌊🌴🌋🐘🦜🌺🍍🥥🎋🛶🏝️🌞🌧️🌾", undefined, undefined],
    [`${"karang ".repeat(9)}`, undefined, undefined],
  ];
  for (const [password, alone, beside] of table) {
    assert.equal(await passwordFault(password, { hasSecondFactor: false, words }), alone, password);
    assert.equal(await passwordFault(password, { hasSecondFactor: true, words }), beside, password);
  }
});

test("letters are counted as people count them, and one letter typed two ways is one", async () => {
  assert.deepEqual([lengthOf("é"), lengthOf("e\u0301"), lengthOf("😀"), mayStandAlone("a".repeat(15)), mayStandAlone("a".repeat(14))], [1, 1, 1, true, false]);
  const stored = await hashPassword("café di tepi pantai");
  assert.ok(await isPassword(stored, "cafe\u0301 di tepi pantai"));
  assert.ok(!(await isPassword(stored, "Café di tepi pantai")), "letters are not made small");
  const long = `${"ombak ".repeat(33)}`;
  assert.ok(!(await isPassword(await hashPassword(long), long.slice(0, -1))), "nothing is cut off");
});

test("the list finds every one of its passwords, and hardly any other", () => {
  const known = Array.from({ length: 5000 }, (_, n) => foldPassword(`Bocor-${n}-Sandi`));
  const filter = fillFilter(known);
  assert.ok(known.every((password) => isInFilter(filter, password.toUpperCase())));
  const others = Array.from({ length: 5000 }, (_, n) => `lain-${n}-sandi`).filter((password) => isInFilter(filter, password));
  assert.ok(others.length <= 3, `${others.length} false alarms`);
});
