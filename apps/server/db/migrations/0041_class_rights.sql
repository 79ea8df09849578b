-- SKKAAD (Perka ANRI 17/2011): who may read the letters of a classification and security class by the post he holds. Each letter carries
-- keys `class:<code or its heading>/<security>/<office>`; these rows say whose keys they are. Rows begin and end, they are never rewritten,
-- so that whose right it was on any day is in the rows themselves.

select create_state_table('class_right', $$
  prefix      text generated always as (state->>'prefix') stored not null,
  level       text generated always as (state->>'level') stored check (state->>'level' in ('penentu_kebijakan', 'pelaksana_kebijakan', 'pengawas')),
  position_id uuid generated always as ((state->>'positionId')::uuid) stored,
  unit_id     uuid generated always as ((state->>'unitId')::uuid) stored,
  since       text generated always as (state->>'since') stored not null,
  until       text generated always as (state->>'until') stored,
  check ((state->>'level' is null) <> (state->>'positionId' is null)),
  foreign key (tenant_id, position_id) references position (tenant_id, id) deferrable initially deferred,
  foreign key (tenant_id, unit_id) references unit (tenant_id, id) deferrable initially deferred$$);
create index class_right_prefix on class_right (tenant_id, prefix);
alter table class_right enable row level security;
create policy own_tenant on class_right to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update (revision, last_event, state) on class_right to lontar_app;

-- Eselon II decides policy, III carries it out, IV supervises; the role of a post in the chain says which.
create function level_of_role(role text) returns text language sql immutable parallel safe as $$
  select case when role in ('bupati', 'wakil_bupati', 'sekda', 'asisten', 'staf_ahli', 'kepala') then 'penentu_kebijakan'
              when role in ('sekretaris', 'kepala_bagian', 'kepala_bidang', 'sekcam') then 'pelaksana_kebijakan'
              when role in ('kepala_seksi', 'kasubbag', 'lurah') then 'pengawas' end $$;

-- The unit and all below it at the instant; without a unit, all of the government.
create function units_under(tenant uuid, top uuid, at timestamptz) returns setof uuid language sql stable as $$
  with recursive under as (
    select id from unit_period where tenant_id = tenant and (id = top or (top is null and parent_id is null)) and since <= at and (until is null or at < until)
    union select u.id from unit_period u join under on u.parent_id = under.id where u.tenant_id = tenant and u.since <= at and (u.until is null or at < u.until))
  select id from under $$;

-- The keys that a post has by these rows at the instant. Most governments begin without a row, and pay one look.
create function class_keys(tenant uuid, post uuid, at text) returns text[] language sql stable as $$
  select coalesce(array_agg(distinct 'class:' || c.prefix || '/' || s.security || '/' || office.id), '{}')
  from class_right c
  join position_period p on p.tenant_id = c.tenant_id and p.id = post and p.since <= instant_of(at) and (p.until is null or instant_of(at) < p.until)
  cross join lateral jsonb_array_elements_text(c.state->'securities') as s(security)
  join unit_period office on office.tenant_id = tenant and office.id in (select units_under(tenant, c.unit_id, instant_of(at))) and jsonb_typeof(office.facts->'letterhead') = 'object'
    and office.since <= instant_of(at) and (office.until is null or instant_of(at) < office.until)
  where c.tenant_id = tenant and c.since <= at and (c.until is null or c.until > at)
    and (c.position_id = post or (c.level = level_of_role(p.facts->>'role') and (c.unit_id is null or p.unit_id in (select units_under(tenant, c.unit_id, instant_of(at)))))) $$;
grant execute on function level_of_role(text), units_under(uuid, uuid, timestamptz), class_keys(uuid, uuid, text) to lontar_app;
