import pg from "pg";

/** A value of one column. `undefined` does not exist here: a row says `null`. */
export type CopyValue = string | number | boolean | null | Uint8Array;

/** The columns of rows and where each value is found in an item. */
export type CopyColumns<T> = Readonly<Record<string, (item: T) => CopyValue>>;

/** What the driver's connection can do besides its published type: the two messages of the COPY sub-protocol. */
type CopyConnection = pg.Connection & { readonly sendCopyFromChunk: (chunk: Buffer) => void; readonly endCopyFrom: () => void };

const chunkBytes = 128 * 1024;

/** `COPY … FROM STDIN` (text format): the driver's own query, which answers the server's "send now" with chunks, no faster than the socket takes them. */
class CopyIn extends pg.Query {
  readonly #chunks: Iterator<string, unknown, undefined>;
  constructor(text: string, chunks: Iterator<string, unknown, undefined>, done: (error: Error | undefined) => void) {
    super(text, done);
    this.#chunks = chunks;
  }
  handleCopyInResponse(connection: CopyConnection): void {
    if (!connection.stream.writable) return; // a lost connection fails the query by itself
    for (;;) {
      const next = this.#chunks.next();
      if (next.done === true) return connection.endCopyFrom();
      connection.sendCopyFromChunk(Buffer.from(next.value));
      if (connection.stream.writableNeedDrain) {
        connection.stream.once("drain", () => this.handleCopyInResponse(connection));
        return;
      }
    }
  }
}

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** One value in COPY's text format. */
const copyText = (value: CopyValue): string => {
  if (value === null) return "\\N";
  if (typeof value === "string") return special.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (found) => escapes[found] ?? found) : value;
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
  return String(value);
};

function* chunksOf<T>(columns: CopyColumns<T>, items: readonly T[]): Generator<string> {
  const picks = Object.values(columns);
  let chunk = "";
  for (const item of items) {
    for (const [index, pick] of picks.entries()) chunk += (index === 0 ? "" : "\t") + copyText(pick(item));
    chunk += "\n";
    if (chunk.length > chunkBytes) {
      yield chunk;
      chunk = "";
    }
  }
  if (chunk !== "") yield chunk;
}

/**
 * Inserts many rows at once. Every check, default, generated column and trigger of the table works as it does for INSERT; what is
 * saved is the work of a statement. Row-level security does not allow it to the app role: it is for the owner's bulk work only.
 */
export const copyRows = async <T>(client: pg.PoolClient, table: string, columns: CopyColumns<T>, items: readonly T[]): Promise<void> => {
  if (items.length === 0) return;
  const text = `copy ${pg.escapeIdentifier(table)} (${Object.keys(columns).map((name) => pg.escapeIdentifier(name)).join(", ")}) from stdin`;
  const chunks = chunksOf(columns, items);
  await new Promise<void>((resolve, reject) => {
    client.query(
      new CopyIn(text, chunks, (error) => {
        chunks.return(undefined); // after a refusal nothing more is sent
        if (error instanceof Error) reject(error);
        else resolve();
      }),
    );
  });
};
