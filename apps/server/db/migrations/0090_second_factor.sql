-- Whoever must prove two things and proved one is let in to secure his account, and no further: his session says so.
alter table session add column held_back boolean not null default false;
grant update (held_back) on session to lontar_app;

-- The door must know of passkeys too: beside one, a password alone opens nothing. The functions of before stay for nodes of the version
-- before, which hold statements prepared over their columns; a later migration takes them away.
create function door_named(wanted text) returns table (tenant_id uuid, person_id uuid, status text, password_hash text, totp_secret bytea, totp_last bigint, passkeys int)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.tenant_id, a.id, a.status, s.password_hash, s.totp_secret, s.totp_last, jsonb_array_length(a.state->'passkeys')
  from account a join account_secret s on s.tenant_id = a.tenant_id and s.person_id = a.id where a.username = wanted $$;

create function door_meant(property text, wanted text) returns table (tenant_id uuid, person_id uuid, status text, password_hash text, totp_secret bytea, totp_last bigint, passkeys int)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.tenant_id, a.id, a.status, s.password_hash, s.totp_secret, s.totp_last, jsonb_array_length(a.state->'passkeys')
  from account a join account_secret s on s.tenant_id = a.tenant_id and s.person_id = a.id join person p on p.tenant_id = a.tenant_id and p.id = a.id
  where case property when 'username' then a.username = lower(wanted) when 'nip' then p.state->>'nip' = wanted when 'email' then lower(p.state->>'email') = lower(wanted) else false end limit 2 $$;

create function door_visit(hash bytea) returns table (tenant_id uuid, session_id uuid, person_id uuid, position_id uuid, device text, browser bytea, since timestamptz, last_seen timestamptz, held_back boolean)
language sql stable security definer set search_path = public, pg_temp as $$ select tenant_id, session_id, person_id, position_id, device, browser, since, last_seen, held_back from session where token_hash = hash and ended is null $$;

do $$ declare f text; begin
  foreach f in array array['door_named(text)', 'door_meant(text, text)', 'door_visit(bytea)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lontar_app', f);
  end loop;
end $$;
