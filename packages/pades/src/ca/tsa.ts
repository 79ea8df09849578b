import { hash, randomBytes, type KeyObject } from "node:crypto";
import { cmsIdentity, encapsulatingInfo, signedAttributes, type CmsIdentity } from "../cms/build.ts";
import { CMS_OID } from "../der/oid.ts";
import { Malformed, TAG } from "../der/read.ts";
import { bitString, der, integer, oid, preciseTime, sequence, TRUE, unsignedInteger, utf8String } from "../der/write.ts";
import { nodeSigner } from "../node-signer.ts";
import { nodePort } from "../node-port.ts";
import type { Signer } from "../sign/signer.ts";
import type { TimestampAuthority } from "../tsp/authority.ts";
import { messageImprint, parseRequest, type TimestampRequest } from "../tsp/request.ts";

/** What a time-stamping authority is made of. */
export type TsaOptions = {
  /** A certificate of the profile "timestamp", and its issuers as far as they are to come with each token. */
  readonly certificate: Uint8Array;
  readonly chain?: readonly Uint8Array[];
  readonly privateKey: KeyObject;
  readonly pss?: boolean;
  /** The policy that tokens are made under (RFC 3161 §2.1); requests that ask for another are refused. */
  readonly policy: string;
  /** By how much the clock may be off. */
  readonly accuracyMs?: number;
  /** Says that two tokens of this authority are in the order of their times: true only for one that waits a millisecond between tokens. */
  readonly isOrdered?: boolean;
};

/** A time-stamping authority: answers DER `TimeStampReq` with DER `TimeStampResp`, at the time that the caller's clock shows. */
export type Tsa = { readonly respond: (request: Uint8Array, at: Date) => Promise<Uint8Array> };

/** The embedded CA's time-stamping authority (RFC 3161, RFC 5816): for tests and for offices without an outside one. */
export function createTsa(options: TsaOptions): Tsa {
  const { certificate, chain = [], privateKey, pss = false, policy } = options;
  const signer = nodeSigner({ certificate, chain, privateKey, pss });
  const certificateDigest = new Uint8Array(hash("sha256", certificate, "buffer"));
  const identity = cmsIdentity({ algorithm: signer.algorithm, certificate, chain, certificateDigest, contentType: CMS_OID.tstInfo });
  return {
    respond: async (bytes, at) => {
      const request = readRequest(bytes);
      if (request === undefined) return refusal(BAD_DATA_FORMAT, "the request cannot be read, or asks for an extension");
      if (request.hash === "SHA-1" || request.imprint.length !== IMPRINT_BYTES[request.hash]) return refusal(BAD_ALGORITHM, "the digest is not one that is time-stamped here");
      if (request.policy !== undefined && request.policy !== policy) return refusal(UNACCEPTED_POLICY, `time-stamps are made under policy ${policy} alone`);
      return sequence(GRANTED, await makeToken({ request, at, identity, signer, options }));
    },
  };
}

/** A TSA of this process as the port that signing asks, with the caller's clock. */
export function localTimestampAuthority(tsa: Tsa, clock: () => Date, trust?: readonly Uint8Array[]): TimestampAuthority {
  return { send: (request) => tsa.respond(request, clock()), ...(trust === undefined ? {} : { trust }) };
}

function readRequest(bytes: Uint8Array): TimestampRequest | undefined {
  try {
    return parseRequest(bytes);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

type Making = { readonly request: TimestampRequest; readonly at: Date; readonly identity: CmsIdentity; readonly signer: Signer; readonly options: TsaOptions };

async function makeToken({ request, at, identity, signer, options }: Making): Promise<Uint8Array> {
  const { accuracyMs, isOrdered = false } = options;
  const bytes = sequence(
    integer(1),
    oid(options.policy),
    messageImprint(request.hash, request.imprint),
    unsignedInteger(freshSerial()),
    preciseTime(at),
    ...(accuracyMs === undefined ? [] : [accuracy(accuracyMs)]),
    ...(isOrdered ? [TRUE] : []), // FALSE is the default, which DER leaves out
    ...(request.nonce === undefined ? [] : [der(TAG.integer, request.nonce)]),
  );
  const attributes = signedAttributes(identity, await nodePort.digest(identity.hash, [bytes]));
  const signature = await signer.sign({ message: attributes, digest: await nodePort.digest(identity.hash, [attributes]) });
  return encapsulatingInfo(identity, { type: CMS_OID.tstInfo, bytes, withCertificates: request.certReq }, { attributes, signature });
}

function accuracy(ms: number): Uint8Array {
  const [seconds, millis] = [Math.floor(ms / 1000), ms % 1000];
  const number = (tag: number, value: number): Uint8Array => der(tag, integer(value).subarray(2));
  return sequence(...(seconds === 0 ? [] : [number(TAG.integer, seconds)]), ...(millis === 0 ? [] : [number(0x80, millis)]));
}

/** 127 random bits, always sixteen octets: unique without keeping count, and of known length (RFC 3161 §2.4.2 allows 160 bits). */
function freshSerial(): Uint8Array {
  const serial = new Uint8Array(randomBytes(16));
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

/** A `TimeStampResp` with status 2, rejection (RFC 3161 §2.4.2). `bit` names the PKIFailureInfo. */
function refusal(bit: number, reason: string): Uint8Array {
  const flags = new Uint8Array((bit >> 3) + 1);
  flags[bit >> 3] = 0x80 >> (bit & 7);
  return sequence(sequence(integer(2), sequence(utf8String(reason)), bitString(flags, 7 - (bit & 7))));
}

const GRANTED = sequence(integer(0));
const BAD_ALGORITHM = 0;
const BAD_DATA_FORMAT = 5;
const UNACCEPTED_POLICY = 15;
const IMPRINT_BYTES = { "SHA-256": 32, "SHA-384": 48, "SHA-512": 64 } as const;
