import { once } from "node:events";
import { connect, createServer } from "node:net";

/** A connection between browser and server that hangs in the middle of one request. */
export type BreakingLine = {
  /** The server's address through this line. */
  readonly url: string;
  /** Resolves when the browser has let go of the request that hangs, and the server has been told so. */
  readonly letGo: Promise<void>;
  readonly close: () => void;
};

/** How much of the request that hangs still reaches the server, in bytes: its head, and a beginning of its body. */
const reachesServer = 4096;

/**
 * Opens a line on a free port that passes everything on, until a request begins with `start` (as `POST /api/received `): of that
 * one the server gets the beginning and no more. The hang is in the network, where the browser cannot flush it when the page ends.
 */
export const openBreakingLine = async (serverUrl: string, start: string): Promise<BreakingLine> => {
  let tell: () => void = () => undefined;
  const letGo = new Promise<void>((resolve) => (tell = resolve));
  const server = createServer((browser) => {
    const office = connect(Number(new URL(serverUrl).port), new URL(serverUrl).hostname);
    let hangs = false;
    browser.on("data", (chunk) => {
      if (hangs) return;
      hangs = chunk.subarray(0, start.length).toString("latin1") === start;
      office.write(hangs ? chunk.subarray(0, reachesServer) : chunk);
    });
    office.on("data", (chunk) => browser.write(chunk));
    // Whoever ends the connection ends both halves of it; a reset is an end too.
    browser.on("error", () => undefined).on("close", () => office.destroy());
    office.on("error", () => undefined).on("close", () => {
      browser.destroy();
      if (hangs) tell();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the line has no port");
  return { url: `http://127.0.0.1:${address.port}`, letGo, close: () => void server.close() };
};
