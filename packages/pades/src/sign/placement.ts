import { appendReference, ChangeSet } from "../pdf/changes.ts";
import { appendToArray, editDict, rawValue, textString } from "../pdf/edit.ts";
import { isEmptyRect, type Field, type Form } from "../pdf/fields.ts";
import type { View } from "../pdf/file.ts";
import type { NewObject } from "../pdf/increment.ts";
import { firstPage } from "../pdf/page-tree.ts";
import { countOf, dictOf, itemsOf, refOf, type PdfDict, type PdfRef } from "../pdf/value.ts";
import { writeAppearance, type AppearancePart } from "./appearance.ts";
import { CannotSign } from "./cannot-sign.ts";

/** Where a signature goes: the number its dictionary will have, and every other object that must change for it. */
export type Placement = { readonly signatureNumber: number; readonly objects: readonly NewObject[]; readonly lock: PdfDict | undefined };

/** What is asked of a place for a signature. */
export type PlacementRequest = {
  readonly fieldName: string | undefined;
  /** Whether the signature becomes the document's certification (ISO 32000-2 §12.8.6). */
  readonly certifies: boolean;
  /** What is drawn in the field, where it has an area and no appearance of its own yet. */
  readonly appearance?: readonly AppearancePart[];
};

/**
 * Places a signature: into the empty field called `fieldName` if the document has one, else into a new invisible field on
 * the first page.
 */
export async function placeSignature(view: View, form: Form, { fieldName, certifies, appearance = [] }: PlacementRequest): Promise<Placement> {
  const changes = new ChangeSet(view);
  const signatureNumber = changes.newNumber();
  const existing = form.fields.find(({ name }) => name === fieldName);
  if (existing === undefined) await addField(changes, form, { name: fieldName ?? freshName(form.fields, "Signature"), signatureNumber });
  else await fillField(changes, existing, { signatureNumber, appearance });
  if (certifies) changes.editCatalog(new Map([["Perms", [`<< /DocMDP ${signatureNumber} 0 R >>`]]]));
  raiseFlags(changes, form);
  return { signatureNumber, objects: changes.objects(), lock: existing === undefined ? undefined : dictOf(await view.fetch(existing.dict.entries.get("Lock"))) };
}

/** Places a document time-stamp: in a new field of its own, without area and without an appearance, since an appearance would make it a filled form. */
export async function placeTimestamp(view: View, form: Form): Promise<Placement> {
  const changes = new ChangeSet(view);
  const signatureNumber = changes.newNumber();
  await addField(changes, form, { name: freshName(form.fields, "Timestamp"), signatureNumber });
  raiseFlags(changes, form);
  return { signatureNumber, objects: changes.objects(), lock: undefined };
}

type NewField = { readonly name: string; readonly signatureNumber: number };

async function addField(changes: ChangeSet, form: Form, { name, signatureNumber }: NewField): Promise<void> {
  const page = await firstPage(changes.view);
  if (page === undefined) throw new CannotSign("no_pages", "the document has no page to hold the signature field");
  const number = changes.newNumber();
  const reference = `${number} 0 R`;
  // F 132 = Print + Locked: PDF/A wants Print; a rectangle without area needs no appearance (PDF/A-2 §6.3.3).
  const widget = `<< /Type /Annot /Subtype /Widget /FT /Sig /T ${textString(name)} /Rect [0 0 0 0] /F 132 /P ${page.number} ${page.generation} R /V ${signatureNumber} 0 R >>`;
  changes.add(number, [widget]);
  await appendReference(changes, page, "Annots", reference);
  await appendFormField(changes, form, reference);
}

async function appendFormField(changes: ChangeSet, form: Form, reference: string): Promise<void> {
  if (form.dict === undefined) {
    changes.editCatalog(new Map([["AcroForm", [`<< /Fields [${reference}] /SigFlags 3 >>`]]]));
    return;
  }
  if (form.ref !== undefined) {
    await appendReference(changes, form.ref, "Fields", reference);
    return;
  }
  const fields = form.dict.entries.get("Fields");
  const arrayRef = refOf(fields);
  if (arrayRef !== undefined) {
    changes.add(arrayRef.number, appendToArray(changes.raw(arrayRef), reference, changes.depth), arrayRef.generation);
    return;
  }
  const rawForm = rawValue(changes.raw(changes.catalogRef()), "AcroForm", changes.depth);
  const array = itemsOf(fields) === undefined ? [`[${reference}]`] : appendToArray(rawValue(rawForm, "Fields", changes.depth), reference, changes.depth);
  changes.editCatalog(new Map([["AcroForm", editDict(rawForm, new Map([["Fields", array]]), changes.depth)]]));
}

/** SigFlags 3 = SignaturesExist + AppendOnly (ISO 32000-2 §12.7.3). */
function raiseFlags(changes: ChangeSet, { dict, ref }: Form): void {
  const flags = countOf(dict?.entries.get("SigFlags")) ?? 0;
  if (dict === undefined || (flags & 3) === 3) return;
  const edit = new Map([["SigFlags", [String(flags | 3)]]]);
  if (ref !== undefined) changes.edit(ref, edit);
  else changes.editCatalog(new Map([["AcroForm", editDict(rawValue(changes.raw(changes.catalogRef()), "AcroForm", changes.depth), edit, changes.depth)]]));
}

type Filling = { readonly signatureNumber: number; readonly appearance: readonly AppearancePart[] };

async function fillField(changes: ChangeSet, field: Field, { signatureNumber, appearance }: Filling): Promise<void> {
  const { view } = changes;
  if (field.type !== "Sig" || field.ref === undefined) throw new CannotSign("field_is_not_a_signature", `the field ${field.name} is not a signature field`);
  if (dictOf(await view.fetch(field.value)) !== undefined) throw new CannotSign("field_already_signed", `the field ${field.name} is already signed`);
  changes.edit(field.ref, new Map([["V", [`${signatureNumber} 0 R`]]]));
  for (const widget of field.kids.length === 0 ? [field.ref] : field.kids) await giveAppearance(changes, widget, appearance);
}

/** PDF/A (2: §6.3.3) wants an appearance on every widget that has an area, an empty one if what is to be seen is already in the page. */
async function giveAppearance(changes: ChangeSet, widget: PdfRef, parts: readonly AppearancePart[]): Promise<void> {
  const dict = dictOf(await changes.view.fetch(widget));
  const rect = await changes.view.fetch(dict?.entries.get("Rect"));
  if (dict === undefined || rect === null || dict.entries.has("AP") || isEmptyRect(rect)) return;
  const [left = 0, bottom = 0, right = 0, top = 0] = (itemsOf(rect) ?? []).map((side) => (typeof side === "number" ? side : 0));
  const form = writeAppearance(changes, parts, { width: Math.abs(right - left), height: Math.abs(top - bottom) });
  changes.edit(widget, new Map([["AP", [`<< /N ${form} 0 R >>`]]]));
}

function freshName(fields: readonly Field[], word: string): string {
  const taken = new Set(fields.map(({ name }) => name));
  for (let number = 1; ; number++) if (!taken.has(`${word}${number}`)) return `${word}${number}`;
}
