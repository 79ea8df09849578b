import { dayMs } from "../plan.ts";
import { register } from "./incoming.ts";
import { initialled } from "./numbers.ts";
import type { Plant } from "./planting.ts";

/** Plants among mandates, roles and accounts. */
export const authorityPlants: Readonly<Record<string, Plant>> = {
  // A Plh. whose mandate is limited to one classification signs in another: the rules refuse this, another server lets it pass.
  "B-01": (on) => {
    const mandate = on.mandate({ post: on.office.head, to: on.office.deputy, from: on.on(1), until: on.on(9), registered: on.on(0), by: on.office.clerk, scope: { types: [], classifications: ["500"] } });
    const naskah = initialled(on, 1);
    const beyond = (at: string) => ({ ...mandate.acting(at), holding: { ...mandate.acting(at).holding, scope: null } }); // as one would act whose server does not ask
    naskah.freeze(on.on(6), { by: beyond(on.on(6)) });
    naskah.sign(on.on(6, 12), beyond(on.on(6, 12)));
    naskah.issue(on.on(6, 12));
    naskah.end();
    return [naskah.id];
  },
  // Three mandates in a row, twelve days each, on the second post of an office.
  "B-02": (on) =>
    [0, 1, 2].map((n) => {
      const day = (count: number): string => new Date(Date.parse(on.on(0)) + count * dayMs).toISOString();
      const [from, until] = [day(12 * n), day(12 * n + 12)];
      return on.mandate({ post: on.office.deputy, to: on.office.middle[0] ?? on.office.clerk, from, until, registered: new Date(Date.parse(from) - 3_600_000).toISOString(), by: on.office.head }).id;
    }),
  // A member of staff becomes the clerk's Plh., and registers a letter twenty minutes later.
  "B-03": (on) => {
    const staff = on.office.staff[0] ?? on.office.clerk;
    const mandate = on.mandate({ post: on.office.clerk, to: staff, from: on.on(0), until: on.on(3), registered: on.on(0), by: on.office.head });
    const incoming = register(on, new Date(Date.parse(on.on(0)) + 20 * 60_000).toISOString(), { by: mandate.acting });
    incoming.end();
    return [mandate.id];
  },
  // The admin takes the guard off the head's account; two hours later the account signs.
  "B-04": (on) => {
    const { head } = on.office;
    const account = on.account(head, on.on(0));
    const personId = head.holder?.personId ?? "";
    account.say({ type: "setSecondFactor", of: personId }, on.act(head, on.on(0, 10)));
    const naskah = initialled(on, 0);
    const reset = on.on(5);
    account.say({ type: "resetFactors", of: personId, reason: "Ponsel hilang" }, { ...on.act(on.office.clerk, reset), functions: ["admin"] });
    const later = (minutes: number): string => new Date(Date.parse(reset) + minutes * 60_000).toISOString();
    naskah.freeze(later(120));
    naskah.sign(later(125));
    naskah.issue(later(125));
    naskah.end();
    return [naskah.id];
  },
};

