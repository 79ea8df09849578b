import { letterType, letterTypes, type LetterType } from "@lontar/naskah";
import { createDraft, draftStore, submitDraft, type Content } from "../drafts/index.ts";
import type { Actor } from "../kernel/actor.ts";
import { inTenant, type Database, type Tx } from "../kernel/db.ts";
import type { Id, Source } from "../kernel/ids.ts";
import type { Jobs } from "../kernel/jobs.ts";
import { perform } from "../kernel/perform.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import type { Seal } from "../kernel/seal.ts";
import { systemIn } from "../letters/issued/index.ts";
import { officeOf } from "../organisation/index.ts";
import { decideRequest, isNik, type RequestState } from "./request.ts";
import { eraseNamedEvents, eventsOfRequest, requestMachine } from "./store.ts";

/** What the counter needs. */
export type Village = { readonly db: Database; readonly source: Source; readonly seal: Seal; readonly publicUrl: string };

type Form = Readonly<Record<string, unknown>>;

/** The letters a resident can ask for: every type that is written for a village. */
export const services = (): readonly LetterType[] => letterTypes.filter((type) => type.level === "desa");

const serviceNamed = (code: string): LetterType => {
  const type = letterType(code);
  if (type === undefined || type.level !== "desa") throw new NotFound("service");
  return type;
};

const checkForm = (type: LetterType, form: Form): void => {
  const parsed = type.fields.safeParse(form);
  const fields = parsed.success ? [] : parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  if (fields.length > 0) throw new Refused("request_incomplete", { fields });
  if (typeof form["nik"] === "string" && !isNik(form["nik"])) throw new Refused("nik_invalid");
};

const label = (id: Id): string => `request/${id}`;

/** Opens the sealed form of a request. */
export const openForm = (village: Pick<Village, "seal">, id: Id, state: RequestState): Form => {
  if (state.form.sealed === "") return {}; // erased
  const form: Form = JSON.parse(village.seal.open(label(id), Buffer.from(state.form.sealed, "base64")).toString("utf8"));
  return form;
};

/** The resident's own page, by a link that nobody can guess. */
export const receiptUrl = (village: Pick<Village, "publicUrl">, token: string): string => `${village.publicUrl}/lacak/${token}`;

/** Enters a request at the counter. */
export const enterRequest = async (village: Village, tx: Tx, input: { readonly id: Id; readonly service: string; readonly form: Form }, by: Actor): Promise<RequestState> => {
  const type = serviceNamed(input.service);
  checkForm(type, input.form);
  const office = await officeOf(tx, by.tenantId, by.unitId, by.at);
  if (office === undefined) throw new NotFound("office");
  const sealed = village.seal.close(label(input.id), Buffer.from(JSON.stringify(input.form))).toString("base64");
  const token = Buffer.from(village.source.bytes(18)).toString("base64url");
  return present(await perform(tx, requestMachine, input.id, { type: "enter", service: type.code, serviceTitle: type.title, officeId: office.unitId, form: { applicant: String(input.form["nama"] ?? "Warga"), sealed }, token }, by));
};

const present = (state: RequestState | null): RequestState => {
  if (state === null) throw new NotFound("request");
  return state;
};

/** Everything is there: the letter is written from the form and goes up the village's chain, in one transaction. */
export const verifyRequest = async (village: Village, tx: Tx, id: Id, note: string, by: Actor): Promise<RequestState> => {
  const before = present((await requestMachine.lock(tx, id, by))?.state ?? null);
  const draftId = village.source.id();
  const decision = decideRequest(before, { type: "verify", draftId, note }, by);
  if ("refused" in decision) throw new Refused(decision.refused);
  const type = serviceNamed(before.service);
  const form = openForm(village, id, before);
  const content: Content = { subject: "", security: type.access, urgency: "biasa", classification: type.classification, attachment: "", place: "", to: [], cc: [], body: { type: "doc", content: [{ type: "paragraph" }] }, fields: { ...form } };
  await createDraft(tx, { id: draftId, type: type.code, replyTo: null, content, origin: { kind: "service_request", id, signedTask: "village.letter_signed" } }, by);
  await submitDraft(tx, draftId, 1, note, by);
  return present(await perform(tx, requestMachine, id, { type: "verify", draftId, note }, by));
};

/** The acts that need nothing but the words. */
export const tell = async (tx: Tx, id: Id, command: { readonly type: "giveBack"; readonly note: string } | { readonly type: "cancel"; readonly reason: string } | { readonly type: "handOver" }, by: Actor): Promise<RequestState> =>
  present(await perform(tx, requestMachine, id, command, by));

/** Erases the resident's data of a request that is over (UU 27/2022): the act stays, with its reason; the words it names are gone for good. */
export const eraseRequest = async (tx: Tx, id: Id, reason: string, by: Actor): Promise<RequestState> => {
  await requestMachine.lock(tx, id, by); // so that no event comes between the list and the act
  const state = present(await perform(tx, requestMachine, id, { type: "erase", reason, events: await eventsOfRequest(tx, by.tenantId, id) }, by));
  await eraseNamedEvents(tx, by.tenantId, id);
  return state;
};

/** The signature's news comes back as a job. */
export const villageJobs = (village: Village): Jobs => ({
  "village.letter_signed": async (payload) => {
    const id = String(payload["id"]);
    const by = await systemIn(village.db, village.source, payload.tenantId, `village/${id}`);
    await inTenant(village.db, payload.tenantId, async (tx) => {
      const draft = (await draftStore.find(tx, payload.tenantId, String(payload["draftId"])))?.state;
      if (draft?.frozen == null) throw new Error("broken assumption: a signed draft has its number");
      await perform(tx, requestMachine, id, { type: "signed", number: draft.frozen.number }, by);
    });
  },
});
