-- Whether a browser has opened this account before: such a one is not held up by what strangers try with the same name or from the same address.
-- Asked of every name alike, also of one that nobody has, so that the answer takes the same time.
create function door_knows(wanted text, key bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account a join device d on d.tenant_id = a.tenant_id and d.person_id = a.id where a.username = wanted and d.browser = key) $$;
revoke all on function door_knows(text, bytea) from public;
grant execute on function door_knows(text, bytea) to lontar_app;
