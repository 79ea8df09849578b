import type { NoteSigner } from "@lontar/ledger";
import type pg from "pg";
import type { Id } from "../kernel/ids.ts";
import { describeError, type Log } from "../kernel/log.ts";
import { reached } from "../kernel/milestone.ts";
import type { LogFolder } from "../witness/index.ts";
import { checkpointIn, publishTiles } from "./publish.ts";
import { batchLimit, sequenceTenant } from "./sequencer.ts";
import { lease, saveHalt, signedHead, tenantsWithLog, tenantsWithPending, type Halt } from "./store.ts";
import { askAboutEmptyLog, askWitnesses, cosignedNote, couldHaveMissedOne, hasQuorum, type Witnesses } from "./witnesses.ts";

/** What keeping the logs of an installation takes. */
export type Keeping = {
  /** The owner's connections: leaves are written by no one else. */
  readonly pool: pg.Pool;
  readonly signerOf: (tenantId: Id) => Promise<NoteSigner>;
  readonly folderOf: (tenantId: Id) => LogFolder;
  /** Nobody watches where there are none. */
  readonly witnesses: Witnesses | undefined;
  readonly now: () => string;
  readonly log: Log;
  /** Called with each checkpoint that its witnesses' quorum stands behind, once it is published. */
  readonly onPublished: (tenantId: Id, checkpoint: string) => Promise<void>;
};

/** A running keeper. `drain` waits until nothing is pending and what can be published is. */
export type Keeper = { readonly drain: () => Promise<void>; readonly stop: () => Promise<void> };

// So often it is looked whether events wait. Who commits tells nobody: a notice takes a lock that the cluster has once, and every commit
// would wait for every other. What has come since the last look is one batch, so that many events cost less than as many times one.
const lookMs = 250;
// So often all logs are looked at, and who holds the lease.
const idleMs = 1000;
const publishEveryMs = 2000;
const askAgainMs = 5_000;
// A log that nothing happens to is looked at so often: another process may have written it, a witness may be silent.
const restMs = 10 * 60_000;

/** Where a log stands before it is signed any further. */
export type Admission = { readonly kind: "go" } | { readonly kind: "wait" } | { readonly kind: "halt"; readonly halt: Halt };

/**
 * The start-up rule: nothing is signed before it is known that nobody has seen more of this log than we have. A restored backup knows
 * less than its witnesses, and less than its own folder; signing on from there would make two histories of one log. As long as those
 * who are silent could be a quorum, nothing is known.
 */
export const admit = async (of: Keeping, tenantId: Id): Promise<Admission> => {
  const folder = of.folderOf(tenantId);
  const head = await signedHead(of.pool, tenantId);
  const size = head?.size ?? 0;
  const shown = checkpointIn((await folder.checkpoint()) ?? "")?.size ?? 0;
  if (shown > size) return { kind: "halt", halt: { size, seen: shown, by: "folder" } };
  if (of.witnesses === undefined) return { kind: "go" };
  if (head !== undefined) await publishTiles(of.pool, tenantId, folder); // a mirror reads them before it answers
  const asked = head === undefined ? await askAboutEmptyLog(of.witnesses, tenantId) : await askWitnesses(of.witnesses, tenantId, head, true);
  if (asked.ahead !== undefined) return { kind: "halt", halt: { ...asked.ahead, size } };
  return couldHaveMissedOne(of.witnesses.policy, asked.silent) ? { kind: "wait" } : { kind: "go" };
};

/** What publishing came to: is everything said, or must somebody be asked again; and who has seen more than we have. */
export type Published = { readonly isComplete: boolean; readonly ahead: Halt | undefined };

/** Publishes what a log has: tiles, then the word of its witnesses, then the checkpoint. Each step may be cut short; the next round goes on from there. */
export const publish = async (of: Keeping, tenantId: Id): Promise<Published> => {
  const folder = of.folderOf(tenantId);
  const head = await publishTiles(of.pool, tenantId, folder); //  1 tiles and entries, on the platter. Crash: they wait for their checkpoint.
  if (head === undefined) return { isComplete: true, ahead: undefined };
  reached("log.3");
  const asked = of.witnesses === undefined ? undefined : await askWitnesses(of.witnesses, tenantId, head); // 2 witnesses. Crash: they have seen a tree that is whole here.
  reached("log.4");
  if (asked?.ahead !== undefined) return { isComplete: false, ahead: asked.ahead };
  const isComplete = asked === undefined || asked.witnesses.size === of.witnesses?.policy.witnesses.length;
  const isEnough = of.witnesses === undefined || (asked !== undefined && hasQuorum(of.witnesses.policy, asked));
  const before = await folder.checkpoint();
  const note = cosignedNote(head, asked?.cosignatures ?? []);
  if (!isEnough || (checkpointIn(before ?? "")?.size ?? 0) > head.size) return { isComplete, ahead: undefined };
  if (note !== before) await folder.show(note); //                 3 the checkpoint. Crash: it is shown; the next round tells whoever waits for it.
  reached("log.5");
  await of.onPublished(tenantId, note); //                         4 what is proved by it. Crash: the next round does it.
  reached("log.6");
  return { isComplete, ahead: undefined };
};

/**
 * Keeps the logs of all governments of an installation until stopped: an event is placed at the next look, a quarter of a second later at
 * most, with all that came beside it. Of several processes one holds the lease: it is an
 * advisory lock of its own connection, so that it ends with the process or with the connection. Should two believe they hold it, the
 * compare-and-swap on the size of each head lets one of them pass.
 */
export const startKeeper = (of: Keeping): Keeper => {
  const { pool, log } = of;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let held: { readonly release: () => Promise<void> } | undefined;
  let nextLookAtAll = 0;
  const admitted = new Map<Id, { readonly kind: Admission["kind"]; readonly at: number }>();
  const grown = new Map<Id, number>();
  const asking = new Map<Id, Promise<void>>();
  const nextPublication = new Map<Id, number>();

  const hold = async (): Promise<boolean> => {
    if (held !== undefined) return true;
    const lost = (): void => {
      held = undefined;
      admitted.clear(); // whatever happens to the database in the meantime, it is asked about anew
    };
    held = await lease(pool, lost);
    return held !== undefined;
  };
  const halt = async (tenantId: Id, what: Halt): Promise<void> => {
    if (admitted.get(tenantId)?.kind !== "halt") log.error({ tenantId, ...what }, "this log knows less than has been seen of it: it is signed no further; run lontar recover");
    await saveHalt(pool, tenantId, what, of.now());
    admitted.set(tenantId, { kind: "halt", at: performance.now() });
  };
  // Asking witnesses goes on beside the rounds, one question a log at a time: one that takes its time keeps nobody else's events waiting.
  const beside = (tenantId: Id, work: () => Promise<void>): void => {
    const running = work()
      .catch((error: unknown) => log.error({ tenantId, error: describeError(error) }, "a log was not kept, trying again"))
      .finally(() => asking.delete(tenantId));
    asking.set(tenantId, running);
  };
  const admitBeside = (tenantId: Id): void => {
    const known = admitted.get(tenantId);
    if (asking.has(tenantId) || (known !== undefined && performance.now() - known.at < askAgainMs)) return;
    beside(tenantId, async () => {
      const answer = await admit(of, tenantId);
      if (answer.kind === "halt") return halt(tenantId, answer.halt);
      if (answer.kind === "wait" && known === undefined) log.warn({ tenantId }, "too few witnesses answer to know that nobody has seen more of this log: it is not signed yet");
      if (answer.kind === "go") await saveHalt(pool, tenantId, undefined, of.now());
      admitted.set(tenantId, { kind: answer.kind, at: performance.now() });
      if (answer.kind === "go") void wake();
    });
  };
  const publishBeside = (tenantId: Id, isDraining: boolean): void => {
    if (asking.has(tenantId) || (!isDraining && performance.now() < (nextPublication.get(tenantId) ?? 0))) return;
    nextPublication.set(tenantId, performance.now() + publishEveryMs);
    const placed = grown.get(tenantId);
    beside(tenantId, async () => {
      const { isComplete, ahead } = await publish(of, tenantId);
      if (ahead !== undefined) await halt(tenantId, ahead);
      if (isComplete && grown.get(tenantId) === placed) nextPublication.set(tenantId, performance.now() + restMs);
    });
  };
  const keep = async (tenantId: Id, hasPending: boolean, isDraining: boolean): Promise<void> => {
    if (admitted.get(tenantId)?.kind !== "go") return admitBeside(tenantId);
    const signer = await of.signerOf(tenantId);
    for (let placed = hasPending ? batchLimit : 0; !stopped && placed === batchLimit; ) {
      placed = await sequenceTenant(pool, tenantId, signer, of.now);
      if (placed === 0) break;
      grown.set(tenantId, (grown.get(tenantId) ?? 0) + placed);
      nextPublication.set(tenantId, Math.min(nextPublication.get(tenantId) ?? 0, performance.now() + publishEveryMs));
      reached("log.2");
    }
    publishBeside(tenantId, isDraining);
  };
  const round = async (isDraining: boolean): Promise<void> => {
    if (stopped || !(await hold())) return;
    const pending = new Set(await tenantsWithPending(pool));
    const isAtAll = isDraining || performance.now() >= nextLookAtAll;
    if (isAtAll) nextLookAtAll = performance.now() + idleMs;
    for (const tenantId of isAtAll ? await tenantsWithLog(pool) : pending) {
      if (stopped) return;
      // One log that cannot be kept does not keep the others waiting.
      await keep(tenantId, pending.has(tenantId), isDraining).catch((error: unknown) => log.error({ tenantId, error: describeError(error) }, "a log was not kept, trying again"));
    }
  };
  const wake = (isDraining = false): Promise<void> => {
    clearTimeout(timer);
    if (stopped) return running;
    running = running.then(() => round(isDraining)).catch((error: unknown) => log.error({ error: describeError(error) }, "keeping the logs failed, trying again")).then(() => {
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(() => void wake(), held === undefined ? idleMs : lookMs);
    });
    return running;
  };
  void wake();
  return {
    drain: async () => {
      // Admission, then leaves, then publication: each begins only when what it waits for has ended.
      for (let step = 0; step < 3; step += 1) {
        await wake(true);
        await Promise.all(asking.values());
      }
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
      await Promise.all(asking.values());
      await held?.release();
    },
  };
};
