import { z } from "zod";
import { defineLetterType } from "../../letter-type.ts";

/** Nota Dinas: inside one government, without stamp; its number stands in the rows. */
export const notaDinas = defineLetterType({
  code: "ND",
  title: "Nota Dinas",
  purpose: { id: "Laporan, usul, atau pemberitahuan kepada pejabat di lingkungan pemerintah daerah sendiri.", en: "A report, proposal or notice to an official of one's own government." },
  family: "nota",
  level: "kabupaten",
  fields: z.strictObject({}),
  blank: {},
  parts: { hal: "required", yth: "required", tempat: "none", lampiran: "optional", sifat: "required", body: "required", tembusan: "optional" },
  number: "{klasifikasi}/{urut:3}/{unit}/{tahun}",
  classification: null,
  access: "B",
  approval: [
    { kind: "paraf", by: "atasan_langsung" },
    { kind: "sign", by: "kepala" },
  ],
  mayApproveOwn: true,
  subject: () => "Nota Dinas",
});
