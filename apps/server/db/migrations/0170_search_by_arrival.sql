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
-- they are read: neither hashed nor sorted, which would read them to their ends.
set random_page_cost = 1.1 set max_parallel_workers_per_gather = 0 set jit = off set enable_hashagg = off set enable_sort = off as $$
declare
  mine constant text := 'nullif(current_setting(''app.tenant'', true), '''')::uuid';
  found constant text := '(s.words @@ websearch_to_tsquery(''indonesian'', $1) or s.folded like lower($2))';
  columns constant text := 's.subject_id, s.kind, s.dated, s.facts, s.content, s.scan';
  plan json;
  matching numeric;
  walked numeric;
  readable text;
  by_words numeric;
  by_reader numeric;
begin
  -- Executed as text, so that each plan fits these very words and keys. A key that opens nothing needs no plan.
  execute format('explain (format json) select from search_text s where s.tenant_id = %s and %s', mine, found) into plan using asked, part;
  matching := greatest(1, (plan->0->'Plan'->>'Plan Rows')::numeric);
  select at_most * greatest(c.reltuples, matching) / matching into walked from pg_class c where c.oid = 'search_text'::regclass;
  select string_agg(format('(select v.subject_id from reader v where v.tenant_id = %s and v.holder = %L and ($3 is null or v.subject_id < $3) order by v.subject_id desc)', mine, k.holder), ' union all ') into readable
  from unnest(holders) as k(holder) where exists (select from reader v where v.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and v.holder = k.holder);
  if readable is null then return; end if;
  by_words := matching;
  execute format('select least($4, count(*)) from (select from (%s) v limit $5) r', readable) into by_reader using asked, part, before_id, walked, ceil(least(by_words, walked));
  if by_words <= by_reader then
    return query execute format($q$
      with hit as materialized (select %3$s from search_text s where s.tenant_id = %1$s and %2$s and ($4 is null or s.subject_id < $4))
      select s.* from hit s where exists (select from reader v where v.tenant_id = %1$s and v.subject_id = s.subject_id and v.holder = any($3))
      order by s.subject_id desc limit $5 $q$, mine, found, columns) using asked, part, holders, before_id, at_most;
  else
    -- `offset 0` keeps the walk before the words: they are looked for in one letter after the other until the page is full.
    return query execute format($q$
      select %3$s from (select distinct v.subject_id from (%4$s) v order by v.subject_id desc) k
      cross join lateral (select * from search_text s where s.tenant_id = %1$s and s.subject_id = k.subject_id and %2$s offset 0) s
      order by k.subject_id desc limit $4 $q$, mine, found, columns, readable) using asked, part, before_id, at_most;
  end if;
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
