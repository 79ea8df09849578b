import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { describe, test } from "node:test";
import { expectGolden } from "@lontar/testkit";
import fc from "fast-check";
import { matrix } from "../../test/matrix.ts";
import { systemActor, type Actor } from "../kernel/actor.ts";
import {
  decideDisposition, evolveDisposition, faultOfGiving, isInAuthority, isLate, mayDisposition, noDisposition, restingAt, tracesOfDisposition, wordsFor, wordsVisible,
  type DispositionCommand, type DispositionEvent, type DispositionState, type Node, type Place,
} from "./disposition.ts";

const named = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const at = "2026-11-24T01:00:00.000Z";
const system = systemActor(named(0), at, "2026-11-24", "WITA", "r");
const person = (n: number, title: string): Actor => ({ ...system, personId: named(100 + n), personName: `Orang ${n}`, positionId: named(200 + n), positionTitle: title, unitId: named(1) });

const pemberi = person(1, "Sekda");
const penerima = person(2, "Kadis");
const lain = person(3, "Camat");
const people = { pemberi, penerima, lain, "pemberi menepi": { ...pemberi, asideFor: "Plh." }, "penerima menepi": { ...penerima, asideFor: "Plh." } };

const letter = { sender: "Provinsi", title: "Evaluasi SPBE", number: "005/1", security: "B", urgency: "biasa" } as const;
const give: Extract<DispositionCommand, { type: "give" }> = { type: "give", letterId: named(5), letter, parentId: null, toId: penerima.positionId, toTitle: "Kadis", responsible: true, instructions: ["Tindak lanjuti"], note: "", due: "2026-11-26T04:00:00.000Z", isInAuthority: true, hasHolder: true };
const passOn: DispositionCommand = { type: "pass_on", to: [{ title: "Kabid", responsible: true }, { title: "Kasi", responsible: false }], reach: "below" };

const attach: DispositionCommand = { type: "attach", file: { sha256: "ab".repeat(32), name: "rekap.pdf", mediaType: "application/pdf", size: 1, pages: 1 } };

type Act = readonly [DispositionCommand, Actor];
const run = (acts: readonly Act[]): DispositionState =>
  acts.reduce<DispositionState>((state, [command, by]) => {
    const decision = decideDisposition(state, command, by);
    assert.ok("events" in decision, `${command.type} is refused: ${JSON.stringify(decision)}`);
    return decision.events.reduce<DispositionState>(evolveDisposition, state);
  }, noDisposition);

const given: Act = [give, pemberi];
const reported: readonly Act[] = [given, [{ type: "report", note: "Selesai" }, penerima]];
const states: Readonly<Record<string, DispositionState>> = {
  "belum ada": noDisposition,
  belum_dibaca: run([given]),
  "belum_dibaca, tembusan": run([[{ ...give, responsible: false }, pemberi]]),
  dibaca: run([given, [{ type: "open" }, penerima]]),
  "dibaca, rahasia": run([[{ ...give, letter: { ...letter, security: "R", title: "Sampul tertutup" } }, pemberi], [{ type: "open" }, penerima]]),
  diproses: run([given, [{ type: "progress", note: "Sedang" }, penerima]]),
  berlampiran: run([given, [attach, penerima]]),
  "diteruskan, menunggu bawahan": run([given, [passOn, penerima]]),
  "diteruskan, bawahan selesai": run([given, [passOn, penerima], [{ type: "settle", because: "diterima" }, penerima]]),
  dilaporkan: run(reported),
  dikembalikan: run([...reported, [{ type: "giveBack", reason: "Lengkapi" }, pemberi]]),
  diterima: run([...reported, [{ type: "accept", note: "" }, pemberi]]),
  ditarik: run([given, [{ type: "withdraw", reason: "Salah" }, pemberi]]),
};
const commands: Readonly<Record<string, DispositionCommand>> = {
  beri: give,
  "beri di luar wewenang": { ...give, isInAuthority: false },
  "beri surat rahasia ke jabatan kosong": { ...give, letter: { ...letter, security: "R" }, hasHolder: false },
  buka: { type: "open" },
  teruskan: passOn,
  "teruskan ke rekan": { ...passOn, reach: "beside" },
  "teruskan tanpa siapa pun": { ...passOn, reach: "none" },
  "bawahan selesai": { type: "settle", because: "diterima" },
  "catat tindak lanjut": { type: "progress", note: "Sedang" },
  lampirkan: attach,
  "batalkan lampiran": { type: "detach", sha256: "ab".repeat(32) },
  laporkan: { type: "report", note: "Selesai" },
  "laporkan tanpa isi": { type: "report", note: "" },
  "terima laporan": { type: "accept", note: "" },
  kembalikan: { type: "giveBack", reason: "Lengkapi" },
  "kembalikan tanpa alasan": { type: "giveBack", reason: "" },
  tarik: { type: "withdraw", reason: "" },
};

describe("the rule of one receiver", () => {
  test("every state, command and person has the outcome that was reviewed", () => {
    expectGolden(fileURLToPath(new URL("disposition.golden.txt", import.meta.url)), matrix({ title: "keadaan × perintah × orang → hasil; dibuat oleh disposition.test.ts, dibaca saat penelaahan", states, commands, people, decide: decideDisposition }));
  });

  test("what is offered is what the rule allows", () => {
    const offered = Object.entries(states).map(([name, state]) => `${name}: ${Object.entries(people).flatMap(([who, by]) => (mayDisposition(state, by, "below").length > 0 ? [`${who} ${mayDisposition(state, by, "below").join("/")}`] : [])).join(" | ") || "-"}`);
    assert.deepEqual(offered, [
      "belum ada: -",
      "belum_dibaca: pemberi withdraw | penerima open/dispose/progress/attach/report | penerima menepi open",
      "belum_dibaca, tembusan: pemberi withdraw | penerima open/dispose/progress/attach/report | penerima menepi open",
      "dibaca: penerima dispose/progress/attach/report",
      "dibaca, rahasia: penerima open/dispose/progress/attach/report | penerima menepi open",
      "diproses: penerima dispose/progress/attach/report",
      "berlampiran: penerima dispose/progress/attach/report",
      "diteruskan, menunggu bawahan: penerima dispose/progress/attach",
      "diteruskan, bawahan selesai: penerima dispose/progress/attach/report",
      "dilaporkan: pemberi accept/giveBack",
      "dikembalikan: penerima dispose/progress/attach/report",
      "diterima: -",
      "ditarik: -",
    ]);
  });

  test("who has colleagues only is still offered to pass on, who has nobody is not", () => {
    const dibaca = states["dibaca"];
    assert.ok(dibaca !== undefined);
    assert.deepEqual((["below", "beside", "none"] as const).map((reach) => mayDisposition(dibaca, penerima, reach).join("/")), ["dispose/progress/attach/report", "dispose/progress/attach/report", "progress/attach/report"]);
  });

  test("it waits on exactly the desk whose turn it is", () => {
    const waiting = Object.entries(states).map(([name, state]) => `${name}: ${tracesOfDisposition(named(6), state).duties.map((duty) => `${duty.act} ${duty.positionId === pemberi.positionId ? "pemberi" : "penerima"}${duty.unread ? " (baru)" : ""}`).join(", ") || "-"}`);
    assert.deepEqual(waiting, [
      "belum ada: -",
      "belum_dibaca: tindak_lanjut penerima (baru)",
      "belum_dibaca, tembusan: baca penerima (baru)",
      "dibaca: tindak_lanjut penerima",
      "dibaca, rahasia: tindak_lanjut penerima",
      "diproses: tindak_lanjut penerima",
      "berlampiran: tindak_lanjut penerima",
      "diteruskan, menunggu bawahan: tindak_lanjut penerima",
      "diteruskan, bawahan selesai: tindak_lanjut penerima",
      "dilaporkan: terima_laporan pemberi (baru)",
      "dikembalikan: tindak_lanjut penerima (baru)",
      "diterima: -",
      "ditarik: -",
    ]);
  });

  test("the stored events alone rebuild the state, whatever is tried", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...Object.values(commands)), fc.constantFrom(...Object.values(people))), { maxLength: 30 }), (tried) => {
        let state = noDisposition;
        const stored: string[] = [];
        for (const [command, by] of tried) {
          const decision = decideDisposition(state, command, by);
          if (!("events" in decision)) continue;
          for (const event of decision.events) stored.push(JSON.stringify(event));
          state = decision.events.reduce<DispositionState>(evolveDisposition, state);
          if (state.status !== "belum_ada") assert.ok(state.awaiting >= 0);
        }
        const replayed = stored.reduce<DispositionState>((before, event) => evolveDisposition(before, JSON.parse(event)), noDisposition);
        assert.deepEqual(JSON.parse(JSON.stringify(replayed)), JSON.parse(JSON.stringify(state)));
      }),
    );
  });
});

describe("the sheet as a whole", () => {
  const one = { positionId: penerima.positionId, responsible: true, own: null };
  const beside = { positionId: lain.positionId, responsible: false, own: null };
  const own = { instructions: ["Untuk diketahui"], note: "", due: null };
  const sheet = { recipients: [one], instructions: ["Tindak lanjuti"], note: "", due: null };
  const cases: readonly (readonly [string, Parameters<typeof faultOfGiving>[0], ReturnType<typeof faultOfGiving>])[] = [
    ["a complete sheet", sheet, undefined],
    ["nobody", { ...sheet, recipients: [] }, "no_recipient"],
    ["himself", { ...sheet, recipients: [{ ...one, positionId: pemberi.positionId }] }, "dispose_to_self"],
    ["nobody responsible", { ...sheet, recipients: [{ ...one, responsible: false }] }, "responsible_not_recipient"],
    ["two responsible", { ...sheet, recipients: [one, { ...beside, responsible: true }] }, "responsible_not_recipient"],
    ["one post twice", { ...sheet, recipients: [one, { ...one, responsible: false }] }, "responsible_not_recipient"],
    ["no word of what to do", { ...sheet, instructions: [] }, "no_instruction"],
    ["only a note", { ...sheet, instructions: [], note: "Hadiri" }, undefined],
    ["own words for one receiver beside the common ones", { ...sheet, recipients: [one, { ...beside, own }] }, undefined],
    ["own words for every receiver, no common ones", { ...sheet, instructions: [], recipients: [{ ...one, own }, { ...beside, own }] }, undefined],
    ["own words for one, none for the other", { ...sheet, instructions: [], recipients: [one, { ...beside, own }] }, "no_instruction"],
    ["own words that say nothing", { ...sheet, recipients: [one, { ...beside, own: { ...own, instructions: [] } }] }, "no_instruction"],
    ["one receiver's own deadline is over", { ...sheet, recipients: [one, { ...beside, own: { ...own, due: at } }] }, "due_in_past"],
    ["due this very moment", { ...sheet, due: at }, "due_in_past"],
    ["due in a second", { ...sheet, due: "2026-11-24T01:00:01Z" }, undefined],
  ];
  for (const [name, giving, fault] of cases) test(`${name}: ${fault ?? "in order"}`, () => assert.equal(faultOfGiving(giving, pemberi), fault));

  test("own words replace the common ones as a whole: a common note or deadline does not leak into them", () => {
    const common = { instructions: ["Tindak lanjuti"], note: "Segera", due: "2026-11-26T04:00:00.000Z" };
    assert.deepEqual(wordsFor(common, own), own);
    assert.deepEqual(wordsFor(common, null), common);
  });
});

describe("authority of the giver (domain 2.2)", () => {
  const place = (n: number, superior: number | null, role: string): Place => ({ id: named(n), superiorId: superior === null ? null : named(superior), role });
  const bupati = place(1, null, "bupati");
  const sekda = place(2, 1, "sekda");
  const kadis = place(3, 2, "kepala");
  const camat = place(4, 2, "kepala");
  const kabid = place(5, 3, "kepala_bidang");
  const kabidOther = place(6, 4, "kepala_seksi");
  const cases: readonly (readonly [string, Place, Place, boolean, boolean, boolean])[] = [
    ["down to one's own people", kadis, kabid, true, false, true],
    ["beside, under the same superior", kadis, camat, false, false, true],
    ["up to one's superior", kabid, kadis, false, false, false],
    ["up, even as addressee", kadis, sekda, false, true, false],
    ["to a head elsewhere, as addressee", place(7, 1, "asisten"), camat, false, true, true],
    ["to a head elsewhere, further down the path", kabid, camat, false, false, false],
    ["to the people of another office", kadis, kabidOther, false, true, false],
    ["two tops are not colleagues", bupati, place(8, null, "bupati"), false, false, false],
  ];
  for (const [name, giver, to, isBelow, isAddressee, allowed] of cases) test(`${name}: ${allowed ? "yes" : "no"}`, () => assert.equal(isInAuthority(giver, to, isBelow, isAddressee), allowed));
});

describe("lateness", () => {
  const base = run([given]);
  const after = "2026-11-26T04:00:00.001Z";
  const cases: readonly (readonly [string, DispositionState, string, boolean])[] = [
    ["open, at the deadline", base, "2026-11-26T04:00:00.000Z", false],
    ["open, after the deadline", base, after, true],
    ["reported in time, looked at later", run(reported), after, false],
    ["accepted, reported in time", run([...reported, [{ type: "accept", note: "" }, pemberi]]), after, false],
    ["returned after the deadline", run([...reported, [{ type: "giveBack", reason: "x" }, pemberi]]), after, true],
    ["withdrawn", run([given, [{ type: "withdraw", reason: "" }, pemberi]]), after, false],
  ];
  for (const [name, state, now, late] of cases) test(`${name}: ${late ? "late" : "in time"}`, () => assert.equal(state.status !== "belum_ada" && isLate(state, now), late));
});

describe("sight inside the tree", () => {
  // sekda → kadis(a) → kabid(b) → staf(c); sekda → camat(d) → kasi(e)
  const node = (id: number, parentId: number | null, from: number, to: number): Node => {
    const state = run([[{ ...give, parentId: parentId === null ? null : named(parentId), toId: named(200 + to) }, person(from, `Jabatan ${from}`)]]);
    assert.ok(state.status !== "belum_ada");
    return { ...state, id: named(id) };
  };
  const nodes = [node(11, null, 1, 2), node(12, 11, 2, 3), node(13, 12, 3, 4), node(14, null, 1, 5), node(15, 14, 5, 6)];
  const letters = new Map(nodes.map((each, index) => [each.id, "abcde"[index]]));
  const seen = (n: number): string => [...wordsVisible(nodes, person(n, ""), false)].map((id) => letters.get(id)).toSorted().join("");
  const cases: readonly (readonly [string, number, string])[] = [["sekda, who gave at the top, all", 1, "abcde"], ["kadis, his own branch", 2, "abc"], ["staf, the path above him", 4, "abc"], ["camat, only his branch", 5, "de"], ["kasi, his path", 6, "de"], ["a stranger, nothing", 9, ""]];
  for (const [name, n, expected] of cases) test(`${name}: ${expected || "-"}`, () => assert.equal(seen(n), expected));

  test("the letter rests with whoever must act next", () => {
    assert.deepEqual(restingAt([...nodes.slice(0, 2).map((each) => ({ ...each, awaiting: 1 })), ...nodes.slice(2, 3)]), [named(204)]);
    assert.deepEqual(restingAt(nodes.slice(2, 3).map((each): Node => ({ ...each, status: "dilaporkan" }))), [named(203)]);
  });
});

test("who judged a report as Plh. goes on reading what he judged after his mandate; what was judged before this was so stays as it is stored", () => {
  const plh: Actor = { ...lain, positionId: pemberi.positionId, holding: { ...pemberi.holding, kind: "plh", basis: "SPT 1" } };
  const reported = run([[give, pemberi], [{ type: "open" }, penerima], [{ type: "report", note: "selesai" }, penerima]]);
  const isReader = (state: DispositionState): boolean => tracesOfDisposition(named(6), state).readers.some(({ holder }) => holder === `person:${plh.personId}`);
  assert.equal(isReader(reported), false);
  for (const command of [{ type: "accept", note: "" }, { type: "giveBack", reason: "kurang" }] as const) {
    const decision = decideDisposition(reported, command, plh);
    assert.ok("events" in decision);
    assert.equal(isReader(decision.events.reduce<DispositionState>(evolveDisposition, reported)), true, command.type);
    const before = decision.events.map((event): DispositionEvent => (event.type === "disposition.accepted" ? { type: event.type, note: event.note, receiver: event.receiver, at: event.at, by: event.by } : event.type === "disposition.returned" ? { type: event.type, reason: event.reason, receiver: event.receiver, at: event.at, by: event.by } : event));
    assert.equal(isReader(before.reduce<DispositionState>(evolveDisposition, reported)), false, command.type);
  }
});

// The event type is part of the promise to the log: a renamed event would leave old evidence unreadable.
test("events keep their names", () => {
  const names: readonly DispositionEvent["type"][] = ["disposition.given", "disposition.opened", "disposition.reopened", "disposition.passed_on", "disposition.settled", "disposition.progressed", "disposition.attached", "disposition.detached", "disposition.reported", "disposition.accepted", "disposition.returned", "disposition.withdrawn"];
  const made = new Set(Object.values(states).flatMap((state) => Object.values(commands).flatMap((command) => Object.values(people).flatMap((by) => { const decision = decideDisposition(state, command, by); return "events" in decision ? decision.events.map((event) => event.type) : []; }))));
  assert.deepEqual([...made].toSorted(), names.toSorted());
});
