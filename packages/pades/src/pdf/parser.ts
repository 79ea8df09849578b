import { byteAt, latin1 } from "../bytes.ts";
import type { PdfDict, PdfName, PdfString, PdfValue } from "./value.ts";

/** Thrown inside this package for syntax that is not PDF; callers turn it into a damaged object. */
export class BadSyntax extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = "BadSyntax";
  }
}

/** Reads PDF syntax (ISO 32000-2 §7.2, §7.3) from `source`, never beyond `end`, moving `at` forward. */
export class Parser {
  readonly source: Uint8Array;
  readonly end: number;
  readonly maxDepth: number;
  at: number;

  constructor(source: Uint8Array, at: number, maxDepth: number, end: number = source.length) {
    this.source = source;
    this.at = at;
    this.end = Math.min(end, source.length);
    this.maxDepth = maxDepth;
  }

  /** Moves past white space and comments. */
  skipSpace(): void {
    while (this.at < this.end) {
      const byte = this.source[this.at] ?? -1;
      if (byte === PERCENT) this.skipComment();
      else if (isSpace(byte)) this.at++;
      else return;
    }
  }

  private skipComment(): void {
    while (this.at < this.end && !isLineEnd(byteAt(this.source, this.at))) this.at++;
  }

  /** Whether `word` stands here, ending at a delimiter; if so, moves past it. */
  takeWord(word: string): boolean {
    const after = this.at + word.length;
    if (after > this.end || !spells(this.source, this.at, word)) return false;
    if (after < this.end && isRegular(byteAt(this.source, after))) return false;
    this.at = after;
    return true;
  }

  /** An unsigned whole number here, or nothing (and `at` unmoved). */
  takeDigits(): number | undefined {
    let value = 0;
    let at = this.at;
    for (let byte = this.peek(at); byte >= ZERO && byte <= NINE; byte = this.peek(++at)) {
      value = value * 10 + byte - ZERO;
      if (at - this.at > 15) return undefined;
    }
    if (at === this.at) return undefined;
    this.at = at;
    return value;
  }

  private peek(at: number): number {
    return at < this.end ? (this.source[at] ?? -1) : -1;
  }

  /** The next object. */
  value(depth = 0): PdfValue {
    if (depth > this.maxDepth) throw new BadSyntax("objects are nested too deeply");
    this.skipSpace();
    const byte = this.peek(this.at);
    switch (byte) {
      case 0x2f: // slash
        return this.name();
      case 0x28: // left parenthesis
        return this.literalString();
      case 0x3c: // less-than
        return this.peek(this.at + 1) === 0x3c ? this.dict(depth) : this.hexString();
      case 0x5b: // left bracket
        return this.array(depth);
      case 0x74: // t
        if (this.takeWord("true")) return true;
        break;
      case 0x66: // f
        if (this.takeWord("false")) return false;
        break;
      case 0x6e: // n
        if (this.takeWord("null")) return null;
        break;
      default:
        return this.numberOrRef();
    }
    throw new BadSyntax(`no object at ${this.at}`);
  }

  /** A dictionary; `at` stands on its `<<`. */
  dict(depth = 0): PdfDict {
    const start = this.at;
    const entries = new Map<string, PdfValue>();
    let hasDuplicates = false;
    this.eachEntry(depth, (key, value) => {
      // The first one counts; that there was another is remembered.
      if (entries.has(key)) hasDuplicates = true;
      else entries.set(key, value);
    });
    return { type: "dict", entries, hasDuplicates, start, end: this.at };
  }

  /** Reads a dictionary, telling where each key and its value end. */
  eachEntry(depth: number, see: (key: string, value: PdfValue, keyEnd: number, valueEnd: number) => void): void {
    if (this.peek(this.at) !== 0x3c || this.peek(this.at + 1) !== 0x3c) throw new BadSyntax(`no dictionary at ${this.at}`);
    this.at += 2;
    for (;;) {
      this.skipSpace();
      if (this.peek(this.at) === 0x3e && this.peek(this.at + 1) === 0x3e) {
        this.at += 2;
        return;
      }
      if (this.peek(this.at) !== 0x2f) throw new BadSyntax(`no dictionary key at ${this.at}`);
      const { name: key } = this.name();
      const keyEnd = this.at;
      const value = this.value(depth + 1);
      see(key, value, keyEnd, this.at);
    }
  }

  private array(depth: number): PdfValue {
    this.at++;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.peek(this.at) === 0x5d) {
        this.at++;
        return { type: "array", items };
      }
      items.push(this.value(depth + 1));
    }
  }

  private name(): PdfName {
    const start = ++this.at;
    let hasEscape = false;
    let sum = 0;
    for (let byte = this.peek(this.at); byte >= 0 && isRegular(byte); byte = this.peek(++this.at)) {
      hasEscape ||= byte === 0x23;
      sum = (sum * 31 + byte) | 0;
    }
    const raw = knownName(this.source, start, this.at, sum);
    return { type: "name", name: hasEscape ? raw.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : raw };
  }

  private hexString(): PdfString {
    const start = this.at++;
    const close = this.source.indexOf(0x3e, this.at);
    if (close < 0 || close >= this.end) throw new BadSyntax(`a string at ${start} does not end`);
    const bytes = new Uint8Array((close - this.at + 1) >> 1);
    let count = 0;
    // A signature is thousands of digits in a row: pairs are taken as long as there are pairs.
    for (; this.at + 1 < close; this.at += 2, count += 2) {
      const [high, low] = [HEX_VALUES[this.source[this.at] ?? 0] ?? NOT_HEX, HEX_VALUES[this.source[this.at + 1] ?? 0] ?? NOT_HEX];
      if (high === NOT_HEX || low === NOT_HEX) break;
      bytes[count >> 1] = (high << 4) | low;
    }
    for (; this.at < close; this.at++) {
      const digit = HEX_VALUES[byteAt(this.source, this.at)] ?? NOT_HEX;
      if (digit === NOT_HEX) {
        if (isSpace(byteAt(this.source, this.at))) continue;
        throw new BadSyntax(`no hexadecimal digit at ${this.at}`);
      }
      const to = count >> 1;
      bytes[to] = byteAt(bytes, to) | (count % 2 === 0 ? digit << 4 : digit);
      count++;
    }
    this.at = close + 1;
    const length = (count + 1) >> 1;
    return { type: "string", bytes: length === bytes.length ? bytes : bytes.subarray(0, length), isHex: true, start, end: this.at };
  }

  private literalString(): PdfString {
    const start = this.at++;
    const bytes: number[] = [];
    for (let open = 1; ; ) {
      const byte = this.peek(this.at++);
      if (byte < 0) throw new BadSyntax(`a string at ${start} does not end`);
      if (byte === 0x5c) {
        const escaped = this.escape();
        if (escaped >= 0) bytes.push(escaped);
        continue;
      }
      if (byte === 0x28) open++;
      if (byte === 0x29 && --open === 0) break;
      if (byte === CR && this.peek(this.at) === LF) continue;
      bytes.push(byte === CR ? LF : byte);
    }
    return { type: "string", bytes: ofNumbers(bytes), isHex: false, start, end: this.at };
  }

  private escape(): number {
    const byte = this.peek(this.at++);
    switch (byte) {
      case 0x6e: return LF;
      case 0x72: return CR;
      case 0x74: return 0x09;
      case 0x62: return 0x08;
      case 0x66: return 0x0c;
      case CR:
        if (this.peek(this.at) === LF) this.at++;
        return -1;
      case LF: return -1;
      default: break;
    }
    if (byte < 0x30 || byte > 0x37) return byte;
    let value = byte - ZERO;
    for (let k = 0; k < 2; k++) {
      const next = this.peek(this.at);
      if (next < 0x30 || next > 0x37) break;
      value = value * 8 + next - ZERO;
      this.at++;
    }
    return value & 0xff;
  }

  private numberOrRef(): PdfValue {
    const start = this.at;
    const whole = this.takeDigits();
    if (whole !== undefined && !this.isNumberByte(this.at)) {
      const after = this.at;
      if (isSpace(this.peek(this.at))) {
        this.skipSpace();
        const generation = this.takeDigits();
        if (generation !== undefined && isSpace(this.peek(this.at))) {
          this.skipSpace();
          if (this.takeWord("R")) return { type: "ref", number: whole, generation };
        }
      }
      this.at = after;
      return whole;
    }
    this.at = start;
    while (this.isNumberByte(this.at)) this.at++;
    const text = latin1(this.source, start, this.at);
    const value = /^[+-]*(\d+\.?\d*|\.\d+)(-\d*)?$/.test(text) ? Number.parseFloat(text.replace(/^[+-]*(?=[+-])/, "")) : Number.NaN;
    if (Number.isNaN(value)) throw new BadSyntax(`no object at ${start}`);
    return value;
  }

  private isNumberByte(at: number): boolean {
    const byte = this.peek(at);
    return (byte >= ZERO && byte <= NINE) || byte === 0x2b || byte === 0x2d || byte === 0x2e;
  }
}

/** White space (ISO 32000-2 table 1). */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === LF || byte === CR || byte === 0x09 || byte === 0x0c || byte === 0;
}

function isLineEnd(byte: number): boolean {
  return byte === LF || byte === CR;
}

/** Neither white space nor a delimiter. */
function isRegular(byte: number): boolean {
  return (REGULAR[byte] ?? 0) === 1;
}

/** What `Uint8Array.from` makes, for the few bytes of a string in a tenth of the time. */
function ofNumbers(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(numbers.length);
  for (let k = 0; k < numbers.length; k++) bytes[k] = numbers[k] ?? 0;
  return bytes;
}

function spells(source: Uint8Array, at: number, word: string): boolean {
  for (let k = 0; k < word.length; k++) if (source[at + k] !== word.charCodeAt(k)) return false;
  return true;
}

/** The text of a name. A file says the same few names over and over: the last one with each `sum` is kept, and compared before it is used. */
function knownName(source: Uint8Array, start: number, end: number, sum: number): string {
  const slot = sum & (NAME_SLOTS - 1);
  const known = NAMES[slot];
  if (known !== undefined && known.length === end - start && spells(source, start, known)) return known;
  const text = latin1(source, start, end);
  if (text.length <= LONGEST_KEPT_NAME) NAMES[slot] = text;
  return text;
}

const LF = 0x0a;
const CR = 0x0d;
const ZERO = 0x30;
const NINE = 0x39;
const PERCENT = 0x25;
const NOT_HEX = 255;
const NAME_SLOTS = 1024;
const LONGEST_KEPT_NAME = 32;
const NAMES: (string | undefined)[] = Array.from({ length: NAME_SLOTS }, () => undefined);
const REGULAR = Uint8Array.from({ length: 256 }, (_, byte) => (isSpace(byte) || "()<>[]{}/%".includes(String.fromCharCode(byte)) ? 0 : 1));
const HEX_VALUES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? NOT_HEX : value;
});
