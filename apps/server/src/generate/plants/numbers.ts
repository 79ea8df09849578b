import { handOf } from "../../dispositions/disposition.ts";
import { dayMs } from "../plan.ts";
import { beginNaskah } from "../outgoing.ts";
import { register } from "./incoming.ts";
import { dayIn, type Plant, type Planting } from "./planting.ts";

/** A letter on its way to the signer: submitted and initialled on three days. */
export const initialled = (on: Planting, day: number): ReturnType<typeof beginNaskah> => {
  const naskah = beginNaskah(on, on.office, on.on(day));
  naskah.submit(on.on(day, 40));
  for (const [index, post] of naskah.reviewers.entries()) naskah.approve(post, on.on(day + 1 + index, 15));
  return naskah;
};

const signedOn = (on: Planting, day: number): void => {
  const naskah = initialled(on, day);
  naskah.freeze(on.on(day + 5));
  naskah.sign(on.on(day + 5, 10));
  naskah.issue(on.on(day + 5, 10));
  naskah.end();
};

/** Plants among numbers and dates. */
export const numberPlants: Readonly<Record<string, Plant>> = {
  // Taken, and left for two months, while the next letter goes out.
  "A-01": (on) => {
    const naskah = initialled(on, 0);
    naskah.freeze(on.on(4));
    signedOn(on, 1);
    naskah.sign(on.on(64));
    naskah.issue(on.on(64));
    naskah.end();
    return [naskah.id];
  },
  // Three numbers of one office are cancelled within four days.
  "A-02": (on) =>
    [0, 1, 2].map((n) => {
      const naskah = initialled(on, n);
      naskah.freeze(on.on(n + 4));
      naskah.draft.say({ type: "cancel", reason: "Tidak jadi diperlukan." }, on.act(naskah.signer, on.on(n + 4, 90)));
      naskah.end();
      return naskah.id;
    }),
  // Entered as received three weeks before it was scanned.
  "A-03": (on) => {
    const at = on.on(0);
    const incoming = register(on, at, { receivedOn: dayIn(on, new Date(Date.parse(at) - 21 * dayMs).toISOString()) });
    incoming.direct(on.on(0, 60));
    incoming.letter.say({ type: "open" }, on.act(on.office.head, on.on(1)));
    incoming.letter.say({ type: "close", note: "Untuk diketahui." }, on.act(on.office.head, on.on(1, 20)));
    incoming.end();
    return [incoming.id];
  },
  // Dated two weeks before its own draft: the rules date a letter on the day on which it gets its number, another server need not.
  "A-04": (on) => {
    const naskah = initialled(on, 0);
    naskah.freeze(on.on(4), { date: dayIn(on, new Date(Date.parse(on.on(0)) - 14 * dayMs).toISOString()) });
    naskah.sign(on.on(4, 10));
    naskah.issue(on.on(4, 10));
    naskah.end();
    return [naskah.id];
  },
  // Directed, it is said, twelve days before it came in: the act claims a time that is not that of its record.
  "A-05": (on) => {
    const incoming = register(on, on.on(0));
    const recorded = on.on(0, 60);
    const by = on.act(on.office.clerk, new Date(Date.parse(recorded) - 12 * dayMs).toISOString());
    incoming.letter.happen([{ type: "received.directed", to: { positionId: on.office.head.id, title: on.office.head.title }, at: by.at, by: handOf(by) }], by, recorded);
    incoming.letter.say({ type: "open" }, on.act(on.office.head, on.on(1)));
    incoming.letter.say({ type: "close", note: "Untuk diketahui." }, on.act(on.office.head, on.on(1, 20)));
    incoming.end();
    return [incoming.id];
  },
};
