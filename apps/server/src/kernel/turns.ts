/** Lets one person do one thing at a time on this node: guesses of a passphrase cannot be tried side by side before the first is counted. */
export const openTurns = (): (<T>(person: string, work: () => Promise<T>) => Promise<T>) => {
  const last = new Map<string, Promise<unknown>>();
  return async (person, work) => {
    const before = last.get(person) ?? Promise.resolve();
    // Whether the one before succeeded is its own caller's business.
    const mine = before.then(work, work);
    const settled = mine.then(() => undefined, () => undefined);
    last.set(person, settled);
    try {
      return await mine;
    } finally {
      if (last.get(person) === settled) last.delete(person);
    }
  };
};
