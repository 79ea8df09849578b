import { hash, verify } from "@node-rs/argon2";

// OWASP's floor for Argon2id: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password for storage (Argon2id, PHC string). */
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

// A name that does not exist must cost as much time as one that does.
const nobodysHash = hashPassword("no account has this password");

/** Is this the password? With no stored hash it takes the same time and says no. */
export const isPassword = async (stored: string | undefined, password: string): Promise<boolean> =>
  (await verify(stored ?? (await nobodysHash), password)) && stored !== undefined;
