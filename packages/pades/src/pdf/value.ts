/** A PDF object (ISO 32000-2 §7.3) as read from a file. Numbers, booleans and null are themselves. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfArray | PdfDict | PdfStream | PdfRef;

/** A name, escapes resolved, one character per byte. */
export type PdfName = { readonly type: "name"; readonly name: string };

/** A string: its bytes, and where its token (delimiters included) lies in the source it was read from. */
export type PdfString = { readonly type: "string"; readonly bytes: Uint8Array; readonly isHex: boolean; readonly start: number; readonly end: number };

/** An array. */
export type PdfArray = { readonly type: "array"; readonly items: readonly PdfValue[] };

/** A dictionary; `hasDuplicates` when a key stood in it twice, which readers resolve differently and attackers like. */
export type PdfDict = { readonly type: "dict"; readonly entries: ReadonlyMap<string, PdfValue>; readonly hasDuplicates: boolean; readonly start: number; readonly end: number };

/** A stream: its dictionary and its bytes as they stand in the file, still filtered. */
export type PdfStream = { readonly type: "stream"; readonly dict: PdfDict; readonly data: Uint8Array };

/** An indirect reference. */
export type PdfRef = { readonly type: "ref"; readonly number: number; readonly generation: number };

/** The dictionary in `value`, a stream's own included. */
export function dictOf(value: PdfValue | undefined): PdfDict | undefined {
  if (value === null || typeof value !== "object") return undefined;
  return value.type === "dict" ? value : value.type === "stream" ? value.dict : undefined;
}

/** The name in `value`, if it is one. */
export function nameOf(value: PdfValue | undefined): string | undefined {
  return typeof value === "object" && value?.type === "name" ? value.name : undefined;
}

/** The reference in `value`, if it is one. */
export function refOf(value: PdfValue | undefined): PdfRef | undefined {
  return typeof value === "object" && value?.type === "ref" ? value : undefined;
}

/** The items of `value`, if it is an array. */
export function itemsOf(value: PdfValue | undefined): readonly PdfValue[] | undefined {
  return typeof value === "object" && value?.type === "array" ? value.items : undefined;
}

/** The bytes of `value`, if it is a string. */
export function stringOf(value: PdfValue | undefined): PdfString | undefined {
  return typeof value === "object" && value?.type === "string" ? value : undefined;
}

/** `value` as a whole number of zero or more, if it is one. */
export function countOf(value: PdfValue | undefined): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Whether two objects say the same. References are equal when they name the same object, whatever it holds. */
export function sameValue(one: PdfValue | undefined, other: PdfValue | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  switch (one.type) {
    case "name":
      return other.type === "name" && one.name === other.name;
    case "ref":
      return other.type === "ref" && one.number === other.number && one.generation === other.generation;
    case "string":
      return other.type === "string" && sameOctets(one.bytes, other.bytes);
    case "array":
      return other.type === "array" && one.items.length === other.items.length && one.items.every((item, at) => sameValue(item, other.items[at]));
    case "dict":
      return other.type === "dict" && sameDict(one, other);
    case "stream":
      return other.type === "stream" && sameDict(one.dict, other.dict) && sameOctets(one.data, other.data);
    default:
      return one satisfies never;
  }
}

function sameDict(one: PdfDict, other: PdfDict): boolean {
  if (one.hasDuplicates || other.hasDuplicates || one.entries.size !== other.entries.size) return false;
  for (const [key, value] of one.entries) if (!other.entries.has(key) || !sameValue(value, other.entries.get(key))) return false;
  return true;
}

function sameOctets(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Calls `see` with every reference inside `value`. Values come from the parser, so their depth is bounded. */
export function forEachRef(value: PdfValue, see: (ref: PdfRef) => void): void {
  if (value === null || typeof value !== "object") return;
  switch (value.type) {
    case "ref":
      see(value);
      return;
    case "array":
      for (const item of value.items) forEachRef(item, see);
      return;
    case "dict":
      for (const item of value.entries.values()) forEachRef(item, see);
      return;
    case "stream":
      forEachRef(value.dict, see);
      return;
    case "name":
    case "string":
      return;
    default:
      return value satisfies never;
  }
}
