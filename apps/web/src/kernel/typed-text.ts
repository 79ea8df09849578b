import { useCallback, useEffect, useRef, useState } from "react";
import { now } from "./clock.ts";
import { deviceMemory, type Memory } from "./memory.ts";

/** What a person typed and has not yet been accepted by the server, kept on this device. */
export type Kept<T> = { readonly value: T; readonly savedAt: string };

/** Keeps typed text of one person by key. Survives a closed tab and a dead battery; another person on this device does not see it. */
export type TypedTextShelf = {
  readonly keep: (key: string, value: unknown) => string | undefined;
  readonly find: (key: string) => Kept<unknown> | undefined;
  readonly forget: (key: string) => void;
  readonly count: () => number;
  readonly forgetAll: () => void;
};

const maximumAgeDays = 30;
const prefix = "lontar.typed.";

/**
 * The shelf of one person. Each `keep` is written at once (localStorage writes are synchronous, so there is nothing to lose in between)
 * and answers the time it was saved, or `undefined` when the device refused. A full device gives up its oldest entries first.
 */
export const typedTextOf = (personId: string, memory: Memory = deviceMemory, time: () => Date = now): TypedTextShelf => {
  const mine = `${prefix}${personId}.`;
  const read = (full: string): Kept<unknown> | undefined => {
    const text = memory.read(full);
    if (text === null) return undefined;
    try {
      const kept: unknown = JSON.parse(text);
      if (typeof kept === "object" && kept !== null && "value" in kept && "savedAt" in kept && typeof kept.savedAt === "string") return { value: kept.value, savedAt: kept.savedAt };
    } catch {
      // A half-written or foreign entry cannot be restored; it is dropped below.
    }
    memory.remove(full);
    return undefined;
  };
  const keysOf = (start: string): readonly string[] => memory.keys().filter((key) => key.startsWith(start));
  const dropOldest = (except: string): boolean => {
    const oldest = keysOf(prefix).filter((key) => key !== except).map((key) => ({ key, savedAt: read(key)?.savedAt ?? "" })).sort((a, b) => a.savedAt.localeCompare(b.savedAt))[0];
    if (oldest === undefined) return false;
    memory.remove(oldest.key);
    return true;
  };
  return {
    keep: (key, value) => {
      const savedAt = time().toISOString();
      const text = JSON.stringify({ value, savedAt });
      while (!memory.write(mine + key, text)) if (!dropOldest(mine + key)) return undefined;
      return savedAt;
    },
    find: (key) => {
      const kept = read(mine + key);
      if (kept === undefined) return undefined;
      if (time().getTime() - Date.parse(kept.savedAt) <= maximumAgeDays * 86_400_000) return kept;
      memory.remove(mine + key);
      return undefined;
    },
    forget: (key) => memory.remove(mine + key),
    count: () => keysOf(mine).length,
    forgetAll: () => {
      for (const key of keysOf(mine)) memory.remove(key);
    },
  };
};

/** The state of one typed value. */
export type TypedText<T> = {
  readonly value: T;
  /** Changes the value and saves it on this device. */
  readonly change: (next: T) => void;
  /** When it was last saved here; absent = nothing unsent. */
  readonly savedAt: string | undefined;
  /** The device refused to save: say so to the person. */
  readonly isLost: boolean;
  /** The value came back from an earlier visit. */
  readonly isRestored: boolean;
  /** The server has it now (or the person threw it away): drop the copy and start from `next`. */
  readonly settle: (next: T) => void;
};

/** A typed value that survives everything until it is settled. `check` refuses a kept value of an older shape. */
export const useTypedText = <T>(shelf: TypedTextShelf, key: string, initial: T, check: (kept: unknown) => kept is T): TypedText<T> => {
  const start = (): { value: T; savedAt: string | undefined; isRestored: boolean; isLost: boolean } => {
    const kept = shelf.find(key);
    return kept !== undefined && check(kept.value) ? { value: kept.value, savedAt: kept.savedAt, isRestored: true, isLost: false } : { value: initial, savedAt: undefined, isRestored: false, isLost: false };
  };
  const [state, setState] = useState(start);
  const shown = useRef(key);
  useEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    setState(start());
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- another key is another text; a new `initial` for the same key must not overwrite what is typed
  }, [key]);
  const change = useCallback((next: T) => {
    const savedAt = shelf.keep(key, next);
    setState({ value: next, savedAt, isRestored: false, isLost: savedAt === undefined });
  }, [shelf, key]);
  const settle = useCallback((next: T) => {
    shelf.forget(key);
    setState({ value: next, savedAt: undefined, isRestored: false, isLost: false });
  }, [shelf, key]);
  return { ...state, change, settle };
};

/** Checks a kept value that is plain text. */
export const isText = (kept: unknown): kept is string => typeof kept === "string";
