import type { OrgNode } from "./tree.ts";

/** Sizes of the picture, in points of the screen at 100 %. */
export const sizes = { card: { w: 204, h: 62 }, gap: 18, level: 44, stack: 12, indent: 16 } as const;

/** A card with its place. */
export type Placed = { readonly node: OrgNode; readonly x: number; readonly y: number };

/** The picture: cards, the lines between them, and how large it is. */
export type Picture = { readonly cards: readonly Placed[]; readonly wires: readonly string[]; readonly width: number; readonly height: number };

type Wire = readonly (readonly [number, number])[];
type Block = { readonly w: number; readonly h: number; readonly anchor: number; readonly cards: readonly Placed[]; readonly wires: readonly Wire[] };

/**
 * Lays the tree out. What is open stands side by side under its parent; everything without an open branch of its own is stacked in columns, so that
 * thirty offices make a block one can look at and not a ribbon of thirty cards.
 */
export const pictureOf = (roots: readonly OrgNode[], open: ReadonlySet<string>): Picture => {
  const isBranch = (node: OrgNode): boolean => open.has(node.key) && node.children.length > 0;
  const branches = roots.filter(isBranch);
  const blocks = [...branches.map((root) => blockOf(root, open)), ...columnsOf(roots.filter((root) => !isBranch(root)), branches.length)];
  const [row, width] = sideBySide(blocks, sizes.gap * 2);
  return {
    cards: row.flatMap(({ block, x }) => block.cards.map((card) => ({ ...card, x: card.x + x }))),
    wires: row.flatMap(({ block, x }) => block.wires.map((wire) => pathOf(wire.map(([px, py]) => [px + x, py] as const)))),
    width: Math.max(width, sizes.card.w),
    height: Math.max(sizes.card.h, ...blocks.map((block) => block.h)),
  };
};

const pathOf = (wire: Wire): string => wire.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");

const sideBySide = <B extends Block>(blocks: readonly B[], gap: number): readonly [readonly { readonly block: B; readonly x: number }[], number] => {
  let x = 0;
  const row = blocks.map((block) => {
    const placed = { block, x };
    x += block.w + gap;
    return placed;
  });
  return [row, Math.max(0, x - gap)];
};

const shift = (block: Block, dx: number, dy: number): Block => ({ ...block, anchor: block.anchor + dx, cards: block.cards.map((card) => ({ ...card, x: card.x + dx, y: card.y + dy })), wires: block.wires.map((wire) => wire.map(([x, y]) => [x + dx, y + dy] as const)) });

const blockOf = (node: OrgNode, open: ReadonlySet<string>): Block => {
  const { card, gap, level } = sizes;
  const children = open.has(node.key) ? node.children : [];
  if (children.length === 0) return { w: card.w, h: card.h, anchor: card.w / 2, cards: [{ node, x: 0, y: 0 }], wires: [] };
  const branches = children.filter((child) => open.has(child.key) && child.children.length > 0).map((child) => blockOf(child, open));
  const leaves = children.filter((child) => !(open.has(child.key) && child.children.length > 0));
  const [row, wide] = sideBySide([...branches, ...columnsOf(leaves, branches.length)], gap);
  const w = Math.max(card.w, wide);
  const shiftX = (w - wide) / 2;
  const top = card.h + level;
  const below = row.map(({ block, x }) => shift(block, x + shiftX, top));
  // A parent stands over the middle of what it carries.
  const anchors = below.map((block) => block.anchor);
  const middle = (Math.min(...anchors) + Math.max(...anchors)) / 2;
  const anchor = Math.min(w - card.w / 2, Math.max(card.w / 2, middle));
  const bus = card.h + level / 2;
  const wires: readonly Wire[] = [
    [[anchor, card.h], [anchor, bus]],
    ...(Math.min(...anchors, anchor) < Math.max(...anchors, anchor) ? [[[Math.min(...anchors, anchor), bus], [Math.max(...anchors, anchor), bus]] as const] : []),
    ...anchors.map((x) => [[x, bus], [x, top]] as const),
  ];
  return { w, h: top + Math.max(...below.map((block) => block.h)), anchor, cards: [{ node, x: anchor - card.w / 2, y: 0 }, ...below.flatMap((block) => block.cards)], wires: [...wires, ...below.flatMap((block) => block.wires)] };
};

/** Stacks in columns, each hanging on a line at its left; about as wide as a screen is to its height. */
const columnsOf = (leaves: readonly OrgNode[], branches: number): readonly Block[] => {
  if (leaves.length === 0) return [];
  const { card, stack, indent } = sizes;
  const columns = leaves.length <= 4 && branches === 0 && leaves.length > 1 ? leaves.length : Math.max(1, Math.round(Math.sqrt(leaves.length * 0.5)));
  const perColumn = Math.ceil(leaves.length / columns);
  if (perColumn === 1) return leaves.map((node) => ({ w: card.w, h: card.h, anchor: card.w / 2, cards: [{ node, x: 0, y: 0 }], wires: [] }));
  return Array.from({ length: Math.ceil(leaves.length / perColumn) }, (_, column) => {
    const own = leaves.slice(column * perColumn, (column + 1) * perColumn);
    const middle = (index: number): number => index * (card.h + stack) + card.h / 2;
    return {
      w: card.w + indent,
      h: own.length * (card.h + stack) - stack,
      anchor: 0,
      cards: own.map((node, index) => ({ node, x: indent, y: index * (card.h + stack) })),
      wires: [[[0, 0], [0, middle(own.length - 1)]], ...own.map((_node, index) => [[0, middle(index)], [indent, middle(index)]] as const)],
    };
  });
};
