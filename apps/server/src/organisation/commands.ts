import { createHash } from "node:crypto";
import type { contract, Parsed } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import { isUniqueViolation, type Tx } from "../kernel/db.ts";
import { idFrom, startOfDay, type Id, type Instant } from "../kernel/ids.ts";
import { enqueue } from "../kernel/jobs.ts";
import { perform } from "../kernel/perform.ts";
import { Refused } from "../kernel/refusal.ts";
import type { Seal } from "../kernel/seal.ts";
import type { Decree } from "./dated.ts";
import type { HoldingState } from "./holding.ts";
import { isInForce } from "./mandate.ts";
import { identityNews } from "./person.ts";
import { contentsOf, delegationsTo, dependantsOf, isCompetentFor, lockHoldings, lockTree, organisationKinds, policyOf, postById, postsAbove, superiorsOf, unitsAbove, waitingAt } from "./store.ts";

type Done = { readonly id: Id; readonly status: string };
type Given<Name extends keyof typeof contract> = Parsed<(typeof contract)[Name]>;

const { units, positions, persons, holdings, delegations, policies } = organisationKinds;

/** Every instant in one form, so that they compare as text. */
const moment = (instant: Instant): Instant => new Date(instant).toISOString();

/** A letter of this government that may stand as a decree: signed and in force; asked from the letters, which stand to the right. */
export type DecreeLetter = (tx: Tx, letterId: Id, by: Actor) => Promise<boolean>;

// PostgreSQL's own word for an exclusion constraint: a code or a holding that overlaps another.
const overlapRefusals = { unit_code_once: "code_taken", position_code_once: "post_code_taken", holding_definitive_once: "holding_overlap", holding_acting_once: "holding_overlap" } as const;

/** Names what a constraint of the database refused. */
export const namingOverlaps = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    const constraint = error instanceof Error && "code" in error && error.code === "23P01" && "constraint" in error ? error.constraint : undefined;
    for (const [name, refusal] of Object.entries(overlapRefusals)) if (constraint === name) throw new Refused(refusal);
    throw error;
  }
};

/** Begins a unit, or changes it from a moment on. */
export const defineUnit = async (tx: Tx, { id, facts, since, decree }: Given<"organisation.defineUnit">, by: Actor): Promise<Done> => {
  await lockTree(tx, by.tenantId);
  const from = moment(since);
  await namingOverlaps(perform(tx, units.machine, id, { type: "define", id, facts, since: from, basis: decree, above: await unitsAbove(tx, by.tenantId, facts.parentId, from) }, by));
  return { id, status: "berlaku" };
};

/** Ends a unit; whatever is still in it is named and keeps it. */
export const dissolveUnit = async (tx: Tx, { id, since, decree }: Given<"organisation.dissolveUnit">, by: Actor): Promise<Done> => {
  await lockTree(tx, by.tenantId);
  const at = moment(since);
  await perform(tx, units.machine, id, { type: "dissolve", since: at, basis: decree, ...(await contentsOf(tx, by.tenantId, id, at)) }, by);
  return { id, status: "dihapus" };
};

/** Takes back a change of a unit that is not in force yet. */
export const withdrawUnit = async (tx: Tx, { id, since }: Given<"organisation.withdrawUnit">, by: Actor): Promise<Done> => {
  await perform(tx, units.machine, id, { type: "withdraw", since: moment(since) }, by);
  return { id, status: "dibatalkan" };
};

/** Begins a post, or changes it from a moment on. */
export const definePost = async (tx: Tx, { id, facts, since, decree }: Given<"organisation.definePost">, by: Actor): Promise<Done> => {
  await lockTree(tx, by.tenantId);
  const from = moment(since);
  const hasUnit = (await unitsAbove(tx, by.tenantId, facts.unitId, from)) !== null;
  await namingOverlaps(perform(tx, positions.machine, id, { type: "define", id, facts, since: from, basis: decree, above: await postsAbove(tx, by.tenantId, facts.superiorId, from), hasUnit }, by));
  return { id, status: "berlaku" };
};

/** Ends a post that holds neither work nor people. */
export const closePost = async (tx: Tx, { id, since, decree }: Given<"organisation.closePost">, by: Actor): Promise<Done> => {
  await lockTree(tx, by.tenantId);
  const at = moment(since);
  const waiting = (await waitingAt(tx, by.tenantId, [id]))(id);
  await perform(tx, positions.machine, id, { type: "close", since: at, basis: decree, waiting, ...(await dependantsOf(tx, by.tenantId, id, at)) }, by);
  return { id, status: "dihapus" };
};

/** Takes back a change of a post that is not in force yet. */
export const withdrawPost = async (tx: Tx, { id, since }: Given<"organisation.withdrawPost">, by: Actor): Promise<Done> => {
  await perform(tx, positions.machine, id, { type: "withdraw", since: moment(since) }, by);
  return { id, status: "dibatalkan" };
};

/** Enters or changes a person. A NIK that is left out stays; null erases it. */
export const definePerson = (seal: Seal) => async (tx: Tx, { id, nik, ...state }: Given<"organisation.definePerson">, by: Actor): Promise<Done> => {
  try {
    const before = (await persons.store.find(tx, by.tenantId, id))?.state;
    await perform(tx, persons.machine, id, { type: "define", state, nikChanged: nik !== undefined }, by);
    await enqueue(tx, by.tenantId, identityNews(id, before, state, by));
    if (nik === null) await tx.deleteFrom("person_nik").where("tenant_id", "=", by.tenantId).where("person_id", "=", id).execute();
    if (typeof nik === "string") {
      const row = { sealed: seal.close(`nik/${id}`, Buffer.from(nik, "utf8")), keyed: seal.keyed("nik", nik) };
      await tx.insertInto("person_nik").values({ tenant_id: by.tenantId, person_id: id, ...row }).onConflict((conflict) => conflict.columns(["tenant_id", "person_id"]).doUpdateSet(row)).execute();
    }
  } catch (error) {
    throw namedTaken(error);
  }
  return { id, status: "tercatat" };
};

/** Whose number it is already is refused by name; anything else is what it was. */
export const namedTaken = (error: unknown): unknown => {
  if (isUniqueViolation(error, "person_nip")) return new Refused("nip_taken");
  if (isUniqueViolation(error, "person_nik_tenant_id_keyed_key")) return new Refused("nik_taken");
  return error;
};

/** The decree in the words of a signature block. */
export const basisOf = (decree: Decree): string => `${decree.number} tanggal ${decree.date.split("-").toReversed().join("-")}`;

/** The decree, when its letter or its scan is really there; refused by name otherwise. */
export const believedDecree = async (tx: Tx, decree: Decree, isLetter: DecreeLetter, by: Actor): Promise<Decree> => {
  if (decree.letterId !== null && !(await isLetter(tx, decree.letterId, by))) throw new Refused("mandate_needs_decree");
  if (decree.file !== null) {
    const known = await tx.selectFrom("blob").select("sha256").where("tenant_id", "=", by.tenantId).where("sha256", "=", decree.file.sha256).executeTakeFirst();
    if (known === undefined) throw new Refused("mandate_needs_decree");
  }
  return decree;
};

const personExists = async (tx: Tx, personId: Id, by: Actor): Promise<boolean> => (await persons.store.find(tx, by.tenantId, personId)) !== undefined;

const beginHolding = async (tx: Tx, id: Id, holding: HoldingState, isCompetent: boolean, by: Actor): Promise<Done> => {
  const others = await lockHoldings(tx, by.tenantId, holding.positionId);
  const from = holding.since < by.at ? by.at : holding.since;
  const exists = (await personExists(tx, holding.personId, by)) && (await postById(tx, by.tenantId, holding.positionId, from)) !== undefined;
  await namingOverlaps(perform(tx, holdings.machine, id, { type: "begin", holding, others, exists, isCompetent }, by));
  return { id, status: isInForce(holding, by.at) ? "aktif" : "terjadwal" };
};

/** Enters an appointment from its decree. */
export const appoint = (isLetter: DecreeLetter) => async (tx: Tx, { id, personId, positionId, kind, since, until, decree }: Given<"organisation.appoint">, by: Actor): Promise<Done> => {
  const believed = await believedDecree(tx, decree, isLetter, by);
  return beginHolding(tx, id, { personId, positionId, kind, basis: basisOf(believed), since: moment(since), until: until === null ? null : moment(until), decree: believed, scope: null, ended: null }, false, by);
};

/** Ends an appointment; work that would be left with nobody keeps it. */
export const endHolding = async (tx: Tx, { id, at, reason }: Given<"organisation.endHolding">, by: Actor): Promise<Done> => {
  const held = (await holdings.store.find(tx, by.tenantId, id))?.state;
  const until = moment(at);
  const others = held == null ? [] : await lockHoldings(tx, by.tenantId, held.positionId);
  const isSucceeded = others.some((other) => isInForce(other, until) && other.personId !== held?.personId);
  const hasSuperior = held != null && (await superiorsOf(tx, by.tenantId, held.positionId, by.at)).length > 0;
  const waiting = held == null ? 0 : (await waitingAt(tx, by.tenantId, [held.positionId]))(held.positionId);
  // With a superior the work passes to him until there is a successor; at the top of the tree there is nobody else.
  await perform(tx, holdings.machine, id, { type: "end", at: until, reason, leavesNobody: waiting > 0 && !isSucceeded && !hasSuperior }, by);
  return { id, status: "berakhir" };
};

/** Passes a post from the holding that ends now to a successor, and ends the mandates named with it: one transaction of the hand-over's signature. */
export const handHolding = async (tx: Tx, given: { readonly positionId: Id; readonly holdingId: Id; readonly to: { readonly personId: Id }; readonly basis: string; readonly decree: Decree; readonly mandates: readonly Id[]; readonly reason: string }, by: Actor): Promise<void> => {
  await lockHoldings(tx, by.tenantId, given.positionId);
  for (const id of given.mandates) await perform(tx, holdings.machine, id, { type: "revoke", reason: given.reason, isCompetent: true }, by);
  const old = (await holdings.store.find(tx, by.tenantId, given.holdingId))?.state;
  if (old != null && isInForce(old, by.at)) await perform(tx, holdings.machine, given.holdingId, { type: "end", at: by.at, reason: given.reason, leavesNobody: false }, by);
  const others = await lockHoldings(tx, by.tenantId, given.positionId);
  // Entered by hand meanwhile: he holds it already.
  if (others.some((other) => other.kind === "definitif" && other.personId === given.to.personId && isInForce(other, by.at))) return;
  const holding: HoldingState = { personId: given.to.personId, positionId: given.positionId, kind: "definitif", basis: given.basis, since: by.at, until: null, decree: given.decree, scope: null, ended: null };
  await namingOverlaps(perform(tx, holdings.machine, idFrom(Date.parse(by.at), createHash("sha256").update(`${given.holdingId}/${given.to.personId}/${by.at}`).digest().subarray(0, 10)), { type: "begin", holding, others, exists: true, isCompetent: false }, by));
};

/** Gives a mandate: Plt. or Plh. to a person, a.n. or u.b. to the post below. */
export const giveMandate = (isLetter: DecreeLetter) => async (tx: Tx, input: Given<"mandates.give">, by: Actor): Promise<Done> => {
  const decree = await believedDecree(tx, input.decree, isLetter, by);
  // Earlier today counts from now on: nothing that was done before gets a right it had not.
  const since = moment(input.since) < by.at && moment(input.since) >= startOfDay(by.today, by.zone) ? by.at : moment(input.since);
  if (!("toId" in input)) {
    const holding = { personId: input.personId, positionId: input.positionId, kind: input.kind, basis: basisOf(decree), since, until: moment(input.until), decree, scope: input.scope, ended: null };
    return beginHolding(tx, input.id, holding, await isCompetentFor(tx, input.positionId, by), by);
  }
  const delegation = { kind: input.kind, fromId: input.positionId, toId: input.toId, basis: basisOf(decree), decree, scope: input.scope, since, until: input.until === null ? null : moment(input.until) };
  const [giver, receiver] = await Promise.all([input.positionId, input.toId].map((id) => postById(tx, by.tenantId, id, by.at)));
  const received = await delegationsTo(tx, by.tenantId, input.positionId);
  await perform(tx, delegations.machine, input.id, { type: "give", delegation, isGiver: by.positionId === giver?.id && by.asideFor === null, isBelow: receiver !== undefined && receiver.superiorId === input.positionId, received }, by);
  return { id: input.id, status: isInForce(delegation, by.at) ? "aktif" : "terjadwal" };
};

/** Revokes a mandate from now on; what was done under it stays valid. */
export const revokeMandate = async (tx: Tx, { id, reason }: Given<"mandates.revoke">, by: Actor): Promise<Done> => {
  const given = (await delegations.store.find(tx, by.tenantId, id))?.state;
  if (given != null) {
    await perform(tx, delegations.machine, id, { type: "revoke", reason, isCompetent: given.fromId === by.positionId || (await isCompetentFor(tx, given.fromId, by)) }, by);
    return { id, status: "dicabut" };
  }
  const held = (await holdings.store.find(tx, by.tenantId, id))?.state;
  if (held == null) throw new Refused("not_found");
  await perform(tx, holdings.machine, id, { type: "revoke", reason, isCompetent: await isCompetentFor(tx, held.positionId, by) }, by);
  return { id, status: "dicabut" };
};

/** Sets what the government decides for itself about authority. */
export const setPolicy = async (tx: Tx, given: Given<"organisation.setPolicy">, by: Actor): Promise<Done> => {
  const { strongEntry, emergencyMinutes } = await policyOf(tx, by.tenantId);
  const state = { ...given, emergencyMinutes: given.emergencyMinutes ?? emergencyMinutes, strongEntry: given.strongEntry ?? strongEntry };
  await perform(tx, policies.machine, by.tenantId, { type: "set", state }, by);
  return { id: by.tenantId, status: "berlaku" };
};
