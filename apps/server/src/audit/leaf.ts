import { encodeLeaf, recordHash, type Leaf } from "@lontar/ledger";

/** An event as the log needs it; `prior` is the commitment of the same thing's previous event. */
export type LoggedEvent = {
  readonly tenant_id: string;
  readonly event_id: string;
  readonly type: string;
  readonly at: Date;
  readonly position_id: string;
  readonly subject_id: string;
  readonly commitment: Buffer;
  readonly document: string | null;
  readonly prior: Buffer | null;
};

const sha256Text = /^[0-9a-f]{64}$/;

/** The leaf of an event: no personal data, one spelling. */
export const leafOf = (event: LoggedEvent): Leaf => ({
  v: 1,
  type: event.type,
  tenant: event.tenant_id,
  event_id: event.event_id,
  at: event.at.toISOString(),
  actor: event.position_id,
  obj: event.subject_id,
  obj_sha256: event.document !== null && sha256Text.test(event.document) ? event.document : null,
  prev: event.prior?.toString("hex") ?? null,
  c: event.commitment.toString("hex"),
});

/** The leaf as logged text, and its hash in the tree. */
export const loggedLeaf = (event: LoggedEvent): { readonly text: string; readonly hash: Uint8Array } => {
  const bytes = encodeLeaf(leafOf(event));
  return { text: new TextDecoder().decode(bytes), hash: recordHash(bytes) };
};
