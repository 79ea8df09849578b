-- The second wall: the app role sees only the tenant of its transaction, and cannot rewrite evidence.

do $$
declare t text;
begin
  for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
             and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I to lontar_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('grant select, insert, update, delete on %I to lontar_app', t);
  end loop;
end $$;

grant select on classification to lontar_app;
grant select, insert, delete on sign_in_failure to lontar_app;
revoke update, delete on event, log_leaf from lontar_app;
revoke delete on log_head, number_entry, number_series, inbox_envelope, blob from lontar_app;
grant usage on schema public to lontar_app;
grant execute on function lontar_enqueue to lontar_app;

-- Names that must be found before the tenant is known: each door answers one exact key, never a list.
create function door_account(wanted text) returns table (tenant_id uuid, person_id uuid, password_hash text, totp_secret bytea, totp_last bigint)
language sql stable security definer set search_path = public, pg_temp as $$ select tenant_id, person_id, password_hash, totp_secret, totp_last from account where username = wanted $$;
create function door_session(hash bytea) returns table (tenant_id uuid, session_id uuid, person_id uuid, position_id uuid, since timestamptz, last_seen timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$ select tenant_id, session_id, person_id, position_id, since, last_seen from session where token_hash = hash and ended is null $$;
create function door_issued_code(wanted text) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$ select tenant_id, id from issued where code = wanted $$;
create function door_issued_hash(wanted text) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$ select tenant_id, id from issued where sha256 = wanted $$;
create function door_parcel(wanted text) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$ select tenant_id, id from parcel where state->>'token' = wanted $$;
create function door_request(wanted text) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$ select tenant_id, id from service_request where token = wanted $$;
-- Governments on this installation know each other by name.
create function door_tenants() returns table (tenant_id uuid, name text, short_name text, kind text, zone text, public_key bytea, address text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.tenant_id, t.name, t.short_name, t.kind, t.zone, k.public_key, k.address from tenant t left join exchange_key k using (tenant_id) $$;
create function door_demo_accounts() returns table (username text, demo_password text, name text, title text, tenant text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.username, a.demo_password, p.name, string_agg(distinct po.title, ', '), t.name
  from account a join tenant t using (tenant_id) join person p on p.tenant_id = a.tenant_id and p.id = a.person_id
  join holding h on h.tenant_id = a.tenant_id and h.person_id = a.person_id join position po on po.tenant_id = h.tenant_id and po.id = h.position_id
  where a.demo_password is not null group by a.username, a.demo_password, p.name, t.name order by min(a.person_id::text) $$;
do $$ declare f text; begin
  foreach f in array array['door_account(text)','door_session(bytea)','door_issued_code(text)','door_issued_hash(text)','door_parcel(text)','door_request(text)','door_tenants()','door_demo_accounts()'] loop
    execute format('revoke all on function %s from public', f); execute format('grant execute on function %s to lontar_app', f);
  end loop;
end $$;
