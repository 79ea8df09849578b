import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatVerifierKey, SIGNATURE_TYPE, type NoteSigner } from "@lontar/ledger";
import { formatSignerKey, parseSignerKey, SEED_BYTES, signerFromSeed } from "@lontar/ledger/node";
import type { Id } from "../kernel/ids.ts";

/** The name under which a tenant's log signs: what C2SP calls its origin. */
export const logOrigin = (tenantId: Id): string => `lontar/log/${tenantId}`;

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

/** The log key of a tenant, made at first use and kept with mode 0600. Whoever reads that file signs as the log. */
export const logSigner = async (keysFolder: string, tenantId: Id): Promise<NoteSigner> => {
  const path = join(keysFolder, `log-${tenantId}.key`);
  try {
    const read = parseSignerKey((await readFile(path, "utf8")).trim());
    if ("refused" in read) throw new Error(`the log key ${path} cannot be read; restore it from the backup`);
    return read.value;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const seed = randomBytes(SEED_BYTES);
  const signer = signerFromSeed(logOrigin(tenantId), SIGNATURE_TYPE.ed25519, seed);
  await mkdir(keysFolder, { recursive: true, mode: 0o700 });
  await writeFile(path, `${formatSignerKey(signer, seed)}\n`, { mode: 0o600, flag: "wx" });
  return signer;
};

/** The log's public key as verifiers take it (C2SP signed-note vkey). */
export const verifierText = (signer: NoteSigner): string => formatVerifierKey(signer.key);
