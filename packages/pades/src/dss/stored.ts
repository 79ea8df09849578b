import { latin1 } from "../bytes.ts";
import { parseSignedData, type SignedData } from "../cms/signed-data.ts";
import { CMS_OID } from "../der/oid.ts";
import { encoded, Malformed } from "../der/read.ts";
import { loadFields } from "../pdf/fields.ts";
import type { View } from "../pdf/file.ts";
import { countOf, dictOf, itemsOf, nameOf, stringOf, type PdfDict } from "../pdf/value.ts";

/** A signature or document time-stamp of the document, its CMS read but not judged. */
export type Signed = {
  readonly isTimestamp: boolean;
  readonly contents: Uint8Array;
  readonly cms: SignedData;
  /** Where what it covers ends. */
  readonly end: number;
};

/** The document's signatures in the order of its fields; what is no CMS is left out. */
export async function signedIn(view: View): Promise<Signed[]> {
  const found: Signed[] = [];
  for (const field of await loadFields(view)) {
    const dict = field.type === "Sig" ? dictOf(await view.fetch(field.value)) : undefined;
    const contents = stringOf(await view.fetch(dict?.entries.get("Contents")))?.bytes;
    if (dict === undefined || contents === undefined) continue;
    const cms = readable(contents);
    const [, , after = 0, length = 0] = (itemsOf(await view.fetch(dict.entries.get("ByteRange"))) ?? []).map((item) => countOf(item));
    if (cms !== undefined) found.push({ isTimestamp: nameOf(dict.entries.get("SubFilter")) === "ETSI.RFC3161", contents, cms, end: after + length });
  }
  return found;
}

function readable(contents: Uint8Array): SignedData | undefined {
  try {
    return parseSignedData(contents);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** The signature time-stamps that a signature carries (EN 319 122-1 §5.3); one that is no CMS is left out. */
export function timestampsIn(cms: SignedData): SignedData[] {
  const values = cms.signer.unsignedAttributes.filter(({ oid }) => oid === CMS_OID.signatureTimestamp).flatMap((attribute) => attribute.values);
  return values.flatMap((value) => readable(encoded(value)) ?? []);
}

/** The three arrays of a document security store (ISO 32000-2 §12.8.4.3). */
export type StoreKey = "Certs" | "OCSPs" | "CRLs";

/** The document's security store as it stands: the bytes of every stream, and which reference leads to them. */
export type Store = { readonly dict: PdfDict | undefined; readonly references: ReadonlyMap<string, string>; readonly values: Readonly<Record<StoreKey, readonly Uint8Array[]>> };

/** Reads the store; a stream that cannot be decoded is passed over. */
export async function storeOf(view: View): Promise<Store> {
  const catalog = dictOf(await view.fetch(view.trailer.entries.get("Root")));
  const dict = dictOf(await view.fetch(catalog?.entries.get("DSS")));
  const references = new Map<string, string>();
  const values: Record<StoreKey, Uint8Array[]> = { Certs: [], OCSPs: [], CRLs: [] };
  for (const key of STORE_KEYS) {
    for (const item of (itemsOf(await view.fetch(dict?.entries.get(key))) ?? []).slice(0, MAX_STORED)) {
      const stream = await view.fetch(item);
      if (stream === null || typeof stream !== "object" || stream.type !== "stream") continue;
      const data = await view.file.decode(stream);
      if (data === undefined) continue;
      values[key].push(data);
      if (typeof item === "object" && item?.type === "ref") references.set(latin1(data), `${item.number} ${item.generation} R`);
    }
  }
  return { dict, references, values };
}

/** The arrays in the order in which they are written. */
export const STORE_KEYS = ["Certs", "OCSPs", "CRLs"] as const satisfies readonly StoreKey[];

const MAX_STORED = 1_000;
