import type { Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import type { Traces } from "../kernel/state.ts";
import { mayUse, type InspectionState } from "./inspection.ts";
import { isNewReading, partName, type Part, type Readings } from "./reading.ts";

/** A letter as far as oversight asks: which, and how closed it is. */
export type Overseen = { readonly id: Id; readonly kind: "surat" | "naskah"; readonly number: string; readonly security: "B" | "T" | "R" | "SR" };

/** What an inspector has read of one letter under one mandate. There is no right before the first look: the look is the act that gives it. */
export type LookState = { readonly inspectionId: Id; readonly letterId: Id; readonly kind: Overseen["kind"]; readonly sight: "isi" | "sampul"; readonly looks: number; readonly recent: Readings };

/** The inspector reads; the mandate and whether it reaches the letter are gathered after the lock. */
export type LookCommand = { readonly type: "read"; readonly part: Part; readonly letter: Overseen; readonly inspectionId: Id; readonly inspection: InspectionState; readonly isReached: boolean };

/** He read. */
export type LookEvent = { readonly type: "inspection_look.read"; readonly at: Instant; readonly inspectionId: Id; readonly basis: string; readonly letter: Overseen; readonly part: Part };

/** The rule: under a mandate that runs, of a letter within its reach; what he opened he may go on reading until the mandate ends. */
export const decideLook = (state: LookState | null, command: LookCommand, by: Actor): Decision<LookEvent> => {
  const refused = mayUse(command.inspection, by);
  if (refused !== undefined) return { refused };
  if (state === null && !command.isReached) return { refused: "outside_inspection" };
  if (state !== null && !isNewReading(state.recent, command.part, by.at)) return { events: [] };
  return { events: [{ type: "inspection_look.read", at: by.at, inspectionId: command.inspectionId, basis: command.inspection.basis, letter: command.letter, part: command.part }] };
};

/** The look after an event. Of what is secret an inspector sees the envelope (domain §1.8). */
export const evolveLook = (state: LookState | null, event: LookEvent): LookState => ({
  inspectionId: event.inspectionId,
  letterId: event.letter.id,
  kind: event.letter.kind,
  sight: isSecretClass(event.letter.security) ? "sampul" : "isi",
  looks: (state?.looks ?? 0) + 1,
  recent: { ...state?.recent, [partName(event.part)]: event.at },
});

/** Rahasia and Sangat Rahasia. */
export const isSecretClass = (security: Overseen["security"]): boolean => security === "R" || security === "SR";

/** Whoever holds the mandate's key while it runs may read the letter. */
export const tracesOfLook = (_id: Id, state: LookState | null): Traces =>
  state === null ? { readers: [], duties: [] } : { readers: [{ holder: `inspection:${state.inspectionId}`, rule: "pemeriksaan", ...(state.sight === "sampul" && { sight: "sampul" as const }) }], duties: [] };
