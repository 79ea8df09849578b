import type { HoldingKind, PostFunction } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";

/** A unit of the organisation: the regency, a dinas, a bidang, a desa. */
export type UnitState = { readonly code: string; readonly name: string; readonly shortName: string; readonly parentId: Id | null; readonly kind: string; readonly letterhead: Letterhead | null };

/** What a unit prints above its letters; a unit without one uses its parent's. */
export type Letterhead = { readonly level: "opd" | "bupati" | "desa"; readonly lines: readonly string[]; readonly address: readonly string[]; readonly place: string };

/** A post: letters are addressed to it, and whoever holds it on that day can act. */
export type PositionState = {
  readonly unitId: Id;
  readonly title: string;
  readonly shortTitle: string;
  readonly superiorId: Id | null;
  /** Role in an approval chain: `kepala`, `sekretaris`, `kepala_bidang`, `kepala_seksi`, `staf`, `bupati`, `sekda`, `asisten`, `kades`, `sekdes`, `operator`, `tata_usaha` … */
  readonly role: string;
  readonly functions: readonly PostFunction[];
  readonly order: number;
};

/** A person. NIK is never here; NIP is personal data and shown only in signature blocks. */
export type PersonState = { readonly name: string; readonly nip: string | null; readonly rank: string | null; readonly email: string | null };

/** A dated holding of a post by a person (domain §1.6). */
export type HoldingState = { readonly personId: Id; readonly positionId: Id; readonly kind: HoldingKind; readonly basis: string | null; readonly since: Instant; readonly until: Instant | null };

/** Defining a thing of the organisation: its whole new state is the fact. */
export type OrganisationEvent<State> = { readonly type: string; readonly state: State };

/** What an admin says: this is how it is from now on. */
export type OrganisationCommand<State> = { readonly type: "define"; readonly state: State };

/** The rule for units, posts, people and holdings alike, until the organisation has acts of its own: only the admin (or the first-run seed) defines. */
export const decideDefinition =
  <State>(eventType: string, mayDefine: (functions: readonly PostFunction[]) => boolean) =>
  (_before: State | null, command: OrganisationCommand<State>, by: { readonly functions: readonly PostFunction[] }): Decision<OrganisationEvent<State>> =>
    mayDefine(by.functions) ? { events: [{ type: eventType, state: command.state }] } : { refused: "not_yours" };

/** The new state is what the event says. */
export const evolveDefinition = <State>(_before: State | null, event: OrganisationEvent<State>): State => event.state;

/** Is the holding in force at the instant? The first moment counts, the last does not. */
export const isInForce = (holding: Pick<HoldingState, "since" | "until">, at: Instant): boolean => holding.since <= at && (holding.until === null || at < holding.until);

/** Of all holders of a post in force, the one who answers for it: an acting official stands before the definitive one (F7). */
export const answering = <H extends Pick<HoldingState, "since" | "until" | "kind">>(holdings: readonly H[], at: Instant): H | undefined => {
  const inForce = holdings.filter((holding) => isInForce(holding, at));
  return inForce.find((holding) => holding.kind !== "definitif") ?? inForce[0];
};
