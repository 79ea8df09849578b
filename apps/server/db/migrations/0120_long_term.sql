-- A letter's file grows by its long-term proof: whoever holds any of its states finds the letter by its hash, and the night finds the
-- letters whose proof is incomplete or ends soon.

create index issued_proved_hash on issued ((state->'proved'->>'sha256')) where state ? 'proved';
create index issued_earlier on issued using gin ((state->'earlier') jsonb_path_ops) where state ? 'earlier';
create index issued_proved_until on issued (tenant_id, (coalesce(state->'proved'->>'until', '')), id);

create or replace function door_issued_hash(wanted text) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select tenant_id, id from issued where sha256 = wanted
  union select tenant_id, id from issued where state ? 'proved' and state->'proved'->>'sha256' = wanted
  union select tenant_id, id from issued where state ? 'earlier' and state->'earlier' @> jsonb_build_array(jsonb_build_object('sha256', wanted)) $$;

-- What the development CA's OCSP responder must know of a certificate, in whatever government: it was given to somebody, and perhaps
-- withdrawn. One exact serial number, never a list.
create index credential_serial on credential ((state->>'serial'));
create function door_certificate(wanted text) returns table (withdrawn timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$ select (state->'revoked'->>'at')::timestamptz from credential where state->>'serial' = wanted $$;
revoke all on function door_certificate(text) from public;
grant execute on function door_certificate(text) to lontar_app;
