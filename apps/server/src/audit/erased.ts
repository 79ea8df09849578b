import type { Id } from "../kernel/ids.ts";

/** The part of an event that erasure is about. */
type Seen = { readonly event_id: Id; readonly kind: string; readonly thing_id: Id; readonly type: string; readonly at: Date; readonly body: unknown };

type Tell = (eventId: Id, sentence: string) => void;

/** Words that are gone, until an act is found that erased them (UU 27/2022 Ps. 16(2)g). Events come thing by thing, in the order of their story. */
export type Erasures = {
  /** An event without words, salt and names. */
  readonly gone: (event: Seen) => void;
  /**
   * Settles what an erasing act accounts for. Answers the first event that it erased, from which on whatever rights are left have been there;
   * nothing for any other event.
   */
  readonly settle: (event: Seen) => Seen | undefined;
  /** Names what no act accounts for. */
  readonly close: () => void;
};

/** Opens the books of one replay. */
export const openErasures = (tell: Tell): Erasures => {
  const open = new Map<Id, Map<Id, Seen>>();
  return {
    gone: (event) => {
      const things = open.get(event.thing_id) ?? new Map<Id, Seen>();
      open.set(event.thing_id, things.set(event.event_id, event));
    },
    settle: (event) => {
      const named = erasedBy(event);
      if (named === undefined) return undefined;
      const things = open.get(event.thing_id) ?? new Map<Id, Seen>();
      const erased = named.flatMap((id) => things.get(id) ?? []).filter((one) => one.kind === event.kind);
      if (erased.length !== named.length) tell(event.event_id, "Peristiwa ini menyatakan isi peristiwa lain dihapus, padahal isinya masih ada.");
      for (const one of erased) things.delete(one.event_id);
      return erased[0];
    },
    close: () => {
      for (const things of open.values()) for (const event of things.values()) tell(event.event_id, `Isi peristiwa ${event.type} dihapus, dan tidak ada peristiwa yang mencatat penghapusannya.`);
    },
  };
};

const erasedBy = ({ type, body }: Seen): readonly Id[] | undefined => {
  if (!type.endsWith(".erased") || typeof body !== "object" || body === null || !("events" in body) || !Array.isArray(body.events)) return undefined;
  return body.events.filter((id) => typeof id === "string");
};
