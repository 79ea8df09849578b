import { EventEmitter } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { Logger, run, type Runner, type TaskList, type WorkerEvents } from "graphile-worker";
import type pg from "pg";
import { processName, type Tx } from "./db.ts";
import type { Id } from "./ids.ts";

/** Work that happens later, named when its cause is committed; secrets never travel in a job. */
export type Job = {
  readonly task: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Two jobs with one key are one job: the later replaces the earlier while it waits. */
  readonly key?: string;
  readonly runAt?: string;
};

/** Puts jobs into PostgreSQL in the caller's transaction, all in one trip: they exist exactly when their cause does. */
export const enqueue = async (tx: Tx, tenantId: Id, jobs: readonly Job[]): Promise<void> => {
  if (jobs.length === 0) return;
  const column = <T>(read: (job: Job) => T) => sql.val(jobs.map(read));
  await sql`
    select lontar_enqueue(j.task, j.payload, j.key, j.run_at)
    from unnest(${column((job) => job.task)}::text[], ${column((job) => JSON.stringify({ ...job.payload, tenantId }))}::json[], ${column((job) => job.key ?? null)}::text[], ${column((job) => job.runAt ?? null)}::timestamptz[])
      with ordinality as j(task, payload, key, run_at, n) order by j.n`.execute(tx);
};

/** What a job's function receives: its payload, already in the tenant's name. */
export type JobPayload = Readonly<Record<string, unknown>> & { readonly tenantId: Id };

/** A module's jobs by name, such as `letters.read`. */
export type Jobs = Readonly<Record<string, (payload: JobPayload, attempt: number) => Promise<void>>>;

const isPayload = (value: unknown): value is JobPayload =>
  typeof value === "object" && value !== null && "tenantId" in value && typeof value.tenantId === "string";

/**
 * Hands back the jobs that a killed process still holds: the library itself would wait four hours. Safe only when no other process
 * of ours is connected; with several nodes the others' jobs are left alone.
 */
const freeAbandoned = async (pool: pg.Pool): Promise<void> => {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_by is not null))
     where not exists (select from pg_stat_activity where datname = current_database() and application_name like 'lontar/%' and application_name <> $1)`,
    [processName],
  );
};

/** Working through the queue; `stop` finishes running jobs and hands the rest back. */
export type JobRunner = { readonly stop: () => Promise<void> };

const pauseMs = 1000;

/**
 * Starts working through the queue. When the database goes away the library's runner ends; it is started anew until the database
 * answers again, and the jobs that the lost one held are handed back.
 */
export const startJobs = async (pool: pg.Pool, jobs: Jobs, concurrency: number, onFailure: (task: string, error: unknown) => void, onLost: (error: unknown) => void): Promise<JobRunner> => {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(jobs).map(([task, work]) => [
      task,
      async (payload, helpers) => {
        if (!isPayload(payload)) throw new Error(`job ${task} has no tenant`);
        try {
          await work(payload, helpers.job.attempts);
        } catch (error) {
          onFailure(task, error);
          throw new Error(`job ${task} failed`, { cause: error });
        }
      },
    ]),
  );
  const ours: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => void ours.push(workerPool.id));
  const begin = async (): Promise<Runner> => {
    await freeAbandoned(pool);
    await pool.query("select graphile_worker.force_unlock_workers($1)", [ours]);
    ours.length = 0;
    return run({ pgPool: pool, taskList, concurrency, events, noHandleSignals: true, logger: quietLogger, preset: { worker: awaitedEnds } });
  };
  const stopping = new AbortController();
  let runner: Runner | undefined = await begin();
  const watched = (async () => {
    while (!stopping.signal.aborted) {
      try {
        runner ??= await begin();
        await runner.promise;
      } catch (error) {
        if (!stopping.signal.aborted) onLost(error);
      }
      runner = undefined;
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined /* stopping ends the pause */);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await runner?.stop().catch(() => undefined); // it rejects only when it had stopped by itself
      await watched;
    },
  };
};

// Without a batch the library does not wait for its own note that a job has ended: a database that is gone at that moment would end the process.
const awaitedEnds = { completeJobBatchDelay: 0, failJobBatchDelay: 0 } as const;

// Job failures are reported by `onFailure` with the task's name; the library's own lines would repeat them unstructured.
const quietLogger = new Logger(() => () => undefined);
