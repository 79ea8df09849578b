-- What a verifier without a network keeps of letters that are no longer in force: the hash of each one's code and of each of its files, and nothing else.
create index issued_withdrawn on issued (tenant_id, id) where status = 'dicabut';

create function door_withdrawn_letters() returns table (hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select encode(sha256(convert_to(code, 'UTF8')), 'hex') from issued where status = 'dicabut'
  union select sha256 from issued where status = 'dicabut'
  union select state->'proved'->>'sha256' from issued where status = 'dicabut' and state ? 'proved'
  union select earlier.file->>'sha256' from issued, jsonb_array_elements(state->'earlier') earlier(file) where status = 'dicabut' and state ? 'earlier' $$;
revoke all on function door_withdrawn_letters() from public;
grant execute on function door_withdrawn_letters() to lontar_app;
