-- Events stand in one table (decision 0021). Cut into 21 years, each row that points to its event made PostgreSQL plan anew which of them
-- to look in, and the sequencer look in all. What each cell must be is said by its type: a CHECK is read from the catalogue again by every
-- INSERT, a domain's rule is kept for the connection.

create domain digest as bytea check (length(value) = 32);
create domain ordinal as integer check (value > 0);

lock table event in access exclusive mode; -- nothing is recorded between the copy and the change of names

create table event_whole (
  tenant_id   uuid        not null,
  event_id    uuid        not null,
  kind        text        not null,
  thing_id    uuid        not null,
  subject_id  uuid        not null,
  revision    ordinal     not null,
  type        text        not null,
  at          timestamptz not null,
  person_id   uuid        not null,
  position_id uuid        not null,
  holding_id  uuid        not null,
  request_id  text        not null,
  who         jsonb,      -- names as they were; erasable with salt (UU 27/2022)
  body        jsonb,
  salt        bytea,
  commitment  digest      not null
);
insert into event_whole (tenant_id, event_id, kind, thing_id, subject_id, revision, type, at, person_id, position_id, holding_id, request_id, who, body, salt, commitment)
  select tenant_id, event_id, kind, thing_id, subject_id, revision, type, at, person_id, position_id, holding_id, request_id, who, body, salt, commitment from event;

-- Who points to an event goes on pointing to it: every such row is asked again before this migration ends.
create temporary table pointer on commit drop as
  select conrelid::regclass as from_table, conname as name, pg_get_constraintdef(oid) as words from pg_constraint where contype = 'f' and confrelid = 'event'::regclass and conparentid = 0;
do $$
declare one record;
begin
  for one in select * from pointer loop execute format('alter table %s drop constraint %I', one.from_table, one.name); end loop;
end $$;
drop table event;
alter table event_whole rename to event;
alter table event add constraint event_pkey primary key (tenant_id, event_id);
do $$
declare one record;
begin
  for one in select * from pointer loop execute format('alter table %s add constraint %I %s', one.from_table, one.name, one.words); end loop;
end $$;

create index event_thing   on event (tenant_id, thing_id, revision);
create index event_subject on event (tenant_id, subject_id, event_id);
create index event_person  on event (tenant_id, person_id, event_id);
create index event_post    on event (tenant_id, position_id, event_id);
create index event_type    on event (tenant_id, type, event_id);
create index event_signing on event (tenant_id, person_id, event_id) where type in ('draft.signed', 'draft.signing_failed');

create trigger event_keeps before update on event for each row execute function only_erase_event();
create trigger event_stays before delete on event for each row execute function refuse_change();
alter table event enable row level security;
create policy own_tenant on event to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert on event to lontar_app;
