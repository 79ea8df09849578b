import type { PdfDocument } from "../pdf/source.ts";
import type { TimestampAuthority } from "../tsp/authority.ts";
import { CannotSign } from "./cannot-sign.ts";
import { append, complete, completeWithTimestamp, prepare, type SignatureOptions } from "./prepare.ts";
import type { Signer } from "./signer.ts";
import { forgetTimestampBytes, timestampBytes } from "./timestamp-bytes.ts";

/** A signature made in one go; with an authority it is time-stamped (level B-T), without one it is B-B. */
export type SignOptions = SignatureOptions & { readonly signer: Signer; readonly timestamps?: TimestampAuthority };

/** Signs a PDF (EN 319 142-1 §6) as an incremental update. Throws `Unreadable`, `CannotSign` or `BadTimestamp`. */
export async function signPdf(bytes: Uint8Array, options: SignOptions): Promise<Uint8Array> {
  return append(bytes, await signatureTail(bytes, options));
}

/** The increment that signs `document`: what to append to it, wherever it is kept. Of a source only what is needed is read, and all of it once to be hashed. */
export async function signatureTail(document: PdfDocument, options: SignOptions): Promise<Uint8Array> {
  const { signer, timestamps, port } = options;
  if (timestamps === undefined) {
    const prepared = await prepare(document, options);
    return complete(prepared, await signer.sign({ message: prepared.signedAttributes, digest: prepared.digest }));
  }
  const prepared = await prepare(document, { ...options, timestampBytes: await timestampBytes(timestamps, port) });
  const signature = await signer.sign({ message: prepared.signedAttributes, digest: prepared.digest });
  try {
    return await completeWithTimestamp(prepared, signature, { authority: timestamps, port });
  } catch (error) {
    if (error instanceof CannotSign && error.reason === "signature_too_long") forgetTimestampBytes(timestamps);
    throw error;
  }
}
