import { checkNaskah, documentSchema, naskahSchema, type LetterType, type Naskah } from "@lontar/naskah";
import { z } from "zod";
import type { Content } from "./draft.ts";
import { sifatOf } from "./print.ts";

/** One thing to mend in a text: `wajib` stops it from being submitted, `saran` does not. */
export type Problem = { readonly path: string; readonly message: string; readonly level: "wajib" | "saran" };

// The letter type speaks of printed parts, the form of its own fields.
const formNames: Readonly<Record<string, string>> = { hal: "subject", sifat: "urgency", lampiran: "attachment", yth: "to", tempat: "place", tembusan: "cc" };
const formPath = (path: string): string => path.replace(/^[a-z]+/, (part) => formNames[part] ?? part);

const json = z.json();

/** Everything that is missing or wrong in a text, in the order of the form. */
export const problemsOf = (type: LetterType, content: Content): readonly Problem[] => {
  const body = documentSchema.safeParse(content.body);
  const fields = json.safeParse(content.fields);
  if (!body.success || !fields.success) return [{ path: body.success ? "fields" : "body", message: "Isi naskah tidak dapat dibaca. Tempel ulang sebagai teks biasa.", level: "wajib" }];
  const naskah: Naskah = {
    hal: content.subject, sifat: sifatOf(type, content), lampiran: content.attachment === "" ? null : content.attachment, yth: content.to.map((recipient) => recipient.label),
    tempat: content.place === "" ? null : content.place, body: body.data, fields: fields.data, tembusan: content.cc.map((recipient) => recipient.label),
  };
  const unfiled: readonly Problem[] = content.classification === null && type.number.includes("{klasifikasi") ? [{ path: "classification", message: "Kode klasifikasi belum dipilih; nomor surat memuatnya.", level: "wajib" }] : [];
  // What the printed letter has no room for, or must not carry (marks that turn the direction of text).
  const shape = naskahSchema.safeParse(naskah);
  const unprintable = shape.success ? [] : shape.error.issues.map((issue): Problem => ({ path: formPath(issue.path.join(".")), message: issue.message, level: "wajib" }));
  return [...unfiled, ...unprintable, ...checkNaskah(type, naskah).map((problem): Problem => ({ path: formPath(problem.path), message: problem.message, level: problem.severity }))];
};

/** May this text be set at all? A draft preview needs readable fields, not a finished letter. */
export const isPrintable = (type: LetterType, content: Content): boolean => documentSchema.safeParse(content.body).success && type.fields.safeParse(content.fields).success;
