import { useRef, useState } from "react";
import type { ItemResult } from "../ui/SelectionBar.tsx";
import { lineKey, type DeskItem } from "./groups.ts";

/** An act on many lines: one after another, each with its own result; stopping waits for the one that runs. */
export type Many = {
  readonly progress: { readonly title: string; readonly isRunning: boolean; readonly results: readonly ItemResult[] } | undefined;
  readonly run: (title: string, items: readonly DeskItem[], once: (item: DeskItem) => Promise<void>) => void;
  readonly stop: () => void;
  readonly close: () => void;
};

/** Runs an act over chosen lines. What the server refuses is held with its sentence; the others go on. */
export const useMany = (): Many => {
  const [progress, setProgress] = useState<Many["progress"]>(undefined);
  const stopped = useRef(false);
  const run: Many["run"] = (title, items, once) => {
    if (progress?.isRunning === true) return;
    stopped.current = false;
    let results: readonly ItemResult[] = items.map((item) => ({ id: lineKey(item), label: item.title, state: "waiting" }));
    const set = (id: string, change: Pick<ItemResult, "state"> & { readonly reason?: string }, isRunning = true): void => {
      results = results.map((result) => (result.id === id ? { ...result, ...change } : result));
      setProgress({ title, isRunning, results });
    };
    const all = async (): Promise<void> => {
      for (const item of items) {
        if (stopped.current) break;
        const id = lineKey(item);
        set(id, { state: "running" });
        try {
          await once(item);
          set(id, { state: "done" });
        } catch (error) {
          // The refusal's own sentence says what to do with this one.
          set(id, { state: "held", reason: error instanceof Error ? error.message : String(error) });
        }
      }
      setProgress({ title, isRunning: false, results });
    };
    void all();
  };
  return { progress, run, stop: () => (stopped.current = true), close: () => setProgress(undefined) };
};
