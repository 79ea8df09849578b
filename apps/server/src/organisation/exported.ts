import { createHash } from "node:crypto";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { idFrom, type Id, type Instant } from "../kernel/ids.ts";
import { perform, type Decision, type Machine } from "../kernel/perform.ts";
import { stateStore } from "../kernel/state.ts";

/** What leaves the office in a file of its own: the organisation, who may see one letter, the trail of one letter. */
export type ExportOf = { readonly what: "organisasi"; readonly letterId: null } | { readonly what: "pembaca" | "jejak"; readonly letterId: Id };

/** One export: of what, in which form, how it was narrowed, and how many rows went out. Never what stood in them. */
export type ExportState = ExportOf & { readonly form: "xlsx" | "csv" | "pdf" | "json"; readonly filter: string; readonly rows: number };

/** Somebody takes a file away; `mayRead` is asked of the letter before. */
export type ExportCommand = { readonly type: "make"; readonly export: ExportState; readonly mayRead: boolean };

/** The file was made for him. */
export type ExportEvent = { readonly type: "export.made"; readonly at: Instant; readonly export: ExportState };

/** The organisation is exported by its admin alone, since NIK go with it; what tells of a letter by whoever may read that letter. */
export const decideExport = (state: ExportState | null, { export: made, mayRead }: ExportCommand, by: Pick<Actor, "at" | "functions">): Decision<ExportEvent> =>
  state !== null ? { refused: "wrong_state" } : made.what === "organisasi" && !by.functions.includes("admin") ? { refused: "not_yours" } : !mayRead ? { refused: "not_found" } : { events: [{ type: "export.made", at: by.at, export: made }] };

/** The export after its one event. */
export const evolveExport = (_state: ExportState | null, event: ExportEvent): ExportState => event.export;

/** Rows of exports. */
export const exportStore = stateStore<ExportState | null>({ table: "export", none: null, open: true, subject: (id, state) => state?.letterId ?? id });

/** Exports. */
export const exportMachine: Machine<ExportState | null, ExportCommand, ExportEvent> = {
  kind: "export", subject: exportStore.subject, lock: exportStore.lock, decide: decideExport, evolve: evolveExport, save: exportStore.save, later: () => [],
};

/** Writes that somebody takes a file away, in the transaction that reads what goes into it: no file without its event. */
export const noteExport = async (tx: Tx, made: ExportState, by: Actor): Promise<void> => void (await perform(tx, exportMachine, idOfExport(made, by), { type: "make", export: made, mayRead: true }, by));

// A download is no command with an id of its own: its request gives it one.
const idOfExport = ({ what, letterId }: ExportState, by: Actor): Id => idFrom(Date.parse(by.at), createHash("sha256").update(`export/${by.requestId}/${by.personId}/${by.at}/${what}/${letterId ?? ""}`).digest().subarray(0, 10));
