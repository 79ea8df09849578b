import type { Id, Instant, LocalDate, Zone } from "./ids.ts";

/** What a post may do beyond its place in the tree; data of the post, not of the person. */
export type PostFunction = "registrar" | "archivist" | "leader" | "signer" | "operator" | "inspector" | "admin";

/** How a person holds a post: by appointment or by a dated mandate (UU 30/2014 Ps. 14). */
export type HoldingKind = "definitif" | "plt" | "plh" | "pj";

/** Who acts: always a person in a post, under the holding that gave it to him, at a moment. */
export type Actor = {
  readonly tenantId: Id;
  readonly personId: Id;
  readonly personName: string;
  readonly positionId: Id;
  readonly positionTitle: string;
  readonly unitId: Id;
  readonly holding: { readonly id: Id; readonly kind: HoldingKind; readonly basis: string | null };
  readonly functions: readonly PostFunction[];
  /** Keys of classifications that his post may read by right (SKKAAD); mostly none. */
  readonly classKeys?: readonly `class:${string}`[];
  readonly at: Instant;
  readonly today: LocalDate;
  readonly zone: Zone;
  readonly requestId: string;
};

/** The system acting for nobody in particular: schedules, jobs, the exchange. */
export const systemActor = (tenantId: Id, at: Instant, today: LocalDate, zone: Zone, requestId: string): Actor => ({
  tenantId,
  personId: nobody,
  personName: "Lontar",
  positionId: nobody,
  positionTitle: "Sistem",
  unitId: nobody,
  holding: { id: nobody, kind: "definitif", basis: null },
  functions: [],
  at,
  today,
  zone,
  requestId,
});

/** The id that stands for "no person": the system's own acts. */
export const nobody: Id = "00000000-0000-7000-8000-000000000000";

/** May this actor speak for the post function, such as registering letters? */
export const hasFunction = (by: Actor, wanted: PostFunction): boolean => by.functions.includes(wanted);
