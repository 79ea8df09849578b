-- How far a check of the record is that somebody asked for: what the page shows while the job runs. The report itself is a row of check_run.
create table check_progress (
  tenant_id uuid        not null primary key,
  asked     timestamptz not null,
  by        text        not null,
  step      text        not null check (step in ('menunggu', 'peristiwa', 'baris', 'log', 'saksi', 'nomor', 'berkas', 'selesai', 'gagal')),
  count     bigint      not null check (count >= 0),
  at        timestamptz not null
);
alter table check_progress enable row level security;
create policy own_tenant on check_progress to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update on check_progress to lontar_app;
