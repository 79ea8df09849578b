-- The app role does what the application does, and nothing else: it was free to rewrite the head of the log, to take events off the
-- queue of the sequencer, to put leaves in, to replace passwords and session tokens, and to alter receipts, checks and file records.

do $$
declare t text;
begin
  for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
             and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') loop
    execute format('revoke update, delete on %I from lontar_app', t);
  end loop;
  -- State rows change with their events only; the trigger below holds that.
  foreach t in array array['unit','position','person','holding','received','disposition','draft','issued','credential','parcel','dossier','service_request'] loop
    execute format('grant update (revision, last_event, state) on %I to lontar_app', t);
  end loop;
end $$;

revoke insert on log_leaf, log_head, exchange_key from lontar_app;
revoke select on event_pending from lontar_app;
grant update (totp_secret, totp_last) on account to lontar_app;
grant update (position_id, last_seen, ended) on session to lontar_app;
grant update (last) on number_series to lontar_app;
grant update (fate) on number_entry to lontar_app;
grant update (revision, content, hash, person_id, at) on draft_text to lontar_app;
grant update (status, pages_read, result, at) on reading to lontar_app;
grant update (kind, dated, facts, content, scan) on search_text to lontar_app;
grant delete on reader, duty, signing_key to lontar_app;

-- A row points at its own newest event, not at any event that happens to exist. Of two who begin one thing at the same moment the second
-- is told that another was faster.
create or replace function needs_event() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'baris % tidak dapat dihapus', tg_table_name using errcode = 'insufficient_privilege'; end if;
  if new.last_event = old.last_event then raise exception 'baris % berubah tanpa peristiwa', tg_table_name using errcode = 'insufficient_privilege'; end if;
  if not exists (select from event e where e.tenant_id = new.tenant_id and e.event_id = new.last_event and e.kind = tg_table_name and e.thing_id = new.id and e.revision = new.revision) then
    raise exception 'baris % menunjuk peristiwa yang bukan miliknya', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  if new.revision <= old.revision then raise exception 'baris % sudah dibuat', tg_table_name using errcode = 'serialization_failure'; end if;
  return new;
end $$;
