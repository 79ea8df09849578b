-- Private keys of persons, each sealed under its owner's passphrase. They are no evidence: revoking a certificate destroys its key.

create table signing_key (
  tenant_id     uuid  not null,
  credential_id uuid  not null,
  sealed        bytea not null,
  primary key (tenant_id, credential_id),
  foreign key (tenant_id, credential_id) references credential (tenant_id, id)
);
alter table signing_key enable row level security;
create policy own_tenant on signing_key to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, delete on signing_key to lontar_app;
