-- Keys with which a government seals the QR codes of its letters: each for ninety days, each made, retired and revoked by an event.

select create_state_table('seal_key', $$
  key_id text generated always as (state->>'keyId') stored not null,
  status text generated always as (state->>'status') stored not null,
  until  text generated always as (state->>'until') stored not null$$);
create index seal_key_status on seal_key (tenant_id, status, until);

-- The private halves, sealed with the installation's key. A key that no longer seals has none.
create table seal_key_secret (
  tenant_id uuid  not null,
  id        uuid  not null,
  sealed    bytea not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references seal_key (tenant_id, id) deferrable initially deferred
);

do $$
declare t text;
begin
  foreach t in array array['seal_key', 'seal_key_secret'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I to lontar_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  end loop;
end $$;
grant select, insert, update (revision, last_event, state) on seal_key to lontar_app;
grant select, insert, delete on seal_key_secret to lontar_app;

-- The list of all keys of an installation is public: whoever checks a letter needs it.
create function door_seal_keys() returns table (certificate text, revoked_since text)
language sql stable security definer set search_path = public, pg_temp as $$
  select state->>'certificate', state->'revoked'->>'since' from seal_key order by state->>'since', key_id $$;
revoke all on function door_seal_keys() from public;
grant execute on function door_seal_keys() to lontar_app;
