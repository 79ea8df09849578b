import type { KeyObject } from "node:crypto";
import { systemActor } from "../../kernel/actor.ts";
import { inTenant, readTenant, type Database } from "../../kernel/db.ts";
import { localDate, type Id, type Source } from "../../kernel/ids.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import { perform } from "../../kernel/perform.ts";
import { isSignedBy, receiptShape, signText, spell } from "./envelope.ts";
import type { EnvelopeCommand } from "./outgoing.ts";
import type { Delivery, SignedReceipt } from "./receive.ts";
import { envelopeMachine, envelopeStore, partnerById, type Partner } from "./store.ts";

/** How an envelope reaches another government: on this installation by a call, on another by HTTPS. */
export type Transport = (partner: Partner, delivery: Delivery) => Promise<SignedReceipt>;

/** What sending needs. */
export type Sending = {
  readonly db: Database;
  readonly source: Source;
  readonly keyOf: (tenantId: Id) => Promise<KeyObject>;
  readonly transport: Transport;
  readonly fileBytes: (sha256: string) => Promise<Uint8Array>;
};

/** The outbox at work. A job that fails is tried again with growing pauses; no answer means unknown, and unknown means again. */
export const exchangeJobs = (deps: Sending): Jobs => ({
  "exchange.deliver": async (payload) => {
    const id = String(payload["envelopeId"]);
    const { envelope, self, partner } = await readTenant(deps.db, payload.tenantId, async (tx) => {
      const found = (await envelopeStore.find(tx, payload.tenantId, id))?.state ?? undefined;
      return { envelope: found, self: await partnerById(tx, payload.tenantId), partner: found === undefined ? undefined : await partnerById(tx, found.to) };
    });
    if (envelope === undefined || self === undefined || envelope.status === "diterima") return;
    const tell = async (command: EnvelopeCommand): Promise<void> => {
      const at = deps.source.now();
      const by = systemActor(payload.tenantId, at, localDate(at, self.zone), self.zone, `envelope/${id}`);
      await inTenant(deps.db, payload.tenantId, async (tx) => void (await perform(tx, envelopeMachine, id, command, by)));
    };
    if (partner === undefined) return tell({ type: "fail", reason: "Instansi tujuan tidak dikenal di pertukaran." });

    const text = spell({ v: 1, from: self.tenant_id, to: partner.tenant_id, id, sent_at: envelope.since, copy: envelope.copy, letter: envelope.letter });
    const bytes = await deps.fileBytes(envelope.letter.file.sha256);
    const answer = await deps.transport(partner, { envelope: text, signature: signText(await deps.keyOf(self.tenant_id), text), files: [{ sha256: envelope.letter.file.sha256, base64: Buffer.from(bytes).toString("base64") }] });
    const receipt = receiptShape.parse(JSON.parse(answer.receipt));
    const isForThis = receipt.id === id && receipt.from === partner.tenant_id && receipt.to === self.tenant_id && receipt.sha256 === envelope.letter.file.sha256;
    if (!isForThis || partner.public_key === null || !isSignedBy(partner.public_key, answer.receipt, answer.signature)) throw new Error(`the receipt for envelope ${id} is not signed by its receiver`);
    await tell({ type: "receipt", text: answer.receipt, signature: answer.signature });
  },
});
