import type { Actor } from "../../kernel/actor.ts";
import { inSavepoint, type Tx } from "../../kernel/db.ts";
import type { Id, Instant } from "../../kernel/ids.ts";
import { enqueue } from "../../kernel/jobs.ts";
import { performAll, type Act } from "../../kernel/perform.ts";
import { Refused } from "../../kernel/refusal.ts";
import type { Seal } from "../../kernel/seal.ts";
import { namedTaken, namingOverlaps } from "../commands.ts";
import type { Decree } from "../dated.ts";
import type { HoldingCommand } from "../holding.ts";
import { isInForce } from "../mandate.ts";
import { identityNews, type PersonCommand } from "../person.ts";
import type { PositionCommand } from "../position.ts";
import { lockAllHoldings, organisationKinds, waitingAt } from "../store.ts";
import type { UnitCommand } from "../unit.ts";
import type { Change } from "./plan.ts";
import { keepNiks, namesOf, spansOf, treeAt } from "./store.ts";

type Of<Type extends Change["type"]> = Extract<Change, { readonly type: Type }>;

/** What applying needs: from when on units and posts are so, on what decree, and who is told how far it is. */
export type Applying = { readonly at: Instant; readonly decree: Decree | null; readonly seal: Seal; readonly onDone: (count: number) => Promise<void> };

const atOnce = 500;

/**
 * Makes all changes of a plan, through the machines of the commands that a person would use. What each command asks the database one by
 * one is read here for all; what one row changes in it, the next row finds changed.
 */
export const applyChanges = async (tx: Tx, changes: readonly Change[], applying: Applying, by: Actor): Promise<void> => {
  const only = <Type extends Change["type"]>(type: Type): readonly Of<Type>[] => changes.filter((change): change is Of<Type> => change.type === type);
  await inParts(tx, await unitActs(tx, only("unit"), applying, by), applying, (acts) => namingOverlaps(performAll(tx, organisationKinds.units.machine, acts, by)));
  await inParts(tx, await postActs(tx, only("post"), applying, by), applying, (acts) => namingOverlaps(performAll(tx, organisationKinds.positions.machine, acts, by)));
  await definePeople(tx, only("person"), applying, by);
  const [ends, begins] = [only("end"), only("begin")];
  await inParts(tx, await endActs(tx, ends, by), applying, (acts) => performAll(tx, organisationKinds.holdings.machine, acts, by));
  await inParts(tx, await beginActs(tx, begins, by), applying, (acts) => namingOverlaps(performAll(tx, organisationKinds.holdings.machine, acts, by)));
};

const inParts = async <Command>(tx: Tx, acts: readonly Act<Command>[], { onDone }: Applying, perform: (part: readonly Act<Command>[]) => Promise<void>): Promise<void> => {
  for (let start = 0; start < acts.length; start += atOnce) {
    const part = acts.slice(start, start + atOnce);
    await namingRow(tx, part, perform);
    await onDone(part.length);
  }
};

/**
 * What a constraint of the database refuses names no row: the part is undone and halved until one row is left that is refused. Rows before it stand by
 * then, so that of two that clash the later one is named, as the one to mend.
 */
const namingRow = async <Command>(tx: Tx, part: readonly Act<Command>[], perform: (part: readonly Act<Command>[]) => Promise<void>): Promise<void> => {
  try {
    await inSavepoint(tx, () => perform(part));
  } catch (error) {
    if (!(error instanceof Refused) || "row" in error.facts) throw error;
    if (part.length === 1) throw new Refused(error.code, part[0]?.facts);
    const half = Math.floor(part.length / 2);
    await namingRow(tx, part.slice(0, half), perform);
    await namingRow(tx, part.slice(half), perform);
  }
};

const place = ({ sheet, row }: Change): { readonly sheet: string; readonly row: number } => ({ sheet, row });

// As deep as the commands look themselves (`unitsAbove`, `postsAbove`); a tree that is deeper is refused by the plan.
const deepest = 30;

/** The thing and all above it; null when there is none such, empty for nothing at all. */
const chain = (tree: ReadonlyMap<Id, Id | null>, from: Id | null): readonly Id[] | null => {
  if (from === null) return [];
  if (!tree.has(from)) return null;
  const above: Id[] = [];
  for (let at: Id | null = from; at !== null && tree.has(at) && above.length <= deepest; at = tree.get(at) ?? null) above.push(at);
  return above;
};

const unitActs = async (tx: Tx, changes: readonly Of<"unit">[], { at, decree }: Applying, by: Actor): Promise<readonly Act<UnitCommand>[]> => {
  if (changes.length === 0) return [];
  const tree = await treeAt(tx, by.tenantId, "unit", at);
  return changes.map((change) => {
    const above = chain(tree, change.facts.parentId);
    tree.set(change.id, change.facts.parentId);
    return { id: change.id, facts: place(change), command: { type: "define", id: change.id, facts: change.facts, since: at, basis: decree, above } };
  });
};

const postActs = async (tx: Tx, changes: readonly Of<"post">[], { at, decree }: Applying, by: Actor): Promise<readonly Act<PositionCommand>[]> => {
  if (changes.length === 0) return [];
  const units = await treeAt(tx, by.tenantId, "unit", at);
  const tree = await treeAt(tx, by.tenantId, "position", at);
  return changes.map((change) => {
    const above = chain(tree, change.facts.superiorId);
    tree.set(change.id, change.facts.superiorId);
    return { id: change.id, facts: place(change), command: { type: "define", id: change.id, facts: change.facts, since: at, basis: decree, above, hasUnit: units.has(change.facts.unitId) } };
  });
};

const definePeople = async (tx: Tx, changes: readonly Of<"person">[], applying: Applying, by: Actor): Promise<void> => {
  const acts = changes.map((change): Act<PersonCommand> => ({ id: change.id, facts: place(change), command: { type: "define", state: change.state, nikChanged: change.nik !== undefined } }));
  const news = new Map(changes.map(({ id, before, state }) => [id, identityNews(id, before, state, by)] as const));
  const sealed = new Map(changes.flatMap(({ id, nik }) => (nik === undefined ? [] : [[id, { id, sealed: applying.seal.close(`nik/${id}`, Buffer.from(nik, "utf8")), keyed: applying.seal.keyed("nik", nik) }] as const])));
  await inParts(tx, acts, applying, async (part) => {
    try {
      await performAll(tx, organisationKinds.persons.machine, part, by);
      await enqueue(tx, by.tenantId, part.flatMap(({ id }) => news.get(id) ?? []));
      await keepNiks(tx, by.tenantId, part.flatMap(({ id }) => sealed.get(id) ?? []));
    } catch (error) {
      throw namedTaken(error);
    }
  });
};

const endActs = async (tx: Tx, changes: readonly Of<"end">[], by: Actor): Promise<readonly Act<HoldingCommand>[]> => {
  if (changes.length === 0) return [];
  const posts = changes.map((change) => change.positionId);
  const standing = new Map([...(await lockAllHoldings(tx, by.tenantId, posts))].map(([post, held]) => [post, [...held]]));
  const tree = await treeAt(tx, by.tenantId, "position", by.at);
  const waiting = await waitingAt(tx, by.tenantId, [...new Set(posts)]);
  return changes.map((change) => {
    const at = change.until < by.at ? by.at : change.until;
    const others = standing.get(change.positionId) ?? [];
    const held = others.find((other) => other.id === change.id);
    const isSucceeded = others.some((other) => isInForce(other, at) && other.personId !== held?.personId);
    const hasSuperior = (chain(tree, tree.get(change.positionId) ?? null) ?? []).length > 0;
    standing.set(change.positionId, others.map((other) => (other.id === change.id ? { ...other, until: at } : other)));
    return { id: change.id, facts: place(change), command: { type: "end", at, reason: change.reason, leavesNobody: waiting(change.positionId) > 0 && !isSucceeded && !hasSuperior } };
  });
};

const beginActs = async (tx: Tx, changes: readonly Of<"begin">[], by: Actor): Promise<readonly Act<HoldingCommand>[]> => {
  if (changes.length === 0) return [];
  const posts = changes.map((change) => change.holding.positionId);
  const standing = new Map([...(await lockAllHoldings(tx, by.tenantId, posts))].map(([post, held]) => [post, [...held]]));
  const spans = await spansOf(tx, by.tenantId, posts);
  const names = await namesOf(tx, by.tenantId, changes.map((change) => change.holding.personId));
  return changes.map((change) => {
    const { holding } = change;
    const others = standing.get(holding.positionId) ?? [];
    const from = holding.since < by.at ? by.at : holding.since;
    const name = names.get(holding.personId);
    const exists = name !== undefined && (spans.get(holding.positionId) ?? []).some((span) => isInForce(span, from));
    standing.set(holding.positionId, [...others, { id: change.id, personId: holding.personId, kind: holding.kind, since: holding.since, until: holding.until, name: name ?? "" }]);
    return { id: change.id, facts: place(change), command: { type: "begin", holding, others, exists, isCompetent: false } };
  });
};
