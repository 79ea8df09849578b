import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import { assert } from "../kernel/refusal.ts";

/** A dossier (berkas): the letters of one matter under one classification, kept by one office. Its retention begins when it is closed. */
export type Dossier = {
  readonly status: "aktif" | "ditutup";
  readonly unitId: Id;
  readonly classification: string;
  readonly title: string;
  readonly year: number;
  readonly items: number;
  readonly opened: { readonly at: Instant; readonly person: string; readonly post: string };
  readonly closed: Instant | null;
};

/** Before it is opened there is nothing. */
export type DossierState = { readonly status: "belum_ada" } | Dossier;

/** Where opening starts. */
export const noDossier: DossierState = { status: "belum_ada" };

/** A received letter or an issued one. */
export type ItemKind = "surat" | "naskah";

/** What is said to a dossier; `officeId` is the office of the person who speaks. */
export type DossierCommand =
  | { readonly type: "open"; readonly officeId: Id; readonly classification: string; readonly isLeaf: boolean; readonly title: string; readonly year: number }
  | { readonly type: "file"; readonly officeId: Id; readonly kind: ItemKind; readonly letterId: Id }
  | { readonly type: "close"; readonly officeId: Id };

/** What happened to a dossier. */
export type DossierEvent =
  | { readonly type: "dossier.opened"; readonly at: Instant; readonly unitId: Id; readonly classification: string; readonly title: string; readonly year: number; readonly person: string; readonly post: string }
  | { readonly type: "dossier.filed"; readonly at: Instant; readonly kind: ItemKind; readonly letterId: Id; readonly title: string }
  | { readonly type: "dossier.closed"; readonly at: Instant };

const keepsFiles = (by: Actor): boolean => hasFunction(by, "archivist") || hasFunction(by, "leader");

/** The rule of dossiers: right state, then yours, then complete. Whether a letter may be filed is the letter's own rule. */
export const decideDossier = (state: DossierState, command: DossierCommand, by: Actor): Decision<DossierEvent> => {
  if (state.status === "belum_ada") {
    if (command.type !== "open") return { refused: "not_found" };
    if (!keepsFiles(by)) return { refused: "not_yours" };
    if (!command.isLeaf) return { refused: "classification_not_leaf" };
    const { officeId, classification, title, year } = command;
    return { events: [{ type: "dossier.opened", at: by.at, unitId: officeId, classification, title, year, person: by.personName, post: by.positionTitle }] };
  }
  switch (command.type) {
    case "open":
      return { refused: "already_exists" };
    case "file":
      if (state.status === "ditutup") return { refused: "dossier_closed" };
      if (state.unitId !== command.officeId || !keepsFiles(by)) return { refused: "not_yours" };
      return { events: [{ type: "dossier.filed", at: by.at, kind: command.kind, letterId: command.letterId, title: state.title }] };
    case "close":
      if (state.status === "ditutup") return { refused: "dossier_closed" };
      if (state.unitId !== command.officeId || !hasFunction(by, "archivist")) return { refused: "not_yours" };
      return { events: [{ type: "dossier.closed", at: by.at }] };
    default:
      return command satisfies never;
  }
};

/** The next state, from the event alone. */
export const evolveDossier = (state: DossierState, event: DossierEvent): DossierState => {
  if (event.type === "dossier.opened") {
    return { status: "aktif", unitId: event.unitId, classification: event.classification, title: event.title, year: event.year, items: 0, opened: { at: event.at, person: event.person, post: event.post }, closed: null };
  }
  assert(state.status !== "belum_ada", "a dossier begins with being opened");
  switch (event.type) {
    case "dossier.filed":
      return { ...state, items: state.items + 1 };
    case "dossier.closed":
      return { ...state, status: "ditutup", closed: event.at };
    default:
      return event satisfies never;
  }
};
