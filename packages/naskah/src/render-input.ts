/** Everything a render needs, as data. The same input gives the same bytes. */
import { z } from "zod";
import { localDate, type zones } from "./date.ts";
import { documentSchema, plainLine } from "./document.ts";

const millimetres = z.number().min(0).max(500);
const zoneNames = ["WIB", "WITA", "WIT"] as const satisfies readonly (keyof typeof zones)[];

// A crest is a drawing someone uploaded. Paths and colours only: no text (fonts), no links, no pictures, no scripts, no entities.
/** An SVG drawing that may stand on a letter. */
export const drawing = z
  .string()
  .max(200_000)
  .startsWith("<svg")
  .refine((svg) => !/<!|<\?|<\s*(script|image|foreignObject|text|style|use|a)\b|href|url\(\s*['"]?[^#'"\s]|\son\w+\s*=|javascript:/i.test(svg), "gambar hanya boleh berisi garis dan bidang");

/** Paper, margins and wording of one government. */
export const pageProfile = z.strictObject({
  paper: z.strictObject({ width: millimetres.min(100), height: millimetres.min(100) }),
  margins: z.strictObject({ top: millimetres, bottom: millimetres, left: millimetres, right: millimetres }),
  /** `Kabupaten Penajam Paser Utara`, `Desa Giri Mukti`: author of the PDF. */
  pemda: plainLine(120),
  /** Place of the date line. */
  place: plainLine(60),
  /** The region in one phrase, as a village letter names itself. */
  wilayah: plainLine(200),
  zone: z.enum(zoneNames),
  /** Lines of the electronic signature footer; empty on paper prints. */
  footer: z.array(plainLine(300)).max(3),
  footerLogo: drawing.nullable(),
  /** Addressee at the right beside the number block, or at the left under it. */
  ythAt: z.enum(["kanan", "kiri"]),
});
/** Paper, margins and wording of one government. */
export type PageProfile = z.infer<typeof pageProfile>;

/** Paper and margins of the two levels; a profile starts from one of them. */
export const papers = {
  a4: { paper: { width: 210, height: 297 }, margins: { top: 20, bottom: 20, left: 25, right: 20 } },
  f4: { paper: { width: 215, height: 330 }, margins: { top: 20, bottom: 20, left: 25, right: 20 } },
} as const;

/** Footer wording used by BSrE members; a government may state another. */
export const bsreFooter: readonly string[] = [
  "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE), Badan Siber dan Sandi Negara.",
  "UU ITE Pasal 5 ayat (1): “Informasi Elektronik dan/atau Dokumen Elektronik dan/atau hasil cetaknya merupakan alat bukti hukum yang sah.”",
];

/** The letterhead, which follows the signatory. */
export const kop = z.strictObject({
  level: z.enum(["opd", "bupati", "desa"]),
  /** From the top; the last is the large one. */
  lines: z.array(plainLine(120)).min(1).max(3),
  address: z.array(plainLine(200)).max(3),
  /** Null draws the invented demonstration crest. */
  crest: drawing.nullable(),
  crestAlt: plainLine(120),
});

/** Address and code of public verification, printed as a QR code. */
export const verification = z.strictObject({
  /** Host and path in upper or lower case; printed in the code in capitals, so the server must not care for case. Plain http serves trials only. */
  url: z.string().max(600).regex(/^https?:\/\/[A-Za-z0-9.-]+(:\d+)?\/[A-Za-z0-9$%*+./:-]+$/, "alamat verifikasi hanya boleh berisi huruf, angka, dan - . /"),
  code: z.string().regex(/^[A-Z0-9-]{6,32}$/),
});

/** Who signs, as printed. */
export const signature = z.strictObject({
  /** Lines over the signature, see `signatureLines`. */
  lines: z.array(plainLine(160)).min(1).max(6),
  /** The post in running text, see `signatureTitle`. */
  title: plainLine(160),
  name: plainLine(120),
  pangkat: plainLine(60).nullable(),
  nip: z.string().regex(/^\d{18}$/, "NIP terdiri atas 18 angka").nullable(),
});

/** A render. `number` or `date` null draws dots: a draft that is not numbered yet. */
export const renderInput = z.strictObject({
  type: z.string(),
  profile: pageProfile,
  kop,
  number: plainLine(80).nullable(),
  date: localDate.nullable(),
  sifat: plainLine(60).nullable(),
  lampiran: plainLine(80).nullable(),
  hal: z.union([plainLine(400), z.literal("")]),
  yth: z.array(plainLine(200)).max(200),
  tempat: plainLine(80).nullable(),
  body: documentSchema,
  fields: z.unknown(),
  signature,
  tembusan: z.array(plainLine(200)).max(60),
  verification: verification.nullable(),
  /** KONSEP: not signed. CONTOH: signed with a test certificate. */
  watermark: z.enum(["KONSEP", "CONTOH"]).nullable(),
});
/** A render as data. */
export type RenderInput = z.infer<typeof renderInput>;

const cell = z.string().max(4000);

/** A record that an office hands out about its letters (a story, a register, a report): particulars, one table, and what must be known to read it. */
export const recordInput = z.strictObject({
  profile: pageProfile,
  kop,
  title: plainLine(200),
  /** The day that the file says it was made. */
  date: localDate,
  particulars: z.array(z.tuple([plainLine(60), cell])).max(20),
  columns: z.array(z.strictObject({ title: plainLine(60), /** Share of the width. */ width: z.number().min(0.1).max(20), isNumber: z.boolean() })).min(1).max(10),
  /** Each as long as `columns`. */
  rows: z.array(z.array(cell)).max(20_000),
  notes: z.array(cell).max(10),
});
/** A record as data. */
export type RecordInput = z.infer<typeof recordInput>;
