import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { rememberBlob, type StoredFile } from "../kernel/files/take.ts";
import { hoursAhead, localDate, type Id, type Instant, type LocalDate, type Zone } from "../kernel/ids.ts";
import { perform } from "../kernel/perform.ts";
import { assert, NotFound } from "../kernel/refusal.ts";
import { officeOf, postById, registrarsOf } from "../organisation/index.ts";
import { indexLetter, isLeaf } from "../records/index.ts";
import { findableOf } from "./findable.ts";
import { agendaSeries, writtenNumber } from "./numbers.ts";
import { duplicatesOf } from "./queries.ts";
import { isSecret, type Origin, type ReceivedFacts, type ReceivedLetter, type ReceivedState } from "./received.ts";
import { takeNumber } from "./register/store.ts";
import { arrivingMachine, receivedMachine, receivedStore, soleHeld, visibleLetter } from "./store.ts";

type Named = { readonly id: Id };
type Done = { readonly id: Id; readonly status: string };

const done = (id: Id, state: ReceivedState): Done => ({ id, status: state.status });

/** The last moment of a day in the office's zone. */
export const endOfDay = (date: LocalDate, zone: Zone): Instant => {
  return new Date(Date.parse(`${date}T23:59:59.000Z`) - hoursAhead[zone] * 3_600_000).toISOString();
};

const officeFor = async (tx: Tx, tenantId: Id, unitId: Id, at: Instant): Promise<{ readonly unitId: Id; readonly registrars: readonly Id[] }> => {
  const office = await officeOf(tx, tenantId, unitId, at);
  if (office === undefined) throw new NotFound("office");
  return { unitId: office.unitId, registrars: (await registrarsOf(tx, tenantId, office.unitId, at)).map((post) => post.id) };
};

/** Takes in a scan whose bytes are already in the store. */
export const receive = async (tx: Tx, input: Named & { readonly file: StoredFile }, by: Actor): Promise<ReceivedState> => {
  const office = await officeFor(tx, by.tenantId, by.unitId, by.at);
  await rememberBlob(tx, by, input.file);
  return perform(tx, arrivingMachine, input.id, { type: "receive", ...office, file: input.file }, by);
};

/** Writes the letter into the agenda book. */
export const register = async (tx: Tx, input: Named & { readonly facts: ReceivedFacts; readonly separateBecause: string }, by: Actor): Promise<Done & { readonly agenda: string }> => {
  const { letter } = await visibleLetter(tx, input.id, by);
  const { facts } = input;
  const year = Number(by.today.slice(0, 4));
  const leaf = facts.classification === null || (await isLeaf(tx, facts.classification));
  // The counter's lock comes before the look for duplicates: of two clerks with the same letter the second sees the first.
  const agenda = await takeNumber(tx, by.tenantId, agendaSeries(letter.unitId, year), input.id, by.at, "disahkan");
  const duplicates = await duplicatesOf(tx, by.tenantId, letter.unitId, { id: input.id, scan: letter.files[0]?.sha256 ?? null, sender: facts.sender, number: facts.number, date: facts.date });
  const dueAt = facts.due === null ? null : endOfDay(facts.due, by.zone);
  const after = await perform(tx, receivedMachine, input.id, { type: "register", facts, separateBecause: input.separateBecause, duplicates, isLeaf: leaf, agenda, year, dueAt }, by);
  // What was read in the scan of a letter that turns out to be secret is found no more, from this very moment.
  if (after.status !== "belum_ada" && isSecret(after)) await indexLetter(tx, by.tenantId, findableOf(input.id, after, ""));
  return { ...done(input.id, after), agenda: writtenNumber(agenda) };
};

/** Throws away a scan that should not have been uploaded; its trail stays. */
export const discard = async (tx: Tx, input: Named & { readonly reason: string }, by: Actor): Promise<Done> =>
  done(input.id, await perform(tx, receivedMachine, input.id, { type: "discard", reason: input.reason }, by));

/** Directs a registered letter to a post. */
export const direct = async (tx: Tx, input: Named & { readonly positionId: Id }, by: Actor): Promise<Done> => {
  const post = await postById(tx, by.tenantId, input.positionId, by.at);
  if (post === undefined) throw new NotFound("position");
  return done(input.id, await perform(tx, receivedMachine, input.id, { type: "direct", to: { positionId: post.id, title: post.title }, hasHolder: (await soleHeld(tx, by.tenantId, [post.id], by.at)).has(post.id) }, by));
};

/** The addressee opens the letter. */
export const openLetter = async (tx: Tx, input: Named, by: Actor): Promise<Done> => done(input.id, await perform(tx, receivedMachine, input.id, { type: "open" }, by));

/** The addressee declares the letter settled. */
export const close = async (tx: Tx, input: Named & { readonly note: string }, by: Actor): Promise<Done> =>
  done(input.id, await perform(tx, receivedMachine, input.id, { type: "close", note: input.note }, by));

/** What the dispositions module tells: the addressee passed the letter on. */
export const disposeLetter = (tx: Tx, letterId: Id, to: readonly { readonly title: string; readonly responsible: boolean }[], by: Actor): Promise<ReceivedState> =>
  perform(tx, receivedMachine, letterId, { type: "dispose", to }, by);

/** What the dispositions module tells: a report that the addressee waited for was accepted, or its disposisi withdrawn. */
export const settleLetter = (tx: Tx, letterId: Id, because: "diterima" | "ditarik", by: Actor): Promise<ReceivedState> => perform(tx, receivedMachine, letterId, { type: "settle", because }, by);

/** Files a finished letter; records calls this when it puts the letter into a dossier. */
export const fileReceived = (tx: Tx, letterId: Id, dossier: { readonly id: Id; readonly title: string }, by: Actor): Promise<ReceivedState> =>
  perform(tx, receivedMachine, letterId, { type: "file", dossierId: dossier.id, dossier: dossier.title }, by);

/** A letter that comes from an office of this government or over the exchange: its facts are known, so it is registered and directed at once. */
export type InternalArrival = {
  /** Chosen by the sender, so that a repeated delivery finds the letter already there. */
  readonly id: Id;
  readonly positionId: Id;
  readonly copy: boolean;
  readonly facts: ReceivedFacts;
  readonly files: readonly StoredFile[];
  readonly origin: Exclude<Origin, { readonly kind: "pindaian" }>;
};

/** Takes in a letter that was sent inside or over the exchange, with its own number in the receiving office's agenda. `by` is the system. */
export const receiveInternal = async (tx: Tx, arrival: InternalArrival, by: Actor): Promise<ReceivedLetter> => {
  const known = await receivedStore.lock(tx, arrival.id, by);
  if (known !== undefined && known.state.status !== "belum_ada") return known.state;
  const post = await postById(tx, by.tenantId, arrival.positionId, by.at);
  if (post === undefined) throw new NotFound("position");
  const office = await officeFor(tx, by.tenantId, post.unitId, by.at);
  for (const file of arrival.files) await rememberBlob(tx, by, file);
  const year = Number(localDate(by.at, by.zone).slice(0, 4));
  const agenda = await takeNumber(tx, by.tenantId, agendaSeries(office.unitId, year), arrival.id, by.at, "disahkan");
  const { facts, files, origin, copy } = arrival;
  const dueAt = facts.due === null ? null : endOfDay(facts.due, by.zone);
  const after = await perform(tx, arrivingMachine, arrival.id, { type: "arrive", ...office, files, facts, origin, to: { positionId: post.id, title: post.title }, copy, agenda, year, dueAt }, by);
  assert(after.status !== "belum_ada", "an arrived letter exists");
  return after;
};
