import assert from "node:assert/strict";
import { test } from "node:test";
import { timeWords } from "../kernel/time.ts";
import type { TreeNode } from "./letter-acts.ts";
import { drawHolders, drawTree, type TreeWords } from "./tree-view.ts";

const post = (id: string, holder: string | null = `Pejabat ${id}`, holding: "definitif" | "plh" | null = "definitif") => ({ id, title: `Kepala ${id}`, unit: "", holder, holding });
const node = (id: string, given: Partial<TreeNode> = {}): TreeNode => ({ id, parentId: null, from: post("sekda"), fromPerson: "Syamsul", to: post(id), responsible: false, instructions: ["Koordinasikan"], note: "", due: "2026-11-24T08:00:00Z", late: false, status: "dibaca", given: "2026-11-24T00:00:00Z", changed: "2026-11-24T00:30:00Z", report: null, files: [], progress: [], returnReason: null, may: [], children: [], ...given });
const words: TreeWords = { me: { positionId: "sekda" }, time: timeWords("WITA"), now: new Date("2026-11-24T01:12:00Z"), you: "Anda", vacant: "kosong", holding: { definitif: "", plt: "Plt.", plh: "Plh.", pj: "Pj." }, waitsForYou: "menunggu Anda", until: (at) => `batas ${at}`, acts: () => undefined, fileHref: (sha) => `/f/${sha}` };

test("the giver stands above his receivers, and is called you when it is you", () => {
  const [root, ...others] = drawTree({ tree: [node("a"), node("b")], holders: [] }, words);
  assert.equal(others.length, 0);
  assert.equal(root?.person, "Anda, hari ini 08.00");
  assert.deepEqual(root?.children.map((child) => child.post), ["Kepala a", "Kepala b"]);
});

test("two givers make two trees", () => {
  assert.equal(drawTree({ tree: [node("a"), node("b", { from: post("bupati"), fromPerson: "Bupati" })], holders: [] }, words).length, 2);
});

test("a report that waits for me says so, and an accepted one no longer counts down", () => {
  const [root] = drawTree({ tree: [node("a", { status: "dilaporkan", report: { note: "5 posko", at: "2026-11-24T01:00:00Z" }, files: [{ sha256: "ab", name: "posko.pdf", mediaType: "application/pdf", size: 1, pages: 1 }] }), node("b", { status: "diterima" })], holders: [] }, words);
  assert.equal(root?.children[0]?.stateWords, "menunggu Anda");
  assert.equal(root?.children[0]?.report?.note, "5 posko");
  assert.deepEqual(root?.children[0]?.files, [{ name: "posko.pdf", href: "/f/ab" }]);
  assert.equal(root?.children[1]?.deadline, null);
});

test("an acting holder and a vacant post are said in words, not by their looks alone", () => {
  const [root] = drawTree({ tree: [node("a", { to: post("a", "Sulaiman", "plh") }), node("b", { to: post("b", null, null) })], holders: [] }, words);
  assert.equal(root?.children[0]?.person, "Sulaiman · Plh.");
  assert.equal(root?.children[0]?.avatar, "acting");
  assert.equal(root?.children[1]?.person, "kosong");
  assert.equal(root?.children[1]?.avatar, "vacant");
});

test("a late deadline is late with its words; one to come says until when", () => {
  const [root] = drawTree({ tree: [node("a", { due: "2026-11-24T00:12:00Z", late: true }), node("b")], holders: [] }, words);
  assert.equal(root?.children[0]?.deadline?.words, "lewat 1 jam");
  assert.equal(root?.children[1]?.detail, "batas hari ini 16.00");
});

test("who holds it now is named, late ones marked", () => {
  const late = node("a", { late: true });
  assert.deepEqual(drawHolders({ tree: [late], holders: [post("sekda"), post("a")] }, words, [late]), [{ name: "Anda", isLate: false }, { name: "Kepala a", isLate: true }]);
});
