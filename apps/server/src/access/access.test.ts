import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceName, isAlive, limits, mayAttempt } from "./access.ts";

test("a session ends twelve hours after sign-in and four hours after its last use", () => {
  const cases: readonly (readonly [since: number, seen: number, alive: boolean])[] = [
    [0, 0, true],
    [limits.sessionMs - 1, 0, true],
    [limits.sessionMs, 0, false],
    [limits.idleMs, limits.idleMs - 1, true],
    [limits.idleMs, limits.idleMs, false],
  ];
  for (const [since, seen, alive] of cases) assert.equal(isAlive({ sinceMs: -since, lastSeenMs: -seen }, 0), alive);
});

test("guessing stops by name from one address, by address, and by name from everywhere", () => {
  assert.equal(mayAttempt({ forPair: 7, forName: 199, forAddress: 39 }), true);
  assert.equal(mayAttempt({ forPair: 8, forName: 8, forAddress: 8 }), false);
  assert.equal(mayAttempt({ forPair: 0, forName: 200, forAddress: 0 }), false);
  assert.equal(mayAttempt({ forPair: 0, forName: 0, forAddress: 40 }), false);
});

test("devices are named as people name them", () => {
  assert.equal(deviceName("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"), "Chrome di Android");
  assert.equal(deviceName("curl/8"), "Peramban lain di sistem lain");
});
