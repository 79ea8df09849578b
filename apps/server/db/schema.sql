-- The schema after all migrations. Written by `npm run golden`; never edited, read in review.

create domain digest as bytea CHECK ((length(VALUE) = 32));

create domain ordinal as integer CHECK ((VALUE > 0));

create table account (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  username text not null generated always as ((state ->> 'username'::text)) stored,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  constraint account_state_check CHECK (((state ->> 'status'::text) = ANY (ARRAY['menunggu'::text, 'aktif'::text, 'diblokir'::text]))),
  constraint account_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint account_pkey1 PRIMARY KEY (tenant_id, id),
  constraint account_username_key UNIQUE (username)
);
CREATE TRIGGER account_needs_event BEFORE DELETE OR UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table account enable row level security;
create policy own_tenant on account to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on account to lontar_app;
grant update (last_event, revision, state) on account to lontar_app;

create table account_secret (
  tenant_id uuid not null,
  person_id uuid not null,
  password_hash text,
  totp_secret bytea,
  totp_last bigint,
  demo_password text,
  constraint account_pkey PRIMARY KEY (tenant_id, person_id)
);
CREATE CONSTRAINT TRIGGER account_secret_is_accounts AFTER INSERT OR UPDATE ON public.account_secret DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION secret_is_accounts();
alter table account_secret enable row level security;
create policy own_tenant on account_secret to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on account_secret to lontar_app;
grant update (password_hash, totp_last, totp_secret) on account_secret to lontar_app;

create table activation (
  tenant_id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  until timestamp with time zone not null,
  used timestamp with time zone,
  constraint activation_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES account_secret(tenant_id, person_id),
  constraint activation_pkey PRIMARY KEY (tenant_id, person_id),
  constraint activation_token_hash_key UNIQUE (token_hash)
);
alter table activation enable row level security;
create policy own_tenant on activation to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on activation to lontar_app;
grant update (token_hash, until, used) on activation to lontar_app;

create table blob (
  tenant_id uuid not null,
  sha256 text not null,
  size bigint not null,
  media_type text not null,
  pages integer not null,
  at timestamp with time zone not null,
  constraint blob_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint blob_size_check CHECK ((size > 0)),
  constraint blob_pkey PRIMARY KEY (tenant_id, sha256)
);
alter table blob enable row level security;
create policy own_tenant on blob to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on blob to lontar_app;

create table certificate_check (
  tenant_id uuid not null,
  credential_id uuid not null,
  at timestamp with time zone not null,
  standing text not null,
  status text not null,
  constraint certificate_check_tenant_id_credential_id_fkey FOREIGN KEY (tenant_id, credential_id) REFERENCES credential(tenant_id, id),
  constraint certificate_check_pkey PRIMARY KEY (tenant_id, credential_id)
);
alter table certificate_check enable row level security;
create policy own_tenant on certificate_check to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on certificate_check to lontar_app;
grant update (at, standing, status) on certificate_check to lontar_app;

create table challenge_used (
  challenge_hash bytea not null,
  until timestamp with time zone not null,
  constraint challenge_used_pkey PRIMARY KEY (challenge_hash)
);
CREATE INDEX challenge_until ON public.challenge_used USING btree (until);
grant delete, insert, select on challenge_used to lontar_app;

create table check_progress (
  tenant_id uuid not null,
  asked timestamp with time zone not null,
  by text not null,
  step text not null,
  count bigint not null,
  at timestamp with time zone not null,
  constraint check_progress_count_check CHECK ((count >= 0)),
  constraint check_progress_step_check CHECK ((step = ANY (ARRAY['menunggu'::text, 'peristiwa'::text, 'baris'::text, 'log'::text, 'saksi'::text, 'nomor'::text, 'berkas'::text, 'selesai'::text, 'gagal'::text]))),
  constraint check_progress_pkey PRIMARY KEY (tenant_id)
);
alter table check_progress enable row level security;
create policy own_tenant on check_progress to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select, update on check_progress to lontar_app;

create table check_run (
  tenant_id uuid not null,
  at timestamp with time zone not null,
  result jsonb not null,
  constraint check_run_pkey PRIMARY KEY (tenant_id, at)
);
alter table check_run enable row level security;
create policy own_tenant on check_run to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on check_run to lontar_app;

create table class_right (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  prefix text not null generated always as ((state ->> 'prefix'::text)) stored,
  level text generated always as ((state ->> 'level'::text)) stored,
  position_id uuid generated always as (((state ->> 'positionId'::text))::uuid) stored,
  unit_id uuid generated always as (((state ->> 'unitId'::text))::uuid) stored,
  since text not null generated always as ((state ->> 'since'::text)) stored,
  until text generated always as ((state ->> 'until'::text)) stored,
  constraint class_right_state_check CHECK (((state ->> 'level'::text) = ANY (ARRAY['penentu_kebijakan'::text, 'pelaksana_kebijakan'::text, 'pengawas'::text]))),
  constraint class_right_state_check1 CHECK ((((state ->> 'level'::text) IS NULL) <> ((state ->> 'positionId'::text) IS NULL))),
  constraint class_right_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint class_right_tenant_id_position_id_fkey FOREIGN KEY (tenant_id, position_id) REFERENCES "position"(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint class_right_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint class_right_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX class_right_prefix ON public.class_right USING btree (tenant_id, prefix);
CREATE TRIGGER class_right_needs_event BEFORE DELETE OR UPDATE ON public.class_right FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table class_right enable row level security;
create policy own_tenant on class_right to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on class_right to lontar_app;
grant update (last_event, revision, state) on class_right to lontar_app;

create table classification (
  code text not null,
  name text not null,
  parent text,
  leaf boolean not null,
  path text not null,
  active_text text,
  inactive_text text,
  fate text,
  constraint classification_pkey PRIMARY KEY (code)
);
CREATE INDEX classification_name ON public.classification USING gin (name gin_trgm_ops);
grant select on classification to lontar_app;

create table credential (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  person_id uuid not null generated always as (((state ->> 'personId'::text))::uuid) stored,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  constraint credential_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint credential_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX credential_active ON public.credential USING btree (tenant_id, person_id) WHERE ((state ->> 'status'::text) = 'aktif'::text);
CREATE INDEX credential_serial ON public.credential USING btree (((state ->> 'serial'::text)));
CREATE TRIGGER credential_needs_event BEFORE DELETE OR UPDATE ON public.credential FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table credential enable row level security;
create policy own_tenant on credential to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on credential to lontar_app;
grant update (last_event, revision, state) on credential to lontar_app;

create table delegation (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  from_id uuid not null generated always as (((state ->> 'fromId'::text))::uuid) stored,
  to_id uuid not null generated always as (((state ->> 'toId'::text))::uuid) stored,
  constraint delegation_tenant_id_from_id_fkey FOREIGN KEY (tenant_id, from_id) REFERENCES "position"(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint delegation_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint delegation_tenant_id_to_id_fkey FOREIGN KEY (tenant_id, to_id) REFERENCES "position"(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint delegation_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX delegation_from ON public.delegation USING btree (tenant_id, from_id);
CREATE INDEX delegation_to ON public.delegation USING btree (tenant_id, to_id);
CREATE TRIGGER delegation_needs_event BEFORE DELETE OR UPDATE ON public.delegation FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table delegation enable row level security;
create policy own_tenant on delegation to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on delegation to lontar_app;
grant update (last_event, revision, state) on delegation to lontar_app;

create table device (
  tenant_id uuid not null,
  person_id uuid not null,
  browser bytea not null,
  name text not null,
  since timestamp with time zone not null,
  last_seen timestamp with time zone not null,
  constraint device_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES account_secret(tenant_id, person_id),
  constraint device_pkey PRIMARY KEY (tenant_id, person_id, browser)
);
alter table device enable row level security;
create policy own_tenant on device to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on device to lontar_app;
grant update (last_seen, name) on device to lontar_app;

create table disposition (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  letter_id uuid not null generated always as (((state ->> 'letterId'::text))::uuid) stored,
  parent_id uuid generated always as (((state ->> 'parentId'::text))::uuid) stored,
  from_id uuid not null generated always as (((state ->> 'fromId'::text))::uuid) stored,
  to_id uuid not null generated always as (((state ->> 'toId'::text))::uuid) stored,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  constraint disposition_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint disposition_tenant_id_letter_id_fkey FOREIGN KEY (tenant_id, letter_id) REFERENCES received(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint disposition_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX disposition_due ON public.disposition USING btree (tenant_id, ((state ->> 'due'::text)), id) WHERE ((status <> 'ditarik'::text) AND ((state ->> 'due'::text) IS NOT NULL));
CREATE INDEX disposition_from ON public.disposition USING btree (tenant_id, from_id, id);
CREATE INDEX disposition_letter ON public.disposition USING btree (tenant_id, letter_id);
CREATE INDEX disposition_to ON public.disposition USING btree (tenant_id, to_id, id);
CREATE TRIGGER disposition_needs_event BEFORE DELETE OR UPDATE ON public.disposition FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table disposition enable row level security;
create policy own_tenant on disposition to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on disposition to lontar_app;
grant update (last_event, revision, state) on disposition to lontar_app;

create table dossier (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  unit_id uuid not null generated always as (((state ->> 'unitId'::text))::uuid) stored,
  classification text not null generated always as ((state ->> 'classification'::text)) stored,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  year integer not null generated always as (((state ->> 'year'::text))::integer) stored,
  constraint dossier_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint dossier_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER dossier_needs_event BEFORE DELETE OR UPDATE ON public.dossier FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table dossier enable row level security;
create policy own_tenant on dossier to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on dossier to lontar_app;
grant update (last_event, revision, state) on dossier to lontar_app;

create table dossier_item (
  tenant_id uuid not null,
  subject_id uuid not null,
  dossier_id uuid not null,
  kind text not null,
  at timestamp with time zone not null,
  constraint dossier_item_kind_check CHECK ((kind = ANY (ARRAY['surat'::text, 'naskah'::text]))),
  constraint dossier_item_tenant_id_dossier_id_fkey FOREIGN KEY (tenant_id, dossier_id) REFERENCES dossier(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint dossier_item_pkey PRIMARY KEY (tenant_id, subject_id)
);
CREATE INDEX dossier_item_dossier ON public.dossier_item USING btree (tenant_id, dossier_id);
alter table dossier_item enable row level security;
create policy own_tenant on dossier_item to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on dossier_item to lontar_app;

create table draft (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  unit_id uuid not null generated always as (((state ->> 'unitId'::text))::uuid) stored,
  reply_to uuid generated always as (((state ->> 'replyTo'::text))::uuid) stored,
  constraint draft_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint draft_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX draft_code ON public.draft USING btree ((((state -> 'frozen'::text) ->> 'code'::text))) WHERE (((state -> 'frozen'::text) ->> 'code'::text) IS NOT NULL);
CREATE INDEX draft_reply ON public.draft USING btree (tenant_id, reply_to) WHERE (reply_to IS NOT NULL);
CREATE TRIGGER draft_needs_event BEFORE DELETE OR UPDATE ON public.draft FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table draft enable row level security;
create policy own_tenant on draft to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on draft to lontar_app;
grant update (last_event, revision, state) on draft to lontar_app;

create table draft_text (
  tenant_id uuid not null,
  draft_id uuid not null,
  revision integer not null,
  content jsonb not null,
  hash text not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  constraint draft_text_pkey PRIMARY KEY (tenant_id, draft_id)
);
alter table draft_text enable row level security;
create policy own_tenant on draft_text to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on draft_text to lontar_app;
grant update (at, content, hash, person_id, revision) on draft_text to lontar_app;

create table duty (
  tenant_id uuid not null,
  position_id uuid not null,
  thing_id uuid not null,
  act text not null,
  kind text not null,
  target_id uuid not null,
  sender text not null,
  title text not null,
  detail text not null,
  urgency text not null,
  security text not null,
  since timestamp with time zone not null,
  due timestamp with time zone,
  unread boolean not null,
  constraint duty_pkey PRIMARY KEY (tenant_id, position_id, thing_id, act)
);
CREATE INDEX duty_order ON public.duty USING btree (tenant_id, position_id, due, since DESC, thing_id);
CREATE INDEX duty_thing ON public.duty USING btree (tenant_id, thing_id);
alter table duty enable row level security;
create policy own_tenant on duty to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant delete, insert, select, update on duty to lontar_app;

create table emergency (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  letter_id uuid not null generated always as (((state ->> 'letterId'::text))::uuid) stored,
  person_id uuid not null generated always as ((((state -> 'opener'::text) ->> 'personId'::text))::uuid) stored,
  since text not null generated always as ((state ->> 'since'::text)) stored,
  until text not null generated always as ((state ->> 'until'::text)) stored,
  constraint emergency_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint emergency_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES person(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint emergency_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX emergency_letter ON public.emergency USING btree (tenant_id, letter_id);
CREATE INDEX emergency_person ON public.emergency USING btree (tenant_id, person_id, until);
CREATE TRIGGER emergency_needs_event BEFORE DELETE OR UPDATE ON public.emergency FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table emergency enable row level security;
create policy own_tenant on emergency to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on emergency to lontar_app;
grant update (last_event, revision, state) on emergency to lontar_app;

create table event (
  tenant_id uuid not null,
  event_id uuid not null,
  kind text not null,
  thing_id uuid not null,
  subject_id uuid not null,
  revision ordinal not null,
  type text not null,
  at timestamp with time zone not null,
  person_id uuid not null,
  position_id uuid not null,
  holding_id uuid not null,
  request_id text not null,
  who jsonb,
  body jsonb,
  salt bytea,
  commitment digest not null,
  constraint event_pkey PRIMARY KEY (tenant_id, event_id)
);
CREATE INDEX event_actor ON public.event USING btree (tenant_id, person_id, position_id, event_id);
CREATE INDEX event_signing ON public.event USING btree (tenant_id, person_id, event_id) WHERE (type = ANY (ARRAY['draft.signed'::text, 'draft.signing_failed'::text]));
CREATE INDEX event_subject ON public.event USING btree (tenant_id, subject_id, event_id);
CREATE INDEX event_thing ON public.event USING btree (tenant_id, thing_id, revision);
CREATE INDEX event_type ON public.event USING btree (tenant_id, type, event_id);
CREATE TRIGGER event_keeps BEFORE UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION only_erase_event();
CREATE TRIGGER event_stays BEFORE DELETE ON public.event FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table event enable row level security;
create policy own_tenant on event to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on event to lontar_app;

create table event_pending (
  tenant_id uuid not null,
  event_id uuid not null
);
alter table event_pending enable row level security;
create policy own_tenant on event_pending to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert on event_pending to lontar_app;

create table exchange_key (
  tenant_id uuid not null,
  public_key bytea not null,
  address text,
  constraint exchange_key_pkey PRIMARY KEY (tenant_id)
);
alter table exchange_key enable row level security;
create policy own_tenant on exchange_key to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on exchange_key to lontar_app;

create table export (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  what text not null generated always as ((state ->> 'what'::text)) stored,
  letter_id uuid generated always as (((state ->> 'letterId'::text))::uuid) stored,
  rows integer not null generated always as (((state ->> 'rows'::text))::integer) stored,
  constraint export_check CHECK (((what = ANY (ARRAY['organisasi'::text, 'pembaca'::text, 'jejak'::text])) AND ((what = 'organisasi'::text) = (letter_id IS NULL)) AND (rows >= 0))),
  constraint export_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint export_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER export_needs_event BEFORE DELETE OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table export enable row level security;
create policy own_tenant on export to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on export to lontar_app;
grant update (last_event, revision, state) on export to lontar_app;

create table finding (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  code text not null generated always as ((state ->> 'code'::text)) stored,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  at text not null generated always as ((state ->> 'at'::text)) stored,
  unit_id uuid generated always as ((((state -> 'place'::text) ->> 'unitId'::text))::uuid) stored,
  type text generated always as (((state -> 'place'::text) ->> 'type'::text)) stored,
  classification text generated always as (((state -> 'place'::text) ->> 'classification'::text)) stored,
  dated text not null generated always as (((state -> 'place'::text) ->> 'dated'::text)) stored,
  constraint finding_state_check CHECK (((state ->> 'status'::text) = ANY (ARRAY['perlu_dijelaskan'::text, 'menunggu_jawaban'::text, 'dijawab'::text, 'sudah_jelas'::text, 'gugur'::text]))),
  constraint finding_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint finding_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX finding_kind ON public.finding USING btree (tenant_id, code, status);
CREATE INDEX finding_order ON public.finding USING btree (tenant_id, at DESC, id DESC);
CREATE TRIGGER finding_needs_event BEFORE DELETE OR UPDATE ON public.finding FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table finding enable row level security;
create policy own_tenant on finding to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on finding to lontar_app;
grant update (last_event, revision, state) on finding to lontar_app;

create table flag_rule (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  code text not null generated always as ((state ->> 'code'::text)) stored,
  constraint flag_rule_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint flag_rule_pkey PRIMARY KEY (tenant_id, id),
  constraint flag_rule_tenant_id_code_key UNIQUE (tenant_id, code)
);
CREATE TRIGGER flag_rule_needs_event BEFORE DELETE OR UPDATE ON public.flag_rule FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table flag_rule enable row level security;
create policy own_tenant on flag_rule to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on flag_rule to lontar_app;
grant update (last_event, revision, state) on flag_rule to lontar_app;

create table flag_scan (
  tenant_id uuid not null,
  code text not null,
  seen bigint not null,
  at timestamp with time zone not null,
  measure text not null,
  more integer not null,
  constraint flag_scan_more_check CHECK ((more >= 0)),
  constraint flag_scan_seen_check CHECK ((seen >= 0)),
  constraint flag_scan_pkey PRIMARY KEY (tenant_id, code)
);
alter table flag_scan enable row level security;
create policy own_tenant on flag_scan to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on flag_scan to lontar_app;
grant update (at, measure, more, seen) on flag_scan to lontar_app;

create table flag_search (
  tenant_id uuid not null,
  asked timestamp with time zone not null,
  by text not null,
  step text not null,
  done integer not null,
  raised integer not null,
  lapsed integer not null,
  at timestamp with time zone not null,
  constraint flag_search_done_check CHECK ((done >= 0)),
  constraint flag_search_lapsed_check CHECK ((lapsed >= 0)),
  constraint flag_search_raised_check CHECK ((raised >= 0)),
  constraint flag_search_step_check CHECK ((step = ANY (ARRAY['menunggu'::text, 'mencari'::text, 'selesai'::text, 'gagal'::text]))),
  constraint flag_search_pkey PRIMARY KEY (tenant_id)
);
alter table flag_search enable row level security;
create policy own_tenant on flag_search to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select, update on flag_search to lontar_app;

create table handover (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  position_id uuid not null generated always as (((state ->> 'positionId'::text))::uuid) stored,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  constraint handover_state_check CHECK (((state ->> 'status'::text) = ANY (ARRAY['menunggu'::text, 'selesai'::text, 'dibatalkan'::text]))),
  constraint handover_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint handover_tenant_id_position_id_fkey FOREIGN KEY (tenant_id, position_id) REFERENCES "position"(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint handover_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX handover_running ON public.handover USING btree (tenant_id, position_id) WHERE ((state ->> 'status'::text) = 'menunggu'::text);
CREATE TRIGGER handover_needs_event BEFORE DELETE OR UPDATE ON public.handover FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table handover enable row level security;
create policy own_tenant on handover to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on handover to lontar_app;
grant update (last_event, revision, state) on handover to lontar_app;

create table holding (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  person_id uuid not null generated always as (((state ->> 'personId'::text))::uuid) stored,
  position_id uuid not null generated always as (((state ->> 'positionId'::text))::uuid) stored,
  kind text not null generated always as ((state ->> 'kind'::text)) stored,
  since text not null generated always as ((state ->> 'since'::text)) stored,
  until text generated always as ((state ->> 'until'::text)) stored,
  constraint holding_state_check CHECK (((state ->> 'kind'::text) = ANY (ARRAY['definitif'::text, 'plt'::text, 'plh'::text, 'pj'::text]))),
  constraint holding_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint holding_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES person(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint holding_tenant_id_position_id_fkey FOREIGN KEY (tenant_id, position_id) REFERENCES "position"(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint holding_pkey PRIMARY KEY (tenant_id, id),
  constraint holding_acting_once EXCLUDE USING gist (tenant_id WITH =, position_id WITH =, tstzrange(instant_of(since), instant_of(until)) WITH &&) WHERE ((kind <> 'definitif'::text)),
  constraint holding_definitive_once EXCLUDE USING gist (tenant_id WITH =, position_id WITH =, tstzrange(instant_of(since), instant_of(until)) WITH &&) WHERE ((kind = 'definitif'::text))
);
CREATE INDEX holding_person ON public.holding USING btree (tenant_id, person_id);
CREATE INDEX holding_position ON public.holding USING btree (tenant_id, position_id);
CREATE TRIGGER holding_needs_event BEFORE DELETE OR UPDATE ON public.holding FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table holding enable row level security;
create policy own_tenant on holding to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on holding to lontar_app;
grant update (last_event, revision, state) on holding to lontar_app;

create table inbox_envelope (
  tenant_id uuid not null,
  sender_id uuid not null,
  envelope_id uuid not null,
  digest bytea not null,
  receipt text not null,
  signature text not null,
  at timestamp with time zone not null,
  constraint inbox_envelope_pkey PRIMARY KEY (tenant_id, sender_id, envelope_id)
);
alter table inbox_envelope enable row level security;
create policy own_tenant on inbox_envelope to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on inbox_envelope to lontar_app;

create table inspection (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  position_id uuid not null generated always as (((state ->> 'positionId'::text))::uuid) stored,
  since text not null generated always as ((state ->> 'since'::text)) stored,
  until text not null generated always as ((state ->> 'until'::text)) stored,
  constraint inspection_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint inspection_tenant_id_position_id_fkey FOREIGN KEY (tenant_id, position_id) REFERENCES "position"(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint inspection_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inspection_post ON public.inspection USING btree (tenant_id, position_id, until);
CREATE TRIGGER inspection_needs_event BEFORE DELETE OR UPDATE ON public.inspection FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table inspection enable row level security;
create policy own_tenant on inspection to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on inspection to lontar_app;
grant update (last_event, revision, state) on inspection to lontar_app;

create table inspection_look (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  inspection_id uuid not null generated always as (((state ->> 'inspectionId'::text))::uuid) stored,
  letter_id uuid not null generated always as (((state ->> 'letterId'::text))::uuid) stored,
  constraint inspection_look_tenant_id_inspection_id_fkey FOREIGN KEY (tenant_id, inspection_id) REFERENCES inspection(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint inspection_look_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint inspection_look_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX inspection_look_letter ON public.inspection_look USING btree (tenant_id, inspection_id, letter_id);
CREATE TRIGGER inspection_look_needs_event BEFORE DELETE OR UPDATE ON public.inspection_look FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table inspection_look enable row level security;
create policy own_tenant on inspection_look to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on inspection_look to lontar_app;
grant update (last_event, revision, state) on inspection_look to lontar_app;

create table issued (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  unit_id uuid not null generated always as (((state ->> 'unitId'::text))::uuid) stored,
  number text not null generated always as ((state ->> 'number'::text)) stored,
  code text not null generated always as ((state ->> 'code'::text)) stored,
  sha256 text not null generated always as ((state ->> 'sha256'::text)) stored,
  constraint issued_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint issued_pkey PRIMARY KEY (tenant_id, id),
  constraint issued_tenant_id_code_key UNIQUE (tenant_id, code),
  constraint issued_tenant_id_number_key UNIQUE (tenant_id, number)
);
CREATE INDEX issued_code ON public.issued USING btree (code);
CREATE INDEX issued_dated ON public.issued USING btree (tenant_id, unit_id, ((state ->> 'date'::text)), id);
CREATE INDEX issued_earlier ON public.issued USING gin (((state -> 'earlier'::text)) jsonb_path_ops) WHERE (state ? 'earlier'::text);
CREATE INDEX issued_proved_hash ON public.issued USING btree ((((state -> 'proved'::text) ->> 'sha256'::text))) WHERE (state ? 'proved'::text);
CREATE INDEX issued_proved_until ON public.issued USING btree (tenant_id, COALESCE(((state -> 'proved'::text) ->> 'until'::text), ''::text), id);
CREATE INDEX issued_sha256 ON public.issued USING btree (sha256);
CREATE INDEX issued_signer ON public.issued USING btree (tenant_id, (((state -> 'signer'::text) ->> 'serial'::text)), (((state -> 'signer'::text) ->> 'at'::text)));
CREATE INDEX issued_withdrawn ON public.issued USING btree (tenant_id, id) WHERE (status = 'dicabut'::text);
CREATE TRIGGER issued_needs_event BEFORE DELETE OR UPDATE ON public.issued FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table issued enable row level security;
create policy own_tenant on issued to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on issued to lontar_app;
grant update (last_event, revision, state) on issued to lontar_app;

create table letter_proof (
  tenant_id uuid not null,
  id uuid not null,
  leaf_index bigint not null,
  proof text not null,
  at timestamp with time zone not null,
  constraint letter_proof_pkey PRIMARY KEY (tenant_id, id)
);
alter table letter_proof enable row level security;
create policy own_tenant on letter_proof to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on letter_proof to lontar_app;

create table log_halt (
  tenant_id uuid not null,
  size bigint not null,
  seen bigint not null,
  by text not null,
  since timestamp with time zone not null,
  constraint log_halt_pkey PRIMARY KEY (tenant_id)
);
alter table log_halt enable row level security;
create policy own_tenant on log_halt to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on log_halt to lontar_app;

create table log_head (
  tenant_id uuid not null,
  size bigint not null,
  root bytea not null,
  frontier jsonb not null,
  checkpoint text not null,
  at timestamp with time zone not null,
  constraint log_head_pkey PRIMARY KEY (tenant_id)
);
CREATE TRIGGER head_stays BEFORE DELETE ON public.log_head FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table log_head enable row level security;
create policy own_tenant on log_head to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on log_head to lontar_app;

create table log_leaf (
  tenant_id uuid not null,
  leaf_index bigint not null,
  event_id uuid not null,
  leaf text not null,
  leaf_hash bytea not null,
  constraint log_leaf_leaf_hash_check CHECK ((length(leaf_hash) = 32)),
  constraint log_leaf_leaf_index_check CHECK ((leaf_index >= 0)),
  constraint log_leaf_pkey PRIMARY KEY (tenant_id, leaf_index),
  constraint log_leaf_tenant_id_event_id_key UNIQUE (tenant_id, event_id)
);
CREATE TRIGGER leaf_stays BEFORE DELETE OR UPDATE ON public.log_leaf FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table log_leaf enable row level security;
create policy own_tenant on log_leaf to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on log_leaf to lontar_app;

create table log_proved (
  tenant_id uuid not null,
  size bigint not null,
  policy bytea not null,
  constraint log_proved_pkey PRIMARY KEY (tenant_id)
);
alter table log_proved enable row level security;
create policy own_tenant on log_proved to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on log_proved to lontar_app;

create table log_tile (
  tenant_id uuid not null,
  level integer not null,
  tile_index bigint not null,
  bytes bytea not null,
  constraint log_tile_bytes_check CHECK ((((length(bytes) >= 32) AND (length(bytes) <= 8192)) AND ((length(bytes) % 32) = 0))),
  constraint log_tile_level_check CHECK (((level >= 0) AND (level <= 5))),
  constraint log_tile_tile_index_check CHECK ((tile_index >= 0)),
  constraint log_tile_pkey PRIMARY KEY (tenant_id, level, tile_index)
);
alter table log_tile enable row level security;
create policy own_tenant on log_tile to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on log_tile to lontar_app;

create table log_witness (
  tenant_id uuid not null,
  name text not null,
  size bigint not null,
  cosignature text,
  at timestamp with time zone,
  asked timestamp with time zone not null,
  failures integer not null,
  problem text,
  constraint log_witness_failures_check CHECK ((failures >= 0)),
  constraint log_witness_name_check CHECK ((name <> ''::text)),
  constraint log_witness_problem_check CHECK ((problem = ANY (ARRAY['tak_terjangkau'::text, 'tak_dikenal'::text, 'tak_dipercaya'::text, 'menolak'::text, 'jawaban_salah'::text]))),
  constraint log_witness_size_check CHECK ((size >= 0)),
  constraint log_witness_pkey PRIMARY KEY (tenant_id, name)
);
alter table log_witness enable row level security;
create policy own_tenant on log_witness to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on log_witness to lontar_app;

create table log_witness_hour (
  tenant_id uuid not null,
  name text not null,
  hour timestamp with time zone not null,
  cosigned integer not null,
  failed integer not null,
  constraint log_witness_hour_cosigned_check CHECK ((cosigned >= 0)),
  constraint log_witness_hour_failed_check CHECK ((failed >= 0)),
  constraint log_witness_hour_pkey PRIMARY KEY (tenant_id, name, hour)
);
alter table log_witness_hour enable row level security;
create policy own_tenant on log_witness_hour to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on log_witness_hour to lontar_app;

create table notice (
  tenant_id uuid not null,
  notice_id uuid not null,
  person_id uuid not null,
  kind text not null,
  facts jsonb not null,
  at timestamp with time zone not null,
  seen timestamp with time zone,
  constraint notice_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES person(tenant_id, id),
  constraint notice_pkey PRIMARY KEY (tenant_id, notice_id)
);
CREATE INDEX notice_unseen ON public.notice USING btree (tenant_id, person_id, at) WHERE (seen IS NULL);
alter table notice enable row level security;
create policy own_tenant on notice to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on notice to lontar_app;
grant update (seen) on notice to lontar_app;

create table number_entry (
  tenant_id uuid not null,
  series text not null,
  n integer not null,
  thing_id uuid not null,
  fate text not null,
  at timestamp with time zone not null,
  constraint number_entry_fate_check CHECK ((fate = ANY (ARRAY['direservasi'::text, 'disahkan'::text, 'dibatalkan'::text]))),
  constraint number_entry_n_check CHECK ((n > 0)),
  constraint number_entry_tenant_id_series_fkey FOREIGN KEY (tenant_id, series) REFERENCES number_series(tenant_id, series),
  constraint number_entry_pkey PRIMARY KEY (tenant_id, series, n),
  constraint number_entry_tenant_id_series_thing_id_key UNIQUE (tenant_id, series, thing_id)
);
alter table number_entry enable row level security;
create policy own_tenant on number_entry to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on number_entry to lontar_app;
grant update (fate) on number_entry to lontar_app;

create table number_series (
  tenant_id uuid not null,
  series text not null,
  last integer not null,
  constraint number_series_last_check CHECK ((last >= 0)),
  constraint number_series_pkey PRIMARY KEY (tenant_id, series)
);
alter table number_series enable row level security;
create policy own_tenant on number_series to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on number_series to lontar_app;
grant update (last) on number_series to lontar_app;

create table organisation_import (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  name text not null,
  sealed bytea not null,
  done integer not null,
  total integer not null,
  asked jsonb,
  fault jsonb,
  constraint organisation_import_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES person(tenant_id, id),
  constraint organisation_import_pkey PRIMARY KEY (tenant_id, id)
);
alter table organisation_import enable row level security;
create policy own_tenant on organisation_import to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant delete, insert, select on organisation_import to lontar_app;
grant update (asked, done, fault, total) on organisation_import to lontar_app;

create table parcel (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  letter_id uuid not null generated always as (((state ->> 'letterId'::text))::uuid) stored,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  token text generated always as ((state ->> 'token'::text)) stored,
  constraint parcel_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint parcel_pkey PRIMARY KEY (tenant_id, id),
  constraint parcel_tenant_id_token_key UNIQUE (tenant_id, token)
);
CREATE INDEX parcel_letter ON public.parcel USING btree (tenant_id, letter_id);
CREATE INDEX parcel_token ON public.parcel USING btree (token) WHERE ((state ->> 'token'::text) IS NOT NULL);
CREATE TRIGGER parcel_needs_event BEFORE DELETE OR UPDATE ON public.parcel FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table parcel enable row level security;
create policy own_tenant on parcel to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on parcel to lontar_app;
grant update (last_event, revision, state) on parcel to lontar_app;

create table passkey (
  tenant_id uuid not null,
  passkey_id uuid not null,
  person_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  transports jsonb not null,
  backed_up boolean not null,
  since timestamp with time zone not null,
  last_used timestamp with time zone,
  constraint passkey_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES account_secret(tenant_id, person_id),
  constraint passkey_pkey PRIMARY KEY (tenant_id, passkey_id),
  constraint passkey_credential_id_key UNIQUE (credential_id)
);
CREATE INDEX passkey_person ON public.passkey USING btree (tenant_id, person_id);
CREATE CONSTRAINT TRIGGER passkey_is_accounts AFTER INSERT OR UPDATE OF public_key, person_id ON public.passkey DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION passkey_is_accounts();
alter table passkey enable row level security;
create policy own_tenant on passkey to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant delete, insert, select on passkey to lontar_app;
grant update (backed_up, counter, last_used) on passkey to lontar_app;

create table person (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  name text not null generated always as ((state ->> 'name'::text)) stored,
  constraint person_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint person_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX person_nip ON public.person USING btree (tenant_id, ((state ->> 'nip'::text))) WHERE ((state ->> 'nip'::text) IS NOT NULL);
CREATE TRIGGER person_needs_event BEFORE DELETE OR UPDATE ON public.person FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table person enable row level security;
create policy own_tenant on person to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on person to lontar_app;
grant update (last_event, revision, state) on person to lontar_app;

create table person_nik (
  tenant_id uuid not null,
  person_id uuid not null,
  sealed bytea not null,
  keyed bytea not null,
  constraint person_nik_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES person(tenant_id, id),
  constraint person_nik_pkey PRIMARY KEY (tenant_id, person_id),
  constraint person_nik_tenant_id_keyed_key UNIQUE (tenant_id, keyed)
);
alter table person_nik enable row level security;
create policy own_tenant on person_nik to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant delete, insert, select on person_nik to lontar_app;
grant update (keyed, sealed) on person_nik to lontar_app;

create table policy (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  constraint policy_check CHECK ((id = tenant_id)),
  constraint policy_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint policy_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER policy_needs_event BEFORE DELETE OR UPDATE ON public.policy FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table policy enable row level security;
create policy own_tenant on policy to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on policy to lontar_app;
grant update (last_event, revision, state) on policy to lontar_app;

create table position (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  constraint position_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint position_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER position_keeps_periods AFTER INSERT OR UPDATE ON public."position" FOR EACH ROW EXECUTE FUNCTION keep_periods();
CREATE TRIGGER position_needs_event BEFORE DELETE OR UPDATE ON public."position" FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table "position" enable row level security;
create policy own_tenant on "position" to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on "position" to lontar_app;
grant update (last_event, revision, state) on "position" to lontar_app;

create table position_period (
  tenant_id uuid not null,
  id uuid not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  facts jsonb not null,
  unit_id uuid not null generated always as (((facts ->> 'unitId'::text))::uuid) stored,
  title text not null generated always as ((facts ->> 'title'::text)) stored,
  superior_id uuid generated always as (((facts ->> 'superiorId'::text))::uuid) stored,
  constraint position_period_tenant_id_id_fkey FOREIGN KEY (tenant_id, id) REFERENCES "position"(tenant_id, id),
  constraint position_period_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint position_period_pkey PRIMARY KEY (tenant_id, id, since),
  constraint position_code_once EXCLUDE USING gist (tenant_id WITH =, ((facts ->> 'code'::text)) WITH =, tstzrange(since, until) WITH &&) WHERE (((facts ->> 'code'::text) IS NOT NULL))
);
CREATE INDEX position_period_superior ON public.position_period USING btree (tenant_id, superior_id);
CREATE INDEX position_period_unit ON public.position_period USING btree (tenant_id, unit_id);
alter table position_period enable row level security;
create policy own_tenant on position_period to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on position_period to lontar_app;

create table reader (
  tenant_id uuid not null,
  holder text not null,
  subject_id uuid not null,
  rule text not null,
  sight text not null default 'isi'::text,
  thing_id uuid not null default '00000000-0000-7000-8000-000000000000'::uuid,
  event_id uuid not null default '00000000-0000-7000-8000-000000000000'::uuid,
  since timestamp with time zone not null default '-infinity'::timestamp with time zone,
  constraint reader_sight_check CHECK ((sight = ANY (ARRAY['isi'::text, 'sampul'::text]))),
  constraint reader_pkey PRIMARY KEY (tenant_id, holder, subject_id, rule, sight, thing_id)
);
CREATE INDEX reader_subject ON public.reader USING btree (tenant_id, subject_id);
alter table reader enable row level security;
create policy own_tenant on reader to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant delete, insert, select on reader to lontar_app;

create table reader_past (
  tenant_id uuid not null,
  holder text not null,
  subject_id uuid not null,
  rule text not null,
  sight text not null,
  thing_id uuid not null,
  event_id uuid not null,
  since timestamp with time zone not null,
  until_event uuid not null,
  until timestamp with time zone not null,
  constraint reader_past_check CHECK ((until >= since)),
  constraint reader_past_sight_check CHECK ((sight = ANY (ARRAY['isi'::text, 'sampul'::text]))),
  constraint reader_past_pkey PRIMARY KEY (tenant_id, subject_id, holder, rule, sight, thing_id, event_id)
);
alter table reader_past enable row level security;
create policy own_tenant on reader_past to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on reader_past to lontar_app;

create table reading (
  tenant_id uuid not null,
  sha256 text not null,
  status text not null,
  pages integer not null,
  pages_read integer not null,
  result jsonb,
  at timestamp with time zone not null,
  constraint reading_status_check CHECK ((status = ANY (ARRAY['menunggu'::text, 'membaca'::text, 'selesai'::text, 'gagal'::text]))),
  constraint reading_pkey PRIMARY KEY (tenant_id, sha256)
);
alter table reading enable row level security;
create policy own_tenant on reading to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on reading to lontar_app;
grant update (at, pages_read, result, status) on reading to lontar_app;

create table received (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  unit_id uuid not null generated always as (((state ->> 'unitId'::text))::uuid) stored,
  agenda integer generated always as (((state ->> 'agenda'::text))::integer) stored,
  year integer generated always as (((state ->> 'year'::text))::integer) stored,
  sender text generated always as (((state -> 'facts'::text) ->> 'sender'::text)) stored,
  number text generated always as (((state -> 'facts'::text) ->> 'number'::text)) stored,
  dated text generated always as (((state -> 'facts'::text) ->> 'date'::text)) stored,
  scan text generated always as ((((state -> 'files'::text) -> 0) ->> 'sha256'::text)) stored,
  constraint received_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint received_pkey PRIMARY KEY (tenant_id, id),
  constraint received_tenant_id_unit_id_year_agenda_key UNIQUE (tenant_id, unit_id, year, agenda)
);
CREATE INDEX received_dated ON public.received USING btree (tenant_id, unit_id, dated, id);
CREATE INDEX received_same ON public.received USING btree (tenant_id, number, dated);
CREATE INDEX received_scan ON public.received USING btree (tenant_id, scan);
CREATE INDEX received_words ON public.received USING gin (received_words(state) gin_trgm_ops);
CREATE TRIGGER received_needs_event BEFORE DELETE OR UPDATE ON public.received FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table received enable row level security;
create policy own_tenant on received to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on received to lontar_app;
grant update (last_event, revision, state) on received to lontar_app;

create table recovery_code (
  tenant_id uuid not null,
  person_id uuid not null,
  salt bytea not null,
  code_hash bytea not null,
  used timestamp with time zone,
  constraint recovery_code_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES account_secret(tenant_id, person_id),
  constraint recovery_code_pkey PRIMARY KEY (tenant_id, person_id, code_hash)
);
alter table recovery_code enable row level security;
create policy own_tenant on recovery_code to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant delete, insert, select on recovery_code to lontar_app;
grant update (used) on recovery_code to lontar_app;

create table request (
  tenant_id uuid not null,
  person_id uuid not null,
  key text not null,
  endpoint text not null,
  digest bytea not null,
  answer jsonb,
  at timestamp with time zone not null,
  constraint request_pkey PRIMARY KEY (tenant_id, person_id, key)
);
alter table request enable row level security;
create policy own_tenant on request to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on request to lontar_app;

create table sample (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  inspection_id uuid not null generated always as (((state ->> 'inspectionId'::text))::uuid) stored,
  position_id uuid not null generated always as (((state ->> 'positionId'::text))::uuid) stored,
  constraint sample_tenant_id_inspection_id_fkey FOREIGN KEY (tenant_id, inspection_id) REFERENCES inspection(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint sample_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint sample_tenant_id_position_id_fkey FOREIGN KEY (tenant_id, position_id) REFERENCES "position"(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint sample_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX sample_post ON public.sample USING btree (tenant_id, position_id, id);
CREATE TRIGGER sample_needs_event BEFORE DELETE OR UPDATE ON public.sample FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table sample enable row level security;
create policy own_tenant on sample to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on sample to lontar_app;
grant update (last_event, revision, state) on sample to lontar_app;

create table sample_member (
  tenant_id uuid not null,
  sample_id uuid not null,
  place integer not null,
  letter_id uuid not null,
  constraint sample_member_place_check CHECK ((place >= 0)),
  constraint sample_member_tenant_id_sample_id_fkey FOREIGN KEY (tenant_id, sample_id) REFERENCES sample(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint sample_member_pkey PRIMARY KEY (tenant_id, sample_id, place),
  constraint sample_member_tenant_id_sample_id_letter_id_key UNIQUE (tenant_id, sample_id, letter_id)
);
CREATE TRIGGER sample_member_stays BEFORE DELETE OR UPDATE ON public.sample_member FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table sample_member enable row level security;
create policy own_tenant on sample_member to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on sample_member to lontar_app;

create table saved_query (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  position_id uuid not null generated always as (((state ->> 'positionId'::text))::uuid) stored,
  shared boolean not null generated always as (((state ->> 'shared'::text))::boolean) stored,
  removed boolean not null generated always as (((state ->> 'removed'::text))::boolean) stored,
  constraint saved_query_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint saved_query_tenant_id_position_id_fkey FOREIGN KEY (tenant_id, position_id) REFERENCES "position"(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint saved_query_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER saved_query_needs_event BEFORE DELETE OR UPDATE ON public.saved_query FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table saved_query enable row level security;
create policy own_tenant on saved_query to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on saved_query to lontar_app;
grant update (last_event, revision, state) on saved_query to lontar_app;

create table seal_key (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  key_id text not null generated always as ((state ->> 'keyId'::text)) stored,
  status text not null generated always as ((state ->> 'status'::text)) stored,
  until text not null generated always as ((state ->> 'until'::text)) stored,
  constraint seal_key_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint seal_key_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX seal_key_status ON public.seal_key USING btree (tenant_id, status, until);
CREATE TRIGGER seal_key_needs_event BEFORE DELETE OR UPDATE ON public.seal_key FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table seal_key enable row level security;
create policy own_tenant on seal_key to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on seal_key to lontar_app;
grant update (last_event, revision, state) on seal_key to lontar_app;

create table seal_key_secret (
  tenant_id uuid not null,
  id uuid not null,
  sealed bytea not null,
  constraint seal_key_secret_tenant_id_id_fkey FOREIGN KEY (tenant_id, id) REFERENCES seal_key(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint seal_key_secret_pkey PRIMARY KEY (tenant_id, id)
);
alter table seal_key_secret enable row level security;
create policy own_tenant on seal_key_secret to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant delete, insert, select on seal_key_secret to lontar_app;

create table search_text (
  tenant_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  dated text,
  facts text not null,
  content text not null,
  scan text not null,
  words tsvector generated always as (((setweight(to_tsvector('indonesian'::regconfig, facts), 'A'::"char") || setweight(to_tsvector('indonesian'::regconfig, content), 'B'::"char")) || setweight(to_tsvector('indonesian'::regconfig, scan), 'C'::"char"))) stored,
  folded text generated always as (lower(facts)) stored,
  constraint search_text_pkey PRIMARY KEY (tenant_id, subject_id)
);
CREATE INDEX search_facts ON public.search_text USING gin (folded gin_trgm_ops);
CREATE INDEX search_newest ON public.search_text USING btree (tenant_id, COALESCE(dated, ''::text) DESC, subject_id DESC);
CREATE INDEX search_words ON public.search_text USING gin (words);
alter table search_text enable row level security;
create policy own_tenant on search_text to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on search_text to lontar_app;
grant update (content, dated, facts, kind, scan) on search_text to lontar_app;

create table secret_reading (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  letter_id uuid not null generated always as (((state ->> 'letterId'::text))::uuid) stored,
  person_id uuid not null generated always as (((state ->> 'personId'::text))::uuid) stored,
  last_day text not null generated always as ((state ->> 'lastDay'::text)) stored,
  constraint secret_reading_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint secret_reading_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES person(tenant_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint secret_reading_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX secret_reading_once ON public.secret_reading USING btree (tenant_id, letter_id, person_id);
CREATE TRIGGER secret_reading_needs_event BEFORE DELETE OR UPDATE ON public.secret_reading FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table secret_reading enable row level security;
create policy own_tenant on secret_reading to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on secret_reading to lontar_app;
grant update (last_event, revision, state) on secret_reading to lontar_app;

create table service_request (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  status integer not null generated always as (((state ->> 'status'::text))::integer) stored,
  token text not null generated always as ((state ->> 'token'::text)) stored,
  draft_id uuid generated always as (((state ->> 'draftId'::text))::uuid) stored,
  constraint service_request_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint service_request_pkey PRIMARY KEY (tenant_id, id),
  constraint service_request_tenant_id_token_key UNIQUE (tenant_id, token)
);
CREATE INDEX service_request_token ON public.service_request USING btree (token);
CREATE TRIGGER service_request_needs_event BEFORE DELETE OR UPDATE ON public.service_request FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table service_request enable row level security;
create policy own_tenant on service_request to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on service_request to lontar_app;
grant update (last_event, revision, state) on service_request to lontar_app;

create table session (
  tenant_id uuid not null,
  session_id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  position_id uuid not null,
  device text not null,
  since timestamp with time zone not null,
  last_seen timestamp with time zone not null,
  ended timestamp with time zone,
  browser bytea,
  method text not null default 'sandi'::text,
  held_back boolean not null default false,
  constraint session_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES account_secret(tenant_id, person_id),
  constraint session_pkey PRIMARY KEY (tenant_id, session_id),
  constraint session_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX session_browser ON public.session USING btree (tenant_id, browser) WHERE (browser IS NOT NULL);
CREATE INDEX session_person ON public.session USING btree (tenant_id, person_id) WHERE (ended IS NULL);
alter table session enable row level security;
create policy own_tenant on session to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on session to lontar_app;
grant update (ended, held_back, last_seen, position_id) on session to lontar_app;

create table sign_in_failure (
  bucket text not null,
  at timestamp with time zone not null
);
CREATE INDEX sign_in_failure_bucket ON public.sign_in_failure USING btree (bucket, at);
grant delete, insert, select on sign_in_failure to lontar_app;

create table signing_key (
  tenant_id uuid not null,
  credential_id uuid not null,
  sealed bytea not null,
  constraint signing_key_tenant_id_credential_id_fkey FOREIGN KEY (tenant_id, credential_id) REFERENCES credential(tenant_id, id),
  constraint signing_key_pkey PRIMARY KEY (tenant_id, credential_id)
);
alter table signing_key enable row level security;
create policy own_tenant on signing_key to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant delete, insert, select on signing_key to lontar_app;

create table step_up (
  tenant_id uuid not null,
  person_id uuid not null,
  sha256 text not null,
  until timestamp with time zone not null,
  constraint step_up_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint step_up_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES account_secret(tenant_id, person_id),
  constraint step_up_pkey PRIMARY KEY (tenant_id, person_id, sha256)
);
alter table step_up enable row level security;
create policy own_tenant on step_up to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant delete, insert, select on step_up to lontar_app;
grant update (until) on step_up to lontar_app;

create table tenant (
  tenant_id uuid not null,
  name text not null,
  short_name text not null,
  kind text not null,
  region text not null,
  zone text not null,
  profile jsonb not null,
  constraint tenant_kind_check CHECK ((kind = ANY (ARRAY['kabupaten'::text, 'desa'::text]))),
  constraint tenant_zone_check CHECK ((zone = ANY (ARRAY['WIB'::text, 'WITA'::text, 'WIT'::text]))),
  constraint tenant_pkey PRIMARY KEY (tenant_id)
);
alter table tenant enable row level security;
create policy own_tenant on tenant to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on tenant to lontar_app;

create table unit (
  tenant_id uuid not null,
  id uuid not null,
  revision integer not null,
  last_event uuid not null,
  state jsonb not null,
  constraint unit_tenant_id_last_event_fkey FOREIGN KEY (tenant_id, last_event) REFERENCES event(tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED,
  constraint unit_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER unit_keeps_periods AFTER INSERT OR UPDATE ON public.unit FOR EACH ROW EXECUTE FUNCTION keep_periods();
CREATE TRIGGER unit_needs_event BEFORE DELETE OR UPDATE ON public.unit FOR EACH ROW EXECUTE FUNCTION needs_event();
alter table unit enable row level security;
create policy own_tenant on unit to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant insert, select on unit to lontar_app;
grant update (last_event, revision, state) on unit to lontar_app;

create table unit_period (
  tenant_id uuid not null,
  id uuid not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  facts jsonb not null,
  code text not null generated always as ((facts ->> 'code'::text)) stored,
  name text not null generated always as ((facts ->> 'name'::text)) stored,
  parent_id uuid generated always as (((facts ->> 'parentId'::text))::uuid) stored,
  constraint unit_period_tenant_id_id_fkey FOREIGN KEY (tenant_id, id) REFERENCES unit(tenant_id, id),
  constraint unit_period_pkey PRIMARY KEY (tenant_id, id, since),
  constraint unit_code_once EXCLUDE USING gist (tenant_id WITH =, code WITH =, tstzrange(since, until) WITH &&)
);
CREATE INDEX unit_period_parent ON public.unit_period USING btree (tenant_id, parent_id);
alter table unit_period enable row level security;
create policy own_tenant on unit_period to lontar_app using (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
grant select on unit_period to lontar_app;

CREATE OR REPLACE FUNCTION public.class_keys(tenant uuid, post uuid, at text)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE
AS $function$
#variable_conflict use_variable
begin
  return (
    with mine as materialized (
      select c.prefix, c.unit_id, c.state
      from position_period p join class_right c on c.tenant_id = p.tenant_id and c.since <= at and (c.until is null or c.until > at)
        and (c.position_id = post or (c.level = level_of_role(p.facts->>'role') and (c.unit_id is null or p.unit_id in (select units_under(tenant, c.unit_id, instant_of(at))))))
      where p.tenant_id = tenant and p.id = post and p.since <= instant_of(at) and (p.until is null or instant_of(at) < p.until))
    select coalesce(array_agg(distinct 'class:' || m.prefix || '/' || s.security || '/' || office.id), '{}')
    from mine m
    cross join lateral jsonb_array_elements_text(m.state->'securities') as s(security)
    cross join lateral units_under(tenant, m.unit_id, instant_of(at)) as u(id)
    join unit_period office on office.tenant_id = tenant and office.id = u.id and jsonb_typeof(office.facts->'letterhead') = 'object'
      and office.since <= instant_of(at) and (office.until is null or instant_of(at) < office.until));
end $function$;

CREATE OR REPLACE FUNCTION public.create_state_table(name text, columns text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('create table %I (tenant_id uuid not null, id uuid not null, revision integer not null, last_event uuid not null, state jsonb not null, %s,
    primary key (tenant_id, id), foreign key (tenant_id, last_event) references event (tenant_id, event_id) deferrable initially deferred)', name, columns);
  execute format('create trigger %I before update or delete on %I for each row execute function needs_event()', name || '_needs_event', name);
end $function$;

CREATE OR REPLACE FUNCTION public.door_account(wanted text)
 RETURNS TABLE(tenant_id uuid, person_id uuid, status text, password_hash text, totp_secret bytea, totp_last bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select a.tenant_id, a.id, a.status, s.password_hash, s.totp_secret, s.totp_last from account a join account_secret s on s.tenant_id = a.tenant_id and s.person_id = a.id where a.username = wanted $function$;
grant execute on function door_account(text) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_activation(hash bytea)
 RETURNS TABLE(tenant_id uuid, person_id uuid, until timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select tenant_id, person_id, until from activation where token_hash = hash and used is null $function$;
grant execute on function door_activation(bytea) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_certificate(wanted text)
 RETURNS TABLE(withdrawn timestamp with time zone, leaked boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(state->'revoked'->>'since', state->'revoked'->>'at')::timestamptz, state->'revoked'->>'since' is not null from credential where state->>'serial' = wanted $function$;
grant execute on function door_certificate(text) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_claimed(property text, wanted text)
 RETURNS TABLE(tenant_id uuid, person_id uuid, status text, password_hash text, totp_secret bytea, totp_last bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select a.tenant_id, a.id, a.status, s.password_hash, s.totp_secret, s.totp_last
  from account a join account_secret s on s.tenant_id = a.tenant_id and s.person_id = a.id join person p on p.tenant_id = a.tenant_id and p.id = a.id
  where case property when 'username' then a.username = lower(wanted) when 'nip' then p.state->>'nip' = wanted when 'email' then lower(p.state->>'email') = lower(wanted) else false end limit 2 $function$;
grant execute on function door_claimed(text,text) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_demo_accounts()
 RETURNS TABLE(username text, demo_password text, name text, title text, tenant text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select a.username, s.demo_password, p.name, string_agg(distinct po.title, ', '), t.name
  from account_secret s join account a on a.tenant_id = s.tenant_id and a.id = s.person_id join tenant t on t.tenant_id = a.tenant_id join person p on p.tenant_id = a.tenant_id and p.id = a.id
  join holding h on h.tenant_id = a.tenant_id and h.person_id = a.id and instant_of(h.since) <= now() and (h.until is null or now() < instant_of(h.until))
  join position_period po on po.tenant_id = h.tenant_id and po.id = h.position_id and po.since <= now() and (po.until is null or now() < po.until)
  where s.demo_password is not null group by a.username, s.demo_password, p.name, t.name, t.kind order by t.kind desc, min((po.facts->>'order')::int) $function$;
grant execute on function door_demo_accounts() to lontar_app;

CREATE OR REPLACE FUNCTION public.door_draft_code(wanted text)
 RETURNS TABLE(tenant_id uuid, status text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select tenant_id, status from draft where state->'frozen'->>'code' = wanted $function$;
grant execute on function door_draft_code(text) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_issued_code(wanted text)
 RETURNS TABLE(tenant_id uuid, id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select tenant_id, id from issued where code = wanted $function$;
grant execute on function door_issued_code(text) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_issued_hash(wanted text)
 RETURNS TABLE(tenant_id uuid, id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select tenant_id, id from issued where sha256 = wanted
  union select tenant_id, id from issued where state ? 'proved' and state->'proved'->>'sha256' = wanted
  union select tenant_id, id from issued where state ? 'earlier' and state->'earlier' @> jsonb_build_array(jsonb_build_object('sha256', wanted)) $function$;
grant execute on function door_issued_hash(text) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_knows(wanted text, key bytea)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select from account a join device d on d.tenant_id = a.tenant_id and d.person_id = a.id where a.username = wanted and d.browser = key) $function$;
grant execute on function door_knows(text,bytea) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_meant(property text, wanted text)
 RETURNS TABLE(tenant_id uuid, person_id uuid, status text, password_hash text, totp_secret bytea, totp_last bigint, passkeys integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select a.tenant_id, a.id, a.status, s.password_hash, s.totp_secret, s.totp_last, jsonb_array_length(a.state->'passkeys')
  from account a join account_secret s on s.tenant_id = a.tenant_id and s.person_id = a.id join person p on p.tenant_id = a.tenant_id and p.id = a.id
  where case property when 'username' then a.username = lower(wanted) when 'nip' then p.state->>'nip' = wanted when 'email' then lower(p.state->>'email') = lower(wanted) else false end limit 2 $function$;
grant execute on function door_meant(text,text) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_named(wanted text)
 RETURNS TABLE(tenant_id uuid, person_id uuid, status text, password_hash text, totp_secret bytea, totp_last bigint, passkeys integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select a.tenant_id, a.id, a.status, s.password_hash, s.totp_secret, s.totp_last, jsonb_array_length(a.state->'passkeys')
  from account a join account_secret s on s.tenant_id = a.tenant_id and s.person_id = a.id where a.username = wanted $function$;
grant execute on function door_named(text) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_parcel(wanted text)
 RETURNS TABLE(tenant_id uuid, id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select tenant_id, id from parcel where state->>'token' = wanted $function$;
grant execute on function door_parcel(text) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_passkey(wanted bytea)
 RETURNS TABLE(tenant_id uuid, person_id uuid, passkey_id uuid, public_key bytea, counter bigint, status text, name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p.tenant_id, p.person_id, p.passkey_id, p.public_key, p.counter, a.status, k->>'name' from passkey p join account a on a.tenant_id = p.tenant_id and a.id = p.person_id,
  lateral jsonb_array_elements(a.state->'passkeys') k where p.credential_id = wanted and k->>'id' = p.passkey_id::text $function$;
grant execute on function door_passkey(bytea) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_request(wanted text)
 RETURNS TABLE(tenant_id uuid, id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select tenant_id, id from service_request where token = wanted $function$;
grant execute on function door_request(text) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_revoked_certificates()
 RETURNS TABLE(serial text, revoked_at text, since text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select state->>'serial', state->'revoked'->>'at', state->'revoked'->>'since' from credential where status = 'dicabut' order by state->'revoked'->>'at', state->>'serial' $function$;
grant execute on function door_revoked_certificates() to lontar_app;

CREATE OR REPLACE FUNCTION public.door_seal_keys()
 RETURNS TABLE(certificate text, revoked_since text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select state->>'certificate', state->'revoked'->>'since' from seal_key order by state->>'since', key_id $function$;
grant execute on function door_seal_keys() to lontar_app;

CREATE OR REPLACE FUNCTION public.door_session(hash bytea)
 RETURNS TABLE(tenant_id uuid, session_id uuid, person_id uuid, position_id uuid, device text, browser bytea, since timestamp with time zone, last_seen timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select tenant_id, session_id, person_id, position_id, device, browser, since, last_seen from session where token_hash = hash and ended is null $function$;
grant execute on function door_session(bytea) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_tenants()
 RETURNS TABLE(tenant_id uuid, name text, short_name text, kind text, zone text, public_key bytea, address text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select t.tenant_id, t.name, t.short_name, t.kind, t.zone, k.public_key, k.address from tenant t left join exchange_key k using (tenant_id) $function$;
grant execute on function door_tenants() to lontar_app;

CREATE OR REPLACE FUNCTION public.door_visit(hash bytea)
 RETURNS TABLE(tenant_id uuid, session_id uuid, person_id uuid, position_id uuid, device text, browser bytea, since timestamp with time zone, last_seen timestamp with time zone, held_back boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
#variable_conflict use_column
begin
  return query select tenant_id, session_id, person_id, position_id, device, browser, since, last_seen, held_back from session where token_hash = hash and ended is null;
end $function$;
grant execute on function door_visit(bytea) to lontar_app;

CREATE OR REPLACE FUNCTION public.door_withdrawn_letters()
 RETURNS TABLE(hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select encode(sha256(convert_to(code, 'UTF8')), 'hex') from issued where status = 'dicabut'
  union select sha256 from issued where status = 'dicabut'
  union select state->'proved'->>'sha256' from issued where status = 'dicabut' and state ? 'proved'
  union select earlier.file->>'sha256' from issued, jsonb_array_elements(state->'earlier') earlier(file) where status = 'dicabut' and state ? 'earlier' $function$;
grant execute on function door_withdrawn_letters() to lontar_app;

CREATE OR REPLACE FUNCTION public.erase_events(tenant uuid, by_event uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare act public.event%rowtype; erased integer;
begin
  if tenant is distinct from nullif(current_setting('app.tenant', true), '')::uuid then
    raise exception 'bukan catatan pemerintah ini' using errcode = 'insufficient_privilege';
  end if;
  select * into act from public.event e where e.tenant_id = tenant and e.event_id = by_event and e.type like '%.erased';
  if not found then raise exception 'tidak ada tindakan yang menyuruh menghapus' using errcode = 'insufficient_privilege'; end if;
  update public.event e set body = null, salt = null, who = null
   where e.tenant_id = tenant and e.kind = act.kind and e.thing_id = act.thing_id and e.revision < act.revision
     and e.type not like '%.erased' and act.body->'events' ? e.event_id::text;
  get diagnostics erased = row_count;
  if erased <> jsonb_array_length(act.body->'events') then raise exception 'yang disebut dihapus bukan peristiwa hal ini' using errcode = 'insufficient_privilege'; end if;
  return erased;
end $function$;
grant execute on function erase_events(uuid,uuid) to lontar_app;

CREATE OR REPLACE FUNCTION public.find_letters(asked text, part text, holders text[], before_id uuid, at_most integer)
 RETURNS TABLE(subject_id uuid, kind text, dated text, facts text, content text, scan text)
 LANGUAGE plpgsql
 SECURITY DEFINER ROWS 40
 SET search_path TO 'public', 'pg_temp'
 SET random_page_cost TO '1.1'
 SET max_parallel_workers_per_gather TO '0'
 SET jit TO 'off'
 SET enable_hashagg TO 'off'
 SET enable_sort TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
#variable_conflict use_column
declare
  tenant constant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  query constant tsquery := websearch_to_tsquery('indonesian', asked);
  folded_part constant text := lower(part);
  found constant text := 's.tenant_id = $1 and (s.words @@ $2 or s.folded like $3)';
  plan json;
  matching numeric;
  walked numeric;
  readable text;
  mine uuid[];
  step integer;
  missing integer := at_most;
  last uuid := before_id;
  more integer;
begin
  -- Executed as text, so that each plan fits these very words and keys. A key that opens nothing needs no plan.
  execute 'explain (format json) select from search_text s where ' || found into plan using tenant, query, folded_part;
  matching := greatest(1, (plan->0->'Plan'->>'Plan Rows')::numeric);
  select 1.5 * at_most * greatest(c.reltuples, matching) / matching into walked from pg_class c where c.oid = 'search_text'::regclass;
  select 'select array(select v.subject_id from (' || string_agg(format('(select v.subject_id from reader v where v.tenant_id = $1 and v.holder = %L and ($2 is null or v.subject_id < $2) order by v.subject_id desc)', k.holder), ' union all ') || ') v order by v.subject_id desc limit $3)' into readable
  from unnest(holders) as k(holder) where exists (select from reader v where v.tenant_id = tenant and v.holder = k.holder);
  if readable is null then return; end if;
  -- So many at a time as should fill the page: an index walked for many ids in their order is half the work of as many look-ups. (One that
  -- several keys open comes several times, and is looked at once.)
  step := least(walked, matching, 10000);
  execute readable into mine using tenant, last, step;
  if cardinality(mine) >= matching then
    return query execute format($q$
      with hit as materialized (select s.subject_id, s.kind, s.dated, s.facts, s.content, s.scan from search_text s where %s and ($5 is null or s.subject_id < $5))
      select s.* from hit s where exists (select from reader v where v.tenant_id = $1 and v.subject_id = s.subject_id and v.holder = any($4))
      order by s.subject_id desc limit $6 $q$, found) using tenant, query, folded_part, holders, before_id, at_most;
    return;
  end if;
  loop
    return query select s.subject_id, s.kind, s.dated, s.facts, s.content, s.scan from search_text s
      where s.tenant_id = tenant and s.subject_id = any(mine) and (s.words @@ query or s.folded like folded_part) order by s.subject_id desc limit missing;
    get diagnostics more = row_count;
    missing := missing - more;
    exit when missing <= 0 or cardinality(mine) < step;
    last := mine[step];
    step := least(2 * step, 10000);
    execute readable into mine using tenant, last, step;
  end loop;
end $function$;
grant execute on function find_letters(text,text,text[],uuid,integer) to lontar_app;

CREATE OR REPLACE FUNCTION public.find_received(part text, holders text[], statuses text[], before_id uuid, at_most integer)
 RETURNS TABLE(id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 40
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return query execute $q$
    select r.id from received r
    where r.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and received_words(r.state) like lower($1)
      and exists (select from reader v where v.tenant_id = r.tenant_id and v.subject_id = r.id and v.holder = any($2))
      and (cardinality($3) = 0 or r.status = any($3)) and ($4 is null or r.id < $4)
    order by r.id desc limit $5 $q$
  using part, holders, statuses, before_id, at_most;
end $function$;
grant execute on function find_received(text,text[],text[],uuid,integer) to lontar_app;

CREATE OR REPLACE FUNCTION public.id_floor(at timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-0000-0000-000000000000')::uuid
  from (select lpad(to_hex(greatest(0, floor(extract(epoch from at) * 1000))::bigint), 12, '0') as h) x $function$;

CREATE OR REPLACE FUNCTION public.instant_of(iso text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$ select iso::timestamptz $function$;

CREATE OR REPLACE FUNCTION public.keep_periods()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  execute format('delete from %I where tenant_id = $1 and id = $2', tg_table_name || '_period') using new.tenant_id, new.id;
  execute format('insert into %I (tenant_id, id, since, until, facts) select $1, $2, p.since, p.until, p.facts from periods_of($3) p', tg_table_name || '_period') using new.tenant_id, new.id, new.state;
  return null;
end $function$;
grant execute on function keep_periods() to lontar_app;

CREATE OR REPLACE FUNCTION public.letters_named(part text, up_to text, at_most integer)
 RETURNS TABLE(id uuid, dated text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 200
 SET search_path TO 'public', 'pg_temp'
 SET random_page_cost TO '1.1'
AS $function$
begin
  return query execute $q$
    select s.subject_id, coalesce(s.dated, '') from search_text s
    where s.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and s.folded like lower($1) and ($2 is null or coalesce(s.dated, '') <= $2)
    order by coalesce(s.dated, '') desc, s.subject_id desc limit $3 $q$
  using part, up_to, at_most;
end $function$;
grant execute on function letters_named(text,text,integer) to lontar_app;

CREATE OR REPLACE FUNCTION public.level_of_role(role text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when role in ('bupati', 'wakil_bupati', 'sekda', 'asisten', 'staf_ahli', 'kepala') then 'penentu_kebijakan'
              when role in ('sekretaris', 'kepala_bagian', 'kepala_bidang', 'sekcam') then 'pelaksana_kebijakan'
              when role in ('kepala_seksi', 'kasubbag', 'lurah') then 'pengawas' end $function$;

CREATE OR REPLACE FUNCTION public.lontar_enqueue(task text, payload json, job_key text, run_at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform graphile_worker.add_job(task, payload => payload, job_key => job_key, run_at => run_at, max_attempts => 12);
end $function$;
grant execute on function lontar_enqueue(text,json,text,timestamp with time zone) to lontar_app;

CREATE OR REPLACE FUNCTION public.needs_event()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then raise exception 'baris % tidak dapat dihapus', tg_table_name using errcode = 'insufficient_privilege'; end if;
  if new.last_event = old.last_event then raise exception 'baris % berubah tanpa peristiwa', tg_table_name using errcode = 'insufficient_privilege'; end if;
  if not exists (select from event e where e.tenant_id = new.tenant_id and e.event_id = new.last_event and e.kind = tg_table_name and e.thing_id = new.id and e.revision = new.revision) then
    raise exception 'baris % menunjuk peristiwa yang bukan miliknya', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  if new.revision <= old.revision then raise exception 'baris % sudah dibuat', tg_table_name using errcode = 'serialization_failure'; end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.only_erase_event()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.body is null and new.salt is null and new.who is null
     and (new.tenant_id, new.event_id, new.kind, new.thing_id, new.subject_id, new.revision, new.type, new.at, new.person_id, new.position_id, new.holding_id, new.request_id, new.commitment)
       = (old.tenant_id, old.event_id, old.kind, old.thing_id, old.subject_id, old.revision, old.type, old.at, old.person_id, old.position_id, old.holding_id, old.request_id, old.commitment)
  then return new; end if;
  raise exception 'catatan audit tidak dapat diubah' using errcode = 'insufficient_privilege';
end $function$;

CREATE OR REPLACE FUNCTION public.oversight_keys(tenant uuid, person uuid, post uuid, at text)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE
AS $function$
#variable_conflict use_variable
begin
  return (
    select coalesce(array_agg(key), '{}') from (
      select 'inspection:' || i.id as key from inspection i where i.tenant_id = tenant and i.position_id = post and i.since <= at and at < i.until
      union all
      select 'emergency:' || e.id from emergency e where e.tenant_id = tenant and e.person_id = person and e.since <= at and at < e.until) held);
end $function$;

CREATE OR REPLACE FUNCTION public.passkey_is_accounts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (select from account a, jsonb_array_elements(a.state->'passkeys') k where a.tenant_id = new.tenant_id and a.id = new.person_id
      and k->>'id' = new.passkey_id::text and k->>'seal' = encode(sha256(new.public_key), 'hex')) then
    raise exception 'kunci masuk bukan yang dicatat peristiwa akunnya' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.periods_of(state jsonb)
 RETURNS TABLE(since timestamp with time zone, until timestamp with time zone, facts jsonb)
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select p.since, p.until, p.facts from (
    select instant_of(e.p->>'since') as since, lead(instant_of(e.p->>'since')) over (order by e.n) as until, e.p->'facts' as facts
    from jsonb_array_elements(state->'periods') with ordinality as e(p, n)) p
  where jsonb_typeof(p.facts) = 'object' $function$;

CREATE OR REPLACE FUNCTION public.received_words(state jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select lower(coalesce(state->'facts'->>'sender', '') || ' ' || coalesce(state->'facts'->>'number', '') || ' '
    || case when state->'facts'->>'security' in ('R', 'SR') then '' else coalesce(state->'facts'->>'subject', '') end) $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'baris % tidak dapat diubah atau dihapus', tg_table_name using errcode = 'insufficient_privilege';
end $function$;

CREATE OR REPLACE FUNCTION public.secret_is_accounts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and new.password_hash is not distinct from old.password_hash then return null; end if;
  if not exists (select from account a where a.tenant_id = new.tenant_id and a.id = new.person_id
      and (new.password_hash is null or a.state->>'passwordSeal' is not distinct from encode(sha256(convert_to(new.password_hash, 'UTF8')), 'hex'))) then
    raise exception 'kata sandi bukan yang dicatat peristiwa akunnya' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.units_under(tenant uuid, top uuid, at timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE ROWS 100
AS $function$
#variable_conflict use_variable
begin
  return query
  with recursive under as (
    select id from unit_period where tenant_id = tenant and (id = top or (top is null and parent_id is null)) and since <= at and (until is null or at < until)
    union select u.id from unit_period u join under on u.parent_id = under.id where u.tenant_id = tenant and u.since <= at and (u.until is null or at < u.until))
  select id from under;
end $function$;
