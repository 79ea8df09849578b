import { nobody, type Actor } from "../../kernel/actor.ts";
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

/** Where a parcel goes: another government on the exchange, or someone outside who gets a secret page and perhaps an e-mail. */
export type Destination =
  | { readonly kind: "partner"; readonly tenantId: Id; readonly label: string }
  | { readonly kind: "external"; readonly email: string | null; readonly token: string; readonly label: string };

/** One letter on its way to one receiver outside this government. */
export type ParcelState = {
  readonly status: "tidak_ada" | "antre" | "terkirim" | "diterima" | "gagal";
  readonly letterId: Id;
  readonly destination: Destination;
  /** Repeated at the top so that the table can find the page by its link. */
  readonly token: string | null;
  readonly copy: boolean;
  readonly letter: LetterFacts;
  readonly since: Instant;
  readonly receipt: { readonly text: string; readonly signature: string; readonly at: Instant } | null;
  readonly failure: string | null;
};

/** What can be said to a parcel. */
export type ParcelCommand =
  | { readonly type: "queue"; readonly letterId: Id; readonly destination: Destination; readonly copy: boolean; readonly letter: LetterFacts }
  | { readonly type: "sent" }
  | { readonly type: "receipted"; readonly text: string; readonly signature: string }
  | { readonly type: "viewed" }
  | { readonly type: "failed"; readonly reason: string };

/** What happens to a parcel. */
export type ParcelEvent =
  | { readonly type: "parcel.queued"; readonly letterId: Id; readonly destination: Destination; readonly copy: boolean; readonly letter: LetterFacts; readonly sha256: string; readonly at: Instant }
  | { readonly type: "parcel.sent"; readonly at: Instant }
  | { readonly type: "parcel.receipted"; readonly text: string; readonly signature: string; readonly at: Instant }
  | { readonly type: "parcel.viewed"; readonly at: Instant }
  | { readonly type: "parcel.failed"; readonly reason: string; readonly at: Instant };

/** A parcel before it is queued. */
export const noParcel: ParcelState = {
  status: "tidak_ada",
  letterId: "",
  destination: { kind: "external", email: null, token: "", label: "" },
  token: null,
  copy: false,
  letter: { number: "", date: "", subject: "", office: "", signer: "", post: "", urgency: "biasa", security: "B", attachment: "", code: "", file: { sha256: "", name: "", size: 0, pages: 0, mediaType: "" } },
  since: "",
  receipt: null,
  failure: null,
};

/** The rules: only the system carries parcels; a parcel is queued once, may be tried again after a failure, and a second receipt changes nothing. */
export const decideParcel = (state: ParcelState, command: ParcelCommand, by: Pick<Actor, "at" | "personId">): Decision<ParcelEvent> => {
  if (by.personId !== nobody) return { refused: "not_yours" };
  switch (command.type) {
    case "queue":
      return state.status === "tidak_ada"
        ? { events: [{ type: "parcel.queued", letterId: command.letterId, destination: command.destination, copy: command.copy, letter: command.letter, sha256: command.letter.file.sha256, at: by.at }] }
        : { events: [] };
    case "sent":
      return state.status === "antre" || state.status === "gagal" ? { events: [{ type: "parcel.sent", at: by.at }] } : { events: [] };
    case "receipted":
      if (state.status === "tidak_ada" || state.destination.kind !== "partner") return { refused: "wrong_state" };
      return state.status === "diterima" ? { events: [] } : { events: [{ type: "parcel.receipted", text: command.text, signature: command.signature, at: by.at }] };
    case "viewed":
      if (state.status === "tidak_ada" || state.destination.kind !== "external") return { refused: "wrong_state" };
      return state.status === "diterima" ? { events: [] } : { events: [{ type: "parcel.viewed", at: by.at }] };
    case "failed":
      return state.status === "antre" || state.status === "terkirim" ? { events: [{ type: "parcel.failed", reason: command.reason, at: by.at }] } : { events: [] };
    default:
      throw command satisfies never;
  }
};

/** The parcel after an event. */
export const evolveParcel = (state: ParcelState, event: ParcelEvent): ParcelState => {
  switch (event.type) {
    case "parcel.queued":
      return { ...state, status: "antre", letterId: event.letterId, destination: event.destination, token: event.destination.kind === "external" ? event.destination.token : null, copy: event.copy, letter: event.letter, since: event.at };
    case "parcel.sent":
      return { ...state, status: "terkirim", failure: null, since: event.at };
    case "parcel.receipted":
      return { ...state, status: "diterima", failure: null, since: event.at, receipt: { text: event.text, signature: event.signature, at: event.at } };
    case "parcel.viewed":
      return { ...state, status: "diterima", since: event.at };
    case "parcel.failed":
      return { ...state, status: "gagal", failure: event.reason, since: event.at };
    default:
      throw event satisfies never;
  }
};
