import { createHash } from "node:crypto";
import { hash, hashRaw, verify } from "@node-rs/argon2";
import { normalPassword } from "./password-rules.ts";

// OWASP's floor for Argon2id: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password for storage (Argon2id, PHC string). */
export const hashPassword = (password: string): Promise<string> => hash(normalPassword(password), cost);

/** The fingerprint of a stored hash that events may name: it tells a changed hash from the one that was set, and nothing of the password. */
export const sealOf = (stored: string): string => createHash("sha256").update(stored).digest("hex");

// A name that does not exist must cost as much time as one that does.
const nobodysHash = hashPassword("no account has this password");

/** Is this the password? With no stored hash it takes the same time and says no. */
export const isPassword = async (stored: string | null | undefined, password: string): Promise<boolean> =>
  (await verify(stored ?? (await nobodysHash), normalPassword(password))) && stored != null;

/** The hash under which a recovery code is kept: sixty bits of chance still deserve a slow hash (ASVS 6.5.2). */
export const hashCode = (code: string, salt: Uint8Array): Promise<Buffer> => hashRaw(code, { ...cost, salt });
