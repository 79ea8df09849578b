import type { Id } from "../../kernel/ids.ts";
import { beginNaskah, type Writing } from "../outgoing.ts";
import type { Staffed } from "../people.ts";
import { plantingAt, type Soil } from "./planting.ts";

const mandates = 3;
const sharedDays = 6;
const entries = 8;

/**
 * What an office does in a year besides its letters, and what nobody needs to explain: a chief is on leave three times and a member of staff stands for him, a front desk is
 * shared, people come in, and now and then somebody loses his phone. It lies near what the red flags look for.
 */
export const ordinaryOffice = (writing: Writing, soil: Soil, office: Staffed, withAccount: ReadonlySet<Id>): void => {
  const { dice } = writing;
  const [middle] = office.middle;
  const staff = office.staff[0];
  const at = (from: string, minutes: number): string => new Date(Date.parse(from) + minutes * 60_000).toISOString();
  for (let n = 0; n < mandates; n += 1) {
    const on = plantingAt(writing, soil, { office, share: 0.05 + 0.3 * n + 0.2 * dice.roll() });
    if (middle === undefined || staff === undefined) break;
    // Mostly known some days before; a sudden one is registered in the morning.
    const registered = dice.roll() < 0.8 ? on.on(0) : on.on(2, -60);
    const mandate = on.mandate({ post: middle, to: staff, from: on.on(2), until: on.on(6), registered, by: office.deputy });
    const naskah = beginNaskah(on, office, on.on(1));
    naskah.submit(on.on(1, 30));
    const stands = naskah.reviewers.some((post) => post.id === middle.id) && naskah.draft.state()?.drafter.positionId !== staff.id;
    const moment = on.on(2, 45 + dice.below(240));
    if (stands) naskah.approve(middle, moment, mandate.acting(moment));
    naskah.end();
  }
  const mayEnter = (post: Staffed["head"]): boolean => !withAccount.has(post.holder?.personId ?? "");
  const other = office.staff.at(-1);
  const on = plantingAt(writing, soil, { office, share: 0.01 });
  if (other !== undefined && other !== staff && mayEnter(office.clerk) && mayEnter(other) && office.clerk.id !== office.deputy.id) {
    for (let n = 0; n < sharedDays; n += 1) {
      const begun = on.on(1 + n * 40);
      on.account(office.clerk, on.on(0)).enter(begun, `${office.officeId}/loket`);
      on.account(other, on.on(0)).enter(at(begun, 3 + dice.below(60)), `${office.officeId}/loket`);
    }
  }
  for (const post of [office.deputy, ...office.middle]) {
    if (post.id === office.clerk.id || !mayEnter(post)) continue;
    const account = on.account(post, on.on(0));
    const personId = post.holder?.personId ?? "";
    const loss = dice.roll() < 0.08 ? dice.below(entries) : -1;
    if (loss >= 0) account.say({ type: "setSecondFactor", of: personId }, on.act(post, on.on(0, 30)));
    for (let n = 0; n < entries; n += 1) {
      const moment = on.on(1 + n * 30 + dice.below(20));
      if (n === loss) account.say({ type: "resetFactors", of: personId, reason: "Ponsel hilang" }, { ...on.act(office.clerk, at(moment, -20)), functions: ["admin"] });
      account.enter(moment, post.id);
    }
  }
};
