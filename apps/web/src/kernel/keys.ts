import { useEffect, useRef } from "react";
import { createStore, useStore, type Store } from "./store.ts";

/** One shortcut. `keys` is a key as in `KeyboardEvent.key` in lower case, with `ctrl+` or `alt+` or `shift+` before it: `j`, `enter`, `ctrl+k`, `?`. */
export type Shortcut = {
  readonly keys: string;
  /** What it does, as the help shows it. */
  readonly says: string;
  /** Heading in the help. */
  readonly group: string;
  readonly run: () => void;
  /** Also works while typing in a field. */
  readonly whileTyping?: boolean;
};

/** A set of shortcuts that came together. A dialog's layer silences the layers below it. */
export type Layer = { readonly shortcuts: readonly Shortcut[]; readonly isDialog: boolean };

/** All layers in force, oldest first. */
export const layers: Store<readonly Layer[]> = createStore<readonly Layer[]>([]);

/** Adds a layer and answers how to remove it. */
export const addLayer = (layer: Layer): (() => void) => {
  layers.set([...layers.get(), layer]);
  return () => layers.set(layers.get().filter((other) => other !== layer));
};

/** The shortcuts that work now: from the newest layer down to the newest dialog. */
export const inForce = (all: readonly Layer[]): readonly Shortcut[] => {
  const dialog = all.findLastIndex((layer) => layer.isDialog);
  const seen = new Set<string>();
  return all.slice(Math.max(0, dialog)).toReversed().flatMap((layer) => layer.shortcuts).filter((shortcut) => !seen.has(shortcut.keys) && seen.add(shortcut.keys));
};

/** What was pressed, in the form of `Shortcut.keys`. Command on a Mac counts as Ctrl. Shift is named only where it does not already change the key. */
export const pressed = (event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string => {
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const named = key.length > 1 || event.ctrlKey || event.metaKey || event.altKey;
  return `${event.ctrlKey || event.metaKey ? "ctrl+" : ""}${event.altKey ? "alt+" : ""}${event.shiftKey && named ? "shift+" : ""}${key}`;
};

/** Whether the event's target takes typing, so that letters belong to it. */
const takesTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|reset|range|file)$/.test(target.type)));

// Enter and Space on a focused control already mean "press it".
const belongsToControl = (keys: string, target: EventTarget | null): boolean =>
  (keys === "enter" || keys === "space") && target instanceof HTMLElement && target.closest("button, a, summary, [role=button], input, label") !== null;

/** Runs the shortcut for a key press, if one is in force. */
export const handleKey = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.isComposing) return;
  const keys = pressed(event);
  if (belongsToControl(keys, event.target)) return;
  const shortcut = inForce(layers.get()).find((candidate) => candidate.keys === keys);
  if (shortcut === undefined || (takesTyping(event.target) && shortcut.whileTyping !== true)) return;
  event.preventDefault();
  shortcut.run();
};

/** Puts shortcuts in force while the component is on screen. `run` may be new at each render. */
export const useShortcuts = (shortcuts: readonly Shortcut[], options: { readonly isDialog?: boolean; readonly isOn?: boolean } = {}): void => {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const { isDialog = false, isOn = true } = options;
  const shape = shortcuts.map((shortcut) => `${shortcut.keys}\n${shortcut.says}\n${shortcut.group}\n${String(shortcut.whileTyping === true)}`).join("\n\n");
  useEffect(() => {
    if (!isOn) return undefined;
    const stable = latest.current.map((shortcut, index) => ({ ...shortcut, run: () => latest.current[index]?.run() }));
    return addLayer({ shortcuts: stable, isDialog });
    // `shape` stands for the shortcuts' visible parts
  }, [shape, isDialog, isOn]);
};

/** The shortcuts in force, by group, for the help overlay and the hints under a list. */
export const useShortcutsInForce = (): ReadonlyMap<string, readonly Shortcut[]> => Map.groupBy(inForce(useStore(layers)), (shortcut) => shortcut.group);

/** How a key is written on its cap. */
export const keyCaps = (keys: string): readonly string[] =>
  keys.split(/(?<!^)\+/).map((part) => ({ ctrl: "Ctrl", alt: "Alt", shift: "Shift", enter: "↵", escape: "Esc", arrowup: "↑", arrowdown: "↓", arrowleft: "←", arrowright: "→", space: "Spasi", delete: "Del" })[part] ?? part.toUpperCase());
