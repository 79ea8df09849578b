import type { contract, Parsed } from "@lontar/contract";
import { draw, fromHex, hashPopulation, toHex } from "@lontar/ledger";
import type { Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import { assert } from "../kernel/refusal.ts";
import { mayUse, type InspectionState } from "../oversight/index.ts";

/** Which letters make up a population. */
export type LetterFilter = Parsed<(typeof contract)["inquiry.population"]>["filter"];

/** A letter as a sample names it. */
export type SampledLetter = { readonly id: Id; readonly kind: "surat" | "naskah"; readonly number: string };

/** The log right after the event that locked the list: how many records, and their root in hex. */
export type LogThen = { readonly size: number; readonly root: string };

/** What an inspector found in one sampled letter. */
export type Verdict = { readonly verdict: "cocok" | "catatan"; readonly note: string; readonly at: Instant; readonly by: string };

/** A spot check (uji petik): a frozen list, a public fact that decides, the letters that it chose, and what was found in each. */
export type SampleState = {
  readonly inspectionId: Id;
  readonly positionId: Id;
  readonly basis: string;
  readonly title: string;
  readonly filter: LetterFilter;
  /** The filter in words. */
  readonly words: string;
  readonly population: { readonly members: number; readonly hash: string };
  readonly count: number;
  /** The public fact that will decide, named before anybody knows it. */
  readonly source: string;
  readonly locked: { readonly at: Instant; readonly by: string };
  readonly drawn: { readonly at: Instant; readonly by: string; readonly fact: string; readonly tree: LogThen; readonly letters: readonly (SampledLetter & { readonly place: number })[] } | null;
  readonly verdicts: Readonly<Record<Id, Verdict>>;
  readonly abandoned: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
};

/** What is said of a spot check; the mandate, the list and the log are gathered by the caller. */
export type SampleCommand = { readonly inspection: InspectionState } & (
  | { readonly type: "lock"; readonly inspectionId: Id; readonly title: string; readonly filter: LetterFilter; readonly words: string; readonly members: readonly Id[]; readonly count: number; readonly source: string }
  | { readonly type: "draw"; readonly value: string; readonly members: readonly SampledLetter[]; readonly tree: LogThen | null }
  | { readonly type: "judge"; readonly letterId: Id; readonly verdict: Verdict["verdict"]; readonly note: string }
  | { readonly type: "abandon"; readonly reason: string }
);

/** What happened to a spot check. */
export type SampleEvent =
  | { readonly type: "sample.locked"; readonly at: Instant; readonly state: Omit<SampleState, "drawn" | "verdicts" | "abandoned"> }
  | ({ readonly type: "sample.drawn" } & NonNullable<SampleState["drawn"]>)
  | { readonly type: "sample.judged"; readonly at: Instant; readonly letter: SampledLetter; readonly verdict: Verdict["verdict"]; readonly note: string; readonly by: string }
  | { readonly type: "sample.abandoned"; readonly at: Instant; readonly by: string; readonly reason: string };

/** A list longer than this is no longer read by those who would draw again; narrow it. */
export const longestPopulation = 50_000;

/** The line that the draw takes: what was announced, and what it turned out to be. */
export const factOf = (source: string, value: string): string => `${source}: ${value}`;

/**
 * The rule. A list is locked once, before the deciding fact is known; it is drawn once, by that fact and by the log as it stood right after the lock, so that neither
 * the inspector nor whoever runs the server has anything left to choose. A list that is given up stays on record with its reason.
 */
export const decideSample = (state: SampleState | null, command: SampleCommand, by: Actor): Decision<SampleEvent> => {
  if (command.type === "lock") {
    if (state !== null) return { refused: "already_exists" };
    const refused = mayUse(command.inspection, by);
    if (refused !== undefined) return { refused };
    const { inspectionId, title, filter, words, members, count, source } = command;
    if (members.length === 0) return { refused: "sample_empty" };
    if (members.length > longestPopulation) return { refused: "sample_too_many" };
    if (count > members.length) return { refused: "sample_larger_than_list" };
    const population = { members: members.length, hash: toHex(hashPopulation(members)) };
    return { events: [{ type: "sample.locked", at: by.at, state: { inspectionId, positionId: by.positionId, basis: command.inspection.basis, title, filter, words, population, count, source, locked: { at: by.at, by: by.personName } } }] };
  }
  if (state === null) return { refused: "not_found" };
  if (state.abandoned !== null) return { refused: "sample_abandoned" };
  const refused = mayUse(command.inspection, by);
  if (refused !== undefined) return { refused };
  switch (command.type) {
    case "draw": {
      if (state.drawn !== null) return { refused: "sample_drawn" };
      if (command.tree === null) return { refused: "sample_not_in_log" };
      const fact = factOf(state.source, command.value);
      const letters = redraw(state, fact, command.tree).map((place) => {
        const letter = command.members[place];
        assert(letter !== undefined, "every place of a locked list has its letter");
        return { ...letter, place };
      });
      return { events: [{ type: "sample.drawn", at: by.at, by: by.personName, fact, tree: command.tree, letters }] };
    }
    case "judge": {
      const letter = state.drawn?.letters.find((one) => one.id === command.letterId);
      if (letter === undefined) return { refused: "not_found" };
      if (command.verdict === "catatan" && command.note === "") return { refused: "sample_note_needed" };
      const before = state.verdicts[letter.id];
      if (before?.verdict === command.verdict && before.note === command.note) return { events: [] };
      return { events: [{ type: "sample.judged", at: by.at, letter: { id: letter.id, kind: letter.kind, number: letter.number }, verdict: command.verdict, note: command.note, by: by.personName }] };
    }
    case "abandon":
      if (isJudged(state)) return { refused: "wrong_state" };
      return { events: [{ type: "sample.abandoned", at: by.at, by: by.personName, reason: command.reason }] };
    default:
      return command satisfies never;
  }
};

/** The places that a locked list, a fact and the log choose; what `fsck` and anybody else finds again. */
export const redraw = (state: Pick<SampleState, "population" | "count">, fact: string, tree: LogThen): readonly number[] => {
  const [population, root] = [fromHex(state.population.hash), fromHex(tree.root)];
  assert(population !== undefined && root !== undefined, "hashes of a locked list are hex");
  return draw({ population, members: state.population.members, tree: { size: tree.size, root }, fact }, state.count);
};

/** Has every letter of the sample its verdict? */
export const isJudged = (state: SampleState): boolean => state.drawn !== null && state.drawn.letters.every((letter) => state.verdicts[letter.id] !== undefined);

/** Where a spot check stands, in a word. */
export const statusOf = (state: SampleState): "terkunci" | "diundi" | "selesai" | "ditinggalkan" => (state.abandoned !== null ? "ditinggalkan" : state.drawn === null ? "terkunci" : isJudged(state) ? "selesai" : "diundi");

/** The spot check after an event. */
export const evolveSample = (state: SampleState | null, event: SampleEvent): SampleState => {
  if (event.type === "sample.locked") return { ...event.state, drawn: null, verdicts: {}, abandoned: null };
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after sample.locked`);
  switch (event.type) {
    case "sample.drawn": {
      const { type: _, ...drawn } = event;
      return { ...state, drawn };
    }
    case "sample.judged":
      return { ...state, verdicts: { ...state.verdicts, [event.letter.id]: { verdict: event.verdict, note: event.note, at: event.at, by: event.by } } };
    case "sample.abandoned":
      return { ...state, abandoned: { at: event.at, by: event.by, reason: event.reason } };
    default:
      return event satisfies never;
  }
};
