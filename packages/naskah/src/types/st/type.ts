import { z } from "zod";
import { plainLine } from "../../document.ts";
import type { Table, TableCell } from "../../document.ts";
import { defineLetterType } from "../../letter-type.ts";
import type { Passage } from "../../passage.ts";
import { punctuate } from "../../typography.ts";

const pegawai = z.strictObject({
  nama: plainLine(100).meta({ title: "Nama dengan gelar" }),
  nip: z.string().regex(/^\d{18}$/, "NIP terdiri atas 18 angka").nullable().meta({ title: "NIP" }),
  pangkat: plainLine(60).nullable().meta({ title: "Pangkat" }),
  golongan: plainLine(10).nullable().meta({ title: "Golongan ruang" }),
  jabatan: plainLine(120).meta({ title: "Jabatan" }),
});

type Pegawai = z.output<typeof pegawai>;

/** Surat Tugas: sends one or more officials on a task; their order is the order of rank the drafter gives. */
export const suratTugas = defineLetterType({
  code: "ST",
  title: "Surat Tugas",
  purpose: { id: "Penugasan pegawai untuk melaksanakan kegiatan tertentu.", en: "Sends officials out for a certain task." },
  family: "judul",
  level: "kabupaten",
  fields: z.strictObject({
    dasar: z.array(plainLine(600)).min(1, "dasar wajib diisi").max(12).meta({ title: "Dasar" }),
    pegawai: z.array(pegawai).min(1, "pegawai wajib diisi").max(60).meta({ title: "Pegawai yang ditugaskan" }),
    untuk: z.array(plainLine(600)).min(1, "uraian tugas wajib diisi").max(12).meta({ title: "Untuk" }),
  }),
  blank: { dasar: [], pegawai: [], untuk: [] },
  parts: { hal: "none", yth: "none", tempat: "none", lampiran: "none", sifat: "none", body: "optional", tembusan: "optional" },
  number: "{klasifikasi}/{urut:3}/{unit}/{tahun}",
  classification: "800.1.11.1",
  access: "B",
  approval: [
    { kind: "paraf", by: "atasan_langsung" },
    { kind: "paraf", by: "sekretaris" },
    { kind: "sign", by: "kepala" },
  ],
  mayApproveOwn: false,
  subject: (fields) => `Surat Tugas ${fields.pegawai[0]?.nama ?? ""}${fields.pegawai.length > 1 ? " dkk." : ""}`.trim(),
  compose: (fields, input): readonly Passage[] => [
    { type: "keyed", key: "Dasar", items: punctuate(fields.dasar, ".", ""), rows: [] },
    { type: "command", text: "MENUGASKAN:" },
    ...assigned(fields.pegawai),
    { type: "keyed", key: "Untuk", items: punctuate(fields.untuk, "."), rows: [] },
    ...input.body.content,
  ],
});

// One official stands in rows; from two on a table (a PPPK has a golongan and no pangkat).
function assigned(people: readonly Pegawai[]): readonly Passage[] {
  const [only] = people;
  if (only !== undefined && people.length === 1) {
    const rows = [
      { label: "Nama", value: only.nama },
      { label: "Pangkat/Gol.", value: rank(only) },
      { label: "NIP", value: only.nip ?? "-" },
      { label: "Jabatan", value: only.jabatan },
    ];
    return [{ type: "keyed", key: "Kepada", items: [], rows }];
  }
  const head = [["No."], ["Nama", "NIP"], ["Pangkat", "(Gol. Ruang)"], ["Jabatan"]].map((lines, index) => cell("tableHeader", lines, index));
  const body = people.map((person, index) => ({
    type: "tableRow" as const,
    content: [[`${index + 1}`], [person.nama, person.nip ?? "-"], [person.pangkat ?? "-", ...(person.golongan === null ? [] : [`(${person.golongan})`])], [person.jabatan]].map((lines, column) => cell("tableCell", lines, column)),
  }));
  const table: Table = { type: "table", content: [{ type: "tableRow", content: head }, ...body] };
  return [{ type: "keyed", key: "Kepada", items: [], rows: [] }, { type: "listing", table }];
}

const rank = (person: Pegawai): string => [person.pangkat ?? "-", ...(person.golongan === null ? [] : [`(${person.golongan})`])].join(" ");

// Column widths in millimetres, as measured on the reference letter.
const widths = [10, 52, 47, 56] as const;

function cell(type: TableCell["type"], lines: readonly string[], column: number): TableCell {
  const content = lines.flatMap((text, index) => (index === 0 ? [{ type: "text" as const, text }] : [{ type: "hardBreak" as const }, { type: "text" as const, text }]));
  return { type, attrs: { colwidth: [widths[column] ?? 10] }, content: [{ type: "paragraph", content }] };
}
