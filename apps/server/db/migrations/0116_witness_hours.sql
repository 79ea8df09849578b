-- How often each witness cosigned or failed to, hour by hour, for the pulse that the inspector sees. Like all that is kept of witnesses it is no evidence.
create table log_witness_hour (
  tenant_id uuid        not null,
  name      text        not null,
  hour      timestamptz not null,
  cosigned  integer     not null check (cosigned >= 0),
  failed    integer     not null check (failed >= 0),
  primary key (tenant_id, name, hour)
);
alter table log_witness_hour enable row level security;
create policy own_tenant on log_witness_hour to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select on log_witness_hour to lontar_app;
