/** What is wrong or unusual in a draft, said to its author while there is time. Pure, and the same in browser and server. */
import { z } from "zod";
import { documentSchema, plainText } from "./document.ts";
import { missingGlyphs, missingGlyphsIn } from "./glyphs.ts";
import type { LetterParts, LetterType } from "./letter-type.ts";
import type { Naskah } from "./naskah.ts";

/** One finding. `wajib` must be mended before the draft goes up; `saran` may stay. */
export type Problem = { readonly path: string; readonly severity: "wajib" | "saran"; readonly message: string };

/** A subject wraps to five lines of 63 mm beside the addressee; more pushes the letter apart. */
export const halLimit = 150;

const parts: readonly { readonly part: keyof LetterParts; readonly missing: string; readonly unused: string }[] = [
  { part: "hal", missing: "Hal belum diisi.", unused: "Jenis naskah ini tidak mencetak hal." },
  { part: "yth", missing: "Tujuan (Yth.) belum diisi.", unused: "Jenis naskah ini tidak mencetak tujuan." },
  { part: "tempat", missing: "Tempat tujuan belum diisi.", unused: "Jenis naskah ini tidak mencetak tempat tujuan." },
  { part: "sifat", missing: "Sifat belum dipilih.", unused: "Jenis naskah ini tidak mencetak sifat." },
  { part: "lampiran", missing: "Lampiran belum diisi.", unused: "Jenis naskah ini tidak mencetak baris lampiran." },
  { part: "tembusan", missing: "Tembusan belum diisi.", unused: "Jenis naskah ini tidak mencetak tembusan." },
  { part: "body", missing: "Isi naskah masih kosong.", unused: "Jenis naskah ini tidak mencetak isi tambahan." },
];

/** Every finding on a draft, in the order of the form. An empty list means it can be sent up. */
export function checkNaskah(type: LetterType, content: Naskah): readonly Problem[] {
  return [...checkParts(type, content), ...checkHal(content), ...checkPeople(content), ...checkLampiran(content), ...checkBody(type, content), ...checkFields(type, content), ...checkGlyphs(content)];
}

function checkParts(type: LetterType, content: Naskah): readonly Problem[] {
  const filled: Record<keyof LetterParts, boolean> = {
    hal: content.hal !== "",
    yth: content.yth.some((line) => line !== ""),
    tempat: content.tempat !== null && content.tempat !== "",
    sifat: content.sifat !== null && content.sifat !== "",
    lampiran: content.lampiran !== null && content.lampiran !== "",
    tembusan: content.tembusan.some((line) => line !== ""),
    body: plainText(content.body) !== "",
  };
  return parts.flatMap(({ part, missing, unused }): readonly Problem[] => {
    const use = type.parts[part];
    if (use === "required" && !filled[part]) return [{ path: part, severity: "wajib", message: missing }];
    if (use === "none" && filled[part]) return [{ path: part, severity: "saran", message: unused }];
    return [];
  });
}

function checkHal({ hal }: Naskah): readonly Problem[] {
  const problems: Problem[] = [];
  if (hal.endsWith(".")) problems.push({ path: "hal", severity: "saran", message: "Hal tidak diakhiri tanda titik." });
  if (hal.length > halLimit) problems.push({ path: "hal", severity: "saran", message: `Hal terlalu panjang: ${hal.length} huruf, sebaiknya paling banyak ${halLimit} huruf (lima baris).` });
  if (hal.length > 12 && hal === hal.toUpperCase() && hal !== hal.toLowerCase()) problems.push({ path: "hal", severity: "saran", message: "Hal ditulis dengan huruf kecil biasa, tidak seluruhnya huruf kapital." });
  return problems;
}

function checkPeople(content: Naskah): readonly Problem[] {
  const lists = [
    { path: "yth", lines: content.yth },
    { path: "tembusan", lines: content.tembusan },
  ];
  return lists.flatMap(({ path, lines }) =>
    lines.flatMap((line, index): readonly Problem[] => {
      const at = `${path}.${index}`;
      if (line === "") return [{ path: at, severity: "wajib", message: "Baris ini kosong: isi atau hapus." }];
      if (/^(yth\b|kepada\b)/i.test(line)) return [{ path: at, severity: "saran", message: "Tulis jabatan atau nama saja; kata “Yth.” dicetak sendiri." }];
      if (lines.indexOf(line) !== index) return [{ path: at, severity: "saran", message: "Tertulis dua kali." }];
      return [];
    }),
  );
}

function checkLampiran({ lampiran }: Naskah): readonly Problem[] {
  if (lampiran === null || lampiran === "" || lampiran === "-" || /^\d+ \([a-z ]+\) \p{L}+/u.test(lampiran)) return [];
  return [{ path: "lampiran", severity: "saran", message: "Tulis jumlah lampiran dengan angka dan huruf, misalnya “1 (satu) berkas”." }];
}

function checkBody(type: LetterType, content: Naskah): readonly Problem[] {
  const parsed = documentSchema.safeParse(content.body);
  if (!parsed.success) return parsed.error.issues.map((issue) => ({ path: ["body", ...issue.path].join("."), severity: "wajib", message: `${issue.message}.` }));
  if (type.parts.body === "required" && content.body.content.at(-1)?.type === "table") {
    return [{ path: "body", severity: "saran", message: "Naskah berakhir dengan tabel; tambahkan kalimat penutup agar tanda tangan tidak terpisah dari isi." }];
  }
  return [];
}

const indonesian = z.locales.id().localeError;

function checkFields(type: LetterType, content: Naskah): readonly Problem[] {
  const parsed = type.fields.safeParse(content.fields, { error: indonesian });
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({ path: ["fields", ...issue.path].join("."), severity: "wajib", message: sentence(issue.message) }));
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;

function checkGlyphs(content: Naskah): readonly Problem[] {
  const places: readonly (readonly [string, readonly string[]])[] = [
    ["hal", missingGlyphs(content.hal)],
    ...content.yth.map((line, index) => [`yth.${index}`, missingGlyphs(line)] as const),
    ["tempat", missingGlyphs(content.tempat ?? "")],
    ["body", missingGlyphs(plainText(content.body))],
    ["fields", missingGlyphsIn(content.fields)],
    ...content.tembusan.map((line, index) => [`tembusan.${index}`, missingGlyphs(line)] as const),
  ];
  return places.flatMap(([path, letters]): readonly Problem[] =>
    letters.length === 0 ? [] : [{ path, severity: "wajib", message: `Huruf ${letters.slice(0, 8).join(" ")} tidak dapat dicetak pada naskah dinas; ganti dengan huruf lain.` }],
  );
}
