import { fromLatin1, latin1, toHex, type Piece } from "../bytes.ts";
import { limitsFor, type Limits } from "../limits.ts";
import { ChangeSet } from "../pdf/changes.ts";
import { appendToArray, editDict, rawValue } from "../pdf/edit.ts";
import { openPdf, type RawObject, type View } from "../pdf/file.ts";
import { writeIncrement } from "../pdf/increment.ts";
import { sizeOf, type PdfDocument } from "../pdf/source.ts";
import { countOf, dictOf, nameOf, refOf, type PdfRef } from "../pdf/value.ts";
import { CannotSign } from "../sign/cannot-sign.ts";
import { fileIdentifier } from "../sign/room.ts";
import { Collector, type CollectOptions, type Evidence } from "./collect.ts";
import { NoValidationData } from "./revocation-source.ts";
import { signedIn, STORE_KEYS, storeOf, timestampsIn, type Signed, type Store, type StoreKey } from "./stored.ts";

/** How a document gets its validation data. */
export type ValidationDataOptions = CollectOptions & {
  readonly limits?: Limits;
  /** Also say which data belong to which signature (VRI, ISO 32000-2 §12.8.4.4). Nobody needs it, and it makes the store longer. */
  readonly vri?: boolean;
};

/**
 * The increment that lets a document be judged when nobody can be asked any more (level B-LT, EN 319 142-1 §5.4.2): the
 * certificates and revocation answers of all its signatures and time-stamps, in the document security store, nothing twice and
 * nothing that the signatures bring themselves. Nothing when the store already has it all. Throws `NoValidationData`,
 * `Unreadable`.
 */
export async function validationData(document: PdfDocument, options: ValidationDataOptions): Promise<Uint8Array | undefined> {
  const { limits = limitsFor(document), port, vri = false } = options;
  const view = await openPdf(document, port, limits);
  if (!view.file.hasCleanHeader) throw new CannotSign("misplaced_header", "bytes stand before %PDF-, so offsets would not mean the same to everyone");
  const signed = await signedIn(view);
  if (signed.length === 0) throw new NoValidationData("no_signature", "the document has no signature that validation data could be for");
  const store = await storeOf(view);
  const collector = new Collector(store, options);
  const writing = new StoreWriting(new ChangeSet(view), store, signed);
  const newest = Math.max(...signed.map(({ end }) => end));
  for (const each of signed) {
    const references = writing.add(await collector.evidenceFor(each, each.end === newest));
    if (vri) writing.note(toHex(await port.digest("SHA-1", [each.contents])).toUpperCase(), references);
  }
  if (writing.isEmpty) return undefined;
  await writing.finish();
  return (await writeIncrement(view, writing.changes.objects(), fileIdentifier(sizeOf(document), options.at.getTime()))).tail;
}

/** What is added to a store, each stream once. */
class StoreWriting {
  readonly changes: ChangeSet;
  private readonly store: Store;
  /** Certificates that a signature carries: a reader has them when it has the signature. */
  private readonly carried: ReadonlySet<string>;
  private readonly references: Map<string, string>;
  private readonly added: Record<StoreKey, string[]> = { Certs: [], OCSPs: [], CRLs: [] };
  private readonly notes = new Map<string, readonly Piece[]>();

  constructor(changes: ChangeSet, store: Store, signed: readonly Signed[]) {
    this.changes = changes;
    this.store = store;
    this.references = new Map(store.references);
    this.carried = new Set(signed.flatMap(({ cms }) => [cms, ...timestampsIn(cms)].flatMap((each) => each.certificates.map(({ der }) => latin1(der)))));
  }

  get isEmpty(): boolean {
    return this.notes.size === 0 && STORE_KEYS.every((key) => this.added[key].length === 0);
  }

  /** Adds what is not there yet; answers the references to all of it. */
  add({ certificates, ocsps, crls }: Evidence): Readonly<Record<StoreKey, readonly string[]>> {
    return {
      Certs: certificates.filter((der) => !this.carried.has(latin1(der))).map((der) => this.reference("Certs", der)),
      OCSPs: ocsps.map((der) => this.reference("OCSPs", der)),
      CRLs: crls.map((der) => this.reference("CRLs", der)),
    };
  }

  private reference(key: StoreKey, der: Uint8Array): string {
    const name = latin1(der);
    const known = this.references.get(name);
    if (known !== undefined) return known;
    const number = this.changes.newNumber();
    this.changes.add(number, [`<< /Length ${der.length} >>\nstream\n`, der, "\nendstream"]);
    const reference = `${number} 0 R`;
    this.references.set(name, reference);
    this.added[key].push(reference);
    return reference;
  }

  /** An entry of the VRI dictionary, unless the store has it already. */
  note(name: string, references: Readonly<Record<StoreKey, readonly string[]>>): void {
    const entries = STORE_KEYS.flatMap((key) => (references[key].length === 0 ? [] : [`/${key.slice(0, -1)} [${references[key].join(" ")}]`]));
    this.notes.set(name, [`<< ${entries.join(" ")} >>`]);
  }

  /** Puts the additions where the store is, wherever its parts are written, and says that the file uses one. */
  async finish(): Promise<void> {
    const owner = this.storeRef();
    for (const key of STORE_KEYS) if (this.added[key].length > 0) this.extend(owner, key, this.added[key].join(" "));
    if (this.notes.size > 0) await this.writeNotes(owner);
    await noteExtension(this.changes);
  }

  /** The store as an object of its own; one that stood in the catalog is moved out of it. */
  private storeRef(): PdfRef {
    const { changes, store } = this;
    const catalog = dictOf(changes.view.resolve(changes.catalogRef()));
    const known = refOf(catalog?.entries.get("DSS"));
    if (known !== undefined && store.dict !== undefined) return known;
    const number = changes.newNumber();
    const text = store.dict === undefined ? ["<< /Type /DSS >>"] : editDict(rawValue(changes.raw(changes.catalogRef()), "DSS", changes.depth), new Map(), changes.depth);
    changes.add(number, text);
    changes.editCatalog(new Map([["DSS", [`${number} 0 R`]]]));
    return { type: "ref", number, generation: 0 };
  }

  /** Adds references to an array of the store: in an object of its own, in the store, or not there yet. */
  private extend(owner: PdfRef, key: StoreKey, references: string): void {
    const { changes, store } = this;
    const known = store.dict?.entries.get(key);
    const own = refOf(known);
    if (own !== undefined) changes.add(own.number, appendToArray(changes.raw(own), references, changes.depth), own.generation);
    else {
      const array = known === undefined ? [`[${references}]`] : appendToArray(rawValue(changes.raw(owner), key, changes.depth), references, changes.depth);
      changes.edit(owner, new Map([[key, array]]));
    }
  }

  private async writeNotes(owner: PdfRef): Promise<void> {
    const { changes, store } = this;
    const known = store.dict?.entries.get("VRI");
    const own = refOf(known);
    await changes.view.fetch(known);
    if (own !== undefined) changes.edit(own, this.notes);
    else {
      const text = known === undefined ? NO_ENTRIES : rawValue(changes.raw(owner), "VRI", changes.depth);
      changes.edit(owner, new Map([["VRI", editDict(text, this.notes, changes.depth)]]));
    }
  }
}

/** A store is a part of PDF 2.0; an older file says that it uses it (ISO 32000-2 §7.12, EN 319 142-1 annex A: ESIC). */
async function noteExtension(changes: ChangeSet): Promise<void> {
  const { view } = changes;
  const catalog = dictOf(view.resolve(changes.catalogRef()));
  if (isPdf2(view, nameOf(catalog?.entries.get("Version")))) return;
  const extensions = catalog?.entries.get("Extensions");
  const dict = dictOf(await view.fetch(extensions));
  const level = countOf(dictOf(await view.fetch(dict?.entries.get("ESIC")))?.entries.get("ExtensionLevel")) ?? 0;
  if (level >= EXTENSION_LEVEL) return;
  const note = new Map([["ESIC", [`<< /BaseVersion /1.7 /ExtensionLevel ${EXTENSION_LEVEL} >>`]]]);
  const own = refOf(extensions);
  if (own !== undefined && dict !== undefined) changes.edit(own, note);
  else {
    const text = dict === undefined ? NO_ENTRIES : rawValue(changes.raw(changes.catalogRef()), "Extensions", changes.depth);
    changes.editCatalog(new Map([["Extensions", editDict(text, note, changes.depth)]]));
  }
}

function isPdf2(view: View, stated: string | undefined): boolean {
  return Number.parseFloat(stated ?? "0") >= 2 || latin1(view.file.bytes, 5, 8) >= "2";
}

const NO_ENTRIES: RawObject = { source: fromLatin1("<< >>"), at: 0 };
const EXTENSION_LEVEL = 2;
