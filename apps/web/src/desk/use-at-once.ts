import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { EndpointName } from "@lontar/contract";
import type { ResultOf } from "../kernel/api.ts";
import { notify } from "../kernel/notices.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { lineKey, type DeskItem } from "./groups.ts";
import { useDeskMessages } from "./messages.ts";

const outdated: readonly EndpointName[] = ["desk.list", "session.me", "received.show", "received.list", "received.trail", "drafts.show", "drafts.list", "dispositions.list"];

/** Acts that need no further word from the person: paraf, and marking as read. */
export type AtOnce = {
  readonly run: (item: DeskItem) => void;
  /** The act alone, for a run over many; rejects with the refusal. */
  readonly once: (item: DeskItem) => Promise<void>;
  readonly isRunning: boolean;
  /** The refusal of the last act, and the line it belongs to. */
  readonly fault: { readonly key: string; readonly sentence: string } | undefined;
};

/** Does the acts that the desk can do by itself, and refreshes what they made old. */
export const useAtOnce = (): AtOnce => {
  const client = useQueryClient();
  const words = useDeskMessages();
  const [isRunning, setRunning] = useState(false);
  const [fault, setFault] = useState<AtOnce["fault"]>(undefined);
  const once = async (item: DeskItem): Promise<void> => {
    try {
      await (item.act === "paraf" ? approve(item, client.getQueryData<ResultOf<"drafts.show">>(keyOf("drafts.show", { id: item.thingId }))?.contentHash) : markRead(item));
    } finally {
      // Also after a refusal: someone else acted meanwhile, and the pane shows what is true now.
      await Promise.all(outdated.map((name) => client.invalidateQueries({ queryKey: keyOf(name) })));
    }
  };
  const run = (item: DeskItem): void => {
    if (isRunning) return;
    setRunning(true);
    setFault(undefined);
    once(item)
      .then(() => notify("done", item.act === "paraf" ? words.parafDone : words.readDone))
      .catch((error: unknown) => setFault({ key: lineKey(item), sentence: error instanceof Error ? error.message : String(error) }))
      .finally(() => setRunning(false));
  };
  return { run, once, isRunning, fault };
};

// A paraf is for the text that the pane showed: had it changed since, the server refuses and the pane shows the new one.
const approve = async (item: DeskItem, shownHash: string | undefined): Promise<void> => {
  const contentHash = shownHash ?? (await call("drafts.show", { id: item.thingId })).contentHash;
  await call("drafts.approve", { id: item.thingId, contentHash });
};

const markRead = async (item: DeskItem): Promise<void> => {
  if (item.kind !== "surat") {
    await call("drafts.show", { id: item.thingId });
    return;
  }
  const letter = await call("received.show", { id: item.thingId });
  if (letter.may.includes("open")) await call("received.open", { id: letter.id });
  for (const id of openableNodes(letter.tree)) await call("dispositions.open", { id });
};

const openableNodes = (tree: ResultOf<"received.show">["tree"]): readonly string[] => tree.flatMap((node) => [...(node.may.includes("open") ? [node.id] : []), ...openableNodes(node.children)]);
