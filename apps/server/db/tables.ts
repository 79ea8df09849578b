import type { ColumnType, Generated, JSONColumnType } from "kysely";

/** Timestamps come back as Date and go in as ISO text. */
type Time = ColumnType<Date, string, string>;
type MaybeTime = ColumnType<Date | null, string | null, string | null>;

/** Data that may be absent, and is when nobody says otherwise. */
type MaybeJson = ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>;

/** Columns every state table has; the others are generated from `state`. */
type State<Extra> = { tenant_id: string; id: string; revision: number; last_event: string; state: JSONColumnType<Record<string, unknown>> } & Extra;

/** A column that PostgreSQL computes out of `state`; nobody writes it. */
type Out<T> = ColumnType<T, never, never>;

/** The tables as TypeScript sees them; `schema.test.ts` compares them with the migrated database. */
export type Tables = {
  event: { tenant_id: string; event_id: string; kind: string; thing_id: string; subject_id: string; revision: number; type: string; at: Time; person_id: string; position_id: string; holding_id: string; request_id: string; who: JSONColumnType<{ person: string; position: string; holding: "definitif" | "plt" | "plh" | "pj"; basis: string | null }> | null; body: JSONColumnType<{ type: string } & Record<string, unknown>> | null; salt: Buffer | null; commitment: Buffer };
  event_pending: { tenant_id: string; event_id: string };
  log_leaf: { tenant_id: string; leaf_index: ColumnType<string, number, never>; event_id: string; leaf: string; leaf_hash: Buffer };
  log_head: { tenant_id: string; size: ColumnType<string, number, number>; root: Buffer; frontier: JSONColumnType<string[]>; checkpoint: string; at: Time };
  log_tile: { tenant_id: string; level: number; tile_index: ColumnType<string, number, never>; bytes: Buffer };
  log_witness: { tenant_id: string; name: string; size: ColumnType<string, number, number>; cosignature: string | null; at: MaybeTime; asked: Time; failures: number; problem: "tak_terjangkau" | "tak_dikenal" | "tak_dipercaya" | "menolak" | "jawaban_salah" | null };
  log_witness_hour: { tenant_id: string; name: string; hour: Time; cosigned: number; failed: number };
  log_halt: { tenant_id: string; size: ColumnType<string, number, number>; seen: ColumnType<string, number, number>; by: string; since: Time };
  letter_proof: { tenant_id: string; id: string; leaf_index: ColumnType<string, number, number>; proof: string; at: Time };
  log_proved: { tenant_id: string; size: ColumnType<string, number, number>; policy: Buffer };
  tenant: { tenant_id: string; name: string; short_name: string; kind: "kabupaten" | "desa"; region: string; zone: "WIB" | "WITA" | "WIT"; profile: JSONColumnType<Record<string, unknown>> };
  unit: State<unknown>;
  unit_period: { tenant_id: string; id: string; since: Date; until: Date | null; facts: JSONColumnType<Record<string, unknown>>; code: Out<string>; name: Out<string>; parent_id: Out<string | null> };
  position: State<unknown>;
  position_period: { tenant_id: string; id: string; since: Date; until: Date | null; facts: JSONColumnType<Record<string, unknown>>; unit_id: Out<string>; title: Out<string>; superior_id: Out<string | null> };
  person: State<{ name: Out<string> }>;
  holding: State<{ person_id: Out<string>; position_id: Out<string>; kind: Out<"definitif" | "plt" | "plh" | "pj">; since: Out<string>; until: Out<string | null> }>;
  organisation_import: { tenant_id: string; id: string; person_id: string; at: Time; name: string; sealed: Buffer; done: number; total: number; asked: MaybeJson; fault: MaybeJson };
  person_nik: { tenant_id: string; person_id: string; sealed: Buffer; keyed: Buffer };
  delegation: State<{ from_id: Out<string>; to_id: Out<string> }>;
  policy: State<unknown>;
  handover: State<{ position_id: Out<string>; status: Out<string> }>;
  account: State<{ username: Out<string>; status: Out<"menunggu" | "aktif" | "diblokir"> }>;
  account_secret: { tenant_id: string; person_id: string; password_hash: string | null; totp_secret: Buffer | null; totp_last: ColumnType<string | null, number | null, number | null>; demo_password: string | null };
  recovery_code: { tenant_id: string; person_id: string; salt: Buffer; code_hash: Buffer; used: MaybeTime };
  device: { tenant_id: string; person_id: string; browser: Buffer; name: string; since: Time; last_seen: Time };
  notice: { tenant_id: string; notice_id: string; person_id: string; kind: string; facts: JSONColumnType<Record<string, unknown>>; at: Time; seen: MaybeTime };
  passkey: { tenant_id: string; passkey_id: string; person_id: string; credential_id: Buffer; public_key: Buffer; counter: ColumnType<string, number, number>; transports: JSONColumnType<string[]>; backed_up: boolean; since: Time; last_used: MaybeTime };
  activation: { tenant_id: string; person_id: string; token_hash: Buffer; until: Time; used: MaybeTime };
  step_up: { tenant_id: string; person_id: string; sha256: string; until: Time };
  challenge_used: { challenge_hash: Buffer; until: Time };
  session: { tenant_id: string; session_id: string; token_hash: Buffer; person_id: string; position_id: string; device: string; browser: Buffer | null; method: Generated<string>; since: Time; last_seen: Time; ended: MaybeTime; held_back: Generated<boolean> };
  sign_in_failure: { bucket: string; at: Time };
  request: { tenant_id: string; person_id: string; key: string; endpoint: string; digest: Buffer; answer: ColumnType<unknown, string | null, string | null>; at: Time };
  reader: { tenant_id: string; holder: string; subject_id: string; rule: string; sight: "isi" | "sampul"; thing_id: string; event_id: string; since: Time };
  class_right: State<{ prefix: Out<string>; level: Out<string | null>; position_id: Out<string | null>; unit_id: Out<string | null>; since: Out<string>; until: Out<string | null> }>;
  inspection: State<{ position_id: Out<string>; since: Out<string>; until: Out<string> }>;
  export: State<{ what: Out<string>; letter_id: Out<string | null>; rows: Out<number> }>;
  secret_reading: State<{ letter_id: Out<string>; person_id: Out<string>; last_day: Out<string> }>;
  inspection_look: State<{ inspection_id: Out<string>; letter_id: Out<string> }>;
  emergency: State<{ letter_id: Out<string>; person_id: Out<string>; since: Out<string>; until: Out<string> }>;
  saved_query: State<{ position_id: Out<string>; shared: Out<boolean>; removed: Out<boolean> }>;
  sample: State<{ inspection_id: Out<string>; position_id: Out<string> }>;
  sample_member: { tenant_id: string; sample_id: string; place: number; letter_id: string };
  finding: State<{ code: Out<string>; status: Out<string>; at: Out<string>; unit_id: Out<string | null>; type: Out<string | null>; classification: Out<string | null>; dated: Out<string> }>;
  flag_rule: State<{ code: Out<string> }>;
  flag_scan: { tenant_id: string; code: string; seen: ColumnType<string, number, number>; at: Time; measure: string; more: number };
  flag_search: { tenant_id: string; asked: Time; by: string; step: "menunggu" | "mencari" | "selesai" | "gagal"; done: number; raised: number; lapsed: number; at: Time };
  reader_past: { tenant_id: string; holder: string; subject_id: string; rule: string; sight: "isi" | "sampul"; thing_id: string; event_id: string; since: Time; until_event: string; until: Time };
  duty: { tenant_id: string; position_id: string; thing_id: string; act: string; kind: string; target_id: string; sender: string; title: string; detail: string; urgency: string; security: string; since: Time; due: MaybeTime; unread: boolean };
  blob: { tenant_id: string; sha256: string; size: ColumnType<string, number, never>; media_type: string; pages: number; at: Time };
  number_series: { tenant_id: string; series: string; last: number };
  number_entry: { tenant_id: string; series: string; n: number; thing_id: string; fate: "direservasi" | "disahkan" | "dibatalkan"; at: Time };
  received: State<{ status: Out<string>; unit_id: Out<string>; agenda: Out<number | null>; year: Out<number | null>; sender: Out<string | null>; number: Out<string | null>; dated: Out<string | null>; scan: Out<string | null> }>;
  disposition: State<{ letter_id: Out<string>; parent_id: Out<string | null>; from_id: Out<string>; to_id: Out<string>; status: Out<string> }>;
  draft: State<{ status: Out<string>; unit_id: Out<string>; reply_to: Out<string | null> }>;
  draft_text: { tenant_id: string; draft_id: string; revision: number; content: JSONColumnType<Record<string, unknown>>; hash: string; person_id: string; at: Time };
  issued: State<{ status: Out<string>; unit_id: Out<string>; number: Out<string>; code: Out<string>; sha256: Out<string> }>;
  credential: State<{ person_id: Out<string>; status: Out<string> }>;
  signing_key: { tenant_id: string; credential_id: string; sealed: Buffer };
  seal_key: State<{ key_id: Out<string>; status: Out<string>; until: Out<string> }>;
  seal_key_secret: { tenant_id: string; id: string; sealed: Buffer };
  parcel: State<{ letter_id: Out<string>; status: Out<string>; token: Out<string | null> }>;
  inbox_envelope: { tenant_id: string; sender_id: string; envelope_id: string; digest: Buffer; receipt: string; signature: string; at: Time };
  exchange_key: { tenant_id: string; public_key: Buffer; address: string | null };
  classification: { code: string; name: string; parent: string | null; leaf: boolean; path: string; active_text: string | null; inactive_text: string | null; fate: string | null };
  dossier: State<{ unit_id: Out<string>; classification: Out<string>; status: Out<string>; year: Out<number> }>;
  dossier_item: { tenant_id: string; subject_id: string; dossier_id: string; kind: "surat" | "naskah"; at: Time };
  service_request: State<{ status: Out<number>; token: Out<string>; draft_id: Out<string | null> }>;
  reading: { tenant_id: string; sha256: string; status: "menunggu" | "membaca" | "selesai" | "gagal"; pages: number; pages_read: number; result: ColumnType<unknown, string | null, string | null>; at: Time };
  search_text: { tenant_id: string; subject_id: string; kind: string; dated: string | null; facts: string; content: string; scan: string; words: Out<string>; folded: Out<string> };
  check_run: { tenant_id: string; at: Time; result: ColumnType<unknown, string, string> };
  certificate_check: { tenant_id: string; credential_id: string; at: Time; standing: string; status: string };
  check_progress: { tenant_id: string; asked: Time; by: string; step: "menunggu" | "peristiwa" | "baris" | "log" | "saksi" | "nomor" | "berkas" | "selesai" | "gagal"; count: ColumnType<string, number, number>; at: Time };
  schema_migration: { name: string; at: Generated<Date> };
};
