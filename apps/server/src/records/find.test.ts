import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { seededChance } from "@lontar/testkit";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { idFrom, type Id } from "../kernel/ids.ts";
import { seedId } from "../seed/office.ts";

const tenantId = seedId("tenant/ppu");
const topics = ["rapat", "jaringan", "anggaran", "desa", "pegawai", "jembatan"] as const;
const letters = 400;

/** What the function promises, read over all letters one by one. */
type Letter = { readonly id: Id; readonly dated: string | null; readonly facts: string; readonly holders: readonly string[] };

describe("letters found by their words, by each of the two ways", () => {
  let office: TestOffice;
  const all: Letter[] = [];
  const ways = { "the word index": true, "what he reads, newest first": false } as const;

  before(async () => {
    office = await createOffice("find");
    const chance = seededChance(7);
    const roll = (): number => (chance.bytes(1)[0] ?? 0) / 256;
    for (let n = 0; n < letters; n += 1) {
      const words = topics.filter(() => roll() < 0.3);
      all.push({ id: idFrom(1_800_000_000_000 + n, Buffer.alloc(10, n % 251)), dated: roll() < 0.1 ? null : `2026-0${1 + (n % 9)}-1${n % 10}`, facts: `Surat ${n} tentang ${words.join(" dan ")}`, holders: ["position:a", "position:b", "unit:c"].filter(() => roll() < 0.3) });
    }
    await office.pool.query("insert into search_text (tenant_id, subject_id, kind, dated, facts, content, scan) select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])", [tenantId, all.map(({ id }) => id), all.map(() => "surat"), all.map(({ dated }) => dated), all.map(({ facts }) => facts), all.map(() => ""), all.map(() => "")]);
    const rights = all.flatMap(({ id, holders }) => holders.flatMap((holder) => ["dituju", "disposisi"].map((rule) => ({ id, holder, rule }))));
    await office.pool.query("insert into reader (tenant_id, holder, subject_id, rule) select $1, * from unnest($2::text[], $3::uuid[], $4::text[])", [tenantId, rights.map(({ holder }) => holder), rights.map(({ id }) => id), rights.map(({ rule }) => rule)]);
    const { rows } = await office.pool.query<{ text: string }>("select pg_get_functiondef('find_letters'::regproc) as text");
    for (const [index, isByWords] of Object.values(ways).entries()) {
      const choice = "if cardinality(mine) >= matching then";
      const text = (rows[0]?.text ?? "").replace("public.find_letters", `public.find_letters_${index}`);
      assert.ok(text.includes(choice));
      await office.pool.query(text.replace(choice, `if ${isByWords} then`));
    }
  });
  after(() => office.close());

  const expected = (word: string, holders: readonly string[], before: Id | undefined, limit: number): readonly Id[] =>
    all
      .filter((letter) => letter.facts.includes(word) && letter.holders.some((holder) => holders.includes(holder)) && (before === undefined || letter.id < before))
      .toSorted((one, other) => (one.id < other.id ? 1 : -1))
      .slice(0, limit)
      .map(({ id }) => id);

  for (const [index, way] of Object.keys(ways).entries()) {
    it(`${way}: the same letters in the same order, page after page`, async () => {
      const client = await office.pool.connect();
      try {
        await client.query("begin");
        await client.query("select set_config('app.tenant', $1, true)", [tenantId]);
        for (const word of [...topics, "tiadakata"]) {
          for (const holders of [["position:a"], ["position:b", "unit:c"], ["position:tiada"], ["position:a", "position:b", "unit:c"]]) {
            let before: Id | undefined;
            for (let page = 0; page < 3; page += 1) {
              const { rows } = await client.query<{ subject_id: Id }>(`select subject_id from find_letters_${index}($1, $2, $3, $4, 7)`, [word.toUpperCase(), `%${word.toUpperCase()}%`, holders, before ?? null]);
              const wanted = expected(word, holders, before, 7);
              assert.deepEqual(rows.map((row) => row.subject_id), wanted, `${word}, ${holders.join("+")}, page ${page}`);
              before = wanted.at(-1);
              if (before === undefined) break;
            }
          }
        }
      } finally {
        await client.query("rollback");
        client.release();
      }
    });
  }
});
