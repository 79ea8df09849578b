import type { contract, Result } from "@lontar/contract";
import { sql } from "kysely";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { isId, type Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { holderKeys } from "../kernel/state.ts";
import { officeOf } from "../organisation/index.ts";

type Contract = typeof contract;
type DossierRow = Result<Contract["archive.dossiers"]>["items"][number];

/** A list as asked for: words, and from where on. */
export type Asked = { readonly q?: string | undefined; readonly cursor?: string | undefined; readonly limit: number };

const like = (text: string): string => `%${text.trim().replaceAll(/[%_\\]/g, "\\$&")}%`;
const keys = (by: Actor) => sql`any(${sql.val([...holderKeys(by)])}::text[])`;

const dossierColumns = sql`d.id, d.classification, coalesce(c.name, '') as "classificationName", d.state->>'title' as title, d.year, u.name as unit, d.status, (d.state->>'items')::int as items`;
const dossierTables = sql`dossier d join lateral (select name from unit_period p where p.tenant_id = d.tenant_id and p.id = d.unit_id and p.since <= now() order by p.since desc limit 1) u on true left join classification c on c.code = d.classification`;

const officeId = async (tx: Tx, by: Actor): Promise<Id> => (await officeOf(tx, by.tenantId, by.unitId, by.at))?.unitId ?? by.unitId;

/** The dossiers of my office, newest first. */
export const dossiers = async (tx: Tx, input: Asked, by: Actor): Promise<Result<Contract["archive.dossiers"]>> => {
  if (input.cursor !== undefined && !isId(input.cursor)) throw new Refused("malformed");
  const wanted = (input.q ?? "").trim();
  const { rows } = await sql<DossierRow>`
    select ${dossierColumns} from ${dossierTables}
    where d.tenant_id = ${by.tenantId} and d.unit_id = ${await officeId(tx, by)}
      and ${wanted === "" ? sql`true` : sql`concat_ws(' ', d.classification, c.name, d.state->>'title') ilike ${like(wanted)}`}
      and ${input.cursor === undefined ? sql`true` : sql`d.id < ${input.cursor}::uuid`}
    order by d.id desc limit ${input.limit + 1}`.execute(tx);
  const shown = rows.slice(0, input.limit);
  return { items: shown, next: rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null };
};

type Item = Result<Contract["archive.show"]>["contents"][number];

/** One dossier of my office with its contents. The subject of a letter that is not mine to read stays closed. */
export const dossier = async (tx: Tx, id: Id, by: Actor): Promise<Result<Contract["archive.show"]>> => {
  const { rows } = await sql<DossierRow & { retention: string | null }>`
    select ${dossierColumns}, nullif(concat_ws(' · ', 'Aktif ' || c.active_text, 'inaktif ' || c.inactive_text, c.fate), '') as retention from ${dossierTables}
    where d.tenant_id = ${by.tenantId} and d.id = ${id} and d.unit_id = ${await officeId(tx, by)}`.execute(tx);
  const found = rows[0];
  if (found === undefined) throw new NotFound("dossier");
  const contents = await sql<Omit<Item, "filed"> & { filed: Date }>`
    select i.kind, i.subject_id as id, coalesce(r.number, s.number, '') as number, i.at as filed, coalesce(r.dated, s.state->>'date', '') as date,
      case when coalesce(r.state->'facts'->>'security', s.state->>'security') in ('R', 'SR') then 'Sampul tertutup'
           when exists (select from reader v where v.tenant_id = i.tenant_id and v.subject_id = i.subject_id and v.holder = ${keys(by)}) then coalesce(r.state->'facts'->>'subject', s.state->>'subject', '')
           else 'Tidak terbuka bagi jabatan Anda' end as subject
    from dossier_item i
    left join received r on r.tenant_id = i.tenant_id and r.id = i.subject_id
    left join issued s on s.tenant_id = i.tenant_id and s.id = i.subject_id
    where i.tenant_id = ${by.tenantId} and i.dossier_id = ${id} order by date, i.at, i.subject_id limit 2000`.execute(tx);
  return { ...found, contents: contents.rows.map((item) => ({ ...item, filed: item.filed.toISOString() })) };
};

type Hit = Result<Contract["archive.search"]>["items"][number];
/**
 * Full-text search over what this person may read: facts, own words, and the words of scans, as the letters came, newest first.
 * Indonesian stems ("pengaduan" finds "mengadukan"); a number or a part of a word is found in the facts as typed.
 */
export const search = async (tx: Tx, input: Asked & { readonly q: string }, by: Actor): Promise<Result<Contract["archive.search"]>> => {
  if (input.cursor !== undefined && !isId(input.cursor)) throw new Refused("malformed");
  const { rows } = await sql<Hit>`
    with hit as (
      select f.*, case when to_tsvector('indonesian', f.facts) @@ asked.words or f.facts ilike asked.part then 'data'
                       when to_tsvector('indonesian', f.content) @@ asked.words then 'isi' else 'pindaian' end as found_in, asked.words
      from (select websearch_to_tsquery('indonesian', ${input.q}) as words, ${like(input.q)}::text as part) as asked,
        find_letters(${input.q}, ${like(input.q)}, ${sql.val([...holderKeys(by)])}::text[], ${input.cursor ?? null}::uuid, ${input.limit + 1}) as f)
    select hit.kind, hit.subject_id as id, coalesce(r.number, i.number, '') as number, hit.dated as date, hit.found_in as "foundIn",
      case when coalesce(r.state->'facts'->>'security', d.state->'summary'->>'security') in ('R', 'SR') then 'Sampul tertutup'
           else coalesce(r.state->'facts'->>'subject', d.state->'summary'->>'subject', 'Belum dicatat') end as subject,
      coalesce(r.sender, d.state->'summary'->>'to', '') as party,
      coalesce(r.status, i.status, d.status, '') as status,
      ts_headline('indonesian', case hit.found_in when 'data' then hit.facts when 'isi' then hit.content else hit.scan end, hit.words, 'StartSel=‹, StopSel=›, MaxWords=32, MinWords=14, MaxFragments=1') as excerpt
    from hit
    left join received r on hit.kind = 'surat' and r.tenant_id = ${by.tenantId} and r.id = hit.subject_id
    left join draft d on hit.kind = 'naskah' and d.tenant_id = ${by.tenantId} and d.id = hit.subject_id
    left join issued i on hit.kind = 'naskah' and i.tenant_id = ${by.tenantId} and i.id = hit.subject_id
    order by hit.subject_id desc`.execute(tx);
  const items = rows.slice(0, input.limit);
  return { items, next: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
};

/** One code of the archive classification (Permendagri 83/2022). */
export type Classification = { readonly code: string; readonly name: string; readonly path: string; readonly leaf: boolean };

/** Is it a code that letters may carry? Headings are not. */
export const isLeaf = async (tx: Tx, code: string): Promise<boolean> =>
  (await tx.selectFrom("classification").select("leaf").where("code", "=", code).executeTakeFirst())?.leaf === true;

/** Codes that begin with the text or whose name resembles it; leaves first, at most 50. */
export const searchClassifications = async (tx: Tx, text: string): Promise<readonly Classification[]> => {
  const wanted = text.trim();
  const pattern = wanted.replaceAll(/[%_\\]/g, "\\$&");
  const { rows } = await sql<Classification>`
    select code, name, path, leaf from classification
    where ${wanted === "" ? sql`parent is null` : /^[\d.]+$/.test(wanted) ? sql`code like ${`${pattern}%`}` : sql`(name ilike ${`%${pattern}%`} or name % ${wanted})`}
    order by ${wanted === "" || /^[\d.]+$/.test(wanted) ? sql`string_to_array(code, '.')::int[]` : sql`leaf desc, similarity(name, ${wanted}) desc, string_to_array(code, '.')::int[]`}
    limit 50`.execute(tx);
  return rows;
};
