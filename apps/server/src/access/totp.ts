import { createHmac, timingSafeEqual } from "node:crypto";

const stepSeconds = 30;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The six digits of RFC 6238 (HMAC-SHA-1, 30 s, 6 digits: what every authenticator app speaks) for one time step. */
export const totpCode = (secret: Uint8Array, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
};

/**
 * The time step whose code this is: the present one, never one at or before `lastUsed` (no replay). Neighbours are not taken, so that a code lives no
 * longer than its thirty seconds (ASVS 6.5.5); phones keep their time by the network, and who was too late types the code that is shown now.
 */
export const totpStep = (secret: Uint8Array, code: string, timeMs: number, lastUsed: number | null): number | undefined => {
  const now = Math.floor(timeMs / 1000 / stepSeconds);
  const digits = code.replaceAll(" ", ""); // apps show "123 456"
  if (!/^\d{6}$/.test(digits)) return undefined;
  const given = Buffer.from(digits);
  return (lastUsed === null || now > lastUsed) && timingSafeEqual(Buffer.from(totpCode(secret, now)), given) ? now : undefined;
};

/** Base32 without padding (RFC 4648 §6), as authenticator apps want the secret. */
export const base32 = (bytes: Uint8Array): string => {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{1,5}/g) ?? []).map((group) => alphabet.charAt(Number.parseInt(group.padEnd(5, "0"), 2))).join("");
};

/** The `otpauth:` address that the QR code of an authenticator app carries. */
export const totpUri = (secret: Uint8Array, account: string): string =>
  `otpauth://totp/${encodeURIComponent(`Lontar:${account}`)}?secret=${base32(secret)}&issuer=Lontar&algorithm=SHA1&digits=6&period=${stepSeconds}`;
