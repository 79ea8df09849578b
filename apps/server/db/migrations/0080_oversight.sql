-- Reading by oversight: what an inspector may read under a mandate, and what is opened in an emergency. Both are held for a time that ends
-- by its date alone: a letter's right names the mandate or the emergency, and only while it runs does anyone hold that key.

select create_state_table('inspection', $$
  position_id uuid generated always as ((state->>'positionId')::uuid) stored not null,
  since       text generated always as (state->>'since') stored not null,
  until       text generated always as (state->>'until') stored not null,
  foreign key (tenant_id, position_id) references position (tenant_id, id) deferrable initially deferred$$);
create index inspection_post on inspection (tenant_id, position_id, until);

select create_state_table('inspection_look', $$
  inspection_id uuid generated always as ((state->>'inspectionId')::uuid) stored not null,
  letter_id     uuid generated always as ((state->>'letterId')::uuid) stored not null,
  foreign key (tenant_id, inspection_id) references inspection (tenant_id, id) deferrable initially deferred$$);
create unique index inspection_look_letter on inspection_look (tenant_id, inspection_id, letter_id);

select create_state_table('emergency', $$
  letter_id uuid generated always as ((state->>'letterId')::uuid) stored not null,
  person_id uuid generated always as ((state->'opener'->>'personId')::uuid) stored not null,
  since     text generated always as (state->>'since') stored not null,
  until     text generated always as (state->>'until') stored not null,
  foreign key (tenant_id, person_id) references person (tenant_id, id) deferrable initially deferred$$);
create index emergency_person on emergency (tenant_id, person_id, until);
create index emergency_letter on emergency (tenant_id, letter_id);

do $$
declare t text;
begin
  foreach t in array array['inspection', 'inspection_look', 'emergency'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I to lontar_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('grant select, insert, update (revision, last_event, state) on %I to lontar_app', t);
  end loop;
end $$;

-- An inspector walks the letters of an office by their date, and an emergency names a letter by its number.
create index issued_dated on issued (tenant_id, unit_id, (state->>'date'), id);

-- The keys that a person has in a post at the instant. Nearly everyone has none, and pays two looks into indexes.
create function oversight_keys(tenant uuid, person uuid, post uuid, at text) returns text[] language sql stable as $$
  select coalesce(array_agg(key), '{}') from (
    select 'inspection:' || i.id as key from inspection i where i.tenant_id = tenant and i.position_id = post and i.since <= at and at < i.until
    union all
    select 'emergency:' || e.id from emergency e where e.tenant_id = tenant and e.person_id = person and e.since <= at and at < e.until) held $$;
grant execute on function oversight_keys(uuid, uuid, uuid, text) to lontar_app;
