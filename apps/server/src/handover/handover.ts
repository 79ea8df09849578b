import { nobody, type Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import type { Traces } from "../kernel/state.ts";
import type { Decree } from "../organisation/index.ts";

/** How much moves, by kind: what waits on the desk and how much of it is unread, drafts of the leaving official, delegations of the post, mandates that end. */
export type Counts = { readonly desk: number; readonly unread: number; readonly drafts: number; readonly delegations: number; readonly mandates: number };

/** One of the two people of a hand-over. */
export type Side = { readonly personId: Id; readonly name: string };

/** A post that passes from its holder to a successor by one signed letter. */
export type HandoverState = {
  readonly status: "menunggu" | "selesai" | "dibatalkan";
  readonly positionId: Id;
  readonly title: string;
  /** The holding that ends. */
  readonly holdingId: Id;
  readonly from: Side;
  readonly to: Side;
  readonly since: Instant;
  readonly decree: Decree;
  /** The decree in the words of a signature block. */
  readonly basis: string;
  /** Why the superior signs, when the leaving official cannot. */
  readonly reason: string | null;
  /** The berita acara; its signature carries the hand-over out. */
  readonly letterId: Id;
  readonly prepared: { readonly at: Instant; readonly by: string; readonly positionId: Id };
  readonly done: { readonly at: Instant; readonly counts: Counts; readonly left: readonly string[] } | null;
  readonly cancelled: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
};

type Facts = Pick<HandoverState, "positionId" | "title" | "holdingId" | "from" | "to" | "since" | "decree" | "basis" | "reason" | "letterId">;

/** What is said of a hand-over; `isCompetent`: is he the admin or above the post, `isRunning`: does another run over the post. */
export type HandoverCommand =
  | { readonly type: "prepare"; readonly facts: Facts; readonly isCompetent: boolean; readonly isRunning: boolean }
  | { readonly type: "carryOut"; readonly counts: Counts; readonly left: readonly string[] }
  | { readonly type: "cancel"; readonly reason: string; readonly isCompetent: boolean; readonly isSigned: boolean };

/** What happened to a hand-over. */
export type HandoverEvent =
  | ({ readonly type: "handover.prepared"; readonly at: Instant; readonly by: string; readonly byPositionId: Id } & Facts)
  | { readonly type: "handover.carried_out"; readonly at: Instant; readonly counts: Counts; readonly left: readonly string[] }
  | { readonly type: "handover.cancelled"; readonly at: Instant; readonly by: string; readonly reason: string };

/** Decides what a command makes of a hand-over. It is carried out by the signature's job alone. */
export const decideHandover = (state: HandoverState | null, command: HandoverCommand, by: Actor): Decision<HandoverEvent> => {
  switch (command.type) {
    case "prepare": {
      if (state !== null) return { refused: "already_exists" };
      const { facts } = command;
      if (!command.isCompetent) return { refused: "not_competent" };
      if (command.isRunning) return { refused: "handover_running" };
      if (facts.to.personId === facts.from.personId) return { refused: "handover_same_person" };
      return { events: [{ type: "handover.prepared", at: by.at, by: by.personName, byPositionId: by.positionId, ...facts }] };
    }
    case "carryOut":
      if (state === null) return { refused: "not_found" };
      if (by.personId !== nobody) return { refused: "not_yours" };
      if (state.status !== "menunggu") return { events: [] }; // the job ran before
      return { events: [{ type: "handover.carried_out", at: by.at, counts: command.counts, left: command.left }] };
    case "cancel":
      if (state === null) return { refused: "not_found" };
      if (state.status !== "menunggu" || command.isSigned) return { refused: "wrong_state" };
      if (!command.isCompetent) return { refused: "not_competent" };
      if (command.reason === "") return { refused: "reason_needed" };
      return { events: [{ type: "handover.cancelled", at: by.at, by: by.personName, reason: command.reason }] };
    default:
      throw command satisfies never;
  }
};

/** The hand-over after an event. */
export const evolveHandover = (state: HandoverState | null, event: HandoverEvent): HandoverState => {
  if (event.type === "handover.prepared") {
    const { type: _type, at, by, byPositionId, ...facts } = event;
    return { status: "menunggu", ...facts, prepared: { at, by, positionId: byPositionId }, done: null, cancelled: null };
  }
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after handover.prepared`);
  switch (event.type) {
    case "handover.carried_out":
      return { ...state, status: "selesai", done: { at: event.at, counts: event.counts, left: event.left } };
    case "handover.cancelled":
      return { ...state, status: "dibatalkan", cancelled: { at: event.at, by: event.by, reason: event.reason } };
    default:
      throw event satisfies never;
  }
};

/** Both people, the post itself and whoever prepared it may read it; it waits on no desk, its letter does. */
export const tracesOfHandover = (_id: Id, state: HandoverState | null): Traces =>
  state === null
    ? { readers: [], duties: [] }
    : {
        readers: [
          { holder: `person:${state.from.personId}`, rule: "dituju" },
          { holder: `person:${state.to.personId}`, rule: "dituju" },
          { holder: `position:${state.positionId}`, rule: "dituju" },
          { holder: `position:${state.prepared.positionId}`, rule: "pencatat" },
        ],
        duties: [],
      };
