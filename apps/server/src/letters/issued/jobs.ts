import { tenantOf } from "../../access/index.ts";
import { systemActor, type Actor } from "../../kernel/actor.ts";
import { inTenant, readTenant, type Database, type Tx } from "../../kernel/db.ts";
import { idFrom, localDate, type Id, type Source } from "../../kernel/ids.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import { reached } from "../../kernel/milestone.ts";
import { perform } from "../../kernel/perform.ts";
import { receiveInternal } from "../commands.ts";
import { sendParcel, type LetterFacts } from "../exchange/index.ts";
import { fileOf, type Delivery, type IssuedState } from "./issued.ts";
import type { ReceivedFacts } from "../received.ts";
import { issuedMachine, issuedStore } from "./store.ts";

/** What dispatching needs; chance is for secret links. */
export type Dispatching = { readonly db: Database; readonly source: Source };

/** The system in one government, now. */
export const systemIn = async (db: Database, source: Source, tenantId: Id, requestId: string): Promise<Actor> => {
  const { zone } = await readTenant(db, tenantId, (tx) => tenantOf(tx, tenantId));
  const at = source.now();
  return systemActor(tenantId, at, localDate(at, zone), zone, requestId);
};

/**
 * Sends every copy that has not left. Each copy is one transaction: the receiver's letter (or the outbox row) and the note that it
 * left exist together or not at all, so a crash between two copies leaves the rest waiting and the next run goes on there.
 */
export const dispatch = async (deps: Dispatching, tenantId: Id, id: Id): Promise<void> => {
  const by = await systemIn(deps.db, deps.source, tenantId, `dispatch/${id}`);
  const waiting = await inTenant(deps.db, tenantId, async (tx) => (await issuedStore.find(tx, tenantId, id))?.state?.deliveries.filter((delivery) => delivery.status !== "terkirim") ?? []);
  for (const { id: deliveryId } of waiting) {
    await inTenant(deps.db, tenantId, async (tx) => {
      const letter = (await issuedMachine.lock(tx, id, by))?.state;
      const delivery = letter?.deliveries.find((candidate) => candidate.id === deliveryId);
      if (letter == null || delivery === undefined || delivery.status === "terkirim" || letter.status === "dicabut") return;
      const carrierId = idFrom(Date.parse(by.at), deps.source.bytes(10));
      const detail = await send(deps, tx, id, letter, delivery, carrierId, by);
      reached("dispatch.1");
      await perform(tx, issuedMachine, id, { type: "deliver", deliveryId, status: "terkirim", detail, carrierId }, by);
    });
    reached("dispatch.2");
  }
};

const send = async (deps: Dispatching, tx: Tx, id: Id, letter: IssuedState, delivery: Delivery, carrierId: Id, by: Actor): Promise<string> => {
  const { address, cc } = delivery;
  switch (address.kind) {
    case "post":
      await receiveInternal(tx, { id: carrierId, positionId: address.positionId, files: [letterFacts(letter).file], facts: arrivalFacts(letter, by), origin: { kind: "internal", issuedId: id }, copy: cc }, by);
      return "Masuk ke meja penerima";
    case "partner":
      await sendParcel(tx, carrierId, { letterId: id, destination: { kind: "partner", tenantId: address.tenantId, label: address.label }, copy: cc, letter: letterFacts(letter) }, by);
      return "Masuk antrean pertukaran";
    case "external": {
      const token = Buffer.from(deps.source.bytes(24)).toString("base64url");
      await sendParcel(tx, carrierId, { letterId: id, destination: { kind: "external", email: address.email, token, label: address.label }, copy: cc, letter: letterFacts(letter) }, by);
      return address.email === null ? "Tautan unduh dibuat; kirim cetakannya lewat pos atau kurir" : `Tautan unduh dikirim ke ${address.email}`;
    }
    default:
      throw address satisfies never;
  }
};

/** File name under which people keep a letter. */
export const fileName = (letter: Pick<IssuedState, "number" | "typeTitle">): string => `${letter.typeTitle} ${letter.number.replaceAll("/", "-")}.pdf`;

/** What of a letter travels beside its file. */
export const letterFacts = (letter: IssuedState): LetterFacts => ({
  number: letter.number, date: letter.date, subject: letter.subject, office: letter.unitName, signer: letter.signer.person, post: letter.signer.post,
  urgency: letter.urgency, security: letter.security, attachment: letter.attachment, code: letter.code,
  file: { ...fileOf(letter), name: fileName(letter), pages: letter.pages, mediaType: "application/pdf" },
});

const arrivalFacts = (letter: IssuedState, by: Actor): ReceivedFacts => ({
  sender: letter.signer.post, number: letter.number, date: letter.date, subject: letter.subject, summary: "", receivedOn: by.today, attachment: letter.attachment,
  medium: "internal", security: letter.security, urgency: letter.urgency, classification: letter.classification, due: null,
});

/** Sending issued letters off. */
export const issuedJobs = (deps: Dispatching): Jobs => ({
  "letters.dispatch": (payload) => dispatch(deps, payload.tenantId, String(payload["id"])),
});
