-- A right to read has a beginning and an act that gave it, and what was taken back stays on record with its end: who might see a letter can
-- be asked for any day. What is in force stays alone in `reader`, so that lists and searches look at nothing that has ended.

alter table reader
  add column sight    text        not null default 'isi' check (sight in ('isi', 'sampul')), -- the inside, or what stands on the closed envelope
  add column thing_id uuid        not null default '00000000-0000-7000-8000-000000000000',   -- the thing whose act gave it: the letter, a disposisi, a naskah
  add column event_id uuid        not null default '00000000-0000-7000-8000-000000000000',   -- that act; rights noted before today name none until they are made again
  add column since    timestamptz not null default '-infinity';
alter table reader drop constraint reader_pkey;
alter table reader add primary key (tenant_id, holder, subject_id, rule, sight, thing_id);

create table reader_past (
  tenant_id   uuid        not null,
  holder      text        not null,
  subject_id  uuid        not null,
  rule        text        not null,
  sight       text        not null check (sight in ('isi', 'sampul')),
  thing_id    uuid        not null,
  event_id    uuid        not null,
  since       timestamptz not null,
  until_event uuid        not null,
  until       timestamptz not null check (until >= since),
  primary key (tenant_id, subject_id, holder, rule, sight, thing_id, event_id)
);
alter table reader_past enable row level security;
create policy own_tenant on reader_past to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert on reader_past to lontar_app;
