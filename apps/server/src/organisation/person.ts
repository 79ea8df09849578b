import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Id } from "../kernel/ids.ts";
import type { Job } from "../kernel/jobs.ts";
import type { Decision } from "../kernel/perform.ts";

/** A person. NIK is never here: it lies sealed beside the row; NIP is personal data and shown in signature blocks. `grade` is the golongan, such as IV/c. */
export type PersonState = { readonly name: string; readonly nip: string | null; readonly rank: string | null; readonly grade?: string | null; readonly email: string | null };

/** What an admin says of a person; whether a NIK came with it is said, never which. */
export type PersonCommand = { readonly type: "define"; readonly state: PersonState; readonly nikChanged?: boolean };

/** What happened to a person's record. */
export type PersonEvent = { readonly type: "person.defined"; readonly state: PersonState; readonly nikChanged?: boolean };

/** Only the admin keeps the list of people. */
export const decidePerson = (_state: PersonState | null, { state, nikChanged }: PersonCommand, by: Pick<Actor, "functions">): Decision<PersonEvent> =>
  hasFunction(by, "admin") ? { events: [{ type: "person.defined", state, ...(nikChanged === true && { nikChanged }) }] } : { refused: "not_yours" };

/** The person after an event. */
export const evolvePerson = (_state: PersonState | null, event: PersonEvent): PersonState => event.state;

/**
 * By NIP or e-mail address a single sign-on may know a person, and news of his account goes to that address: whoever changes either could come in as him. So it
 * is told to him, also at the address that he had; `access` tells it.
 */
export const identityNews = (id: Id, before: PersonState | null | undefined, after: PersonState, by: Pick<Actor, "personName" | "at">): readonly Job[] => {
  const what = before == null ? [] : [...(before.nip === after.nip ? [] : ["NIP"]), ...(before.email === after.email ? [] : ["pos-el"])];
  return what.length === 0 ? [] : [{ task: "access.identity", payload: { personId: id, what: what.join(" dan "), was: before?.email === after.email ? null : before?.email, by: by.personName, at: by.at } }];
};

/** A NIK as it may be shown: four digits of its end tell two people apart, its region and birth stay hidden. */
export const maskedNik = (nik: string): string => `${"•".repeat(Math.max(0, nik.length - 4))}${nik.slice(-4)}`;
