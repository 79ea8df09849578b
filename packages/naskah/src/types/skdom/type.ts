import { z } from "zod";
import { localDate, tanggalPanjang } from "../../date.ts";
import { plainLine } from "../../document.ts";
import { defineLetterType } from "../../letter-type.ts";
import { paragraph } from "../../passage.ts";
import type { Passage } from "../../passage.ts";

const nik = z.string().regex(/^\d{16}$/, "harus 16 angka");

/** Surat Keterangan Domisili of a village: says that a citizen lives where the village register has them. */
export const keteranganDomisili = defineLetterType({
  code: "SKDOM",
  title: "Surat Keterangan Domisili",
  purpose: { id: "Keterangan desa bahwa seseorang berdomisili di alamatnya.", en: "The village states that somebody lives at an address." },
  family: "judul",
  level: "desa",
  fields: z.strictObject({
    nama: plainLine(100).meta({ title: "Nama lengkap" }),
    nik: nik.meta({ title: "NIK" }),
    kk: nik.meta({ title: "Nomor KK" }),
    tempatLahir: plainLine(60).meta({ title: "Tempat lahir" }),
    tanggalLahir: localDate.meta({ title: "Tanggal lahir" }),
    jenisKelamin: z.enum(["Laki-laki", "Perempuan"]).meta({ title: "Jenis kelamin" }),
    agama: plainLine(40).meta({ title: "Agama" }),
    statusPerkawinan: z.enum(["Belum kawin", "Kawin", "Cerai hidup", "Cerai mati"]).meta({ title: "Status perkawinan" }),
    pekerjaan: plainLine(80).meta({ title: "Pekerjaan" }),
    kewarganegaraan: plainLine(40).meta({ title: "Kewarganegaraan" }),
    alamat: plainLine(240).meta({ title: "Alamat" }),
    sejak: localDate.nullable().meta({ title: "Berdomisili sejak" }),
    pengantar: z
      .strictObject({ dari: plainLine(60).meta({ title: "Dari" }), nomor: plainLine(60).meta({ title: "Nomor" }), tanggal: localDate.meta({ title: "Tanggal" }) })
      .nullable()
      .meta({ title: "Surat pengantar RT" }),
    keperluan: plainLine(160).meta({ title: "Keperluan" }),
    berlakuSampai: localDate.meta({ title: "Berlaku sampai" }),
  }),
  blank: {
    nama: "",
    nik: "",
    kk: "",
    tempatLahir: "",
    tanggalLahir: "",
    jenisKelamin: "Laki-laki",
    agama: "",
    statusPerkawinan: "Belum kawin",
    pekerjaan: "",
    kewarganegaraan: "Indonesia",
    alamat: "",
    sejak: null,
    pengantar: null,
    keperluan: "",
    berlakuSampai: "",
  },
  parts: { hal: "none", yth: "none", tempat: "none", lampiran: "none", sifat: "none", body: "none", tembusan: "none" },
  number: "{klasifikasi}/{urut:3}/{unit}/{tahun}",
  classification: "400.12.2.1",
  // NIK and family card stand on it in full (UU 27/2022): not for every desk.
  access: "T",
  approval: [
    { kind: "paraf", by: "operator_desa" },
    { kind: "paraf", by: "sekdes" },
    { kind: "sign", by: "kades" },
  ],
  mayApproveOwn: true,
  // The name only: NIK never appears in a list, a file name or PDF metadata.
  subject: (fields) => `Surat Keterangan Domisili ${fields.nama}`,
  compose: (fields, input): readonly Passage[] => [
    paragraph(`Yang bertanda tangan di bawah ini ${input.signature.title}, ${input.profile.wilayah}, menerangkan dengan sesungguhnya bahwa:`),
    {
      type: "particulars",
      style: "identitas",
      rows: [
        { label: "Nama lengkap", value: fields.nama.toUpperCase(), strong: true },
        { label: "NIK", value: fields.nik },
        { label: "Nomor KK", value: fields.kk },
        { label: "Tempat, tanggal lahir", value: `${fields.tempatLahir}, ${tanggalPanjang(fields.tanggalLahir)}` },
        { label: "Jenis kelamin", value: fields.jenisKelamin },
        { label: "Agama", value: fields.agama },
        { label: "Status perkawinan", value: fields.statusPerkawinan },
        { label: "Pekerjaan", value: fields.pekerjaan },
        { label: "Kewarganegaraan", value: fields.kewarganegaraan },
        { label: "Alamat", value: fields.alamat },
      ],
    },
    paragraph(
      `${fields.pengantar === null ? "Berdasarkan" : `Berdasarkan surat pengantar ${fields.pengantar.dari} Nomor ${fields.pengantar.nomor} tanggal ${tanggalPanjang(fields.pengantar.tanggal)} dan`} data kependudukan desa, orang tersebut di atas benar penduduk yang berdomisili di alamat dimaksud${fields.sejak === null ? "" : ` sejak tanggal ${tanggalPanjang(fields.sejak)}`}.`,
    ),
    paragraph("Surat keterangan ini dipergunakan untuk keperluan: ", [fields.keperluan], "."),
    paragraph(`Surat keterangan ini berlaku sampai dengan tanggal ${tanggalPanjang(fields.berlakuSampai)}.`),
    paragraph("Demikian surat keterangan ini dibuat dengan sebenarnya untuk dapat dipergunakan sebagaimana mestinya."),
  ],
  present: (fields) => ({ holder: fields.nama }),
});
