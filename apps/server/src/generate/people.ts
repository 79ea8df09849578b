import type { Actor, PostFunction } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { idFrom, localDate, type Id, type Zone } from "../kernel/ids.ts";
import { always, organisationKinds, officeOf, searchPosts, type Kind, type Post } from "../organisation/index.ts";
import type { Dice } from "./dice.ts";
import { tell, type Rows } from "./story.ts";
import { familyNames, givenNames } from "./words.ts";

/** Who works in one office: enough to let a letter take its whole way. */
export type Staffed = { readonly officeId: Id; readonly name: string; readonly head: Post; readonly deputy: Post; readonly clerk: Post; readonly middle: readonly Post[]; readonly staff: readonly Post[] };

/** A post's holder acting at a moment. */
export const actorIn = (tenantId: Id, zone: Zone, post: Post, at: string): Actor => {
  if (post.holder === null) throw new Error(`${post.title} is vacant`);
  return {
    tenantId, zone, at, today: localDate(at, zone), requestId: "generate",
    personId: post.holder.personId, personName: post.holder.name, positionId: post.id, positionTitle: post.title, unitId: post.unitId,
    holding: { id: post.holder.holdingId, kind: post.holder.kind, basis: post.holder.basis, scope: null }, asideFor: null, functions: post.functions,
  };
};

const { positions, persons, holdings } = organisationKinds;

/** Fills the offices of a government with people until `wanted` are there; answers every office that can work. */
export const staffOffices = async (tx: Tx, rows: Rows, dice: Dice, system: Actor, wanted: number, since: string): Promise<readonly Staffed[]> => {
  const existing = await searchPosts(tx, system.tenantId, "", system.at, 1_000_000);
  const top = existing.find((post) => post.role === "sekda") ?? existing[0];
  const unitRows = await tx.selectFrom("unit_period").select(["id", "name", "code", "facts"]).where("tenant_id", "=", system.tenantId).where("until", "is", null).orderBy("id").execute();
  const offices = unitRows.filter((unit) => unit.facts["letterhead"] !== null && unit.facts["kind"] !== "kepala daerah");
  const made: Post[] = [];
  const add = (unit: { readonly id: Id; readonly code: string; readonly name: string }, title: string, role: string, superiorId: Id | null, functions: readonly PostFunction[]): Post => {
    const by = { ...system, at: since };
    const id = (): Id => idFrom(Date.parse(since), dice.bytes(10));
    const [personId, positionId, holdingId] = [id(), id(), id()];
    const name = `${dice.pick(givenNames)} ${dice.pick(familyNames)}`;
    const say = <State, Command, Event extends { readonly type: string }>(kind: Kind<State, Command, Event>, thing: Id, command: Command): void => {
      const story = tell(rows, dice, kind.machine, kind.store, thing, null);
      story.say(command, by);
      story.end(system.tenantId);
    };
    const facts = { unitId: unit.id, title, shortTitle: title, superiorId, role, functions, order: 1000 + made.length };
    const held = { kind: "definitif" as const, basis: null, since, until: null };
    say(persons, personId, { type: "define", state: { name, nip: null, rank: null, email: null } });
    say(positions, positionId, { type: "define", id: positionId, facts, since: always, basis: null, above: [], hasUnit: true });
    say(holdings, holdingId, { type: "begin", holding: { personId, positionId, ...held, decree: null, scope: null, ended: null }, others: [], exists: true, isCompetent: true });
    const post: Post = { id: positionId, title, shortTitle: title, role, functions, superiorId, unitId: unit.id, unitCode: unit.code, unitName: unit.name, holder: { holdingId, personId, name, nip: null, rank: null, ...held, scope: null }, aside: null };
    made.push(post);
    return post;
  };
  // Asked once a unit, not once a post and office: thousands of people work in dozens of units.
  const officeIds = new Map<Id, Id | undefined>();
  for (const { unitId } of existing) if (!officeIds.has(unitId)) officeIds.set(unitId, (await officeOf(tx, system.tenantId, unitId, system.at))?.unitId);
  const staffed: Staffed[] = [];
  for (const unit of offices) {
    const here = existing.filter((post) => officeIds.get(post.unitId) === unit.id);
    const find = (role: string): Post | undefined => here.find((post) => post.role === role && post.holder !== null);
    const room = existing.length + made.length + 5 <= Math.max(wanted, existing.length);
    const registrar = here.find((post) => post.functions.includes("registrar") && post.unitId === unit.id);
    const head = here.find((post) => post.functions.includes("signer") && post.unitId === unit.id) ?? (room ? add(unit, `Kepala ${unit.name}`, "kepala", top?.id ?? null, ["leader", "signer"]) : undefined);
    if (head === undefined || (registrar === undefined && !room)) continue;
    const clerk = registrar ?? add(unit, `Pengadministrasi Persuratan ${unit.name}`, "tata_usaha", head.id, ["registrar", "archivist"]);
    const deputy = find("sekretaris") ?? (room ? add(unit, `Sekretaris ${unit.name}`, "sekretaris", head.id, ["leader"]) : clerk);
    const middle = here.filter((post) => post.role === "kepala_bidang" && post.superiorId === deputy.id);
    if (middle.length === 0 && room) middle.push(add(unit, `Kepala Bidang Program ${unit.name}`, "kepala_bidang", deputy.id, ["leader"]));
    const [first] = middle;
    const staff = first === undefined ? [] : here.filter((post) => post.superiorId === first.id && post.holder !== null);
    if (first !== undefined && staff.length === 0 && room) staff.push(add(unit, `Staf Program 1 ${unit.name}`, "staf", first.id, []));
    if (first !== undefined && staff.length > 0) staffed.push({ officeId: unit.id, name: unit.name, head, deputy, clerk, middle: [first], staff });
  }
  // Whoever is still wanted joins the offices in turn.
  for (let turn = 0; staffed.length > 0 && existing.length + made.length < wanted; turn += 1) {
    const office = staffed[turn % staffed.length];
    const [chief] = office?.middle ?? [];
    const unit = unitRows.find((candidate) => candidate.id === office?.officeId);
    if (office === undefined || chief === undefined || unit === undefined) break;
    const more: Post[] = [...office.staff];
    more.push(add(unit, `Staf Program ${more.length + 1} ${unit.name}`, "staf", chief.id, []));
    staffed[turn % staffed.length] = { ...office, staff: more };
  }
  return staffed;
};
