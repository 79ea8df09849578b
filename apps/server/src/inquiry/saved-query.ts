import type { contract, Parsed } from "@lontar/contract";
import { whyNot, type Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";

/** What is looked for: acts, or letters. */
export type Query = Parsed<(typeof contract)["inquiry.saveQuery"]>["query"];

/** A search that an inspector's post keeps, and perhaps shares with the other inspectors. It holds what is asked and nothing of what was found. */
export type SavedQueryState = {
  readonly positionId: Id;
  readonly post: string;
  readonly by: string;
  readonly name: string;
  readonly query: Query;
  readonly shared: boolean;
  readonly at: Instant;
  readonly removed: boolean;
};

/** What is said of a saved search. */
export type SavedQueryCommand =
  | { readonly type: "save"; readonly name: string; readonly query: Query; readonly shared: boolean }
  | { readonly type: "change"; readonly name: string; readonly shared: boolean }
  | { readonly type: "remove" };

/** What happened to a saved search. */
export type SavedQueryEvent =
  | { readonly type: "saved_query.saved"; readonly at: Instant; readonly state: Omit<SavedQueryState, "removed"> }
  | { readonly type: "saved_query.changed"; readonly at: Instant; readonly name: string; readonly shared: boolean }
  | { readonly type: "saved_query.removed"; readonly at: Instant; readonly name: string };

/** The rule: an inspector saves; the post that saved it names, shares and removes it. */
export const decideSavedQuery = (state: SavedQueryState | null, command: SavedQueryCommand, by: Actor): Decision<SavedQueryEvent> => {
  if (command.type === "save") {
    if (state !== null) return { refused: "already_exists" };
    const refused = whyNot(by, by.functions.includes("inspector"));
    if (refused !== undefined) return { refused };
    return { events: [{ type: "saved_query.saved", at: by.at, state: { positionId: by.positionId, post: by.positionTitle, by: by.personName, name: command.name, query: command.query, shared: command.shared, at: by.at } }] };
  }
  if (state === null || state.removed) return { refused: "not_found" };
  const refused = whyNot(by, by.positionId === state.positionId);
  if (refused !== undefined) return { refused };
  switch (command.type) {
    case "change":
      return { events: command.name === state.name && command.shared === state.shared ? [] : [{ type: "saved_query.changed", at: by.at, name: command.name, shared: command.shared }] };
    case "remove":
      return { events: [{ type: "saved_query.removed", at: by.at, name: state.name }] };
    default:
      return command satisfies never;
  }
};

/** The saved search after an event. */
export const evolveSavedQuery = (state: SavedQueryState | null, event: SavedQueryEvent): SavedQueryState => {
  if (event.type === "saved_query.saved") return { ...event.state, removed: false };
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after saved_query.saved`);
  switch (event.type) {
    case "saved_query.changed":
      return { ...state, name: event.name, shared: event.shared };
    case "saved_query.removed":
      return { ...state, removed: true };
    default:
      return event satisfies never;
  }
};
