import assert from "node:assert/strict";
import { test } from "node:test";
import { nobody } from "../../kernel/actor.ts";
import { decideParcel, evolveParcel, noParcel, type Destination, type ParcelCommand, type ParcelState } from "./parcel.ts";

const by = { at: "2026-11-24T01:00:00.000Z", personId: nobody };
const letter = { ...noParcel.letter, number: "1", file: { ...noParcel.letter.file, sha256: "ab".repeat(32) } };
const partner: Destination = { kind: "partner", tenantId: "t", label: "Desa Bukit Raya" };
const external: Destination = { kind: "external", email: "a@contoh.id", token: "rahasia", label: "Ibu Ani" };
const queue = (destination: Destination): ParcelCommand => ({ type: "queue", letterId: "l", destination, copy: false, letter });
const receipt: ParcelCommand = { type: "receipted", text: "r", signature: "s" };
const fail: ParcelCommand = { type: "failed", reason: "x" };
const given = (commands: readonly ParcelCommand[]): ParcelState =>
  commands.reduce<ParcelState>((state, command) => {
    const decision = decideParcel(state, command, by);
    return "refused" in decision ? state : decision.events.reduce(evolveParcel, state);
  }, noParcel);

test("a parcel waits until its receipt or until its page is opened, whatever came before", () => {
  const table: readonly (readonly [readonly ParcelCommand[], ParcelState["status"]])[] = [
    [[receipt], "tidak_ada"],
    [[queue(partner)], "antre"],
    [[queue(partner), queue(external)], "antre"],
    [[queue(partner), fail], "gagal"],
    [[queue(partner), fail, receipt], "diterima"],
    [[queue(partner), receipt, fail], "diterima"],
    [[queue(partner), { type: "viewed" }], "antre"],
    [[queue(external), { type: "sent" }], "terkirim"],
    [[queue(external), { type: "sent" }, { type: "viewed" }], "diterima"],
    [[queue(external), receipt], "antre"],
  ];
  for (const [commands, status] of table) assert.equal(given(commands).status, status);
});

test("the secret link is found only for someone outside", () => {
  assert.equal(given([queue(external)]).token, "rahasia");
  assert.equal(given([queue(partner)]).token, null);
});

test("the same news twice makes no event", () => {
  for (const commands of [[queue(partner)], [queue(partner), receipt], [queue(partner), fail], [queue(external), { type: "sent" }], [queue(external), { type: "viewed" }]] as const satisfies readonly (readonly ParcelCommand[])[]) {
    const last = commands.at(-1);
    assert.ok(last !== undefined);
    assert.deepEqual(decideParcel(given(commands), last, by), { events: [] });
  }
});
