import type { KeyObject } from "node:crypto";
import { systemActor, type Actor } from "../../kernel/actor.ts";
import { inInstallation, inTenant, type Database, type Tx } from "../../kernel/db.ts";
import { localDate, type Id, type Source } from "../../kernel/ids.ts";
import { Refused } from "../../kernel/refusal.ts";
import { digestOf, envelopeShape, isSignedBy, signText, spell, type Envelope } from "./envelope.ts";
import { inboxEnvelope, insertEnvelope, partnerById } from "./store.ts";

/** What a delivery carries over the wire. */
export type Delivery = { readonly envelope: string; readonly signature: string; readonly files: readonly { readonly sha256: string; readonly base64: string }[] };

/** The signed word of the receiver. */
export type SignedReceipt = { readonly receipt: string; readonly signature: string };

/** What taking a letter in needs from the rest of the office. */
export type Receiving = {
  readonly db: Database;
  readonly source: Source;
  readonly keyOf: (tenantId: Id) => Promise<KeyObject>;
  /** Stores hostile bytes as an upload is stored and answers what they really are; refuses by name. */
  readonly storeFile: (tenantId: Id, bytes: Uint8Array, name: string) => Promise<{ readonly sha256: string; readonly mediaType: string; readonly pages: number }>;
  /** Registers the letter with its own agenda entry and directs it, in the receiver's transaction. */
  readonly registerLetter: (tx: Tx, envelope: Envelope, senderName: string, by: Actor) => Promise<void>;
};

/**
 * Takes an envelope in. Steps, and what a crash after each leaves: 1 check the sender's signature (nothing); 2 store the file (an
 * unreferenced blob); 3 in one transaction the letter, its agenda number, and the receipt (all or nothing). Asked again, it gives the
 * very same receipt; another content under an old id is refused.
 */
export const receiveEnvelope = async (deps: Receiving, delivery: Delivery): Promise<SignedReceipt> => {
  const envelope = parse(delivery.envelope);
  const known = await inInstallation(deps.db, async (tx) => ({ sender: await partnerById(tx, envelope.from), receiver: await partnerById(tx, envelope.to) }));
  if (known.sender?.public_key == null || known.receiver === undefined || !isSignedBy(known.sender.public_key, delivery.envelope, delivery.signature)) throw new Refused("envelope_invalid");
  const sender = known.sender;
  const digest = digestOf(delivery.envelope);

  const earlier = await inTenant(deps.db, envelope.to, (tx) => inboxEnvelope(tx, envelope.to, envelope.from, envelope.id));
  if (earlier !== undefined) return again(earlier, digest);

  const carried = delivery.files.find((file) => file.sha256 === envelope.letter.file.sha256);
  if (carried === undefined) throw new Refused("file_missing");
  const bytes = Buffer.from(carried.base64, "base64");
  const stored = await deps.storeFile(envelope.to, bytes, envelope.letter.file.name);
  // The letter will be served and drawn by what its envelope says of the file: that must be what the file is.
  const { file } = envelope.letter;
  if (stored.sha256 !== file.sha256 || stored.mediaType !== file.mediaType || stored.pages !== file.pages || bytes.length !== file.size) throw new Refused("envelope_invalid");

  const at = deps.source.now();
  const by = systemActor(envelope.to, at, localDate(at, known.receiver.zone), known.receiver.zone, `exchange/${envelope.id}`);
  const receipt = spell({ v: 1, kind: "lontar-receipt", from: envelope.to, to: envelope.from, id: envelope.id, sha256: envelope.letter.file.sha256, status: "diterima", at });
  const signature = signText(await deps.keyOf(envelope.to), receipt);
  return inTenant(deps.db, envelope.to, async (tx) => {
    const meanwhile = await inboxEnvelope(tx, envelope.to, envelope.from, envelope.id);
    if (meanwhile !== undefined) return again(meanwhile, digest);
    await insertEnvelope(tx, { tenant_id: envelope.to, sender_id: envelope.from, envelope_id: envelope.id, digest, receipt, signature, at });
    await deps.registerLetter(tx, envelope, sender.name, by);
    return { receipt, signature };
  });
};

const again = (earlier: { readonly digest: Buffer; readonly receipt: string; readonly signature: string }, digest: Buffer): SignedReceipt => {
  if (!earlier.digest.equals(digest)) throw new Refused("envelope_conflict");
  return { receipt: earlier.receipt, signature: earlier.signature };
};

const parse = (text: string): Envelope => {
  try {
    const envelope = envelopeShape.parse(JSON.parse(text));
    if (spell(envelope) === text) return envelope;
  } catch {
    // Hostile text: whatever is wrong with it, the answer is the one below.
  }
  throw new Refused("envelope_invalid");
};
