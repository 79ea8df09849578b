import { formSchema, letterType } from "@lontar/naskah";

/** One question that the counter asks, read from the letter type's own schema. */
export type Question = { readonly name: string; readonly title: string; readonly kind: "text" | "date" | "digits" | "choice"; readonly options: readonly string[]; readonly isOptional: boolean; readonly maxLength: number | undefined };

type Raw = Readonly<Record<string, unknown>>;
const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

const questionOf = (name: string, given: Raw): Question | undefined => {
  const choices = Array.isArray(given["anyOf"]) ? given["anyOf"].filter(isRaw) : [];
  const schema = choices.find((choice) => choice["type"] !== "null") ?? given;
  const title = typeof given["title"] === "string" ? given["title"] : typeof schema["title"] === "string" ? schema["title"] : name;
  const common = { name, title, isOptional: choices.some((choice) => choice["type"] === "null"), maxLength: typeof schema["maxLength"] === "number" ? schema["maxLength"] : undefined };
  if (Array.isArray(schema["enum"])) return { ...common, kind: "choice", options: schema["enum"].filter((option): option is string => typeof option === "string") };
  if (schema["type"] !== "string") return undefined; // groups are filled in at the desk, when the letter is written
  const pattern = typeof schema["pattern"] === "string" ? new RegExp(schema["pattern"], "u") : undefined;
  const kind = schema["format"] === "date" || (pattern?.test("2026-11-24") === true && !pattern.test("x")) ? "date" : pattern?.test("6409014501900001") === true && !pattern.test("x") ? "digits" : "text";
  return { ...common, kind, options: [], maxLength: kind === "digits" ? 16 : common.maxLength };
};

/** The questions of a service, in the order of its letter. */
export const questionsOf = (code: string): readonly Question[] => {
  const type = letterType(code);
  const properties = type === undefined ? undefined : formSchema(type)["properties"];
  return isRaw(properties) ? Object.entries(properties).flatMap(([name, schema]) => (isRaw(schema) ? (questionOf(name, schema) ?? []) : [])) : [];
};

/** Blank answers of a service; what a date "berlaku sampai" asks is one month from today, as the rule says. */
export const blankAnswers = (code: string, inOneMonth: string): Readonly<Record<string, unknown>> => {
  const blank = letterType(code)?.blank;
  return isRaw(blank) ? Object.fromEntries(Object.entries(blank).map(([name, value]) => [name, name === "berlakuSampai" ? inOneMonth : value])) : {};
};

/** Sentences for the answers that the letter would refuse, by question. */
export const faultsOf = (code: string, answers: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> => {
  const parsed = letterType(code)?.fields.safeParse(answers);
  return new Map(parsed === undefined || parsed.success ? [] : parsed.error.issues.map((issue) => [String(issue.path[0] ?? ""), issue.message]));
};
