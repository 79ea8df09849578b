-- Who read a secret letter by his own right, and on which day last: the days before are in the events.
select create_state_table('secret_reading', $$
  letter_id uuid generated always as ((state->>'letterId')::uuid) stored not null,
  person_id uuid generated always as ((state->>'personId')::uuid) stored not null,
  last_day  text generated always as (state->>'lastDay') stored not null,
  foreign key (tenant_id, person_id) references person (tenant_id, id) deferrable initially deferred$$);
create unique index secret_reading_once on secret_reading (tenant_id, letter_id, person_id);
alter table secret_reading enable row level security;
create policy own_tenant on secret_reading to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update (revision, last_event, state) on secret_reading to lontar_app;
