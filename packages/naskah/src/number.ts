/** Letter numbers: a pattern such as `{klasifikasi}/{urut:3}/{unit}/{tahun}` and the words that spell amounts. */

/** What a number is made of. `urut` null is a letter not yet numbered: dots stand in its place. */
export type NumberParts = {
  readonly klasifikasi: string;
  readonly urut: number | null;
  readonly unit: string;
  readonly tahun: number;
  /** Month 1–12, printed in Roman. */
  readonly bulan: number;
  /** Sisipan: 1 prints `005.01` after 005. */
  readonly sisipan?: number | undefined;
  /** Security code B, T, R or SR. */
  readonly keamanan?: string | undefined;
};

/** Dots for a number that is not taken yet. */
export const numberPlaceholder = "............";

const tokens = ["klasifikasi", "urut", "unit", "tahun", "bulan", "keamanan"] as const;
type Token = (typeof tokens)[number];
type Piece = { readonly literal: string } | { readonly token: Token; readonly pad: number };

/** Reads a pattern; throws when it names an unknown token, so a letter type with a wrong pattern never loads. */
export function parseNumberPattern(pattern: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of pattern.matchAll(/\{([a-z]+)(?::(\d))?\}/g)) {
    const token = tokens.find((name) => name === match[1]);
    if (token === undefined) throw new RangeError(`unknown token {${match[1]}} in number pattern ${pattern}`);
    pieces.push({ literal: pattern.slice(at, match.index) }, { token, pad: Number(match[2] ?? 0) });
    at = match.index + match[0].length;
  }
  pieces.push({ literal: pattern.slice(at) });
  if (pieces.some((piece) => "literal" in piece && /[{}]/.test(piece.literal))) throw new RangeError(`unbalanced braces in number pattern ${pattern}`);
  if (!pieces.some((piece) => "token" in piece && piece.token === "urut")) throw new RangeError(`number pattern ${pattern} has no {urut}`);
  return pieces;
}

/** `{klasifikasi}/{urut:3}/{unit}/{tahun}` with its parts → `500.12.6.3/045/DISKOMINFO/2026`. */
export function formatNumber(pattern: string, parts: NumberParts): string {
  return parseNumberPattern(pattern).map((piece) => ("literal" in piece ? piece.literal : spell(piece.token, piece.pad, parts))).join("");
}

function spell(token: Token, pad: number, parts: NumberParts): string {
  switch (token) {
    case "urut": {
      if (parts.urut === null) return numberPlaceholder;
      const main = String(parts.urut).padStart(pad, "0");
      return parts.sisipan === undefined ? main : `${main}.${String(parts.sisipan).padStart(2, "0")}`;
    }
    case "tahun":
      return String(parts.tahun);
    case "bulan":
      return romanMonth(parts.bulan);
    case "klasifikasi":
      return parts.klasifikasi;
    case "unit":
      return parts.unit;
    case "keamanan":
      return parts.keamanan ?? "B";
    default:
      return token satisfies never;
  }
}

const roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"] as const;

/** 11 → `XI`. */
export function romanMonth(month: number): string {
  const numeral = roman[month - 1];
  if (numeral === undefined) throw new RangeError(`not a month: ${month}`);
  return numeral;
}

const units = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"] as const;

/** A whole number below one thousand million million in words: 112 → `seratus dua belas`. */
export function terbilang(n: number): string {
  if (!Number.isSafeInteger(n) || n < 0 || n >= 1e15) throw new RangeError(`cannot spell ${n}`);
  const word = units[n];
  if (word !== undefined) return word;
  if (n < 20) return `${terbilang(n - 10)} belas`;
  const [size, name] = scale(n);
  const head = Math.floor(n / size);
  const tail = n % size;
  const front = head === 1 && size <= 1000 ? `se${name}` : `${terbilang(head)} ${name}`;
  return tail === 0 ? front : `${front} ${terbilang(tail)}`;
}

function scale(n: number): readonly [number, string] {
  if (n < 100) return [10, "puluh"];
  if (n < 1000) return [100, "ratus"];
  if (n < 1e6) return [1000, "ribu"];
  if (n < 1e9) return [1e6, "juta"];
  if (n < 1e12) return [1e9, "miliar"];
  return [1e12, "triliun"];
}

/** Amount as letters print it: `jumlah(2, "lembar")` → `2 (dua) lembar`. */
export const jumlah = (n: number, unit: string): string => `${n} (${terbilang(n)}) ${unit}`;
