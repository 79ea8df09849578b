-- A letter that was printed before it was signed carries a code too: the public page must be able to say "belum ditandatangani".

create index draft_code on draft ((state->'frozen'->>'code')) where state->'frozen'->>'code' is not null;

create function door_draft_code(wanted text) returns table (tenant_id uuid, status text)
language sql stable security definer set search_path = public, pg_temp as $$ select tenant_id, status from draft where state->'frozen'->>'code' = wanted $$;
revoke all on function door_draft_code(text) from public;
grant execute on function door_draft_code(text) to lontar_app;
