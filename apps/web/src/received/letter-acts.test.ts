import assert from "node:assert/strict";
import { test } from "node:test";
import { actsOn, isSecret, nodesIn, placed, readingsToTell, type LetterView, type TreeNode } from "./letter-acts.ts";

const post = (title: string) => ({ id: title, title, unit: "", holder: title, holding: "definitif" as const });
const node = (id: string, given: Partial<TreeNode>): TreeNode => ({ id, parentId: null, from: post("Sekda"), fromPerson: "Sekda", to: post(id), responsible: true, instructions: [], note: "", due: null, late: false, status: "dibaca", given: "2026-11-24T01:00:00Z", changed: "2026-11-24T01:00:00Z", report: null, files: [], progress: [], returnReason: null, may: [], children: [], ...given });
const letter = (given: Partial<LetterView>): LetterView => ({ id: "l", status: "dibaca", revision: 1, agenda: "0001", nextAgenda: null, unit: "Setda", facts: null, files: [], reading: null, directedTo: null, holders: [], tree: [], related: [], dossier: null, duplicates: [], registeredBy: null, closedNote: null, may: [], copy: false, reach: "below", ...given });
const kinds = (view: LetterView): readonly string[] => actsOn(view).map((act) => ("node" in act && act.node !== undefined ? `${act.kind} ${act.node.id}` : act.kind));

test("the main act follows the letter's way through the office", () => {
  assert.deepEqual(kinds(letter({ status: "diterima", agenda: null, may: ["register", "discard"] })), ["register", "discard"]);
  assert.deepEqual(kinds(letter({ status: "tercatat", may: ["direct"] })), ["direct"]);
  assert.deepEqual(kinds(letter({ status: "dibaca", may: ["dispose", "close"] })), ["dispose", "close", "reply"]);
  assert.deepEqual(kinds(letter({ status: "didisposisi", may: ["dispose", "close"] })), ["close", "dispose", "reply"]);
  assert.deepEqual(kinds(letter({ status: "selesai", may: ["file"] })), ["file"]);
});

test("a report that waits for me comes before everything else", () => {
  const tree = [node("BPBD", { status: "dilaporkan", may: ["accept", "giveBack"] }), node("Camat", { status: "belum_dibaca", may: ["withdraw"] })];
  assert.deepEqual(kinds(letter({ status: "didisposisi", may: ["dispose"], tree })), ["accept BPBD", "giveBack BPBD", "dispose", "reply", "withdraw Camat"]);
});

const mine = (responsible: boolean, may: readonly string[] = ["dispose", "progress", "report"]) => [node("BPBD", { responsible, may: [...may] })];

test("the responsible receiver reports; he hands on only where someone stands below him, and to colleagues last", () => {
  assert.deepEqual(kinds(letter({ tree: mine(true) })), ["report BPBD", "dispose BPBD", "progress BPBD", "reply"]);
  assert.deepEqual(kinds(letter({ tree: mine(true), reach: "beside" })), ["report BPBD", "progress BPBD", "reply", "dispose BPBD"]);
  assert.deepEqual(kinds(letter({ tree: mine(true, ["progress", "report"]), reach: "none" })), ["report BPBD", "progress BPBD", "reply"]);
});

test("of whoever is only informed nothing is asked: no large button, and what he may do stands beside", () => {
  const place = (view: LetterView) => { const { main, other, more } = placed(view); return [main?.kind, other?.kind, more.map((act) => act.kind).join(" ")]; };
  assert.deepEqual(place(letter({ tree: mine(false) })), [undefined, "dispose", "progress report reply"]);
  assert.deepEqual(place(letter({ tree: mine(false, ["progress", "report"]), reach: "none" })), [undefined, "progress", "report reply"]);
  assert.deepEqual(place(letter({ status: "dibaca", may: ["dispose", "close"], copy: true, reach: "none" })), [undefined, "close", "reply dispose"]);
  assert.deepEqual(place(letter({ tree: [...mine(false), node("Camat", { status: "dilaporkan", may: ["accept", "giveBack"] })] }))[0], "accept");
});

test("the addressee who has nobody below him finishes the letter himself", () => {
  assert.deepEqual(kinds(letter({ may: ["dispose", "close"], reach: "none" })), ["close", "reply", "dispose"]);
});

test("what cannot be taken back is never the large button, not even when nothing else is left", () => {
  const finished = letter({ status: "diberkaskan", tree: [node("Asisten", { status: "belum_dibaca", may: ["withdraw"] })] });
  assert.deepEqual(placed(finished), { main: undefined, other: undefined, more: actsOn(finished) });
  const fresh = letter({ status: "diterima", agenda: null, may: ["register", "discard"] });
  assert.deepEqual(placed(fresh), { main: { kind: "register" }, other: undefined, more: [{ kind: "discard" }] });
});

test("nothing is offered that the server does not allow", () => {
  assert.deepEqual(kinds(letter({ tree: [node("BPBD", { children: [node("Kabid", {})] })] })), []);
});

test("reading is told for the letter and for each of my nodes, wherever they stand", () => {
  const tree = [node("a", { children: [node("b", { may: ["open"] })] })];
  assert.deepEqual(nodesIn(tree).map((each) => each.id), ["a", "b"]);
  assert.deepEqual(readingsToTell(letter({ may: ["open"], tree })), [{ kind: "letter" }, { kind: "node", id: "b" }]);
});

test("rahasia and sangat rahasia are secret, terbatas is not, an unregistered scan is not", () => {
  const facts = (security: "B" | "T" | "R" | "SR"): LetterView["facts"] => ({ sender: "", number: "", date: "2026-11-20", subject: "", summary: "", receivedOn: "2026-11-24", attachment: "", medium: "kertas", security, urgency: "biasa", classification: null, due: null });
  assert.deepEqual((["B", "T", "R", "SR"] as const).map((security) => isSecret({ facts: facts(security) })), [false, false, true, true]);
  assert.equal(isSecret({ facts: null }), false);
});
