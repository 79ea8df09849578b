import type { View } from "./file.ts";
import { countOf, dictOf, itemsOf, nameOf, refOf, type PdfDict, type PdfRef, type PdfValue } from "./value.ts";

/** The document catalog, if the trailer leads to one. */
export function catalogOf(view: View): PdfDict | undefined {
  return dictOf(view.resolve(view.trailer.entries.get("Root")));
}

/** One page as the page tree lists it. */
export type Page = { readonly ref: PdfRef; readonly dict: PdfDict };

/**
 * The pages in order (ISO 32000-2 §7.7.3). Everything must be loaded. A node met twice is not entered again, so that a
 * circular tree ends; a kid that is not an indirect dictionary is left out.
 */
export function pagesOf(view: View): Page[] {
  const pages: Page[] = [];
  const seen = new Set<number>();
  const waiting: PdfValue[] = [catalogOf(view)?.entries.get("Pages") ?? null];
  while (waiting.length > 0 && seen.size < view.file.limits.treeNodes) {
    const ref = refOf(waiting.pop());
    if (ref === undefined || seen.has(ref.number)) continue;
    seen.add(ref.number);
    const dict = dictOf(view.resolve(ref));
    const kids = itemsOf(view.resolve(dict?.entries.get("Kids")));
    if (dict !== undefined && kids !== undefined) for (let k = kids.length - 1; k >= 0; k--) waiting.push(kids[k] ?? null);
    else if (dict !== undefined) pages.push({ ref, dict });
  }
  return pages;
}

/** The first page, loading only what the way to it takes. */
export async function firstPage(view: View): Promise<PdfRef | undefined> {
  const catalog = dictOf(await view.fetch(view.trailer.entries.get("Root")));
  let ref = refOf(catalog?.entries.get("Pages"));
  for (let depth = 0; ref !== undefined && depth < view.file.limits.depth; depth++) {
    const node = dictOf(await view.fetch(ref));
    const kids = itemsOf(await view.fetch(node?.entries.get("Kids")));
    if (kids === undefined) return node !== undefined && nameOf(node.entries.get("Type")) !== "Pages" ? ref : undefined;
    ref = refOf(await firstNonEmpty(view, kids));
  }
  return undefined;
}

async function firstNonEmpty(view: View, kids: readonly PdfValue[]): Promise<PdfValue | undefined> {
  for (const kid of kids) {
    const dict = dictOf(await view.fetch(kid));
    if (dict !== undefined && countOf(dict.entries.get("Count")) !== 0) return kid;
  }
  return undefined;
}
