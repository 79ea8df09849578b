import type { KeyObject } from "node:crypto";
import { systemActor } from "../../kernel/actor.ts";
import { inTenant, readTenant, type Database } from "../../kernel/db.ts";
import { localDate, type Id, type Source } from "../../kernel/ids.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import { reached } from "../../kernel/milestone.ts";
import { perform } from "../../kernel/perform.ts";
import { isSignedBy, receiptShape, signText, spell } from "./envelope.ts";
import type { ParcelCommand } from "./parcel.ts";
import type { Delivery, SignedReceipt } from "./receive.ts";
import { parcelMachine, parcelStore, partnerById, type Partner } from "./store.ts";

/** How an envelope reaches another government: on this installation by a call, on another by HTTPS. */
export type Transport = (partner: Partner, delivery: Delivery) => Promise<SignedReceipt>;

/** An e-mail to someone outside. */
export type Letter = { readonly to: string; readonly subject: string; readonly text: string };

/** What sending needs. */
export type Sending = {
  readonly db: Database;
  readonly source: Source;
  readonly keyOf: (tenantId: Id) => Promise<KeyObject>;
  readonly transport: Transport;
  readonly fileBytes: (sha256: string) => Promise<Uint8Array>;
  readonly sendMail: (letter: Letter) => Promise<void>;
  readonly publicUrl: string;
};

/** The outbox at work. A job that fails is tried again with growing pauses; no answer means unknown, and unknown means again. */
export const exchangeJobs = (deps: Sending): Jobs => {
  const load = async (tenantId: Id, parcelId: Id) => readTenant(deps.db, tenantId, async (tx) => {
    const parcel = await parcelStore.find(tx, tenantId, parcelId);
    const self = await partnerById(tx, tenantId);
    const partner = parcel?.state.destination.kind === "partner" ? await partnerById(tx, parcel.state.destination.tenantId) : undefined;
    return { parcel: parcel?.state, self, partner };
  });
  const tell = async (tenantId: Id, parcelId: Id, zone: "WIB" | "WITA" | "WIT", command: ParcelCommand): Promise<void> => {
    const at = deps.source.now();
    const by = systemActor(tenantId, at, localDate(at, zone), zone, `parcel/${parcelId}`);
    await inTenant(deps.db, tenantId, async (tx) => void (await perform(tx, parcelMachine, parcelId, command, by)));
  };
  const parcelId = (payload: Readonly<Record<string, unknown>>): Id => String(payload["parcelId"]);

  return {
    "exchange.deliver": async (payload) => {
      const id = parcelId(payload);
      const { parcel, self, partner } = await load(payload.tenantId, id);
      if (parcel === undefined || self === undefined || parcel.status === "diterima") return;
      if (partner === undefined) return tell(payload.tenantId, id, self.zone, { type: "failed", reason: "Instansi tujuan tidak dikenal di pertukaran." });
      const envelope = spell({ v: 1, from: self.tenant_id, to: partner.tenant_id, id, sent_at: parcel.since, copy: parcel.copy, letter: parcel.letter });
      const bytes = await deps.fileBytes(parcel.letter.file.sha256);
      reached("deliver.1");
      const answer = await deps.transport(partner, { envelope, signature: signText(await deps.keyOf(self.tenant_id), envelope), files: [{ sha256: parcel.letter.file.sha256, base64: Buffer.from(bytes).toString("base64") }] });
      reached("deliver.2");
      const receipt = receiptShape.parse(JSON.parse(answer.receipt));
      const isOurs = receipt.id === id && receipt.from === partner.tenant_id && receipt.to === self.tenant_id && receipt.sha256 === parcel.letter.file.sha256;
      if (!isOurs || partner.public_key === null || !isSignedBy(partner.public_key, answer.receipt, answer.signature)) throw new Error(`the receipt for parcel ${id} is not signed by its receiver`);
      await tell(payload.tenantId, id, self.zone, { type: "receipted", text: answer.receipt, signature: answer.signature });
    },
    "exchange.mail": async (payload) => {
      const id = parcelId(payload);
      const { parcel, self } = await load(payload.tenantId, id);
      if (parcel === undefined || self === undefined || parcel.destination.kind !== "external" || parcel.status !== "antre") return;
      if (parcel.destination.email !== null) {
        await deps.sendMail({
          to: parcel.destination.email,
          subject: `Surat ${parcel.letter.number} dari ${parcel.letter.office}`,
          text: `Yth. ${parcel.destination.label}\n\n${parcel.letter.office} mengirim surat bertanda tangan elektronik.\n\nNomor  : ${parcel.letter.number}\nHal    : ${parcel.letter.security === "B" ? parcel.letter.subject : "(terbatas, lihat suratnya)"}\n\nBuka dan unduh di: ${deps.publicUrl}/p/${parcel.destination.token}\nPeriksa keasliannya di: ${deps.publicUrl}/v/${parcel.letter.code}\n\nSurel ini dikirim otomatis oleh Lontar. Jangan teruskan tautannya kepada yang tidak berhak.\n`,
        });
      }
      await tell(payload.tenantId, id, self.zone, { type: "sent" });
    },
  };
};
