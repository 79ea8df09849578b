import { hasFunction, nobody, whyNot, type Actor } from "../kernel/actor.ts";
import type { Id, Instant, LocalDate } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import type { Duty, Traces } from "../kernel/state.ts";
import type { Measure } from "./flag.ts";

/** Where a finding lies, as mandates of inspection ask: of a finding about a letter, where the letter lies. */
export type Place = { readonly unitId: Id | null; readonly type: string | null; readonly classification: string | null; readonly dated: LocalDate };

/** The letter that a finding is about. */
export type FoundLetter = { readonly id: Id; readonly kind: "surat" | "naskah"; readonly number: string; readonly security: Duty["security"] };

/** What was found, as the kind's search answers it. */
export type Found = {
  readonly code: string;
  readonly at: Instant;
  /** What the words of the kind are filled with. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** The acts that show it, oldest first: each stands in the log, and is proved from there. */
  readonly evidence: readonly Id[];
  /** Who acted in the evidence, and in which posts. */
  readonly people: readonly Id[];
  readonly posts: readonly Id[];
  readonly place: Place;
  readonly letter: FoundLetter | null;
  readonly measure: Measure;
};

/** Something that does not fit, until somebody has explained it. It accuses nobody: it asks. */
export type FindingState = Found & {
  readonly status: "perlu_dijelaskan" | "menunggu_jawaban" | "dijawab" | "sudah_jelas" | "gugur";
  readonly raised: Instant;
  /** Who looked at it last when, so that drawing a page twice is one look. */
  readonly looks: Readonly<Record<Id, Instant>>;
  readonly question: { readonly positionId: Id; readonly post: string; readonly text: string; readonly title: string; readonly due: Instant; readonly by: string; readonly at: Instant } | null;
  readonly answer: { readonly person: string; readonly post: string; readonly text: string; readonly at: Instant } | null;
  readonly closed: { readonly person: string; readonly post: string; readonly reason: string; readonly at: Instant } | null;
};

/** What is said of a finding; whether a mandate that runs reaches it is gathered by the caller. */
export type FindingCommand =
  | { readonly type: "raise"; readonly found: Found }
  | { readonly type: "lapse" }
  | { readonly type: "look"; readonly isReached: boolean; readonly basis: string }
  | { readonly type: "ask"; readonly isReached: boolean; readonly positionId: Id; readonly post: string; readonly hasHolder: boolean; readonly text: string; readonly title: string; readonly due: Instant }
  | { readonly type: "answer"; readonly text: string }
  | { readonly type: "close"; readonly isReached: boolean; readonly reason: string };

/** What happened to a finding. */
export type FindingEvent =
  | { readonly type: "finding.raised"; readonly at: Instant; readonly found: Found }
  | { readonly type: "finding.lapsed"; readonly at: Instant; readonly code: string }
  | { readonly type: "finding.looked_at"; readonly at: Instant; readonly code: string; readonly personId: Id; readonly basis: string }
  | { readonly type: "finding.asked"; readonly at: Instant; readonly code: string; readonly question: NonNullable<FindingState["question"]> }
  | { readonly type: "finding.answered"; readonly at: Instant; readonly code: string; readonly answer: NonNullable<FindingState["answer"]> }
  | { readonly type: "finding.closed"; readonly at: Instant; readonly code: string; readonly closed: NonNullable<FindingState["closed"]> };

// As with letters read under a mandate: the same thing again within these minutes is the same look.
const sameLookMs = 5 * 60_000;

/** Why this actor does not deal with the finding: he is no inspector, no mandate of his reaches it, or he stands in its evidence. */
const notHis = (state: FindingState, by: Actor, isReached: boolean): "not_found" | "stands_aside" | "finding_about_you" | undefined => {
  if (!hasFunction(by, "inspector") || !isReached) return "not_found";
  if (by.asideFor !== null) return "stands_aside";
  return state.people.includes(by.personId) || state.posts.includes(by.positionId) ? "finding_about_you" : undefined;
};

/** The rule: found by the system alone and once; looked at, asked about and closed by an inspector whom it does not concern; answered by the post that was asked. */
export const decideFinding = (state: FindingState | null, command: FindingCommand, by: Actor): Decision<FindingEvent> => {
  if (command.type === "raise") {
    if (by.personId !== nobody) return { refused: "not_yours" };
    // The same facts are found again and again; only what a changed measure had dropped comes back.
    return { events: state === null || state.status === "gugur" ? [{ type: "finding.raised", at: by.at, found: command.found }] : [] };
  }
  if (state === null) return { refused: "not_found" };
  const { code } = state;
  switch (command.type) {
    case "lapse":
      if (by.personId !== nobody) return { refused: "not_yours" };
      // What somebody was asked about, or has settled, stands, whatever is measured later.
      return { events: state.status === "perlu_dijelaskan" ? [{ type: "finding.lapsed", at: by.at, code }] : [] };
    case "look": {
      if (!hasFunction(by, "inspector") || !command.isReached) return { refused: "not_found" };
      const last = state.looks[by.personId];
      return { events: last !== undefined && Date.parse(by.at) - Date.parse(last) < sameLookMs ? [] : [{ type: "finding.looked_at", at: by.at, code, personId: by.personId, basis: command.basis }] };
    }
    case "ask": {
      const refused = notHis(state, by, command.isReached);
      if (refused === "not_found") return { refused };
      if (state.status !== "perlu_dijelaskan" && state.status !== "dijawab") return { refused: "wrong_state" };
      if (refused !== undefined) return { refused };
      if (!command.hasHolder) return { refused: "finding_post_vacant" };
      if (command.due <= by.at) return { refused: "finding_due_past" };
      const { positionId, post, text, title, due } = command;
      return { events: [{ type: "finding.asked", at: by.at, code, question: { positionId, post, text, title, due, by: `${by.personName} · ${by.positionTitle}`, at: by.at } }] };
    }
    case "answer": {
      if (state.status !== "menunggu_jawaban" || state.question === null) return { refused: "wrong_state" };
      const refused = whyNot(by, by.positionId === state.question.positionId);
      if (refused !== undefined) return { refused };
      if (command.text === "") return { refused: "finding_answer_needed" };
      return { events: [{ type: "finding.answered", at: by.at, code, answer: { person: by.personName, post: by.positionTitle, text: command.text, at: by.at } }] };
    }
    case "close": {
      const refused = notHis(state, by, command.isReached);
      if (refused === "not_found") return { refused };
      if (state.status === "sudah_jelas" || state.status === "gugur") return { refused: "wrong_state" };
      if (refused !== undefined) return { refused };
      if (command.reason === "") return { refused: "reason_needed" };
      return { events: [{ type: "finding.closed", at: by.at, code, closed: { person: by.personName, post: by.positionTitle, reason: command.reason, at: by.at } }] };
    }
    default:
      throw command satisfies never;
  }
};

/** The finding after an event. */
export const evolveFinding = (state: FindingState | null, event: FindingEvent): FindingState => {
  if (event.type === "finding.raised") return { ...event.found, status: "perlu_dijelaskan", raised: event.at, looks: state?.looks ?? {}, question: null, answer: null, closed: null };
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after finding.raised`);
  switch (event.type) {
    case "finding.lapsed":
      return { ...state, status: "gugur" };
    case "finding.looked_at":
      return { ...state, looks: { ...state.looks, [event.personId]: event.at } };
    case "finding.asked":
      return { ...state, status: "menunggu_jawaban", question: event.question, answer: null };
    case "finding.answered":
      return { ...state, status: "dijawab", answer: event.answer };
    case "finding.closed":
      return { ...state, status: "sudah_jelas", closed: event.closed };
    default:
      throw event satisfies never;
  }
};

/** What the inspector may do: asks the rule itself. */
export const mayFinding = (state: FindingState, by: Actor): readonly ("ask" | "close")[] =>
  ([["ask", { type: "ask", isReached: true, positionId: nobody, post: "-", hasHolder: true, text: "-", title: "-", due: "9999" }], ["close", { type: "close", isReached: true, reason: "-" }]] as const).flatMap(([act, command]) => {
    const decision = decideFinding(state, command, by);
    return "events" in decision && decision.events.length > 0 ? [act] : [];
  });

/** Nobody finds a finding by reading letters: it stands on the desk of whoever was asked, and opens there alone. */
export const tracesOfFinding = (id: Id, state: FindingState | null): Traces =>
  state?.status !== "menunggu_jawaban" || state.question === null
    ? { readers: [], duties: [] }
    : {
        readers: [],
        duties: [{
          positionId: state.question.positionId, act: "jelaskan", kind: "temuan", targetId: id, sender: state.question.by, title: `Beri penjelasan: ${state.question.title}`.slice(0, 300), detail: state.question.text.slice(0, 300),
          urgency: "segera", security: "B", since: state.question.at, due: state.question.due, unread: true,
        }],
      };
