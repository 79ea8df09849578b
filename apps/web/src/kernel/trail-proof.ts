import { checkRecord, checkTold, ed25519Scheme, fromHex, openNote, parseCheckpoint, parseVerifierKey, recordHash, utf8, webEd25519Verify, type Told, type ToldRefusal } from "@lontar/ledger";
import type { ResultOf } from "./api.ts";
import type { Memory } from "./memory.ts";

/** One entry of the trail as the page shows it. */
export type TrailEntry = ResultOf<"received.trail">["entries"][number];

/** What the server hands out so that anyone can check one entry. */
export type TrailProof = ResultOf<"received.proof">;

/** Which part of the evidence failed, in the order of checking. */
export type Mismatch =
  | ToldRefusal
  | "key" // the log's key is not the one this browser has known
  | "checkpoint" // the head of the log is not signed by that key
  | "inclusion"; // the leaf does not stand in the tree of that head

/** The browser's own finding. `erased`: the leaf is in the log, but its content was lawfully erased and cannot be compared. */
export type ProofFinding =
  | { readonly state: "proved"; readonly leafIndex: number; readonly size: number; readonly origin: string; readonly erased: boolean }
  | { readonly state: "mismatch"; readonly why: Mismatch };

const knownKeys = "lontar.log-key.";

/**
 * Checks one trail entry in this browser, believing nothing the server says beyond the key that it has always used:
 * the leaf is this event's, the shown words are those committed to, the head is signed, and the leaf stands in its tree.
 */
export const checkTrailEntry = async (entry: Told, given: TrailProof, memory: Memory): Promise<ProofFinding> => {
  const bytes = utf8(given.leaf);
  const told = checkTold(entry, bytes, given);
  if ("refused" in told) return { state: "mismatch", why: told.refused };

  const key = parseVerifierKey(given.verifierKey);
  if ("refused" in key || !isKnownKey(key.value.name, given.verifierKey, memory)) return { state: "mismatch", why: "key" };
  const note = await openNote(given.checkpoint, { keys: [key.value], schemes: [ed25519Scheme(webEd25519Verify)] });
  if ("refused" in note) return { state: "mismatch", why: "checkpoint" };
  const head = parseCheckpoint(note.value.text);
  if ("refused" in head || head.value.origin !== key.value.name) return { state: "mismatch", why: "checkpoint" };

  const hashes = given.proof.map(fromHex);
  const proof = hashes.filter((hash) => hash !== undefined);
  if (proof.length !== hashes.length || !checkRecord({ index: given.leafIndex, hash: recordHash(bytes) }, head.value, proof)) return { state: "mismatch", why: "inclusion" };
  return { state: "proved", leafIndex: given.leafIndex, size: head.value.size, origin: head.value.origin, erased: !told.value.isOpen };
};

/** A key is believed at first sight and remembered; a log that later shows another key under its name is not believed. */
export const isKnownKey = (name: string, text: string, memory: Memory): boolean => {
  const known = memory.read(knownKeys + name);
  if (known === null) memory.write(knownKeys + name, text); // refused memory: this visit alone
  return known === null || known === text;
};
