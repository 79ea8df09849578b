-- What every request asks is planned once a connection: PostgreSQL plans the body of an SQL function anew at each call, which cost more
-- than all else that a command does together. What they answer is what they answered before.

create or replace function units_under(tenant uuid, top uuid, at timestamptz) returns setof uuid language plpgsql stable as $$
#variable_conflict use_variable
begin
  return query
  with recursive under as (
    select id from unit_period where tenant_id = tenant and (id = top or (top is null and parent_id is null)) and since <= at and (until is null or at < until)
    union select u.id from unit_period u join under on u.parent_id = under.id where u.tenant_id = tenant and u.since <= at and (u.until is null or at < u.until))
  select id from under;
end $$;

-- Which rows are this post's is asked first: nearly every post has none, and pays nothing for the offices that the rows reach.
create or replace function class_keys(tenant uuid, post uuid, at text) returns text[] language plpgsql stable as $$
#variable_conflict use_variable
begin
  return (
    with mine as materialized (
      select c.prefix, c.unit_id, c.state
      from position_period p join class_right c on c.tenant_id = p.tenant_id and c.since <= at and (c.until is null or c.until > at)
        and (c.position_id = post or (c.level = level_of_role(p.facts->>'role') and (c.unit_id is null or p.unit_id in (select units_under(tenant, c.unit_id, instant_of(at))))))
      where p.tenant_id = tenant and p.id = post and p.since <= instant_of(at) and (p.until is null or instant_of(at) < p.until))
    select coalesce(array_agg(distinct 'class:' || m.prefix || '/' || s.security || '/' || office.id), '{}')
    from mine m
    cross join lateral jsonb_array_elements_text(m.state->'securities') as s(security)
    cross join lateral units_under(tenant, m.unit_id, instant_of(at)) as u(id)
    join unit_period office on office.tenant_id = tenant and office.id = u.id and jsonb_typeof(office.facts->'letterhead') = 'object'
      and office.since <= instant_of(at) and (office.until is null or instant_of(at) < office.until));
end $$;

create or replace function oversight_keys(tenant uuid, person uuid, post uuid, at text) returns text[] language plpgsql stable as $$
#variable_conflict use_variable
begin
  return (
    select coalesce(array_agg(key), '{}') from (
      select 'inspection:' || i.id as key from inspection i where i.tenant_id = tenant and i.position_id = post and i.since <= at and at < i.until
      union all
      select 'emergency:' || e.id from emergency e where e.tenant_id = tenant and e.person_id = person and e.since <= at and at < e.until) held);
end $$;

create or replace function door_visit(hash bytea) returns table (tenant_id uuid, session_id uuid, person_id uuid, position_id uuid, device text, browser bytea, since timestamptz, last_seen timestamptz, held_back boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select tenant_id, session_id, person_id, position_id, device, browser, since, last_seen, held_back from session where token_hash = hash and ended is null;
end $$;
