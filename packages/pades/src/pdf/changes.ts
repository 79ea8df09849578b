import { Unreadable } from "../unreadable.ts";
import { appendToArray, editDict, pdf, rawValue } from "./edit.ts";
import type { RawObject, View } from "./file.ts";
import { nextNumber, type NewObject } from "./increment.ts";
import { dictOf, itemsOf, refOf, type PdfRef } from "./value.ts";

/** Collects edits, so that an object touched twice is written once. */
export class ChangeSet {
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
    await this.view.fetch(ref);
    const raw = this.view.raw(ref.number);
    if (raw === undefined) throw new Unreadable("damaged", `object ${ref.number} cannot be read`);
    return raw;
  }

  /** Replaces or adds entries of the dictionary `ref`, keeping every other byte of it. */
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

/** Adds a reference to the array under `key` of an indirect dictionary, wherever that array is written. */
export async function appendReference(changes: ChangeSet, owner: PdfRef, key: string, reference: string): Promise<void> {
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
