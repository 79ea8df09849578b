import { append, complete, prepare, type SignatureOptions } from "./prepare.ts";
import type { Signer } from "./signer.ts";

/** Signs a PDF with a PAdES B-B signature (EN 319 142-1 §6), as an incremental update. Throws `Unreadable` or `CannotSign`. */
export async function signPdf(bytes: Uint8Array, options: SignatureOptions & { readonly signer: Signer }): Promise<Uint8Array> {
  const prepared = await prepare(bytes, options);
  const signature = await options.signer.sign({ message: prepared.signedAttributes, digest: prepared.digest });
  return append(bytes, complete(prepared, signature));
}
