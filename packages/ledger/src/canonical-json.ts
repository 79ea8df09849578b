import { assert } from "./assert.ts";

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The deepest nesting that is written. */
export const MAX_JSON_DEPTH = 64;

/**
 * The one way to write a JSON value (RFC 8785, JCS): no white space, members sorted by the UTF-16 code units of their
 * names, numbers and strings as ECMAScript writes them. Equal values give equal texts, so a hash of the text is a hash
 * of the value. Values that JSON cannot say (NaN, infinities, lone surrogates, undefined) are bugs, and throw.
 */
export function canonicalJson(value: Json): string {
  return write(value, 0);
}

function write(value: Json, depth: number): string {
  assert(depth <= MAX_JSON_DEPTH, "a JSON value is not nested deeper than 64");
  if (isList(value)) return writeList(value, depth);
  switch (typeof value) {
    case "object":
      return value === null ? "null" : writeObject(value, depth);
    case "string":
      return writeString(value);
    case "number":
      assert(Number.isFinite(value), "a JSON number is finite");
      return JSON.stringify(value);
    case "boolean":
      return String(value);
    default:
      throw new Error(`ledger: a ${typeof value} is not JSON`);
  }
}

/** Array.isArray does not narrow readonly arrays. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

// Texts grow in place: every event is written by these, and lists of parts made half of their time.

function writeList(list: readonly Json[], depth: number): string {
  let text = "[";
  for (const item of list) text += text === "[" ? write(item, depth + 1) : `,${write(item, depth + 1)}`;
  return `${text}]`;
}

/** Sorting without a comparison goes by UTF-16 code units, just as RFC 8785 section 3.2.3 asks. */
function writeObject(object: { readonly [key: string]: Json }, depth: number): string {
  let text = "{";
  for (const name of Object.keys(object).toSorted()) {
    const value = object[name];
    if (value === undefined) throw new Error("ledger: an undefined is not JSON");
    text += `${text === "{" ? "" : ","}${writeString(name)}:${write(value, depth + 1)}`;
  }
  return `${text}}`;
}

/** ASCII without a quotation mark, a backslash or a control: written as it stands. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function writeString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  assert(text.isWellFormed(), "a JSON string has no lone surrogate");
  return JSON.stringify(text);
}
