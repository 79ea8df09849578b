import { recordHash, type Leaf } from "@lontar/ledger";
import type { EventRow } from "../kernel/events.ts";
import type { Instant } from "../kernel/ids.ts";

/** An event as the log needs it; `prior` is the commitment of the same thing's previous event. */
export type LoggedEvent = {
  readonly tenant_id: string;
  readonly event_id: string;
  readonly type: string;
  readonly at: Date | Instant;
  readonly position_id: string;
  readonly subject_id: string;
  readonly commitment: Buffer;
  readonly document: string | null;
  readonly prior: Buffer | null;
};

/** An event that is being stored, as the log needs it; `prior` is the commitment of the same thing's previous event. */
export const toBeLogged = (row: EventRow, event: { readonly type: string; readonly sha256?: unknown }, prior: Buffer | null): LoggedEvent => ({
  tenant_id: row.tenant_id,
  event_id: row.event_id,
  type: row.type,
  at: row.at,
  position_id: row.position_id,
  subject_id: row.subject_id,
  commitment: row.commitment,
  document: typeof event.sha256 === "string" ? event.sha256 : null,
  prior,
});

const sha256Text = /^[0-9a-f]{64}$/;

/** The leaf of an event: no personal data, one spelling. */
export const leafOf = (event: LoggedEvent): Leaf => ({
  v: 1,
  type: event.type,
  tenant: event.tenant_id,
  event_id: event.event_id,
  at: typeof event.at === "string" ? event.at : event.at.toISOString(),
  actor: event.position_id,
  obj: event.subject_id,
  obj_sha256: event.document !== null && sha256Text.test(event.document) ? event.document : null,
  prev: event.prior?.toString("hex") ?? null,
  c: event.commitment.toString("hex"),
});

/**
 * The leaf as logged text, and its hash in the tree. Written member by member in canonical order, since all of them are known and most
 * are hexadecimal: a fifth of the time that sorting takes; a test holds it to `encodeLeaf`.
 */
export const loggedLeaf = (event: LoggedEvent): { readonly text: string; readonly hash: Uint8Array } => {
  const leaf = leafOf(event);
  const optional = (value: string | null): string => (value === null ? "null" : `"${value}"`);
  const text = `{"actor":"${leaf.actor}","at":"${leaf.at}","c":"${leaf.c}","event_id":"${leaf.event_id}","obj":"${leaf.obj}","obj_sha256":${optional(leaf.obj_sha256)},"prev":${optional(leaf.prev)},"tenant":"${leaf.tenant}","type":${JSON.stringify(leaf.type)},"v":1}`;
  return { text, hash: recordHash(Buffer.from(text)) };
};
