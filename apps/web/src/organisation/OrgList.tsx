import { useEffect, useRef, type CSSProperties, type ReactElement } from "react";
import { useTimeWords } from "../session/me.ts";
import { cx } from "../ui/class-names.ts";
import { Icon } from "../ui/Icon.tsx";
import { Chip, PostAvatar } from "../ui/Small.tsx";
import { cardWords } from "./card-words.ts";
import { useOrganisationMessages } from "./messages.ts";
import type { TreeProps } from "./OrgChart.tsx";
import { standingOf, type Line } from "./tree.ts";
import { cardElement, useTreeKeys } from "./use-tree-keys.ts";
import css from "./OrgList.module.css";

/** The organisation as an indented list: the form of a phone, and of whoever prefers reading. */
export const OrgList = ({ lines, open, selected, marked, wanted, onToggle, onSelect }: TreeProps): ReactElement => {
  const words = useOrganisationMessages();
  const keys = useTreeKeys(lines, selected, { onToggle, onSelect, isOpen: (key) => open.has(key) });
  const latest = useRef(wanted);
  useEffect(() => {
    if (wanted === undefined || latest.current === wanted) return;
    latest.current = wanted;
    cardElement(wanted.key)?.scrollIntoView({ block: "center" });
  }, [wanted]);
  return (
    <div className={css["scroll"]}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the focus is on its items, one of which Tab reaches */}
      <div role="tree" aria-label={words.tree} onKeyDown={keys.onKeyDown}>
        {lines.map((line) => (
          <Row key={line.node.key} line={line} isOpen={open.has(line.node.key)} isSelected={selected === line.node.key} isDim={marked !== undefined && !marked.has(line.node.key)} isReached={keys.at === line.node.key} onFocus={() => keys.onFocus(line.node.key)} onSelect={() => onSelect(line.node)} onToggle={() => onToggle(line.node.key, !open.has(line.node.key))} />
        ))}
      </div>
    </div>
  );
};

const Row = ({ line, isOpen, isSelected, isDim, isReached, onFocus, onSelect, onToggle }: { readonly line: Line; readonly isOpen: boolean; readonly isSelected: boolean; readonly isDim: boolean; readonly isReached: boolean; readonly onFocus: () => void; readonly onSelect: () => void; readonly onToggle: () => void }): ReactElement => {
  const words = useOrganisationMessages();
  const time = useTimeWords();
  const { node, level, place, siblings } = line;
  const { title, line: second, tag, face } = cardWords(node, words, time);
  const standing = standingOf(node);
  const canOpen = node.children.length > 0;
  const style: CSSProperties & Record<"--level", number> = { "--level": level };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter and Space are heard by the tree
    <div role="treeitem" data-card={node.key} className={cx(css["row"], css[standing], isSelected && css["selected"], isDim && css["dim"])} style={style} tabIndex={isReached ? 0 : -1} aria-level={level + 1} aria-posinset={place + 1} aria-setsize={siblings} aria-expanded={canOpen ? isOpen : undefined} aria-selected={isSelected} onFocus={onFocus} onClick={onSelect}>
      {canOpen ? (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          className={css["toggle"]}
          title={isOpen ? words.collapse : words.expand}
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          <Icon name={isOpen ? "down" : "right"} size={18} />
        </button>
      ) : <span className={css["toggle"]} />}
      {standing === "empty" ? <span className={css["house"]} aria-hidden="true"><Icon name="org" size={16} /></span> : <PostAvatar name={face} kind={standing === "vacant" ? "vacant" : standing === "acting" ? "acting" : "person"} isSmall />}
      <span className={css["text"]}>
        <b>{node.post === null ? node.unit.name : title}</b>
        <small>{second}</small>
      </span>
      {tag !== undefined ? <Chip tone={standing === "vacant" ? "soon" : "acting"}>{tag}</Chip> : canOpen && !isOpen && <em title={words.below(node.below)}>{node.children.length}</em>}
    </div>
  );
};
