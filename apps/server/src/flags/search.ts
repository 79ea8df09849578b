import { tenantOf } from "../access/index.ts";
import { systemActor, type Actor } from "../kernel/actor.ts";
import { inTenant, readTenant, type Database, type Tx } from "../kernel/db.ts";
import { localDate, type Id, type Source } from "../kernel/ids.ts";
import { tellBrowsers } from "../kernel/live.ts";
import { perform } from "../kernel/perform.ts";
import type { Flag } from "./flag.ts";
import { flags } from "./registry.ts";
import { completed, findingIdOf, findingMachine, inspectors, lockSearch, logSize, lookedOf, measureOf, openOf, rulesOf, saveLooked, searchFor, standingOf } from "./store.ts";

/** What a search works with. */
export type Searching = { readonly db: Database; readonly source: Pick<Source, "now"> };

/** What a search did: findings raised, findings that a changed measure dropped, and how far into the log it looked. */
export type Searched = { readonly raised: number; readonly lapsed: number; readonly seen: number };

/** Findings that one kind raises in one look; of more nobody would read any: its measure is wrong, and the inspector is told how many were left. */
export const mostRaised = 500;
const mostLookedAt = 20_000;
const beginning = "1970-01-01T00:00:00.000Z";

/**
 * Looks for everything that does not fit, kind by kind, each in a transaction of its own: what has come into the log since its last
 * look, or everything once its measure has changed. `tell` hears of each kind that is done. A crash leaves the kinds before it done; found again, the same facts are the same finding.
 */
export const search = async ({ db, source }: Searching, tenantId: Id, kinds: readonly Flag[] = flags, tell: (until: Searched, done: number) => Promise<unknown> = async () => undefined): Promise<Searched> => {
  const { zone } = await readTenant(db, tenantId, (tx) => tenantOf(tx, tenantId));
  const now = source.now();
  const by = systemActor(tenantId, now, localDate(now, zone), zone, "flags");
  const total = { raised: 0, lapsed: 0, seen: 0 };
  for (const [index, flag] of kinds.entries()) {
    const { raised, lapsed, seen } = await inTenant(db, tenantId, (tx) => searchKind(tx, flag, by));
    total.raised += raised;
    total.lapsed += lapsed;
    total.seen = Math.max(total.seen, seen);
    await tell(total, index + 1);
  }
  if (total.raised > 0) await inTenant(db, tenantId, async (tx) => tellBrowsers(tx, tenantId, await inspectors(tx, tenantId, now)));
  return total;
};

const searchKind = async (tx: Tx, flag: Flag, by: Actor): Promise<Searched> => {
  const { tenantId } = by;
  await lockSearch(tx, tenantId);
  const rule = (await rulesOf(tx, tenantId)).get(flag.code);
  const measure = measureOf(flag, rule);
  const isOn = rule?.isOn ?? true;
  const spelled = JSON.stringify([isOn, measure]);
  const last = (await lookedOf(tx, tenantId)).get(flag.code);
  const isAnew = last?.measure !== spelled;
  const to = await logSize(tx, tenantId);
  const scan = { tenantId, zone: by.zone, from: isAnew ? 0 : last.seen, to, since: isAnew ? beginning : last.at, now: by.at };
  const rows = isOn ? await searchFor(tx, flag, scan, measure, mostLookedAt) : [];
  const named = new Map(rows.map((row) => [findingIdOf(tenantId, flag.code, row.key), row]));
  const standing = await standingOf(tx, tenantId, [...named.keys()]);
  const wanted = [...named].filter(([id]) => (standing.get(id) ?? "gugur") === "gugur").map(([id, row]) => ({ id, row }));
  const taken = await completed(tx, flag, measure, wanted.slice(0, mostRaised), by);
  for (const { id, found } of taken) await perform(tx, findingMachine, id, { type: "raise", found }, by);
  // A search that was cut does not know what it did not see.
  const dropped = isAnew && rows.length < mostLookedAt ? (await openOf(tx, tenantId, flag.code)).filter((id) => !named.has(id)) : [];
  for (const id of dropped) await perform(tx, findingMachine, id, { type: "lapse" }, by);
  await saveLooked(tx, tenantId, flag.code, { seen: to, at: by.at, measure: spelled, more: wanted.length - taken.length });
  return { raised: taken.length, lapsed: dropped.length, seen: to };
};
