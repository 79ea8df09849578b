import { concat } from "../bytes.ts";

/** One HTTP exchange: with a body a POST, without one a GET. */
export type Exchange = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly timeoutMs: number;
  /** The most bytes of an answer that are read. */
  readonly maxBytes: number;
};

/** The body of a 200 answer, or why there is none, in words for a log. */
export type Answered = Uint8Array | { readonly problem: string };

/**
 * Asks once, within one time limit for everything, and reads no more than `maxBytes`. Redirects are not followed: the address
 * came from a configuration or a certificate, and where it points next is nobody's promise.
 */
export async function exchange({ url, headers = {}, body, timeoutMs, maxBytes }: Exchange): Promise<Answered> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const request = body === undefined ? { method: "GET", headers } : { method: "POST", headers, body: Uint8Array.from(body) };
    const response = await fetch(url, { ...request, redirect: "error", signal });
    if (response.status !== 200) {
      await response.body?.cancel();
      return { problem: `HTTP status ${response.status}` };
    }
    return await readAll(response, maxBytes);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
    return { problem: `${error instanceof Error ? error.message : String(error)}${cause}` };
  }
}

async function readAll(response: Response, maxBytes: number): Promise<Answered> {
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    length += step.value.length;
    if (length > maxBytes) {
      await reader.cancel();
      return { problem: `more than ${maxBytes} bytes` };
    }
    chunks.push(step.value);
  }
  return concat(chunks);
}
