/** Counts asks per address within a sliding window, in the memory of this node; it bounds both how often and how much it remembers. */
export type Limiter = { readonly allows: (address: string, nowMs: number) => boolean };

/** At most `limit` asks per window and address; the oldest addresses are forgotten when there are too many. */
export const openLimiter = (limit: number, windowMs: number, mostAddresses = 10_000): Limiter => {
  const asked = new Map<string, number[]>();
  return {
    allows: (address, nowMs) => {
      const recent = (asked.get(address) ?? []).filter((at) => at > nowMs - windowMs);
      const isAllowed = recent.length < limit;
      asked.delete(address);
      asked.set(address, isAllowed ? [...recent, nowMs] : recent);
      for (const oldest of asked.keys()) {
        if (asked.size <= mostAddresses) break;
        asked.delete(oldest);
      }
      return isAllowed;
    },
  };
};
