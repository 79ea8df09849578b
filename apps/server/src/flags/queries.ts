import type { contract, Parsed, Result } from "@lontar/contract";
import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id, Zone } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { tell } from "../letters/index.ts";
import { postsById } from "../organisation/index.ts";
import { mayFinding, type FindingState } from "./finding.ts";
import { mostDays, type Flag, type Told } from "./flag.ts";
import { flagOf, flags } from "./registry.ts";
import { mayNotSet } from "./rule.ts";
import { actsNamed, countsFor, findingsFor, findingStore, historyOf, lastSearch, lookedOf, mandatesOf, measureOf, rulesOf } from "./store.ts";

type Contract = typeof contract;
type List = Result<Contract["flags.list"]>;
type View = Result<Contract["flags.look"]>;
type Kinds = Result<Contract["flags.kinds"]>;

const none = { perlu_dijelaskan: 0, menunggu_jawaban: 0, dijawab: 0, sudah_jelas: 0, gugur: 0 } as const;
const nameless = { id: "", en: "" } as const;

/** What the kind says of a finding. A kind that is no longer there leaves the finding with its code. */
export const toldOf = (state: FindingState, zone: Zone): Told => flagOf(state.code)?.tell(state.facts, zone) ?? { title: { id: state.code, en: state.code }, about: nameless, sentence: nameless, letter: [], gap: null };

const itemOf = (id: Id, state: FindingState, unit: string | null, by: Actor): List["items"][number] => {
  const { title, about } = toldOf(state, by.zone);
  return {
    id, code: state.code, status: state.status, title, about, at: state.at, found: state.raised,
    unit: state.place.unitId === null ? null : { id: state.place.unitId, name: unit ?? "" },
    letter: state.letter === null ? null : { id: state.letter.id, kind: state.letter.kind, number: state.letter.number },
    asked: state.question === null ? null : { post: state.question.post, due: state.question.due, late: state.status === "menunggu_jawaban" && state.question.due < by.at },
  };
};

const runningOf = async (tx: Tx, by: Actor): Promise<List["running"]> => {
  const asked = await lastSearch(tx, by.tenantId);
  return asked === null ? null : { ...asked, of: flags.length };
};

/** What does not fit within reach of this inspector's mandates. */
export const findings = async (tx: Tx, input: Parsed<Contract["flags.list"]>, by: Actor): Promise<List> => {
  if (!hasFunction(by, "inspector")) throw new Refused("not_yours");
  const rows = await findingsFor(tx, { ...input, limit: input.limit + 1 }, by);
  const shown = rows.slice(0, input.limit);
  const looked = [...(await lookedOf(tx, by.tenantId)).values()];
  const counts: List["counts"] = { ...none };
  for (const { status, n } of await countsFor(tx, by, "reach")) counts[status] += n;
  return {
    items: shown.map(({ id, state, unit }) => itemOf(id, state, unit, by)),
    next: rows.length > input.limit ? (shown.at(-1)?.place ?? null) : null,
    counts,
    mandates: [...(await mandatesOf(tx, by))],
    // The list is as new as the kind that has looked least far.
    last: looked.length === 0 ? null : { at: looked.map(({ at }) => at).toSorted()[0] ?? "", seen: Math.min(...looked.map(({ seen }) => seen)) },
    running: await runningOf(tx, by),
    may: ["run", ...(mayNotSet(by) === undefined ? ["set" as const] : [])],
  };
};

// Evidence that is longer is a report, not a page.
const mostActs = 60;

/** One finding whole: words, picture, evidence with its places in the log, and what has been said about it. */
export const findingView = async (tx: Tx, id: Id, state: FindingState, by: Actor): Promise<View> => {
  const flag = flagOf(state.code);
  const told = toldOf(state, by.zone);
  const acts = await actsNamed(tx, by.tenantId, state.evidence.slice(-mostActs));
  const posts = await postsById(tx, by.tenantId, state.posts, by.at);
  const leafOf = (index: string | null): number | null => (index === null ? null : Number(index));
  return {
    ...itemOf(id, state, await unitNamed(tx, id, by), by),
    sentence: told.sentence, rule: flag?.rule ?? nameless, innocent: flag?.innocent ?? nameless, missing: flag?.missing ?? nameless,
    measure: flag === undefined ? [] : Object.entries(flag.parameters).map(([name, parameter]) => {
      const value = state.measure[name] ?? parameter.standard;
      return typeof value === "number" ? { label: parameter.label, value: String(value), unit: parameter.kind === "angka" ? parameter.unit : nameless } : { label: parameter.label, value: String(value.length), unit: { id: "hari", en: "days" } };
    }),
    timeline: {
      letter: [...told.letter], gap: told.gap,
      log: acts.map((row) => ({ label: tell(row.type, row.body).sentence, at: row.at.toISOString(), eventId: row.event_id, leafIndex: leafOf(row.leaf_index) })),
    },
    acts: acts.map((row) => ({ eventId: row.event_id, at: row.at.toISOString(), person: row.who?.person ?? "(dihapus)", post: row.who?.position ?? "", type: row.type, sentence: tell(row.type, row.body).sentence, subjectId: row.subject_id, leafIndex: leafOf(row.leaf_index) })),
    isCut: state.evidence.length > mostActs,
    posts: state.posts.flatMap((postId) => posts.get(postId) ?? []).map((post) => ({ id: post.id, title: post.title, holder: post.holder?.name ?? null })),
    question: state.question === null ? null : { post: state.question.post, text: state.question.text, due: state.question.due, by: state.question.by, at: state.question.at },
    answer: state.answer, closed: state.closed,
    history: (await historyOf(tx, by.tenantId, id)).map((row) => ({ at: row.at.toISOString(), person: row.who?.person ?? "", post: row.who?.position ?? "", ...tell(row.type, row.body) })),
    may: [...mayFinding(state, by)],
  };
};

const unitNamed = async (tx: Tx, id: Id, by: Actor): Promise<string | null> => (await findingsFor(tx, { limit: 1, id }, by))[0]?.unit ?? null;

/** What a post was asked, for whoever holds it. */
export const question = async (tx: Tx, { id }: Parsed<Contract["flags.question"]>, by: Actor): Promise<Result<Contract["flags.question"]>> => {
  const state = (await findingStore.find(tx, by.tenantId, id))?.state;
  if (state?.question == null || state.question.positionId !== by.positionId) throw new NotFound("finding");
  const { title, sentence } = toldOf(state, by.zone);
  const { text, by: askedBy, due, at } = state.question;
  return {
    id, title, sentence, at, text, askedBy, due, late: state.status === "menunggu_jawaban" && due < by.at,
    answer: state.answer === null ? null : { person: state.answer.person, text: state.answer.text, at: state.answer.at },
    may: state.status === "menunggu_jawaban" && by.asideFor === null ? ["answer"] : [],
  };
};

/** The kinds of red flags with their measures, for whoever inspects. */
export const kinds = async (tx: Tx, _input: unknown, by: Actor): Promise<Kinds> => {
  if (!hasFunction(by, "inspector")) throw new Refused("not_yours");
  const [rules, looked, counted] = [await rulesOf(tx, by.tenantId), await lookedOf(tx, by.tenantId), await countsFor(tx, by, "government")];
  const item = (flag: Flag): Kinds["items"][number] => {
    const rule = rules.get(flag.code);
    const measure = measureOf(flag, rule);
    const last = looked.get(flag.code);
    const counts: Kinds["items"][number]["counts"] = { ...none };
    for (const { code, status, n } of counted) if (code === flag.code) counts[status] += n;
    return {
      code: flag.code, name: flag.name, rule: flag.rule, innocent: flag.innocent, missing: flag.missing, isOn: rule?.isOn ?? true, counts,
      parameters: Object.entries(flag.parameters).map(([name, parameter]) => ({
        name, label: parameter.label, value: plain(measure[name] ?? parameter.standard), standard: plain(parameter.standard),
        ...(parameter.kind === "angka" ? { unit: parameter.unit, least: parameter.least, most: parameter.most } : { unit: nameless, least: 0, most: mostDays }),
      })),
      last: last === undefined ? null : { at: last.at, seen: last.seen, left: last.more },
      changes: (rule?.changes ?? []).toReversed().map(({ measure: values, ...change }) => ({ ...change, values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)])) })),
    };
  };
  return { items: flags.map(item), mayNot: mayNotSet(by) ?? null };
};

const plain = (value: number | readonly string[]): number | string[] => (typeof value === "number" ? value : [...value]);
