/**
 * How much of what does not fit the red flags find in a year, how often they are wrong, and what looking costs. An office that is kept
 * (`BENCH_DATA`) is only looked through: what each kind takes for all years, and for the acts of its last day.
 */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { logSigner } from "../../src/audit/index.ts";
import { flags, search } from "../../src/flags/index.ts";
import { findingsNamed, generate, plants, scoreOf } from "../../src/generate/index.ts";
import { realSource } from "../../src/kernel/ids.ts";
import { readTenant, openDatabase } from "../../src/kernel/db.ts";
import { logSize, measureOf, searchFor } from "../../src/flags/store.ts";
import { createOffice } from "../../test/office.ts";
import { isKept, openFilled } from "../../test/filled.ts";

/** One measured thing. */
export type Metric = { readonly name: string; readonly value: number; readonly unit: string; readonly [more: string]: unknown };

const letters = Number(process.env["BENCH_LETTERS"] ?? 20_000);
const each = 3;
const seed = Number(process.env["BENCH_SEED"] ?? 7);

/** Looks through the office that is kept, or makes one. */
export const run = (): Promise<Metric[]> => (isKept ? lookThrough() : plantAndFind());

const mostRows = 20_000;
const actsOfADay = 10_000;

/** Each kind over the whole log, and over the newest acts. Nothing is raised. */
const lookThrough = async (): Promise<Metric[]> => {
  const { pool, tenantId, size, close } = await openFilled("bench_flags");
  try {
    const db = openDatabase(pool);
    const now = realSource.now();
    const to = await readTenant(db, tenantId, (tx) => logSize(tx, tenantId));
    const total = { all: 0, day: 0 };
    const metrics: Metric[] = [];
    for (const flag of flags) {
      const look = async (from: number, since: string): Promise<{ readonly seconds: number; readonly found: number }> => {
        const started = performance.now();
        const rows = await readTenant(db, tenantId, (tx) => searchFor(tx, flag, { tenantId, zone: "WITA", from, to, since, now }, measureOf(flag, undefined), mostRows));
        return { seconds: rounded(secondsSince(started)), found: rows.length };
      };
      const all = await look(0, "1970-01-01T00:00:00.000Z");
      const day = await look(Math.max(1, to - actsOfADay), new Date(Date.parse(now) - 86_400_000).toISOString());
      total.all += all.seconds;
      total.day += day.seconds;
      metrics.push({ name: `flags ${flag.code} ${flag.name}: all years, ${size}`, value: all.seconds, unit: "seconds", found: all.found, day: day.seconds, foundInADay: day.found });
      process.stderr.write(`${JSON.stringify(metrics.at(-1))}\n`);
    }
    return [
      ...metrics,
      { name: `flags: looking at all ${to} events with ${flags.length} kinds, ${size}`, value: rounded(total.all), unit: "seconds" },
      { name: `flags: looking at what is new of ${actsOfADay} acts, ${size}`, value: rounded(total.day), unit: "seconds" },
    ];
  } finally {
    await close();
  }
};

/** Fills an office of its own with a year, plants in it, and looks at all of it; then at the little that one more letter brings. */
const plantAndFind = async (): Promise<Metric[]> => {
  const office = await createOffice("bench_flags");
  const keys = await mkdtemp(join(tmpdir(), "lontar-bench-"));
  try {
    const { pool } = office;
    const { tenantId } = await office.actor("kadis");
    const signer = await logSigner(keys, tenantId);
    const now = realSource.now();
    const fill = (count: number, codes: readonly string[]) => generate({
      db: office.db, pool, tenantId, now, signer, threads: count > 4000 ? Math.min(availableParallelism(), 4) : 0,
      putFile: async (bytes) => ({ sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length }), report: () => undefined,
    }, { letters: count, people: 300, seed, plant: { codes, each } });
    const made = await fill(letters, Object.keys(plants));
    const searching = { db: office.db, source: { now: () => now } };
    const seconds: Record<string, number> = {};
    const started = performance.now();
    for (const flag of flags) {
      const begun = performance.now();
      await search(searching, tenantId, [flag]);
      seconds[flag.code] = rounded(secondsSince(begun));
    }
    const whole = secondsSince(started);
    const score = scoreOf(made.planted, await findingsNamed(pool, tenantId));
    await fill(0, ["D-02"]);
    const again = performance.now();
    await search(searching, tenantId);
    const little = secondsSince(again);
    const all = made.letters + made.outgoing;
    const falseByCode = Object.fromEntries([...Map.groupBy(score.falseAlarms, ({ code }) => code)].map(([code, list]) => [code, list.length]));
    return [
      ...score.byCode.map(({ code, planted, found }): Metric => ({ name: `flags ${code} ${flags.find((flag) => flag.code === code)?.name}: found of ${planted} planted`, value: found, unit: "plants", planted, seconds: seconds[code] })),
      { name: `flags: all found of ${made.planted.length} planted in ${made.letters} letters in and ${made.outgoing} out`, value: made.planted.length - score.missed.length, unit: "plants", missed: score.missed.map(({ code }) => code) },
      { name: `flags: false alarms, ${score.falseAlarms.length} in ${all} letters`, value: rounded((score.falseAlarms.length / all) * 1000), unit: "per 1,000 letters", byCode: falseByCode },
      { name: `flags: looking at all ${made.events} events with ${flags.length} kinds`, value: rounded(whole / (made.events / 100_000)), unit: "seconds per 100,000 events" },
      { name: "flags: looking at what is new of three letters", value: rounded(little), unit: "seconds" },
    ];
  } finally {
    await office.close();
    await rm(keys, { recursive: true });
  }
};

const secondsSince = (started: number): number => (performance.now() - started) / 1000;
const rounded = (value: number): number => Number(value.toFixed(3));

if (import.meta.main) console.table(await run());
