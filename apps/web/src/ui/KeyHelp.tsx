import type { ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { keyCaps, type Shortcut } from "../kernel/keys.ts";
import { Caps } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import css from "./KeyHelp.module.css";

/** The overlay behind `?`: every shortcut that works on this page, by group. Give it the shortcuts as they were before it opened. */
export const KeyHelp = ({ isOpen, onClose, groups }: { readonly isOpen: boolean; readonly onClose: () => void; readonly groups: ReadonlyMap<string, readonly Shortcut[]> }): ReactElement => {
  const { help } = useMessages();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={help.title} lead={help.hint} width={760}>
      <div className={css["groups"]}>
        {[...groups].map(([group, shortcuts]) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {[...Map.groupBy(shortcuts, (shortcut) => shortcut.says)].map(([says, ways]) => (
                <li key={says}>
                  <span>{says}</span>
                  {ways.map((way) => <Caps key={way.keys} keys={keyCaps(way.keys)} />)}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
};

/** The line of hints under a list. Keys that do the same are given together, such as `["j", "k"]`. */
export const KeyHints = ({ hints }: { readonly hints: readonly { readonly keys: readonly string[]; readonly says: string }[] }): ReactElement => (
  <footer className={css["hints"]}>
    {hints.map((hint) => (
      <span key={hint.says}>
        <Caps keys={hint.keys.flatMap(keyCaps)} />
        {hint.says}
      </span>
    ))}
  </footer>
);
