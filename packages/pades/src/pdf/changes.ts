import { concat, type Piece } from "../bytes.ts";
import { Unreadable } from "../unreadable.ts";
import { appendToArray, editDict, rawValue, type DictEdit } from "./edit.ts";
import type { RawObject, View } from "./file.ts";
import { nextNumber, type NewObject } from "./increment.ts";
import { dictOf, itemsOf, refOf, type PdfRef } from "./value.ts";

/** Collects edits, so that an object touched twice is written once. What is edited is loaded: whoever edits has looked at it. */
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

  add(number: number, body: readonly Piece[], generation = 0): void {
    this.written.set(number, { number, generation, body });
  }

  objects(): NewObject[] {
    return [...this.written.values()];
  }

  /** The current text of an object: as edited so far, or as the file has it. */
  raw(ref: PdfRef): RawObject {
    const edited = this.written.get(ref.number);
    if (edited !== undefined) return { source: concat(edited.body), at: 0 };
    const raw = this.view.raw(ref.number);
    if (raw === undefined) throw new Unreadable("damaged", `object ${ref.number} cannot be read`);
    return raw;
  }

  /** Replaces or adds entries of the dictionary `ref`, keeping every other byte of it. */
  edit(ref: PdfRef, edit: DictEdit): void {
    this.add(ref.number, editDict(this.raw(ref), edit, this.depth), ref.generation);
  }

  catalogRef(): PdfRef {
    const ref = refOf(this.view.trailer.entries.get("Root"));
    if (ref === undefined || dictOf(this.view.resolve(ref)) === undefined) throw new Unreadable("damaged", "the document catalog is missing");
    return ref;
  }

  editCatalog(edit: DictEdit): void {
    this.edit(this.catalogRef(), edit);
  }
}

/** Adds a reference to the array under `key` of an indirect dictionary, wherever that array is written. */
export async function appendReference(changes: ChangeSet, owner: PdfRef, key: string, reference: string): Promise<void> {
  const dict = dictOf(await changes.view.fetch(owner));
  const current = dict?.entries.get(key);
  const arrayRef = refOf(current);
  const items = itemsOf(await changes.view.fetch(current));
  if (items === undefined) changes.edit(owner, new Map([[key, [`[${reference}]`]]]));
  else if (arrayRef !== undefined) changes.add(arrayRef.number, appendToArray(changes.raw(arrayRef), reference, changes.depth), arrayRef.generation);
  else {
    const array = rawValue(changes.raw(owner), key, changes.depth);
    changes.edit(owner, new Map([[key, appendToArray(array, reference, changes.depth)]]));
  }
}
