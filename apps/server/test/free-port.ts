import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";

/** A port that is free now, for a server whose address must be known before it starts. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : assert.fail("no port");
};
