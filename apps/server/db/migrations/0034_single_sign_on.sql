-- Who a single sign-on speaks of: one claim, matched with one property that the office itself keeps. Two people with one value are nobody.
create function door_claimed(property text, wanted text) returns table (tenant_id uuid, person_id uuid, status text, password_hash text, totp_secret bytea, totp_last bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.tenant_id, a.id, a.status, s.password_hash, s.totp_secret, s.totp_last
  from account a join account_secret s on s.tenant_id = a.tenant_id and s.person_id = a.id join person p on p.tenant_id = a.tenant_id and p.id = a.id
  where case property when 'username' then a.username = lower(wanted) when 'nip' then p.state->>'nip' = wanted when 'email' then lower(p.state->>'email') = lower(wanted) else false end limit 2 $$;
revoke all on function door_claimed(text, text) from public;
grant execute on function door_claimed(text, text) to lontar_app;
