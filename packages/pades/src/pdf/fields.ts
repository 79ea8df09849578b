import type { View } from "./file.ts";
import { latin1 } from "../bytes.ts";
import { countOf, dictOf, itemsOf, nameOf, refOf, stringOf, type PdfDict, type PdfRef, type PdfString, type PdfValue } from "./value.ts";

/** A terminal form field (ISO 32000-2 §12.7.4): one with no named kids, its attributes inherited. */
export type Field = {
  /** The fully qualified name. */
  readonly name: string;
  /** Nothing for a field written directly into its array, which only hostile files do. */
  readonly ref: PdfRef | undefined;
  readonly dict: PdfDict;
  readonly type: string | undefined;
  readonly value: PdfValue | undefined;
  /** Widgets kept apart from the field; empty when field and widget are one dictionary. */
  readonly kids: readonly PdfRef[];
};

/** The catalog and its interactive form (ISO 32000-2 §12.7.3), all of it loaded. */
export type Form = {
  readonly catalog: PdfDict | undefined;
  readonly dict: PdfDict | undefined;
  /** Where the form is an object of its own. */
  readonly ref: PdfRef | undefined;
  readonly fields: readonly Field[];
};

/** Reads the form of a view, loading what it takes. */
export async function loadForm(view: View): Promise<Form> {
  const catalog = dictOf(await view.fetch(view.trailer.entries.get("Root")));
  const form = catalog?.entries.get("AcroForm");
  const dict = dictOf(await view.fetch(form));
  return { catalog, dict, ref: refOf(form), fields: dict === undefined ? [] : await readFields(view, dict) };
}

/** The terminal fields in order, read once for each view. */
export function loadFields(view: View): Promise<readonly Field[]> {
  const known = fieldsOfViews.get(view) ?? loadForm(view).then(({ fields }) => fields);
  fieldsOfViews.set(view, known);
  return known;
}

/** A node met twice is not entered again, so that a circular tree ends. */
async function readFields(view: View, form: PdfDict): Promise<readonly Field[]> {
  const fields: Field[] = [];
  const seen = new Set<number>();
  const waiting: Waiting[] = [];
  const push = (values: readonly PdfValue[], parent: Inherited): void => {
    for (let k = values.length - 1; k >= 0; k--) waiting.push({ value: values[k] ?? null, parent });
  };
  push(itemsOf(await view.fetch(form.entries.get("Fields"))) ?? [], { name: "", type: undefined, value: undefined });
  for (let next = waiting.pop(), count = 0; next !== undefined && count < view.file.limits.treeNodes; next = waiting.pop(), count++) {
    const ref = refOf(next.value);
    if (ref !== undefined && seen.has(ref.number)) continue;
    if (ref !== undefined) seen.add(ref.number);
    const dict = dictOf(await view.fetch(next.value));
    if (dict === undefined) continue;
    const own = inherit(dict, next.parent);
    const kids = itemsOf(await view.fetch(dict.entries.get("Kids"))) ?? [];
    const namedKids = await anyNamed(view, kids);
    if (namedKids) push(kids, own);
    else fields.push({ ...own, ref, dict, kids: kids.flatMap((kid) => refOf(kid) ?? []) });
  }
  return fields;
}

type Inherited = { readonly name: string; readonly type: string | undefined; readonly value: PdfValue | undefined };
type Waiting = { readonly value: PdfValue; readonly parent: Inherited };

function inherit(dict: PdfDict, parent: Inherited): Inherited {
  const partial = stringOf(dict.entries.get("T"));
  const name = partial === undefined ? parent.name : parent.name === "" ? textOf(partial) : `${parent.name}.${textOf(partial)}`;
  return { name, type: nameOf(dict.entries.get("FT")) ?? parent.type, value: dict.entries.get("V") ?? parent.value };
}

async function anyNamed(view: View, kids: readonly PdfValue[]): Promise<boolean> {
  for (const kid of kids.slice(0, view.file.limits.treeNodes)) if (dictOf(await view.fetch(kid))?.entries.has("T") === true) return true;
  return false;
}

/** A text string (ISO 32000-2 §7.9.2.2): UTF-16BE or UTF-8 with its mark, else one byte per character. */
export function textOf({ bytes }: PdfString): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes.subarray(2));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes.subarray(3));
  return latin1(bytes);
}

/** A date (ISO 32000-2 §7.9.4), or nothing for text that is not one. */
export function dateOf(value: PdfValue | undefined): Date | undefined {
  const text = stringOf(value);
  const match = text === undefined ? null : DATE.exec(textOf(text));
  if (match === null) return undefined;
  const [, year = "", month = "01", day = "01", hour = "00", minute = "00", second = "00", sign, zoneHour = "00", zoneMinute = "00"] = match;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const shift = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  return new Date(sign === "+" ? local - shift : sign === "-" ? local + shift : local);
}

/** Whether a rectangle has no area, so that nothing drawn through it can be seen (ISO 32000-2 §12.7.5.5 on invisible signatures). */
export function isEmptyRect(value: PdfValue): boolean {
  const numbers = itemsOf(value);
  const [left, bottom, right, top] = numbers ?? [];
  return numbers?.length === 4 && typeof left === "number" && typeof bottom === "number" && (left === right || bottom === top);
}

/** Annotation flags (ISO 32000-2 table 167). */
export function flagsOf(dict: PdfDict): number {
  return countOf(dict.entries.get("F")) ?? 0;
}

const fieldsOfViews = new WeakMap<View, Promise<readonly Field[]>>();
const DATE = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+\-Z])(?:(\d\d)'?(?:(\d\d)'?)?)?)?$/;
