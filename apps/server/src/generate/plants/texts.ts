import { actorOfDrafter, beginNaskah } from "../outgoing.ts";
import { initialled } from "./numbers.ts";
import type { Plant } from "./planting.ts";

/** Plants among texts, their initials and their signatures. */
export const textPlants: Readonly<Record<string, Plant>> = {
  // The text is exchanged between the last initial and the number: the rules void the initials then, another server keeps them.
  "C-01": (on) => {
    const naskah = initialled(on, 0);
    naskah.freeze(on.on(5), { hash: "c".repeat(64) });
    naskah.sign(on.on(5, 10));
    naskah.issue(on.on(5, 10));
    naskah.end();
    return [naskah.id];
  },
  // The drafter takes back what two have initialled, and changes it.
  "C-02": (on) => {
    const naskah = initialled(on, 0);
    const taken = on.on(5);
    naskah.draft.say({ type: "withdraw" }, actorOfDrafter(on, naskah, taken));
    naskah.submit(on.on(5, 30), "Bersama ini disampaikan isi yang lain.");
    for (const [index, post] of naskah.reviewers.entries()) naskah.approve(post, on.on(6 + index));
    naskah.freeze(on.on(10));
    naskah.sign(on.on(10, 10));
    naskah.issue(on.on(10, 10));
    naskah.end();
    return [naskah.id];
  },
  // The second official initials four seconds after the first.
  "C-03": (on) => {
    const naskah = beginNaskah(on, on.office, on.on(0));
    naskah.submit(on.on(0, 40));
    const at = Date.parse(on.on(1));
    for (const [index, post] of naskah.reviewers.entries()) naskah.approve(post, new Date(at + index * 4000).toISOString());
    naskah.freeze(on.on(3));
    naskah.sign(on.on(3, 10));
    naskah.issue(on.on(3, 10));
    naskah.end();
    return [naskah.id];
  },
  // Recalled when it had been out for six weeks.
  "C-04": (on) => {
    const naskah = initialled(on, 0);
    naskah.freeze(on.on(5));
    naskah.sign(on.on(5, 10));
    naskah.issue(on.on(5, 10)).say({ type: "revoke", reason: "Tidak berlaku lagi" }, on.act(naskah.signer, on.on(48)));
    naskah.end();
    return [naskah.id];
  },
};
