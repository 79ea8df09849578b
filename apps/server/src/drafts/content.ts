import { createHash, randomBytes } from "node:crypto";
import { canonicalJson, type Json } from "@lontar/ledger";
import type { LetterType } from "@lontar/naskah";
import type { Content, Summary } from "./draft.ts";

/** SHA-256 over the one spelling of a text: two people who name the same hash have read the same words. */
export const contentHash = (content: Content): string => {
  const json: Json = JSON.parse(JSON.stringify(content));
  return createHash("sha256").update(canonicalJson(json)).digest("hex");
};

/** Deepest nesting of what a form may send; the document schema has its own limits. */
export const deepestField = 16;

/** Can this be stored and hashed? Lone surrogates and endless nesting come only from programs, never from people. */
export const isStorable = (content: Content): boolean => JSON.stringify(content).isWellFormed() && !/\\ud[89a-f]|\\u0000/i.test(JSON.stringify(content)) && depthOf(content.fields) <= deepestField;

const depthOf = (value: unknown, depth = 0): number =>
  typeof value !== "object" || value === null || depth > deepestField ? depth : Math.max(depth, ...Object.values(value).map((part) => depthOf(part, depth + 1)));

/** Subject of a text; types without a `hal` name themselves by their fields, once these are readable. */
export const subjectOf = (type: Pick<LetterType, "title" | "subject" | "fields" | "parts">, content: Content): string =>
  content.subject !== "" || type.parts.hal !== "none" ? content.subject : type.fields.safeParse(content.fields).success ? type.subject(content.fields) : type.title;

/** What lists and desks show of a text. */
export const summaryOf = (type: Pick<LetterType, "title" | "subject" | "fields" | "parts">, content: Content): Summary => ({
  subject: subjectOf(type, content), to: content.to.map((recipient) => recipient.label).join("; ").slice(0, 300), security: content.security, urgency: content.urgency,
});

/** The empty text of a type. */
export const emptyContent = (type: Pick<LetterType, "classification" | "access" | "blank">, place: string): Content => ({ subject: "", security: type.access, urgency: "biasa", classification: type.classification, attachment: "", place, to: [], cc: [], body: { type: "doc", content: [{ type: "paragraph" }] }, fields: { ...(typeof type.blank === "object" ? type.blank : {}) } });

// No 0/O, 1/I/L, U: a code is read aloud and typed from paper.
const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Letters of a verification code. */
export const codeLength = 10;

/** A verification code nobody can guess: 30^10 ≈ 5.9 · 10^14 codes. Bytes that would favour some letters are thrown away. */
export const verificationCode = (bytes: (count: number) => Uint8Array = randomBytes): string => {
  let code = "";
  while (code.length < codeLength) for (const byte of bytes(16)) if (byte < 240 && code.length < codeLength) code += alphabet[byte % alphabet.length];
  return code;
};
