import { whyNot, type Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import type { Traces } from "../kernel/state.ts";
import type { Overseen } from "./look.ts";
import { isNewReading, partName, type Part, type Readings } from "./reading.ts";

/** A post that is told of the opening and has to say that it knows. */
export type Alarmed = { readonly positionId: Id; readonly title: string };

/** By what someone may open a letter in an emergency: he stands above its holder, inspects, or administers. */
export type Standing = "atasan" | "pengawas" | "admin";

/** One letter opened in an emergency (break-glass), by one person, for a short time, with everyone concerned alarmed. */
export type EmergencyState = {
  readonly letterId: Id;
  readonly kind: Overseen["kind"];
  readonly number: string;
  readonly security: Overseen["security"];
  readonly opener: { readonly personId: Id; readonly person: string; readonly positionId: Id; readonly post: string };
  readonly standing: Standing;
  readonly reason: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly alarmed: readonly Alarmed[];
  readonly acknowledged: readonly { readonly positionId: Id; readonly person: string; readonly at: Instant; readonly note: string }[];
  readonly readings: number;
  readonly recent: Readings;
  /** When its opener closed it himself, before its time. */
  readonly closed: Instant | null;
};

/** What is said of an emergency; facts come with the words. */
export type EmergencyCommand =
  | {
      readonly type: "open"; readonly letter: Overseen; readonly reason: string; readonly standing: Standing | null; readonly minutes: number; readonly alarmed: readonly Alarmed[];
      /** Someone holds one of the alarmed posts; has he another right already; does an emergency of his on this letter run? */
      readonly isHeard: boolean; readonly mayReadAnyway: boolean; readonly isRunning: boolean;
    }
  | { readonly type: "read"; readonly part: Part }
  | { readonly type: "acknowledge"; readonly note: string }
  | { readonly type: "close" };

/** What happened in an emergency. */
export type EmergencyEvent =
  | { readonly type: "emergency.opened"; readonly at: Instant; readonly letter: Overseen; readonly opener: EmergencyState["opener"]; readonly standing: Standing; readonly reason: string; readonly until: Instant; readonly alarmed: readonly Alarmed[] }
  | { readonly type: "emergency.read"; readonly at: Instant; readonly part: Part }
  | { readonly type: "emergency.acknowledged"; readonly at: Instant; readonly positionId: Id; readonly person: string; readonly note: string }
  | { readonly type: "emergency.closed"; readonly at: Instant };

/** A reason shorter than this explains nothing to whoever is alarmed. */
export const shortestReason = 20;

/** The rule. It cannot be silent (somebody must hear), cannot be lengthened (a running one refuses the next), and never opens what is Sangat Rahasia. */
export const decideEmergency = (state: EmergencyState | null, command: EmergencyCommand, by: Actor): Decision<EmergencyEvent> => {
  if (command.type === "open") {
    if (state !== null) return { refused: "already_exists" };
    const { letter, standing, minutes, alarmed } = command;
    const plainReason = command.reason.trim().replaceAll(/\s+/g, " "); // blanks explain nothing
    if (by.asideFor !== null) return { refused: "stands_aside" };
    if (standing === null) return { refused: "emergency_not_yours" };
    if (letter.security === "SR") return { refused: "emergency_not_for_sr" };
    if (command.mayReadAnyway) return { refused: "emergency_not_needed" };
    if (command.isRunning) return { refused: "emergency_running" };
    if (plainReason.length < shortestReason) return { refused: "emergency_reason_short" };
    if (!command.isHeard) return { refused: "emergency_unheard" };
    const opener = { personId: by.personId, person: by.personName, positionId: by.positionId, post: by.positionTitle };
    return { events: [{ type: "emergency.opened", at: by.at, letter, opener, standing, reason: plainReason, until: new Date(Date.parse(by.at) + minutes * 60_000).toISOString(), alarmed }] };
  }
  if (state === null) return { refused: "not_found" };
  const isOpener = by.personId === state.opener.personId;
  switch (command.type) {
    case "read":
      if (by.at >= state.until) return { refused: "emergency_over" };
      if (!isOpener) return { refused: "not_yours" };
      return { events: isNewReading(state.recent, command.part, by.at) ? [{ type: "emergency.read", at: by.at, part: command.part }] : [] };
    case "acknowledge": {
      const notHis = whyNot(by, state.alarmed.some((one) => one.positionId === by.positionId));
      if (notHis !== undefined) return { refused: notHis };
      if (isOpener) return { refused: "not_yours" };
      if (state.acknowledged.some((one) => one.positionId === by.positionId)) return { events: [] };
      return { events: [{ type: "emergency.acknowledged", at: by.at, positionId: by.positionId, person: by.personName, note: command.note }] };
    }
    case "close":
      if (by.at >= state.until) return { refused: "emergency_over" };
      if (!isOpener) return { refused: "not_yours" };
      return { events: [{ type: "emergency.closed", at: by.at }] };
    default:
      throw command satisfies never;
  }
};

/** The emergency after an event. */
export const evolveEmergency = (state: EmergencyState | null, event: EmergencyEvent): EmergencyState => {
  if (event.type === "emergency.opened") {
    const { letter, opener, standing, reason, at, until, alarmed } = event;
    return { letterId: letter.id, kind: letter.kind, number: letter.number, security: letter.security, opener, standing, reason, since: at, until, alarmed, acknowledged: [], readings: 0, recent: {}, closed: null };
  }
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after emergency.opened`);
  switch (event.type) {
    case "emergency.read":
      return { ...state, readings: state.readings + 1, recent: { ...state.recent, [partName(event.part)]: event.at } };
    case "emergency.acknowledged":
      return { ...state, acknowledged: [...state.acknowledged, { positionId: event.positionId, person: event.person, at: event.at, note: event.note }] };
    case "emergency.closed":
      return { ...state, until: event.at, closed: event.at };
    default:
      throw event satisfies never;
  }
};

/** An alarm that nobody answers within a day is late on every desk it stands on. */
const answerWithinMs = 24 * 3_600_000;

/** The key of the emergency opens the letter while it runs; the alarm stands on each alarmed desk until that post says it knows. */
export const tracesOfEmergency = (id: Id, state: EmergencyState | null): Traces =>
  state === null
    ? { readers: [], duties: [] }
    : {
        readers: [{ holder: `emergency:${id}`, rule: "darurat" }],
        duties: state.alarmed
          .filter((one) => !state.acknowledged.some((known) => known.positionId === one.positionId))
          .map((one) => ({
            positionId: one.positionId, act: "ketahui", kind: "darurat", targetId: id, sender: `${state.opener.person} · ${state.opener.post}`, title: `Akses darurat: surat nomor ${state.number} dibuka`.slice(0, 300), detail: state.reason.slice(0, 300),
            urgency: "amat_segera", security: state.security, since: state.since, due: new Date(Date.parse(state.since) + answerWithinMs).toISOString(), unread: true,
          })),
      };
