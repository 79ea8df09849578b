-- Search answers letters as they came to the office, newest first, as the lists of letters do: the order in which `reader` keeps what
-- somebody reads. What he may read is walked in that order until a page is full; nothing has to be fetched and sorted before.

-- The facts in small letters. Comparing them as they are, without regard to case, cost six times what is left now.
alter table search_text add column folded text generated always as (lower(facts)) stored;
drop index search_facts;
create index search_facts on search_text using gin (folded gin_trgm_ops);
drop index search_dates;

drop function find_letters(text, text, text[], text, uuid, integer);

-- Two ways, by how many letters each would look at: all that have the words, by their index, each asked whether he reads it; or what he
-- reads, newest first, each asked for the words. Who sees what is the same in both: a key of his in `reader`.
-- (`volatile` only because the planner's estimate may be asked in no other function.)
create function find_letters(asked text, part text, holders text[], before_id uuid, at_most integer)
returns table (subject_id uuid, kind text, dated text, facts text, content text, scan text)
language plpgsql volatile security definer set search_path = public, pg_temp rows 40
-- Letters are looked up one by one: as on a disk without arms, and without the start of other processes. His keys' indexes are merged as
-- they are read: neither hashed nor sorted, which would read them to their ends. What is planned once stays planned.
set random_page_cost = 1.1 set max_parallel_workers_per_gather = 0 set jit = off set enable_hashagg = off set enable_sort = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  tenant constant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  query constant tsquery := websearch_to_tsquery('indonesian', asked);
  folded_part constant text := lower(part);
  found constant text := 's.tenant_id = $1 and (s.words @@ $2 or s.folded like $3)';
  plan json;
  matching numeric;
  walked numeric;
  readable text;
  mine uuid[];
  step integer;
  missing integer := at_most;
  last uuid := before_id;
  more integer;
begin
  -- Executed as text, so that each plan fits these very words and keys. A key that opens nothing needs no plan.
  execute 'explain (format json) select from search_text s where ' || found into plan using tenant, query, folded_part;
  matching := greatest(1, (plan->0->'Plan'->>'Plan Rows')::numeric);
  select 1.5 * at_most * greatest(c.reltuples, matching) / matching into walked from pg_class c where c.oid = 'search_text'::regclass;
  select 'select array(select v.subject_id from (' || string_agg(format('(select v.subject_id from reader v where v.tenant_id = $1 and v.holder = %L and ($2 is null or v.subject_id < $2) order by v.subject_id desc)', k.holder), ' union all ') || ') v order by v.subject_id desc limit $3)' into readable
  from unnest(holders) as k(holder) where exists (select from reader v where v.tenant_id = tenant and v.holder = k.holder);
  if readable is null then return; end if;
  -- So many at a time as should fill the page: an index walked for many ids in their order is half the work of as many look-ups. (One that
  -- several keys open comes several times, and is looked at once.)
  step := least(walked, matching, 10000);
  execute readable into mine using tenant, last, step;
  if cardinality(mine) >= matching then
    return query execute format($q$
      with hit as materialized (select s.subject_id, s.kind, s.dated, s.facts, s.content, s.scan from search_text s where %s and ($5 is null or s.subject_id < $5))
      select s.* from hit s where exists (select from reader v where v.tenant_id = $1 and v.subject_id = s.subject_id and v.holder = any($4))
      order by s.subject_id desc limit $6 $q$, found) using tenant, query, folded_part, holders, before_id, at_most;
    return;
  end if;
  loop
    return query select s.subject_id, s.kind, s.dated, s.facts, s.content, s.scan from search_text s
      where s.tenant_id = tenant and s.subject_id = any(mine) and (s.words @@ query or s.folded like folded_part) order by s.subject_id desc limit missing;
    get diagnostics more = row_count;
    missing := missing - more;
    exit when missing <= 0 or cardinality(mine) < step;
    last := mine[step];
    step := least(2 * step, 10000);
    execute readable into mine using tenant, last, step;
  end loop;
end $$;
revoke all on function find_letters(text, text, text[], uuid, integer) from public;
grant execute on function find_letters(text, text, text[], uuid, integer) to lontar_app;

create or replace function letters_named(part text, up_to text, at_most integer) returns table (id uuid, dated text) language plpgsql stable security definer set search_path = public, pg_temp set random_page_cost = 1.1 rows 200 as $$
begin
  return query execute $q$
    select s.subject_id, coalesce(s.dated, '') from search_text s
    where s.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and s.folded like lower($1) and ($2 is null or coalesce(s.dated, '') <= $2)
    order by coalesce(s.dated, '') desc, s.subject_id desc limit $3 $q$
  using part, up_to, at_most;
end $$;
