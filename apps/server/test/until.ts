import assert from "node:assert/strict";

/** Asks again until it holds; the server and its jobs need their time, and the limit is generous for a busy machine. */
export const until = async <T>(ask: () => Promise<T | undefined>, what: string, limit = 300): Promise<T> => {
  for (let tries = 0; tries < limit; tries += 1) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
  return assert.fail(`never happened: ${what}`);
};
