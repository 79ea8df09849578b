import { CMS_OID } from "../der/oid.ts";
import { Malformed, octets, parts, readElement, TAG, time } from "../der/read.ts";
import type { HashName } from "../port.ts";
import { hashOf } from "../x509/algorithm.ts";
import type { SignedData } from "./signed-data.ts";

/** What a time-stamping authority asserts (RFC 3161 §2.4.2): that data with this digest existed at this time. */
export type TimestampInfo = { readonly hash: HashName | undefined; readonly imprint: Uint8Array; readonly time: Date };

/** Reads the TSTInfo inside a time-stamp token. Throws `Malformed`. */
export function timestampInfo(token: SignedData): TimestampInfo {
  if (token.contentType !== CMS_OID.tstInfo || token.encapsulated === undefined) throw new Malformed("the token is not a time-stamp");
  const [, , imprint, , ...rest] = parts(readElement(token.encapsulated), "TSTInfo");
  const [algorithm, digest] = parts(imprint, "message imprint");
  return { hash: hashOf(algorithm), imprint: octets(digest, "message imprint"), time: time(rest.find(({ tag }) => tag === TAG.generalizedTime), "genTime") };
}
