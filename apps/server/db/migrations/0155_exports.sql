-- What left the office as a file: of what, in which form, how narrowed, how many rows. What stood in it is not kept.
select create_state_table('export', $$
  what      text generated always as (state->>'what') stored not null,
  letter_id uuid generated always as ((state->>'letterId')::uuid) stored,
  rows      integer generated always as ((state->>'rows')::integer) stored not null,
  check (what in ('organisasi', 'pembaca', 'jejak') and (what = 'organisasi') = (letter_id is null) and rows >= 0)$$);
alter table export enable row level security;
create policy own_tenant on export to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update (revision, last_event, state) on export to lontar_app;
