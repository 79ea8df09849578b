import assert from "node:assert/strict";
import { test } from "node:test";
import { decideEnvelope, evolveEnvelope, type EnvelopeCommand, type EnvelopeState, type Outgoing } from "./outgoing.ts";

const by = { at: "2026-11-24T01:00:00.000Z" };
const outgoing: Outgoing = {
  letterId: "l", to: "t", label: "Desa Bukit Raya", copy: false, newsTask: "news",
  letter: { number: "1", date: "2026-11-24", subject: "s", office: "o", signer: "n", post: "p", urgency: "biasa", security: "B", attachment: "", code: "c", file: { sha256: "ab".repeat(32), name: "n", size: 1, pages: 1, mediaType: "application/pdf" } },
};
const given = (...commands: readonly EnvelopeCommand[]): EnvelopeState | null =>
  commands.reduce<EnvelopeState | null>((state, command) => {
    const decision = decideEnvelope(state, command, by);
    return "refused" in decision ? state : decision.events.reduce<EnvelopeState | null>(evolveEnvelope, state);
  }, null);
const queue = { type: "queue", outgoing } as const;
const receipt = { type: "receipt", text: "r", signature: "s" } as const;
const fail = { type: "fail", reason: "x" } as const;

test("an envelope waits until its receipt, whatever came before", () => {
  const table: readonly (readonly [readonly EnvelopeCommand[], EnvelopeState["status"] | undefined])[] = [
    [[], undefined],
    [[receipt], undefined],
    [[queue], "antre"],
    [[queue, queue], "antre"],
    [[queue, fail], "gagal"],
    [[queue, fail, receipt], "diterima"],
    [[queue, receipt, fail], "diterima"],
  ];
  for (const [commands, status] of table) assert.equal(given(...commands)?.status, status);
});

test("the same news twice makes no event", () => {
  for (const [before, command] of [[[queue], queue], [[queue, receipt], receipt], [[queue, fail], fail]] as const) assert.deepEqual(decideEnvelope(given(...before), command, by), { events: [] });
});
