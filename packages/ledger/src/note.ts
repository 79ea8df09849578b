import { concat, fromBase64, toBase64 } from "./bytes.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Signed notes (c2sp.org/signed-note): text that people can read, signed by one or more keys.
 *
 *     If you think cryptography is the answer to your problem,
 *     then you don't know what your problem is.
 *
 *     — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
 *
 * The text ends in a newline. An empty line follows, then one line for each signature: an em dash, the name of the key,
 * and base64 of the four bytes of the key's id followed by the signature. The last empty line of the note is the border,
 * so the text itself may have empty lines. This file knows the form; `opened-note.ts` knows whom to believe.
 */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** One signature line: who is said to have signed, and what. Nothing about it has been verified. */
export type NoteSignature = { readonly name: string; readonly keyId: number; readonly bytes: Uint8Array };

/** The most signatures a note may carry; the specification asks for at least 16. */
export const MAX_SIGNATURES = 64;

/** The longest note that is read: 64 post-quantum signatures of 5 kB, and room for the text. */
export const MAX_NOTE_CHARACTERS = 1_000_000;

/** Writes a note. Its text must pass `isNoteText`. */
export function formatNote(note: Note): string {
  return `${note.text}\n${formatSignatures(note.signatures)}`;
}

/** Writes signature lines alone: what a witness answers. */
export function formatSignatures(signatures: readonly NoteSignature[]): string {
  return signatures.map(signatureLine).join("");
}

/** Reads signature lines alone, at least one, without believing them. */
export function parseSignatures(lines: string): Verdict<readonly NoteSignature[], "malformed_note"> {
  const note = parseNote(`-\n\n${lines}`);
  return "refused" in note ? note : { value: note.value.signatures };
}

/** Reads a note without believing it. */
export function parseNote(message: string): Verdict<Note, "malformed_note"> {
  const border = message.lastIndexOf("\n\n");
  if (message.length > MAX_NOTE_CHARACTERS || border < 0 || !message.endsWith("\n")) return { refused: "malformed_note" };
  const text = message.slice(0, border + 1);
  const lines = message.slice(border + 2, -1).split("\n");
  const signatures = lines.slice(0, MAX_SIGNATURES + 1).map(parseSignatureLine).filter((line) => line !== undefined);
  const complete = signatures.length === lines.length && lines.length <= MAX_SIGNATURES;
  return complete && isNoteText(text) ? { value: { text, signatures } } : { refused: "malformed_note" };
}

/** Says whether a text may be signed: Unicode that ends in a newline and has no other control character. */
export function isNoteText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  return text.endsWith("\n") && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

/** Says whether a name may be a key's: not empty, no Unicode space, no plus sign, no control character. */
export function isKeyName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  return name.length > 0 && name.isWellFormed() && !/[\p{White_Space}+\u0000-\u001f]/u.test(name);
}

function signatureLine({ name, keyId, bytes }: NoteSignature): string {
  const id = new Uint8Array(4);
  new DataView(id.buffer).setUint32(0, keyId);
  return `\u2014 ${name} ${toBase64(concat([id, bytes]))}\n`;
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [dash, name, encoded, ...rest] = line.split(" ");
  if (dash !== "\u2014" || name === undefined || encoded === undefined || rest.length > 0 || !isKeyName(name)) return undefined;
  const blob = fromBase64(encoded);
  if (blob === undefined || blob.length < 5) return undefined;
  return { name, keyId: new DataView(blob.buffer, blob.byteOffset).getUint32(0), bytes: blob.slice(4) };
}
