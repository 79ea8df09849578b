import { Refused } from "../kernel/api.ts";
import { createStore, type Store } from "../kernel/store.ts";

/** One file on its way to the server. */
export type UploadJob = {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly file: File;
  readonly state:
    | { readonly kind: "waiting" | "sending" }
    | { readonly kind: "done"; readonly letterId: string; readonly isDuplicate: boolean }
    | { readonly kind: "failed"; readonly sentence: string; /** The file itself was refused: the same bytes again would be refused again. */ readonly isFinal: boolean; /** How many bytes a file may have, when it has more. */ readonly limit?: number };
};

/** Is it still on this device only? */
export const isUnsent = (job: UploadJob): boolean => job.state.kind === "waiting" || job.state.kind === "sending";

/** Sends one file; answers the letter, or rejects with an error whose message is the sentence to show. */
export type SendFile = (id: string, file: File) => Promise<{ readonly id: string; readonly duplicates: readonly unknown[] }>;

/** Files dropped on the page, sent one after another, each with its own result. */
export type UploadQueue = {
  readonly jobs: Store<readonly UploadJob[]>;
  readonly add: (files: readonly File[]) => void;
  readonly again: (id: string) => void;
  readonly remove: (id: string) => void;
  readonly clear: () => void;
};

const mostAtOnce = 100;
// Too large, not supported, unreadable: what the server says of the bytes.
const ofTheFile: readonly number[] = [413, 415, 422];

const limitOf = (error: unknown): { readonly limit?: number } => {
  const limit = error instanceof Refused && error.status === 413 ? error.facts["limit"] : undefined;
  return typeof limit === "number" ? { limit } : {};
};

/**
 * The queue outlives the page that shows it, so that a clerk can go on registering while the rest is sent. A job keeps its
 * id, so that a file sent again after a lost connection is the same letter.
 */
export const createUploadQueue = (world: { readonly send: SendFile; readonly newId: () => string; readonly arrived: () => void; readonly otherwise: () => string }): UploadQueue => {
  const jobs = createStore<readonly UploadJob[]>([]);
  let running = false;
  const change = (id: string, state: UploadJob["state"]): void => jobs.set(jobs.get().map((job) => (job.id === id ? { ...job, state } : job)));

  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let job = jobs.get().find((each) => each.state.kind === "waiting"); job !== undefined; job = jobs.get().find((each) => each.state.kind === "waiting")) {
      change(job.id, { kind: "sending" });
      try {
        const letter = await world.send(job.id, job.file);
        change(job.id, { kind: "done", letterId: letter.id, isDuplicate: letter.duplicates.length > 0 });
        world.arrived();
      } catch (error) {
        // The sentence of a refusal or of a lost connection is shown beside the file; a line that was lost can be tried again.
        change(job.id, { kind: "failed", sentence: error instanceof Error ? error.message : world.otherwise(), isFinal: error instanceof Refused && ofTheFile.includes(error.status), ...limitOf(error) });
      }
    }
    running = false;
  };

  return {
    jobs,
    add: (files) => {
      const added = files.slice(0, mostAtOnce).map((file): UploadJob => ({ id: world.newId(), name: file.name, size: file.size, file, state: { kind: "waiting" } }));
      jobs.set([...jobs.get(), ...added]);
      void run();
    },
    again: (id) => {
      change(id, { kind: "waiting" });
      void run();
    },
    remove: (id) => jobs.set(jobs.get().filter((job) => job.id !== id)),
    clear: () => jobs.set(jobs.get().filter(isUnsent)),
  };
};
