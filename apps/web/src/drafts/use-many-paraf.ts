import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Refused } from "../kernel/api.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useMany, type Many } from "../ui/use-many.ts";
import type { DraftRow } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import { outdatedByDrafts } from "./outdated.ts";

/** A naskah chosen for a paraf together with others, with the hash of its text at that moment. */
type Picked = { readonly id: string; readonly label: string; readonly hash: Promise<string> };

/** Paraf on many: first chosen, then given. */
export type ManyParaf = Omit<Many, "run"> & { readonly picked: readonly Picked[]; readonly pick: (row: DraftRow) => void; readonly clear: () => void; readonly run: () => void };

/** A paraf names the text that was chosen: what changed afterwards is held, with a sentence, and the others go on. */
export const useManyParaf = (): ManyParaf => {
  const words = useDraftMessages();
  const client = useQueryClient();
  const many = useMany();
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const pick = (row: DraftRow): void => {
    if (many.progress?.isRunning === true) return;
    if (picked.some((each) => each.id === row.id)) return setPicked(picked.filter((each) => each.id !== row.id));
    const hash = call("drafts.show", { id: row.id }).then((draft) => draft.contentHash);
    hash.catch(() => undefined); // told when the paraf is given
    setPicked([...picked, { id: row.id, label: row.subject === "" ? words.list.untitled(row.type) : row.subject, hash }]);
  };
  const approve = async ({ id, hash }: Picked): Promise<void> => {
    try {
      await call("drafts.approve", { id, contentHash: await hash });
    } catch (error) {
      throw error instanceof Refused && error.code === "text_changed" ? new Error(words.list.changed, { cause: error }) : error;
    }
  };
  const run = async (): Promise<void> => {
    await many.run(words.list.running, picked, approve);
    setPicked([]);
    await Promise.all(outdatedByDrafts.map((name) => client.invalidateQueries({ queryKey: keyOf(name) })));
  };
  return { ...many, picked, pick, clear: () => setPicked([]), run: () => void (picked.length > 0 && many.progress?.isRunning !== true && run()) };
};
