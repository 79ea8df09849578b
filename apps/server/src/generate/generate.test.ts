import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createOffice } from "../../test/office.ts";
import { check, logSigner, replayable, sequenceTenant, type Finding } from "../audit/index.ts";
import { dispositionMachine, dispositionStore, noDisposition } from "../dispositions/index.ts";
import { draftMachine, draftStore } from "../drafts/index.ts";
import { noLetter, receivedMachine, receivedStore } from "../letters/index.ts";
import { organisationKinds } from "../organisation/index.ts";
import { dossierMachine, dossierStore, noDossier } from "../records/index.ts";
import { generate, type Generated } from "./index.ts";

const { units, positions, persons, holdings } = organisationKinds;
const machines = [
  replayable(units.machine, units.store, null),
  replayable(positions.machine, positions.store, null),
  replayable(persons.machine, persons.store, null),
  replayable(holdings.machine, holdings.store, null),
  replayable(receivedMachine, receivedStore, noLetter),
  replayable(dispositionMachine, dispositionStore, noDisposition),
  replayable(draftMachine, draftStore, null),
  replayable(dossierMachine, dossierStore, noDossier),
];
const now = "2026-11-24T03:00:00.000Z";

/** Fills a fresh office and answers what was made and what the integrity check found. */
const filled = async (name: string): Promise<{ readonly made: Generated; readonly findings: readonly Finding[] }> => {
  const office = await createOffice(name);
  const keys = await mkdtemp(join(tmpdir(), "lontar-keys-"));
  try {
    const { tenantId } = await office.actor("kadis");
    const signer = await logSigner(keys, tenantId);
    const made = await generate({
      db: office.db, pool: office.pool, tenantId, now,
      putFile: async (bytes) => ({ sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length }),
      signer,
      report: () => undefined,
    }, { letters: 200, people: 120, seed: 7 });
    const { findings } = await check({ pool: office.pool, tenantId, files: { verify: async () => ({ state: "intact" as const }) }, machines, signer });
    return { made, findings };
  } finally {
    await office.close();
    await rm(keys, { recursive: true });
  }
};

test("a generated office is whole, and the same seed makes the same office", async () => {
  const [one, two] = [await filled("generate_one"), await filled("generate_two")];
  assert.deepEqual(one.findings, []);
  assert.equal(one.made.letters, 200);
  assert.ok(one.made.dispositions > 200 && one.made.events > 2000);
  assert.deepEqual(two.made, one.made);
});
