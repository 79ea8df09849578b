import { createHash } from "node:crypto";
import type { contract, Parsed, Result } from "@lontar/contract";
import type { Prove } from "../access/index.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Steps } from "../kernel/http.ts";
import { startOfDay, type Id, type Instant } from "../kernel/ids.ts";
import { perform } from "../kernel/perform.ts";
import { assert, NotFound } from "../kernel/refusal.ts";
import { holderKeys, mayReadInside } from "../kernel/state.ts";
import { basisOf, believedDecree, isCompetentFor, isInForce, policyOf, postById, superiorsOf, unitName, type DecreeLetter } from "../organisation/index.ts";
import { decideEmergency, shortestReason, type EmergencyCommand, type Standing } from "./emergency.ts";
import type { Overseen } from "./look.ts";
import type { Part } from "./reading.ts";
import { alarmedFor, emergencyMachine, emergencyStore, holdersOf, inspectionMachine, inspectionStore, isReached, lettersNamed, lettersWithin, lockEmergencies, lockSecretReading, lookIdOf, lookMachine, overseeingKey, overseenLetter, readingIdOf, runsFor, secretReadingMachine, unnotedSecret } from "./store.ts";

type Contract = typeof contract;
type Given<Name extends keyof Contract> = Parsed<Contract[Name]>;
type Done = { readonly id: Id; readonly status: string };

const moment = (instant: Instant): Instant => new Date(instant).toISOString();

/** A superior gives an inspector's post a mandate of inspection. */
export const giveInspection = (isLetter: DecreeLetter) => async (tx: Tx, input: Given<"inspections.give">, by: Actor): Promise<Done> => {
  const decree = await believedDecree(tx, input.decree, isLetter, by);
  const post = await postById(tx, by.tenantId, input.positionId, by.at);
  if (post === undefined) throw new NotFound("position");
  const units: { id: Id; name: string }[] = [];
  for (const id of new Set(input.units)) {
    const name = await unitName(tx, by.tenantId, id, by.at);
    if (name === undefined) throw new NotFound("unit");
    units.push({ id, name });
  }
  // Earlier today counts from now on: nothing that was done before gets a right it had not.
  const since = moment(input.since) < by.at && moment(input.since) >= startOfDay(by.today, by.zone) ? by.at : moment(input.since);
  const reach = { units, types: [...new Set(input.types)], classifications: [...new Set(input.classifications)], from: input.from, to: input.to };
  const inspection = { positionId: post.id, positionTitle: post.title, purpose: input.purpose, decree, basis: basisOf(decree), reach, since, until: moment(input.until) };
  await perform(tx, inspectionMachine, input.id, { type: "give", inspection, isCompetent: await isCompetentFor(tx, post.id, by), isInspector: post.functions.includes("inspector") }, by);
  return { id: input.id, status: isInForce(inspection, by.at) ? "aktif" : "terjadwal" };
};

/** A superior of the inspector takes the mandate back from now on. */
export const revokeInspection = async (tx: Tx, { id, reason }: Given<"inspections.revoke">, by: Actor): Promise<Done> => {
  const state = (await inspectionStore.find(tx, by.tenantId, id))?.state;
  if (state == null) throw new NotFound("inspection");
  await perform(tx, inspectionMachine, id, { type: "revoke", reason, isCompetent: await isCompetentFor(tx, state.positionId, by) }, by);
  return { id, status: "dicabut" };
};

/** The inspector lists letters within reach. What he asked and how much he was shown is an event. */
export const searchInspection = async (tx: Tx, input: Given<"inspections.search">, by: Actor): Promise<Result<Contract["inspections.search"]>> => {
  const state = (await inspectionStore.find(tx, by.tenantId, input.id))?.state;
  if (state == null || state.positionId !== by.positionId) throw new NotFound("inspection");
  const found = isInForce(state, by.at) ? await lettersWithin(tx, by, input.id, { q: input.q, cursor: input.cursor ?? undefined, limit: input.limit }) : [];
  const shown = found.slice(0, input.limit);
  await perform(tx, inspectionMachine, input.id, { type: "search", q: input.q, found: shown.length }, by);
  return { items: shown.map(({ id, kind, number, date, party, subject, security, unit }) => ({ id, kind, number, date, party, subject, security, unit })), next: found.length > input.limit ? (shown.at(-1)?.place ?? null) : null };
};

const readUnderMandate = async (tx: Tx, inspectionId: Id, letterId: Id, part: Part, by: Actor): Promise<Overseen> => {
  const inspection = (await inspectionStore.find(tx, by.tenantId, inspectionId))?.state;
  if (inspection == null || inspection.positionId !== by.positionId) throw new NotFound("inspection");
  const letter = await overseenLetter(tx, by.tenantId, letterId);
  if (letter === undefined) throw new NotFound("letter");
  await perform(tx, lookMachine, lookIdOf(inspectionId, inspection, letterId), { type: "read", part, letter, inspectionId, inspection, isReached: await isReached(tx, by.tenantId, inspectionId, letterId, by.at) }, by);
  return letter;
};

/** The inspector opens one letter within reach: from this act on he may read it, as long as the mandate runs. */
export const lookUnderInspection = async (tx: Tx, input: Given<"inspections.look">, by: Actor): Promise<Result<Contract["inspections.look"]>> => {
  const { id, kind } = await readUnderMandate(tx, input.id, input.letterId, { what: "surat", sha256: null }, by);
  return { id, kind };
};

/** What a fresh proof for an emergency commits to: this letter, and this purpose. */
export const proofOf = (letterId: Id): string => createHash("sha256").update(`lontar/emergency/v1\n${letterId}`).digest("hex");

const standingOf = async (tx: Tx, holders: readonly Id[], by: Actor): Promise<Standing | null> => {
  for (const holder of holders) if ((await superiorsOf(tx, by.tenantId, holder, by.at)).some((post) => post.id === by.positionId)) return "atasan";
  if (by.functions.includes("inspector")) return "pengawas";
  return by.functions.includes("admin") ? "admin" : null;
};

/** Everything that the rule asks before a letter is opened in an emergency; nothing for a letter that nobody knows. */
const openingOf = async (tx: Tx, letter: Overseen, reason: string, by: Actor): Promise<Extract<EmergencyCommand, { type: "open" }> | undefined> => {
  const place = await holdersOf(tx, by.tenantId, letter);
  if (place === undefined) return undefined;
  const { alarmed, isHeard } = await alarmedFor(tx, by.tenantId, place, by.positionId, by.at);
  const minutes = (await policyOf(tx, by.tenantId)).emergencyMinutes;
  const isRunning = await runsFor(tx, by, letter.id);
  return { type: "open", letter, reason, standing: await standingOf(tx, place.holders, by), minutes, alarmed, isHeard, mayReadAnyway: !isRunning && (await mayReadInside(tx, letter.id, { ...by, oversight: [] })), isRunning };
};

/** May this actor open letters in an emergency at all? Superiors stand above somebody; the letter decides the rest. */
const mayAsk = (by: Actor): boolean => by.functions.some((name) => name === "inspector" || name === "admin" || name === "leader");

/** The letter that is meant, by its number or its address, with what would happen; of letters that are not his to open in an emergency nobody learns that they exist. */
export const findForEmergency = async (tx: Tx, { q }: Given<"emergencies.find">, by: Actor): Promise<Result<Contract["emergencies.find"]>> => {
  if (!mayAsk(by)) return [];
  const wanted = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/.exec(q)?.[0] ?? q.trim();
  const found: Result<Contract["emergencies.find"]> = [];
  for (const letter of await lettersNamed(tx, by.tenantId, wanted)) {
    const { date, unit, ...overseen } = letter;
    const opening = await openingOf(tx, overseen, "-".repeat(shortestReason), by);
    if (opening === undefined || opening.standing === null) continue;
    const decision = decideEmergency(null, opening, by);
    found.push({ ...overseen, date, unit, minutes: opening.minutes, alarmed: opening.alarmed.map((one) => one.title), standing: opening.standing, proof: proofOf(letter.id), refused: "refused" in decision ? decision.refused : null });
  }
  return found;
};

/** Opens a letter in an emergency, after a fresh proof for this very letter. In one transaction: the event, the right, and the alarm on every desk. */
export const openEmergency = (prove: Prove) => async (steps: Steps, input: Given<"emergencies.open">, by: Actor): Promise<Result<Contract["emergencies.open"]>> => {
  // 1 What will be refused anyway is refused before anyone types a password.
  const opening = await steps.transaction((tx) => openingFor(tx, input, by));
  const early = decideEmergency(null, opening, by);
  const check = "refused" in early ? undefined : await prove(by, proofOf(input.letterId), input.password);
  // 2 Everything is asked again under the lock, and decided. A crash before this leaves nothing open.
  return steps.finish(async (tx) => {
    await lockEmergencies(tx, by, input.letterId);
    await check?.(tx);
    const after = await perform(tx, emergencyMachine, input.id, await openingFor(tx, input, by), by);
    assert(after !== null, "an opened emergency exists");
    return { id: input.id, letterId: after.letterId, kind: after.kind, until: after.until };
  });
};

const openingFor = async (tx: Tx, input: Given<"emergencies.open">, by: Actor): Promise<Extract<EmergencyCommand, { type: "open" }>> => {
  const letter = mayAsk(by) ? await overseenLetter(tx, by.tenantId, input.letterId) : undefined;
  const opening = letter === undefined ? undefined : await openingOf(tx, letter, input.reason, by);
  if (opening === undefined || opening.standing === null) throw new NotFound("letter");
  return opening;
};

const ofEmergency = async (tx: Tx, id: Id, command: EmergencyCommand, by: Actor): Promise<Done> => {
  const state = (await emergencyStore.find(tx, by.tenantId, id))?.state;
  if (state == null || !(state.opener.personId === by.personId || state.alarmed.some((one) => one.positionId === by.positionId))) throw new NotFound("emergency");
  await perform(tx, emergencyMachine, id, command, by);
  return { id, status: command.type === "close" ? "ditutup" : "diketahui" };
};

/** A post that was alarmed says that it knows. */
export const acknowledgeEmergency = (tx: Tx, { id, note }: Given<"emergencies.acknowledge">, by: Actor): Promise<Done> => ofEmergency(tx, id, { type: "acknowledge", note }, by);

/** Its opener closes an emergency before its time. */
export const closeEmergency = (tx: Tx, { id }: Given<"emergencies.close">, by: Actor): Promise<Done> => ofEmergency(tx, id, { type: "close" }, by);

/** Records that a part of a letter was read by oversight alone. Whoever reads by a right of his own has nothing recorded here. */
export const recordReading = async (tx: Tx, letterId: Id, part: Part, by: Actor): Promise<void> => {
  const key = await overseeingKey(tx, by, letterId, holderKeys(by));
  if (key === undefined) return;
  const [kind, id] = key.split(":");
  if (id === undefined) return;
  if (kind === "inspection") await readUnderMandate(tx, id, letterId, part, by);
  else await perform(tx, emergencyMachine, id, { type: "read", part }, by);
};

/** Records that this person reads a secret letter today; asked before he is given anything of it. */
export const noteSecretReading = async (tx: Tx, letterId: Id, by: Actor): Promise<void> => {
  await lockSecretReading(tx, by, letterId);
  const letter = await unnotedSecret(tx, by, letterId);
  if (letter !== undefined) await perform(tx, secretReadingMachine, readingIdOf(by.personId, letterId), { type: "read", letter }, by);
};
