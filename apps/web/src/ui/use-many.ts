import { useRef, useState } from "react";
import type { ItemResult } from "./SelectionBar.tsx";

/** An act on many items: one after another, each with its own result; stopping waits for the one that runs. */
export type Many = {
  readonly progress: { readonly title: string; readonly isRunning: boolean; readonly results: readonly ItemResult[] } | undefined;
  /** Resolves when all are done or it was stopped; a second run while one goes on does nothing. */
  readonly run: <Item extends { readonly id: string; readonly label: string }>(title: string, items: readonly Item[], once: (item: Item) => Promise<void>) => Promise<void>;
  readonly stop: () => void;
  readonly close: () => void;
};

/** Runs an act over chosen items. What the server refuses is held with its sentence; the others go on. */
export const useMany = (): Many => {
  const [progress, setProgress] = useState<Many["progress"]>(undefined);
  const isStopped = useRef(false);
  const run: Many["run"] = async (title, items, once) => {
    if (progress?.isRunning === true || items.length === 0) return;
    isStopped.current = false;
    let results: readonly ItemResult[] = items.map(({ id, label }) => ({ id, label, state: "waiting" }));
    const set = (id: string, change: Pick<ItemResult, "state"> & { readonly reason?: string }): void => {
      results = results.map((result) => (result.id === id ? { ...result, ...change } : result));
      setProgress({ title, isRunning: true, results });
    };
    for (const item of items) {
      if (isStopped.current) break;
      set(item.id, { state: "running" });
      try {
        await once(item);
        set(item.id, { state: "done" });
      } catch (error) {
        // The refusal's own sentence says what to do with this one.
        set(item.id, { state: "held", reason: error instanceof Error ? error.message : String(error) });
      }
    }
    setProgress({ title, isRunning: false, results });
  };
  return { progress, run, stop: () => (isStopped.current = true), close: () => setProgress(undefined) };
};
