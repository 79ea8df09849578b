import { formSchema, type LetterType } from "@lontar/naskah";

/** One question of a letter type's form, as it is drawn. `isOptional` = the answer may be none. */
export type FieldShape =
  | { readonly kind: "text"; readonly name: string; readonly title: string; readonly hint: string | undefined; readonly isOptional: boolean; readonly input: "line" | "passage" | "date" | "hour" | "digits"; readonly maxLength: number | undefined }
  | { readonly kind: "choice"; readonly name: string; readonly title: string; readonly hint: string | undefined; readonly isOptional: boolean; readonly options: readonly string[] }
  | { readonly kind: "list"; readonly name: string; readonly title: string; readonly hint: string | undefined; readonly isOptional: boolean; readonly item: FieldShape; readonly most: number }
  | { readonly kind: "group"; readonly name: string; readonly title: string; readonly hint: string | undefined; readonly isOptional: boolean; readonly parts: readonly FieldShape[] };

type Raw = Readonly<Record<string, unknown>>;

const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);
const textIn = (schema: Raw, name: string): string | undefined => (typeof schema[name] === "string" ? schema[name] : undefined);
const numberIn = (schema: Raw, name: string): number | undefined => (typeof schema[name] === "number" ? schema[name] : undefined);

// What a pattern asks for is known from what it lets pass: a calendar date, an hour, digits alone.
const inputFor = (schema: Raw): "line" | "passage" | "date" | "hour" | "digits" => {
  const pattern = textIn(schema, "pattern");
  if (pattern !== undefined) {
    const allows = new RegExp(pattern, "u");
    if (allows.test("2026-11-24") && !allows.test("24 November 2026")) return "date";
    if (allows.test("09:00") && !allows.test("jam 9")) return "hour";
    if (/^\^\\d\{\d+\}\$$/.test(pattern)) return "digits";
  }
  return (numberIn(schema, "maxLength") ?? 0) > 200 ? "passage" : "line";
};

const digitsOf = (pattern: string | undefined): number | undefined => {
  const found = pattern === undefined ? null : /^\^\\d\{(\d+)\}\$$/.exec(pattern);
  return found?.[1] === undefined ? undefined : Number(found[1]);
};

const shapeOf = (name: string, given: Raw, titled?: string): FieldShape | undefined => {
  const choices = Array.isArray(given["anyOf"]) ? given["anyOf"].filter(isRaw) : [];
  const isOptional = choices.some((choice) => choice["type"] === "null");
  const schema = choices.find((choice) => choice["type"] !== "null") ?? given;
  const common = { name, title: textIn(given, "title") ?? textIn(schema, "title") ?? titled ?? name, hint: textIn(given, "description"), isOptional };
  if (Array.isArray(schema["enum"])) return { kind: "choice", ...common, options: schema["enum"].filter((option): option is string => typeof option === "string") };
  switch (schema["type"]) {
    case "string":
      return { kind: "text", ...common, input: inputFor(schema), maxLength: numberIn(schema, "maxLength") ?? digitsOf(textIn(schema, "pattern")) };
    case "array": {
      const item = isRaw(schema["items"]) ? shapeOf("", schema["items"], common.title) : undefined;
      return item === undefined ? undefined : { kind: "list", ...common, item, most: numberIn(schema, "maxItems") ?? 100 };
    }
    case "object": {
      const properties = isRaw(schema["properties"]) ? Object.entries(schema["properties"]) : [];
      return { kind: "group", ...common, parts: properties.flatMap(([part, inner]) => (isRaw(inner) ? (shapeOf(part, inner) ?? []) : [])) };
    }
    default:
      return undefined; // a kind of answer that no letter type asks for yet
  }
};

/** The form of a letter type, read from its own schema; undefined when it asks nothing beyond the common parts. */
export const formOf = (type: LetterType): Extract<FieldShape, { kind: "group" }> | undefined => {
  const shape = shapeOf("fields", formSchema(type));
  return shape?.kind === "group" && shape.parts.length > 0 ? shape : undefined;
};

/** The parts of a group with their present answers. */
export const partsOf = (shape: Extract<FieldShape, { kind: "group" }>, value: unknown): readonly { readonly part: FieldShape; readonly value: unknown }[] => shape.parts.map((part) => ({ part, value: isRaw(value) ? value[part.name] : undefined }));

/** An answer nobody has given yet. */
export const blankOf = (shape: FieldShape): unknown => {
  if (shape.isOptional) return null;
  switch (shape.kind) {
    case "text":
      return "";
    case "choice":
      return shape.options[0] ?? "";
    case "list":
      return [];
    case "group":
      return filledBlank(shape);
    default:
      throw shape satisfies never;
  }
};

/** A group with every part blank, also when the group itself could be left out. */
export const filledBlank = (shape: Extract<FieldShape, { kind: "group" }>): Readonly<Record<string, unknown>> => Object.fromEntries(shape.parts.map((part) => [part.name, blankOf(part)]));

/** A group with one part answered anew. */
export const withPart = (value: unknown, name: string, next: unknown): Readonly<Record<string, unknown>> => ({ ...(isRaw(value) ? value : {}), [name]: next });

/** A list with one answer changed, taken away (`undefined`) or put at the end. */
export const withItem = (value: unknown, index: number, next: unknown): readonly unknown[] => {
  const list = Array.isArray(value) ? value : [];
  return next === undefined ? list.filter((_, at) => at !== index) : index >= list.length ? [...list, next] : list.map((each: unknown, at) => (at === index ? next : each));
};

/** The question that a finding speaks of, in the words of the form: `Pegawai yang ditugaskan 1, NIP`. */
export const titleAt = (shape: FieldShape, path: readonly string[]): string => {
  const [first, ...rest] = path;
  if (first === undefined) return "";
  switch (shape.kind) {
    case "group": {
      const part = shape.parts.find((each) => each.name === first);
      if (part === undefined) return "";
      const inner = titleAt(part, rest);
      return part.kind === "list" ? `${part.title}${inner === "" ? "" : ` ${inner}`}` : inner === "" ? part.title : `${part.title}, ${inner}`;
    }
    case "list": {
      const inner = titleAt(shape.item, rest);
      return `${Number(first) + 1}${inner === "" ? "" : `, ${inner}`}`;
    }
    case "text":
    case "choice":
      return "";
    default:
      throw shape satisfies never;
  }
};
