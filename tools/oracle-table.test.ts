import assert from "node:assert/strict";
import { test } from "node:test";
import { tableOf } from "./oracle-table.ts";

test("what the judges say is a table: agreed, differs, and why one cannot tell, each reason once", () => {
  const cells = [
    { row: "B-B", column: "qpdf", ok: true, detail: "" },
    { row: "B-B, Ed25519", column: "qpdf", ok: false, detail: "broken" },
    { row: "B-B", column: "pdfsig", ok: undefined, detail: "not installed" },
    { row: "B-B, Ed25519", column: "pdfsig", ok: undefined, detail: "not installed" },
  ];
  assert.equal(tableOf(cells), `
              qpdf  pdfsig
B-B           ✔     (1)
B-B, Ed25519  ✖     (1)
(1) pdfsig: not installed

`);
  assert.equal(tableOf([]), "");
});
