-- An account becomes a thing with events like any other: its row is what its events made, and `fsck` replays it. What only the server
-- may know (hash of the password, sealed secret of the authenticator) lies beside it, bound to it by fingerprints that the events name.

alter table account rename to account_secret;
alter table account_secret drop constraint account_username_key;
select create_state_table('account', $$
  username text generated always as (state->>'username') stored not null unique,
  status   text generated always as (state->>'status') stored not null check (state->>'status' in ('menunggu', 'aktif', 'diblokir'))$$);

insert into account (tenant_id, id, revision, last_event, state)
select a.tenant_id, a.person_id, e.revision, e.event_id, jsonb_build_object('username', a.username, 'status', 'aktif', 'hasPassword', true, 'passwordSeal', null,
         'secondFactor', a.totp_secret is not null, 'recoveryCodes', 0, 'passkeys', '[]'::jsonb)
from account_secret a
join lateral (select event_id, revision from event e where e.tenant_id = a.tenant_id and e.thing_id = a.person_id and e.kind = 'account' order by revision desc limit 1) e on true;

alter table account_secret alter column password_hash drop not null;
alter table account_secret drop column username cascade;

-- Single-use codes for the day the phone is gone; hashed with Argon2id under the salt of their set.
create table recovery_code (
  tenant_id uuid not null,
  person_id uuid not null,
  salt      bytea not null,
  code_hash bytea not null,
  used      timestamptz,
  primary key (tenant_id, person_id, code_hash),
  foreign key (tenant_id, person_id) references account_secret (tenant_id, person_id)
);

-- Browsers from which a person has signed in before: only the hash of the key that each keeps.
create table device (
  tenant_id   uuid not null,
  person_id   uuid not null,
  browser     bytea not null,
  name        text not null,
  since       timestamptz not null,
  last_seen   timestamptz not null,
  primary key (tenant_id, person_id, browser),
  foreign key (tenant_id, person_id) references account_secret (tenant_id, person_id)
);

-- A session belongs to the browser that opened it. Sessions from before this have none, and end within twelve hours.
alter table session add column browser bytea, add column method text not null default 'sandi';

-- News about one's own account, shown until it is put away.
create table notice (
  tenant_id uuid not null,
  notice_id uuid not null,
  person_id uuid not null,
  kind      text not null,
  facts     jsonb not null,
  at        timestamptz not null,
  seen      timestamptz,
  primary key (tenant_id, notice_id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
create index notice_unseen on notice (tenant_id, person_id, at) where seen is null;

-- Challenges answered already, kept while they could be answered again: a second answer is known as a replay. Open ones are not stored:
-- they are sealed and bound to their browser, so that asking for one costs no row.
create table challenge_used (
  challenge_hash bytea not null primary key,
  until          timestamptz not null
);
create index challenge_until on challenge_used (until);

do $$ declare t text; begin
  foreach t in array array['account', 'recovery_code', 'device', 'notice'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I to lontar_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to lontar_app', t);
  end loop;
end $$;
grant update (revision, last_event, state) on account to lontar_app;
grant update (password_hash) on account_secret to lontar_app;
grant update (used), delete on recovery_code to lontar_app;
grant update (name, last_seen) on device to lontar_app;
grant update (seen) on notice to lontar_app;
grant select, insert, delete on challenge_used to lontar_app;

-- A password that no event set, or that is not the one the event set, does not reach the disk.
create function secret_is_accounts() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.password_hash is not distinct from old.password_hash then return null; end if;
  if not exists (select from account a where a.tenant_id = new.tenant_id and a.id = new.person_id
      and (new.password_hash is null or a.state->>'passwordSeal' is not distinct from encode(sha256(convert_to(new.password_hash, 'UTF8')), 'hex'))) then
    raise exception 'kata sandi bukan yang dicatat peristiwa akunnya' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create constraint trigger account_secret_is_accounts after insert or update on account_secret deferrable initially deferred for each row execute function secret_is_accounts();

drop function door_account(text);
create function door_account(wanted text) returns table (tenant_id uuid, person_id uuid, status text, password_hash text, totp_secret bytea, totp_last bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.tenant_id, a.id, a.status, s.password_hash, s.totp_secret, s.totp_last from account a join account_secret s on s.tenant_id = a.tenant_id and s.person_id = a.id where a.username = wanted $$;
drop function door_session(bytea);
create function door_session(hash bytea) returns table (tenant_id uuid, session_id uuid, person_id uuid, position_id uuid, device text, browser bytea, since timestamptz, last_seen timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$ select tenant_id, session_id, person_id, position_id, device, browser, since, last_seen from session where token_hash = hash and ended is null $$;
create or replace function door_demo_accounts() returns table (username text, demo_password text, name text, title text, tenant text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.username, s.demo_password, p.name, string_agg(distinct po.title, ', '), t.name
  from account_secret s join account a on a.tenant_id = s.tenant_id and a.id = s.person_id join tenant t on t.tenant_id = a.tenant_id join person p on p.tenant_id = a.tenant_id and p.id = a.id
  join holding h on h.tenant_id = a.tenant_id and h.person_id = a.id and instant_of(h.since) <= now() and (h.until is null or now() < instant_of(h.until))
  join position_period po on po.tenant_id = h.tenant_id and po.id = h.position_id and po.since <= now() and (po.until is null or now() < po.until)
  where s.demo_password is not null group by a.username, s.demo_password, p.name, t.name order by min(a.id::text) $$;
do $$ declare f text; begin
  foreach f in array array['door_account(text)', 'door_session(bytea)'] loop
    execute format('revoke all on function %s from public', f); execute format('grant execute on function %s to lontar_app', f);
  end loop;
end $$;
