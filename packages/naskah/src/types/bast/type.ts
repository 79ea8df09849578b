import { z } from "zod";
import { hariTanggal, localDate, tanggalPanjang } from "../../date.ts";
import { plainLine } from "../../document.ts";
import { defineLetterType } from "../../letter-type.ts";
import { paragraph } from "../../passage.ts";
import type { Passage } from "../../passage.ts";

const official = z.strictObject({
  nama: plainLine(120).meta({ title: "Nama" }),
  nip: z.string().regex(/^\d{18}$/, "NIP terdiri atas 18 angka").nullable().meta({ title: "NIP" }),
  jabatan: plainLine(200).meta({ title: "Jabatan" }),
});

const blankOfficial = { nama: "", nip: null, jabatan: "" };

/** Berita Acara Serah Terima Jabatan: what an official hands over to his successor. Lontar draws it up; its signature carries the hand-over out. */
export const beritaAcaraSerahTerima = defineLetterType({
  code: "BAST",
  title: "Berita Acara Serah Terima",
  purpose: { id: "Serah terima jabatan dan pekerjaannya kepada pengganti.", en: "Handing a post and its work over to a successor." },
  family: "judul",
  level: "kabupaten",
  forAct: "handover",
  fields: z.strictObject({
    jabatan: plainLine(200).meta({ title: "Jabatan yang diserahterimakan" }),
    mulai: localDate.meta({ title: "Berlaku mulai" }),
    dasar: plainLine(200).meta({ title: "Dasar" }),
    kesatu: official.meta({ title: "Pihak Kesatu" }),
    kedua: official.meta({ title: "Pihak Kedua" }),
    alasan: plainLine(300).nullable().meta({ title: "Alasan dibuat oleh atasan" }),
    rincian: z.array(plainLine(200)).min(1, "rincian wajib diisi").max(20).meta({ title: "Yang diserahkan" }),
    tertinggal: z.array(plainLine(300)).max(20).meta({ title: "Yang tidak dapat dipindahkan" }),
  }),
  blank: { jabatan: "", mulai: "", dasar: "", kesatu: blankOfficial, kedua: blankOfficial, alasan: null, rincian: [], tertinggal: [] },
  parts: { hal: "none", yth: "none", tempat: "none", lampiran: "none", sifat: "none", body: "none", tembusan: "none" },
  number: "{klasifikasi}/{urut:3}/{unit}/{tahun}",
  // Filed with the appointment that it carries out. It decides none itself, so that the limits of Plt. and Plh. do not reach it (`forAct`).
  classification: "800.1.3.3",
  access: "B",
  approval: [
    { kind: "paraf", by: "atasan_langsung" },
    { kind: "sign", by: "kepala" },
  ],
  // Who leaves the post hands it over himself.
  mayApproveOwn: true,
  subject: (fields) => `Serah Terima Jabatan ${fields.jabatan}`,
  compose: (fields, input): readonly Passage[] => [
    paragraph(`Pada hari ini, ${input.date === null ? tanggalPanjang(fields.mulai) : hariTanggal(input.date)}, berdasarkan ${fields.dasar}, telah dilakukan serah terima jabatan ${fields.jabatan} antara:`),
    ...party("Pihak Kesatu", fields.kesatu),
    ...party("Pihak Kedua", fields.kedua),
    paragraph(`Pihak Kesatu menyerahkan kepada Pihak Kedua, dan Pihak Kedua menerima, terhitung mulai tanggal ${tanggalPanjang(fields.mulai)}:`),
    { type: "keyed", key: "Diserahkan", items: fields.rincian, rows: [] },
    ...(fields.tertinggal.length === 0 ? [] : [{ type: "keyed", key: "Tertinggal", items: fields.tertinggal, rows: [] } as const]),
    ...(fields.alasan === null ? [] : [paragraph(`Berita acara ini dibuat oleh atasan Pihak Kesatu karena ${fields.alasan}.`)]),
    paragraph("Demikian berita acara ini dibuat untuk dipergunakan sebagaimana mestinya."),
  ],
});

function party(name: string, { nama, nip, jabatan }: z.output<typeof official>): readonly Passage[] {
  return [{ type: "particulars", style: "identitas", rows: [{ label: name, value: nama, strong: true }, ...(nip === null ? [] : [{ label: "NIP", value: nip }]), { label: "Jabatan", value: jabatan }] }];
}
