import { useState } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useShortcuts, type Shortcut } from "../kernel/keys.ts";

/** The row of a list under the keyboard, and how to move it there. */
export type RowKeys<Row> = { readonly at: number; readonly setAt: (at: number) => void; readonly current: Row | undefined };

/** `j`, `k` and the arrows move in a list, Enter opens. `more` are the list's own keys, for the row they are pressed on. */
export const useRowKeys = <Row>(group: string, rows: readonly Row[], open: (row: Row) => void, more: readonly { readonly keys: string; readonly says: string; readonly run: (row: Row | undefined) => void }[] = []): RowKeys<Row> => {
  const { list } = useMessages();
  const [wanted, setAt] = useState(0);
  const at = Math.max(0, Math.min(rows.length - 1, wanted)); // the list may have become shorter
  const current = rows[at];
  const move = (step: number): void => {
    setAt(Math.max(0, Math.min(rows.length - 1, at + step)));
    requestAnimationFrame(() => document.querySelector('li[aria-current="true"]')?.scrollIntoView({ block: "nearest" }));
  };
  const step = (keys: string, says: string, by: number): Shortcut => ({ keys, says, group, run: () => move(by) });
  useShortcuts([
    step("j", list.down, 1),
    step("k", list.up, -1),
    step("arrowdown", list.down, 1),
    step("arrowup", list.up, -1),
    { keys: "enter", says: list.open, group, run: () => current !== undefined && open(current) },
    ...more.map((each) => ({ keys: each.keys, says: each.says, group, run: () => each.run(current) })),
  ]);
  return { at, setAt, current };
};
