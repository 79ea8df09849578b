import { flagsOf, isEmptyRect, textOf } from "../pdf/fields.ts";
import type { View } from "../pdf/file.ts";
import { catalogOf, pagesOf } from "../pdf/page-tree.ts";
import { countOf, dictOf, itemsOf, nameOf, refOf, sameValue, stringOf, type PdfDict, type PdfValue } from "../pdf/value.ts";
import type { Section } from "../pdf/xref.ts";
import { Reach } from "./reach.ts";
import { saysTheSame } from "./metadata.ts";
import type { Change } from "./report.ts";

/** What an update changed, in words; anything `unexplained` breaks the signatures before it. */
export type Difference = readonly Omit<Change, "revision">[];

/** What the signatures before an update allow (ISO 32000-2 §12.8.2): the certification's level, and fields that are frozen. */
export type Permissions = { readonly certified: 1 | 2 | 3 | undefined; readonly isLocked: (fieldName: string) => boolean };

/**
 * Explains what `section` changed between two neighbouring revisions, denying by default: every object the update replaces
 * or adds must be reached on a path that is known to leave the signed content as it was. Recognised are a further signature
 * (in an existing empty field, or in a new invisible one), a document time-stamp, validation data (DSS), the catalog's
 * extension and version entries, and the modification date; and, named for what it is, a form field that was filled in. Page content, annotations, metadata and the structure tree that
 * a screen reader speaks are content: any change to them is unexplained.
 */
export function explainUpdate(before: View, after: View, section: Section, permissions: Permissions): Difference {
  return new Explanation(before, after, section, permissions).run();
}

class Explanation {
  private readonly before: View;
  private readonly after: View;
  private readonly permissions: Permissions;
  private readonly reach: Reach;
  private readonly found: Omit<Change, "revision">[] = [];

  constructor(before: View, after: View, section: Section, permissions: Permissions) {
    this.before = before;
    this.after = after;
    this.permissions = permissions;
    this.reach = new Reach(before, after, section);
  }

  run(): Difference {
    this.compareTrailers();
    const one = catalogOf(this.before);
    const other = catalogOf(this.after);
    if (one === undefined || other === undefined) this.deny("the document catalog is missing");
    else {
      this.compareCatalogs(one, other);
      this.compareForms(one, other);
      this.comparePages();
      this.compareMetadata(one.entries.get("Metadata"), other.entries.get("Metadata"));
      this.compareSecurityStores(one.entries.get("DSS"), other.entries.get("DSS"));
    }
    const { unexplained, sneaky } = this.reach.unaccounted();
    if (unexplained.size > 0) this.deny(`objects were changed or added that a signature does not need: ${list(unexplained)}`);
    if (sneaky.size > 0) this.deny(`objects of the update are also used elsewhere in the document: ${list(sneaky)}`);
    return this.found;
  }

  private deny(detail: string): void {
    this.found.push({ kind: "unexplained", detail });
  }

  private accept(kind: Change["kind"], detail: string): void {
    this.found.push({ kind, detail });
  }

  private compareTrailers(): void {
    const [one, other] = [this.before.trailer.entries, this.after.trailer.entries];
    if (!sameValue(one.get("Root"), other.get("Root"))) this.deny("the trailer names another catalog");
    // Nothing that is shown depends on other entries; an object that only they lead to is still one to explain.
    if (other.has("Info")) this.compareInfo(one.get("Info"), other.get("Info"));
  }

  /** The information dictionary: a writer may note that it wrote, but not rename the document. */
  private compareInfo(one: PdfValue | undefined, other: PdfValue | undefined): void {
    const ref = refOf(other);
    const isTouched = (ref !== undefined && this.reach.changed.has(ref.number)) || !sameValue(one, other);
    if (!isTouched) return;
    const wrong = this.differingKeys(dictOf(this.before.resolve(one)), dictOf(this.after.resolve(other))).find((key) => !INFO_KEYS.has(key));
    if (wrong !== undefined) this.deny(`the document information's ${wrong} changed`);
    else {
      if (ref !== undefined) this.reach.allow(0, other);
      this.accept("document_information", "the modification date was noted");
    }
  }

  private compareCatalogs(one: PdfDict, other: PdfDict): void {
    const root = refOf(this.after.trailer.entries.get("Root"));
    if (root !== undefined) this.reach.explained.add(root.number);
    for (const key of this.differingKeys(one, other)) {
      if (key === "AcroForm" || key === "DSS") continue;
      const [was, is] = [one.entries.get(key), other.entries.get(key)];
      if (key === "Version" && /^[12]\.\d$/.test(nameOf(is) ?? "")) this.accept("extension", `the PDF version was raised to ${nameOf(is) ?? ""}`);
      else if (key === "Extensions" && this.isExtensionNote(was, is)) this.accept("extension", "a PDF extension was noted");
      else this.deny(`the catalog's ${key} changed`);
    }
    // An extensions dictionary of its own may change without the catalog changing.
    const extensions = refOf(other.entries.get("Extensions"));
    if (extensions !== undefined && this.reach.changed.has(extensions.number) && sameValue(one.entries.get("Extensions"), extensions)) {
      if (this.isExtensionNote(one.entries.get("Extensions"), extensions)) this.accept("extension", "a PDF extension was noted");
    }
  }

  /** Extensions (ISO 32000-2 §7.12) name the features a file uses; none of ours changes what is shown. */
  private isExtensionNote(was: PdfValue | undefined, is: PdfValue | undefined): boolean {
    const [one, other] = [dictOf(this.before.resolve(was)), dictOf(this.after.resolve(is))];
    if (other === undefined || other.hasDuplicates) return false;
    for (const key of this.differingKeys(one, other)) {
      if (key === "Type") continue;
      const note = this.after.resolve(other.entries.get(key));
      if (!EXTENSION_PREFIXES.has(key) || !(itemsOf(note) ?? [note]).every((each) => this.isPlainNote(this.after.resolve(each)))) return false;
    }
    const root = refOf(this.after.trailer.entries.get("Root"))?.number ?? 0;
    this.reach.allow(root, is);
    for (const value of other.entries.values()) this.reach.allow(refOf(is)?.number ?? root, value);
    return true;
  }

  private isPlainNote(value: PdfValue): boolean {
    const dict = dictOf(value);
    return dict !== undefined && [...dict.entries.values()].every((entry) => typeof entry === "number" || nameOf(entry) !== undefined || stringOf(entry) !== undefined);
  }

  /** The document's XMP packet may note when and with what it was saved; every other word in it is content (PDF/A, PDF/UA). */
  private compareMetadata(was: PdfValue | undefined, is: PdfValue | undefined): void {
    const ref = refOf(is);
    if (ref === undefined || !this.reach.changed.has(ref.number) || !sameValue(was, is)) return;
    const [one, other] = [this.before.resolve(was), this.after.resolve(is)];
    if (!saysTheSame(one, other)) return;
    this.reach.allowFrom(refOf(this.after.trailer.entries.get("Root"))?.number ?? 0, ref.number);
    this.accept("document_information", "the modification date was noted in the metadata");
  }

  // ── Forms and signatures ────────────────────────────────────────────────────────────────────────────────────────────────

  private compareForms(oneCatalog: PdfDict, otherCatalog: PdfDict): void {
    const [was, is] = [oneCatalog.entries.get("AcroForm"), otherCatalog.entries.get("AcroForm")];
    const [one, other] = [dictOf(this.before.resolve(was)), dictOf(this.after.resolve(is))];
    if (other === undefined) {
      if (one !== undefined) this.deny("the form was removed");
      return;
    }
    const formNumber = refOf(is)?.number ?? refOf(this.after.trailer.entries.get("Root"))?.number ?? 0;
    this.reach.noteReplaced(is);
    for (const key of this.differingKeys(one, other)) {
      const [old, now] = [one?.entries.get(key), other.entries.get(key)];
      if (key === "Fields") continue;
      if (key === "SigFlags" && isRaised(countOf(old) ?? 0, countOf(now) ?? -1, 3)) continue;
      // Defaults for fields to come; existing appearances do not depend on them.
      if ((key === "DR" || key === "DA") && old === undefined) this.reach.allow(formNumber, now);
      else if (key === "DR" && this.addsResources(formNumber, old, now)) continue;
      else if (key !== "NeedAppearances" || now !== undefined && now !== false) this.deny(`the form's ${key} changed`);
    }
    // A resource dictionary of its own may change without the form changing.
    const [resources, before] = [other.entries.get("DR"), one?.entries.get("DR")];
    if (sameValue(before, resources) && this.reach.changedBelow(resources).length > 0) this.addsResources(formNumber, before, resources);
    this.compareFieldLists(formNumber, one?.entries.get("Fields"), other.entries.get("Fields"), "");
  }

  /**
   * Whether the form's default resources only gained names: Acrobat adds the fonts of a field to come. A dictionary that a page
   * uses too is caught with everything that is reached on a second path: a name that its content already uses would come alive.
   */
  private addsResources(owner: number, was: PdfValue | undefined, is: PdfValue | undefined): boolean {
    const [one, other] = [dictOf(this.before.resolve(was)), dictOf(this.after.resolve(is))];
    if (one === undefined || other === undefined || other.hasDuplicates) return false;
    const from = this.reach.guard(owner, is);
    this.accept("extension", "the form gained resources for fields to come");
    return [...other.entries].every(([key, now]) => {
      const old = one.entries.get(key);
      if (old === undefined) return this.reach.allowAll(from, now);
      const [names, added] = [dictOf(this.before.resolve(old)), dictOf(this.after.resolve(now))];
      if (names === undefined || added === undefined) return sameValue(old, now);
      if (added.hasDuplicates || [...names.entries].some(([name, value]) => !sameValue(value, added.entries.get(name)))) return false;
      const gained = [...added.entries].filter(([name]) => !names.entries.has(name));
      const list = gained.length === 0 ? from : this.reach.guard(from, now);
      for (const [, value] of gained) this.reach.allow(list, value);
      return true;
    }) && [...one.entries.keys()].every((key) => other.entries.has(key));
  }

  /** The list must keep its fields in their order; what is added at its end must be invisible signature fields. */
  private compareFieldLists(owner: number, was: PdfValue | undefined, is: PdfValue | undefined, prefix: string): void {
    const [one, other] = [itemsOf(this.before.resolve(was)) ?? [], itemsOf(this.after.resolve(is)) ?? []];
    if (other.length > this.after.file.limits.treeNodes || one.some((field, at) => !sameValue(field, other[at]))) {
      this.deny("form fields were removed or put in another order");
      return;
    }
    this.reach.noteReplaced(is);
    const listOwner = refOf(is)?.number ?? owner;
    for (const field of one) this.compareField(field, prefix, undefined, 0);
    for (const field of other.slice(one.length)) this.inspectNewField(listOwner, field, prefix, one);
  }

  private compareField(value: PdfValue, prefix: string, inheritedType: string | undefined, depth: number): void {
    const [one, other] = [dictOf(this.before.resolve(value)), dictOf(this.after.resolve(value))];
    if (one === undefined || other === undefined || depth > this.after.file.limits.depth) return;
    const name = qualified(prefix, one);
    const type = nameOf(one.entries.get("FT")) ?? inheritedType;
    const number = refOf(value)?.number ?? 0;
    const wasSigned = this.before.resolve(one.entries.get("V")) !== null;
    const isFilled = type === "Sig" && !wasSigned && this.after.resolve(other.entries.get("V")) !== null;
    if (isFilled) this.fillField(number, name, one, other);
    else if (type === "Tx" || type === "Ch" || type === "Btn") this.fillFormField(number, name, type, one, other);
    else if (this.reach.changed.has(number) && this.explainNothing(one, other)) this.reach.explained.add(number);
    const [oldKids, kids] = [itemsOf(this.before.resolve(one.entries.get("Kids"))) ?? [], itemsOf(this.after.resolve(other.entries.get("Kids"))) ?? []];
    if (oldKids.length !== kids.length || oldKids.some((kid, at) => !sameValue(kid, kids[at]))) this.deny(`the parts of the field ${name} changed`);
    for (const kid of oldKids) {
      if (isFilled) this.compareWidget(kid);
      else this.compareField(kid, name, type, depth + 1);
    }
  }

  /**
   * A text, choice or button field filled in (ISO 32000-2 §12.7.4): its value changes, and with it what its box shows. That is
   * what forms are for, and still a change of what the page says, so it is listed as what it is. Buttons only choose among
   * the appearances they were signed with.
   */
  private fillFormField(number: number, name: string, type: "Tx" | "Ch" | "Btn", one: PdfDict, other: PdfDict): void {
    const keys = this.differingKeys(one, other);
    const appearances = [one.entries.get("AP"), other.entries.get("AP")] as const;
    const isRedrawn = type !== "Btn" && this.isAppearanceChanged(appearances[0], appearances[1]);
    if (keys.length === 0 && !isRedrawn) {
      if (this.reach.changed.has(number)) this.reach.explained.add(number);
      return;
    }
    const isPushButton = type === "Btn" && ((countOf(one.entries.get("Ff")) ?? 0) & PUSH_BUTTON) !== 0;
    const wrong = keys.find((key) => !(type === "Btn" ? CHOSEN_KEYS : ENTERED_KEYS).has(key));
    if (wrong !== undefined || isPushButton) {
      this.deny(`the ${wrong ?? "value"} of the field ${name} changed`);
      return;
    }
    if (this.permissions.isLocked(name)) this.deny(`the field ${name} had been locked by an earlier signature`);
    if (this.permissions.certified === 1) this.deny(`the field ${name} was filled in, though the document is certified against changes`);
    this.reach.explained.add(number);
    for (const key of ["V", "RV", "I"]) if (!sameValue(one.entries.get(key), other.entries.get(key))) this.reach.allow(number, other.entries.get(key));
    if (type !== "Btn") this.allowAppearance(number, appearances[1]);
    this.accept("form_filled", `the field ${name} was filled in`);
  }

  private isAppearanceChanged(was: PdfValue | undefined, is: PdfValue | undefined): boolean {
    return !sameValue(was, is) || this.reach.changedBelow(is).length > 0;
  }

  /**
   * Lets a box be drawn anew: by new streams, or by ones that replace those it had, as long as nothing else uses them
   * (ISO 32000-2 §12.5.5: N, R and D, each a stream or a dictionary of streams).
   */
  private allowAppearance(owner: number, value: PdfValue | undefined): void {
    if (this.reach.changedBelow(value).length === 0) return;
    const from = this.reach.guard(owner, value);
    for (const state of dictOf(this.after.resolve(value))?.entries.values() ?? []) {
      if (this.reach.changedBelow(state).length === 0) continue;
      const target = this.after.resolve(state);
      const number = this.reach.guard(from, state);
      if (target === null || typeof target !== "object") continue;
      if (target.type === "stream") this.reach.allow(number, target.dict);
      else for (const each of dictOf(target)?.entries.values() ?? []) if (this.reach.changedBelow(each).length > 0) this.reach.allow(this.reach.guard(number, each), dictOf(this.after.resolve(each)) ?? null);
    }
  }

  private explainNothing(one: PdfDict, other: PdfDict): boolean {
    return this.differingKeys(one, other).length === 0;
  }

  /** A signature field that was empty and now is signed: its box stays where it was, what is drawn in it may be new. */
  private fillField(number: number, name: string, one: PdfDict, other: PdfDict): void {
    const value = other.entries.get("V");
    const signature = dictOf(this.after.resolve(value));
    if (signature === undefined) {
      this.deny(`the field ${name} was filled with something that is not a signature`);
      return;
    }
    const wrong = this.differingKeys(one, other).find((key) => !FILLED_KEYS.has(key) || (key === "F" && !isRaised(flagsOf(one), flagsOf(other), LOCKING_FLAGS)));
    if (wrong !== undefined) {
      this.deny(`the ${wrong} of the field ${name} changed while it was signed`);
      return;
    }
    this.reach.explained.add(number);
    this.reach.allow(number, value);
    this.allowAppearance(number, other.entries.get("AP"));
    this.acceptSignature(signature, name, `the field ${name} was signed`);
  }

  private compareWidget(value: PdfValue): void {
    const number = refOf(value)?.number;
    const [one, other] = [dictOf(this.before.resolve(value)), dictOf(this.after.resolve(value))];
    if (number === undefined || !this.reach.changed.has(number) || one === undefined || other === undefined) return;
    const wrong = this.differingKeys(one, other).find((key) => key === "V" || !FILLED_KEYS.has(key) || (key === "F" && !isRaised(flagsOf(one), flagsOf(other), LOCKING_FLAGS)));
    if (wrong !== undefined) return;
    this.reach.explained.add(number);
    this.allowAppearance(number, other.entries.get("AP"));
  }

  /** A document time-stamp is validation data and always allowed; a signature must be by the earlier ones (ISO 32000-2 §12.8.2.2, §12.8.2.4). */
  private acceptSignature(signature: PdfDict, name: string, detail: string): void {
    const isTimestamp = nameOf(signature.entries.get("SubFilter")) === "ETSI.RFC3161";
    if (!isTimestamp && this.permissions.isLocked(name)) this.deny(`the field ${name} had been locked by an earlier signature`);
    else if (!isTimestamp && this.permissions.certified === 1) this.deny(`${detail}, though the document is certified against changes`);
    else this.accept(isTimestamp ? "document_timestamp" : "signature", detail);
  }

  private inspectNewField(owner: number, value: PdfValue, prefix: string, existing: readonly PdfValue[]): void {
    const number = refOf(value)?.number;
    const dict = dictOf(this.after.resolve(value));
    const name = dict === undefined ? "" : qualified(prefix, dict);
    const problem = this.newFieldProblem(value, dict, name, existing);
    if (number === undefined || dict === undefined || problem !== undefined) {
      this.deny(problem ?? "a form field was added that is not a signature");
      return;
    }
    this.reach.allowNew(owner, number);
    this.reach.inspected.add(number);
    for (const kid of itemsOf(this.after.resolve(dict.entries.get("Kids"))) ?? []) {
      const kidNumber = refOf(kid)?.number;
      if (kidNumber === undefined) continue;
      this.reach.allowNew(number, kidNumber);
      this.reach.inspected.add(kidNumber);
      this.reach.allow(kidNumber, dictOf(this.after.resolve(kid))?.entries.get("AP"));
    }
    this.reach.allow(refOf(dict.entries.get("Kids"))?.number ?? number, dict.entries.get("Kids"));
    for (const key of ["V", "AP", "Lock", "SV", "Rect"]) this.reach.allow(number, dict.entries.get(key));
    const signature = dictOf(this.after.resolve(dict.entries.get("V")));
    if (signature !== undefined) this.acceptSignature(signature, name, `the invisible field ${name} was added and signed`);
    else if (this.permissions.isLocked(name)) this.deny(`the field ${name} was added, though an earlier signature locked all fields`);
    else if (this.permissions.certified === 1) this.deny(`the field ${name} was added, though the document is certified against changes`);
    else this.accept("signature_field", `the empty invisible signature field ${name} was added`);
  }

  private newFieldProblem(value: PdfValue, dict: PdfDict | undefined, name: string, existing: readonly PdfValue[]): string | undefined {
    const number = refOf(value)?.number;
    if (dict === undefined || number === undefined || dict.hasDuplicates || nameOf(dict.entries.get("FT")) !== "Sig") return "a form field was added that is not a signature";
    if (this.before.get(number) !== null) return `the field ${name} was made of an object that already existed`;
    if (existing.some((field) => qualified("", dictOf(this.before.resolve(field)) ?? dict) === name)) return `a second field called ${name} was added`;
    const kids = itemsOf(this.after.resolve(dict.entries.get("Kids"))) ?? [];
    if (kids.length > MAX_WIDGETS) return `the field ${name} has too many parts`;
    for (const part of kids.length === 0 ? [value] : kids) {
      const partDict = dictOf(this.after.resolve(part));
      const partNumber = refOf(part)?.number;
      if (partDict === undefined || partNumber === undefined || this.before.get(partNumber) !== null) return `a part of the field ${name} is not a new object`;
      if (!this.isInvisible(partDict)) return `a visible signature box was added for ${name}`;
      const wrong = [...partDict.entries.keys()].find((key) => !NEW_FIELD_KEYS.has(key));
      if (wrong !== undefined) return `the new field ${name} has an entry ${wrong}`;
    }
    const wrong = [...dict.entries.keys()].find((key) => !NEW_FIELD_KEYS.has(key));
    return wrong === undefined ? undefined : `the new field ${name} has an entry ${wrong}`;
  }

  private isInvisible(widget: PdfDict): boolean {
    const rect = this.after.resolve(widget.entries.get("Rect"));
    return isEmptyRect(rect) || (flagsOf(widget) & HIDDEN_FLAGS) !== 0;
  }

  // ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** A page may gain the widgets of new signature fields at the end of its annotations, and nothing else. */
  private comparePages(): void {
    for (const { ref, dict } of pagesOf(this.before)) {
      const now = dictOf(this.after.get(ref.number));
      const annotations = [dict.entries.get("Annots"), now?.entries.get("Annots")] as const;
      const listNumber = refOf(annotations[1])?.number;
      const isTouched = this.reach.changed.has(ref.number) || (listNumber !== undefined && this.reach.changed.has(listNumber));
      if (!isTouched || now === undefined) continue;
      const wrong = this.differingKeys(dict, now).find((key) => key !== "Annots" && !(key === "Tabs" && nameOf(now.entries.get(key)) === "S"));
      if (wrong !== undefined) {
        this.deny(`the ${wrong} of a page changed`);
        continue;
      }
      const [one, other] = [itemsOf(this.before.resolve(annotations[0])) ?? [], itemsOf(this.after.resolve(annotations[1])) ?? []];
      if (one.some((annotation, at) => !sameValue(annotation, other[at]))) this.deny("annotations of a page were removed or put in another order");
      else if (other.slice(one.length).some((annotation) => !this.reach.inspected.has(refOf(annotation)?.number ?? -1))) this.deny("an annotation was added to a page");
      else {
        this.reach.explained.add(ref.number);
        this.reach.noteReplaced(annotations[1]);
        if (listNumber !== undefined && this.before.get(listNumber) === null) this.reach.allowNew(ref.number, listNumber);
        for (const annotation of other.slice(one.length)) this.reach.allowNew(listNumber ?? ref.number, refOf(annotation)?.number ?? -1);
      }
    }
  }

  // ── Validation data ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The document security store (EN 319 142-1 §5.4.2): certificates, OCSP responses and CRLs, reached from nowhere else. */
  private compareSecurityStores(was: PdfValue | undefined, is: PdfValue | undefined): void {
    const root = refOf(this.after.trailer.entries.get("Root"))?.number ?? 0;
    const store = dictOf(this.after.resolve(is));
    if (is === undefined || is === null) {
      if (was !== undefined && was !== null) this.deny("the validation data were removed");
      return;
    }
    const before = this.reach.allowedCount;
    if (store === undefined || !this.allowStore(root, is, 0)) {
      this.deny("the validation data have an unknown form");
      return;
    }
    if (!sameValue(was, is) || this.reach.allowedCount > before) this.accept("validation_data", "validation data were added");
  }

  private allowStore(owner: number, value: PdfValue, depth: number): boolean {
    if (depth > STORE_DEPTH) return false;
    const ref = refOf(value);
    if (ref !== undefined && this.reach.changed.has(ref.number)) this.reach.allowFrom(owner, ref.number);
    const target = this.after.resolve(value);
    const from = ref?.number ?? owner;
    if (target === null || typeof target !== "object") return true;
    switch (target.type) {
      case "stream":
        this.reach.allow(from, target.dict.entries.get("Length"));
        return nameOf(target.dict.entries.get("Type")) === undefined && target.dict.entries.get("Subtype") === undefined;
      case "array":
        return target.items.every((item) => this.allowStore(from, item, depth + 1));
      case "dict":
        return [...target.entries].every(([key, item]) => (STORE_KEYS.has(key) || VRI_KEY.test(key)) && this.allowStore(from, item, depth + 1));
      case "name":
      case "string":
      case "ref":
        return true;
      default:
        return target satisfies never;
    }
  }


  private differingKeys(one: PdfDict | undefined, other: PdfDict | undefined): string[] {
    if (other?.hasDuplicates === true) return ["duplicate key"];
    const keys = new Set([...(one?.entries.keys() ?? []), ...(other?.entries.keys() ?? [])]);
    return [...keys].filter((key) => !sameValue(one?.entries.get(key) ?? null, other?.entries.get(key) ?? null));
  }
}

function qualified(prefix: string, dict: PdfDict): string {
  const partial = stringOf(dict.entries.get("T"));
  if (partial === undefined) return prefix;
  return prefix === "" ? textOf(partial) : `${prefix}.${textOf(partial)}`;
}

/** Whether flags only gained bits, and only such as are in `allowed`. */
function isRaised(was: number, is: number, allowed: number): boolean {
  return is >= 0 && (was & ~is) === 0 && (is & ~was & ~allowed) === 0;
}

function list(numbers: ReadonlySet<number>): string {
  const shown = [...numbers].slice(0, 10).join(", ");
  return numbers.size > 10 ? `${shown} and ${numbers.size - 10} more` : shown;
}

const MAX_WIDGETS = 100;
const STORE_DEPTH = 6;
/** Print, NoRotate, ReadOnly, Locked, LockedContents: none of them hides or shows anything on a printed page. */
const LOCKING_FLAGS = 4 | 16 | 64 | 128 | 512;
/** Hidden and NoView. */
const HIDDEN_FLAGS = 2 | 32;
const INFO_KEYS = new Set(["ModDate", "Producer"]);
const EXTENSION_PREFIXES = new Set(["ESIC", "ADBE", "ISO_"]);
const STORE_KEYS = new Set(["Type", "Certs", "OCSPs", "CRLs", "VRI", "Cert", "OCSP", "CRL", "TU", "TS"]);
/** SHA-1 as EN 319 142-1 §5.4.2.3 asks; some writers take a longer digest. */
const VRI_KEY = /^(?:[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})$/;
const ENTERED_KEYS = new Set(["V", "AP", "RV", "I", "M"]);
const CHOSEN_KEYS = new Set(["V", "AS", "M"]);
const PUSH_BUTTON = 1 << 16;
const FILLED_KEYS = new Set(["V", "AP", "F", "Ff", "M"]);
const NEW_FIELD_KEYS = new Set(["Type", "Subtype", "FT", "T", "TU", "TM", "Ff", "F", "Rect", "P", "V", "AP", "M", "DA", "Lock", "SV", "Kids", "Parent", "MK", "DR"]);
