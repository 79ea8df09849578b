-- Posts get a code that import and export name them by, and the rows of a workbook wait, sealed, between their check and their application.

alter table position_period add constraint position_code_once
  exclude using gist (tenant_id with =, (facts->>'code') with =, tstzrange(since, until) with &&) where (facts->>'code' is not null);

create table organisation_import (
  tenant_id uuid        not null,
  id        uuid        not null,
  person_id uuid        not null,
  at        timestamptz not null,
  name      text        not null,
  sealed    bytea       not null,
  done      integer     not null,
  total     integer     not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
alter table organisation_import enable row level security;
create policy own_tenant on organisation_import to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, delete, update (done, total) on organisation_import to lontar_app;
