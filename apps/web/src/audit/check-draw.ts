import { checkRecord, checkTree, decodeLeaf, draw, ed25519Scheme, fromHex, hashPopulation, hmacSha256, openNote, parseCheckpoint, parseVerifierKey, recordHash, toHex, utf8, webEd25519Verify } from "@lontar/ledger";
import type { ResultOf } from "../kernel/api.ts";
import type { Memory } from "../kernel/memory.ts";
import { isKnownKey } from "../kernel/trail-proof.ts";

/** Everything that it takes to draw a sample again. */
export type DrawEvidence = ResultOf<"inquiry.evidence">;

/** Which part failed, in the order of checking. */
export type DrawMismatch =
  | "list" // the list is not the one whose hash was locked
  | "lock" // the locking act does not name this list and this fact, or its words are not those of its leaf
  | "place" // the lock is not the last record of the tree that decided
  | "log" // that tree is not the beginning of the signed log
  | "draw"; // list, log and fact choose other letters

/** What drawing again came to. */
export type DrawFinding = { readonly state: "same"; readonly count: number; readonly members: number } | { readonly state: "mismatch"; readonly why: DrawMismatch };

const mismatch = (why: DrawMismatch): DrawFinding => ({ state: "mismatch", why });

/** Draws a sample again in this browser, and sees that the list, the fact that was to decide and the place in the log were fixed before. */
export const checkDraw = async (given: DrawEvidence, memory: Memory): Promise<DrawFinding> => {
  const { population, lock, tree } = given;
  const members = population.members.toSorted();
  const [hash, root] = [fromHex(population.hash), fromHex(tree.root)];
  if (hash === undefined || root === undefined || !members.every((member) => /^[0-9a-f-]{36}$/.test(member)) || members.join() !== population.members.join() || new Set(members).size !== members.length || toHex(hashPopulation(members)) !== population.hash) return mismatch("list");

  const leaf = decodeLeaf(utf8(lock.leaf));
  const salt = fromHex(lock.salt);
  if ("refused" in leaf || leaf.value.event_id !== lock.eventId || leaf.value.type !== "sample.locked" || salt === undefined || toHex(hmacSha256(salt, utf8(lock.committed))) !== leaf.value.c || !locks(lock.committed, given)) return mismatch("lock");

  const head = { size: tree.size, root };
  if (!checkRecord({ index: tree.size - 1, hash: recordHash(utf8(lock.leaf)) }, head, hashesOf(lock.proof))) return mismatch("place");
  const key = parseVerifierKey(given.verifierKey);
  if ("refused" in key || !isKnownKey(key.value.name, given.verifierKey, memory)) return mismatch("log");
  const note = await openNote(given.checkpoint, { keys: [key.value], schemes: [ed25519Scheme(webEd25519Verify)] });
  const signed = "value" in note ? parseCheckpoint(note.value.text) : undefined;
  if (signed === undefined || !("value" in signed) || !checkTree(head, signed.value, hashesOf(given.growth))) return mismatch("log");

  if (given.count > members.length || given.fact.includes("\n")) return mismatch("draw");
  const drawn = draw({ population: hash, members: members.length, tree: head, fact: given.fact }, given.count).map((place) => members[place]);
  return drawn.join() === given.drawn.join() ? { state: "same", count: drawn.length, members: members.length } : mismatch("draw");
};

const hashesOf = (hexes: readonly string[]): readonly Uint8Array[] => hexes.map((hex) => fromHex(hex) ?? new Uint8Array()); // no hash: the check that follows says no

const parse = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined; // not JSON: it locks nothing
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

/** Do the committed words lock this list, this many, and name beforehand the fact that decided? */
const locks = (committed: string, { population, count, source, fact }: DrawEvidence): boolean => {
  const said = parse(committed);
  const body = isRecord(said) ? said["body"] : undefined;
  const state = isRecord(body) ? body["state"] : undefined;
  if (!isRecord(state)) return false;
  const list = state["population"];
  return isRecord(list) && list["hash"] === population.hash && list["members"] === population.members.length && state["count"] === count && state["source"] === source && fact.startsWith(`${source}: `);
};
