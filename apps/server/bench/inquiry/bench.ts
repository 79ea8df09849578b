/**
 * How long the inspector's room takes to answer: letters and acts are looked for in every way that its form offers, under a mandate over
 * the whole office and under one over a single unit, and each question is asked. What is written for it is undone.
 */
import { sql } from "kysely";
import { actorOf, standingOf } from "../../src/access/index.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { inTenant, openDatabase, type Tx } from "../../src/kernel/db.ts";
import { realSource, type Id } from "../../src/kernel/ids.ts";
import { postsHeldBy } from "../../src/organisation/index.ts";
import type { ActFilter } from "../../src/inquiry/acts.ts";
import { answer, type Sentence } from "../../src/inquiry/queries.ts";
import type { Question } from "../../src/inquiry/report.ts";
import { lettersMeant, mostLetters, populationOf, walkActs } from "../../src/inquiry/store.ts";
import { lettersWithin } from "../../src/oversight/store.ts";
import { openFilled } from "../../test/filled.ts";

/** One measured thing; `ratio` is above 1 where the answer comes sooner than anybody would wonder whether something is broken. */
export type Metric = { readonly name: string; readonly value: number; readonly unit: string; readonly peer: string; readonly ratio: number };

const patienceMs = 1000;
const rounds = 3;
const page = 50;
const nothing: ActFilter = { letter: "", person: "", post: "", unitId: null, acts: [], from: null, to: null };
const plain: Sentence = (type) => ({ id: type, en: type });
const questions: readonly Question[] = ["pembaca", "pelaksana", "nomor", "tenggat", "versi", "admin", "rantai"];

/** Opens or fills an office and asks. */
export async function run(): Promise<Metric[]> {
  const { pool, tenantId, size, close } = await openFilled("bench_inquiry");
  try {
    const metrics: Metric[] = [];
    await inTenant(openDatabase(pool), tenantId, async (tx) => {
      const by = await someInspector(tx, tenantId);
      const facts = await someFacts(tx, by);
      const reaches = { "the whole office": [], "one unit": [facts.unitId] };
      for (const [reach, units] of Object.entries(reaches)) {
        const id = await mandateOver(tx, by, units);
        for (const [what, ask] of Object.entries(searchesOf(tx, by, id, facts))) {
          const value = await median(ask);
          metrics.push({ name: `inquiry: ${what}, mandate over ${reach}, ${size}`, value, unit: "ms", peer: `${patienceMs} ms`, ratio: Number((patienceMs / value).toFixed(3)) });
        }
      }
      throw new Undone();
    }).catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
    return metrics;
  } finally {
    await close();
  }
}

/** Takes the mandates back that the measuring needed. */
class Undone extends Error {}

type Facts = { readonly unitId: Id; readonly letterId: Id; readonly number: string; readonly person: string; readonly from: string; readonly to: string };

const searchesOf = (tx: Tx, by: Actor, id: Id, { unitId, letterId, number, person, from, to }: Facts): Readonly<Record<string, () => Promise<unknown>>> => {
  const acts = (over: Partial<ActFilter>) => async (): Promise<unknown> => {
    const filter = { ...nothing, ...over };
    const letters = filter.letter === "" ? null : (await lettersMeant(tx, by, id, filter.letter)).slice(0, mostLetters);
    return walkActs(tx, by, id, { filter, letters, cursor: null, limit: page });
  };
  const letters = (q: string) => () => lettersWithin(tx, by, id, { q, cursor: undefined, limit: page });
  return {
    "newest letters": letters(""), "letters by a common word": letters("rapat"), "letters by a number": letters(number), "letters by what is nowhere": letters("tidak ada di mana pun"),
    "newest acts": acts({}), "acts of one kind": acts({ acts: ["membaca"] }), "acts of a rare kind": acts({ acts: ["mencabut"] }), "acts of a person": acts({ person }), "acts of a post": acts({ post: "Sekretaris" }), "acts of a unit": acts({ unitId }),
    "acts of a month": acts({ from, to }), "acts on letters of a common word": acts({ letter: "rapat" }), "acts on one letter": acts({ letter: number }),
    "letters of a month, for a spot check": () => populationOf(tx, by, id, { kind: null, types: [], from, to, unitId: null, q: "" }),
    ...Object.fromEntries(questions.map((question) => [`question ${question}`, () => answer(tx, by, question, { inspectionId: id, input: { letterId, from: null, to: null, unitId: null }, limit: page, sentence: plain })])),
  };
};

const someInspector = async (tx: Tx, tenantId: Id): Promise<Actor> => {
  const at = realSource.now();
  const { rows } = await sql<{ person_id: Id; position_id: Id }>`
    select h.person_id, h.position_id from position_period p join holding h on h.tenant_id = p.tenant_id and h.position_id = p.id and (h.until is null or h.until > ${at}::text)
    where p.tenant_id = ${tenantId} and p.until is null and p.facts->'functions' ? 'inspector' order by p.id limit 1`.execute(tx);
  const held = rows[0] === undefined ? undefined : (await postsHeldBy(tx, tenantId, rows[0].person_id, at)).find((post) => post.id === rows[0]?.position_id);
  if (held === undefined) throw new Error("the office has no inspector");
  const { zone, ...keys } = await standingOf(tx, tenantId, held, at);
  return { ...actorOf(held, tenantId, { at, zone, requestId: "bench", isBlocked: false }), ...keys };
};

/** A letter from the middle of the years, of the office that has most, and who read it. */
const someFacts = async (tx: Tx, by: Actor): Promise<Facts> => {
  const { rows } = await sql<{ unit_id: Id; id: Id; number: string; dated: string; person: string }>`
    with office as (select unit_id, count(*) as n from received where tenant_id = ${by.tenantId} group by unit_id order by n desc limit 1)
    select r.unit_id, r.id, r.number, r.dated, (select e.who->>'person' from event e where e.tenant_id = r.tenant_id and e.subject_id = r.id and e.type = 'received.registered' limit 1) as person
    from office join received r on r.tenant_id = ${by.tenantId} and r.unit_id = office.unit_id where r.number is not null order by r.dated offset (select n / 2 from office) limit 1`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error("the office has no letter");
  const month = row.dated.slice(0, 7);
  return { unitId: row.unit_id, letterId: row.id, number: row.number, person: row.person, from: `${month}-01`, to: `${month}-28` };
};

const mandateOver = async (tx: Tx, by: Actor, units: readonly Id[]): Promise<Id> => {
  const id = realSource.id();
  const state = { positionId: by.positionId, positionTitle: by.positionTitle, purpose: "-", basis: "-", reach: { units: units.map((unit) => ({ id: unit, name: "-" })), types: [], classifications: [], from: null, to: null }, since: "1970-01-01T00:00:00.000Z", until: "9999-01-01T00:00:00.000Z", ended: null };
  await sql`insert into inspection (tenant_id, id, revision, last_event, state) values (${by.tenantId}, ${id}, 1, ${id}, ${JSON.stringify(state)}::jsonb)`.execute(tx);
  return id;
};

const median = async (ask: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await ask();
    times.push(performance.now() - started);
  }
  return Number((times.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? 0).toFixed(1));
};

if (import.meta.main) console.table(await run());
