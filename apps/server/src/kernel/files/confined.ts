import { Worker } from "node:worker_threads";

/** Work on hostile bytes went wrong: it took too long, used too much memory or fell over. The worker that did it is gone. */
export class ConfinedFault extends Error {
  override readonly name = "ConfinedFault";
}

/** Too many are waiting for a confined worker: the server is busy, the bytes are not to blame. */
export class ConfinedBusy extends Error {
  override readonly name = "ConfinedBusy";
}

/** The named tasks of a worker: what goes in, what comes out. */
export type Tasks = Readonly<Record<string, { readonly input: unknown; readonly output: unknown }>>;

/** Gives the worker one task and waits for its answer; throws `ConfinedFault`. */
export type Ask<T extends Tasks> = <K extends keyof T & string>(task: K, input: T[K]["input"]) => Promise<T[K]["output"]>;

/** A worker thread that can be killed at any moment without harm to the server. */
export type Confined<T extends Tasks> = {
  /** Has the worker to itself for the length of `work`; others wait their turn. */
  readonly use: <R>(work: (ask: Ask<T>) => Promise<R>) => Promise<R>;
  /** Ends the worker; whatever it was doing fails. */
  readonly close: () => Promise<void>;
};

/** Limits of a confined worker. */
export type Confinement = {
  /** One task may take this long; then the thread is killed. */
  readonly timeoutMs: number;
  /** JavaScript heap of the thread. */
  readonly heapMb: number;
  /** After this many uses the thread is replaced, which gives back memory that WebAssembly never shrinks. */
  readonly uses: number;
  /** This many may wait for their turn; the next one is turned away with `ConfinedBusy`. */
  readonly waiting: number;
};

/** What a worker says back; `ended` is a rejection with its reason. */
export type Reply = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly reason: string };

/**
 * A worker thread from `entry`, started at first use and again after each kill.
 * Hostile bytes can make a parser loop or eat memory without end; a promise alone cannot stop that, ending its thread can.
 */
export const confine = <T extends Tasks>(entry: URL, limits: Confinement): Confined<T> => {
  let worker: Worker | undefined;
  let uses = 0;
  let waiting = 0;
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();
  let task = 0;
  let abort: ((reason: string) => void) | undefined;

  const start = (): Worker => {
    const started = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: limits.heapMb } });
    // The server may stop while a worker idles.
    started.unref();
    // An error between two tasks must not take the server down; the next task starts on a fresh worker.
    started.on("error", () => {
      if (worker === started) worker = undefined;
    });
    return started;
  };

  const end = async (): Promise<void> => {
    const ending = worker;
    worker = undefined;
    uses = 0;
    await ending?.terminate();
  };

  const ask: Ask<T> = async (name, input) => {
    if (closed) throw new ConfinedFault("the worker is closed");
    const busy = (worker ??= start());
    const id = (task += 1);
    const { promise, resolve, reject } = Promise.withResolvers<T[typeof name]["output"]>();
    const fail = (reason: string, cause?: unknown): void => reject(new ConfinedFault(`${name}: ${reason}`, { cause }));
    const timer = setTimeout(() => fail(`no answer within ${limits.timeoutMs} ms`), limits.timeoutMs);
    abort = fail;
    busy.ref();
    const onError = (error: unknown): void => fail("the worker fell over", error);
    const onExit = (): void => fail("the worker ended");
    // Both ends are ours, and structured clone keeps the shape: this is the one place where it is believed.
    busy.once("message", (reply) => {
      if (reply.id !== id) fail("answered another question");
      else if ("reason" in reply) fail(reply.reason);
      else resolve(reply.value);
    });
    busy.once("error", onError);
    busy.once("exit", onExit);
    busy.postMessage({ id, name, input });
    try {
      return await promise;
    } catch (error) {
      // A worker that failed once is in an unknown state.
      await end();
      throw error;
    } finally {
      clearTimeout(timer);
      abort = undefined;
      busy.removeListener("error", onError);
      busy.removeListener("exit", onExit);
      busy.unref();
    }
  };

  return {
    use: async (work) => {
      if (waiting >= limits.waiting) throw new ConfinedBusy(`${waiting} are already waiting`);
      waiting += 1;
      const before = turn;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      turn = promise;
      await before;
      try {
        return await work(ask);
      } finally {
        waiting -= 1;
        uses += 1;
        if (uses >= limits.uses) await end();
        resolve(undefined);
      }
    },
    close: async () => {
      closed = true;
      abort?.("closed");
      await end();
    },
  };
};
