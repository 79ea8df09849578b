import { fromHex, toHex, utf8 } from "./bytes.ts";
import { hmacSha256 } from "./hmac.ts";
import { decodeLeaf } from "./leaf.ts";
import type { Leaf } from "./leaf.ts";
import type { Verdict } from "./verdict.ts";

/** An act as it is told to a reader: what happened, who did it, in which post and on what basis. What is not told is not compared. */
export type Told = { readonly eventId: string; readonly type: string; readonly person: string; readonly post: string; readonly holding?: string; readonly basis?: string | null };

/** What a leaf commits to, as canonical JSON, with its salt in hexadecimal. Both empty: erased by law, or not this reader's to know. */
export type Opening = { readonly committed: string; readonly salt: string };

/**
 * Which part of what is told does not agree with the leaf, in the order of checking: the leaf is none, or another event's; what is shown
 * as committed is not what the leaf commits to; the committed words name another person, post, basis or act than the reader is told.
 */
export type ToldRefusal = "leaf" | "commitment" | "words";

/** Checks that an act was told as its leaf commits to it. Where nothing is opened, only that the leaf is of this event. */
export function checkTold(told: Told, record: Uint8Array, { committed, salt }: Opening): Verdict<{ readonly leaf: Leaf; readonly isOpen: boolean }, ToldRefusal> {
  const leaf = decodeLeaf(record);
  if ("refused" in leaf || leaf.value.event_id !== told.eventId || leaf.value.type !== told.type) return { refused: "leaf" };
  if (committed === "") return { value: { leaf: leaf.value, isOpen: false } };
  const key = fromHex(salt);
  if (key === undefined || toHex(hmacSha256(key, utf8(committed))) !== leaf.value.c) return { refused: "commitment" };
  return saysTheSame(committed, told) ? { value: { leaf: leaf.value, isOpen: true } } : { refused: "words" };
}

function saysTheSame(committed: string, told: Told): boolean {
  const said = parse(committed);
  if (!isRecord(said)) return false;
  const { person, position, holding, basis = null, body } = said;
  return person === told.person && position === told.post && (told.holding === undefined || holding === told.holding) && (told.basis === undefined || basis === told.basis) && isRecord(body) && body["type"] === told.type;
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined; // Not JSON: it says nothing, so it does not say the same.
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
