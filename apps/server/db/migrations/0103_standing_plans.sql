-- Every request asks who stands before it. A function in plain SQL is planned anew at each call, which cost more than all the rest of the
-- question; PL/pgSQL keeps the plan for as long as the connection lives. What they answer is as before.

create or replace function units_under(tenant uuid, top uuid, at timestamptz) returns setof uuid language plpgsql stable as $$
begin
  return query with recursive under as (
    select u.id from unit_period u where u.tenant_id = tenant and (u.id = top or (top is null and u.parent_id is null)) and u.since <= at and (u.until is null or at < u.until)
    union select u.id from unit_period u join under on u.parent_id = under.id where u.tenant_id = tenant and u.since <= at and (u.until is null or at < u.until))
  select under.id from under;
end $$;

-- First the rows that speak of this post, which are few; only theirs are followed into the offices.
create or replace function class_keys(tenant uuid, post uuid, at text) returns text[] language plpgsql stable as $$
declare
  moment timestamptz := instant_of(at);
  place position_period;
begin
  if not exists (select from class_right where tenant_id = tenant) then return '{}'; end if; -- most governments begin without a row
  select * into place from position_period p where p.tenant_id = tenant and p.id = post and p.since <= moment and (p.until is null or moment < p.until);
  if not found then return '{}'; end if;
  return (
    with spoken as materialized (
      select c.prefix, c.unit_id, c.state->'securities' as securities from class_right c
      where c.tenant_id = tenant and c.since <= at and (c.until is null or c.until > at)
        and (c.position_id = post or (c.level = level_of_role(place.facts->>'role') and (c.unit_id is null or place.unit_id in (select units_under(tenant, c.unit_id, moment))))))
    select coalesce(array_agg(distinct 'class:' || spoken.prefix || '/' || s.security || '/' || office.id), '{}')
    from spoken
    cross join lateral jsonb_array_elements_text(spoken.securities) as s(security)
    cross join lateral units_under(tenant, spoken.unit_id, moment) as below(id)
    join unit_period office on office.tenant_id = tenant and office.id = below.id and jsonb_typeof(office.facts->'letterhead') = 'object'
      and office.since <= moment and (office.until is null or moment < office.until));
end $$;

create or replace function oversight_keys(tenant uuid, person uuid, post uuid, at text) returns text[] language plpgsql stable as $$
begin
  return (select coalesce(array_agg(key), '{}') from (
    select 'inspection:' || i.id as key from inspection i where i.tenant_id = tenant and i.position_id = post and i.since <= at and at < i.until
    union all
    select 'emergency:' || e.id from emergency e where e.tenant_id = tenant and e.person_id = person and e.since <= at and at < e.until) held);
end $$;
