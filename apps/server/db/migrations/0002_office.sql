-- The office: governments, units, posts, people, who holds which post when, and who may sign in.

create table tenant (
  tenant_id  uuid not null primary key,
  name       text not null,
  short_name text not null,
  kind       text not null check (kind in ('kabupaten', 'desa')),
  region     text not null,
  zone       text not null check (zone in ('WIB', 'WITA', 'WIT')),
  profile    jsonb not null -- letterhead, paper, footer: data of the instance
);

select create_state_table('unit', $$
  code      text generated always as (state->>'code') stored not null,
  name      text generated always as (state->>'name') stored not null,
  parent_id uuid generated always as ((state->>'parentId')::uuid) stored,
  unique (tenant_id, code)$$);

select create_state_table('position', $$
  unit_id     uuid generated always as ((state->>'unitId')::uuid) stored not null,
  title       text generated always as (state->>'title') stored not null,
  superior_id uuid generated always as ((state->>'superiorId')::uuid) stored,
  functions   jsonb generated always as (state->'functions') stored not null,
  foreign key (tenant_id, unit_id) references unit (tenant_id, id) deferrable initially deferred$$);
create index position_unit on position (tenant_id, unit_id);
create index position_superior on position (tenant_id, superior_id);

select create_state_table('person', $$
  name text generated always as (state->>'name') stored not null$$);

select create_state_table('holding', $$
  person_id   uuid generated always as ((state->>'personId')::uuid) stored not null,
  position_id uuid generated always as ((state->>'positionId')::uuid) stored not null,
  kind        text generated always as (state->>'kind') stored not null check (state->>'kind' in ('definitif', 'plt', 'plh', 'pj')),
  since       text generated always as (state->>'since') stored not null,
  until       text generated always as (state->>'until') stored,
  foreign key (tenant_id, person_id) references person (tenant_id, id) deferrable initially deferred,
  foreign key (tenant_id, position_id) references position (tenant_id, id) deferrable initially deferred$$);
create index holding_position on holding (tenant_id, position_id);
create index holding_person on holding (tenant_id, person_id);

-- A post has at most one definitive holder without an end.
create unique index holding_definitive on holding (tenant_id, position_id) where (state->>'kind' = 'definitif' and state->>'until' is null);

create table account (
  tenant_id     uuid not null,
  person_id     uuid not null,
  username      text not null unique check (username = lower(username)),
  password_hash text not null,
  totp_secret   bytea,          -- sealed with the installation key
  totp_last     bigint,         -- last time step used, so that a code works once
  demo_password text,           -- only in demo mode, shown on the sign-in page
  primary key (tenant_id, person_id)
);

create table session (
  tenant_id   uuid not null,
  session_id  uuid not null,
  token_hash  bytea not null unique,
  person_id   uuid not null,
  position_id uuid not null,
  device      text not null,
  since       timestamptz not null,
  last_seen   timestamptz not null,
  ended       timestamptz,
  primary key (tenant_id, session_id),
  foreign key (tenant_id, person_id) references account (tenant_id, person_id)
);
create index session_person on session (tenant_id, person_id) where ended is null;

-- Failed sign-ins by name and by network address, for the rate limit.
create table sign_in_failure (
  bucket text not null,
  at     timestamptz not null
);
create index sign_in_failure_bucket on sign_in_failure (bucket, at);

-- A repeated request finds its first answer here, written in the transaction of its effect.
create table request (
  tenant_id uuid not null,
  person_id uuid not null,
  key       text not null,
  endpoint  text not null,
  digest    bytea not null,
  answer    jsonb,
  at        timestamptz not null,
  primary key (tenant_id, person_id, key)
);

-- Who may read a letter and by which rule; made from the state by the module that owns it.
create table reader (
  tenant_id  uuid not null,
  holder     text not null, -- 'person:…', 'position:…', 'registrar:<unit>'
  subject_id uuid not null,
  rule       text not null,
  primary key (tenant_id, holder, subject_id, rule)
);
create index reader_subject on reader (tenant_id, subject_id);

-- What waits on a desk; made from the state, replaced with it.
create table duty (
  tenant_id   uuid not null,
  position_id uuid not null,
  thing_id    uuid not null,
  act         text not null,
  kind        text not null,
  target_id   uuid not null,
  sender      text not null,
  title       text not null,
  detail      text not null,
  urgency     text not null,
  security    text not null,
  since       timestamptz not null,
  due         timestamptz,
  unread      boolean not null,
  primary key (tenant_id, position_id, thing_id, act)
);
create index duty_thing on duty (tenant_id, thing_id);
create index duty_order on duty (tenant_id, position_id, due nulls last, since desc, thing_id);

create table blob (
  tenant_id  uuid not null,
  sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size       bigint not null check (size > 0),
  media_type text not null,
  pages      integer not null,
  at         timestamptz not null,
  primary key (tenant_id, sha256)
);
