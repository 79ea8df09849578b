/** The device's small memory (localStorage), which may be forbidden or full: then nothing is remembered and nothing breaks. */
export type Memory = {
  readonly read: (key: string) => string | null;
  /** False when the device refused; the caller decides what that means to the person. */
  readonly write: (key: string, value: string) => boolean;
  readonly remove: (key: string) => void;
  readonly keys: () => readonly string[];
};

/** The memory over a Web Storage area, found when first needed because reading the property itself can be refused. */
export const memoryOver = (area: () => Storage): Memory => {
  const attempt = <T>(work: (storage: Storage) => T, otherwise: T): T => {
    try {
      return work(area());
    } catch {
      return otherwise; // SecurityError or QuotaExceededError: the answer says so
    }
  };
  return {
    read: (key) => attempt((storage) => storage.getItem(key), null),
    write: (key, value) => attempt((storage) => (storage.setItem(key, value), true), false),
    remove: (key) => attempt((storage) => storage.removeItem(key), undefined),
    keys: () => attempt((storage) => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? ""), []),
  };
};

/** This browser's memory. */
export const deviceMemory: Memory = memoryOver(() => localStorage);
