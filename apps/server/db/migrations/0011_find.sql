-- Finding letters by their words. Row-level security lets no index serve an operator that is not leakproof (@@ and like are not),
-- so these two doors look with the owner's eyes: in the tenant of the transaction only, and only at what the caller's keys may read.

create index search_newest on search_text (tenant_id, (coalesce(dated, '')) desc, subject_id desc);

-- The words on a letter's line in a list; of a secret letter only what stands on its envelope.
create function received_words(state jsonb) returns text language sql immutable parallel safe as $$
  select lower(coalesce(state->'facts'->>'sender', '') || ' ' || coalesce(state->'facts'->>'number', '') || ' '
    || case when state->'facts'->>'security' in ('R', 'SR') then '' else coalesce(state->'facts'->>'subject', '') end) $$;
create index received_words on received using gin (received_words(state) gin_trgm_ops);
create index received_dated on received (tenant_id, unit_id, dated);

create function find_letters(asked text, part text, holders text[], before_dated text, before_id uuid, at_most integer)
returns table (subject_id uuid, kind text, dated text, facts text, content text, scan text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  -- Executed as text, so that the plan fits these very words: rare ones come from the word index, common ones from the newest letters.
  return query execute $q$
    select s.subject_id, s.kind, s.dated, s.facts, s.content, s.scan from search_text s
    where s.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
      and (s.words @@ websearch_to_tsquery('indonesian', $1) or s.facts ilike $2)
      and exists (select from reader v where v.tenant_id = s.tenant_id and v.subject_id = s.subject_id and v.holder = any($3))
      and ($5 is null or (coalesce(s.dated, ''), s.subject_id) < ($4, $5))
    order by coalesce(s.dated, '') desc, s.subject_id desc limit $6 $q$
  using asked, part, holders, before_dated, before_id, at_most;
end $$;

create function find_received(part text, holders text[], statuses text[], before_id uuid, at_most integer) returns table (id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute $q$
    select r.id from received r
    where r.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and received_words(r.state) like lower($1)
      and exists (select from reader v where v.tenant_id = r.tenant_id and v.subject_id = r.id and v.holder = any($2))
      and (cardinality($3) = 0 or r.status = any($3)) and ($4 is null or r.id < $4)
    order by r.id desc limit $5 $q$
  using part, holders, statuses, before_id, at_most;
end $$;

revoke all on function find_letters(text, text, text[], text, uuid, integer), find_received(text, text[], text[], uuid, integer) from public;
grant execute on function find_letters(text, text, text[], text, uuid, integer), find_received(text, text[], text[], uuid, integer) to lontar_app;
