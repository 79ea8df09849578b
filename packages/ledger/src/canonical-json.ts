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
  if (isList(value)) return `[${value.map((item) => write(item, depth + 1)).join(",")}]`;
  switch (typeof value) {
    case "object":
      return value === null ? "null" : `{${members(value, depth).join(",")}}`;
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

/** Comparing strings with `<` compares UTF-16 code units, just as RFC 8785 section 3.2.3 asks. */
function members(object: { readonly [key: string]: Json }, depth: number): string[] {
  return Object.entries(object)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${writeString(name)}:${write(value, depth + 1)}`);
}

function writeString(text: string): string {
  assert(text.isWellFormed(), "a JSON string has no lone surrogate");
  return JSON.stringify(text);
}
