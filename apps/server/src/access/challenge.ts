import { Buffer } from "node:buffer";
import type { Instant, Source } from "../kernel/ids.ts";
import type { Seal } from "../kernel/seal.ts";
import { tokenHash } from "./store.ts";

/** What a challenge is made for: one purpose, in one browser. */
export type Bound = { readonly purpose: string; readonly browser: string | undefined };

/** A challenge as it comes back: what was sealed into it, and until when it may be answered. */
export type Opened = { readonly data: Buffer; readonly until: Instant };

type Sealing = { readonly seal: Seal; readonly source: Pick<Source, "now" | "bytes"> };

const nonceBytes = 16;
const timeBytes = 6;

const labelOf = ({ purpose, browser }: Bound): string => `challenge/${purpose}/${browser === undefined ? "" : tokenHash(browser).toString("hex")}`;

/**
 * Makes a challenge that only this browser can answer, for this purpose, for a while. The server keeps nothing of it (asking costs no
 * row): it is sealed with the installation's key, and `takeChallenge` remembers those that were answered.
 */
export const sealChallenge = ({ seal, source }: Sealing, given: Bound & { readonly lastsMs: number; readonly data?: Uint8Array }): string => {
  const until = Buffer.alloc(timeBytes);
  until.writeUIntBE(Date.parse(source.now()) + given.lastsMs, 0, timeBytes);
  return seal.close(labelOf(given), Buffer.concat([until, source.bytes(nonceBytes), given.data ?? Buffer.alloc(0)])).toString("base64url");
};

/** Opens a challenge that came back; `undefined` when it is not ours, was made for something or someone else, or is too late. */
export const openChallenge = ({ seal, source }: Sealing, token: string, bound: Bound): Opened | undefined => {
  const plain = openSealed(seal, labelOf(bound), token);
  if (plain === undefined) return undefined;
  const untilMs = plain.readUIntBE(0, timeBytes);
  return untilMs <= Date.parse(source.now()) ? undefined : { until: new Date(untilMs).toISOString(), data: plain.subarray(timeBytes + nonceBytes) };
};

const openSealed = (seal: Seal, label: string, token: string): Buffer | undefined => {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length < timeBytes + nonceBytes + 28) return undefined; // nonce and tag of the seal
  try {
    return seal.open(label, bytes);
  } catch {
    return undefined; // whatever was altered or made for another place does not open: the caller refuses it by name
  }
};
