import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What a simulated service is asked. */
export type Asked = { readonly method: string; readonly path: string; readonly headers: IncomingMessage["headers"]; readonly body: Buffer };

/** What it answers: a body with its status, or an act on the line itself. */
export type Answered =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: Uint8Array | string; /** Sends so many bytes of the body and breaks the line. */ readonly cutAt?: number }
  /** Breaks the line without a word. */
  | "hang_up"
  /** Never answers. */
  | "silence";

/** An HTTP service on a port of its own, for tests of whoever must live with it. */
export const openService = async (answer: (asked: Asked) => Promise<Answered>) => {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const answered = await answer({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body: Buffer.concat(parts) });
    if (answered === "silence") return;
    if (answered === "hang_up") return void request.socket.destroy();
    const { status, headers = {}, body, cutAt } = answered;
    const bytes = Buffer.from(body);
    response.writeHead(status, { "content-length": bytes.length, ...headers });
    if (cutAt === undefined) return void response.end(bytes);
    response.write(bytes.subarray(0, cutAt), () => request.socket.destroy());
  };
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the service has no port");
  return {
    url: new URL(`http://127.0.0.1:${address.port}/`),
    close: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

/** An answer in JSON. */
export const json = (status: number, body: unknown): Answered => ({ status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** What was asked in JSON. */
export const parsed = ({ body }: Asked): Readonly<Record<string, unknown>> => {
  const said: unknown = JSON.parse(body.toString("utf8"));
  return typeof said === "object" && said !== null ? { ...said } : {};
};
