import { useDeferredValue, useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { keyCaps } from "../kernel/keys.ts";
import { Caps, Spinner } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import css from "./CommandPalette.module.css";

/** One thing to go to or to do. */
export type Command = { readonly id: string; readonly group: string; readonly label: string; readonly note?: string; readonly icon: IconName; readonly keys?: string; readonly run: () => void };

/** Props of `CommandPalette`. */
export type CommandPaletteProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Places and acts, matched here by their words. */
  readonly commands: readonly Command[];
  /** Asked as the person types: letters, people, posts found by the server. */
  readonly onQuery?: (text: string) => void;
  /** What the server found for the last query, shown after the own commands as it comes. */
  readonly found?: readonly Command[];
  readonly isSearching?: boolean;
};

/** Every word typed must begin some word of the command. */
export const matches = (command: Pick<Command, "label" | "note" | "group">, typed: string): boolean => {
  const words = `${command.label} ${command.note ?? ""} ${command.group}`.toLowerCase().split(/[\s/.,()-]+/);
  return typed.toLowerCase().split(/\s+/).filter((part) => part !== "").every((part) => words.some((word) => word.startsWith(part)));
};

/** Ctrl-K: one box to go anywhere or do anything. */
export const CommandPalette = (props: CommandPaletteProps): ReactElement => {
  const { search } = useMessages();
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={search.label} isBare width={620}>
      <Palette {...props} />
    </Dialog>
  );
};

const Palette = ({ onClose, commands, onQuery, found = [], isSearching = false }: CommandPaletteProps): ReactElement => {
  const { search } = useMessages();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const asked = useDeferredValue(typed);
  useEffect(() => {
    const timer = setTimeout(() => onQuery?.(asked.trim()), 160);
    return () => clearTimeout(timer);
  }, [asked, onQuery]);
  const shown = [...commands.filter((command) => matches(command, typed)), ...(typed.trim() === "" ? [] : found)];
  const chosen = Math.min(at, shown.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((chosen + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % Math.max(1, shown.length));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      run(shown[chosen]);
    }
  };
  return (
    <>
      <div className={css["box"]}>
        {isSearching ? <Spinner size={18} /> : <Icon name="search" size={18} />}
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={shown[chosen] === undefined ? undefined : `${listId}-${shown[chosen].id}`}
          aria-label={search.label}
          placeholder={search.label}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <p role="status" className={css["empty"]}>{shown.length === 0 && !isSearching ? search.nothing : ""}</p>
      <div ref={list} id={listId} role="listbox" aria-label={search.label} className={css["list"]}>
        {[...Map.groupBy(shown, (command) => command.group)].map(([group, members]) => (
          <div key={group} role="group" aria-label={group}>
            <p className={css["heading"]} aria-hidden="true">{group}</p>
            {members.map((command) => (
              // The combobox above holds the focus and the keys (ARIA pattern); a press is the pointer's way.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div key={command.id} id={`${listId}-${command.id}`} role="option" tabIndex={-1} aria-selected={command === shown[chosen]} className={css["option"]} onClick={() => run(command)} onPointerMove={() => setAt(shown.indexOf(command))}>
                <Icon name={command.icon} />
                <span>
                  <b>{command.label}</b>
                  {command.note !== undefined && <small>{command.note}</small>}
                </span>
                {command.keys !== undefined && <Caps keys={keyCaps(command.keys)} />}
              </div>
            ))}
          </div>
        ))}
      </div>
    </>
  );
};
