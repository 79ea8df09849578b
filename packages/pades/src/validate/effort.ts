import type { Port } from "../port.ts";
import { Unreadable } from "../unreadable.ts";

/**
 * The port with a bound on its work: a document may carry thousands of lists and certificates that each might be the right
 * one, and a judgement that tried them all for every signature would never end. Far more than any real document needs.
 */
export function boundedPort(port: Port): Port {
  let left = MAX_VERIFICATIONS + MAX_DIGESTS / DIGESTS_PER_VERIFICATION;
  const spend = (cost: number): void => {
    left -= cost;
    if (left < 0) throw new Unreadable("too_large", "judging the document takes too much work: it carries too many certificates and revocation data", "work");
  };
  return {
    ...port,
    digest: (hash, parts) => {
      spend(1 / DIGESTS_PER_VERIFICATION);
      return port.digest(hash, parts);
    },
    verify: (request) => {
      spend(1);
      return port.verify(request);
    },
  };
}

const MAX_VERIFICATIONS = 5_000;
const MAX_DIGESTS = 50_000;
const DIGESTS_PER_VERIFICATION = 50;
