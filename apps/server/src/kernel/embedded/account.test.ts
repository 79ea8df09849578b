import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseAccount, runningUser } from "./account.ts";
import { EmbeddedDatabaseFault } from "./fault.ts";

test("a user id without an account, as containers give it, is told what to do instead of a system error", () => {
  const ask = (): never => {
    throw new Error("uv_os_get_passwd returned ENOENT");
  };
  assert.throws(() => chooseAccount("/nowhere/pg", () => runningUser(ask)), (error) => error instanceof EmbeddedDatabaseFault && /no account on this machine.*DATABASE_URL/.test(error.message));
});

test("an ordinary user runs PostgreSQL as himself", () => {
  assert.deepEqual(chooseAccount("/nowhere/pg", () => ({ name: "sari", uid: 1000, gid: 1000 })), { name: "sari", uid: 1000, gid: 1000, switchTo: false });
});
