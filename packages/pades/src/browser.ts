/** The browser face of the package: the port over WebCrypto and DecompressionStream. Runs in Node, Deno and Bun too. */
export { browserPort } from "./browser-port.ts";
