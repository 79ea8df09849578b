import { isDeepStrictEqual } from "node:util";
import { append, decodeLeaf, EMPTY_EDGE, EMPTY_FRONTIER, ed25519Scheme, encodeFrontier, frontierRoot, growTiles, openNote, parseCheckpoint, recordHash, TILE_WIDTH, utf8, type Frontier, type Json, type NoteSigner, type TileData, type TileEdge } from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import type pg from "pg";
import { commitmentTo, committedText, type Who } from "../kernel/events.ts";
import type { Id } from "../kernel/ids.ts";
import { dutyRow, type StateTable, type Traces } from "../kernel/state.ts";
import type { LogFolder } from "../witness/index.ts";
import { checkPublished } from "./published.ts";
import { openErasures } from "./erased.ts";
import { loggedLeaf, type LoggedEvent } from "./leaf.ts";
import { openBooks, openExpected, type Expected } from "./rights.ts";
import { checkSamples } from "./samples.ts";

/** One thing that does not agree with another, and what it is. */
export type Finding = { readonly kind: "row" | "event" | "file" | "number" | "log" | "trace" | "witness"; readonly id: string; readonly sentence: string };

/** The part of a machine that replay needs; states are compared as JSON, so their type does not matter here. */
export type Replayable = {
  readonly kind: string;
  readonly table: StateTable;
  readonly start: unknown;
  readonly evolve: (state: unknown, event: unknown) => unknown;
  readonly traces: (id: Id, state: unknown) => Traces;
  readonly subject: (id: Id, state: unknown) => Id;
};

/** What a check saw. Reports from before name neither numbers, leaves nor witnesses. */
export type CheckResult = { readonly findings: readonly Finding[]; readonly events: number; readonly rows: number; readonly files: number; readonly numbers?: number; readonly leaves?: number; readonly witnesses?: number };

/** What is being checked, in the order of checking. */
export type CheckStep = "peristiwa" | "baris" | "log" | "saksi" | "nomor" | "berkas";

/** Told at the beginning of each step, and while one takes long. */
export type CheckReport = (what: CheckStep, count: number) => void;

/** Where files are looked up: the stored bytes are hashed again, never believed. */
export type FileCheck = {
  readonly verify: (sha256: string) => Promise<{ readonly state: "intact" | "damaged" | "missing" }>;
  /** Do the stored bytes begin with those of an earlier file? */
  readonly beginsWith: (sha256: string, earlier: { readonly sha256: string; readonly size: number }) => Promise<boolean>;
};

/** Everything a check works with; whoever waits for it may be told how far it is. */
export type CheckInput = { readonly pool: pg.Pool; readonly tenantId: Id; readonly files: FileCheck; readonly machines: readonly Replayable[]; readonly signer: NoteSigner; /** What was published, where anything was. */ readonly folder?: LogFolder; readonly report?: CheckReport };

// So many findings are enough to know that something is wrong; the count goes on.
const findingLimit = 1000;
const batch = 5000;

type EventRow = Omit<LoggedEvent, "at"> & { readonly at: Date; readonly kind: string; readonly thing_id: Id; readonly revision: number; readonly person_id: Id; readonly holding_id: Id; readonly request_id: string; readonly body: Json | null; readonly salt: Buffer | null; readonly who: Who | null };

/** Replays all events against all rows, hashes all files, derives the log again, checks the number registers; names what differs. */
export const check = async (input: CheckInput): Promise<CheckResult> => {
  const findings: Finding[] = [];
  const find = (kind: Finding["kind"], id: string, sentence: string): void => {
    if (findings.length < findingLimit) findings.push({ kind, id, sentence });
  };
  const expected = await openExpected(input.pool);
  try {
    input.report?.("peristiwa", 0);
    const replay = await checkEvents(input, expected, find);
    input.report?.("baris", replay.events);
    const rows = await checkStrayRows(input, replay.rows, find);
    await checkStrayTraces(input, expected, find);
    await checkEntry(input, find);
    await checkDossiers(input, find);
    await checkPeriods(input, find);
    await checkSamples(input, (id, sentence) => find("row", id, sentence));
    input.report?.("log", 0);
    const leaves = await checkLog(input, find);
    input.report?.("saksi", leaves);
    const witnesses = input.folder === undefined ? 0 : await checkPublished({ ...input, folder: input.folder }, find);
    input.report?.("nomor", 0);
    const numbers = await checkNumbers(input, find);
    input.report?.("berkas", 0);
    const files = await checkFiles(input, find);
    return { findings, events: replay.events, rows, files, numbers, leaves, witnesses };
  } finally {
    await expected.close();
  }
};

type Find = (kind: Finding["kind"], id: string, sentence: string) => void;

/** A thing whose events are passing by, and what they make of it; without a state if none of them could be replayed. */
type Seen = { readonly id: Id; readonly machine: Replayable | undefined; revision: number; replayed: { readonly state: unknown; readonly lastEvent: Id } | undefined };

/** Events come thing by thing: what is complete is compared with its row and forgotten, so that an office of any size fits into memory. */
const checkEvents = async (input: CheckInput, expected: Expected, find: Find): Promise<{ readonly events: number; readonly rows: ReadonlyMap<StateTable, number> }> => {
  const { pool, tenantId, machines, report } = input;
  const byKind = new Map(machines.map((machine) => [machine.kind, machine]));
  const things = new Map<string, Seen>();
  const rowsOf = new Map<StateTable, number>();
  const rights = openBooks();
  const erasures = openErasures((id, sentence) => find("event", id, sentence));
  let events = 0;
  let after: readonly [Id, number, Id] = ["00000000-0000-0000-0000-000000000000", 0, "00000000-0000-0000-0000-000000000000"];
  const close = async (open: Id | undefined): Promise<void> => {
    await expected.add(open === undefined ? rights.close() : rights.closeAllBut(open));
    const complete = [...things].filter(([, { id }]) => id !== open);
    for (const [key] of complete) things.delete(key);
    await checkRows(input, complete.map(([, seen]) => seen), rowsOf, find);
  };
  for (;;) {
    const { rows } = await pool.query<EventRow>(
      `select event_id, tenant_id, kind, thing_id, subject_id, revision, type, at, person_id, position_id, holding_id, request_id, body, salt, commitment, who from event
       where tenant_id = $1 and (thing_id, revision, event_id) > ($2, $3, $4) order by thing_id, revision, event_id limit $5`,
      [tenantId, ...after, batch],
    );
    const last = rows.at(-1);
    if (last === undefined) {
      erasures.close();
      await close(undefined);
      return { events, rows: rowsOf };
    }
    after = [last.thing_id, last.revision, last.event_id];
    for (const row of rows) {
      events += 1;
      if (row.body === null && row.salt === null && row.who === null) {
        erasures.gone(row);
      } else if (row.body === null || row.salt === null || row.who === null) {
        find("event", row.event_id, `Isi peristiwa ${row.type} dihapus, dan tidak ada peristiwa yang mencatat penghapusannya.`);
      } else {
        if (!commitmentTo(row.salt, committedText(row, row.body, row.who)).equals(row.commitment)) find("event", row.event_id, `Isi peristiwa ${row.type} tidak cocok dengan komitmennya: peristiwa ini diubah setelah dicatat.`);
      }
      const key = `${row.kind}/${row.thing_id}`;
      const seen = things.get(key) ?? { id: row.thing_id, machine: byKind.get(row.kind), revision: 0, replayed: undefined };
      things.set(key, seen);
      const expected = seen.revision + 1;
      if (row.revision !== expected) find("event", row.event_id, `Urutan peristiwa ${row.kind} melompat dari ${expected - 1} ke ${row.revision}: ada peristiwa yang hilang.`);
      seen.revision = row.revision;
      const { machine } = seen;
      if (machine === undefined || row.body === null) continue;
      const state = replayOne(machine, seen.replayed === undefined ? machine.start : seen.replayed.state, row, find);
      seen.replayed = { state, lastEvent: row.event_id };
      rights.note(machine, erasures.settle(row) ?? row, state);
    }
    await close(last.thing_id);
    report?.("peristiwa", events);
  }
};

/** Rights to read and lines on desks that no event accounts for, and rights that are missing or misdated. */
const checkStrayTraces = async ({ pool, tenantId, machines }: CheckInput, expected: Expected, find: Find): Promise<void> => {
  for (const { subject, sentence } of await expected.compare(tenantId)) find("trace", subject, sentence);
  const tables = machines.map((machine) => `select from ${machine.table} t where t.tenant_id = d.tenant_id and t.id = d.thing_id`);
  if (tables.length === 0) return;
  const { rows: duties } = await pool.query<{ thing_id: Id }>(`select distinct d.thing_id from duty d where d.tenant_id = $1 and ${tables.map((table) => `not exists (${table})`).join(" and ")} limit 100`, [tenantId]);
  for (const row of duties) find("trace", row.thing_id, "Antrean meja menunjuk hal yang tidak ada.");
};

const replayOne = (machine: Replayable, before: unknown, row: EventRow, find: Find): unknown => {
  try {
    return machine.evolve(before, row.body);
  } catch {
    find("event", row.event_id, `Peristiwa ${row.type} tidak dapat diputar ulang: isinya bukan isi yang sah.`);
    return before;
  }
};

type Row = { readonly id: Id; readonly state: unknown; readonly revision: number; readonly last_event: Id };

/** The rows of things whose events have all passed by must be what those events make, in their tables and on the desks. */
const checkRows = async ({ pool, tenantId, machines }: CheckInput, things: readonly Seen[], counted: Map<StateTable, number>, find: Find): Promise<void> => {
  const traced: { id: Id; traces: Traces }[] = [];
  for (const machine of machines) {
    const mine = things.filter((seen) => seen.machine === machine);
    if (mine.length === 0) continue;
    const { rows } = await pool.query<Row>(`select id, state, revision, last_event from ${machine.table} where tenant_id = $1 and id = any($2)`, [tenantId, mine.map(({ id }) => id)]);
    counted.set(machine.table, (counted.get(machine.table) ?? 0) + rows.length);
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const { id, replayed, revision } of mine) {
      const row = found.get(id);
      if (row === undefined) {
        if (replayed !== undefined) find("row", id, `Baris ${machine.table} hilang, padahal peristiwanya ada.`);
        continue;
      }
      if (replayed === undefined) find("row", id, withoutEvents(machine));
      else if (!isDeepStrictEqual(JSON.parse(JSON.stringify(replayed.state)), row.state)) find("row", id, `Baris ${machine.table} berbeda dari hasil peristiwanya pada: ${differences(replayed.state, row.state).join(", ")}.`);
      else if (revision !== row.revision || replayed.lastEvent !== row.last_event) find("row", id, `Baris ${machine.table} menunjuk peristiwa terakhir yang salah.`);
      const state = replayed === undefined ? row.state : replayed.state; // what the row should be: an altered one is named once
      traced.push({ id, traces: machine.traces(id, state) });
    }
  }
  await checkTraces(pool, tenantId, traced, find);
};

const withoutEvents = (machine: Replayable): string => `Baris ${machine.table} tidak punya peristiwa satu pun: baris ini dimasukkan dengan tangan.`;

/** Rows that no event has led to. Answers how many rows there are in all. */
const checkStrayRows = async ({ pool, tenantId, machines }: CheckInput, counted: ReadonlyMap<StateTable, number>, find: Find): Promise<number> => {
  let count = 0;
  for (const machine of machines) {
    const { rows: totals } = await pool.query<{ n: string }>(`select count(*) as n from ${machine.table} where tenant_id = $1`, [tenantId]);
    const present = Number(totals[0]?.n);
    count += present;
    if (present === (counted.get(machine.table) ?? 0)) continue;
    const { rows } = await pool.query<Row>(
      `select t.id, t.state from ${machine.table} t where t.tenant_id = $1 and not exists (select from event e where e.tenant_id = t.tenant_id and e.thing_id = t.id and e.kind = $2) order by t.id limit $3`,
      [tenantId, machine.kind, findingLimit],
    );
    for (const row of rows) find("row", row.id, withoutEvents(machine));
    await checkTraces(pool, tenantId, rows.map(({ id, state }) => ({ id, traces: machine.traces(id, state) })), find);
  }
  return count;
};

/** The paths at which two states differ, at most five. */
const differences = (expected: unknown, found: unknown, path = ""): readonly string[] => {
  if (isDeepStrictEqual(JSON.parse(JSON.stringify(expected ?? null)), found ?? null)) return [];
  if (typeof expected !== "object" || typeof found !== "object" || expected === null || found === null) return [path === "" ? "seluruhnya" : path];
  const left = new Map<string, unknown>(Object.entries(expected));
  const right = new Map<string, unknown>(Object.entries(found));
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => differences(left.get(name), right.get(name), path === "" ? name : `${path}.${name}`)).slice(0, 5);
};

type FoundDuty = { readonly thing_id: Id; readonly position_id: Id; readonly act: string; readonly target_id: Id; readonly title: string; readonly due: Date | null };

const lineOf = (duty: FoundDuty): string => [duty.position_id, duty.act, duty.target_id, duty.title, duty.due?.toISOString() ?? ""].join(" ");

const checkTraces = async (pool: pg.Pool, tenantId: Id, traced: readonly { readonly id: Id; readonly traces: Traces }[], find: Find): Promise<void> => {
  const { rows: duties } = await pool.query<FoundDuty>("select thing_id, position_id, act, target_id, title, due from duty where tenant_id = $1 and thing_id = any($2)", [tenantId, traced.map((one) => one.id)]);
  const found = Map.groupBy(duties, (duty) => duty.thing_id);
  for (const { id, traces } of traced) {
    const wanted = traces.duties.map((duty) => dutyRow(tenantId, id, duty)).map((duty) => lineOf({ ...duty, due: duty.due === null ? null : new Date(duty.due) })).toSorted();
    const present = (found.get(id) ?? []).map(lineOf).toSorted();
    if (!isDeepStrictEqual(wanted, present)) find("trace", id, "Antrean meja tidak sama dengan yang diturunkan dari keadaannya.");
  }
};

/** Answers how many leaves there are. */
const checkLog = async ({ pool, tenantId, signer, report }: CheckInput, find: Find): Promise<number> => {
  let frontier: Frontier = EMPTY_FRONTIER;
  let edge: TileEdge = EMPTY_EDGE;
  for (;;) {
    const { rows } = await pool.query<{ leaf_index: string; leaf: string; leaf_hash: Buffer } & { [K in keyof LoggedEvent]: LoggedEvent[K] | null }>(
      `select l.leaf_index, l.leaf, l.leaf_hash, e.tenant_id, e.event_id, e.type, e.at, e.position_id, e.subject_id, e.commitment, e.body->>'sha256' as document, p.commitment as prior, e.body is null as erased
       from log_leaf l left join event e on e.tenant_id = l.tenant_id and e.event_id = l.event_id
       left join lateral (select commitment from event where tenant_id = e.tenant_id and thing_id = e.thing_id and kind = e.kind and revision = e.revision - 1 order by event_id limit 1) p on true
       where l.tenant_id = $1 and l.leaf_index >= $2 order by l.leaf_index limit $3`,
      [tenantId, frontier.size, batch],
    );
    if (rows.length === 0) break;
    const hashes: Uint8Array[] = [];
    for (const [offset, row] of rows.entries()) {
      const at = frontier.size + offset;
      if (Number(row.leaf_index) !== at) {
        find("log", String(at), `Daun log nomor ${at} hilang.`);
        return at;
      }
      const hash = recordHash(utf8(row.leaf));
      hashes.push(hash);
      if (!Buffer.from(hash).equals(row.leaf_hash)) find("log", String(at), `Daun log nomor ${at} diubah: hash-nya tidak cocok dengan isinya.`);
      const { tenant_id, event_id, type, at: when, position_id, subject_id, commitment } = row;
      if (tenant_id === null || event_id === null || type === null || when === null || position_id === null || subject_id === null || commitment === null) {
        find("event", String(at), `Peristiwa untuk daun log nomor ${at} hilang dari catatan.`);
        continue;
      }
      const leaf = decodeLeaf(utf8(row.leaf));
      // An erased body no longer says which document it froze; the leaf still does.
      const document = row.document ?? ("value" in leaf ? leaf.value.obj_sha256 : null);
      if (loggedLeaf({ tenant_id, event_id, type, at: when, position_id, subject_id, commitment, document, prior: row.prior }).text !== row.leaf) find("event", event_id, `Peristiwa ${type} tidak sama dengan yang tercatat di log pada nomor ${at}.`);
    }
    frontier = append(frontier, hashes);
    const grown = growTiles(edge, hashes);
    edge = grown.edge;
    await checkTiles(pool, tenantId, grown.tiles.filter(({ tile }) => tile.width === TILE_WIDTH), find);
    report?.("log", frontier.size);
  }
  await checkTiles(pool, tenantId, edge.tiles, find);
  const { rows: heads } = await pool.query<{ size: string; root: Buffer; checkpoint: string; frontier: string[] }>("select size, root, checkpoint, frontier from log_head where tenant_id = $1", [tenantId]);
  const head = heads[0];
  if (head === undefined) {
    if (frontier.size > 0) find("log", "kepala", "Kepala log hilang, padahal ada daunnya.");
    return frontier.size;
  }
  const root = Buffer.from(frontierRoot(frontier));
  if (Number(head.size) !== frontier.size || !head.root.equals(root) || head.frontier.join("") !== Buffer.from(encodeFrontier(frontier)).toString("hex")) find("log", "kepala", "Kepala log tidak sama dengan yang dihitung ulang dari semua daun.");
  const note = await openNote(head.checkpoint, { keys: [signer.key], schemes: [ed25519Scheme(nodeEd25519Verify)] });
  const checkpoint = "value" in note ? parseCheckpoint(note.value.text) : undefined;
  if (checkpoint === undefined || !("value" in checkpoint)) find("log", "checkpoint", "Tanda tangan checkpoint log tidak sah.");
  else if (checkpoint.value.size !== frontier.size || !Buffer.from(checkpoint.value.root).equals(root)) find("log", "checkpoint", "Checkpoint yang ditandatangani tidak cocok dengan isi log.");
  const { rows: unplaced } = await pool.query<{ event_id: Id; type: string }>(
    `select e.event_id, e.type from event e where e.tenant_id = $1 and not exists (select from log_leaf l where l.tenant_id = e.tenant_id and l.event_id = e.event_id)
       and not exists (select from event_pending q where q.tenant_id = e.tenant_id and q.event_id = e.event_id) limit 100`,
    [tenantId],
  );
  for (const row of unplaced) find("event", row.event_id, `Peristiwa ${row.type} tidak ada di log dan tidak menunggu: dimasukkan dengan tangan atau dikeluarkan dari antrean.`);
  return frontier.size;
};

/** The tiles that proofs are made from: a wrong one proves nothing, or makes a true act look false. */
const checkTiles = async (pool: pg.Pool, tenantId: Id, tiles: readonly TileData[], find: Find): Promise<void> => {
  if (tiles.length === 0) return;
  const { rows } = await pool.query<{ level: number; tile_index: string; bytes: Buffer }>(
    "select level, tile_index, bytes from log_tile where tenant_id = $1 and (level, tile_index) in (select * from unnest($2::int[], $3::bigint[]))",
    [tenantId, tiles.map(({ tile }) => tile.level), tiles.map(({ tile }) => tile.index)],
  );
  const stored = new Map(rows.map((row) => [`${row.level}/${row.tile_index}`, row.bytes]));
  for (const { tile, bytes } of tiles) if (stored.get(`${tile.level}/${tile.index}`)?.equals(bytes) !== true) find("log", `${tile.level}/${tile.index}`, `Ubin log ${tile.level}/${tile.index} hilang atau bukan yang dihitung dari daunnya.`);
};

/** Answers how many numbers there are. */
const checkNumbers = async ({ pool, tenantId }: CheckInput, find: Find): Promise<number> => {
  const { rows } = await pool.query<{ series: string; last: number; n: string; most: number | null; least: number | null }>(
    `select s.series, s.last, count(e.n) as n, max(e.n) as most, min(e.n) as least from number_series s left join number_entry e on e.tenant_id = s.tenant_id and e.series = s.series
     where s.tenant_id = $1 group by s.series, s.last`,
    [tenantId],
  );
  for (const row of rows) if (Number(row.n) !== row.last || (row.most ?? 0) !== row.last || (row.least ?? 1) !== 1) find("number", row.series, `Register nomor ${row.series} berlubang: terakhir ${row.last}, tercatat ${row.n}.`);
  const { rows: strays } = await pool.query<{ series: string; n: number; fate: string; status: string | null }>(
    `select e.series, e.n, e.fate, coalesce(d.status, r.status) as status from number_entry e
     left join draft d on d.tenant_id = e.tenant_id and d.id = e.thing_id left join received r on r.tenant_id = e.tenant_id and r.id = e.thing_id
     where e.tenant_id = $1 and ((d.id is null and r.id is null)
       or (d.id is not null and ((e.fate = 'disahkan') <> (d.status in ('ditandatangani', 'diberkaskan')) or (e.fate = 'dibatalkan') <> (d.status = 'dibatalkan')))
       or (r.id is not null and r.agenda is distinct from e.n)) limit 100`,
    [tenantId],
  );
  for (const row of strays) find("number", `${row.series}/${row.n}`, row.status === null ? `Nomor ${row.n} tidak dipakai surat mana pun.` : `Nomor ${row.n} tercatat ${row.fate}, padahal suratnya ${row.status}.`);
  return rows.reduce((sum, row) => sum + Number(row.n), 0);
};

/** What lies beside an account (secrets, codes, sessions) must be what the account's own row says, which its events made. */
const checkEntry = async ({ pool, tenantId }: CheckInput, find: Find): Promise<void> => {
  const { rows: accounts } = await pool.query<{ person_id: Id; username: string; wrong: keyof typeof beside }>(
    `select * from (
       select s.person_id, coalesce(a.username, '') as username, case
         when a.id is null then 'akun'
         when (s.password_hash is not null) <> (a.state->>'hasPassword')::boolean or encode(sha256(convert_to(s.password_hash, 'UTF8')), 'hex') <> a.state->>'passwordSeal' then 'sandi'
         when (s.totp_secret is not null) <> (a.state->>'secondFactor')::boolean then 'faktor'
         when (select count(*) from recovery_code r where r.tenant_id = s.tenant_id and r.person_id = s.person_id and r.used is null) <> (a.state->>'recoveryCodes')::int then 'pemulihan'
         when coalesce((select jsonb_object_agg(p.passkey_id, encode(sha256(p.public_key), 'hex')) from passkey p where p.tenant_id = s.tenant_id and p.person_id = s.person_id), '{}')
           <> coalesce((select jsonb_object_agg(k->>'id', k->>'seal') from jsonb_array_elements(a.state->'passkeys') k), '{}') then 'kunci' end as wrong
       from account_secret s left join account a on a.tenant_id = s.tenant_id and a.id = s.person_id where s.tenant_id = $1) x where wrong is not null limit 100`,
    [tenantId],
  );
  for (const row of accounts) find("row", row.person_id, beside[row.wrong](row.username));
  const { rows: sessions } = await pool.query<{ session_id: Id }>(
    `select s.session_id from session s where s.tenant_id = $1
       and not exists (select from event e where e.tenant_id = s.tenant_id and e.thing_id = s.person_id and e.kind = 'account' and e.type = 'account.signed_in' and e.body->>'session' = s.session_id::text) limit 100`,
    [tenantId],
  );
  for (const row of sessions) find("row", row.session_id, "Sesi ini tidak dibuka dengan masuk: dimasukkan dengan tangan.");
};

const beside = {
  akun: () => "Kata sandi ini tidak punya akun: dimasukkan dengan tangan.",
  sandi: (username: string) => `Kata sandi akun ${username} diganti tanpa peristiwa.`,
  faktor: (username: string) => `Kode autentikator akun ${username} dipasang atau dilepas tanpa peristiwa.`,
  kunci: (username: string) => `Kunci masuk akun ${username} ditambah, ditukar, atau dilepas tanpa peristiwa.`,
  pemulihan: (username: string) => `Kode pemulihan akun ${username} ditambah atau dipakai tanpa peristiwa.`,
} as const;

/** A letter lies in the dossier that its own state names, and nowhere else. */
const checkDossiers = async ({ pool, tenantId }: CheckInput, find: Find): Promise<void> => {
  const { rows } = await pool.query<{ id: Id }>(
    `select coalesce(i.subject_id, f.id) as id from (select subject_id, dossier_id from dossier_item where tenant_id = $1) i
     full join (select id, state->>'dossierId' as dossier_id from received where tenant_id = $1 and state->>'dossierId' is not null
                union all select id, state->>'dossierId' from issued where tenant_id = $1 and state->>'dossierId' is not null) f on f.id = i.subject_id
     where i.dossier_id::text is distinct from f.dossier_id limit 100`,
    [tenantId],
  );
  for (const row of rows) find("row", row.id, "Isi berkas tidak sama dengan berkas yang disebut suratnya.");
};

/** Who a unit or post was at a moment is asked of its period rows: they must be what its state says. */
const checkPeriods = async ({ pool, tenantId }: CheckInput, find: Find): Promise<void> => {
  for (const table of ["unit", "position"] as const) {
    const { rows } = await pool.query<{ id: Id }>(
      `select distinct coalesce(s.id, p.id) as id from (select t.id, d.* from ${table} t, periods_of(t.state) d where t.tenant_id = $1) s
       full join (select * from ${table}_period where tenant_id = $1) p on p.id = s.id and p.since = s.since and p.until is not distinct from s.until and p.facts = s.facts
       where s.id is null or p.id is null limit 100`,
      [tenantId],
    );
    for (const row of rows) find("row", row.id, `Masa berlaku ${table} tidak sama dengan yang disebut keadaannya: diubah dengan tangan.`);
  }
};

const checkFiles = async ({ pool, tenantId, files, report }: CheckInput, find: Find): Promise<number> => {
  const { rows } = await pool.query<{ sha256: string }>("select sha256 from blob where tenant_id = $1 order by sha256", [tenantId]);
  for (const [at, row] of rows.entries()) {
    if (at % 100 === 0) report?.("berkas", at);
    const { state } = await files.verify(row.sha256);
    if (state === "missing") find("file", row.sha256, `Berkas ${row.sha256.slice(0, 12)}… hilang dari penyimpanan.`);
    if (state === "damaged") find("file", row.sha256, `Berkas ${row.sha256.slice(0, 12)}… diubah: isinya tidak lagi cocok dengan hash-nya.`);
  }
  // A file whose row was taken away with its bytes would be hashed no more: every file that a thing names must have its row.
  const { rows: strays } = await pool.query<{ id: Id; sha256: string }>(
    `select n.id, n.sha256 from (
       select id, sha256 from issued where tenant_id = $1
       union all select id, state->'proved'->>'sha256' from issued where tenant_id = $1 and state ? 'proved'
       union all select id, file->>'sha256' from issued, jsonb_array_elements(state->'earlier') as file where tenant_id = $1 and state ? 'earlier'
       union all select id, file->>'sha256' from received, jsonb_array_elements(state->'files') as file where tenant_id = $1
       union all select id, file->>'sha256' from disposition, jsonb_array_elements(state->'files') as file where tenant_id = $1
       union all select id, state->'decree'->'file'->>'sha256' from holding where tenant_id = $1
       union all select id, state->'decree'->'file'->>'sha256' from delegation where tenant_id = $1
       union all select id, state->'rendered'->>'sha256' from draft where tenant_id = $1
       union all select id, state->'signed'->>'sha256' from draft where tenant_id = $1) as n
     where n.sha256 is not null and not exists (select from blob b where b.tenant_id = $1 and b.sha256 = n.sha256) limit 100`,
    [tenantId],
  );
  for (const row of strays) find("file", row.id, `Berkas ${row.sha256.slice(0, 12)}… yang disebut surat ini tidak tercatat disimpan.`);
  await checkGrowth({ pool, tenantId, files }, find);
  return rows.length;
};

/** A letter's file only grows: each later one begins with the bytes of the one before it, as its event says. */
const checkGrowth = async ({ pool, tenantId, files }: Pick<CheckInput, "pool" | "tenantId" | "files">, find: Find): Promise<void> => {
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await pool.query<{ event_id: Id; thing_id: Id; sha256: string; earlier: string; size: string }>(
      `select event_id, thing_id, body->>'sha256' as sha256, body->'from'->>'sha256' as earlier, body->'from'->>'size' as size from event
       where tenant_id = $1 and type = 'issued.preserved' and event_id > $2 and body is not null order by event_id limit $3`,
      [tenantId, after, batch],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.event_id;
    for (const row of rows) {
      if (!(await files.beginsWith(row.sha256, { sha256: row.earlier, size: Number(row.size) }))) find("file", row.thing_id, `Berkas ${row.sha256.slice(0, 12)}… tidak diawali berkas surat sebelumnya: bukti jangka panjang ditambahkan pada berkas lain.`);
    }
  }
};
