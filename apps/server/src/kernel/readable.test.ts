import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { seededChance } from "@lontar/testkit";
import { sql } from "kysely";
import { createOffice, type TestOffice } from "../../test/office.ts";
import type { Actor } from "./actor.ts";
import { inTenant, readTenant } from "./db.ts";
import { idFrom, type Id } from "./ids.ts";
import { readable } from "./readable.ts";
import type { Holder } from "./state.ts";

const letters = 300;

describe("what somebody reads, newest first", () => {
  let office: TestOffice;
  let by: Actor;
  const rights: { readonly subject: Id; readonly holder: Holder; readonly rule: string; readonly sight: "isi" | "sampul" }[] = [];
  const classes: `class:${string}`[] = Array.from({ length: 40 }, (_, n) => `class:${n}/B/unit` as const);

  before(async () => {
    office = await createOffice("readable");
    by = { ...(await office.actor("kadis")), classKeys: classes };
    const chance = seededChance(11);
    const roll = (): number => (chance.bytes(1)[0] ?? 0) / 256;
    const holders: readonly Holder[] = [`person:${by.personId}`, `position:${by.positionId}`, ...classes.slice(0, 6), "position:another"];
    for (let n = 0; n < letters; n += 1) {
      const subject = idFrom(1_800_000_000_000 + n, Buffer.alloc(10, n % 251));
      for (const holder of holders) for (const rule of ["dituju", "disposisi"]) if (roll() < 0.15) rights.push({ subject, holder, rule, sight: roll() < 0.5 ? "isi" : "sampul" });
    }
    await inTenant(office.db, by.tenantId, (tx) => sql`insert into reader (tenant_id, holder, subject_id, rule, sight) select ${by.tenantId}, * from unnest(${sql.val(rights.map(({ holder }) => holder))}::text[], ${sql.val(rights.map(({ subject }) => subject))}::uuid[], ${sql.val(rights.map(({ rule }) => rule))}::text[], ${sql.val(rights.map(({ sight }) => sight))}::text[])`.execute(tx));
  });
  after(() => office.close());

  for (const [what, digits] of [["all of it", "0123456789abcdef"], ["a part of it", "37b"]] as const) {
    it(`${what}, page after page, as the rows say one by one`, async () => {
      const mine = rights.filter(({ holder, subject }) => holder !== "position:another" && digits.includes(subject.at(-1) ?? ""));
      const expected = [...Map.groupBy(mine, ({ subject }) => subject)].map(([subject, rows]) => ({ subject_id: subject, inside: rows.some(({ sight }) => sight === "isi") })).toSorted((one, other) => (one.subject_id < other.subject_id ? 1 : -1));
      assert.ok(expected.length > 30 && expected.some(({ inside }) => !inside));
      const found: unknown[] = [];
      for (let last: Id | undefined; ; ) {
        const shows = sql`right(v.subject_id::text, 1) = any(${sql.val([...digits])}::text[])`;
        const { rows } = await readTenant(office.db, by.tenantId, (tx) => sql<{ subject_id: Id; inside: boolean }>`with v as (${readable(by, { before: last, limit: 7, shows })}) select * from v where ${shows} order by subject_id desc limit 7`.execute(tx));
        found.push(...rows);
        last = rows.at(-1)?.subject_id;
        if (last === undefined) break;
      }
      assert.deepEqual(found, expected);
    });
  }
});
