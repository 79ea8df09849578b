import type { Actor } from "../kernel/actor.ts";
import type { Id, Instant, LocalDate } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import { isSecretClass, type Overseen } from "./look.ts";

/** That a person reads one secret letter by a right of his own: the last day on which he did, and on how many. */
export type SecretReadingState = { readonly letterId: Id; readonly personId: Id; readonly kind: Overseen["kind"]; readonly lastDay: LocalDate; readonly days: number };

/** He is about to be given what is inside. */
export type SecretReadingCommand = { readonly type: "read"; readonly letter: Overseen };

/** He read on this day. */
export type SecretReadingEvent = { readonly type: "secret_reading.read"; readonly at: Instant; readonly day: LocalDate; readonly personId: Id; readonly letter: Overseen };

/** Of a secret letter each day on which somebody reads is an event, the first time of that day: turning pages writes no more. */
export const decideSecretReading = (state: SecretReadingState | null, { letter }: SecretReadingCommand, by: Pick<Actor, "at" | "today" | "personId">): Decision<SecretReadingEvent> =>
  !isSecretClass(letter.security) || state?.lastDay === by.today ? { events: [] } : { events: [{ type: "secret_reading.read", at: by.at, day: by.today, personId: by.personId, letter }] };

/** The reading after an event. */
export const evolveSecretReading = (state: SecretReadingState | null, event: SecretReadingEvent): SecretReadingState =>
  ({ letterId: event.letter.id, personId: event.personId, kind: event.letter.kind, lastDay: event.day, days: (state?.days ?? 0) + 1 });
