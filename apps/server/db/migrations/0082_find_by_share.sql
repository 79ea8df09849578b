-- The search of letters by the shorter way. Testing a letter's words costs some hundred times what the planner believes of an operator, so
-- it would rather test each letter that a person may read than ask the word index. Three ways, chosen by how many letters each would
-- look at: all that have the words, by their index; what he reads, newest first, until the page is full; all, newest first, until it
-- is full. The rule of who sees what is the same in each: a key of his in `reader`.
-- (`volatile` only because the planner's estimate may be asked in no other function.)

-- The dates of what somebody reads, without fetching the letters.
create index search_dates on search_text (tenant_id, subject_id) include (dated);

create or replace function find_letters(asked text, part text, holders text[], before_dated text, before_id uuid, at_most integer)
returns table (subject_id uuid, kind text, dated text, facts text, content text, scan text)
language plpgsql volatile security definer set search_path = public, pg_temp
-- Letters are looked up one by one: as on a disk without arms, and without the start of other processes.
set random_page_cost = 1.1 set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  mine constant text := 'nullif(current_setting(''app.tenant'', true), '''')::uuid';
  found constant text := '(s.words @@ websearch_to_tsquery(''indonesian'', $1) or s.facts ilike $2)';
  older constant text := '($5 is null or (coalesce(s.dated, ''''), s.subject_id) < ($4, $5))';
  columns constant text := 's.subject_id, s.kind, s.dated, s.facts, s.content, s.scan';
  -- So many readable letters are counted; whoever reads more meets one soon enough among all.
  counted constant integer := 20000;
  -- Fetching the date of a letter that he reads, beside testing its words.
  fetching constant numeric := 0.3;
  plan json;
  matching numeric;
  letters numeric;
  readable numeric;
  by_words numeric;
  by_reader numeric;
  by_date numeric;
begin
  -- Executed as text, so that each plan fits these very words.
  execute format('explain (format json) select from search_text s where s.tenant_id = %s and %s', mine, found) into plan using asked, part;
  matching := greatest(1, (plan->0->'Plan'->>'Plan Rows')::numeric);
  execute format('explain (format json) select from search_text s where s.tenant_id = %s', mine) into plan;
  letters := greatest(matching, (plan->0->'Plan'->>'Plan Rows')::numeric);
  execute format('select count(*) from (select from reader v where v.tenant_id = %s and v.holder = any($1) limit $2) r', mine) into readable using holders, counted + 1;
  by_words := matching;
  by_reader := case when readable > counted then letters else fetching * readable + least(readable, at_most * letters / matching) end;
  by_date := at_most * (letters / matching) * (letters / greatest(1, readable));
  if by_words <= least(by_reader, by_date) then
    return query execute format($q$
      with hit as materialized (select %3$s from search_text s where s.tenant_id = %1$s and %2$s and %4$s)
      select s.* from hit s where exists (select from reader v where v.tenant_id = %1$s and v.subject_id = s.subject_id and v.holder = any($3))
      order by coalesce(s.dated, '') desc, s.subject_id desc limit $6 $q$, mine, found, columns, older) using asked, part, holders, before_dated, before_id, at_most;
  elsif by_reader <= by_date then
    -- `offset 0` keeps the sort before the words: they are tested one letter after the other until the page is full.
    return query execute format($q$
      select %3$s from (
        select s.subject_id, coalesce(s.dated, '') as place from (select distinct v.subject_id from reader v where v.tenant_id = %1$s and v.holder = any($3)) k
        join search_text s on s.tenant_id = %1$s and s.subject_id = k.subject_id where %4$s order by place desc, s.subject_id desc offset 0) k
      cross join lateral (select * from search_text s where s.tenant_id = %1$s and s.subject_id = k.subject_id and %2$s offset 0) s
      order by k.place desc, k.subject_id desc limit $6 $q$, mine, found, columns, older) using asked, part, holders, before_dated, before_id, at_most;
  else
    return query execute format($q$
      select %3$s from search_text s
      where s.tenant_id = %1$s and %2$s and %4$s
        and exists (select from reader v where v.tenant_id = s.tenant_id and v.subject_id = s.subject_id and v.holder = any($3))
      order by coalesce(s.dated, '') desc, s.subject_id desc limit $6 $q$, mine, found, columns, older) using asked, part, holders, before_dated, before_id, at_most;
  end if;
end $$;
