import type { contract, Parsed, Result } from "@lontar/contract";
import type { Json } from "@lontar/ledger";
import { letterType } from "@lontar/naskah";
import type pg from "pg";
import { evidenceOf, growthSince, logAfter, type Evidence } from "../audit/index.ts";
import type { Actor } from "../kernel/actor.ts";
import { writeCsv } from "../kernel/csv.ts";
import { inTenant, type Database, type Tx } from "../kernel/db.ts";
import { committedText } from "../kernel/events.ts";
import type { FileAnswer, Steps } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { perform } from "../kernel/perform.ts";
import { assert, NotFound, Refused } from "../kernel/refusal.ts";
import { unitName } from "../organisation/index.ts";
import { inspectionMachine, inspectionStore, mayUse, type InspectionState } from "../oversight/index.ts";
import { groupOf, groups, type ActFilter, type ActGroup } from "./acts.ts";
import { actsById, answer, headOf, openedAct, unitsOfToday, type Sentence } from "./queries.ts";
import { actWords, asksForLetter, columnsOf, letterWords, reportWords, type Question, type ReportInput, type ReportRow } from "./report.ts";
import { decideSample, longestPopulation, statusOf, type LetterFilter, type SampleState } from "./sample.ts";
import { insertMembers, labelsOf, lettersMeant, lockEventOf, membersOf, mostLetters, populationOf, reachedAmong, sampleMachine, samplesOf, sampleStore, savedQueriesFor, savedQueryMachine, walkActs, type ActRow } from "./store.ts";

type Contract = typeof contract;
type Given<Name extends keyof Contract> = Parsed<Contract[Name]>;
type Answer<Name extends keyof Contract> = Result<Contract[Name]>;
type Done = { readonly id: Id; readonly status: string };

/** What the room works with. `pool` is the owner's: proofs are made from all leaves. */
export type Inquiry = { readonly db: Database; readonly pool: pg.Pool; readonly sentence: Sentence; readonly verifierKey: (tenantId: Id) => Promise<string> };

const mandateOf = async (tx: Tx, id: Id, by: Actor): Promise<InspectionState> => {
  const state = (await inspectionStore.find(tx, by.tenantId, id))?.state;
  if (state == null || state.positionId !== by.positionId) throw new NotFound("inspection");
  return state;
};

/** Nothing is looked for under a mandate that does not run; what was asked and how much was shown is an event of it. */
const underMandate = async <T>(tx: Tx, id: Id, by: Actor, work: (mandate: InspectionState) => Promise<{ readonly as: "traced" | "reported" | "exported"; readonly words: string; readonly found: number; readonly result: T }>): Promise<T> => {
  const mandate = await mandateOf(tx, id, by);
  const refused = mayUse(mandate, by);
  if (refused !== undefined) throw new Refused(refused);
  const { as, words, found, result } = await work(mandate);
  await perform(tx, inspectionMachine, id, { type: "use", as, words: words.slice(0, 500), found }, by);
  return result;
};

const nameOfUnit = async (tx: Tx, by: Actor, id: Id | null): Promise<string | null> => {
  if (id === null) return null;
  const name = await unitName(tx, by.tenantId, id, by.at);
  if (name === undefined) throw new NotFound("unit");
  return name;
};

// Of a secret letter a trail names the act alone: its words name files, dossiers and senders (domain §1.8).
const closed = { id: "melakukan tindakan atas surat rahasia; kata-katanya tertutup.", en: "did something to a secret letter; the words are closed." } as const;

const actView = (sentence: Sentence) => (row: ActRow): Answer<"inquiry.acts">["items"][number] => ({
  eventId: row.eventId, at: row.at, person: row.who?.person ?? "(dihapus)", post: row.who?.position ?? "", holding: row.who?.holding ?? "definitif", type: row.type, group: groupOf(row.type),
  sentence: row.letter !== null && (row.letter.security === "R" || row.letter.security === "SR") ? closed : sentence(row.type, row.body), subjectId: row.subjectId, letter: row.letter, leafIndex: row.leafIndex,
});

/** Lists acts under a mandate, newest first. */
export const traceActs = (deps: Inquiry) => (tx: Tx, { id, filter, cursor, limit }: Given<"inquiry.acts">, by: Actor): Promise<Answer<"inquiry.acts">> =>
  underMandate(tx, id, by, async () => {
    const unit = await nameOfUnit(tx, by, filter.unitId);
    const letters = filter.letter === "" ? null : await lettersMeant(tx, by, id, filter.letter);
    const walk = await walkActs(tx, by, id, { filter, letters: letters?.slice(0, mostLetters) ?? null, cursor, limit });
    const result = { items: walk.acts.map(actView(deps.sentence)), next: walk.next, searchedTo: walk.walkedTo, letters: letters === null ? null : { count: Math.min(letters.length, mostLetters), isCut: letters.length > mostLetters } };
    return { as: "traced", words: actWords(filter, unit), found: walk.acts.length, result };
  });

// A spreadsheet of more rows is read by nobody; who needs more narrows the time and takes several.
const mostActsInFile = 10_000;
const actsAtOnce = 500;

const csvFile = (name: string, text: string): FileAnswer => ({ bytes: new TextEncoder().encode(text), mediaType: "text/csv; charset=utf-8", name, inline: false });

/** The same as a file, all pages of it; taking it out of the house is an event before it leaves. */
export const actsFile = (deps: Inquiry) => async (_tx: Tx, input: Given<"inquiry.actsFile">, by: Actor): Promise<() => Promise<FileAnswer>> => async () => {
  const filter = parsedFilter(input);
  const acts = await inTenant(deps.db, by.tenantId, (tx) =>
    underMandate(tx, input.id, by, async () => {
      const unit = await nameOfUnit(tx, by, filter.unitId);
      const letters = filter.letter === "" ? null : (await lettersMeant(tx, by, input.id, filter.letter)).slice(0, mostLetters);
      const found: ActRow[] = [];
      for (let cursor: Id | null | undefined; cursor !== null && found.length < mostActsInFile; ) {
        const walk = await walkActs(tx, by, input.id, { filter, letters, cursor: cursor ?? null, limit: Math.min(actsAtOnce, mostActsInFile - found.length) });
        found.push(...walk.acts);
        cursor = walk.next;
      }
      return { as: "exported", words: `daftar tindakan (${actWords(filter, unit)})`, found: found.length, result: found.map(actView(deps.sentence)) };
    }));
  const header = ["Waktu (UTC)", "Nama", "Jabatan", "Selaku", "Tindakan", "Nomor surat", "Nomor log", "Nomor peristiwa"];
  return csvFile(`telusur-${by.today}.csv`, writeCsv(header, acts.map((act) => [act.at, act.person, act.post, act.holding, act.sentence.id, act.letter?.number ?? "", act.leafIndex === null ? "" : String(act.leafIndex), act.eventId])));
};

const isGroup = (text: string): text is ActGroup => Object.hasOwn(groups, text);

const parsedFilter = (input: Given<"inquiry.actsFile">): ActFilter => ({ person: input.person, post: input.post, unitId: input.unitId ?? null, from: input.from ?? null, to: input.to ?? null, acts: input.acts.filter(isGroup), letter: input.letter });

const inspectorOnly = (by: Actor): void => {
  if (!by.functions.includes("inspector")) throw new Refused("not_yours");
};

/** What an inspector chooses from. */
export const choices = async (tx: Tx, _input: unknown, by: Actor): Promise<Answer<"inquiry.choices">> => {
  inspectorOnly(by);
  return { units: [...(await unitsOfToday(tx, by))] };
};

/** Saved searches of the post, and those that the inspectorate shares. */
export const savedQueries = async (tx: Tx, _input: unknown, by: Actor): Promise<Answer<"inquiry.queries">> => {
  inspectorOnly(by);
  return (await savedQueriesFor(tx, by)).map(({ id, state }) => ({ id, name: state.name, query: state.query, shared: state.shared, post: state.post, by: state.by, at: state.at, may: state.positionId === by.positionId && by.asideFor === null ? ["change" as const, "remove" as const] : [] }));
};

/** Keeps a search. */
export const saveQuery = async (tx: Tx, { id, name, query, shared }: Given<"inquiry.saveQuery">, by: Actor): Promise<Done> => {
  await perform(tx, savedQueryMachine, id, { type: "save", name, query, shared }, by);
  return { id, status: "tersimpan" };
};

/** Names and shares a search anew. */
export const changeQuery = async (tx: Tx, { id, name, shared }: Given<"inquiry.changeQuery">, by: Actor): Promise<Done> => {
  await perform(tx, savedQueryMachine, id, { type: "change", name, shared }, by);
  return { id, status: "tersimpan" };
};

/** Gives a search up. */
export const removeQuery = async (tx: Tx, { id }: Given<"inquiry.removeQuery">, by: Actor): Promise<Done> => {
  await perform(tx, savedQueryMachine, id, { type: "remove" }, by);
  return { id, status: "dihapus" };
};

const wordsOfLetters = async (tx: Tx, by: Actor, filter: LetterFilter): Promise<string> => letterWords(filter, { unit: await nameOfUnit(tx, by, filter.unitId), types: filter.types.map((code) => letterType(code)?.title ?? code) });

const shownFirst = 5;

/** Counts what a population would hold, before it is locked. */
export const countPopulation = async (tx: Tx, { id, filter }: Given<"inquiry.population">, by: Actor): Promise<Answer<"inquiry.population">> =>
  underMandate(tx, id, by, async () => {
    const members = await populationOf(tx, by, id, filter);
    const newest = await reachedAmong(tx, by, id, members.slice(-shownFirst));
    const first = [...newest.values()].toSorted((one, other) => (one.id < other.id ? 1 : -1)).map(({ id: letterId, kind, number, subject, security }) => ({ id: letterId, kind, number, subject, security }));
    return { as: "traced", words: `menghitung populasi: ${await wordsOfLetters(tx, by, filter)}`, found: members.length, result: { members: Math.min(members.length, longestPopulation), isTooMany: members.length > longestPopulation, first } };
  });

/** Freezes a list. The hash that stands in the event is that of the list that is kept beside it, in one transaction. */
export const lockSample = async (tx: Tx, input: Given<"inquiry.lockSample">, by: Actor): Promise<Done> => {
  const inspection = await mandateOf(tx, input.id, by);
  const members = mayUse(inspection, by) === undefined ? await populationOf(tx, by, input.id, input.filter) : [];
  const { title, filter, count, source } = input;
  await perform(tx, sampleMachine, input.sampleId, { type: "lock", inspection, inspectionId: input.id, title, filter, words: await wordsOfLetters(tx, by, filter), members, count, source }, by);
  await insertMembers(tx, by.tenantId, input.sampleId, members);
  return { id: input.sampleId, status: "terkunci" };
};

const sampleOf = async (tx: Tx, id: Id, by: Actor): Promise<{ readonly state: SampleState; readonly inspection: InspectionState }> => {
  const state = (await sampleStore.find(tx, by.tenantId, id))?.state;
  if (state == null || state.positionId !== by.positionId) throw new NotFound("sample");
  return { state, inspection: await mandateOf(tx, state.inspectionId, by) };
};

/** Draws the letters, by the fact that is known now and the log as it stood right after the lock. */
export const drawSample = (deps: Inquiry) => async (steps: Steps, { id, value }: Given<"inquiry.drawSample">, by: Actor): Promise<Done> => {
  // 1 The log is read outside the transaction: what stood in it then stands in it for ever.
  const lock = await steps.transaction(async (tx) => {
    await sampleOf(tx, id, by);
    return lockEventOf(tx, by.tenantId, id);
  });
  const after = lock === undefined ? undefined : await logAfter(deps.pool, by.tenantId, lock);
  // 2 Everything is decided under the lock of the row. A crash before this leaves the list locked and undrawn.
  return steps.finish(async (tx) => {
    const { inspection } = await sampleOf(tx, id, by);
    const ids = await membersOf(tx, by.tenantId, id);
    const labels = await labelsOf(tx, by.tenantId, ids);
    const members = ids.map((letterId) => labels.get(letterId) ?? { id: letterId, kind: "surat" as const, number: "" });
    await perform(tx, sampleMachine, id, { type: "draw", inspection, value, members, tree: after === undefined ? null : { size: after.size, root: after.root } }, by);
    return { id, status: "diundi" };
  });
};

/** Says what was found in one sampled letter. */
export const judge = async (tx: Tx, { id, letterId, verdict, note }: Given<"inquiry.judge">, by: Actor): Promise<Done> => {
  const { inspection } = await sampleOf(tx, id, by);
  const after = await perform(tx, sampleMachine, id, { type: "judge", inspection, letterId, verdict, note }, by);
  assert(after !== null, "a judged sample exists");
  return { id, status: statusOf(after) };
};

/** Gives a sample up, with the reason. */
export const abandonSample = async (tx: Tx, { id, reason }: Given<"inquiry.abandonSample">, by: Actor): Promise<Done> => {
  const { inspection } = await sampleOf(tx, id, by);
  await perform(tx, sampleMachine, id, { type: "abandon", inspection, reason }, by);
  return { id, status: "ditinggalkan" };
};

const allowed = (decision: ReturnType<typeof decideSample>): boolean => "events" in decision && decision.events.length > 0;

const sampleView = (id: Id, state: SampleState, inspection: InspectionState | undefined, leafIndex: number | null, by: Actor): Answer<"inquiry.samples">[number] => {
  const verdicts = Object.values(state.verdicts);
  const letters = state.drawn?.letters.length ?? 0;
  const isOpen = inspection !== undefined && mayUse(inspection, by) === undefined && state.abandoned === null;
  return {
    id, inspectionId: state.inspectionId, title: state.title, status: statusOf(state), basis: state.basis, words: state.words, filter: state.filter, population: state.population, count: state.count, source: state.source,
    locked: { ...state.locked, leafIndex }, drawn: state.drawn === null ? null : { at: state.drawn.at, by: state.drawn.by, fact: state.drawn.fact, tree: state.drawn.tree },
    tally: { cocok: verdicts.filter((one) => one.verdict === "cocok").length, catatan: verdicts.filter((one) => one.verdict === "catatan").length, belum: letters - verdicts.length }, abandoned: state.abandoned,
    may: inspection === undefined ? [] : [...(isOpen && state.drawn === null ? ["draw" as const] : []), ...(isOpen && state.drawn !== null ? ["judge" as const] : []), ...(allowed(decideSample(state, { type: "abandon", inspection, reason: "-" }, by)) ? ["abandon" as const] : [])],
  };
};

const leafOfLock = async (tx: Tx, by: Actor, id: Id): Promise<number | null> => {
  const lock = await lockEventOf(tx, by.tenantId, id);
  return lock === undefined ? null : ((await actsById(tx, by, [lock])).get(lock)?.leafIndex ?? null);
};

/** The spot checks of the post. */
export const samples = async (tx: Tx, _input: unknown, by: Actor): Promise<Answer<"inquiry.samples">> => {
  inspectorOnly(by);
  const views: Answer<"inquiry.samples"> = [];
  for (const { id, state } of await samplesOf(tx, by)) views.push(sampleView(id, state, (await inspectionStore.find(tx, by.tenantId, state.inspectionId))?.state ?? undefined, await leafOfLock(tx, by, id), by));
  return views;
};

/** One spot check with its letters. What lists may tell of a letter is told while the mandate runs and reaches it; the numbers stand in the events. */
export const sample = async (tx: Tx, { id }: Given<"inquiry.sample">, by: Actor): Promise<Answer<"inquiry.sample">> => {
  const { state, inspection } = await sampleOf(tx, id, by);
  const drawn = state.drawn?.letters ?? [];
  const reached = mayUse(inspection, by) === undefined ? await reachedAmong(tx, by, state.inspectionId, drawn.map((letter) => letter.id)) : new Map();
  return {
    ...sampleView(id, state, inspection, await leafOfLock(tx, by, id), by),
    letters: drawn.map((letter) => {
      const listed = reached.get(letter.id);
      const found = state.verdicts[letter.id];
      return { ...letter, subject: listed?.subject ?? null, unit: listed?.unit ?? null, date: listed?.date ?? null, security: listed?.security ?? null, verdict: found?.verdict ?? null, note: found?.note ?? "", at: found?.at ?? null, by: found?.by ?? null };
    }),
  };
};

/** Everything that it takes to draw again, and to see that the list was in the log before. It names letters by their ids alone. */
export const evidence = (deps: Inquiry) => async (tx: Tx, { id }: Given<"inquiry.evidence">, by: Actor): Promise<Answer<"inquiry.evidence">> => {
  const { state } = await sampleOf(tx, id, by);
  const lock = await lockEventOf(tx, by.tenantId, id);
  const event = lock === undefined ? undefined : await openedAct(tx, by, lock);
  if (state.drawn === null || lock === undefined || event?.who == null || event.salt === null) throw new NotFound("draw");
  const after = await logAfter(deps.pool, by.tenantId, lock);
  const grown = after === undefined ? undefined : await growthSince(deps.pool, by.tenantId, after.size);
  if (after === undefined || grown === undefined) throw new NotFound("draw");
  const body: Json = JSON.parse(JSON.stringify(event.body));
  return {
    format: "lontar/draw/v1", sample: id, title: state.title, population: { hash: state.population.hash, members: [...(await membersOf(tx, by.tenantId, id))] }, count: state.count, source: state.source, fact: state.drawn.fact, tree: state.drawn.tree,
    lock: { eventId: lock, at: event.at.toISOString(), leaf: after.leaf, committed: committedText(event, body, event.who), salt: event.salt.toString("hex"), proof: [...after.proof] },
    growth: [...grown.growth], checkpoint: grown.checkpoint, verifierKey: await deps.verifierKey(by.tenantId), drawn: state.drawn.letters.map((letter) => letter.id),
  };
};

const mostRows = 500;
const mostRowsInFile = 5_000;

type Answered = { readonly words: string; readonly mandate: InspectionState; readonly rows: readonly ReportRow[]; readonly isCut: boolean };

const askQuestion = async (deps: Inquiry, tx: Tx, given: { readonly id: Id; readonly question: Question; readonly input: ReportInput; readonly limit: number; readonly as: "reported" | "exported" }, by: Actor): Promise<Answered> =>
  underMandate(tx, given.id, by, async (mandate) => {
    const { id, question, input, limit } = given;
    const found = await answer(tx, by, question, { inspectionId: id, input, limit, sentence: deps.sentence });
    const letter = asksForLetter.has(question) && input.letterId !== null ? ((await labelsOf(tx, by.tenantId, [input.letterId])).get(input.letterId)?.number ?? null) : null;
    const words = reportWords(question, input, { letter, unit: await nameOfUnit(tx, by, input.unitId) });
    const rows = found.slice(0, limit);
    return { as: given.as, words: given.as === "exported" ? `laporan: ${words}` : words, found: rows.length, result: { words, mandate, rows, isCut: found.length > limit } };
  });

/** Answers one of the seven questions on the screen. */
export const report = (deps: Inquiry) => async (tx: Tx, { id, question, letterId, from, to, unitId }: Given<"inquiry.report">, by: Actor): Promise<Answer<"inquiry.report">> => {
  const { words, mandate, rows, isCut } = await askQuestion(deps, tx, { id, question, input: { letterId, from, to, unitId }, limit: mostRows, as: "reported" }, by);
  const events = await actsById(tx, by, rows.flatMap((row) => row.eventId ?? []));
  return {
    question, at: by.at, words, basis: mandate.basis, columns: Object.keys(columnsOf[question]), isCut, head: await headOf(tx, by),
    rows: rows.map((row) => ({ cells: { ...row.cells }, tone: row.tone, letter: row.letter, event: row.eventId === null ? null : (events.get(row.eventId) ?? null) })),
  };
};

const proofsOf = (events: ReadonlyMap<Id, { readonly leafIndex: number | null }>, evidence: Evidence | undefined) => (row: ReportRow): Json => ({
  cells: { ...row.cells }, tone: row.tone, letter: row.letter,
  proof: row.eventId === null ? null : { event: row.eventId, leafIndex: events.get(row.eventId)?.leafIndex ?? null, leaf: evidence?.places.get(row.eventId)?.leaf ?? null, hashes: [...(evidence?.places.get(row.eventId)?.proof ?? [])] },
});

/** An answer as a file: a spreadsheet, or JSON in which each row carries the proof that its act stands in the log. */
export const reportFile = (deps: Inquiry) => async (_tx: Tx, input: Given<"inquiry.reportFile">, by: Actor): Promise<() => Promise<FileAnswer>> => async () => {
  const { id, question, form } = input;
  const asked: ReportInput = { letterId: input.letterId ?? null, from: input.from ?? null, to: input.to ?? null, unitId: input.unitId ?? null };
  const { answered, events, head } = await inTenant(deps.db, by.tenantId, async (tx) => {
    const answered = await askQuestion(deps, tx, { id, question, input: asked, limit: mostRowsInFile, as: "exported" }, by);
    return { answered, events: await actsById(tx, by, answered.rows.flatMap((row) => row.eventId ?? [])), head: await headOf(tx, by) };
  });
  const { rows, words, mandate, isCut } = answered;
  const columns = Object.entries(columnsOf[question]);
  if (form === "csv") {
    const lines = rows.map((row) => [...columns.map(([name]) => row.cells[name] ?? ""), row.eventId === null ? "" : String(events.get(row.eventId)?.leafIndex ?? ""), row.eventId ?? ""]);
    return csvFile(`${question}-${by.today}.csv`, writeCsv([...columns.map(([, title]) => title), "Nomor log", "Nomor peristiwa"], lines));
  }
  const evidence = await evidenceOf(deps.pool, by.tenantId, rows.flatMap((row) => row.eventId ?? []));
  const json = {
    format: "lontar/report/v1", question, words, basis: mandate.basis, asked, at: by.at, by: { person: by.personName, post: by.positionTitle }, isCut, checkpoint: evidence?.checkpoint ?? null, verifierKey: await deps.verifierKey(by.tenantId), head,
    columns: columns.map(([name, title]) => ({ name, title })), rows: rows.map(proofsOf(events, evidence)),
  };
  return { bytes: new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`), mediaType: "application/json; charset=utf-8", name: `${question}-${by.today}.json`, inline: false };
};
