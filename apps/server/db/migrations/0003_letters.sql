-- Letters: numbers, received letters, disposisi, drafts, issued letters, exchange, dossiers, requests of citizens.

create table number_series (
  tenant_id uuid not null,
  series    text not null, -- 'agenda/<unit>/2026', 'naskah/<unit>/2026'
  last      integer not null check (last >= 0),
  primary key (tenant_id, series)
);

create table number_entry (
  tenant_id uuid not null,
  series    text not null,
  n         integer not null check (n > 0),
  thing_id  uuid not null,
  fate      text not null check (fate in ('direservasi', 'disahkan', 'dibatalkan')),
  at        timestamptz not null,
  primary key (tenant_id, series, n),
  unique (tenant_id, series, thing_id),
  foreign key (tenant_id, series) references number_series (tenant_id, series)
);

select create_state_table('received', $$
  status  text generated always as (state->>'status') stored not null,
  unit_id uuid generated always as ((state->>'unitId')::uuid) stored not null,
  agenda  integer generated always as ((state->>'agenda')::integer) stored,
  year    integer generated always as ((state->>'year')::integer) stored,
  sender  text generated always as (state->'facts'->>'sender') stored,
  number  text generated always as (state->'facts'->>'number') stored,
  dated   text generated always as (state->'facts'->>'date') stored,
  scan    text generated always as (state->'files'->0->>'sha256') stored,
  unique (tenant_id, unit_id, year, agenda)$$);
create index received_scan on received (tenant_id, scan);
create index received_same on received (tenant_id, number, dated);

select create_state_table('disposition', $$
  letter_id uuid generated always as ((state->>'letterId')::uuid) stored not null,
  parent_id uuid generated always as ((state->>'parentId')::uuid) stored,
  from_id   uuid generated always as ((state->>'fromId')::uuid) stored not null,
  to_id     uuid generated always as ((state->>'toId')::uuid) stored not null,
  status    text generated always as (state->>'status') stored not null,
  foreign key (tenant_id, letter_id) references received (tenant_id, id) deferrable initially deferred$$);
create index disposition_letter on disposition (tenant_id, letter_id);
create index disposition_to on disposition (tenant_id, to_id, id);
create index disposition_from on disposition (tenant_id, from_id, id);

select create_state_table('draft', $$
  status    text generated always as (state->>'status') stored not null,
  unit_id   uuid generated always as ((state->>'unitId')::uuid) stored not null,
  reply_to  uuid generated always as ((state->>'replyTo')::uuid) stored$$);
create index draft_reply on draft (tenant_id, reply_to) where reply_to is not null;

-- What a drafter has typed, saved as he types. Evidence begins when he submits: then the version is an event.
create table draft_text (
  tenant_id uuid not null,
  draft_id  uuid not null,
  revision  integer not null,
  content   jsonb not null,
  hash      text not null,
  person_id uuid not null,
  at        timestamptz not null,
  primary key (tenant_id, draft_id)
);

select create_state_table('issued', $$
  status  text generated always as (state->>'status') stored not null,
  unit_id uuid generated always as ((state->>'unitId')::uuid) stored not null,
  number  text generated always as (state->>'number') stored not null,
  code    text generated always as (state->>'code') stored not null,
  sha256  text generated always as (state->>'sha256') stored not null,
  unique (tenant_id, number),
  unique (tenant_id, code)$$);
create index issued_code on issued (code);
create index issued_sha256 on issued (sha256);

select create_state_table('credential', $$
  person_id uuid generated always as ((state->>'personId')::uuid) stored not null,
  status    text generated always as (state->>'status') stored not null$$);
create unique index credential_active on credential (tenant_id, person_id) where (state->>'status' = 'aktif');

-- One letter to one other government: sent until its signed receipt is here.
select create_state_table('parcel', $$
  letter_id uuid generated always as ((state->>'letterId')::uuid) stored not null,
  status    text generated always as (state->>'status') stored not null,
  token     text generated always as (state->>'token') stored,
  unique (tenant_id, token)$$);
create index parcel_letter on parcel (tenant_id, letter_id);
create index parcel_token on parcel (token) where (state->>'token') is not null;

-- Envelopes taken in: the same envelope twice answers the same receipt.
create table inbox_envelope (
  tenant_id   uuid not null,
  sender_id   uuid not null,
  envelope_id uuid not null,
  digest      bytea not null,
  receipt     text not null,
  signature   text not null,
  at          timestamptz not null,
  primary key (tenant_id, sender_id, envelope_id)
);

-- Public keys by which governments know each other's envelopes and receipts.
create table exchange_key (
  tenant_id  uuid not null primary key,
  public_key bytea not null,
  address    text
);

create table classification (
  code   text not null primary key,
  name   text not null,
  parent text,
  leaf   boolean not null,
  path   text not null,
  active_text text, inactive_text text, fate text
);
create index classification_name on classification using gin (name gin_trgm_ops);

select create_state_table('dossier', $$
  unit_id        uuid generated always as ((state->>'unitId')::uuid) stored not null,
  classification text generated always as (state->>'classification') stored not null,
  status         text generated always as (state->>'status') stored not null,
  year           integer generated always as ((state->>'year')::integer) stored not null$$);
create table dossier_item (
  tenant_id  uuid not null,
  subject_id uuid not null,
  dossier_id uuid not null,
  kind       text not null check (kind in ('surat', 'naskah')),
  at         timestamptz not null,
  primary key (tenant_id, subject_id),
  foreign key (tenant_id, dossier_id) references dossier (tenant_id, id) deferrable initially deferred
);
create index dossier_item_dossier on dossier_item (tenant_id, dossier_id);

select create_state_table('service_request', $$
  status   integer generated always as ((state->>'status')::integer) stored not null,
  token    text generated always as (state->>'token') stored not null,
  draft_id uuid generated always as ((state->>'draftId')::uuid) stored,
  unique (tenant_id, token)$$);
create index service_request_token on service_request (token);

-- What a machine read in a scan: can be made again at any time, so it is no evidence.
create table reading (
  tenant_id uuid not null,
  sha256    text not null,
  status    text not null check (status in ('menunggu', 'membaca', 'selesai', 'gagal')),
  pages     integer not null,
  pages_read integer not null,
  result    jsonb,
  at        timestamptz not null,
  primary key (tenant_id, sha256)
);

create table search_text (
  tenant_id  uuid not null,
  subject_id uuid not null,
  kind       text not null,
  dated      text,
  facts      text not null,
  content    text not null,
  scan       text not null,
  words      tsvector generated always as (
    setweight(to_tsvector('indonesian', facts), 'A') || setweight(to_tsvector('indonesian', content), 'B') || setweight(to_tsvector('indonesian', scan), 'C')) stored,
  primary key (tenant_id, subject_id)
);
create index search_words on search_text using gin (words);

create table check_run (
  tenant_id uuid not null,
  at        timestamptz not null,
  result    jsonb not null,
  primary key (tenant_id, at)
);
