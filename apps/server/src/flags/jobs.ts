import type { contract, Result } from "@lontar/contract";
import { tenantOf } from "../access/index.ts";
import { hasFunction, type Actor } from "../kernel/actor.ts";
import { inTenant, type Tx } from "../kernel/db.ts";
import { localDate, startOfDay, type Id, type Instant, type Zone } from "../kernel/ids.ts";
import { enqueue, type Jobs } from "../kernel/jobs.ts";
import { Refused } from "../kernel/refusal.ts";
import { flags } from "./registry.ts";
import { search, type Searching } from "./search.ts";
import { beginSearch, searchKey, searchNowTask, searchTask, tellSearch, type SearchState } from "./store.ts";

type Contract = typeof contract;

const hourMs = 3_600_000;
const atHour = 2; // an hour after the integrity check: what is not whole is told before what does not fit
/** Two o'clock of the coming night, by the government's own clock. */
export const nextSearch = (now: Instant, zone: Zone): Instant => {
  const ofDay = (moment: number): number => Date.parse(startOfDay(localDate(new Date(moment).toISOString(), zone), zone)) + atHour * hourMs;
  const today = ofDay(Date.parse(now));
  return new Date(today > Date.parse(now) ? today : ofDay(today + 24 * hourMs)).toISOString();
};

const schedule = async (tx: Tx, tenantId: Id, now: Instant): Promise<void> => enqueue(tx, tenantId, [{ task: searchTask, payload: {}, key: searchKey(tenantId), runAt: nextSearch(now, (await tenantOf(tx, tenantId)).zone) }]);

/** Begins the nightly search of governments that have none waiting. */
export const beginSearches = async ({ db, source }: Searching, tenants: readonly Id[], isWaiting: (key: string) => Promise<boolean>): Promise<void> => {
  for (const tenantId of tenants) if (!(await isWaiting(searchKey(tenantId)))) await inTenant(db, tenantId, (tx) => schedule(tx, tenantId, source.now()));
};

/** Asks for a search now, unless one is under way. */
export const askSearch = async (tx: Tx, by: Actor): Promise<Result<Contract["flags.run"]>> => {
  if (!hasFunction(by, "inspector")) throw new Refused("not_yours");
  if (!(await beginSearch(tx, by))) return { status: "berjalan" };
  await enqueue(tx, by.tenantId, [{ task: searchNowTask, payload: {}, key: `${searchNowTask}/${by.tenantId}` }]);
  return { status: "dimulai" };
};

const searchNow = async (deps: Searching, tenantId: Id): Promise<void> => {
  const tell = (state: SearchState): Promise<unknown> => inTenant(deps.db, tenantId, (tx) => tellSearch(tx, tenantId, state, deps.source.now()));
  const told = { step: "mencari", done: 0, raised: 0, lapsed: 0 } as const;
  await tell(told);
  try {
    const { raised, lapsed } = await search(deps, tenantId, flags, (until, done) => tell({ step: "mencari", done, raised: until.raised, lapsed: until.lapsed }));
    await tell({ step: "selesai", done: flags.length, raised, lapsed });
  } catch (error) {
    await tell({ ...told, step: "gagal" });
    throw error;
  }
};

/** The job of the night: search, and the next job. And the search that somebody asked for, which tells how far it is. */
export const flagJobs = (deps: Searching): Jobs => ({
  [searchTask]: async ({ tenantId }) => {
    await search(deps, tenantId);
    await inTenant(deps.db, tenantId, (tx) => schedule(tx, tenantId, deps.source.now()));
  },
  [searchNowTask]: ({ tenantId }) => searchNow(deps, tenantId),
});
