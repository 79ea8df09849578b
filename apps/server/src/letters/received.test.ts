import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { describe, test } from "node:test";
import { expectGolden } from "@lontar/testkit";
import fc from "fast-check";
import { matrix } from "../../test/matrix.ts";
import { systemActor, type Actor, type PostFunction } from "../kernel/actor.ts";
import type { StoredFile } from "../kernel/files/take.ts";
import { decideReceived, evolveReceived, isSecret, mayReceived, noLetter, tracesOfReceived, type ReceivedCommand, type ReceivedEvent, type ReceivedFacts, type ReceivedState } from "./received.ts";

const named = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const office = named(1);
const elsewhere = named(2);
const at = "2026-11-24T01:00:00.000Z";
const system = systemActor(named(0), at, "2026-11-24", "WITA", "r");
const person = (n: number, title: string, unitId: string, functions: readonly PostFunction[]): Actor => ({ ...system, personId: named(100 + n), personName: `Orang ${n}`, positionId: named(200 + n), positionTitle: title, unitId, functions });

const tu = person(1, "TU", office, ["registrar", "archivist"]);
const tuLain = person(2, "TU Lain", elsewhere, ["registrar", "archivist"]);
const kepala = person(3, "Kepala", office, ["leader"]);
const staf = person(4, "Staf", office, []);
const people = { tu, tuLain, kepala, staf, "kepala menepi": { ...kepala, asideFor: "Plh." }, sistem: system };

const file: StoredFile = { sha256: "a".repeat(64), name: "pindaian.pdf", mediaType: "application/pdf", size: 10, pages: 2 };
const facts: ReceivedFacts = { sender: "Provinsi", number: "005/1/2026", date: "2026-11-20", subject: "Evaluasi SPBE", summary: "", receivedOn: "2026-11-24", attachment: "", medium: "kertas", security: "B", urgency: "biasa", classification: null, due: null };
const atOffice = { unitId: office, registrars: [tu.positionId] };
const to = { positionId: kepala.positionId, title: kepala.positionTitle };

const receive: ReceivedCommand = { type: "receive", file, ...atOffice };
const register = (over: Partial<Extract<ReceivedCommand, { type: "register" }>> = {}): ReceivedCommand => ({ type: "register", facts, separateBecause: "", duplicates: [], isLeaf: true, agenda: 41, year: 2026, dueAt: null, ...over });
const arrive: ReceivedCommand = { type: "arrive", files: [file], facts, origin: { kind: "internal", issuedId: named(9) }, to, copy: false, agenda: 7, year: 2026, dueAt: null, ...atOffice };
const direct: ReceivedCommand = { type: "direct", to, hasHolder: true };
const dispose: ReceivedCommand = { type: "dispose", to: [{ title: "Kabid", responsible: true }, { title: "Kasi", responsible: false }] };
const settle: ReceivedCommand = { type: "settle", because: "diterima" };
const close: ReceivedCommand = { type: "close", note: "Tuntas" };
const filing: ReceivedCommand = { type: "file", dossierId: named(10), dossier: "SPBE" };
const discard: ReceivedCommand = { type: "discard", reason: "Salah pindai" };
const open: ReceivedCommand = { type: "open" };

type Act = readonly [ReceivedCommand, Actor];

/** The events and the state that some acts lead to; an act that is refused fails the test. */
const run = (acts: readonly Act[], start: ReceivedState = noLetter): { readonly state: ReceivedState; readonly events: readonly ReceivedEvent[] } => {
  let state = start;
  const events: ReceivedEvent[] = [];
  for (const [command, by] of acts) {
    const decision = decideReceived(state, command, by);
    assert.ok("events" in decision, `${command.type} is refused: ${JSON.stringify(decision)}`);
    events.push(...decision.events);
    state = decision.events.reduce<ReceivedState>(evolveReceived, state);
  }
  return { state, events };
};

const secret = register({ facts: { ...facts, security: "R" } });
const path: readonly Act[] = [[receive, tu], [register(), tu], [direct, tu], [open, kepala], [dispose, kepala], [settle, kepala], [close, kepala], [filing, tu]];
const states: Readonly<Record<string, ReceivedState>> = {
  "belum ada": noLetter,
  diterima: run(path.slice(0, 1)).state,
  tercatat: run(path.slice(0, 2)).state,
  diarahkan: run(path.slice(0, 3)).state,
  dibaca: run(path.slice(0, 4)).state,
  "didisposisi, menunggu laporan": run(path.slice(0, 5)).state,
  "didisposisi, laporan diterima": run(path.slice(0, 6)).state,
  selesai: run(path.slice(0, 7)).state,
  diberkaskan: run(path).state,
  dibuang: run([[receive, tu], [discard, tu]]).state,
  "tercatat, rahasia": run([[receive, tu], [secret, tu]]).state,
  "dibaca, rahasia": run([[receive, tu], [secret, tu], [direct, tu], [open, kepala]]).state,
  "tembusan dari dalam": run([[{ ...arrive, copy: true }, system]]).state,
};
const commands: Readonly<Record<string, ReceivedCommand>> = {
  "unggah pindaian": receive,
  "terima dari dalam": arrive,
  catat: register(),
  "catat, klasifikasi judul": register({ facts: { ...facts, classification: "800" }, isLeaf: false }),
  "catat, kembar": register({ duplicates: [{ id: named(11), agenda: "0001", subject: "x", receivedOn: null, registered: null, why: "nomor_sama" }] }),
  "catat, kembar dengan alasan": register({ duplicates: [{ id: named(11), agenda: "0001", subject: "x", receivedOn: null, registered: null, why: "nomor_sama" }], separateBecause: "Ralat" }),
  buang: discard,
  arahkan: direct,
  "arahkan ke jabatan kosong": { type: "direct", to: { positionId: named(299), title: "Kosong" }, hasHolder: false },
  buka: open,
  disposisikan: dispose,
  "laporan diterima": settle,
  selesaikan: close,
  berkaskan: filing,
};

describe("the rule of received letters", () => {
  test("every state, command and person has the outcome that was reviewed", () => {
    expectGolden(fileURLToPath(new URL("received.golden.txt", import.meta.url)), matrix({ title: "keadaan × perintah × orang → hasil; dibuat oleh received.test.ts, dibaca saat penelaahan", states, commands, people, decide: decideReceived }));
  });

  test("what is offered is what the rule allows", () => {
    const offered = Object.entries(states).map(([name, state]) => `${name}: ${Object.entries(people).flatMap(([who, by]) => (mayReceived(state, by).length > 0 ? [`${who} ${mayReceived(state, by).join("/")}`] : [])).join(" | ") || "-"}`);
    assert.deepEqual(offered, [
      "belum ada: -",
      "diterima: tu register/discard",
      "tercatat: tu direct",
      "diarahkan: tu direct | kepala open/dispose/close | kepala menepi open",
      "dibaca: kepala dispose/close",
      "didisposisi, menunggu laporan: kepala dispose",
      "didisposisi, laporan diterima: kepala dispose/close",
      "selesai: tu file | kepala file | kepala menepi file",
      "diberkaskan: -",
      "dibuang: -",
      "tercatat, rahasia: tu direct",
      "dibaca, rahasia: kepala open/dispose/close | kepala menepi open",
      "tembusan dari dalam: tu direct | kepala open/dispose/close | kepala menepi open",
    ]);
  });

  test("a letter waits on exactly the desk whose turn it is", () => {
    const waiting = Object.entries(states).map(([name, state]) => `${name}: ${tracesOfReceived(named(5), state).duties.map((duty) => `${duty.act} ${duty.positionId === tu.positionId ? "tu" : "kepala"}${duty.unread ? " (baru)" : ""}`).join(", ") || "-"}`);
    assert.deepEqual(waiting, [
      "belum ada: -",
      "diterima: catat tu",
      "tercatat: arahkan tu",
      "diarahkan: disposisi kepala (baru)",
      "dibaca: disposisi kepala",
      "didisposisi, menunggu laporan: -",
      "didisposisi, laporan diterima: selesaikan kepala",
      "selesai: berkaskan tu",
      "diberkaskan: -",
      "dibuang: -",
      "tercatat, rahasia: arahkan tu",
      "dibaca, rahasia: disposisi kepala",
      "tembusan dari dalam: baca kepala (baru)",
    ]);
  });

  test("a desk never shows the subject of a secret letter", () => {
    for (const state of Object.values(states)) {
      if (state.status === "belum_ada" || !isSecret(state)) continue;
      for (const duty of tracesOfReceived(named(5), state).duties) assert.deepEqual([duty.title, JSON.stringify(duty).includes(facts.subject)], ["Sampul tertutup", false]);
    }
  });

  test("a letter that is directed anew leaves the first addressee his sight and moves the duty", () => {
    const other = { positionId: staf.positionId, title: staf.positionTitle };
    const { state } = run([...path.slice(0, 3), [{ type: "direct", to: other, hasHolder: true }, tu]]);
    const traces = tracesOfReceived(named(5), state);
    assert.deepEqual(traces.duties.map((duty) => duty.positionId), [staf.positionId]);
    assert.deepEqual(traces.readers.filter((reader) => reader.rule === "dituju").map((reader) => reader.holder), [`position:${kepala.positionId}`, `position:${staf.positionId}`]);
  });

  test("closing without reading first is also a reading", () => {
    assert.deepEqual(run([...path.slice(0, 3), [close, kepala]]).events.slice(-2).map((event) => event.type), ["received.opened", "received.closed"]);
  });

  test("whatever is tried in whatever order, the stored events alone rebuild the state, and counts stay sound", () => {
    const acts = fc.array(fc.tuple(fc.constantFrom(...Object.values(commands)), fc.constantFrom(...Object.values(people))), { maxLength: 30 });
    fc.assert(
      fc.property(acts, (tried) => {
        let state = noLetter;
        const stored: string[] = [];
        for (const [command, by] of tried) {
          const decision = decideReceived(state, command, by);
          if (!("events" in decision)) continue;
          for (const event of decision.events) stored.push(JSON.stringify(event));
          state = decision.events.reduce<ReceivedState>(evolveReceived, state);
          if (state.status === "belum_ada") continue;
          assert.ok(state.awaiting >= 0);
          if (state.status === "selesai") assert.equal(state.awaiting, 0);
          assert.equal(state.agenda === null, state.status === "diterima" || state.status === "dibuang");
        }
        const replayed = stored.reduce<ReceivedState>((before, event) => evolveReceived(before, JSON.parse(event)), noLetter);
        assert.deepEqual(JSON.parse(JSON.stringify(replayed)), JSON.parse(JSON.stringify(state)));
      }),
    );
  });
});
