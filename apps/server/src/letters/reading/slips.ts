/** Digits as a scanner may have read them, set right: `2O26` is 2026, `l9` is 19. Letters that look like no digit stay. */
export const readDigits = (text: string): string => text.replace(/[oO]/g, "0").replace(/[lI|!]/g, "1").replace(/[sS]/g, "5").replace(/B/g, "8");

/** How many letters differ, at most `limit` + 1. */
export const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? limit + 1;
};

/** A word in lower case without signs, with digits that look like letters taken for letters: `N0mor:` is nomor. */
export const plain = (text: string): string => text.replace(/(?<=\p{Ll})I/gu, "l").toLowerCase().replace(/0/g, "o").replace(/[1|!]/g, "l").replace(/[^a-z]/g, "");

/** Is this word `wanted`, one slip allowed in words of five letters or more? */
export const looksLike = (text: string, wanted: string): boolean => {
  const word = plain(text);
  return word === wanted || (wanted.length >= 5 && distance(word, wanted, 1) <= 1);
};

const roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/**
 * A letter number with the usual slips set right: blanks around its signs are taken out; parts of digits get digits,
 * a Roman month gets letters, the year gets its four digits. Codes of units stay as they were read.
 */
export const readNumber = (text: string): string => {
  const joined = text.trim().replace(/\s*([/\\])\s*/g, "/").replace(/\s*([.\-–—])\s*/g, (_, sign: string) => (sign === "." ? "." : "-")).replace(/^[:;.,\s]+|[;,:.\s]+$/g, "");
  // A crooked colon before a classification code is read as a letter: "H 800.1.3.2/417".
  return joined.replace(/^\p{L} (?=\d{3}\.)/u, "").split("/").map(readPart).join("/");
};

const readPart = (part: string): string => {
  const trimmed = part.trim();
  const month = trimmed.replace(/[l1|]/g, "I").replace(/v/g, "V").replace(/x/g, "X");
  if (/[IVXvx]/.test(trimmed) && roman.includes(month)) return month;
  const digits = trimmed.replace(/[oO]/g, "0").replace(/[lI|]/g, "1");
  // A part that has a digit and becomes digits and dots altogether was digits and dots.
  if (/\d/.test(trimmed) && /^\d[\d.]*$/.test(digits)) return digits;
  // A small l among capitals is a capital I: "BPBD-Il".
  return trimmed.replace(/(?<=\p{Lu}[\p{Lu}l-]*)l+(?!\p{Ll})/gu, (slips) => "I".repeat(slips.length));
};

/** Does a number hold a sign that two readings fit equally well? "DISKOMINFO-1" may be "DISKOMINFO-I": a person must look. */
export const isAmbiguous = (number: string): boolean => /\p{Lu}[-.]1{1,3}(\/|$)/u.test(number);
