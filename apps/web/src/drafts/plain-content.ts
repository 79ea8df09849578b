import { plainText } from "@lontar/naskah";
import type { Content } from "./draft-view.ts";
import { readDocument } from "./document-shape.ts";
import { partsOf, type FieldShape } from "./field-form.ts";

/** The words by which a plain text names its parts. */
export type PartNames = { readonly subject: string; readonly to: string; readonly cc: string; readonly attachment: string; readonly place: string; readonly urgency: string; readonly security: string; readonly classification: string; readonly onBehalf: string; readonly urgencies: Readonly<Record<Content["urgency"], string>>; readonly securities: Readonly<Record<Content["security"], string>> };

/** Everything a naskah says, as lines of plain text that can be compared: the named parts first, then the answers of its form, then its body. */
export const plainContent = (content: Content, shape: FieldShape | undefined, names: PartNames): string => {
  const line = (name: string, value: string): readonly string[] => (value.trim() === "" ? [] : [`${name}: ${value}`]);
  return [
    ...line(names.subject, content.subject),
    ...content.to.map((each) => `${names.to}: ${each.label}`),
    ...line(names.place, content.place),
    ...line(names.attachment, content.attachment),
    ...line(names.urgency, names.urgencies[content.urgency]),
    ...line(names.security, names.securities[content.security]),
    ...line(names.classification, content.classification ?? ""),
    ...(content.onBehalf === true ? [names.onBehalf] : []),
    ...(shape === undefined ? [] : answers(shape, content.fields)),
    plainText(readDocument(content.body)),
    ...content.cc.map((each) => `${names.cc}: ${each.label}`),
  ].join("\n");
};

const answers = (shape: FieldShape, value: unknown): readonly string[] => {
  if (value === null || value === undefined || value === "") return [];
  switch (shape.kind) {
    case "group":
      return partsOf(shape, value).flatMap(({ part, value: inner }) => answers(part, inner));
    case "list":
      return Array.isArray(value) ? value.flatMap((each, index) => (shape.item.kind === "group" ? [`${shape.title} ${index + 1}: ${answers(shape.item, each).join("; ")}`] : [`${shape.title} ${index + 1}: ${String(each)}`])) : [];
    case "text":
    case "choice":
      return [`${shape.title}: ${String(value)}`];
    default:
      throw shape satisfies never;
  }
};
