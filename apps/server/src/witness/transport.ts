/** A published file of a log, as a mirror has it: nothing when it says that there is none. */
export type ReadPublished = (path: string) => Promise<Uint8Array | undefined>;

const patienceMs = 20_000;
const mostFileBytes = 256 * 65_537;

/** Reads the files of a log from where they are published. */
export const publishedAt = (url: string): ReadPublished => async (path) => {
  const response = await fetch(`${url.replace(/\/$/, "")}/${path}`, { redirect: "error", signal: AbortSignal.timeout(patienceMs) });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${path} could not be read: ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > mostFileBytes) throw new Error(`${path} is longer than any file of a log`);
  return bytes;
};
