import type pg from "pg";
import { copyEncoded, openRows } from "../kernel/copy.ts";
import type { Id } from "../kernel/ids.ts";
import { openRights, type DatedRight, type PastRight, type RightsBook } from "../kernel/rights.ts";
import type { Replayable } from "./fsck.ts";

/** A right to read as the events account for it: whose, to what, by which act, from when until when. */
export type AccountedRight = DatedRight & { readonly subject: Id; readonly thing: Id } & Partial<Pick<PastRight, "until" | "untilEvent">>;

type Noted = { readonly event_id: Id; readonly thing_id: Id; readonly at: Date };

/** The books of all things whose events pass by. Events come thing by thing: with the next thing, what the last one gave is complete. */
export type Books = {
  readonly note: (machine: Replayable, event: Noted, state: unknown) => void;
  readonly closeAllBut: (thing: Id) => readonly AccountedRight[];
  readonly close: () => readonly AccountedRight[];
};

/** Opens the books of one replay. */
export const openBooks = (): Books => {
  // By thing, then by kind: a naskah and the letter that it became share one id.
  const books = new Map<Id, Map<string, { book: RightsBook; subject: Id }>>();
  const taken = (things: readonly Id[]): readonly AccountedRight[] =>
    things.flatMap((thing) => {
      const kinds = [...(books.get(thing)?.values() ?? [])];
      books.delete(thing);
      const past = kinds.flatMap(({ book, subject }) => book.past().map((right) => ({ ...right, subject, thing })));
      const open = new Map<string, AccountedRight>();
      for (const { book, subject } of kinds) {
        for (const right of book.open()) {
          const name = `${right.holder} ${right.rule} ${right.sight}`;
          const other = open.get(name);
          if (other === undefined || right.eventId < other.eventId) open.set(name, { ...right, subject, thing });
        }
      }
      return [...open.values(), ...past];
    });
  return {
    note: (machine, event, state) => {
      const kinds = books.get(event.thing_id) ?? new Map<string, { book: RightsBook; subject: Id }>();
      books.set(event.thing_id, kinds);
      const { book } = kinds.get(machine.kind) ?? { book: openRights() };
      kinds.set(machine.kind, { book, subject: machine.subject(event.thing_id, state) });
      book.note(machine.traces(event.thing_id, state), { eventId: event.event_id, at: event.at.toISOString() });
    },
    closeAllBut: (thing) => taken([...books.keys()].filter((key) => key !== thing)),
    close: () => taken([...books.keys()]),
  };
};

/** All rights that the events account for, in a table of this connection alone: an office has millions, and memory holds them badly. */
export type Expected = {
  readonly add: (rights: readonly AccountedRight[]) => Promise<void>;
  /** What `reader` and `reader_past` have too much, too little or otherwise. */
  readonly compare: (tenantId: Id) => Promise<readonly { readonly subject: Id; readonly sentence: string }[]>;
  /** Puts what the events account for in the place of whatever is there. */
  readonly replace: (tenantId: Id) => Promise<void>;
  readonly close: () => Promise<void>;
};

const columns = "subject_id, holder, rule, sight, thing_id, event_id, since";
const same = (one: string, other: string, names: string): string => names.split(", ").map((name) => `${one}.${name} = ${other}.${name}`).join(" and ");
const key = "subject_id, holder, rule, sight, thing_id";
const findingsAtMost = 100;

type Finding = { readonly subject_id: Id; readonly holder: string; readonly rule: string; readonly what: "stray" | "altered" | "missing" };

const sentenceOf = ({ holder, rule, what }: Finding): string => {
  switch (what) {
    case "stray":
      return `Hak baca ${rule} bagi ${holder} tidak berasal dari peristiwa mana pun: dimasukkan dengan tangan.`;
    case "altered":
      return `Hak baca ${rule} bagi ${holder} menyebut tindakan atau waktu lain daripada peristiwanya: diubah dengan tangan.`;
    case "missing":
      return `Hak baca ${rule} bagi ${holder} yang mengikuti keadaannya hilang.`;
    default:
      return what satisfies never;
  }
};

/** Opens the table of what must be there. */
export const openExpected = async (pool: pg.Pool): Promise<Expected> => {
  const client = await pool.connect();
  await client.query("create temporary table expected_reader (subject_id uuid not null, holder text not null, rule text not null, sight text not null, thing_id uuid not null, event_id uuid not null, since timestamptz not null, until_event uuid, until timestamptz)");
  return {
    add: async (rights) => {
      const rows = openRows<AccountedRight>("expected_reader", {
        subject_id: { uuid: (r) => r.subject }, holder: { text: (r) => r.holder }, rule: { text: (r) => r.rule }, sight: { text: (r) => r.sight }, thing_id: { uuid: (r) => r.thing }, event_id: { uuid: (r) => r.eventId }, since: { instant: (r) => r.since },
        until_event: { uuid: (r) => r.untilEvent ?? null }, until: { instant: (r) => r.until ?? null },
      });
      for (const right of rights) rows.push(right);
      await copyEncoded(client, rows.rows());
    },
    compare: async (tenantId) => {
      await client.query("analyze expected_reader");
      const { rows } = await client.query<Finding>(
        `(select r.subject_id, r.holder, r.rule, case when exists (select from expected_reader e where e.until is null and ${same("e", "r", key)}) then 'altered' else 'stray' end as what
            from reader r where r.tenant_id = $1 and not exists (select from expected_reader e where e.until is null and ${same("e", "r", columns)}) limit $2)
         union all
         (select e.subject_id, e.holder, e.rule, 'missing' from expected_reader e where e.until is null
            and not exists (select from reader r where r.tenant_id = $1 and ${same("e", "r", key)}) limit $2)
         union all
         (select r.subject_id, r.holder, r.rule, 'stray' from reader_past r where r.tenant_id = $1
            and not exists (select from expected_reader e where ${same("e", "r", `${columns}, until_event, until`)}) limit $2)
         union all
         (select e.subject_id, e.holder, e.rule, 'missing' from expected_reader e where e.until is not null
            and not exists (select from reader_past r where r.tenant_id = $1 and ${same("e", "r", `${columns}, until_event, until`)}) limit $2)`,
        [tenantId, findingsAtMost],
      );
      return rows.map((row) => ({ subject: row.subject_id, sentence: sentenceOf(row) }));
    },
    replace: async (tenantId) => {
      await client.query("begin");
      try {
        await client.query("lock table reader, reader_past in share row exclusive mode");
        await client.query("delete from reader where tenant_id = $1", [tenantId]);
        await client.query("delete from reader_past where tenant_id = $1", [tenantId]);
        await client.query(`insert into reader (tenant_id, ${columns}) select $1, ${columns} from expected_reader where until is null`, [tenantId]);
        await client.query(`insert into reader_past (tenant_id, ${columns}, until_event, until) select $1, ${columns}, until_event, until from expected_reader where until is not null`, [tenantId]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback").catch(() => undefined); // the first error is the one to tell
        throw error;
      }
    },
    close: async () => {
      await client.query("drop table expected_reader").catch(() => undefined); // a lost connection has dropped it
      client.release();
    },
  };
};
