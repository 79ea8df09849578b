import type { Actor } from "../kernel/actor.ts";
import { hasFunction, nobody } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import type { Traces } from "../kernel/state.ts";

/** The resident's form as kept: sealed whole, opened only to fill the letter or to show it to the counter; NIK and KK never lie open. */
export type SealedForm = { readonly applicant: string; readonly sealed: string };

/** States of a request, numbered as villages know them (domain §6.3): one step forward at a time. */
export const requestStatus = { incomplete: 0, checking: 1, awaitingSignature: 2, ready: 3, collected: 4, cancelled: 5 } as const;

/** One of `requestStatus`. */
export type RequestStatus = (typeof requestStatus)[keyof typeof requestStatus];

/** The states in words. */
export const statusText: Readonly<Record<RequestStatus, string>> = { 0: "Belum lengkap", 1: "Sedang diperiksa", 2: "Menunggu tanda tangan", 3: "Siap diambil", 4: "Sudah diambil", 5: "Dibatalkan" };

/** One line of the request's story as the resident reads it. */
export type Line = { readonly at: Instant; readonly text: string; readonly note: string | null };

/** A resident's request for a letter. */
export type RequestState = {
  readonly status: RequestStatus;
  readonly service: string;
  readonly officeId: Id;
  readonly operatorId: Id;
  readonly serviceTitle: string;
  readonly form: SealedForm;
  readonly token: string;
  readonly draftId: Id | null;
  readonly number: string | null;
  readonly history: readonly Line[];
  readonly since: Instant;
};

/** What is said to a request. */
export type RequestCommand =
  | { readonly type: "enter"; readonly service: string; readonly serviceTitle: string; readonly officeId: Id; readonly form: SealedForm; readonly token: string }
  | { readonly type: "verify"; readonly draftId: Id; readonly note: string }
  | { readonly type: "giveBack"; readonly note: string }
  | { readonly type: "cancel"; readonly reason: string }
  | { readonly type: "signed"; readonly number: string }
  | { readonly type: "handOver" }
  /** `events` are all that was recorded of this request so far. */
  | { readonly type: "erase"; readonly reason: string; readonly events: readonly Id[] };

/** What happened to a request. */
export type RequestEvent =
  | { readonly type: "request.entered"; readonly at: Instant; readonly service: string; readonly officeId: Id; readonly operatorId: Id; readonly serviceTitle: string; readonly form: SealedForm; readonly token: string }
  | { readonly type: "request.verified"; readonly at: Instant; readonly draftId: Id; readonly note: string }
  | { readonly type: "request.returned"; readonly at: Instant; readonly note: string }
  | { readonly type: "request.cancelled"; readonly at: Instant; readonly reason: string }
  | { readonly type: "request.ready"; readonly at: Instant; readonly number: string }
  | { readonly type: "request.collected"; readonly at: Instant }
  /** What is left of the request, so that its story is replayed without the words that are gone. */
  | { readonly type: "request.erased"; readonly at: Instant; readonly reason: string; readonly events: readonly Id[]; readonly left: RequestState };

/** Sixteen digits: region, birth date (women: day + 40), serial. The region may be any: people move. */
export const isNik = (nik: string): boolean => {
  const parts = /^\d{6}(\d\d)(\d\d)\d{2}\d{4}$/.exec(nik);
  const day = Number(parts?.[1]) % 40;
  const month = Number(parts?.[2]);
  return parts !== null && day >= 1 && day <= 31 && month >= 1 && month <= 12;
};

/** The form as a screen shows it: every number of sixteen digits (NIK, KK) keeps its first four and last two. */
export const maskForm = (form: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, typeof value === "string" && /^\d{16}$/.test(value) ? `${value.slice(0, 4)}${"•".repeat(10)}${value.slice(-2)}` : value]));

/** The rules of a request: right state, then yours, then complete. */
export const decideRequest = (state: RequestState | null, command: RequestCommand, by: Actor): Decision<RequestEvent> => {
  const isOperator = hasFunction(by, "operator");
  if (state === null) {
    if (command.type !== "enter") return { refused: "not_found" };
    if (!isOperator) return { refused: "not_yours" };
    const { type: _type, ...facts } = command;
    return { events: [{ type: "request.entered", at: by.at, operatorId: by.positionId, ...facts }] };
  }
  switch (command.type) {
    case "enter":
      return { refused: "already_exists" };
    case "verify":
      if (state.status !== requestStatus.checking && state.status !== requestStatus.incomplete) return { refused: "wrong_state" };
      return isOperator ? { events: [{ type: "request.verified", at: by.at, draftId: command.draftId, note: command.note }] } : { refused: "not_yours" };
    case "giveBack":
      if (state.status !== requestStatus.checking) return { refused: "wrong_state" };
      if (!isOperator) return { refused: "not_yours" };
      return command.note === "" ? { refused: "reason_needed" } : { events: [{ type: "request.returned", at: by.at, note: command.note }] };
    case "cancel":
      if (state.status !== requestStatus.checking && state.status !== requestStatus.incomplete) return { refused: "wrong_state" };
      if (!isOperator) return { refused: "not_yours" };
      return command.reason === "" ? { refused: "reason_needed" } : { events: [{ type: "request.cancelled", at: by.at, reason: command.reason }] };
    case "signed":
      if (state.status === requestStatus.ready || state.status === requestStatus.collected) return { events: [] }; // the job came twice
      if (state.status !== requestStatus.awaitingSignature) return { refused: "wrong_state" };
      return by.personId === nobody ? { events: [{ type: "request.ready", at: by.at, number: command.number }] } : { refused: "not_yours" };
    case "handOver":
      if (state.status !== requestStatus.ready) return { refused: "wrong_state" };
      return isOperator ? { events: [{ type: "request.collected", at: by.at }] } : { refused: "not_yours" };
    case "erase":
      // While the request is under way its data is needed for what the resident asked for; afterwards once is enough.
      if ((state.status !== requestStatus.collected && state.status !== requestStatus.cancelled) || state.form.sealed === "") return { refused: "wrong_state" };
      if (!isOperator) return { refused: "not_yours" };
      return command.reason === "" ? { refused: "reason_needed" } : { events: [{ type: "request.erased", at: by.at, reason: command.reason, events: command.events, left: withoutPerson(state, by.at, command.reason) }] };
    default:
      throw command satisfies never;
  }
};

/** What no one's name stands in: the path of the request, without the form and without what was noted about it. */
const withoutPerson = (state: RequestState, at: Instant, reason: string): RequestState => ({
  ...state, form: erasedForm, history: [...state.history.map((line) => ({ ...line, note: null })), { at, text: "Data pribadi dihapus", note: reason }],
});

/** What stands in the place of a form that was erased. */
export const erasedForm: SealedForm = { applicant: "(dihapus)", sealed: "" };

/** The request after an event. */
export const evolveRequest = (state: RequestState | null, event: RequestEvent): RequestState => {
  if (event.type === "request.entered") {
    const { type: _type, at, ...facts } = event;
    return { status: requestStatus.checking, ...facts, draftId: null, number: null, history: [{ at, text: "Permohonan dicatat di loket", note: null }], since: at };
  }
  if (event.type === "request.erased") return event.left;
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after request.entered`);
  const next = (status: RequestStatus, text: string, note: string | null, more: Partial<RequestState> = {}): RequestState => ({ ...state, ...more, status, history: [...state.history, { at: event.at, text, note }], since: event.at });
  switch (event.type) {
    case "request.verified":
      return next(requestStatus.awaitingSignature, "Syarat lengkap, surat dibuat dan diteruskan", event.note === "" ? null : event.note, { draftId: event.draftId });
    case "request.returned":
      return next(requestStatus.incomplete, "Data belum lengkap", event.note);
    case "request.cancelled":
      return next(requestStatus.cancelled, "Permohonan dibatalkan", event.reason);
    case "request.ready":
      return next(requestStatus.ready, "Surat ditandatangani, siap diambil atau diunduh", null, { number: event.number });
    case "request.collected":
      return next(requestStatus.collected, "Surat sudah diterima warga", null);
    default:
      throw event satisfies never;
  }
};

/** Who reads a request, and on whose desk it waits. */
export const tracesOfRequest = (id: Id, state: RequestState | null): Traces => {
  if (state === null) return { readers: [], duties: [] };
  const act = state.status === requestStatus.checking || state.status === requestStatus.incomplete ? ("verifikasi" as const) : state.status === requestStatus.ready ? ("selesaikan" as const) : undefined;
  return {
    readers: [{ holder: `position:${state.operatorId}`, rule: "pencatat" }, { holder: `registrar:${state.officeId}`, rule: "registrasi" }],
    duties:
      act === undefined
        ? []
        : [{ positionId: state.operatorId, act, kind: "permohonan", targetId: id, sender: state.form.applicant, title: state.serviceTitle, detail: statusText[state.status], urgency: "biasa", security: "T", since: state.since, due: null, unread: false }],
  };
};
