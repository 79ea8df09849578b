import { useId, type KeyboardEvent, type ReactElement, type ReactNode, type Ref } from "react";
import { cx } from "./class-names.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { usePopover } from "./use-popover.ts";
import css from "./Menu.module.css";

/** One line of a menu. */
export type MenuItem =
  | { readonly kind: "act"; readonly label: string; readonly note?: string; readonly icon?: IconName; readonly isDangerous?: boolean; readonly isDisabled?: boolean; readonly run: () => void }
  | { readonly kind: "choice"; readonly label: string; readonly note?: string; readonly icon?: IconName; readonly isChosen: boolean; readonly run: () => void }
  | { readonly kind: "heading"; readonly label: string }
  | { readonly kind: "line" };

/** What the button that opens the menu must carry. */
export type MenuButtonProps = { readonly ref: Ref<HTMLButtonElement>; readonly "aria-haspopup": "menu"; readonly "aria-expanded": boolean; readonly "aria-controls": string; readonly onClick: () => void };

/** A menu under (or above) its button: the browser's own popover, so it lies over everything and closes by itself. */
export const Menu = ({ label, items, button, side = "below" }: { readonly label: string; readonly items: readonly MenuItem[]; readonly button: (props: MenuButtonProps) => ReactNode; readonly side?: "below" | "above" }): ReactElement => {
  const id = useId();
  const { opener, panel, isOpen } = usePopover<HTMLButtonElement>({ side, widest: 220, onShown: (element) => (element.querySelector<HTMLElement>('[aria-checked="true"]') ?? element.querySelector<HTMLElement>("button"))?.focus() });

  const move = (event: KeyboardEvent): void => {
    const buttons = [...(panel.current?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
    const at = buttons.findIndex((candidate) => candidate === document.activeElement);
    const to = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : undefined;
    if (to === undefined) return;
    event.preventDefault();
    buttons.at(to % buttons.length)?.focus();
  };

  return (
    <>
      {button({ ref: opener, "aria-haspopup": "menu", "aria-expanded": isOpen, "aria-controls": id, onClick: () => panel.current?.togglePopover() })}
      <div ref={panel} id={id} popover="auto" role="menu" tabIndex={-1} aria-label={label} className={css["panel"]} onKeyDown={move}>
        {items.map((item, index) =>
          item.kind === "line" ? (
            // oxlint-disable-next-line react/no-array-index-key -- a menu's lines have no other name and do not move
            <hr key={index} />
          ) : item.kind === "heading" ? (
            <p key={item.label} role="presentation" className={css["heading"]}>{item.label}</p>
          ) : (
            <button
              key={item.label}
              type="button"
              role={item.kind === "choice" ? "menuitemradio" : "menuitem"}
              aria-checked={item.kind === "choice" ? item.isChosen : undefined}
              disabled={item.kind === "act" && item.isDisabled === true}
              className={cx(css["item"], item.kind === "act" && item.isDangerous === true && css["danger"])}
              onClick={() => {
                panel.current?.hidePopover();
                opener.current?.focus();
                item.run();
              }}
            >
              {item.icon !== undefined && <Icon name={item.icon} size={18} />}
              <span>
                {item.label}
                {item.note !== undefined && <small>{item.note}</small>}
              </span>
              {item.kind === "choice" && item.isChosen && <Icon name="check" size={18} />}
            </button>
          ),
        )}
      </div>
    </>
  );
};
