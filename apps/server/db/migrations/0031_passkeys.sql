-- Passkeys: public keys only, each bound to the fingerprint that an event of its account names.
create table passkey (
  tenant_id     uuid not null,
  passkey_id    uuid not null,
  person_id     uuid not null,
  credential_id bytea not null unique,
  public_key    bytea not null,
  counter       bigint not null,
  transports    jsonb not null,
  backed_up     boolean not null,
  since         timestamptz not null,
  last_used     timestamptz,
  primary key (tenant_id, passkey_id),
  foreign key (tenant_id, person_id) references account_secret (tenant_id, person_id)
);
create index passkey_person on passkey (tenant_id, person_id);
alter table passkey enable row level security;
create policy own_tenant on passkey to lontar_app using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, delete on passkey to lontar_app;
grant update (counter, backed_up, last_used) on passkey to lontar_app;

create function passkey_is_accounts() returns trigger language plpgsql as $$
begin
  if not exists (select from account a, jsonb_array_elements(a.state->'passkeys') k where a.tenant_id = new.tenant_id and a.id = new.person_id
      and k->>'id' = new.passkey_id::text and k->>'seal' = encode(sha256(new.public_key), 'hex')) then
    raise exception 'kunci masuk bukan yang dicatat peristiwa akunnya' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create constraint trigger passkey_is_accounts after insert or update of public_key, person_id on passkey deferrable initially deferred for each row execute function passkey_is_accounts();

create function door_passkey(wanted bytea) returns table (tenant_id uuid, person_id uuid, passkey_id uuid, public_key bytea, counter bigint, status text, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.tenant_id, p.person_id, p.passkey_id, p.public_key, p.counter, a.status, k->>'name' from passkey p join account a on a.tenant_id = p.tenant_id and a.id = p.person_id,
  lateral jsonb_array_elements(a.state->'passkeys') k where p.credential_id = wanted and k->>'id' = p.passkey_id::text $$;
revoke all on function door_passkey(bytea) from public;
grant execute on function door_passkey(bytea) to lontar_app;
