-- Hand-overs of posts: one at a time runs over each post.

select create_state_table('handover', $$
  position_id uuid generated always as ((state->>'positionId')::uuid) stored not null,
  status      text generated always as (state->>'status') stored not null check (state->>'status' in ('menunggu', 'selesai', 'dibatalkan')),
  foreign key (tenant_id, position_id) references position (tenant_id, id) deferrable initially deferred$$);
create unique index handover_running on handover (tenant_id, position_id) where (state->>'status' = 'menunggu');

alter table handover enable row level security;
create policy own_tenant on handover to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update (revision, last_event, state) on handover to lontar_app;
