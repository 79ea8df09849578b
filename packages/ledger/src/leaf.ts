import { utf8 } from "./bytes.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Verdict } from "./verdict.ts";

/**
 * What the log says about one event: enough to place and compare it, and no personal data. Hashes and commitments are
 * lower-case hexadecimal, so that they can be compared by eye with what `sha256sum` prints.
 */
export type Leaf = {
  /** Version of this shape. */
  readonly v: 1;
  /** What happened, such as `letter.issued`. */
  readonly type: string;
  /** The government whose log this is. */
  readonly tenant: string;
  readonly event_id: string;
  /** When, by the office's clock: RFC 3339, in UTC. The witnesses' cosignatures carry their own time. */
  readonly at: string;
  /** The opaque id of the position that acted. */
  readonly actor: string;
  /** The id of the thing it happened to. */
  readonly obj: string;
  /** SHA-256 of the document's stored bytes, if the event froze any. */
  readonly obj_sha256: string | null;
  /** The hash of the previous event of the same thing: its whole story can be shown without anybody else's. */
  readonly prev: string | null;
  /** The salted commitment to everything else: see `commit`. */
  readonly c: string;
};

/** The bytes of a leaf as they are logged: its canonical JSON. `recordHash` of them is its place in the tree. */
export function encodeLeaf(leaf: Leaf): Uint8Array {
  return utf8(canonicalJson(leaf));
}

/** Reads a logged leaf. Anything but the very bytes `encodeLeaf` would write is refused. The bytes are hostile. */
export function decodeLeaf(bytes: Uint8Array): Verdict<Leaf, "malformed_leaf"> {
  const text = decodeText(bytes);
  const value = text === undefined ? undefined : parseJson(text);
  if (!isLeaf(value) || canonicalJson(value) !== text) return { refused: "malformed_leaf" };
  return { value };
}

const SHA256_HEX = /^[0-9a-f]{64}$/;
const LEAF_MEMBERS = 10;

function isLeaf(value: unknown): value is Leaf {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== LEAF_MEMBERS) return false;
  const member = new Map<string, unknown>(Object.entries(value));
  const words = ["type", "tenant", "event_id", "at", "actor", "obj"].map((name) => member.get(name));
  const hashes = ["obj_sha256", "prev"].map((name) => member.get(name));
  return (
    member.get("v") === 1 &&
    words.every((word) => typeof word === "string" && word !== "" && word.isWellFormed()) &&
    hashes.every((hash) => hash === null || isSha256(hash)) &&
    isSha256(member.get("c"))
  );
}

function isSha256(value: unknown): boolean {
  return typeof value === "string" && SHA256_HEX.test(value);
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // Not UTF-8: the caller refuses it by name.
  }
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined; // Not JSON: the caller refuses it by name.
  }
}
