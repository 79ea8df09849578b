import { z } from "zod";
import { defineLetterType } from "../../letter-type.ts";

/** Surat Dinas: correspondence with another office; everything it says is in the common parts. */
export const suratDinas = defineLetterType({
  code: "SD",
  title: "Surat Dinas",
  purpose: { id: "Surat resmi kepada instansi atau pihak di luar unit kerja.", en: "An official letter to an agency or a person outside one's own office." },
  family: "surat",
  level: "kabupaten",
  fields: z.strictObject({}),
  blank: {},
  parts: { hal: "required", yth: "required", tempat: "required", lampiran: "optional", sifat: "required", body: "required", tembusan: "optional" },
  number: "{klasifikasi}/{urut:3}/{unit}/{tahun}",
  classification: null,
  access: "B",
  approval: [
    { kind: "paraf", by: "atasan_langsung" },
    { kind: "paraf", by: "sekretaris" },
    { kind: "sign", by: "kepala" },
  ],
  mayApproveOwn: false,
  subject: () => "Surat Dinas",
});
