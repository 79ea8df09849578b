-- Fresh proof of who sits there, for one document: good for its hash alone, and for minutes.
create table step_up (
  tenant_id uuid not null,
  person_id uuid not null,
  sha256    text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  until     timestamptz not null,
  primary key (tenant_id, person_id, sha256),
  foreign key (tenant_id, person_id) references account_secret (tenant_id, person_id)
);
alter table step_up enable row level security;
create policy own_tenant on step_up to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, delete on step_up to lontar_app;
grant update (until) on step_up to lontar_app;
