/**
 * A transparency log, in values: nothing here reads a file, opens a connection or knows the time.
 * See README.md for the tour; every file names the specification it follows.
 */
export type { Verdict } from "./verdict.ts";

export { emptyRoot, HASH_BYTES, nodeHash, recordHash, subtreesOf, treeRoot } from "./tree.ts";
export type { Hash, HashReader, Range, Subtree } from "./tree.ts";
export { append, decodeFrontier, EMPTY_FRONTIER, encodeFrontier, frontierRoot, readFrontier } from "./frontier.ts";
export type { Frontier } from "./frontier.ts";
export { checkRecord, checkTree, proveRecord, proveTree } from "./proof.ts";
export type { RecordClaim, TreeHead } from "./proof.ts";

export { edgeTiles, hashesIn, hashInTile, TILE_HEIGHT, TILE_WIDTH, tileHash, tileHolding, tilesBetween } from "./tile.ts";
export type { Tile, TileData, TileReader } from "./tile.ts";
export { entriesPath, parseTilePath, tilePath } from "./tile-path.ts";
export type { EntryBundle, Resource } from "./tile-path.ts";
export { EMPTY_EDGE, edgeOf, growTiles } from "./tile-growth.ts";
export type { TileEdge, TileGrowth } from "./tile-growth.ts";
export { tileHashReader, verifiedTiles } from "./tile-reader.ts";
export { decodeEntries, encodeEntries, entriesBetween, MAX_RECORD_BYTES } from "./entries.ts";

export { formatNote, formatSignatures, isKeyName, isNoteText, MAX_SIGNATURES, parseNote, parseSignatures } from "./note.ts";
export type { Note, NoteSignature } from "./note.ts";
export { formatVerifierKey, parseVerifierKey, SIGNATURE_TYPE, verifierKey } from "./verifier-key.ts";
export type { VerifierKey } from "./verifier-key.ts";
export { ed25519Scheme, openNote, signNote } from "./opened-note.ts";
export type { NoteRefusal, NoteSigner, OpenedNote, Scheme, Trust, VerifiedSignature } from "./opened-note.ts";
export { webEd25519Verify } from "./ed25519.ts";
export type { Ed25519Sign, Ed25519Verify } from "./ed25519.ts";
export { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
export type { Checkpoint } from "./checkpoint.ts";
export { cosign, cosignatureScheme, cosignatureTime } from "./cosignature.ts";
export { formatAddCheckpoint, MAX_TREE_PROOF_HASHES, parseAddCheckpoint } from "./add-checkpoint.ts";
export type { AddCheckpoint } from "./add-checkpoint.ts";
export { judgeCheckpoint } from "./witness.ts";
export type { WatchedLog, WitnessRefusal, WitnessVerdict } from "./witness.ts";
export { checkPolicy, fewestWitnesses, formatPolicy, isReached, parsePolicy, policyKeys } from "./policy.ts";
export type { Endorsement, Policy, PolicyLog, PolicyRefusal, PolicyVerdict, PolicyWitness, Quorum, Witnessed } from "./policy.ts";
export { checkLogProof, formatLogProof, parseLogProof } from "./log-proof.ts";
export type { LogEvidence, LogProof, LogProofRefusal, LogTrust } from "./log-proof.ts";
export { checkDocumentProof, formatDocumentProof, leafInProof } from "./document-proof.ts";
export type { DocumentEvidence, DocumentProofRefusal } from "./document-proof.ts";

export { canonicalJson } from "./canonical-json.ts";
export type { Json } from "./canonical-json.ts";
export { checkCommitment, commit, commitParts, SALT_BYTES } from "./commitment.ts";
export { decodeLeaf, encodeLeaf } from "./leaf.ts";
export type { Leaf } from "./leaf.ts";
export { checkTold } from "./told.ts";
export type { Opening, Told, ToldRefusal } from "./told.ts";
export { hmacSha256 } from "./hmac.ts";
export { draw, hashPopulation } from "./draw.ts";
export type { DrawSeed } from "./draw.ts";
export { sha256 } from "#sha256";
export { concat, equal, fromBase64, fromHex, toBase64, toHex, utf8 } from "./bytes.ts";
