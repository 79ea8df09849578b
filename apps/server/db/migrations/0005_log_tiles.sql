-- The tree of each log, cut into tiles (C2SP tlog-tiles): what proofs are made from. Derivable from log_leaf at any time.
create table log_tile (
  tenant_id  uuid    not null,
  level      integer not null check (level between 0 and 5),
  tile_index bigint  not null check (tile_index >= 0),
  bytes      bytea   not null check (length(bytes) between 32 and 8192 and length(bytes) % 32 = 0),
  primary key (tenant_id, level, tile_index)
);
alter table log_tile enable row level security;
create policy own_tenant on log_tile to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select on log_tile to lontar_app;

-- The sequencer sleeps until an event is committed.
create function tell_sequencer() returns trigger language plpgsql as $$
begin
  perform pg_notify('lontar_event', '');
  return null;
end $$;
create trigger event_pending_tells after insert on event_pending for each statement execute function tell_sequencer();
