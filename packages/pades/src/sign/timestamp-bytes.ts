import type { Port } from "../port.ts";
import type { TimestampAuthority } from "../tsp/authority.ts";
import { requestTimestamp } from "../tsp/token.ts";

/**
 * The room that a token of `authority` takes: asked once, by having it stamp nothing, and remembered as long as the authority
 * object is. A few octets more, because serial numbers, fractions of seconds and ECDSA numbers differ in length.
 */
export async function timestampBytes(authority: TimestampAuthority, port: Port): Promise<number> {
  const known = sizes.get(authority);
  if (known !== undefined) return known;
  const { token } = await requestTimestamp(authority, new Uint8Array(32), port);
  const size = token.length + VARIATION;
  sizes.set(authority, size);
  return size;
}

/** Forgets what `authority`'s tokens took: one of them was longer, so its certificates have changed. */
export function forgetTimestampBytes(authority: TimestampAuthority): void {
  sizes.delete(authority);
}

const sizes = new WeakMap<TimestampAuthority, number>();
const VARIATION = 32;
