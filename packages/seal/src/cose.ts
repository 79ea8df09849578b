import { decodeCbor, encodeCbor, NotCanonical, type Cbor, type CborLimits } from "./cbor.ts";

/** Makes a signature with a P-256 key over SHA-256 of the message, as r‖s (RFC 9053 §2.1). */
export type SignEs256 = (message: Uint8Array) => Promise<Uint8Array>;

/** A COSE_Sign1 (RFC 9052 §4.2) as it was read: nothing of it is believed yet. */
export type Sign1 = { readonly keyId: Uint8Array; readonly payload: Uint8Array; readonly signature: Uint8Array; readonly toBeSigned: Uint8Array };

const sign1Tag = 18;
const algorithmHeader = 1;
const keyIdHeader = 4;
const es256 = -7;
const keyIdLength = 4;
const signatureLength = 64;

/** The object's one algorithm is another than ES256: a verifier that took the object's word for how to check it could be told to check nothing. */
export class OtherAlgorithm extends Error {}

const toBeSignedOf = (protectedHeader: Uint8Array, payload: Uint8Array): Uint8Array => encodeCbor(["Signature1", protectedHeader, new Uint8Array(0), payload]);

/** Signs a payload; the key's id and the algorithm are inside what is signed. */
export const sign1 = async (payload: Uint8Array, keyId: Uint8Array, sign: SignEs256): Promise<Uint8Array> => {
  if (keyId.length !== keyIdLength) throw new RangeError("a key id has four bytes");
  const header = encodeCbor(new Map<number, Cbor>([[algorithmHeader, es256], [keyIdHeader, keyId]]));
  const signature = await sign(toBeSignedOf(header, payload));
  if (signature.length !== signatureLength) throw new RangeError("a P-256 signature has 64 bytes");
  return encodeCbor({ tag: sign1Tag, value: [header, new Map(), payload, signature] });
};

/** Reads a COSE_Sign1 of ours: exactly these headers, nothing unprotected, payload inside. Throws `NotCanonical` or `OtherAlgorithm`. */
export const readSign1 = (bytes: Uint8Array, limits: CborLimits): Sign1 => {
  const outer = decodeCbor(bytes, limits);
  if (typeof outer !== "object" || !("tag" in outer) || outer.tag !== sign1Tag || !Array.isArray(outer.value)) throw new NotCanonical("not a COSE_Sign1");
  const [header, unprotected, payload, signature, ...more]: readonly Cbor[] = outer.value;
  if (!(header instanceof Uint8Array) || !(unprotected instanceof Map) || unprotected.size > 0 || !(payload instanceof Uint8Array) || !(signature instanceof Uint8Array) || more.length > 0) throw new NotCanonical("not the parts of a seal");
  const named = decodeCbor(header, limits);
  if (!(named instanceof Map)) throw new NotCanonical("a header that is no map");
  if (named.get(algorithmHeader) !== es256) throw new OtherAlgorithm("another algorithm than ES256");
  const keyId: unknown = named.get(keyIdHeader);
  if (named.size !== 2 || !(keyId instanceof Uint8Array) || keyId.length !== keyIdLength || signature.length !== signatureLength) throw new NotCanonical("not the headers of a seal");
  return { keyId, payload, signature, toBeSigned: toBeSignedOf(header, payload) };
};

/** Did this key (SubjectPublicKeyInfo, P-256) sign it? Runs in Node and in a browser alike. A key that cannot be used has signed nothing. */
export const isSignedWith = async ({ signature, toBeSigned }: Sign1, spki: Uint8Array): Promise<boolean> => {
  try {
    const key = await crypto.subtle.importKey("spki", Uint8Array.from(spki), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, Uint8Array.from(signature), Uint8Array.from(toBeSigned));
  } catch {
    return false; // WebCrypto throws for a key that is no point of the curve: the answer is the same
  }
};

/** The id of a key: the first bytes of the SHA-256 of its SubjectPublicKeyInfo. It finds a key and proves nothing. */
export const keyIdOf = async (spki: Uint8Array): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(spki))).slice(0, keyIdLength);
