import assert from "node:assert/strict";
import { test } from "node:test";
import { systemActor, type Actor } from "../kernel/actor.ts";
import { decideRequest, evolveRequest, isNik, maskForm, requestStatus, tracesOfRequest, type RequestCommand, type RequestState } from "./request.ts";

const system = systemActor("t", "2026-11-24T01:00:00.000Z", "2026-11-24", "WITA", "r");
const operator: Actor = { ...system, personId: "o", positionId: "operator", functions: ["operator"] };
const kades: Actor = { ...system, personId: "k", positionId: "kades", functions: ["signer"] };
const form = { applicant: "Warga", sealed: "x" };
const enter: RequestCommand = { type: "enter", service: "S", serviceTitle: "Surat S", officeId: "o", form, token: "tok" };
const verify: RequestCommand = { type: "verify", draftId: "d", note: "" };
const signed: RequestCommand = { type: "signed", number: "1" };
const handOver: RequestCommand = { type: "handOver" };
const cancel: RequestCommand = { type: "cancel", reason: "batal" };
const giveBack: RequestCommand = { type: "giveBack", note: "KK kurang" };

const given = (...commands: readonly RequestCommand[]): RequestState | null =>
  commands.reduce<RequestState | null>((state, command) => {
    const decision = decideRequest(state, command, command.type === "signed" ? system : operator);
    assert.ok("events" in decision, `${command.type} is refused`);
    return decision.events.reduce<RequestState | null>(evolveRequest, state);
  }, null);
const outcome = (state: RequestState | null, command: RequestCommand, by: Actor): string => {
  const decision = decideRequest(state, command, by);
  return "refused" in decision ? decision.refused : (decision.events[0]?.type ?? "nothing");
};

test("a request goes forward one step at a time and never skips", () => {
  const table: readonly (readonly [RequestState | null, RequestCommand, string])[] = [
    [null, enter, "request.entered"],
    [null, verify, "not_found"],
    [given(enter), handOver, "wrong_state"],
    [given(enter), signed, "wrong_state"],
    [given(enter), verify, "request.verified"],
    [given(enter), giveBack, "request.returned"],
    [given(enter), { ...giveBack, note: "" }, "reason_needed"],
    [given(enter, giveBack), verify, "request.verified"],
    [given(enter, giveBack), giveBack, "wrong_state"],
    [given(enter, verify), cancel, "wrong_state"],
    [given(enter, verify), signed, "request.ready"],
    [given(enter, verify, signed), signed, "nothing"],
    [given(enter, verify, signed), handOver, "request.collected"],
    [given(enter, cancel), verify, "wrong_state"],
  ];
  for (const [state, command, expected] of table) assert.equal(outcome(state, command, command.type === "signed" ? system : operator), expected, `${state?.status ?? "none"} ${command.type}`);
});

test("only the operator works at the counter, and only the signature itself makes a letter ready", () => {
  assert.equal(outcome(given(enter, verify), signed, operator), "not_yours");
  for (const [state, command] of [[null, enter], [given(enter), verify], [given(enter), giveBack], [given(enter), cancel], [given(enter, verify, signed), handOver]] as const) assert.equal(outcome(state, command, kades), "not_yours");
});

test("what waits is on the operator's desk until the village chain has it, and again when it is ready", () => {
  assert.deepEqual([given(enter), given(enter, verify), given(enter, verify, signed), given(enter, verify, signed, handOver)].map((state) => tracesOfRequest("id", state).duties.map((duty) => duty.act)), [["verifikasi"], [], ["selesaikan"], []]);
  assert.equal(given(enter, verify)?.status, requestStatus.awaitingSignature);
});

test("a NIK is sixteen digits with a day and a month in them, and is shown masked", () => {
  for (const [nik, good] of [["6409014501900001", true], ["6409013112800002", true], ["640901450190000", false], ["6409017501900001", false], ["6409010113900001", false], ["64090145019000o1", false]] as const) assert.equal(isNik(nik), good, nik);
  assert.deepEqual(maskForm({ nik: "6409014501900001", nama: "Sri" }), { nik: "6409••••••••••01", nama: "Sri" });
});
