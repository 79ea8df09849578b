import { assert, assertCount } from "./assert.ts";
import { concat, utf8 } from "./bytes.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import type { Ed25519Verify } from "./ed25519.ts";
import type { NoteSignature } from "./note.ts";
import type { NoteSigner, Scheme } from "./opened-note.ts";
import { SIGNATURE_TYPE } from "./verifier-key.ts";

const TIMESTAMP_BYTES = 8;
const COSIGNATURE_BYTES = TIMESTAMP_BYTES + 64;

/**
 * Signature type 0x04 (c2sp.org/tlog-cosignature): a witness's statement that, at a time of its own clock, this was the
 * largest consistent tree it had seen of the log.
 */
export function cosignatureScheme(verify: Ed25519Verify): Scheme {
  return {
    type: SIGNATURE_TYPE.cosignatureV1,
    verify: async (key, text, signature) => {
      const time = cosignatureTime(signature);
      if (time === undefined || "refused" in parseCheckpoint(text)) return false;
      return verify({ publicKey: key.publicKey, message: cosignedMessage(text, time), signature: signature.slice(TIMESTAMP_BYTES) });
    },
  };
}

/**
 * Cosigns the text of a checkpoint. `time` is the witness's own clock, in whole seconds since 1970. The caller has
 * already checked that this tree extends the last one it cosigned: that check is the whole worth of a witness.
 */
export async function cosign(text: string, time: number, witness: NoteSigner): Promise<NoteSignature> {
  assertCount(time, "time");
  assert(witness.key.type === SIGNATURE_TYPE.cosignatureV1, "a cosignature is made with a key of type 0x04");
  assert(!("refused" in parseCheckpoint(text)), "only checkpoints are cosigned");
  const timestamp = new Uint8Array(TIMESTAMP_BYTES);
  new DataView(timestamp.buffer).setBigUint64(0, BigInt(time));
  const signature = await witness.sign(cosignedMessage(text, time));
  return { name: witness.key.name, keyId: witness.key.keyId, bytes: concat([timestamp, signature]) };
}

/**
 * The time inside a cosignature, in seconds since 1970; undefined if it is not a v1 cosignature, or the time is not
 * exact in JavaScript (the specification allows 2^63, some 292 billion years).
 */
export function cosignatureTime(signature: Uint8Array): number | undefined {
  if (signature.length !== COSIGNATURE_BYTES) return undefined;
  const time = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
  return Number.isSafeInteger(time) ? time : undefined;
}

/** The two header lines keep a cosignature from ever being taken for a note signature of the same key. */
function cosignedMessage(text: string, time: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}
