import type { Id, Instant, LocalDate, Zone } from "./ids.ts";

/** What a post may do beyond its place in the tree; data of the post, not of the person. */
export type PostFunction = "registrar" | "archivist" | "leader" | "signer" | "operator" | "inspector" | "admin";

/** How a person holds a post: by appointment or by a dated mandate (UU 30/2014 Ps. 14). */
export type HoldingKind = "definitif" | "plt" | "plh" | "pj";

/** What a mandate reaches: letter types by code, classifications by prefix; an empty list sets no limit. */
export type Scope = { readonly types: readonly string[]; readonly classifications: readonly string[] };

/** The key of a mandate of inspection or of an emergency: held only while it runs. */
export type OversightKey = `inspection:${Id}` | `emergency:${Id}`;

/** Who acts: always a person in a post, under the holding that gave it to him, at a moment. */
export type Actor = {
  readonly tenantId: Id;
  readonly personId: Id;
  readonly personName: string;
  readonly positionId: Id;
  readonly positionTitle: string;
  readonly unitId: Id;
  /** `scope` null = the whole authority of the post. */
  readonly holding: { readonly id: Id; readonly kind: HoldingKind; readonly basis: string | null; readonly scope: Scope | null };
  /** While another acts for this post, who he is: its own holder then decides nothing in it, unless the policy only warns. */
  readonly asideFor: string | null;
  readonly functions: readonly PostFunction[];
  /** Keys of mandates of inspection and of emergencies that run for him now; nearly always none. */
  readonly oversight?: readonly OversightKey[];
  /** Keys of classifications that his post may read by right (SKKAAD); mostly none. */
  readonly classKeys?: readonly `class:${string}`[];
  /** He proved one thing where his posts demand two: he may secure his account, and nothing else. */
  readonly isHeldBack?: true;
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
  holding: { id: nobody, kind: "definitif", basis: null, scope: null },
  asideFor: null,
  functions: [],
  at,
  today,
  zone,
  requestId,
});

/** The id that stands for "no person": the system's own acts. */
export const nobody: Id = "00000000-0000-7000-8000-000000000000";

/** Why this actor decides nothing in a post: it is not the one he acts in, or another acts for it in his stead (F7). */
export const whyNot = (by: Actor, isHisPost: boolean): "not_yours" | "stands_aside" | undefined => (!isHisPost ? "not_yours" : by.asideFor === null ? undefined : "stands_aside");

/** May this actor speak for the post function, such as registering letters? */
export const hasFunction = (by: Pick<Actor, "functions">, wanted: PostFunction): boolean => by.functions.includes(wanted);
