import type { Id, Instant, Zone } from "../../kernel/ids.ts";
import type { HoldingState } from "../holding.ts";
import type { PersonState } from "../person.ts";
import type { PositionFacts } from "../position.ts";
import type { UnitFacts } from "../unit.ts";

/** A thing of the organisation as it stands at the moment of the exchange; `lastSince` is the newest thing decided about it, in force or not. */
type Standing<Facts> = { readonly id: Id; readonly facts: Facts; readonly lastSince: Instant };

/** The whole organisation at a moment, as export writes it and import compares with it. NIK are there as masks and keyed hashes alone. */
export type OfficeSnapshot = {
  readonly units: readonly Standing<UnitFacts>[];
  readonly posts: readonly Standing<PositionFacts>[];
  readonly people: readonly { readonly id: Id; readonly state: PersonState; readonly nik: { readonly masked: string; readonly keyed: string } | null }[];
  readonly holdings: readonly { readonly id: Id; readonly state: HoldingState }[];
};

/** When a change begins, what time it is, and where. */
export type Clock = { readonly at: Instant; readonly now: Instant; readonly zone: Zone };

const tail = (id: Id): string => id.slice(-12);

/** How sheets name a post: by the code that the office chose, or by one made from its id, which never changes. */
export const codeOfPost = (post: { readonly id: Id; readonly facts: PositionFacts }): string => post.facts.code ?? `J-${tail(post.id)}`;

/** How sheets name a person, whatever his name or NIP becomes. */
export const codeOfPerson = (id: Id): string => `P-${tail(id)}`;
