-- What the log has been told by those who watch it. All of it can be asked for again: none of it is evidence, and none of it is believed.

create table log_witness (
  tenant_id   uuid        not null,
  name        text        not null check (name <> ''),
  size        bigint      not null check (size >= 0),   -- the largest tree that this witness is known to have cosigned
  cosignature text,                                     -- its signature line over the checkpoint of that size
  at          timestamptz,                              -- when, by its own clock
  asked       timestamptz not null,
  failures    integer     not null check (failures >= 0),
  problem     text        check (problem in ('tak_terjangkau', 'tak_dikenal', 'tak_dipercaya', 'menolak', 'jawaban_salah')),
  primary key (tenant_id, name)
);

-- A log that knows less than its witnesses is not signed any further until its missing leaves are back.
create table log_halt (
  tenant_id uuid        not null primary key,
  size      bigint      not null,
  seen      bigint      not null,
  by        text        not null,
  since     timestamptz not null
);

do $$
declare t text;
begin
  foreach t in array array['log_witness', 'log_halt'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I to lontar_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('grant select on %I to lontar_app', t);
  end loop;
end $$;
