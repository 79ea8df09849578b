import { useState, type KeyboardEvent } from "react";
import { flushSync } from "react-dom";
import type { Line, OrgNode } from "./tree.ts";

/** What picture and list need to be one tree under the keyboard. */
export type TreeKeys = {
  /** The one card that the Tab key reaches. */
  readonly at: string | undefined;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (key: string) => void;
};

/** How a tree answers. */
export type TreeActs = { readonly onToggle: (key: string, isOpen: boolean) => void; readonly onSelect: (node: OrgNode) => void; readonly isOpen: (key: string) => boolean };

/** The element of a card. */
export const cardElement = (key: string): HTMLElement | null => document.querySelector(`[data-card="${CSS.escape(key)}"]`);

/** The keys of a tree (WAI-ARIA): up and down by line, right opens or goes in, left closes or goes out, Home and End, Enter chooses, a letter finds. */
export const useTreeKeys = (lines: readonly Line[], selected: string | undefined, { onToggle, onSelect, isOpen }: TreeActs): TreeKeys => {
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  const has = (key: string | undefined): key is string => key !== undefined && lines.some((line) => line.node.key === key);
  const at = has(wanted) ? wanted : has(selected) ? selected : lines[0]?.node.key;
  const go = (line: Line | undefined): void => {
    if (line === undefined) return;
    flushSync(() => setWanted(line.node.key)); // a card that is out of sight is drawn when the keys reach it
    cardElement(line.node.key)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const index = lines.findIndex((line) => line.node.key === at);
    const line = lines[index];
    if (line === undefined) return;
    const { node } = line;
    const canOpen = node.children.length > 0;
    const acts: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowDown: () => go(lines[index + 1]),
      ArrowUp: () => go(lines[index - 1]),
      Home: () => go(lines[0]),
      End: () => go(lines.at(-1)),
      ArrowRight: () => (canOpen && !isOpen(node.key) ? onToggle(node.key, true) : canOpen && go(lines[index + 1])),
      ArrowLeft: () => (canOpen && isOpen(node.key) ? onToggle(node.key, false) : go(lines.find((each) => each.node.key === line.parent))),
      Enter: () => onSelect(node),
      " ": () => onSelect(node),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return { at, onKeyDown, onFocus: setWanted };
};
