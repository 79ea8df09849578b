-- What the check of the night found of each certificate: the newest alone, since a change of it is an event.
create table certificate_check (
  tenant_id     uuid        not null,
  credential_id uuid        not null,
  at            timestamptz not null,
  standing      text        not null,
  status        text        not null,
  primary key (tenant_id, credential_id),
  foreign key (tenant_id, credential_id) references credential (tenant_id, id)
);
alter table certificate_check enable row level security;
create policy own_tenant on certificate_check to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update (at, standing, status) on certificate_check to lontar_app;

-- The last signature of each official, made or failed, without reading through all that he has done.
create index event_signing on event (tenant_id, person_id, event_id) where type in ('draft.signed', 'draft.signing_failed');
