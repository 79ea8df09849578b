import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useStore } from "../kernel/store.ts";
import { useMe } from "../session/me.ts";
import type { DeskAct } from "./acts.ts";
import type { DeskItem } from "./groups.ts";
import { isSnoozed, snoozeShelf, type SnoozeShelf } from "./snooze.ts";
import { lineKey } from "./groups.ts";

/** What the queue is narrowed to: everything, the late ones, or one act. */
export type DeskFilter = "all" | "late" | DeskAct;

/** The desk as the server last said, without what the person put off. */
export type Desk = {
  readonly items: readonly DeskItem[];
  /** Lines put off on this device that would be shown otherwise. */
  readonly hidden: readonly string[];
  readonly counts: ResultOf<"desk.list">["counts"] | undefined;
  readonly finishedToday: number;
  /** Whoever acts for this post in the reader's stead; all of it waits for him. */
  readonly heldBy: string | null;
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Absent when all is shown. */
  readonly more: (() => void) | undefined;
  readonly isLoadingMore: boolean;
  readonly snooze: SnoozeShelf;
};

const atOnce = 50;

/** Reads the desk of the post held now, page by page. */
export const useDesk = (filter: DeskFilter, now: Date): Desk => {
  const me = useMe();
  const narrowed = filter === "all" ? {} : filter === "late" ? { late: "1" as const } : { act: filter };
  const answer = useInfiniteQuery({
    queryKey: [...keyOf("desk.list", { ...narrowed, post: me.acting.positionId }), "pages"],
    queryFn: ({ pageParam, signal }) => call("desk.list", { ...narrowed, limit: atOnce, ...(pageParam !== undefined && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined, // the first page has no cursor; the type of the rest cannot be inferred from it
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  });
  const snooze = useMemo(() => snoozeShelf(me.personId, me.acting.positionId), [me.personId, me.acting.positionId]);
  const snoozed = useStore(snooze.store);
  const all = useMemo(() => unique((answer.data?.pages ?? []).flatMap((page) => page.items)), [answer.data]);
  const items = useMemo(() => all.filter((item) => !isSnoozed(snoozed, lineKey(item), now)), [all, snoozed, now]);
  const first = answer.data?.pages[0];
  return {
    items,
    hidden: all.filter((item) => isSnoozed(snoozed, lineKey(item), now)).map(lineKey),
    counts: first?.counts,
    finishedToday: first?.finishedToday ?? 0,
    heldBy: first?.heldBy ?? null,
    isLoading: answer.isLoading,
    error: answer.error,
    retry: () => void answer.refetch(),
    more: answer.hasNextPage ? () => void answer.fetchNextPage() : undefined,
    isLoadingMore: answer.isFetchingNextPage,
    snooze,
  };
};

// A line that moved between two pages while they were read may come twice.
const unique = (items: readonly DeskItem[]): readonly DeskItem[] => [...new Map(items.map((item) => [lineKey(item), item])).values()];
