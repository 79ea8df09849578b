-- Red flags: what does not fit, as findings with their evidence, and the measures by which they are found. A finding lies where the letter
-- lies that it is about, so that a mandate of inspection reaches both or neither.

select create_state_table('finding', $$
  code           text generated always as (state->>'code') stored not null,
  status         text generated always as (state->>'status') stored not null check (state->>'status' in ('perlu_dijelaskan', 'menunggu_jawaban', 'dijawab', 'sudah_jelas', 'gugur')),
  at             text generated always as (state->>'at') stored not null,
  unit_id        uuid generated always as ((state->'place'->>'unitId')::uuid) stored,
  type           text generated always as (state->'place'->>'type') stored,
  classification text generated always as (state->'place'->>'classification') stored,
  dated          text generated always as (state->'place'->>'dated') stored not null$$);
create index finding_order on finding (tenant_id, at desc, id desc);
create index finding_kind on finding (tenant_id, code, status);

select create_state_table('flag_rule', $$
  code text generated always as (state->>'code') stored not null,
  unique (tenant_id, code)$$);

-- How far each kind has looked: it can be looked at again at any time, so it is no evidence.
create table flag_scan (
  tenant_id uuid        not null,
  code      text        not null,
  seen      bigint      not null check (seen >= 0),   -- leaves of the log
  at        timestamptz not null,
  measure   text        not null,                     -- by which it looked; another one looks at everything again
  more      integer     not null check (more >= 0),   -- findings beyond those that one look keeps
  primary key (tenant_id, code)
);

do $$
declare t text;
begin
  foreach t in array array['finding', 'flag_rule', 'flag_scan'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I to lontar_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to lontar_app', t);
  end loop;
  foreach t in array array['finding', 'flag_rule'] loop
    execute format('grant update (revision, last_event, state) on %I to lontar_app', t);
  end loop;
end $$;
grant update (seen, at, measure, more) on flag_scan to lontar_app;

-- The smallest UUIDv7 of a moment: a range of ids is a range of time.
create function id_floor(at timestamptz) returns uuid language sql immutable strict parallel safe as $$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-0000-0000-000000000000')::uuid
  from (select lpad(to_hex(greatest(0, floor(extract(epoch from at) * 1000))::bigint), 12, '0') as h) x $$;
grant execute on function id_floor(timestamptz) to lontar_app;

-- Who else came in by the same browser.
create index session_browser on session (tenant_id, browser) where browser is not null;
