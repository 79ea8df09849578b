/** Counts asks per network within a sliding window, in the memory of this node; it bounds both how often and how much it remembers. */
export type Limiter = { readonly allows: (address: string, nowMs: number) => boolean };

/** Whose address it is: one IPv4 address, in whichever spelling, or the first half of one of IPv6, of which everybody has the second half to himself. */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(":")) return mapped ?? address;
  const [front = [], back = []] = address.replace(/%.*/, "").split("::").map((part) => (part === "" ? [] : part.split(":")));
  const between = address.includes("::") ? Math.max(0, 8 - front.length - back.length) : 0;
  return [...front, ...Array.from({ length: between }, () => "0"), ...back].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(":");
};

/** At most `limit` asks per window and network; the oldest networks are forgotten when there are too many. */
export const openLimiter = (limit: number, windowMs: number, mostAddresses = 10_000): Limiter => {
  const asked = new Map<string, number[]>();
  return {
    allows: (from, nowMs) => {
      const address = networkOf(from);
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
