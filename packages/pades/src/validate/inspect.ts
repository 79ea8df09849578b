import { DEFAULT_LIMITS, type Limits } from "../limits.ts";
import { loadFields } from "../pdf/fields.ts";
import { openPdf, type View } from "../pdf/file.ts";
import { catalogOf, pagesOf } from "../pdf/page-tree.ts";
import { countOf, dictOf, refOf } from "../pdf/value.ts";
import type { Port } from "../port.ts";
import { Unreadable } from "../unreadable.ts";

/** What an upload is told about before anything else happens to it. */
export type Inspection =
  | { readonly kind: "pdf"; readonly pages: number; readonly signatures: number; readonly isEncrypted: false }
  | { readonly kind: "encrypted"; readonly isEncrypted: true }
  | { readonly kind: "unreadable"; readonly detail: string };

/** Looks into a file without judging it: page count, signatures, encryption. Never throws for a bad file. */
export async function inspect(bytes: Uint8Array, { port, limits = DEFAULT_LIMITS }: { readonly port: Port; readonly limits?: Limits }): Promise<Inspection> {
  try {
    const view = await openPdf(bytes, port, limits);
    const fields = await loadFields(view);
    const signed = fields.filter(({ type, value }) => type === "Sig" && value !== undefined && value !== null);
    return { kind: "pdf", pages: await pageCount(view), signatures: signed.length, isEncrypted: false };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return error.reason === "encrypted" ? { kind: "encrypted", isEncrypted: true } : { kind: "unreadable", detail: error.message };
  }
}

/** The number the page tree's root states; where it states none, the pages are counted. */
async function pageCount(view: View): Promise<number> {
  const catalog = dictOf(await view.fetch(view.trailer.entries.get("Root")));
  const stated = countOf(dictOf(await view.fetch(refOf(catalog?.entries.get("Pages"))))?.entries.get("Count"));
  if (stated !== undefined) return stated;
  await view.loadAll();
  return catalogOf(view) === undefined ? 0 : pagesOf(view).length;
}
