import assert from "node:assert/strict";
import { test } from "node:test";
import { askSignIn, waitingForSignIn } from "./sign-in-gate.ts";

test("many interrupted calls share one dialog, and the next interruption opens a new one", async () => {
  const first = askSignIn();
  const second = askSignIn();
  const dialog = waitingForSignIn.get();
  dialog?.answer(true);
  assert.deepEqual(await Promise.all([first, second]), [true, true]);
  assert.equal(waitingForSignIn.get(), undefined);
  const third = askSignIn();
  assert.notEqual(waitingForSignIn.get(), dialog);
  waitingForSignIn.get()?.answer(false);
  assert.equal(await third, false);
});
