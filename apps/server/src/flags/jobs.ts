import { tenantOf } from "../access/index.ts";
import { inTenant, type Tx } from "../kernel/db.ts";
import { localDate, startOfDay, type Id, type Instant, type Zone } from "../kernel/ids.ts";
import { enqueue, type Jobs } from "../kernel/jobs.ts";
import { search, type Searching } from "./search.ts";
import { searchKey, searchTask } from "./store.ts";

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

/** The job of the night: search, and the next job. */
export const flagJobs = (deps: Searching): Jobs => ({
  [searchTask]: async ({ tenantId }) => {
    await search(deps, tenantId);
    await inTenant(deps.db, tenantId, (tx) => schedule(tx, tenantId, deps.source.now()));
  },
});
