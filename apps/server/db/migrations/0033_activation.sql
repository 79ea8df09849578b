-- One link at a time by which a person chooses his own password; only its hash is here.
create table activation (
  tenant_id  uuid not null,
  person_id  uuid not null,
  token_hash bytea not null unique,
  until      timestamptz not null,
  used       timestamptz,
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references account_secret (tenant_id, person_id)
);
alter table activation enable row level security;
create policy own_tenant on activation to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert on activation to lontar_app;
grant update (token_hash, until, used) on activation to lontar_app;
create function door_activation(hash bytea) returns table (tenant_id uuid, person_id uuid, until timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$ select tenant_id, person_id, until from activation where token_hash = hash and used is null $$;
revoke all on function door_activation(bytea) from public;
grant execute on function door_activation(bytea) to lontar_app;
