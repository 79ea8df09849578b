import { textOf, type Field } from "../pdf/fields.ts";
import type { View } from "../pdf/file.ts";
import { catalogOf } from "../pdf/page-tree.ts";
import { countOf, dictOf, itemsOf, nameOf, stringOf, type PdfDict } from "../pdf/value.ts";
import type { Permissions } from "./difference.ts";

/**
 * What the signatures of a revision allow to follow them: DocMDP from the certification, FieldMDP from any signature, and what the lock of a
 * signed field says besides (ISO 32000-2 table 236), whether its signature repeats that or not. Of several levels the strictest holds.
 */
export function permissionsOf(view: View, fields: readonly Field[]): Permissions {
  const certification = dictOf(view.resolve(dictOf(view.resolve(catalogOf(view)?.entries.get("Perms")))?.entries.get("DocMDP")));
  const certified = certification === undefined ? [] : transforms(view, certification, "DocMDP").slice(0, 1).map((parameters) => countOf(parameters.entries.get("P")) ?? 2);
  const signed = fields.flatMap((field) => {
    const signature = dictOf(view.resolve(field.value));
    return field.type === "Sig" && signature !== undefined ? [{ signature, lock: dictOf(view.resolve(field.dict.entries.get("Lock"))) }] : [];
  });
  const ownLocks = signed.flatMap(({ lock }) => lock ?? []);
  const locks = [...signed.flatMap(({ signature }) => transforms(view, signature, "FieldMDP")), ...ownLocks].map((parameters) => lockOf(view, parameters));
  const levels = [...certified, ...ownLocks.flatMap((lock) => countOf(view.resolve(lock.entries.get("P"))) ?? [])].map((level) => (level === 1 || level === 3 ? level : 2));
  return { certified: levels.toSorted((one, other) => one - other)[0], isLocked: (name) => locks.some((lock) => lock(name)) };
}

/** The TransformParams of a signature's references with the given method (ISO 32000-2 table 256). */
function transforms(view: View, signature: PdfDict, method: string): PdfDict[] {
  return (itemsOf(view.resolve(signature.entries.get("Reference"))) ?? []).flatMap((item) => {
    const reference = dictOf(view.resolve(item));
    const parameters = dictOf(view.resolve(reference?.entries.get("TransformParams")));
    return nameOf(reference?.entries.get("TransformMethod")) === method && parameters !== undefined ? [parameters] : [];
  });
}

/** ISO 32000-2 table 259; a name in the list covers the fields below it too. */
function lockOf(view: View, parameters: PdfDict): (name: string) => boolean {
  const names = (itemsOf(view.resolve(parameters.entries.get("Fields"))) ?? []).flatMap((item) => stringOf(view.resolve(item)) ?? []).map(textOf);
  const isListed = (name: string): boolean => names.some((listed) => name === listed || name.startsWith(`${listed}.`));
  switch (nameOf(parameters.entries.get("Action"))) {
    case "Include":
      return isListed;
    case "Exclude":
      return (name) => !isListed(name);
    default:
      return () => true;
  }
}
