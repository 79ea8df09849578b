import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type pg from "pg";
import { createOffice } from "../../test/office.ts";
import { check, logSigner } from "../audit/index.ts";
import { realSource } from "../kernel/ids.ts";
import { findingsNamed, generate, plants, scoreOf } from "../generate/index.ts";
import { machines } from "../main.ts";
import { flags } from "./registry.ts";
import { search } from "./search.ts";

const now = realSource.now(); // findings are events of their own, recorded now

describe("the registry of red flags", () => {
  test("holds every file of kinds/ once, in the order of its codes", () => {
    const files = readdirSync(new URL("kinds/", import.meta.url)).map((name) => name.replace(/\.ts$/, ""));
    assert.deepEqual(flags.map(({ name }) => name).toSorted(), files.toSorted());
    assert.deepEqual(flags.map(({ code }) => code), [...new Set(flags.map(({ code }) => code))].toSorted());
    assert.ok(flags.length >= 15);
  });

  test("every kind speaks both languages, has a measure within its own bounds, and something that is planted for it", () => {
    for (const flag of flags) {
      for (const words of [flag.rule, flag.innocent, flag.missing, ...Object.values(flag.parameters).map(({ label }) => label)]) assert.ok(words.id !== "" && words.en !== "" && words.id !== words.en, flag.code);
      for (const words of [flag.rule, flag.innocent, flag.missing]) assert.ok(words.id.endsWith(".") && words.en.endsWith("."), flag.code);
      assert.ok(flag.isMeasure(flag.standard), flag.code);
      assert.ok(!flag.isMeasure({ ...flag.standard, other: 1 }), flag.code);
      for (const [name, parameter] of Object.entries(flag.parameters)) if (parameter.kind === "angka") for (const value of [parameter.least - 1, parameter.most + 1, Number.NaN]) assert.ok(!flag.isMeasure({ ...flag.standard, [name]: value }), `${flag.code} ${name} ${value}`);
    }
    assert.deepEqual(Object.keys(plants).toSorted(), flags.map(({ code }) => code));
  });
});

test("in a clean year the kinds are silent; what is planted then is found by its kind and by no other, once, and the office is whole", async () => {
  const office = await createOffice("flags_planted");
  const keys = await mkdtemp(join(tmpdir(), "lontar-keys-"));
  try {
    const { pool } = office;
    const { tenantId } = await office.actor("kadis");
    const signer = await logSigner(keys, tenantId);
    const plant = async (letters: number, codes: readonly string[]) => {
      const { planted, events } = await generate({
        db: office.db, pool, tenantId, now, signer, report: () => undefined,
        putFile: async (bytes) => ({ sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length }),
      }, { letters, people: 120, seed: 11, plant: { codes, each: 1 } });
      return { planted, events };
    };
    const searching = { db: office.db, source: { now: () => now } };
    const clean = await plant(300, []);
    assert.ok(clean.events > 3000);
    assert.equal((await search(searching, tenantId)).raised, 0);
    assert.deepEqual(await findingsNamed(pool, tenantId), []);

    // What comes into the log now is looked at by the searches that go on where the last ended.
    const { planted } = await plant(0, flags.map(({ code }) => code));
    assert.equal((await search(searching, tenantId)).raised, flags.length);
    const score = scoreOf(planted, await findingsNamed(pool, tenantId));
    assert.deepEqual([score.missed, score.falseAlarms], [[], []]);
    assert.equal((await search(searching, tenantId)).raised, 0);

    // Looked at from the beginning again, it is the same: nothing is raised twice, and nothing lapses.
    await pool.query("update flag_scan set measure = ''");
    const { raised, lapsed } = await search(searching, tenantId);
    assert.deepEqual([raised, lapsed], [0, 0]);
    await sayings(pool, tenantId);
    const { findings } = await check({ pool, tenantId, files: { verify: async () => ({ state: "intact" as const }), beginsWith: async () => true }, machines, signer });
    assert.deepEqual(findings, []);
  } finally {
    await office.close();
    await rm(keys, { recursive: true });
  }
});

/** Every finding is told in whole sentences of both languages, with nothing left unfilled. */
const sayings = async (pool: pg.Pool, tenantId: string): Promise<void> => {
  const { rows } = await pool.query<{ code: string; state: { facts: unknown } }>("select code, state from finding where tenant_id = $1 order by code", [tenantId]);
  for (const { code, state } of rows) {
    const told = flags.find((flag) => flag.code === code)?.tell(state.facts, "WITA") ?? assert.fail(`no kind ${code}`);
    for (const language of ["id", "en"] as const) {
      assert.match(told.sentence[language], /^.+[.]$/, code);
      for (const words of [told.title, told.about, told.sentence, ...told.letter.map(({ label }) => label)]) assert.doesNotMatch(words[language], /undefined|null|NaN|Invalid|^$/, code);
    }
    for (const mark of [...told.letter, ...(told.gap === null ? [] : [told.gap])]) assert.ok(mark.to === null || mark.from <= mark.to, `${code}: ${mark.from} to ${mark.to}`);
  }
};
