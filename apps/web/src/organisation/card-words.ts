import type { TimeWords } from "../kernel/time.ts";
import type { OrganisationWords } from "./messages.ts";
import { standingOf, type OrgNode } from "./tree.ts";

/** What a card says, the same words in the picture, in the list and to a screen reader. */
export type CardWords = { readonly title: string; readonly line: string; readonly tag: string | undefined; readonly face: string };

/** The words of a card: post or unit, who holds it, and how. */
export const cardWords = (node: OrgNode, words: OrganisationWords, time: TimeWords): CardWords => {
  const { post, unit } = node;
  if (post === null) return { title: unit.name, line: words.noPost, tag: undefined, face: unit.shortName };
  const { holder } = post;
  if (holder === null) return { title: post.shortTitle, line: words.vacant, tag: words.vacantTag, face: post.shortTitle };
  if (standingOf(node) === "held") return { title: post.shortTitle, line: holder.name, tag: undefined, face: holder.name };
  const kind = words.kinds[holder.kind];
  return { title: post.shortTitle, line: `${kind} ${holder.name}`, tag: words.actingTag(kind, holder.until === null ? null : lastDay(holder.until, time)), face: holder.name };
};

/** An end at midnight belongs to the day before: a mandate until 28 November 00.00 is one until the 27th. */
export const lastDay = (until: string, time: TimeWords): string => time.mediumDate(time.clock(until) === "00.00" ? new Date(Date.parse(until) - 1) : until);
