import { sql } from "kysely";
import type { contract, Result } from "@lontar/contract";
import { kop, letterType, signature, type LetterType } from "@lontar/naskah";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { isId, type Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { readable } from "../kernel/readable.ts";
import { mayRead, mayReadInside } from "../kernel/state.ts";
import { standingOf, visibleLetter, type FileOwner } from "../letters/index.ts";
import { deliveriesOf, fileOf, filesOf, issuedLetter, may as mayIssued } from "../letters/issued/index.ts";
import { postById, postsAsKnown, postsById, postView, type Post } from "../organisation/index.ts";
import { longTermOf } from "../signing/index.ts";
import type { Drafting } from "./commands.ts";
import { summaryOf } from "./content.ts";
import { may, mayWrite, turnOf, withheld, type Answered, type Content, type DraftState, type Summary } from "./draft.ts";
import { toRenderInput, verificationUrl } from "./print.ts";
import { problemsOf } from "./problems.ts";
import { authorityFor, chainFor, delegatedFor, delegationProblem, settingOf, signerIdOf } from "./setting.ts";
import { draftStore, textOf } from "./store.ts";

type View = Result<(typeof contract)["drafts.show"]>;
type List = Result<(typeof contract)["drafts.list"]>;
type Versions = Result<(typeof contract)["drafts.versions"]>;

/** The draft as stored, when this person may read what is inside. */
export const visibleDraft = async (tx: Tx, id: Id, by: Actor): Promise<DraftState> => {
  const state = (await draftStore.find(tx, by.tenantId, id))?.state;
  if (state == null || !(await mayReadInside(tx, id, by))) throw new NotFound("draft");
  return state;
};

const noHash = "0".repeat(64);

/** A secret letter from outside, for its register: number, date, receivers, how far the copies are; nothing of what stands in it, not even its hash (domain §1.8). */
const showEnvelope = async (tx: Tx, id: Id, by: Actor): Promise<View> => {
  const letter = (await mayRead(tx, id, by)) ? await issuedLetter(tx, by.tenantId, id) : undefined;
  if (letter === undefined) throw new NotFound("draft");
  const dossier = await dossierOf(tx, by.tenantId, id);
  const receivers = (cc: boolean): readonly string[] => letter.deliveries.filter((delivery) => delivery.cc === cc).map((delivery) => delivery.address.label);
  return {
    id, status: dossier !== null ? "diberkaskan" : letter.status === "terkirim" ? "terkirim" : "ditandatangani", revision: 0, version: 0, type: { code: letter.type, title: letter.typeTitle },
    content: { subject: "Sampul tertutup", security: letter.security, urgency: letter.urgency, classification: letter.classification, attachment: "", place: "", to: [], cc: [], body: { type: "doc" }, fields: {} }, contentHash: noHash,
    envelope: { number: letter.number, date: letter.date, to: [...receivers(false)], cc: [...receivers(true)] },
    drafter: { person: "", post: "" }, unit: letter.unitName, chain: [], proposed: [], problems: [], returned: null, replyTo: null, printed: null, frozen: null, signed: null, intent: null,
    ...(letter.revoked !== null && { revoked: { at: letter.revoked.at, by: `${letter.revoked.by} · ${letter.revoked.post}`, reason: "" } }),
    deliveries: await deliveriesOf(tx, by.tenantId, letter, by.at), dossier, lastSeenVersion: null, withheld: null, may: [...mayIssued(letter, by)],
  };
};

/** The text that this person sees: what he is typing, or else the version that was last submitted. */
export const seenText = async (tx: Tx, id: Id, state: DraftState, by: Actor): Promise<{ readonly revision: number; readonly content: Content; readonly hash: string }> => {
  const text = await textOf(tx, by.tenantId, id);
  if (text === undefined) throw new NotFound("draft");
  const isTyping = !("refused" in mayWrite(state, by)) || state.content === null || state.hash === null;
  return isTyping ? text : { revision: text.revision, content: state.content, hash: state.hash };
};

/** The letter that a draft is to answer, and how the answer begins. */
export const answeredLetter = async (tx: Tx, id: Id, by: Actor): Promise<{ readonly answers: Answered; readonly content: Pick<Content, "subject" | "security" | "urgency" | "classification" | "to"> }> => {
  const { letter } = await visibleLetter(tx, id, by);
  const facts = letter.facts;
  // The answer repeats the subject: of a closed envelope nobody answers what he has not read.
  if (facts === null || !(await mayReadInside(tx, id, by))) throw new NotFound("received");
  return {
    answers: { id, number: facts.number, subject: facts.subject, sender: facts.sender },
    content: { subject: `Tanggapan atas ${facts.subject}`.slice(0, 500), security: facts.security, urgency: facts.urgency, classification: facts.classification, to: [await senderOf(tx, letter, facts.sender, by)] },
  };
};

const senderOf = async (tx: Tx, letter: Awaited<ReturnType<typeof visibleLetter>>["letter"], sender: string, by: Actor): Promise<Content["to"][number]> => {
  switch (letter.origin.kind) {
    case "internal": {
      const issued = await issuedLetter(tx, by.tenantId, letter.origin.issuedId);
      return issued === undefined ? { kind: "external", label: sender, email: null, place: "" } : { kind: "post", positionId: issued.signer.positionId, label: issued.signer.post };
    }
    case "pertukaran":
      return { kind: "partner", tenantId: letter.origin.senderId, label: sender };
    case "pindaian":
      return { kind: "external", label: sender, email: null, place: "" };
    default:
      throw letter.origin satisfies never;
  }
};

type Filed = { readonly id: Id; readonly title: string; readonly classification: string };

const dossierOf = async (tx: Tx, tenantId: Id, id: Id): Promise<Filed | null> =>
  (await sql<Filed>`select d.id, d.state->>'title' as title, d.classification from dossier_item i join dossier d on d.tenant_id = i.tenant_id and d.id = i.dossier_id
    where i.tenant_id = ${tenantId} and i.subject_id = ${id}`.execute(tx)).rows[0] ?? null;

const gone = (id: Id, title: string): Parameters<typeof postView>[0] => ({ id, title, shortTitle: title, role: "", functions: [], superiorId: null, unitId: id, unitCode: "", unitName: "", holder: null, aside: null });

const chainOf = (state: DraftState, posts: ReadonlyMap<Id, Post>): View["chain"] => {
  const turn = turnOf(state);
  return state.steps.map((step, index) => ({ position: postView(posts.get(step.positionId) ?? gone(step.positionId, step.title)), kind: step.kind, state: index === turn ? "sekarang" : step.state, by: step.by, at: step.at, note: step.note }));
};

// A draft whose drafter has no post any more proposes nothing; submitting says so.
const proposedOf = async (tx: Tx, state: DraftState, type: LetterType | undefined, by: Actor): Promise<View["proposed"]> => {
  if (type === undefined || state.steps.length > 0 || (await postById(tx, by.tenantId, state.drafter.positionId, by.at)) === undefined) return [];
  const stations = await chainFor(tx, state, type, by);
  const posts = await postsById(tx, by.tenantId, stations.map((station) => station.positionId), by.at);
  return stations.map((station) => ({ position: postView(posts.get(station.positionId) ?? gone(station.positionId, station.title)), kind: station.kind, state: "menunggu", by: null, at: null, note: null }));
};

/** What stands around the text: as it was fixed when the letter got its number, or as it would be printed now. */
export const printedOf = async (tx: Tx, drafting: Pick<Drafting, "signing">, state: DraftState, content: Content, by: Actor): Promise<View["printed"]> => {
  const type = letterType(state.type);
  if (type === undefined) return null;
  const setting = await settingOf(tx, drafting, state, content, by);
  const signerId = await signerIdOf(tx, state, type, by);
  const input = state.frozen?.input ?? toRenderInput(type, content, setting, null, by);
  const letterhead = kop.safeParse(input["kop"]);
  const signed = signature.safeParse(input["signature"]);
  return letterhead.success && signed.success ? { letterhead: letterhead.data, signature: signed.data, unitCode: setting.office.code, isVacant: setting.signer.holder === null, inNameOf: signerId === undefined ? [] : [...(await delegatedFor(tx, signerId, { type: state.type, classification: content.classification }, by))] } : null;
};

/** A signature that waits, and for whom. */
const intentView = ({ intent }: DraftState, posts: ReadonlyMap<Id, Post>, { signing }: Pick<Drafting, "signing">): View["intent"] => {
  if (intent === undefined) return null;
  const { signer, at, state, needsSecret, reason } = intent;
  const holder = posts.get(signer.positionId)?.holder?.name;
  const isProvider = state === "berjalan" || state === "menunggu_penyedia";
  return { by: signer.person, post: signer.post, at, state, needsSecret, reason, next: isProvider ? signing.provider.name : state === "gugur" ? [...(holder === undefined ? [] : [holder]), signer.post].join(", ") : signer.person };
};

/** Does a proof lie ready beside the letter? */
const isProved = async (tx: Tx, tenantId: Id, id: Id): Promise<boolean> => (await tx.selectFrom("letter_proof").select("id").where("tenant_id", "=", tenantId).where("id", "=", id).executeTakeFirst()) !== undefined;

/** A draft as this person sees it, with what he may do. */
export const showDraft = async (tx: Tx, id: Id, drafting: Pick<Drafting, "signing" | "publicUrl">, by: Actor): Promise<View> => {
  if (!(await mayReadInside(tx, id, by))) return showEnvelope(tx, id, by);
  const state = await visibleDraft(tx, id, by);
  const seen = await seenText(tx, id, state, by);
  const type = letterType(state.type);
  const posts = await postsAsKnown(tx, by.tenantId, state.steps.map((step) => step.positionId), by.at);
  const letter = await issuedLetter(tx, by.tenantId, id);
  const dossier = await dossierOf(tx, by.tenantId, id);
  const authority = await authorityFor(tx, state, by);
  const mine = state.steps.filter((step) => step.positionId === by.positionId || step.personId === by.personId).flatMap((step) => step.version ?? []);
  return {
    id, status: letter === undefined ? state.status : dossier !== null ? "diberkaskan" : letter.status === "terkirim" ? "terkirim" : state.status,
    revision: seen.revision, version: state.version, type: { code: state.type, title: state.typeTitle }, content: seen.content, contentHash: seen.hash, envelope: null,
    drafter: { person: state.drafter.person, post: state.drafter.post }, unit: state.unitName, chain: chainOf(state, posts), proposed: await proposedOf(tx, state, type, by),
    problems: type === undefined ? [] : [...problemsOf(type, seen.content), ...(await delegationProblem(tx, state, seen.content, by))], returned: state.returned, replyTo: state.answers,
    printed: await printedOf(tx, drafting, state, seen.content, by),
    frozen: state.frozen === null || state.rendered === null ? null : { at: state.frozen.at, number: state.frozen.number, date: state.frozen.date, sha256: state.rendered.sha256, pages: state.rendered.pages, code: state.frozen.code, authority: state.frozen.authority, signatureLines: [...state.frozen.signatureLines] },
    signed: state.signed === null || state.frozen === null ? null : { ...fileOf(letter ?? state.signed), at: state.signed.at, by: state.signed.signer.person, post: state.signed.signer.post, code: state.frozen.code, verificationUrl: verificationUrl(drafting.publicUrl, state.frozen.code), proved: await isProved(tx, by.tenantId, id), longTerm: letter === undefined ? null : longTermOf(letter) },
    intent: intentView(state, posts, drafting),
    ...(letter?.revoked != null && { revoked: { at: letter.revoked.at, by: `${letter.revoked.by} · ${letter.revoked.post}`, reason: letter.revoked.reason } }),
    deliveries: letter === undefined ? [] : await deliveriesOf(tx, by.tenantId, letter, by.at),
    dossier, lastSeenVersion: mine.length === 0 ? null : Math.max(...mine),
    withheld: withheld(state, by, authority) ?? null,
    may: [...may(state, by, authority), ...(letter === undefined ? [] : mayIssued(letter, by))],
  };
};

type Row = { readonly id: Id; readonly state: DraftState; readonly shown: string; readonly typed: Content | null; readonly inside?: boolean };

/** Subject and addressees: of a konsep those being typed, which only its drafter can read; later those that were submitted. */
const listedSummary = ({ state, typed }: Row): Pick<Summary, "subject" | "to"> => {
  const type = letterType(state.type);
  return typed === null || type === undefined ? state.summary : summaryOf(type, typed);
};

/** The subjects being typed in these konsep, for whoever may read them; blank ones are left out. */
export const typedSubjects = async (tx: Tx, tenantId: Id, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Row>`select d.id, d.state, d.status as shown, t.content as typed from draft d join draft_text t on t.tenant_id = d.tenant_id and t.draft_id = d.id
    where d.tenant_id = ${tenantId} and d.status = 'konsep' and d.id in (${sql.join([...ids])})`.execute(tx);
  return new Map(rows.map((row) => [row.id, listedSummary(row).subject] as const).filter(([, subject]) => subject !== ""));
};

/** Drafts that this person may see, newest first. */
export const listDrafts = async (tx: Tx, input: { readonly status?: string | undefined; readonly cursor?: string | undefined; readonly limit: number }, by: Actor): Promise<List> => {
  if (input.cursor !== undefined && !isId(input.cursor)) throw new Refused("malformed");
  const wanted = input.status?.split(",").filter((status) => status !== "") ?? [];
  const drafts = sql`
    draft d
    left join issued i on i.tenant_id = d.tenant_id and i.id = d.id
    left join dossier_item f on f.tenant_id = d.tenant_id and f.subject_id = d.id
    cross join lateral (select case when i.id is null then d.status when f.subject_id is not null then 'diberkaskan' when i.status = 'terkirim' then 'terkirim' else d.status end as shown) s`;
  const hasStatus = wanted.length === 0 ? sql`true` : sql`s.shown = any(${sql.val(wanted)}::text[])`;
  const limit = input.limit + 1;
  const seen = readable(by, { before: input.cursor, limit, shows: sql`exists (select from ${drafts} where d.tenant_id = v.tenant_id and d.id = v.subject_id and ${hasStatus})` });
  const { rows } = await sql<Row>`
    with seen as (${seen})
    select d.id, d.state, s.shown, t.content as typed, seen.inside
    from seen join (${drafts}) on d.tenant_id = ${by.tenantId} and d.id = seen.subject_id
    left join draft_text t on t.tenant_id = d.tenant_id and t.draft_id = d.id and d.status = 'konsep'
    where ${hasStatus} order by seen.subject_id desc limit ${limit}`.execute(tx);
  const page = rows.slice(0, input.limit);
  return {
    items: page.map((row) => {
      const { subject, to } = listedSummary(row);
      return {
        id: row.id, type: row.state.typeTitle, status: statusName(row.shown), subject: row.inside === true ? subject : "Sampul tertutup", number: row.state.frozen?.number ?? null, to,
        drafter: row.inside === true ? row.state.drafter.person : "", turn: row.state.steps[turnOf(row.state)]?.title ?? null, changed: row.state.changedAt,
      };
    }),
    next: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
};

const statusNames = ["konsep", "paraf", "perbaikan", "menunggu_ttd", "beku", "ditandatangani", "terkirim", "diberkaskan", "dibatalkan"] as const;
const statusName = (shown: string): (typeof statusNames)[number] => statusNames.find((name) => name === shown) ?? "konsep";

/** The versions that were submitted, newest first, read from the events themselves. */
export const versionsOf = async (tx: Tx, id: Id, by: Actor): Promise<Versions> => {
  await visibleDraft(tx, id, by);
  const { rows } = await sql<{ at: Date; who: { person: string } | null; body: { version: number; hash: string; content: Content } | null }>`
    select at, who, body from event where tenant_id = ${by.tenantId} and thing_id = ${id} and type = 'draft.submitted' order by revision desc limit 200`.execute(tx);
  return rows.flatMap((row) => (row.body === null ? [] : [{ version: row.body.version, at: row.at.toISOString(), by: row.who?.person ?? "", contentHash: row.body.hash, content: row.body.content }]));
};

/** A file of a draft, frozen or signed: the file endpoint asks which hash belongs to which letter. The caller has checked who may read it. */
export const draftFiles: FileOwner = async (tx, id, sha256, by) => {
  const state = (await draftStore.find(tx, by.tenantId, id))?.state;
  if (state == null) return undefined;
  const name = `${state.typeTitle} ${(state.frozen?.number ?? "konsep").replaceAll("/", "-")}`;
  const letter = state.signed === null ? undefined : await issuedLetter(tx, by.tenantId, id);
  const signed = [...(state.signed === null ? [] : [state.signed]), ...(letter === undefined ? [] : filesOf(letter))].find((file) => file.sha256 === sha256);
  if (state.signed !== null && signed !== undefined) return { sha256, name: `${name}.pdf`, mediaType: "application/pdf", size: signed.size, pages: state.signed.pages, ...standingOf(state.summary.security) };
  // Who is to sign compares the very bytes; once they are signed, what is Sangat Rahasia is drawn and not handed out.
  if (state.rendered?.sha256 === sha256) return { sha256, name: `${name} (belum ditandatangani).pdf`, mediaType: "application/pdf", size: state.rendered.size, pages: state.rendered.pages, ...standingOf(state.summary.security), ...(state.signed === null && { onScreenOnly: false }) };
  return undefined;
};
