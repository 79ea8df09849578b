-- How far a search for red flags is that somebody asked for: what the room shows while the job runs. What it finds are findings.
create table flag_search (
  tenant_id uuid        not null primary key,
  asked     timestamptz not null,
  by        text        not null,
  step      text        not null check (step in ('menunggu', 'mencari', 'selesai', 'gagal')),
  done      integer     not null check (done >= 0),
  raised    integer     not null check (raised >= 0),
  lapsed    integer     not null check (lapsed >= 0),
  at        timestamptz not null
);
alter table flag_search enable row level security;
create policy own_tenant on flag_search to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update on flag_search to lontar_app;
