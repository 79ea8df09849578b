-- The organisation has a history and a future: units and posts are what their periods say at a moment, holdings never overlap, and
-- delegations, the policy and the sealed NIK stand beside them.

create extension if not exists btree_gist;

-- ISO 8601 with Z names the same instant wherever it is read; the cast itself does not promise that.
create function instant_of(iso text) returns timestamptz language sql immutable strict parallel safe as $$ select iso::timestamptz $$;

-- What a dated state says, period by period; a period without facts is an end.
create function periods_of(state jsonb) returns table (since timestamptz, until timestamptz, facts jsonb) language sql immutable parallel safe as $$
  select p.since, p.until, p.facts from (
    select instant_of(e.p->>'since') as since, lead(instant_of(e.p->>'since')) over (order by e.n) as until, e.p->'facts' as facts
    from jsonb_array_elements(state->'periods') with ordinality as e(p, n)) p
  where jsonb_typeof(p.facts) = 'object' $$;

-- Rows of before dates become one period that begins before every act.
alter table unit disable trigger unit_needs_event;
alter table position disable trigger position_needs_event;
alter table position drop column unit_id, drop column title, drop column superior_id, drop column functions;
alter table unit drop column code, drop column name, drop column parent_id;
update unit set state = jsonb_build_object('periods', jsonb_build_array(jsonb_build_object('since', '2000-01-01T00:00:00.000Z', 'facts', state, 'basis', null)));
update position set state = jsonb_build_object('periods', jsonb_build_array(jsonb_build_object('since', '2000-01-01T00:00:00.000Z', 'facts', state, 'basis', null)));
alter table unit enable trigger unit_needs_event;
alter table position enable trigger position_needs_event;

-- The periods as rows, read out of the state by the triggers below, so that they cannot disagree with it.
create table unit_period (
  tenant_id uuid not null,
  id        uuid not null,
  since     timestamptz not null,
  until     timestamptz,
  facts     jsonb not null,
  code      text not null generated always as (facts->>'code') stored,
  name      text not null generated always as (facts->>'name') stored,
  parent_id uuid generated always as ((facts->>'parentId')::uuid) stored,
  primary key (tenant_id, id, since),
  foreign key (tenant_id, id) references unit (tenant_id, id),
  constraint unit_code_once exclude using gist (tenant_id with =, code with =, tstzrange(since, until) with &&)
);
create index unit_period_parent on unit_period (tenant_id, parent_id);

create table position_period (
  tenant_id   uuid not null,
  id          uuid not null,
  since       timestamptz not null,
  until       timestamptz,
  facts       jsonb not null,
  unit_id     uuid not null generated always as ((facts->>'unitId')::uuid) stored,
  title       text not null generated always as (facts->>'title') stored,
  superior_id uuid generated always as ((facts->>'superiorId')::uuid) stored,
  primary key (tenant_id, id, since),
  foreign key (tenant_id, id) references position (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id) deferrable initially deferred
);
create index position_period_unit on position_period (tenant_id, unit_id);
create index position_period_superior on position_period (tenant_id, superior_id);

create function keep_periods() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  execute format('delete from %I where tenant_id = $1 and id = $2', tg_table_name || '_period') using new.tenant_id, new.id;
  execute format('insert into %I (tenant_id, id, since, until, facts) select $1, $2, p.since, p.until, p.facts from periods_of($3) p', tg_table_name || '_period') using new.tenant_id, new.id, new.state;
  return null;
end $$;
create trigger unit_keeps_periods after insert or update on unit for each row execute function keep_periods();
create trigger position_keeps_periods after insert or update on position for each row execute function keep_periods();
insert into unit_period (tenant_id, id, since, until, facts) select u.tenant_id, u.id, p.since, p.until, p.facts from unit u, periods_of(u.state) p;
insert into position_period (tenant_id, id, since, until, facts) select u.tenant_id, u.id, p.since, p.until, p.facts from position u, periods_of(u.state) p;

-- One definitive holder at a time, and one acting official at a time: whoever answers for a post is always one.
drop index holding_definitive;
alter table holding add constraint holding_definitive_once exclude using gist
  (tenant_id with =, position_id with =, tstzrange(instant_of(since), instant_of(until)) with &&) where (kind = 'definitif');
alter table holding add constraint holding_acting_once exclude using gist
  (tenant_id with =, position_id with =, tstzrange(instant_of(since), instant_of(until)) with &&) where (kind <> 'definitif');

create unique index person_nip on person (tenant_id, (state->>'nip')) where state->>'nip' is not null;

-- A NIK is found by its keyed hash and read only with the installation's key; erasing this row erases it.
create table person_nik (
  tenant_id uuid  not null,
  person_id uuid  not null,
  sealed    bytea not null,
  keyed     bytea not null,
  primary key (tenant_id, person_id),
  unique (tenant_id, keyed),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);

select create_state_table('delegation', $$
  from_id uuid generated always as ((state->>'fromId')::uuid) stored not null,
  to_id   uuid generated always as ((state->>'toId')::uuid) stored not null,
  foreign key (tenant_id, from_id) references position (tenant_id, id) deferrable initially deferred,
  foreign key (tenant_id, to_id) references position (tenant_id, id) deferrable initially deferred$$);
create index delegation_to on delegation (tenant_id, to_id);
create index delegation_from on delegation (tenant_id, from_id);

select create_state_table('policy', $$ check (id = tenant_id) $$);

do $$
declare t text;
begin
  foreach t in array array['unit_period', 'position_period', 'person_nik', 'delegation', 'policy'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I to lontar_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('grant select on %I to lontar_app', t);
  end loop;
  foreach t in array array['delegation', 'policy'] loop
    execute format('grant insert, update (revision, last_event, state) on %I to lontar_app', t);
  end loop;
end $$;
grant insert, update (sealed, keyed), delete on person_nik to lontar_app;

-- The demo sign-ins name the posts of today.
create or replace function door_demo_accounts() returns table (username text, demo_password text, name text, title text, tenant text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.username, a.demo_password, p.name, string_agg(distinct po.title, ', '), t.name
  from account a join tenant t using (tenant_id) join person p on p.tenant_id = a.tenant_id and p.id = a.person_id
  join holding h on h.tenant_id = a.tenant_id and h.person_id = a.person_id and instant_of(h.since) <= now() and (h.until is null or now() < instant_of(h.until))
  join position_period po on po.tenant_id = h.tenant_id and po.id = h.position_id and po.since <= now() and (po.until is null or now() < po.until)
  where a.demo_password is not null group by a.username, a.demo_password, p.name, t.name order by min(a.person_id::text) $$;
