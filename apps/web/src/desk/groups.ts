import type { ResultOf } from "../kernel/api.ts";
import { hoursAhead, type Zone } from "../kernel/time.ts";

/** One line of the desk. */
export type DeskItem = ResultOf<"desk.list">["items"][number];

/** When something has to be done, as the desk groups it. */
export type GroupName = "late" | "today" | "tomorrow" | "later" | "undated";

/** The lines of one group, in the server's order. */
export type Group = { readonly name: GroupName; readonly items: readonly DeskItem[] };

const order = ["late", "today", "tomorrow", "later", "undated"] as const satisfies readonly GroupName[];

const dayOf = (moment: string | Date, zone: Zone): number => Math.floor((new Date(moment).getTime() + hoursAhead[zone] * 3_600_000) / 86_400_000);

/** The group of one line. The browser's clock may be ahead of the answer: what passed its deadline since is late. */
export const groupOf = (item: Pick<DeskItem, "due" | "late">, now: Date, zone: Zone): GroupName => {
  if (item.due === null) return item.late ? "late" : "undated";
  if (item.late || Date.parse(item.due) < now.getTime()) return "late";
  const days = dayOf(item.due, zone) - dayOf(now, zone);
  return days <= 0 ? "today" : days === 1 ? "tomorrow" : "later";
};

/** Groups the desk: late first, then by day, what has no deadline last. Empty groups are absent. */
export const groupDesk = (items: readonly DeskItem[], now: Date, zone: Zone): readonly Group[] => {
  const byName = Map.groupBy(items, (item) => groupOf(item, now, zone));
  return order.flatMap((name) => {
    const found = byName.get(name);
    return found === undefined ? [] : [{ name, items: found }];
  });
};

/** One key for a line: the same thing may wait for two acts. */
export const lineKey = (item: Pick<DeskItem, "id" | "act">): string => `${item.act}/${item.id}`;

/** The line to stand on after the list changed: the same one, else the one that took its place, else the last. */
export const currentAfter = (keys: readonly string[], current: string | undefined, before: readonly string[]): string | undefined => {
  if (current !== undefined && keys.includes(current)) return current;
  const place = current === undefined ? 0 : Math.max(0, before.indexOf(current));
  return keys[place] ?? keys.at(-1);
};
