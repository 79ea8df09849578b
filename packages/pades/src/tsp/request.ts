import { byteAt } from "../bytes.ts";
import { ALGORITHM_OID } from "../der/oid.ts";
import { content, Malformed, objectIdentifier, octets, parts, readElement, smallInteger, TAG } from "../der/read.ts";
import { der, integer, octetString, oid, sequence, TRUE } from "../der/write.ts";
import type { HashName } from "../port.ts";
import { hashOf } from "../x509/algorithm.ts";

/** What a time-stamp is asked for (RFC 3161 §2.4.1). */
export type TimestampRequest = {
  readonly hash: HashName;
  readonly imprint: Uint8Array;
  /** Content octets of the nonce INTEGER. */
  readonly nonce: Uint8Array | undefined;
  readonly policy: string | undefined;
  /** Whether the authority's certificate is to come with the token. */
  readonly certReq: boolean;
};

/** The DER `TimeStampReq`. */
export function encodeRequest({ hash, imprint, nonce, policy, certReq }: TimestampRequest): Uint8Array {
  return sequence(
    integer(1),
    messageImprint(hash, imprint),
    ...(policy === undefined ? [] : [oid(policy)]),
    ...(nonce === undefined ? [] : [der(TAG.integer, nonce)]),
    ...(certReq ? [TRUE] : []),
  );
}

/** `MessageImprint` (RFC 3161 §2.4.1). SHA-2 identifiers go without parameters, as everywhere in this package (RFC 5754 §2). */
export function messageImprint(hash: HashName, imprint: Uint8Array): Uint8Array {
  return sequence(sequence(oid(HASH_OIDS[hash])), octetString(imprint));
}

/** Reads a `TimeStampReq`. Throws `Malformed`; an extension is something we were asked and would not answer, so it is malformed too. */
export function parseRequest(bytes: Uint8Array): TimestampRequest {
  const whole = readElement(bytes);
  if (whole.end !== bytes.length) throw new Malformed("bytes follow the request");
  const [version, imprint, ...rest] = parts(whole, "time-stamp request");
  if (smallInteger(version, "request version") !== 1) throw new Malformed("the request is not of version 1");
  const [algorithm, digest] = parts(imprint, "message imprint");
  const hash = hashOf(algorithm);
  if (hash === undefined) throw new Malformed("the digest of the request is not known");
  if (rest.some(({ tag }) => tag !== TAG.oid && tag !== TAG.integer && tag !== TAG.boolean)) throw new Malformed("the request has an extension");
  const policy = rest.find(({ tag }) => tag === TAG.oid);
  const nonce = rest.find(({ tag }) => tag === TAG.integer);
  const flag = rest.find(({ tag }) => tag === TAG.boolean);
  return {
    hash,
    imprint: octets(digest, "message imprint"),
    nonce: nonce === undefined ? undefined : content(nonce),
    policy: policy === undefined ? undefined : objectIdentifier(policy, "policy"),
    certReq: flag !== undefined && byteAt(content(flag), 0) !== 0,
  };
}

/** A fresh 64-bit nonce. Its first bits are 01, so that it is positive, minimal and always eight octets: a token's length stays known. */
export function freshNonce(): Uint8Array {
  const nonce = globalThis.crypto.getRandomValues(new Uint8Array(8));
  nonce[0] = (byteAt(nonce, 0) & 0x3f) | 0x40;
  return nonce;
}

const HASH_OIDS: Readonly<Record<HashName, string>> = {
  "SHA-1": ALGORITHM_OID.sha1, "SHA-256": ALGORITHM_OID.sha256, "SHA-384": ALGORITHM_OID.sha384, "SHA-512": ALGORITHM_OID.sha512,
};
