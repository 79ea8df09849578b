import type { ResultOf } from "../kernel/api.ts";

/** The organisation at an instant, as the server draws it. */
export type Chart = ResultOf<"organisation.chart">;
/** A unit of the chart. */
export type ChartUnit = Chart["units"][number];
/** A post of the chart. */
export type ChartPost = Chart["posts"][number];

/** One card of the picture: a unit together with the post that heads it, or a further post of a unit. */
export type OrgNode = {
  readonly key: string;
  readonly unit: ChartUnit;
  /** The post on the card; null for a unit that no post heads. */
  readonly post: ChartPost | null;
  readonly isUnit: boolean;
  readonly children: readonly OrgNode[];
  /** Posts below this card, on every level. */
  readonly below: number;
};

/** The key of a unit's card. */
export const unitKey = (id: string): string => `unit:${id}`;
/** The key of a post's card. */
export const postKey = (id: string): string => `post:${id}`;

// A loop is refused where the tree is changed; a picture must not hang on one all the same.
const deepest = 40;

/**
 * The tree of cards. Units are its backbone; the first post of a unit whose superior sits outside the unit and what is under it heads it, and the
 * unit's other posts hang below their superiors. A unit or superior that the chart does not hold counts as none.
 */
export const treeOf = (chart: Pick<Chart, "units" | "posts">): readonly OrgNode[] => {
  const units = new Map(chart.units.map((unit) => [unit.id, unit]));
  const posts = new Map(chart.posts.map((post) => [post.id, post]));
  const unitsUnder = Map.groupBy(chart.units, (unit) => (unit.parentId !== null && units.has(unit.parentId) ? unit.parentId : ""));
  const postsOf = Map.groupBy(chart.posts, (post) => post.unitId);
  const isWithin = (unitId: string, above: string): boolean => {
    let at: string | null = unitId;
    for (let step = 0; at !== null && step < deepest; step += 1) {
      if (at === above) return true;
      at = units.get(at)?.parentId ?? null;
    }
    return false;
  };
  const node = (key: string, unit: ChartUnit, post: ChartPost | null, isUnit: boolean, children: readonly OrgNode[]): OrgNode => ({ key, unit, post, isUnit, children, below: children.reduce((sum, child) => sum + child.below + (child.post === null ? 0 : 1), 0) });
  const unitNode = (unit: ChartUnit, depth: number): OrgNode => {
    const own = postsOf.get(unit.id) ?? [];
    const superiorOf = (post: ChartPost): ChartPost | undefined => (post.superiorId === null ? undefined : posts.get(post.superiorId));
    const head = own.find((post) => {
      const superior = superiorOf(post);
      return superior === undefined || !isWithin(superior.unitId, unit.id);
    });
    const others = own.filter((post) => post !== head);
    const under = Map.groupBy(others, (post) => {
      const superior = superiorOf(post);
      return superior !== undefined && superior.unitId === unit.id && superior !== head ? superior.id : "";
    });
    const shown = new Set<string>();
    const postNodes = (superiorId: string, level: number): readonly OrgNode[] =>
      level > deepest ? [] : (under.get(superiorId) ?? []).flatMap((post) => (shown.has(post.id) || shown.add(post.id) === undefined ? [] : [node(postKey(post.id), unit, post, false, postNodes(post.id, level + 1))]));
    const below = depth > deepest ? [] : (unitsUnder.get(unit.id) ?? []).map((each) => unitNode(each, depth + 1));
    return node(unitKey(unit.id), unit, head ?? null, true, [...postNodes("", 0), ...below]);
  };
  return (unitsUnder.get("") ?? []).map((unit) => unitNode(unit, 0));
};

/** How a post stands at that time. */
export type Standing = "held" | "acting" | "vacant" | "empty";

/** Held by appointment, by an acting official, vacant; `empty` is a unit without any post to head it. */
export const standingOf = ({ post }: OrgNode): Standing => (post === null ? "empty" : post.holder === null ? "vacant" : post.holder.kind === "definitif" ? "held" : "acting");

/** A card as a list shows it: its place among its siblings and how deep it stands. */
export type Line = { readonly node: OrgNode; readonly level: number; readonly parent: string | null; readonly place: number; readonly siblings: number };

/** The cards that are in sight when only `open` ones show what is below them, from top to bottom. */
export const linesOf = (roots: readonly OrgNode[], open: ReadonlySet<string>): readonly Line[] => {
  const walk = (nodes: readonly OrgNode[], level: number, parent: string | null): readonly Line[] =>
    nodes.flatMap((node, place) => [{ node, level, parent, place, siblings: nodes.length }, ...(open.has(node.key) ? walk(node.children, level + 1, node.key) : [])]);
  return walk(roots, 0, null);
};

/** The keys above a card, outermost first; undefined when it is not in the tree. */
export const pathTo = (roots: readonly OrgNode[], key: string): readonly string[] | undefined => {
  for (const node of roots) {
    if (node.key === key) return [];
    const path = pathTo(node.children, key);
    if (path !== undefined) return [node.key, ...path];
  }
  return undefined;
};

/** Finds the card on which a unit or post stands. */
export const cardOf = (roots: readonly OrgNode[], id: string): OrgNode | undefined => {
  for (const node of roots) {
    if (node.unit.id === id && node.isUnit) return node;
    if (node.post?.id === id) return node;
    const found = cardOf(node.children, id);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Every card, whether in sight or not. */
export const everyNode = (roots: readonly OrgNode[]): readonly OrgNode[] => roots.flatMap((node) => [node, ...everyNode(node.children)]);

/** The keys of all cards that have something below them. */
export const openable = (roots: readonly OrgNode[]): ReadonlySet<string> => new Set(everyNode(roots).flatMap((node) => (node.children.length > 0 ? [node.key] : [])));

/** Does a card speak of the text: post, unit or person? All words must occur. */
export const speaksOf = ({ unit, post, isUnit }: OrgNode, text: string): boolean => {
  const words = text.trim().toLowerCase().split(/\s+/);
  const said = [...(isUnit ? [unit.name, unit.shortName, unit.code] : []), post?.title ?? "", post?.shortTitle ?? "", post?.holder?.name ?? "", post?.aside?.name ?? ""].join(" ").toLowerCase();
  return words.every((word) => said.includes(word));
};
