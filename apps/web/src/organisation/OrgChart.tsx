import { memo, useEffect, useId, useMemo, useRef, type KeyboardEvent, type MouseEvent, type ReactElement, type RefObject } from "react";
import { useTimeWords } from "../session/me.ts";
import { IconButton } from "../ui/Button.tsx";
import { cx } from "../ui/class-names.ts";
import { Icon } from "../ui/Icon.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import { cardWords } from "./card-words.ts";
import { pictureOf, sizes, type Placed } from "./layout.ts";
import { useOrganisationMessages } from "./messages.ts";
import { legible, meets, type Part } from "./sight.ts";
import { standingOf, type Line, type OrgNode } from "./tree.ts";
import { usePanZoom } from "./use-pan-zoom.ts";
import { useTreeKeys } from "./use-tree-keys.ts";
import css from "./OrgChart.module.css";

/** Wider than this, branches stand in rows: nobody pushes a picture through ten screens. */
const widest = 2600;

/** Props that picture and list share. */
export type TreeProps = {
  readonly roots: readonly OrgNode[];
  readonly lines: readonly Line[];
  readonly open: ReadonlySet<string>;
  readonly selected: string | undefined;
  /** The cards that a search or filter speaks of; undefined when there is none. */
  readonly marked: ReadonlySet<string> | undefined;
  /** The card to bring into sight; a new object each time it is asked for. */
  readonly wanted: { readonly key: string } | undefined;
  /** Counts up each time the whole is to be shown anew. */
  readonly wholes: number;
  readonly onToggle: (key: string, isOpen: boolean) => void;
  readonly onSelect: (node: OrgNode) => void;
};

/** The organisation as a picture: moved and enlarged with mouse, fingers and keys. To a screen reader it is a tree. */
export const OrgChart = ({ roots, lines, open, selected, marked, wanted, wholes, onToggle, onSelect }: TreeProps): ReactElement => {
  const words = useOrganisationMessages();
  const help = useId();
  const picture = useMemo(() => pictureOf(roots, open, widest), [roots, open]);
  const { viewport, layer, percent, sight, zoom, pan, fit, show } = usePanZoom(picture.width, picture.height);
  const places = useMemo(() => new Map(picture.cards.map((card) => [card.node.key, card])), [picture]);
  const keys = useTreeKeys(lines, selected, { onToggle, onSelect, isOpen: (key) => open.has(key) });

  const latestFit = useRef(fit);
  useEffect(() => {
    latestFit.current = fit;
  });
  useEffect(() => latestFit.current(), [wholes]);
  const showCard = (key: string, isCentred: boolean): void => {
    const card = places.get(key);
    if (card !== undefined) show({ x: card.x, y: card.y, ...sizes.card }, isCentred);
  };
  const latestShow = useRef(showCard);
  useEffect(() => {
    latestShow.current = showCard;
  });
  useEffect(() => {
    if (wanted !== undefined) latestShow.current(wanted.key, true);
  }, [wanted]);

  const acts = useRef<CardActs>(noActs);
  useEffect(() => {
    acts.current = { onFocus: (key) => { keys.onFocus(key); showCard(key, false); }, onSelect, onToggle: (key) => onToggle(key, !open.has(key)) };
  });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const moves: Readonly<Record<string, (() => void) | undefined>> = { "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), "0": fit, ...(event.shiftKey && { ArrowLeft: () => pan(120, 0), ArrowRight: () => pan(-120, 0), ArrowUp: () => pan(0, 90), ArrowDown: () => pan(0, -90) }) };
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (move === undefined) {
      keys.onKeyDown(event);
      return;
    }
    event.preventDefault();
    move();
  };
  const isLegible = percent >= legible * 100;
  // An outline is pressed to see the card: it is chosen, and comes near.
  const onPress = ({ target, currentTarget, clientX, clientY }: MouseEvent<HTMLElement>): void => {
    if (isLegible || target !== currentTarget) return;
    const { left, top, width } = currentTarget.getBoundingClientRect();
    const scale = width / picture.width;
    const card = cardAt(picture.cards, (clientX - left) / scale, (clientY - top) / scale);
    if (card === undefined) return;
    onSelect(card.node);
    showCard(card.node.key, true);
  };
  return (
    <div className={css["canvas"]}>
      <p id={help} className="vh">{words.treeHelp}</p>
      <div ref={viewport} className={css["viewport"]}>
        <div ref={layer} className={css["layer"]} style={{ width: picture.width, height: picture.height }}>
          <Wires wires={picture.wires} width={picture.width} height={picture.height} />
          {!isLegible && <Outlines cards={picture.cards} marked={marked} width={picture.width} height={picture.height} />}
          {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the focus is on its items, one of which Tab reaches */}
          <div role="tree" className={css["tree"]} aria-label={words.tree} aria-describedby={help} onKeyDown={onKeyDown} onClick={onPress}>
            <Cards lines={lines} places={places} open={open} selected={selected} marked={marked} reached={keys.at} sight={isLegible ? sight : undefined} acts={acts} />
          </div>
        </div>
      </div>
      <div className={css["zoom"]}>
        <IconButton label={words.zoomOut} icon="minus" onClick={() => zoom(0.8)} />
        <button type="button" onClick={fit} title={words.fit} aria-label={`${words.fit}, ${percent} %`}>{percent} %</button>
        <IconButton label={words.zoomIn} icon="plus" onClick={() => zoom(1.25)} />
      </div>
    </div>
  );
};

type CardActs = { readonly onFocus: (key: string) => void; readonly onSelect: (node: OrgNode) => void; readonly onToggle: (key: string) => void };

const noActs: CardActs = { onFocus: () => undefined, onSelect: () => undefined, onToggle: () => undefined };

type CardsProps = Pick<TreeProps, "lines" | "open" | "selected" | "marked"> & { readonly places: ReadonlyMap<string, Placed>; readonly reached: string | undefined; readonly sight: Part | undefined; readonly acts: RefObject<CardActs> };

/**
 * The cards in sight; out of sight, and where all are too small to read (`sight` is undefined), those that the keys have reached and that is chosen.
 * Enlarging writes the per cent beside them many times a second: no card is asked about that.
 */
const Cards = memo(({ lines, places, open, selected, marked, reached, sight, acts }: CardsProps): ReactElement => (
  <>
    {lines.map((line) => {
      const { key } = line.node;
      const place = places.get(key);
      if (place === undefined) return null;
      const isInSight = sight !== undefined && meets({ x: place.x, y: place.y, ...sizes.card }, sight);
      return isInSight || key === reached || key === selected ? (
        <Card
          key={key}
          line={line}
          place={place}
          isOpen={open.has(key)}
          isSelected={selected === key}
          isDim={marked !== undefined && !marked.has(key)}
          isMarked={marked?.has(key) === true}
          isReached={reached === key}
          acts={acts}
        />
      ) : null;
    })}
  </>
));

/** The card that covers a point of the picture; the gap around it counts as well: outlines are small. */
const cardAt = (cards: readonly Placed[], x: number, y: number): Placed | undefined => {
  const around = sizes.stack / 2;
  return cards.find((card) => x >= card.x - around && x <= card.x + sizes.card.w + around && y >= card.y - around && y <= card.y + sizes.card.h + around);
};

/** All cards as shapes in the colours of their standing: the whole of a large office at one look. */
const Outlines = memo(({ cards, marked, width, height }: Pick<TreeProps, "marked"> & { readonly cards: readonly Placed[]; readonly width: number; readonly height: number }): ReactElement => (
  <svg className={css["outlines"]} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
    {[...Map.groupBy(cards, ({ node }) => cx(css[standingOf(node)], marked !== undefined && css[marked.has(node.key) ? "marked" : "dim"]))].map(([look, alike]) => (
      <path key={look} className={look} d={alike.map(({ x, y }) => `M${x} ${y}h${sizes.card.w}v${sizes.card.h}h-${sizes.card.w}z`).join("")} />
    ))}
  </svg>
));

/** The lines between cards. */
export const Wires = ({ wires, width, height }: { readonly wires: readonly string[]; readonly width: number; readonly height: number }): ReactElement => (
  <svg className={css["wires"]} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
    <path d={wires.join("")} />
  </svg>
);

type CardProps = {
  readonly line: Line;
  readonly place: Placed;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly isDim: boolean;
  readonly isMarked: boolean;
  readonly isReached: boolean;
  readonly acts: RefObject<CardActs>;
};

/** A push that brings new cards into sight draws those alone. */
const Card = memo(({ line, place, isOpen, isSelected, isDim, isMarked, isReached, acts }: CardProps): ReactElement => {
  const words = useOrganisationMessages();
  const { node } = line;
  const canOpen = node.children.length > 0;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter and Space are heard by the tree
    <div
      role="treeitem"
      data-card={node.key}
      className={cx(css["card"], css[standingOf(node)], isSelected && css["selected"], isDim && css["dim"], isMarked && css["marked"])}
      style={{ left: place.x, top: place.y, width: sizes.card.w, height: sizes.card.h }}
      tabIndex={isReached ? 0 : -1}
      aria-level={line.level + 1}
      aria-posinset={line.place + 1}
      aria-setsize={line.siblings}
      aria-expanded={canOpen ? isOpen : undefined}
      aria-selected={isSelected}
      onFocus={() => acts.current.onFocus(node.key)}
      onClick={() => acts.current.onSelect(node)}
    >
      <CardBody node={node} />
      {canOpen && (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          className={css["toggle"]}
          title={isOpen ? words.collapse : words.expand}
          onClick={(event) => {
            event.stopPropagation();
            acts.current.onToggle(node.key);
          }}
        >
          {isOpen ? <Icon name="minus" size={14} /> : node.children.length}
        </button>
      )}
    </div>
  );
});

/** What stands on a card. */
export const CardBody = ({ node }: { readonly node: OrgNode }): ReactElement => {
  const words = useOrganisationMessages();
  const time = useTimeWords();
  const { title, line, tag, face } = cardWords(node, words, time);
  const standing = standingOf(node);
  return (
    <>
      {standing === "empty" ? <span className={css["house"]} aria-hidden="true"><Icon name="org" size={18} /></span> : <PostAvatar name={face} kind={standing === "vacant" ? "vacant" : standing === "acting" ? "acting" : "person"} />}
      <span className={css["text"]}>
        <b title={node.post?.title ?? node.unit.name}>{title}</b>
        <small>{line}</small>
      </span>
      {tag !== undefined && <em className={css["tag"]}>{tag}</em>}
    </>
  );
};
