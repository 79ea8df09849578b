import { letterTypes, type LetterType } from "@lontar/naskah";
import type { contract, Parsed } from "@lontar/contract";
import { tenantOf } from "../access/index.ts";
import { createDraft, cancelDraft, draftMachine, draftStore, submitDraft, type Content } from "../drafts/index.ts";
import { systemActor, type Actor } from "../kernel/actor.ts";
import { inTenant, readTenant, type Database, type Tx } from "../kernel/db.ts";
import { localDate, type Id, type Source } from "../kernel/ids.ts";
import { enqueue, type Jobs } from "../kernel/jobs.ts";
import { reached } from "../kernel/milestone.ts";
import { perform } from "../kernel/perform.ts";
import { assert, Refused } from "../kernel/refusal.ts";
import { basisOf, believedDecree, handHolding, isCompetentFor, postById, personById, superiorsOf, type DecreeLetter, type Post } from "../organisation/index.ts";
import type { Counts, HandoverState } from "./handover.ts";
import { countsOf, handoverMachine, isRunning, personalOf, type Personal } from "./store.ts";

/** What a hand-over needs from outside. */
export type Handing = { readonly db: Database; readonly source: Source; readonly isDecreeLetter: DecreeLetter };

/** The job that carries a signed hand-over out, at once or on its day. */
export const carryOutTask = "handover.signed";

const letterForHandover = (): LetterType => {
  const type = letterTypes.find((candidate) => candidate.forAct === "handover");
  assert(type !== undefined, "one letter type is drawn up for a hand-over");
  return type;
};

/** May this actor prepare or cancel hand-overs of the post: the admin, who enters appointments, or whoever is above it. */
export const mayHandOver = async (tx: Tx, positionId: Id, by: Actor): Promise<boolean> => by.functions.includes("admin") || (await isCompetentFor(tx, positionId, by));

/** The post in which the berita acara is drawn up: that of the leaving official, or, when he cannot sign, his nearest superior who is there. */
export const makerOf = async (tx: Tx, post: Post, reason: string | null, by: Actor): Promise<Post | undefined> =>
  reason === null ? post : (await superiorsOf(tx, by.tenantId, post.id, by.at)).find((superior) => superior.holder !== null);

const moment = (instant: string): string => new Date(instant).toISOString();

/**
 * Prepares a hand-over and draws its berita acara up, as one transaction: the letter waits on the desk of whoever signs it first. Where
 * the leaving official signs himself nothing is left to do but his signature.
 */
export const prepareHandover = async (handing: Handing, tx: Tx, given: Parsed<(typeof contract)["handovers.prepare"]>, by: Actor): Promise<{ readonly id: Id; readonly status: string; readonly letterId: Id }> => {
  const post = await postById(tx, by.tenantId, given.positionId, by.at);
  if (post === undefined) throw new Refused("parent_missing");
  const isCompetent = await mayHandOver(tx, post.id, by);
  if (!isCompetent) throw new Refused("not_competent"); // before anything is said of the decree or the people
  const holder = post.aside?.kind === "definitif" ? post.aside : post.holder?.kind === "definitif" ? post.holder : undefined;
  if (holder === undefined) throw new Refused("handover_needs_holder");
  const successor = await personById(tx, by.tenantId, given.toPersonId, by.at);
  if (successor === undefined) throw new Refused("parent_missing");
  const since = moment(given.since) < by.at ? by.at : moment(given.since);
  if (localDate(given.since, by.zone) < by.today) throw new Refused("in_the_past");
  const decree = await believedDecree(tx, given.decree, handing.isDecreeLetter, by);
  const maker = await makerOf(tx, post, given.reason, by);
  if (maker === undefined) throw new Refused("chain_incomplete");
  const letterId = handing.source.id();
  const facts = { positionId: post.id, title: post.title, holdingId: holder.holdingId, from: { personId: holder.personId, name: holder.name }, to: { personId: given.toPersonId, name: successor.name }, since, decree, basis: basisOf(decree), reason: given.reason, letterId };
  await perform(tx, handoverMachine, given.id, { type: "prepare", facts, isCompetent, isRunning: await isRunning(tx, by.tenantId, post.id) }, by);
  const personal = await personalOf(tx, by.tenantId, post.id, holder.personId, null, by.at);
  const type = letterForHandover();
  const content: Content = {
    subject: "", security: type.access, urgency: "biasa", classification: type.classification, attachment: "", place: "", to: [], cc: [], body: { type: "doc", content: [{ type: "paragraph" }] },
    fields: {
      jabatan: post.title, mulai: localDate(since, by.zone), dasar: facts.basis, alasan: given.reason,
      kesatu: { nama: holder.name, nip: holder.nip, jabatan: post.title }, kedua: { nama: successor.name, nip: successor.nip, jabatan: successor.post ?? "pejabat yang ditunjuk" },
      rincian: [...sentencesOf(await countsOf(tx, by.tenantId, post.id, personal, by.at))], tertinggal: [...leftOf(personal)],
    },
  };
  // Drawn up by Lontar in the post that signs it: the post's holder finds it on his desk, and nobody has written in his name.
  const drawer: Actor = { ...systemActor(by.tenantId, by.at, by.today, by.zone, by.requestId), positionId: maker.id, positionTitle: maker.title, unitId: maker.unitId };
  await createDraft(tx, { id: letterId, type: type.code, replyTo: null, content, origin: { kind: "handover", id: given.id, signedTask: carryOutTask } }, drawer);
  if (maker.functions.includes("signer")) await submitDraft(tx, letterId, 1, "", drawer);
  return { id: given.id, status: "menunggu", letterId };
};

/** What moves, as the berita acara lists it. */
export const sentencesOf = (counts: Counts): readonly string[] => [
  counts.desk === 0 ? "meja jabatan tanpa pekerjaan yang menunggu" : `${counts.desk} pekerjaan yang menunggu di meja jabatan, ${counts.unread} di antaranya belum dibaca`,
  `${counts.drafts} naskah yang sedang disusun`,
  ...(counts.delegations > 0 ? [`${counts.delegations} pelimpahan wewenang (a.n. atau u.b.) yang diberikan atau diterima jabatan`] : []),
  ...(counts.mandates > 0 ? [`${counts.mandates} mandat Plt. atau Plh. yang berakhir bersamaan`] : []),
];

/** What cannot move, each with the reason and what to do; by its number: a subject may be secret, and the berita acara is not. */
export const leftOf = (personal: Personal): readonly string[] =>
  personal.frozen.slice(0, 20).map(({ number }) => `naskah nomor ${number} sudah dibekukan dengan nama pejabat lama; penggantinya mengembalikannya, lalu membekukannya kembali`);

/** Cancels a hand-over that nobody has signed yet, and its letter with it. */
export const cancelHandover = async (tx: Tx, id: Id, reason: string, by: Actor): Promise<HandoverState> => {
  const state = (await handoverMachine.lock(tx, id, by))?.state;
  if (state == null) throw new Refused("not_found");
  const letter = (await draftStore.find(tx, by.tenantId, state.letterId))?.state;
  const isSigned = letter?.status === "ditandatangani";
  const after = await perform(tx, handoverMachine, id, { type: "cancel", reason, isCompetent: await mayHandOver(tx, state.positionId, by), isSigned }, by);
  assert(after !== null, "a cancelled hand-over exists");
  const last = letter?.frozen == null ? letter?.drafter.positionId : letter.steps.at(-1)?.positionId;
  if (letter !== undefined && letter !== null && last !== undefined && letter.status !== "dibatalkan") {
    const drawer: Actor = { ...systemActor(by.tenantId, by.at, by.today, by.zone, by.requestId), positionId: last };
    await cancelDraft(tx, state.letterId, reason, drawer);
  }
  return after;
};

/**
 * Carries a signed hand-over out. What a crash after each step leaves:
 * 1 the letter is signed and this job queued in the same transaction (it runs again) · 2 before its day: queued anew for that minute ·
 * 3 holdings, drafts and mandates changed and the hand-over done, in one transaction (a second run finds it done and does nothing).
 */
export const handoverJobs = (handing: Handing): Jobs => ({
  [carryOutTask]: async (payload) => {
    const id = String(payload["id"]);
    const { tenantId } = payload;
    const { zone } = await readTenant(handing.db, tenantId, (tx) => tenantOf(tx, tenantId));
    const now = handing.source.now();
    const by: Actor = { ...systemActor(tenantId, now, localDate(now, zone), zone, `handover/${id}`), functions: ["admin"] };
    reached("handover.1");
    await inTenant(handing.db, tenantId, async (tx) => {
      const state = (await handoverMachine.lock(tx, id, by))?.state;
      if (state == null || state.status !== "menunggu") return;
      const letter = (await draftStore.find(tx, tenantId, state.letterId))?.state;
      assert(letter?.status === "ditandatangani", "only a signed berita acara carries its hand-over out");
      if (now < state.since) {
        await enqueue(tx, tenantId, [{ task: carryOutTask, payload: { id }, key: `handover/${id}`, runAt: state.since }]);
        return;
      }
      await carryOut(tx, id, state, by);
      reached("handover.2");
    });
    reached("handover.3");
  },
});

const carryOut = async (tx: Tx, id: Id, state: HandoverState, by: Actor): Promise<void> => {
  const personal = await personalOf(tx, by.tenantId, state.positionId, state.from.personId, state.letterId, by.at);
  const counts = await countsOf(tx, by.tenantId, state.positionId, personal, by.at);
  const reason = `Serah terima kepada ${state.to.name} berdasarkan ${state.basis}`.slice(0, 300);
  await handHolding(tx, { ...state, mandates: personal.mandates.map((mandate) => mandate.id), reason }, by);
  const post = await postById(tx, by.tenantId, state.positionId, by.at);
  const to = { personId: state.to.personId, person: state.to.name, positionId: state.positionId, post: post?.title ?? state.title, holding: "definitif", basis: state.basis } as const;
  for (const draft of personal.drafts) await perform(tx, draftMachine, draft.id, { type: "handOver", to }, by);
  await perform(tx, handoverMachine, id, { type: "carryOut", counts, left: leftOf(personal) }, by);
};

