import { byteAt } from "../bytes.ts";
import { CMS_OID } from "../der/oid.ts";
import { content, Malformed, objectIdentifier, octets, parts, readElement, smallInteger, TAG, time, type Element } from "../der/read.ts";
import type { HashName } from "../port.ts";
import { hashOf } from "../x509/algorithm.ts";
import type { SignedData } from "./signed-data.ts";

/** What a time-stamping authority asserts (RFC 3161 §2.4.2): that data with this digest existed at this time. */
export type TimestampInfo = {
  readonly hash: HashName | undefined;
  readonly imprint: Uint8Array;
  readonly time: Date;
  /** The policy under which the token was made. */
  readonly policy: string;
  readonly serialNumber: Uint8Array;
  /** By how much the clock may be off; nothing if the token does not say. */
  readonly accuracyMs: number | undefined;
  /** Whether tokens of this authority can be ordered by their times alone. */
  readonly isOrdered: boolean;
  /** The request's own number, sent back; the content octets of its INTEGER. */
  readonly nonce: Uint8Array | undefined;
};

/** Reads the TSTInfo inside a time-stamp token. Throws `Malformed`. */
export function timestampInfo(token: SignedData): TimestampInfo {
  if (token.contentType !== CMS_OID.tstInfo || token.encapsulated === undefined) throw new Malformed("the token is not a time-stamp");
  const [version, policy, imprint, serial, ...rest] = parts(readElement(token.encapsulated), "TSTInfo");
  if (smallInteger(version, "TSTInfo version") !== 1 || serial?.tag !== TAG.integer) throw new Malformed("the token has no version 1 content");
  const [algorithm, digest] = parts(imprint, "message imprint");
  const ordering = rest.find(({ tag }) => tag === TAG.boolean);
  const nonce = rest.find(({ tag }) => tag === TAG.integer);
  return {
    hash: hashOf(algorithm),
    imprint: octets(digest, "message imprint"),
    time: time(rest.find(({ tag }) => tag === TAG.generalizedTime), "genTime"),
    policy: objectIdentifier(policy, "time-stamp policy"),
    serialNumber: content(serial),
    accuracyMs: accuracy(rest.find(({ tag }) => tag === TAG.sequence)),
    isOrdered: ordering !== undefined && byteAt(content(ordering), 0) !== 0,
    nonce: nonce === undefined ? undefined : content(nonce),
  };
}

/** `Accuracy ::= SEQUENCE { seconds, millis [0], micros [1] }`, any of them absent. Microseconds round up. */
function accuracy(field: Element | undefined): number | undefined {
  if (field === undefined) return undefined;
  const found = parts(field, "accuracy");
  const part = (tag: number): number => {
    const element = found.find((each) => each.tag === tag);
    return element === undefined ? 0 : smallInteger(element, "accuracy", tag);
  };
  return part(TAG.integer) * 1000 + part(0x80) + Math.ceil(part(0x81) / 1000);
}
