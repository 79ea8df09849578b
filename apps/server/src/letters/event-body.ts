import { refusals, refusalSentence, shortfall, shortfallWords, type RefusalCode } from "@lontar/contract";
import { monthNames } from "../kernel/month-names.ts";
import { writtenNumber } from "./numbers.ts";

/** What an event carries; erased bodies are `null`. */
export type EventBody = Readonly<Record<string, unknown>>;

/** What one language says of an event: the act, after the doer's name, and why if a reason was given. */
export type Telling = { readonly sentence: string; readonly reason: string };

/** Says an event in one language. */
export type Teller = (body: EventBody) => Telling;

/** What stands at a path of a body; undefined where there is nothing. */
export const at = (body: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? new Map<string, unknown>(Object.entries(value)).get(key) : undefined), body);

/** The words or the number at a path; empty where there is neither. */
export const text = (body: EventBody, ...path: string[]): string => {
  const value = at(body, path);
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
};

/** The list under a key; empty where there is none. */
export const list = (body: EventBody, key: string): readonly unknown[] => {
  const value = at(body, [key]);
  return Array.isArray(value) ? value : [];
};

/** A sentence with its reason. */
export const told = (sentence: string, reason = ""): Telling => ({ sentence, reason });

/** A sentence that needs nothing of the body. */
export const plain = (sentence: string): Teller => () => told(sentence);

/** The agenda number as it is written. */
export const agenda = (body: EventBody): string => {
  const n = at(body, ["agenda"]);
  return typeof n === "number" ? writtenNumber(n) : "";
};

/** The receivers of a disposisi, the responsible post first; of many the first two and how many more. */
export const receivers = (body: EventBody, words: { readonly responsible: string; readonly more: (count: number) => string }): string => {
  const titles = list(body, "to").map((receiver) => ({ title: String(at(receiver, ["title"]) ?? ""), responsible: at(receiver, ["responsible"]) === true }));
  const first = titles.filter((receiver) => receiver.responsible).map((receiver) => `${receiver.title} (${words.responsible})`);
  const names = [...first, ...titles.filter((receiver) => !receiver.responsible).map((receiver) => receiver.title)];
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")}, ${words.more(names.length - 2)}`;
};

const noDay = { id: "waktu yang tidak tercatat", en: "a time that is not recorded" } as const;

/** A day in words; of a time far off the zone makes no difference that anybody asks for. */
export const day = (instant: string, language: "id" | "en"): string =>
  /^\d{4}-\d\d-\d\d/.test(instant) ? `${Number(instant.slice(8, 10))} ${monthNames[language][Number(instant.slice(5, 7)) - 1]} ${instant.slice(0, 4)}` : noDay[language];

const isRefusal = (code: string): code is RefusalCode => Object.hasOwn(refusals, code);

/** The sentence of a refusal, which says who does what next; empty for a code that nobody knows. */
export const refusalOf = (code: string, language: "id" | "en"): string => (isRefusal(code) ? refusalSentence(code, language) : "");

/** What the long-term proof of a letter still lacks. */
export const lacking = (body: EventBody, language: "id" | "en"): string => {
  const lacks = shortfall.safeParse(at(body, ["file", "lacks"]));
  return lacks.success ? shortfallWords(language, lacks.data) : "";
};
