/** How long a session lives, and how much guessing is allowed. */
export const limits = {
  sessionMs: 12 * 3_600_000,
  idleMs: 4 * 3_600_000,
  touchMs: 60_000,
  windowMs: 15 * 60_000,
  /** Of one name from one network address. */
  failuresPerPair: 8,
  /** Of one name from everywhere; so high that a stranger cannot lock an official out by typing his name. */
  failuresPerName: 200,
  failuresPerAddress: 40,
} as const;

/** Is a session still good at `nowMs`? */
export const isAlive = (session: { readonly sinceMs: number; readonly lastSeenMs: number }, nowMs: number): boolean =>
  nowMs - session.sinceMs < limits.sessionMs && nowMs - session.lastSeenMs < limits.idleMs;

/** May another attempt be made, given the failures of the last quarter of an hour? A guesser slows himself, not the owner of the name who sits elsewhere. */
export const mayAttempt = (failures: { readonly forPair: number; readonly forName: number; readonly forAddress: number }): boolean =>
  failures.forPair < limits.failuresPerPair && failures.forName < limits.failuresPerName && failures.forAddress < limits.failuresPerAddress;

/**
 * Where failures are counted. `known`: the hash of the key of a browser that has opened this very account before. Who comes with it is counted there, and
 * neither who shares his address nor who types his name keeps him out; when he has failed too often there, he is counted like everyone.
 */
export const bucketsOf = (name: string, address: string, known: string | undefined) => ({
  pair: `name:${name} address:${address}`, name: `name:${name}`, address: `address:${address}`, own: known === undefined ? undefined : `name:${name} browser:${known}`,
});

/** A device in words a person recognises: "Chrome di Android". */
export const deviceName = (userAgent: string): string => {
  const browser = /Edg\//.test(userAgent) ? "Edge" : /Firefox\//.test(userAgent) ? "Firefox" : /Chrome\//.test(userAgent) ? "Chrome" : /Safari\//.test(userAgent) ? "Safari" : "Peramban lain";
  const system = /Android/.test(userAgent) ? "Android" : /iPhone|iPad/.test(userAgent) ? "iOS" : /Windows/.test(userAgent) ? "Windows" : /Mac OS/.test(userAgent) ? "macOS" : /Linux/.test(userAgent) ? "Linux" : "sistem lain";
  return `${browser} di ${system}`;
};
