import { inTenant, type Database, type Tx } from "../kernel/db.ts";
import { localDate, startOfDay, type Id, type Instant, type Source } from "../kernel/ids.ts";
import { enqueue, type JobPayload, type Jobs } from "../kernel/jobs.ts";
import type { Log } from "../kernel/log.ts";
import type { CheckReport, CheckResult, CheckStep } from "./fsck.ts";

/** What the check of every night works with; `run` is the same check that the inspector's button and `lontar fsck` make. */
export type Nightly = { readonly db: Database; readonly source: Pick<Source, "now">; readonly log: Log; readonly run: (tenantId: Id, report?: CheckReport) => Promise<CheckResult> };

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

const keep = async (tx: Tx, tenantId: Id, at: Instant, result: CheckResult): Promise<void> => {
  await tx.insertInto("check_run").values({ tenant_id: tenantId, at, result: JSON.stringify(result) }).execute();
};

/** The job of the night: check, keep the report where the inspector finds it, and the next job, in one transaction. And the one that somebody asked for, which tells how far it is. */
export const checkJobs = (nightly: Nightly): Jobs => ({
  "audit.check": async ({ tenantId }) => {
    const { db, source, log, run } = nightly;
    const result = await run(tenantId);
    if (result.findings.length > 0) log.error({ tenantId, findings: result.findings.length }, "the nightly check found what does not agree");
    await inTenant(db, tenantId, async (tx) => {
      const at = source.now();
      await keep(tx, tenantId, at, result);
      await schedule(tx, tenantId, at);
    });
  },
  "audit.check_now": (payload) => checkNow(nightly, payload),
});

/** How far a check is that was asked for, as its page shows it. */
export type Progress = CheckStep | "menunggu" | "selesai" | "gagal";

const tellProgress = (tx: Tx, tenantId: Id, step: Progress, count: number, at: Instant): Promise<unknown> => tx.updateTable("check_progress").set({ step, count, at }).where("tenant_id", "=", tenantId).execute();

const betweenWordsMs = 1000;

// 1 Progress is written beside the check, never oftener than once a second. A crash there leaves a word that grows old; the job is run again.
const checkNow = async ({ db, source, run }: Nightly, { tenantId }: JobPayload): Promise<void> => {
  let last: { readonly step: Progress; readonly at: number } = { step: "menunggu", at: 0 };
  let telling: Promise<unknown> = Promise.resolve();
  const tell = (step: Progress, count: number): void => {
    const at = source.now();
    if (step === last.step && Date.parse(at) < last.at + betweenWordsMs) return;
    last = { step, at: Date.parse(at) };
    telling = telling.then(() => inTenant(db, tenantId, (tx) => tellProgress(tx, tenantId, step, count, at)));
  };
  try {
    const result = await run(tenantId, tell);
    await telling;
    // 2 The report and the end of the progress stand together.
    await inTenant(db, tenantId, async (tx) => {
      const at = source.now();
      await keep(tx, tenantId, at, result);
      await tellProgress(tx, tenantId, "selesai", result.findings.length, at);
    });
  } catch (error) {
    await telling.catch(() => undefined); // the first error is the one to tell
    await inTenant(db, tenantId, (tx) => tellProgress(tx, tenantId, "gagal", 0, source.now()));
    throw error;
  }
};
