import { cmsIdentity, type CmsIdentity, type SignatureAlgorithm } from "../cms/build.ts";
import type { Port } from "../port.ts";

/** Who signs: the certificate, its issuers up to (not necessarily including) the root, and the algorithm of the key. */
export type SignerIdentity = {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
};

/** A signer that answers at once: a key in this process, a token, a service. */
export type Signer = SignerIdentity & {
  /** Signs `message`, whose digest is given too for devices that want only that. ECDSA may answer DER or r‖s. */
  readonly sign: (request: { readonly message: Uint8Array; readonly digest: Uint8Array }) => Promise<Uint8Array>;
};

/** The constant CMS parts of a signer, made at first use and kept as long as its certificate is. */
export async function identityOf(signer: SignerIdentity, port: Port): Promise<CmsIdentity> {
  const known = identities.get(signer);
  if (known !== undefined) return known;
  const digest = await port.digest("SHA-256", [signer.certificate]);
  const identity = cmsIdentity({ ...signer, certificateDigest: digest });
  identities.set(signer, identity);
  return identity;
}

const identities = new WeakMap<SignerIdentity, CmsIdentity>();
