import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { expectGolden } from "@lontar/testkit";
import { machines } from "../main.ts";
import { matrices, printed, sentenceOf } from "./matrix.ts";

test("every act of every kind of person in every state, as the page shows it", () => {
  expectGolden(fileURLToPath(new URL("matrix.golden.txt", import.meta.url)), printed(matrices()));
});

test("everything that is made by events has its matrix; that every command of it is drawn is the compiler's to say", () => {
  assert.deepEqual(matrices().map(({ thing }) => thing).toSorted(), machines.map(({ kind }) => kind).toSorted());
});

test("the matrix has an answer for every cell, a sentence for every refusal, and nobody who may do all", () => {
  for (const { thing, roles, acts, states } of matrices()) {
    for (const { outcomes } of states) assert.deepEqual([outcomes.length, ...outcomes.map((row) => row.length)], [acts.length, ...acts.map(() => roles.length)], thing);
    const cells = states.flatMap(({ outcomes }) => outcomes.flat());
    assert.ok(cells.every((outcome) => outcome === "boleh" || outcome === "sudah" || (sentenceOf(outcome) ?? "") !== ""));
    // Each act can be done by somebody in some state: what is never allowed is a column drawn wrongly.
    for (const [index, act] of acts.entries()) assert.ok(states.some(({ outcomes }) => outcomes[index]?.includes("boleh")), `${thing}: ${act}`);
    // Beginning is everyone's whose facts allow it, and a dossier is its office's leaders'; nothing else is a stranger's.
    for (const { state, outcomes } of states) if (state !== "belum_ada" && thing !== "dossier") assert.ok(outcomes.every((row) => row[roles.indexOf("lain")] !== "boleh"), `${thing} ${state}: a stranger acts`);
  }
});
