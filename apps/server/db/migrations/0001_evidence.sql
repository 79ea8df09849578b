-- Evidence first: events, the queue of events that have no leaf yet, and the log. Nothing else may exist without them.

-- Roles belong to the whole cluster: another database of it may be at this very line.
do $$ begin
  if not exists (select from pg_roles where rolname = 'lontar_app') then create role lontar_app nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  execute format('grant lontar_app to %I', current_user);
exception when internal_error or unique_violation then null; -- "tuple concurrently updated": the same grant, given by the other
end $$;

create extension if not exists pg_trgm;
create extension if not exists unaccent;

create table event (
  tenant_id   uuid        not null,
  event_id    uuid        not null,
  kind        text        not null,
  thing_id    uuid        not null,
  subject_id  uuid        not null,
  revision    integer     not null check (revision > 0),
  type        text        not null,
  at          timestamptz not null,
  person_id   uuid        not null,
  position_id uuid        not null,
  holding_id  uuid        not null,
  request_id  text        not null,
  who         jsonb,      -- names as they were; erasable with salt (UU 27/2022)
  body        jsonb,
  salt        bytea,
  commitment  bytea       not null check (length(commitment) = 32),
  primary key (tenant_id, event_id)
) partition by range (event_id);

-- A UUIDv7 begins with its time, so a range of ids is a range of time and the key stays short.
do $$
declare year int; first text; next text;
begin
  for year in 2020..2039 loop
    first := lpad(to_hex((extract(epoch from make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0');
    next  := lpad(to_hex((extract(epoch from make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0');
    execute format('create table event_%s partition of event for values from (%L) to (%L)', year,
      substr(first, 1, 8) || '-' || substr(first, 9, 4) || '-0000-0000-000000000000',
      substr(next, 1, 8) || '-' || substr(next, 9, 4) || '-0000-0000-000000000000');
  end loop;
end $$;
create table event_other partition of event default;

create index event_thing   on event (tenant_id, thing_id, revision);
create index event_subject on event (tenant_id, subject_id, event_id);
create index event_person  on event (tenant_id, person_id, event_id);

create table event_pending (
  tenant_id uuid not null,
  event_id  uuid not null,
  primary key (tenant_id, event_id)
);

create table log_leaf (
  tenant_id  uuid   not null,
  leaf_index bigint not null check (leaf_index >= 0),
  event_id   uuid   not null,
  leaf       text   not null,
  leaf_hash  bytea  not null check (length(leaf_hash) = 32),
  primary key (tenant_id, leaf_index),
  unique (tenant_id, event_id)
);

create table log_head (
  tenant_id  uuid        not null primary key,
  size       bigint      not null,
  root       bytea       not null,
  frontier   jsonb       not null,
  checkpoint text        not null,
  at         timestamptz not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'baris % tidak dapat diubah atau dihapus', tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- Erasure of personal data may empty body, who and salt together; nothing else of an event ever changes.
create function only_erase_event() returns trigger language plpgsql as $$
begin
  if new.body is null and new.salt is null and new.who is null
     and (new.tenant_id, new.event_id, new.kind, new.thing_id, new.subject_id, new.revision, new.type, new.at, new.person_id, new.position_id, new.holding_id, new.request_id, new.commitment)
       = (old.tenant_id, old.event_id, old.kind, old.thing_id, old.subject_id, old.revision, old.type, old.at, old.person_id, old.position_id, old.holding_id, old.request_id, old.commitment)
  then return new; end if;
  raise exception 'catatan audit tidak dapat diubah' using errcode = 'insufficient_privilege';
end $$;

create trigger event_keeps before update on event for each row execute function only_erase_event();
create trigger event_stays before delete on event for each row execute function refuse_change();
create trigger leaf_stays  before update or delete on log_leaf for each row execute function refuse_change();
create trigger head_stays  before delete on log_head for each row execute function refuse_change();

-- A state row changes only together with a new event, and is never deleted.
create function needs_event() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'baris % tidak dapat dihapus', tg_table_name using errcode = 'insufficient_privilege'; end if;
  if new.last_event = old.last_event or new.revision <= old.revision then
    raise exception 'baris % berubah tanpa peristiwa', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- Makes one state table: the row is the state that the events made, its columns are read out of it, so they cannot disagree.
create function create_state_table(name text, columns text) returns void language plpgsql as $$
begin
  execute format('create table %I (tenant_id uuid not null, id uuid not null, revision integer not null, last_event uuid not null, state jsonb not null, %s,
    primary key (tenant_id, id), foreign key (tenant_id, last_event) references event (tenant_id, event_id) deferrable initially deferred)', name, columns);
  execute format('create trigger %I before update or delete on %I for each row execute function needs_event()', name || '_needs_event', name);
end $$;

-- The app role cannot reach the job tables; it may only add a job, through this one door.
create function lontar_enqueue(task text, payload json, job_key text, run_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job(task, payload => payload, job_key => job_key, run_at => run_at, max_attempts => 12);
end $$;
