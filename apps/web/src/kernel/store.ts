import { useSyncExternalStore } from "react";

/** A value that lives outside React and can be watched. */
export type Store<T> = {
  readonly get: () => T;
  readonly set: (next: T) => void;
  readonly watch: (hear: () => void) => () => void;
};

/** Makes a store; an equal value tells nobody. */
export const createStore = <T>(first: T): Store<T> => {
  let value = first;
  const ears = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const ear of ears) ear();
    },
    watch: (hear) => {
      ears.add(hear);
      return () => ears.delete(hear);
    },
  };
};

/** The store's value, kept current in a component. */
export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.watch, store.get, store.get);
