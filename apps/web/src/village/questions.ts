import { formSchema, letterType } from "@lontar/naskah";
import { isDay } from "../kernel/days.ts";
import { monthsLater, outOfBounds } from "../ui/month.ts";

/** One question with one answer, read from the letter type's own schema. `path` is its place in the form: `nama`, or `pengantar.nomor`. */
export type Question = { readonly path: string; readonly title: string; readonly kind: "text" | "date" | "digits" | "choice"; readonly options: readonly string[]; readonly isOptional: boolean; readonly maxLength: number | undefined };

/** Questions that belong together and may not apply at all, such as a letter of the RT. */
export type QuestionGroup = { readonly path: string; readonly title: string; readonly kind: "group"; readonly parts: readonly Question[] };

/** What a form holds: texts, nothing, and groups of these. */
export type Answers = Readonly<Record<string, unknown>>;

type Raw = Readonly<Record<string, unknown>>;
const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

const questionOf = (path: string, given: Raw): Question | QuestionGroup | undefined => {
  const choices = Array.isArray(given["anyOf"]) ? given["anyOf"].filter(isRaw) : [];
  const schema = choices.find((choice) => choice["type"] !== "null") ?? given;
  const title = typeof given["title"] === "string" ? given["title"] : typeof schema["title"] === "string" ? schema["title"] : path;
  const common = { path, title, isOptional: choices.some((choice) => choice["type"] === "null"), maxLength: typeof schema["maxLength"] === "number" ? schema["maxLength"] : undefined };
  if (Array.isArray(schema["enum"])) return { ...common, kind: "choice", options: schema["enum"].filter((option): option is string => typeof option === "string") };
  if (schema["type"] === "object" && isRaw(schema["properties"])) {
    const parts = Object.entries(schema["properties"]).flatMap(([name, part]) => (isRaw(part) ? (questionOf(`${path}.${name}`, part) ?? []) : []));
    return { path, title, kind: "group", parts: parts.filter((part) => part.kind !== "group") };
  }
  if (schema["type"] !== "string") return undefined; // lists are filled in at the desk, when the letter is written
  const pattern = typeof schema["pattern"] === "string" ? new RegExp(schema["pattern"], "u") : undefined;
  const kind = schema["format"] === "date" || (pattern?.test("2026-11-24") === true && !pattern.test("x")) ? "date" : pattern?.test("6409014501900001") === true && !pattern.test("x") ? "digits" : "text";
  return { ...common, kind, options: [], maxLength: kind === "digits" ? 16 : common.maxLength };
};

/** The questions of a service, in the order of its letter. */
export const questionsOf = (code: string): readonly (Question | QuestionGroup)[] => {
  const type = letterType(code);
  const properties = type === undefined ? undefined : formSchema(type)["properties"];
  return isRaw(properties) ? Object.entries(properties).flatMap(([name, schema]) => (isRaw(schema) ? (questionOf(name, schema) ?? []) : [])) : [];
};

/** Blank answers of a service; what a date "berlaku sampai" asks is one month from today, as the rule says. */
export const blankAnswers = (code: string, inOneMonth: string): Answers => {
  const blank = letterType(code)?.blank;
  return isRaw(blank) ? Object.fromEntries(Object.entries(blank).map(([name, value]) => [name, name === "berlakuSampai" ? inOneMonth : value])) : {};
};

/** The answer at a path, or undefined. */
export const answerAt = (answers: Answers, path: string): unknown => path.split(".").reduce<unknown>((value, name) => (isRaw(value) ? value[name] : undefined), answers);

/** The form with one answer changed; a path inside a group changes that part alone. */
export const withAnswer = (answers: Answers, path: string, answer: unknown): Answers => {
  const [name = "", ...rest] = path.split(".");
  const inner = answers[name];
  return { ...answers, [name]: rest.length === 0 ? answer : withAnswer(isRaw(inner) ? inner : {}, rest.join("."), answer) };
};

/** A group that applies, before anything was answered. */
export const blankGroup = (group: QuestionGroup): Answers => Object.fromEntries(group.parts.map((part) => [part.path.slice(group.path.length + 1), part.isOptional ? null : (part.options[0] ?? "")]));

/** Sentences for the answers that the letter would refuse, or that no calendar allows, by path, the first of each. The field of a date says its own in full. */
export const faultsOf = (code: string, answers: Answers, today: string): ReadonlyMap<string, string> => {
  const parsed = letterType(code)?.fields.safeParse(answers);
  const faults = new Map<string, string>();
  for (const issue of parsed === undefined || parsed.success ? [] : parsed.error.issues) if (!faults.has(issue.path.join("."))) faults.set(issue.path.join("."), answerAt(answers, issue.path.join(".")) === "" ? "wajib diisi" : issue.message);
  const dates = questionsOf(code).flatMap((question) => (question.kind === "group" ? question.parts : [question])).filter((question) => question.kind === "date");
  for (const { path } of dates) {
    const answer = answerAt(answers, path);
    const { min, max } = boundsOf(path, today);
    if (typeof answer === "string" && isDay(answer) && outOfBounds(answer, min, max) !== undefined && !faults.has(path)) faults.set(path, "di luar batas");
  }
  return faults;
};

/** The date one month after a day; the last of that month when it is shorter. */
export const inOneMonth = (today: string): string => monthsLater(today, 1);

/** Between which days a date can lie: nobody is born tomorrow, and nothing is good until yesterday. */
export const boundsOf = (path: string, today: string): { readonly min?: string; readonly max?: string } => (/lahir$/i.test(path) ? { min: "1900-01-01", max: today } : path.endsWith("berlakuSampai") ? { min: today } : {});
