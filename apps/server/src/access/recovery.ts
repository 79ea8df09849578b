// Crockford's letters: none is read as another.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const codeLength = 12;

/** How many recovery codes are made at once. */
export const recoveryCount = 10;

/** A code of sixty random bits, in groups as people copy them: `K7QF-2M9X-TR4D`. */
export const recoveryCode = (random: Uint8Array): string =>
  ([...random.subarray(0, codeLength)].map((byte) => alphabet.charAt(byte % alphabet.length)).join("").match(/.{4}/g) ?? []).join("-");

/** What was typed, as it was made: without spaces and dashes, `O` for nought, `I` and `L` for one; `undefined` when it cannot be a code. */
export const typedRecoveryCode = (typed: string): string | undefined => {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return code.length === codeLength && [...code].every((letter) => alphabet.includes(letter)) ? code : undefined;
};
