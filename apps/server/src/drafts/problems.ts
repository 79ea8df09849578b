import { documentSchema, plainText, type LetterType } from "@lontar/naskah";
import type { Content } from "./draft.ts";

/** One thing to mend in a text: `wajib` stops it from being submitted, `saran` does not. */
export type Problem = { readonly path: string; readonly message: string; readonly level: "wajib" | "saran" };

const required = (path: string, message: string): Problem => ({ path, message, level: "wajib" });

/** Everything that is missing or wrong in a text, in the order of the form. */
export const problemsOf = (type: LetterType, content: Content): readonly Problem[] => {
  const body = documentSchema.safeParse(content.body);
  const fields = type.fields.safeParse(content.fields);
  return [
    ...(content.classification === null && type.number.includes("{klasifikasi}") ? [required("classification", "Pilih kode klasifikasi; nomor surat memuatnya.")] : []),
    ...(type.parts.hal === "required" && content.subject === "" ? [required("subject", "Isi hal surat.")] : []),
    ...(content.subject.endsWith(".") ? [{ path: "subject", message: "Hal tidak diakhiri titik.", level: "saran" } as const] : []),
    ...(type.parts.yth === "required" && content.to.length === 0 ? [required("to", "Isi paling sedikit satu penerima.")] : []),
    ...(body.success ? (type.parts.body === "required" && plainText(body.data) === "" ? [required("body", "Isi surat masih kosong.")] : []) : body.error.issues.map((issue) => required("body", issue.message))),
    ...(fields.success ? [] : fields.error.issues.map((issue) => required(`fields.${issue.path.join(".")}`, issue.message))),
  ];
};
