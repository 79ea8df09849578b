import { concat } from "./bytes.ts";
import { ecdsaToRaw } from "./der/ecdsa.ts";
import type { CurveName, InflateProblem, Port, VerifyRequest, VerifyScheme } from "./port.ts";

/** The port over WebCrypto and DecompressionStream: what a citizen's browser checks a letter with, without uploading it. */
export const browserPort: Port = {
  digest: async (hash, parts) => new Uint8Array(await crypto.subtle.digest(hash, owned(concat(parts)))),
  digestPieces: async (hash, pieces) => {
    const gathered: Uint8Array[] = [];
    for await (const piece of pieces) gathered.push(piece);
    return new Uint8Array(await crypto.subtle.digest(hash, owned(concat(gathered))));
  },
  verify,
  inflate: async (data, limit) => {
    const inflated = await inflate(data, limit);
    return inflated === "damaged" ? inflate(withoutLineEnd(data), limit) : inflated;
  },
};

async function verify({ scheme, spki, message, signature }: VerifyRequest): Promise<boolean> {
  const raw = scheme.kind === "ecdsa" ? ecdsaToRaw(signature, CURVE_BYTES[scheme.curve]) : signature;
  if (raw === undefined) return false;
  try {
    const key = await crypto.subtle.importKey("spki", owned(spki), importParameters(scheme), false, ["verify"]);
    return await crypto.subtle.verify(verifyParameters(scheme), key, owned(raw), owned(message));
  } catch {
    return false; // A key or algorithm this browser does not know verifies nothing: the port's contract says so.
  }
}

type KeyParameters = AlgorithmIdentifier | EcKeyImportParams | RsaHashedImportParams;

function importParameters(scheme: VerifyScheme): KeyParameters {
  switch (scheme.kind) {
    case "ecdsa":
      return { name: "ECDSA", namedCurve: scheme.curve };
    case "rsa-pkcs1":
      return { name: "RSASSA-PKCS1-v1_5", hash: scheme.hash };
    case "rsa-pss":
      return { name: "RSA-PSS", hash: scheme.hash };
    case "ed25519":
      return { name: "Ed25519" };
    default:
      return scheme satisfies never;
  }
}

function verifyParameters(scheme: VerifyScheme): AlgorithmIdentifier | EcdsaParams | RsaPssParams {
  switch (scheme.kind) {
    case "ecdsa":
      return { name: "ECDSA", hash: scheme.hash };
    case "rsa-pss":
      return { name: "RSA-PSS", saltLength: scheme.saltLength };
    case "rsa-pkcs1":
      return { name: "RSASSA-PKCS1-v1_5" };
    case "ed25519":
      return { name: "Ed25519" };
    default:
      return scheme satisfies never;
  }
}

/** DecompressionStream refuses bytes after the data, and some writers count the line end before `endstream` as data. */
function withoutLineEnd(data: Uint8Array): Uint8Array {
  let end = data.length;
  while (end > 0 && (data[end - 1] === 0x0a || data[end - 1] === 0x0d)) end--;
  return data.subarray(0, end);
}

async function inflate(data: Uint8Array, limit: number): Promise<Uint8Array | InflateProblem> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = new Blob([owned(data)]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      length += step.value.length;
      if (length > limit) {
        await reader.cancel();
        return "too_large";
      }
      chunks.push(step.value);
    }
    return concat(chunks);
  } catch {
    return "damaged"; // The stream says no more than that it failed.
  }
}

/** WebCrypto's types refuse views of shared memory; a view that is already unshared is passed on without copying. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Uint8Array.from(bytes);
}

const CURVE_BYTES: Readonly<Record<CurveName, number>> = { "P-256": 32, "P-384": 48, "P-521": 66 };
