import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Refused } from "../kernel/api.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import type { ItemResult } from "../ui/SelectionBar.tsx";
import type { DraftRow } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import { outdatedByDrafts } from "./outdated.ts";

/** A naskah chosen for a paraf together with others, with the hash of its text at that moment. */
type Picked = { readonly id: string; readonly label: string; readonly hash: Promise<string> };

/** Paraf on many: chosen ones, then one after another with a result each; stopping waits for the one that runs. */
export type ManyParaf = {
  readonly picked: readonly Picked[];
  readonly pick: (row: DraftRow) => void;
  readonly clear: () => void;
  readonly progress: { readonly isRunning: boolean; readonly results: readonly ItemResult[] } | undefined;
  readonly run: () => void;
  readonly stop: () => void;
  readonly close: () => void;
};

/** A paraf names the text that was chosen: what changed afterwards is held, with a sentence, and the others go on. */
export const useManyParaf = (): ManyParaf => {
  const words = useDraftMessages();
  const client = useQueryClient();
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [progress, setProgress] = useState<ManyParaf["progress"]>(undefined);
  const isStopped = useRef(false);
  const pick = (row: DraftRow): void => {
    if (progress?.isRunning === true) return;
    if (picked.some((each) => each.id === row.id)) return setPicked(picked.filter((each) => each.id !== row.id));
    const hash = call("drafts.show", { id: row.id }).then((draft) => draft.contentHash);
    hash.catch(() => undefined); // told when the paraf is given
    setPicked([...picked, { id: row.id, label: row.subject === "" ? words.list.untitled(row.type) : row.subject, hash }]);
  };
  const run = async (): Promise<void> => {
    isStopped.current = false;
    let results: readonly ItemResult[] = picked.map(({ id, label }) => ({ id, label, state: "waiting" }));
    const set = (id: string, change: Pick<ItemResult, "state"> & { readonly reason?: string }): void => {
      results = results.map((result) => (result.id === id ? { ...result, ...change } : result));
      setProgress({ isRunning: true, results });
    };
    for (const { id, hash } of picked) {
      if (isStopped.current) break;
      set(id, { state: "running" });
      try {
        await call("drafts.approve", { id, contentHash: await hash });
        set(id, { state: "done" });
      } catch (error) {
        set(id, { state: "held", reason: error instanceof Refused && error.code === "text_changed" ? words.list.changed : error instanceof Error ? error.message : String(error) });
      }
    }
    setProgress({ isRunning: false, results });
    setPicked([]);
    await Promise.all(outdatedByDrafts.map((name) => client.invalidateQueries({ queryKey: keyOf(name) })));
  };
  return {
    picked,
    pick,
    clear: () => setPicked([]),
    progress,
    run: () => {
      if (picked.length > 0 && progress?.isRunning !== true) void run();
    },
    stop: () => (isStopped.current = true),
    close: () => setProgress(undefined),
  };
};
