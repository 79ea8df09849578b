/** What another server said. */
export type Reply = { readonly status: number; readonly body: string };

/** How a log reaches its witnesses. Rejects when nobody answers in time. */
export type WitnessLine = {
  /** c2sp.org/tlog-witness, *add-checkpoint*. */
  readonly addCheckpoint: (url: string, body: string) => Promise<Reply>;
  /** The newest checkpoint that a witness keeps of a log, by the address that tlog-mirror gives it. */
  readonly checkpoint: (url: string, originHash: string) => Promise<Reply>;
};

// A mirror copies what is new before it answers.
const patienceMs = 20_000;
const mostBytes = 100_000;

/** Witnesses over HTTP. */
export const httpLine: WitnessLine = {
  addCheckpoint: (url, body) => reply(`${url.replace(/\/$/, "")}/add-checkpoint`, { method: "POST", headers: { "content-type": "text/plain; charset=utf-8" }, body }),
  checkpoint: (url, originHash) => reply(`${url.replace(/\/$/, "")}/${originHash}/checkpoint`, {}),
};

const reply = async (url: string, init: RequestInit): Promise<Reply> => {
  const response = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(patienceMs) });
  return { status: response.status, body: await firstBytes(response) };
};

/** The bytes are hostile: a witness that never stops talking is heard so far and no further. */
const firstBytes = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new Error("the answer is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};
