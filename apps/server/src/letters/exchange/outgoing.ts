import type { Actor } from "../../kernel/actor.ts";
import type { Id, Instant } from "../../kernel/ids.ts";
import type { Decision } from "../../kernel/perform.ts";

/** What travels of a letter beside its file. */
export type LetterFacts = {
  readonly number: string;
  readonly date: string;
  readonly subject: string;
  readonly office: string;
  readonly signer: string;
  readonly post: string;
  readonly urgency: "biasa" | "segera" | "amat_segera";
  readonly security: "B" | "T" | "R" | "SR";
  readonly attachment: string;
  readonly code: string;
  readonly file: { readonly sha256: string; readonly name: string; readonly size: number; readonly pages: number; readonly mediaType: string };
};

/** A letter to another government, as it waits in the outbox. */
export type Outgoing = {
  readonly letterId: Id;
  readonly to: Id;
  readonly label: string;
  readonly copy: boolean;
  readonly letter: LetterFacts;
  /** The sender's job that hears of the receipt or of the failure: payload `{ envelopeId, letterId, status, detail }`. */
  readonly newsTask: string;
};

/** One envelope: sent until the receiver's signed receipt is here. */
export type EnvelopeState = Outgoing & {
  readonly status: "antre" | "diterima" | "gagal";
  readonly since: Instant;
  readonly receipt: { readonly text: string; readonly signature: string; readonly at: Instant } | null;
  readonly failure: string | null;
};

/** What can be said to an envelope. */
export type EnvelopeCommand =
  | { readonly type: "queue"; readonly outgoing: Outgoing }
  | { readonly type: "receipt"; readonly text: string; readonly signature: string }
  | { readonly type: "fail"; readonly reason: string };

/** What happens to an envelope. */
export type EnvelopeEvent =
  | { readonly type: "envelope.queued"; readonly outgoing: Outgoing; readonly sha256: string; readonly at: Instant }
  | { readonly type: "envelope.receipted"; readonly label: string; readonly text: string; readonly signature: string; readonly at: Instant }
  | { readonly type: "envelope.failed"; readonly label: string; readonly reason: string; readonly at: Instant };

/** The rules: queued once; a receipt ends it, also after a failure; the same news twice is no news. */
export const decideEnvelope = (state: EnvelopeState | null, command: EnvelopeCommand, by: Pick<Actor, "at">): Decision<EnvelopeEvent> => {
  switch (command.type) {
    case "queue":
      return { events: state === null ? [{ type: "envelope.queued", outgoing: command.outgoing, sha256: command.outgoing.letter.file.sha256, at: by.at }] : [] };
    case "receipt":
      if (state === null) return { refused: "not_found" };
      return { events: state.status === "diterima" ? [] : [{ type: "envelope.receipted", label: state.label, text: command.text, signature: command.signature, at: by.at }] };
    case "fail":
      if (state === null) return { refused: "not_found" };
      return { events: state.status === "antre" ? [{ type: "envelope.failed", label: state.label, reason: command.reason, at: by.at }] : [] };
    default:
      throw command satisfies never;
  }
};

/** The envelope after an event. */
export const evolveEnvelope = (state: EnvelopeState | null, event: EnvelopeEvent): EnvelopeState => {
  if (event.type === "envelope.queued") return { ...event.outgoing, status: "antre", since: event.at, receipt: null, failure: null };
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after envelope.queued`);
  return event.type === "envelope.receipted"
    ? { ...state, status: "diterima", since: event.at, failure: null, receipt: { text: event.text, signature: event.signature, at: event.at } }
    : { ...state, status: "gagal", since: event.at, failure: event.reason };
};
