import { assert } from "./assert.ts";
import { utf8 } from "./bytes.ts";
import type { Ed25519Sign, Ed25519Verify } from "./ed25519.ts";
import { formatNote, isNoteText, parseNote } from "./note.ts";
import type { NoteSignature } from "./note.ts";
import { SIGNATURE_TYPE } from "./verifier-key.ts";
import type { VerifierKey } from "./verifier-key.ts";
import type { Verdict } from "./verdict.ts";

/** How signatures of one type byte are checked: whether `signature` is `key`'s over the note text. */
export type Scheme = {
  readonly type: number;
  readonly verify: (key: VerifierKey, text: string, signature: Uint8Array) => Promise<boolean>;
};

/** The keys to believe, and the ways of signing one is able to check. A key without a scheme never counts. */
export type Trust = { readonly keys: readonly VerifierKey[]; readonly schemes: readonly Scheme[] };

/** A signature that was verified, and whose it is. */
export type VerifiedSignature = { readonly key: VerifierKey; readonly signature: NoteSignature };

/** A note that at least one believed key has signed. Signatures by anybody else are kept apart, and mean nothing. */
export type OpenedNote = {
  readonly text: string;
  readonly verified: readonly VerifiedSignature[];
  readonly unverified: readonly NoteSignature[];
};

/** Why a note was not opened. */
export type NoteRefusal = "malformed_note" | "bad_signature" | "no_trusted_signature";

/** A key that can sign notes. */
export type NoteSigner = { readonly key: VerifierKey; readonly sign: Ed25519Sign };

/** Signature type 0x01: Ed25519 over the note text. */
export function ed25519Scheme(verify: Ed25519Verify): Scheme {
  return {
    type: SIGNATURE_TYPE.ed25519,
    verify: (key, text, signature) => verify({ publicKey: key.publicKey, message: utf8(text), signature }),
  };
}

/** Signs a text and writes the note. */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<string> {
  assert(isNoteText(text), "a text that is signed ends in a newline and has no other control character");
  assert(signers.length > 0, "a note has at least one signature");
  return formatNote({ text, signatures: await Promise.all(signers.map((signer) => noteSignature(text, signer))) });
}

/**
 * Opens a note. A signature that claims a believed key and is not its own spoils the whole note, as the specification
 * advises: somebody tampered, and a remaining good signature should not hide it. A key counts once however often it signs.
 */
export async function openNote(message: string, trust: Trust): Promise<Verdict<OpenedNote, NoteRefusal>> {
  const note = parseNote(message);
  if ("refused" in note) return note;

  const { text, signatures } = note.value;
  const verified: VerifiedSignature[] = [];
  const unverified: NoteSignature[] = [];
  for (const signature of signatures) {
    const key = trust.keys.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    const scheme = trust.schemes.find(({ type }) => type === key?.type);
    if (key === undefined || scheme === undefined) {
      unverified.push(signature);
    } else if (!(await scheme.verify(key, text, signature.bytes))) {
      return { refused: "bad_signature" };
    } else if (!verified.some((earlier) => earlier.key === key)) {
      verified.push({ key, signature });
    }
  }
  return verified.length > 0 ? { value: { text, verified, unverified } } : { refused: "no_trusted_signature" };
}

async function noteSignature(text: string, { key, sign }: NoteSigner): Promise<NoteSignature> {
  assert(key.type === SIGNATURE_TYPE.ed25519, "a plain note signature is of type 0x01; witnesses use cosign");
  return { name: key.name, keyId: key.keyId, bytes: await sign(utf8(text)) };
}
