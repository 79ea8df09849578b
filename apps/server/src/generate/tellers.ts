import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Slice, World } from "./plan.ts";
import { tellSlice, type Told } from "./tale.ts";

/** Whoever tells slices: this thread, or some beside it. */
export type Tellers = { readonly tell: (slice: Slice) => Promise<Told>; readonly close: () => Promise<void> };

/** What a teller answers; an error that ended it comes as the thread's own. */
export type Answer = { readonly told: Told };

/** Opens so many threads that tell stories of this office; with none this thread tells them, one after the other. */
export const openTellers = (world: World, threads: number): Tellers => {
  if (threads === 0) {
    return {
      tell: async (slice) => {
        await setImmediate(); // what is being written goes on meanwhile
        return tellSlice(world, slice);
      },
      close: async () => undefined,
    };
  }
  const workers = Array.from({ length: threads }, () => new Worker(new URL("teller-worker.ts", import.meta.url), { workerData: world }));
  // Each slice goes to the next thread in turn, so that nobody has to know who is free: slices are of one length.
  const last: Promise<unknown>[] = workers.map(() => Promise.resolve());
  let turn = 0;
  return {
    tell: (slice) => {
      const at = turn % threads;
      turn += 1;
      const told = Promise.resolve(last[at]).then(() => ask(workers[at], slice));
      last[at] = told.catch(() => undefined); // told to whoever asked for that slice
      return told;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
};

const ask = (worker: Worker | undefined, slice: Slice): Promise<Told> =>
  new Promise((resolve, reject) => {
    if (worker === undefined) throw new RangeError("there is no such teller");
    const settle = (end: () => void): void => {
      worker.off("message", answered).off("error", failed).off("exit", ended);
      end();
    };
    const answered = ({ told }: Answer): void => settle(() => resolve(told));
    const failed = (error: unknown): void => settle(() => reject(error));
    const ended = (): void => settle(() => reject(new Error("the thread that told stories has ended")));
    worker.on("message", answered).on("error", failed).on("exit", ended);
    worker.postMessage(slice);
  });
