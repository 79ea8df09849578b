-- When a key may have leaked: every letter that it signed is found by its certificate's serial number.
create index issued_signer on issued (tenant_id, (state->'signer'->>'serial'), (state->'signer'->>'at'));

-- Who must be told of everywhere: certificates of signers that may not be believed any more, and since when.
create function door_revoked_certificates() returns table (serial text, revoked_at text, since text)
language sql stable security definer set search_path = public, pg_temp as $$
  select state->>'serial', state->'revoked'->>'at', state->'revoked'->>'since' from credential where status = 'dicabut' order by state->'revoked'->>'at', state->>'serial' $$;
revoke all on function door_revoked_certificates() from public;
grant execute on function door_revoked_certificates() to lontar_app;
