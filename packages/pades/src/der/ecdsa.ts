import { concat } from "../bytes.ts";
import { content, expect, Malformed, parts, readElement, TAG } from "./read.ts";
import { sequence, unsignedInteger } from "./write.ts";

/** An ECDSA signature as r‖s (IEEE P1363), each `size` bytes: what WebCrypto and PKCS#11 speak. Nothing for other bytes. */
export function ecdsaToRaw(der: Uint8Array, size: number): Uint8Array | undefined {
  try {
    const whole = readElement(der);
    const numbers = parts(whole, "ECDSA signature");
    if (whole.end !== der.length || numbers.length !== 2) return undefined;
    return concat(numbers.map((number) => fixed(content(expect(number, TAG.integer, "ECDSA number")), size)));
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** The DER form (RFC 3279 §2.2.3) of an r‖s signature. */
export function ecdsaToDer(raw: Uint8Array): Uint8Array {
  const half = raw.length >> 1;
  return sequence(unsignedInteger(raw.subarray(0, half)), unsignedInteger(raw.subarray(half)));
}

function fixed(number: Uint8Array, size: number): Uint8Array {
  const start = number.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? number.subarray(number.length) : number.subarray(start);
  if (digits.length > size) throw new Malformed("an ECDSA number is too long");
  const out = new Uint8Array(size);
  out.set(digits, size - digits.length);
  return out;
}
