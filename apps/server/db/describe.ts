import type pg from "pg";

// Words that PostgreSQL itself prints, so that the text is SQL again and equal on every machine.
const tables = `
  select c.relname as name,
    (select string_agg(format(E'  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
        case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored' when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end), E',\\n' order by a.attnum)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(string_agg(format(E',\\n  constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), '' order by k.contype, k.conname), '') from pg_constraint k where k.conrelid = c.oid and k.conparentid = 0 and k.contype in ('p', 'u', 'f', 'c', 'x')) as constraints,
    coalesce(' partition by ' || pg_get_partkeydef(c.oid), '') as partition,
    (select coalesce(string_agg(pg_get_indexdef(i.indexrelid) || E';\\n', '' order by i.indexrelid::regclass::text), '') from pg_index i
      where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = c.oid)) as indexes,
    (select coalesce(string_agg(pg_get_triggerdef(t.oid) || E';\\n', '' order by t.tgname), '') from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) as triggers,
    case when c.relrowsecurity then format(E'alter table %I enable row level security;\\n', c.relname) else '' end as security,
    (select coalesce(string_agg(format(E'create policy %I on %I to %s using %s;\\n', p.polname, c.relname, (select string_agg(quote_ident(r.rolname), ', ') from pg_roles r where r.oid = any(p.polroles)), pg_get_expr(p.polqual, c.oid)), '' order by p.polname), '') from pg_policy p where p.polrelid = c.oid) as policies,
    (select coalesce(string_agg(format(E'grant %s on %I to lontar_app;\\n', lower(g.what), c.relname), '' order by g.what), '') from (
      select string_agg(distinct privilege_type, ', ' order by privilege_type) as what from information_schema.role_table_grants where grantee = 'lontar_app' and table_schema = 'public' and table_name = c.relname
      union all
      select privilege_type || ' (' || string_agg(column_name, ', ' order by column_name) || ')' from information_schema.column_privileges p where grantee = 'lontar_app' and table_schema = 'public' and table_name = c.relname
        and not exists (select from information_schema.role_table_grants t where t.grantee = p.grantee and t.table_schema = p.table_schema and t.table_name = p.table_name and t.privilege_type = p.privilege_type)
      group by privilege_type) g where g.what is not null) as grants
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'schema_migration'
  order by c.relname`;

const domains = `
  select format('create domain %I as %s %s;', t.typname, format_type(t.typbasetype, t.typtypmod), (select string_agg(pg_get_constraintdef(k.oid), ' ' order by k.conname) from pg_constraint k where k.contypid = t.oid)) as text
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where n.nspname = 'public' and t.typtype = 'd' and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e') order by t.typname`;

const functions = `
  select pg_get_functiondef(f.oid) as text, has_function_privilege('lontar_app', f.oid, 'execute') and f.prosecdef as open, f.oid::regprocedure::text as name
  from pg_proc f join pg_namespace n on n.oid = f.pronamespace
  where n.nspname = 'public' and f.prokind = 'f' and not exists (select from pg_depend d where d.objid = f.oid and d.deptype = 'e')
  order by f.proname, f.oid::regprocedure::text`;

type TableRow = { name: string; columns: string; constraints: string; partition: string; indexes: string; triggers: string; security: string; policies: string; grants: string };

/** The schema that all migrations together make, as SQL that a person can read and review; extensions, partitions and the job tables of the library are left out. */
export const describeSchema = async (pool: pg.Pool): Promise<string> => {
  const { rows } = await pool.query<TableRow>(tables);
  const { rows: kinds } = await pool.query<{ text: string }>(domains);
  const { rows: made } = await pool.query<{ text: string; open: boolean; name: string }>(functions);
  const table = (row: TableRow): string => `create table ${row.name} (\n${row.columns}${row.constraints}\n)${row.partition};\n${row.indexes}${row.triggers}${row.security}${row.policies}${row.grants}`;
  return [
    "-- The schema after all migrations. Written by `npm run golden`; never edited, read in review.\n",
    ...kinds.map((kind) => `${kind.text}\n`),
    ...rows.map(table),
    ...made.map((one) => `${one.text.trimEnd()};\n${one.open ? `grant execute on function ${one.name} to lontar_app;\n` : ""}`),
  ].join("\n");
};
