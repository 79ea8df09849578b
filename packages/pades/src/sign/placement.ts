import { appendToArray, editDict, pdf, rawValue, textString } from "../pdf/edit.ts";
import { isEmptyRect, loadFields, loadForm, type Field } from "../pdf/fields.ts";
import type { RawObject, View } from "../pdf/file.ts";
import { nextNumber, type NewObject } from "../pdf/increment.ts";
import { firstPage } from "../pdf/page-tree.ts";
import { countOf, dictOf, itemsOf, refOf, type PdfDict, type PdfRef } from "../pdf/value.ts";
import { Unreadable } from "../unreadable.ts";
import { CannotSign } from "./cannot-sign.ts";

/** Where a signature goes: the number its dictionary will have, and every other object that must change for it. */
export type Placement = { readonly signatureNumber: number; readonly objects: readonly NewObject[]; readonly lock: PdfDict | undefined };

/**
 * Places a signature: into the empty field called `fieldName` if the document has one, else into a new invisible field on
 * the first page. `certifies` also makes the signature the document's certification (ISO 32000-2 §12.8.6).
 */
export async function placeSignature(view: View, fieldName: string | undefined, certifies: boolean): Promise<Placement> {
  const changes = new ChangeSet(view);
  const signatureNumber = changes.newNumber();
  const fields = await loadFields(view);
  const existing = fields.find(({ name }) => name === fieldName);
  if (existing === undefined) {
    const name = fieldName ?? freshName(fields);
    await addField(changes, name, signatureNumber);
  } else await fillField(changes, existing, signatureNumber);
  if (certifies) await changes.editCatalog(new Map([["Perms", pdf(`<< /DocMDP ${signatureNumber} 0 R >>`)]]));
  await raiseFlags(changes);
  return { signatureNumber, objects: changes.objects(), lock: existing === undefined ? undefined : dictOf(await view.fetch(existing.dict.entries.get("Lock"))) };
}

/** Collects edits, so that an object touched twice is written once. */
class ChangeSet {
  readonly view: View;
  private next: number;
  private readonly written = new Map<number, NewObject>();

  constructor(view: View) {
    this.view = view;
    this.next = nextNumber(view);
  }

  get depth(): number {
    return this.view.file.limits.depth;
  }

  newNumber(): number {
    return this.next++;
  }

  add(number: number, body: Uint8Array, generation = 0): void {
    this.written.set(number, { number, generation, body });
  }

  objects(): NewObject[] {
    return [...this.written.values()];
  }

  /** The current text of an object: as edited so far, or as the file has it. */
  async raw(ref: PdfRef): Promise<RawObject> {
    const edited = this.written.get(ref.number);
    if (edited !== undefined) return { source: edited.body, at: 0 };
    if (this.view.table.get(ref.number)?.kind === "packed") await this.view.load(ref.number);
    const raw = this.view.raw(ref.number);
    if (raw === undefined) throw new Unreadable("damaged", `object ${ref.number} cannot be read`);
    return raw;
  }

  async edit(ref: PdfRef, edit: ReadonlyMap<string, Uint8Array>): Promise<void> {
    this.add(ref.number, editDict(await this.raw(ref), edit, this.depth), ref.generation);
  }

  async catalogRef(): Promise<PdfRef> {
    const ref = refOf(this.view.trailer.entries.get("Root"));
    if (ref === undefined || dictOf(await this.view.fetch(ref)) === undefined) throw new Unreadable("damaged", "the document catalog is missing");
    return ref;
  }

  async editCatalog(edit: ReadonlyMap<string, Uint8Array>): Promise<void> {
    await this.edit(await this.catalogRef(), edit);
  }
}

async function addField(changes: ChangeSet, name: string, signatureNumber: number): Promise<void> {
  const page = await firstPage(changes.view);
  if (page === undefined) throw new CannotSign("no_pages", "the document has no page to hold the signature field");
  const number = changes.newNumber();
  const reference = `${number} 0 R`;
  // F 132 = Print + Locked: PDF/A wants Print; a rectangle without area needs no appearance (PDF/A-2 §6.3.3).
  changes.add(number, pdf(
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T ${textString(name)} /Rect [0 0 0 0] /F 132 /P ${page.number} ${page.generation} R /V ${signatureNumber} 0 R >>`,
  ));
  await appendReference(changes, page, "Annots", reference);
  await appendFormField(changes, reference);
}

/** Adds a reference to the array under `key` of an indirect dictionary, wherever that array is written. */
async function appendReference(changes: ChangeSet, owner: PdfRef, key: string, reference: string): Promise<void> {
  const dict = dictOf(await changes.view.fetch(owner));
  const current = dict?.entries.get(key);
  const arrayRef = refOf(current);
  const items = itemsOf(await changes.view.fetch(current));
  if (items === undefined) await changes.edit(owner, new Map([[key, pdf(`[${reference}]`)]]));
  else if (arrayRef !== undefined) changes.add(arrayRef.number, appendToArray(await changes.raw(arrayRef), reference, changes.depth), arrayRef.generation);
  else {
    const array = rawValue(await changes.raw(owner), key, changes.depth);
    await changes.edit(owner, new Map([[key, appendToArray(array, reference, changes.depth)]]));
  }
}

async function appendFormField(changes: ChangeSet, reference: string): Promise<void> {
  const catalog = await changes.catalogRef();
  const form = dictOf(await changes.view.fetch(catalog))?.entries.get("AcroForm");
  const formRef = refOf(form);
  const formDict = await loadForm(changes.view);
  if (formDict === undefined) {
    await changes.editCatalog(new Map([["AcroForm", pdf(`<< /Fields [${reference}] /SigFlags 3 >>`)]]));
    return;
  }
  if (formRef !== undefined) {
    await appendReference(changes, formRef, "Fields", reference);
    return;
  }
  const fields = formDict.entries.get("Fields");
  const arrayRef = refOf(fields);
  if (arrayRef !== undefined) {
    changes.add(arrayRef.number, appendToArray(await changes.raw(arrayRef), reference, changes.depth), arrayRef.generation);
    return;
  }
  const rawForm = rawValue(await changes.raw(catalog), "AcroForm", changes.depth);
  const array = itemsOf(fields) === undefined ? pdf(`[${reference}]`) : appendToArray(rawValue(rawForm, "Fields", changes.depth), reference, changes.depth);
  await changes.editCatalog(new Map([["AcroForm", editDict(rawForm, new Map([["Fields", array]]), changes.depth)]]));
}

/** SigFlags 3 = SignaturesExist + AppendOnly (ISO 32000-2 §12.7.3). */
async function raiseFlags(changes: ChangeSet): Promise<void> {
  const catalog = await changes.catalogRef();
  const form = dictOf(await changes.view.fetch(catalog))?.entries.get("AcroForm");
  const dict = dictOf(await changes.view.fetch(form));
  const flags = countOf(dict?.entries.get("SigFlags")) ?? 0;
  if (dict === undefined || (flags & 3) === 3) return;
  const edit = new Map([["SigFlags", pdf(String(flags | 3))]]);
  const formRef = refOf(form);
  if (formRef !== undefined) await changes.edit(formRef, edit);
  else await changes.editCatalog(new Map([["AcroForm", editDict(rawValue(await changes.raw(catalog), "AcroForm", changes.depth), edit, changes.depth)]]));
}

async function fillField(changes: ChangeSet, field: Field, signatureNumber: number): Promise<void> {
  const { view } = changes;
  if (field.type !== "Sig" || field.ref === undefined) throw new CannotSign("field_is_not_a_signature", `the field ${field.name} is not a signature field`);
  if (dictOf(await view.fetch(field.value)) !== undefined) throw new CannotSign("field_already_signed", `the field ${field.name} is already signed`);
  await changes.edit(field.ref, new Map([["V", pdf(`${signatureNumber} 0 R`)]]));
  for (const widget of field.kids.length === 0 ? [field.ref] : field.kids) await giveAppearance(changes, widget);
}

/** PDF/A (2: §6.3.3) wants an appearance on every widget that has an area; what is to be seen is already in the page. */
async function giveAppearance(changes: ChangeSet, widget: PdfRef): Promise<void> {
  const dict = dictOf(await changes.view.fetch(widget));
  const rect = await changes.view.fetch(dict?.entries.get("Rect"));
  if (dict === undefined || rect === null || dict.entries.has("AP") || isEmptyRect(rect)) return;
  const [left, bottom, right, top] = (itemsOf(rect) ?? []).map((side) => (typeof side === "number" ? side : 0));
  const number = changes.newNumber();
  const box = `[0 0 ${Math.abs((right ?? 0) - (left ?? 0))} ${Math.abs((top ?? 0) - (bottom ?? 0))}]`;
  changes.add(number, pdf(`<< /Type /XObject /Subtype /Form /BBox ${box} /Resources << >> /Length 0 >>\nstream\n\nendstream`));
  await changes.edit(widget, new Map([["AP", pdf(`<< /N ${number} 0 R >>`)]]));
}

function freshName(fields: readonly Field[]): string {
  const taken = new Set(fields.map(({ name }) => name));
  for (let number = 1; ; number++) if (!taken.has(`Signature${number}`)) return `Signature${number}`;
}
