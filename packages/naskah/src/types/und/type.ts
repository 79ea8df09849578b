import { z } from "zod";
import { clockTime, hariTanggal, localDate, pukul } from "../../date.ts";
import { plainLine } from "../../document.ts";
import type { Block } from "../../document.ts";
import { defineLetterType } from "../../letter-type.ts";
import type { Passage } from "../../passage.ts";
import { punctuate } from "../../typography.ts";

/** Surat Undangan: calls people to an event; hour and place stand apart from the text so that nobody overlooks them. */
export const suratUndangan = defineLetterType({
  code: "UND",
  title: "Surat Undangan",
  purpose: { id: "Undangan rapat atau acara kedinasan.", en: "An invitation to an official meeting or event." },
  family: "surat",
  level: "kabupaten",
  fields: z.strictObject({
    tanggal: localDate.meta({ title: "Hari, tanggal" }),
    mulai: clockTime.meta({ title: "Mulai pukul" }),
    selesai: clockTime.nullable().meta({ title: "Sampai pukul", description: "Kosong berarti sampai dengan selesai." }),
    tempat: plainLine(240).meta({ title: "Tempat acara" }),
    acara: plainLine(240).meta({ title: "Acara" }),
  }),
  blank: { tanggal: "", mulai: "", selesai: null, tempat: "", acara: "" },
  parts: { hal: "required", yth: "required", tempat: "required", lampiran: "optional", sifat: "required", body: "required", tembusan: "optional" },
  number: "{klasifikasi}/{urut:3}/{unit}/{tahun}",
  classification: "000.1.5",
  access: "B",
  approval: [
    { kind: "paraf", by: "atasan_langsung" },
    { kind: "paraf", by: "sekretaris" },
    { kind: "sign", by: "kepala" },
  ],
  mayApproveOwn: false,
  subject: (fields) => `Undangan ${fields.acara}`,
  compose: (fields, input): readonly Passage[] => {
    const at = opening(input.body.content);
    const { zone } = input.profile;
    const hours = fields.selesai === null ? `${pukul(fields.mulai, zone)} sampai dengan selesai` : `${pukul(fields.mulai, zone)} sampai dengan ${pukul(fields.selesai, zone)}`;
    const values = punctuate([hariTanggal(fields.tanggal), hours, fields.tempat, fields.acara], ".");
    const rows = ["hari, tanggal", "pukul", "tempat", "acara"].map((label, index) => ({ label, value: values[index] ?? "" }));
    return [...input.body.content.slice(0, at), { type: "particulars", style: "acara", rows }, ...input.body.content.slice(at)];
  },
});

// The particulars follow the sentence that announces them ("… untuk hadir pada:"), or the first paragraph.
function opening(blocks: readonly Block[]): number {
  const announcing = blocks.findIndex((block) => block.type === "paragraph" && (block.content ?? []).map((child) => (child.type === "text" ? child.text : "")).join("").trimEnd().endsWith(":"));
  return (announcing === -1 ? 0 : announcing) + 1;
}
