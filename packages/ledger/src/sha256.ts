/** Bytes one SHA-256 block holds, and so the block length HMAC pads its key to. */
export const SHA256_BLOCK_BYTES = 64;

/**
 * SHA-256 (FIPS 180-4) in plain TypeScript: synchronous, for browsers, where WebCrypto only offers a promise
 * and a promise per tree node would be slower than the hashing. Node takes `sha256.node.ts` instead, by the
 * `imports` condition in package.json, so nobody has to inject or configure anything.
 */
export function sha256(message: Uint8Array): Uint8Array {
  const state = Uint32Array.from(INITIAL_STATE);
  const padded = pad(message);
  for (let at = 0; at < padded.byteLength; at += SHA256_BLOCK_BYTES) compress(state, padded, at);

  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => digest.setUint32(at * 4, word));
  return new Uint8Array(digest.buffer);
}

/** Section 5.1.1: a one bit, zeroes, and the length in bits as a 64-bit integer, up to a whole block. */
function pad(message: Uint8Array): DataView {
  const blocks = Math.ceil((message.length + 9) / SHA256_BLOCK_BYTES);
  const padded = new Uint8Array(blocks * SHA256_BLOCK_BYTES);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n);
  return view;
}

/** Section 6.2.2: mixes one block into the state. Uint32Array keeps every addition modulo 2^32. */
function compress(state: Uint32Array, blocks: DataView, offset: number): void {
  const schedule = new Uint32Array(64);
  for (let t = 0; t < 16; t++) schedule[t] = blocks.getUint32(offset + t * 4);
  for (let t = 16; t < 64; t++) {
    const near = word(schedule, t - 2);
    const far = word(schedule, t - 15);
    const sigma1 = rotate(near, 17) ^ rotate(near, 19) ^ (near >>> 10);
    const sigma0 = rotate(far, 7) ^ rotate(far, 18) ^ (far >>> 3);
    schedule[t] = sigma1 + word(schedule, t - 7) + sigma0 + word(schedule, t - 16);
  }

  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + word(ROUND_CONSTANTS, t) + word(schedule, t)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + sum0 + majority) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((mixed, at) => {
    state[at] = word(state, at) + mixed;
  });
}

function rotate(value: number, bits: number): number {
  return (value >>> bits) | (value << (32 - bits));
}

function word(words: Uint32Array, at: number): number {
  return words[at] ?? 0;
}

/** Section 5.3.3: the fractional parts of the square roots of the first eight primes. */
const INITIAL_STATE = Uint32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

/** Section 4.2.2: the fractional parts of the cube roots of the first 64 primes. */
const ROUND_CONSTANTS = Uint32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));

/** The first 32 bits after the binary point; a double carries 53, of which at most 5 are the whole part here. */
function fraction(value: number): number {
  return Math.floor((value % 1) * 2 ** 32);
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}
