/** The text of a letter between its head and its signature: what the drafter wrote, and the set pieces of a letter type around it. */
import { plainText } from "./document.ts";
import type { Block, Inline, Table } from "./document.ts";

/** Label, colon and value, one under the other: the particulars of an event, the identity of a person. */
export type Particulars = {
  readonly type: "particulars";
  /** `acara`: hour and place of an event. `identitas`: a person. */
  readonly style: "acara" | "identitas";
  readonly rows: readonly { readonly label: string; readonly value: string; readonly strong?: true }[];
};

/** A key at the text edge (Dasar, Kepada, Untuk) with what belongs to it; without it the next passage does. */
export type Keyed = {
  readonly type: "keyed";
  readonly key: string;
  readonly items: readonly string[];
  readonly rows: readonly { readonly label: string; readonly value: string }[];
};

/** A word of command on a line of its own: MENUGASKAN: */
export type Command = { readonly type: "command"; readonly text: string };

/** A table in the smaller face of lists of people. */
export type Listing = { readonly type: "listing"; readonly table: Table };

/** One passage. */
export type Passage = Block | Particulars | Keyed | Command | Listing;

/** A paragraph of plain pieces; a piece in a list of its own is bold. */
export function paragraph(...pieces: readonly (string | readonly [string])[]): Block {
  const content = pieces.map((piece): Inline => (typeof piece === "string" ? { type: "text", text: piece } : { type: "text", text: piece[0], marks: [{ type: "bold" }] }));
  return { type: "paragraph", content };
}

/** The words of passages, for search and comparison. */
export function passageText(passages: readonly Passage[]): string {
  return passages.map(textOf).join("\n");
}

function textOf(passage: Passage): string {
  switch (passage.type) {
    case "particulars":
      return passage.rows.map((row) => `${row.label}: ${row.value}`).join("\n");
    case "keyed":
      return [`${passage.key}:`, ...passage.items, ...passage.rows.map((row) => `${row.label}: ${row.value}`)].join("\n");
    case "command":
      return passage.text;
    case "listing":
      return plainText({ type: "doc", content: [passage.table] });
    default:
      return plainText({ type: "doc", content: [passage] });
  }
}
