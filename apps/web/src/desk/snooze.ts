import { deviceMemory, type Memory } from "../kernel/memory.ts";
import { createStore, type Store } from "../kernel/store.ts";

/** Lines that the person does not want to see for a while: line key → ISO time when it comes back. */
export type Snoozed = Readonly<Record<string, string>>;

/** *Tunda*: hides lines from one person on this device for a while. It never moves a deadline, and nobody else is told. */
export type SnoozeShelf = {
  readonly store: Store<Snoozed>;
  readonly hide: (keys: readonly string[], until: Date) => void;
  readonly show: (keys: readonly string[]) => void;
};

const prefix = "lontar.snooze.";
const most = 500;

/** The shelf of one person in one post. */
export const snoozeShelf = (personId: string, positionId: string, memory: Memory = deviceMemory): SnoozeShelf => {
  const key = `${prefix}${personId}.${positionId}`;
  const store = createStore<Snoozed>(parse(memory.read(key)));
  const keep = (next: Snoozed): void => {
    // A device that refuses to remember still hides until the page is closed.
    memory.write(key, JSON.stringify(next));
    store.set(next);
  };
  return {
    store,
    hide: (keys, until) => {
      const added = Object.fromEntries(keys.map((each) => [each, until.toISOString()]));
      keep(Object.fromEntries(Object.entries({ ...store.get(), ...added }).sort(([, a], [, b]) => b.localeCompare(a)).slice(0, most)));
    },
    show: (keys) => keep(Object.fromEntries(Object.entries(store.get()).filter(([each]) => !keys.includes(each)))),
  };
};

const parse = (text: string | null): Snoozed => {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return {}; // An entry that cannot be read hides nothing.
  }
};

/** Is the line hidden now? */
export const isSnoozed = (snoozed: Snoozed, key: string, now: Date): boolean => {
  const until = snoozed[key];
  return until !== undefined && Date.parse(until) > now.getTime();
};
