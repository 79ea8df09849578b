import { BadTimestamp, type TimestampAuthority } from "../tsp/authority.ts";
import { exchange } from "./transport.ts";

/** Where a time-stamping authority is, and how long and how much of it we wait for. */
export type HttpTimestampOptions = {
  readonly url: string;
  readonly policy?: string;
  readonly trust?: readonly Uint8Array[];
  /** For authorities that ask for it: the whole value of the Authorization header. */
  readonly authorization?: string;
  readonly timeoutMs?: number;
  /** Bytes of an answer; tokens take a few thousand. */
  readonly maxBytes?: number;
};

/** A time-stamping authority over HTTP (RFC 3161 §3.4). */
export function httpTimestampAuthority({ url, policy, trust, authorization, timeoutMs = 10_000, maxBytes = 65_536 }: HttpTimestampOptions): TimestampAuthority {
  const headers = { "content-type": "application/timestamp-query", accept: "application/timestamp-reply", ...(authorization === undefined ? {} : { authorization }) };
  return {
    send: async (body) => {
      const answer = await exchange({ url, headers, body, timeoutMs, maxBytes });
      if (answer instanceof Uint8Array) return answer;
      throw new BadTimestamp("unreachable", `the time-stamping authority at ${url} did not answer: ${answer.problem}`);
    },
    ...(policy === undefined ? {} : { policy }),
    ...(trust === undefined ? {} : { trust }),
  };
}
