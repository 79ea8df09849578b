-- The proof that lies beside an issued letter (c2sp.org/tlog-proof). Made from the log at any time; kept so that it can be handed out at once.

create table letter_proof (
  tenant_id  uuid        not null,
  id         uuid        not null,
  leaf_index bigint      not null,
  proof      text        not null,
  at         timestamptz not null,
  primary key (tenant_id, id)
);

-- All leaves below `size` have been looked at, under the policy whose hash stands here: another policy, and all proofs are made anew.
create table log_proved (
  tenant_id uuid   not null primary key,
  size      bigint not null,
  policy    bytea  not null
);

do $$
declare t text;
begin
  foreach t in array array['letter_proof', 'log_proved'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I to lontar_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('grant select on %I to lontar_app', t);
  end loop;
end $$;
