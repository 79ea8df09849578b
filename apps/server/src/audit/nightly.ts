import { inTenant, type Database, type Tx } from "../kernel/db.ts";
import { localDate, startOfDay, type Id, type Instant, type Source } from "../kernel/ids.ts";
import { enqueue, type Jobs } from "../kernel/jobs.ts";
import type { Log } from "../kernel/log.ts";
import type { CheckResult } from "./fsck.ts";

/** What the check of every night works with; `run` is the same check that the inspector's button and `lontar fsck` make. */
export type Nightly = { readonly db: Database; readonly source: Pick<Source, "now">; readonly log: Log; readonly run: (tenantId: Id) => Promise<CheckResult> };

const hourMs = 3_600_000;
const keyOf = (tenantId: Id): string => `audit.check/${tenantId}`;

/** One o'clock of the coming night, by the government's own clock. */
export const nextNight = (now: Instant, zone: Parameters<typeof startOfDay>[1]): Instant => {
  const one = Date.parse(startOfDay(localDate(now, zone), zone)) + hourMs;
  const next = one > Date.parse(now) ? one : Date.parse(startOfDay(localDate(new Date(one + 24 * hourMs).toISOString(), zone), zone)) + hourMs;
  return new Date(next).toISOString();
};

const schedule = async (tx: Tx, tenantId: Id, now: Instant): Promise<void> => {
  const tenant = await tx.selectFrom("tenant").select("zone").where("tenant_id", "=", tenantId).executeTakeFirstOrThrow();
  await enqueue(tx, tenantId, [{ task: "audit.check", payload: {}, key: keyOf(tenantId), runAt: nextNight(now, tenant.zone) }]);
};

/** Begins the nightly check of governments that have none waiting. */
export const beginChecks = async ({ db, source }: Nightly, tenants: readonly Id[], isWaiting: (key: string) => Promise<boolean>): Promise<void> => {
  for (const tenantId of tenants) if (!(await isWaiting(keyOf(tenantId)))) await inTenant(db, tenantId, (tx) => schedule(tx, tenantId, source.now()));
};

/** The job of the night: check, keep the report where the inspector finds it, and the next job, in one transaction. */
export const checkJobs = ({ db, source, log, run }: Nightly): Jobs => ({
  "audit.check": async ({ tenantId }) => {
    const result = await run(tenantId);
    if (result.findings.length > 0) log.error({ tenantId, findings: result.findings.length }, "the nightly check found what does not agree");
    await inTenant(db, tenantId, async (tx) => {
      const at = source.now();
      await tx.insertInto("check_run").values({ tenant_id: tenantId, at, result: JSON.stringify(result) }).execute();
      await schedule(tx, tenantId, at);
    });
  },
});
