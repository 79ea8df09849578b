import { createStore, useStore, type Store } from "./store.ts";
import { uuidv7 } from "./ids.ts";

/** A short word to the person that goes away by itself, or after its act was used. */
export type Notice = {
  readonly id: string;
  readonly tone: "done" | "info" | "bad";
  readonly sentence: string;
  /** Such as *Urungkan*. */
  readonly act?: { readonly label: string; readonly run: () => void };
  /** How long it stays; notices with an act stay longer. */
  readonly stayMs: number;
};

/** The notices on screen, oldest first. */
export const notices: Store<readonly Notice[]> = createStore<readonly Notice[]>([]);

const most = 4;

/** Shows a notice; answers its id. Reversible acts pass `act` with *Urungkan*. */
export const notify = (tone: Notice["tone"], sentence: string, act?: Notice["act"]): string => {
  const id = uuidv7();
  const stayMs = act !== undefined ? 10_000 : tone === "bad" ? 12_000 : 6000;
  notices.set([...notices.get().filter((notice) => notice.sentence !== sentence), { id, tone, sentence, stayMs, ...(act !== undefined && { act }) }].slice(-most));
  return id;
};

/** Takes a notice away. */
export const dismiss = (id: string): void => notices.set(notices.get().filter((notice) => notice.id !== id));

/** The notices, kept current in a component. */
export const useNotices = (): readonly Notice[] => useStore(notices);
