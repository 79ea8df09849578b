-- Erasure of personal data (UU 27/2022): words, salt and names of the events that an erasing act names, in the act's own transaction. The
-- app role cannot empty an event; this door empties those of one thing, when an event of that thing says so, and nothing else.
create function erase_events(tenant uuid, by_event uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare act public.event%rowtype; erased integer;
begin
  if tenant is distinct from nullif(current_setting('app.tenant', true), '')::uuid then
    raise exception 'bukan catatan pemerintah ini' using errcode = 'insufficient_privilege';
  end if;
  select * into act from public.event e where e.tenant_id = tenant and e.event_id = by_event and e.type like '%.erased';
  if not found then raise exception 'tidak ada tindakan yang menyuruh menghapus' using errcode = 'insufficient_privilege'; end if;
  update public.event e set body = null, salt = null, who = null
   where e.tenant_id = tenant and e.kind = act.kind and e.thing_id = act.thing_id and e.revision < act.revision
     and e.type not like '%.erased' and act.body->'events' ? e.event_id::text;
  get diagnostics erased = row_count;
  if erased <> jsonb_array_length(act.body->'events') then raise exception 'yang disebut dihapus bukan peristiwa hal ini' using errcode = 'insufficient_privilege'; end if;
  return erased;
end $$;
revoke all on function erase_events(uuid, uuid) from public;
grant execute on function erase_events(uuid, uuid) to lontar_app;
