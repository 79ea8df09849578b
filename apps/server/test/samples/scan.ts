import sharp from "sharp";
import { a4, makePdf } from "./pdf.ts";

/** What stands in a sample letter. */
export type SampleLetter = {
  readonly letterhead: readonly string[];
  readonly address: string;
  readonly nomor: string;
  readonly sifat: string;
  readonly lampiran: string;
  readonly hal: readonly string[];
  /** Place and date as they are written: "Samarinda, 19 November 2026". */
  readonly tempatTanggal: string;
  readonly kepada: readonly string[];
  readonly isi: readonly string[];
  readonly jabatan: string;
  readonly nama: string;
};

/** An invitation that has every field a reading can propose; give other values for the fields that matter. */
export const sampleLetter = (differs: Partial<SampleLetter> = {}): SampleLetter => ({
  letterhead: ["PEMERINTAH PROVINSI KALIMANTAN TIMUR", "DINAS KOMUNIKASI DAN INFORMATIKA"],
  address: "Jalan Basuki Rahmat Nomor 41, Samarinda 75117, Telepon (0541) 700041",
  nomor: "000.1.5/2214/DISKOMINFO-I/2026",
  sifat: "Segera",
  lampiran: "1 (satu) berkas",
  hal: ["Undangan Rapat Koordinasi", "Evaluasi SPBE Tahun 2026"],
  tempatTanggal: "Samarinda, 19 November 2026",
  kepada: ["Kepala Dinas Komunikasi", "dan Informatika Kabupaten", "Penajam Paser Utara"],
  isi: [
    "Dalam rangka persiapan evaluasi Sistem Pemerintahan Berbasis Elektronik,",
    "bersama ini kami mengundang Saudara untuk hadir pada rapat yang akan",
    "dilaksanakan pada:",
    "hari, tanggal\t: Kamis, 26 November 2026",
    "waktu\t: pukul 09.00 WITA s.d. selesai",
    "tempat\t: Ruang Rapat Wijaya Kusuma, Samarinda",
    "Konfirmasi kehadiran disampaikan paling lambat hari Rabu, 25 November 2026.",
    "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.",
  ],
  jabatan: "Kepala Dinas,",
  nama: "H. Rusdiansyah Noor, S.T., M.Si.",
  ...differs,
});

/** A page of a letter as a scanner sees it: 200 dpi, grey, a little askew, soft and grainy, as JPEG. */
export const makeScanImage = async (letter: SampleLetter, { askew = 0.7 }: { readonly askew?: number } = {}): Promise<{ readonly jpeg: Uint8Array; readonly width: number; readonly height: number }> => {
  const [width, height] = [1654, 2339];
  const straight = await sharp(Buffer.from(drawn(letter, width, height))).flatten({ background: "#fff" }).png().toBuffer();
  const turned = await sharp(straight).rotate(askew, { background: "#fff" }).resize({ width, height, fit: "cover" }).blur(0.6).greyscale().toColourspace("b-w").raw().toBuffer();
  const jpeg = await sharp(grain(turned, 14), { raw: { width, height, channels: 1 } }).jpeg({ quality: 60 }).toBuffer();
  return { jpeg: new Uint8Array(jpeg), width, height };
};

/** Grain of up to `strength` levels either way, the same in every run. */
const grain = (pixels: Uint8Array, strength: number): Uint8Array => {
  let state = 1;
  return pixels.map((level) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.min(255, Math.max(0, level + Math.round(((state >>> 8) / 0x80_0000 - 1) * strength)));
  });
};

/** A scanned letter as a scanner saves it: a PDF that is one image per page and has no text. */
export const makeScan = async (letter: SampleLetter = sampleLetter(), options: { readonly askew?: number } = {}): Promise<Uint8Array> => {
  const { jpeg, width, height } = await makeScanImage(letter, options);
  const { channels } = await sharp(jpeg).metadata();
  return makePdf([{ jpeg, pixels: { width, height }, grey: channels === 1 }]);
};

/** A letter photographed with a phone held upright: in colour, with a shadow over one side, stored on its side with an Exif note to turn it. */
export const makePhoto = async (letter: SampleLetter = sampleLetter()): Promise<Uint8Array> => {
  const [width, height] = [1800, 2545];
  const sheet = await sharp(Buffer.from(drawn(letter, width, height))).flatten({ background: "#fdfbf4" }).png().toBuffer();
  const shadow = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="s" x1="0" y1="0" x2="1" y2="0.4"><stop offset="0" stop-color="#444" stop-opacity="0.62"/><stop offset="0.7" stop-color="#777" stop-opacity="0.1"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#s)"/></svg>`;
  const shaded = await sharp(sheet).composite([{ input: Buffer.from(shadow) }]).blur(0.5).png().toBuffer();
  return new Uint8Array(await sharp(shaded).rotate(-90).withMetadata({ orientation: 6 }).jpeg({ quality: 78 }).toBuffer());
};

/** The letter with its text layer, as a word processor exports it. */
export const makeTextPdf = (letter: SampleLetter = sampleLetter()): Uint8Array =>
  makePdf([{ lines: lay(letter).map(({ x, y, text, size, anchor }) => ({ x: anchor === "middle" ? x - text.length * size * 0.29 : x, y, text, size })) }]);

type Laid = { readonly x: number; readonly y: number; readonly text: string; readonly size: number; readonly bold: boolean; readonly anchor: "start" | "middle" };

/** The letter's lines with their places in points on A4. */
const lay = (letter: SampleLetter): readonly Laid[] => {
  const laid: Laid[] = [];
  const put = (x: number, y: number, text: string, size = 11, bold = false, anchor: Laid["anchor"] = "start"): void => {
    if (text !== "") laid.push({ x, y, text, size, bold, anchor });
  };
  letter.letterhead.forEach((line, index) => put(a4.width / 2, 62 + index * 20, line, index === 0 ? 13 : 15, index > 0, "middle"));
  const below = 62 + letter.letterhead.length * 20;
  put(a4.width / 2, below, letter.address, 9, false, "middle");
  const head = below + 55;
  put(345, head - 22, letter.tempatTanggal);
  const rows: readonly (readonly [string, string])[] = [["Nomor", letter.nomor], ["Sifat", letter.sifat], ["Lampiran", letter.lampiran], ["Hal", letter.hal[0] ?? ""]];
  rows.forEach(([label, value], index) => {
    put(62, head + index * 17, label);
    put(120, head + index * 17, ":");
    put(128, head + index * 17, value);
  });
  letter.hal.slice(1).forEach((line, index) => put(128, head + (4 + index) * 17, line));
  letter.kepada.forEach((line, index) => {
    if (index === 0) put(345, head + 17, "Yth.");
    put(371, head + (1 + index) * 17, line);
  });
  put(345, head + (1 + letter.kepada.length) * 17, "di -");
  put(371, head + (2 + letter.kepada.length) * 17, "Penajam");
  let y = head + (Math.max(3 + letter.hal.length, 3 + letter.kepada.length) + 2) * 17;
  for (const line of letter.isi) {
    const [label = "", value] = line.split("\t");
    put(value === undefined ? 62 : 92, y, label);
    if (value !== undefined) put(175, y, value);
    y += 18;
  }
  put(345, y + 30, letter.jabatan);
  put(345, y + 100, letter.nama, 11, true);
  return laid;
};

const drawn = (letter: SampleLetter, width: number, height: number): string => {
  const scale = width / a4.width;
  const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
  const lines = lay(letter).map(
    ({ x, y, text, size, bold, anchor }) =>
      `<text x="${x * scale}" y="${y * scale}" font-size="${size * scale}" text-anchor="${anchor}" font-family="DejaVu Sans Condensed, Arial, sans-serif" font-weight="${bold ? "bold" : "normal"}">${escape(text)}</text>`,
  );
  const rule = (62 + letter.letterhead.length * 20 + 10) * scale;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect x="${60 * scale}" y="${rule}" width="${475 * scale}" height="${2 * scale}"/><rect x="${60 * scale}" y="${rule + 3.5 * scale}" width="${475 * scale}" height="${0.7 * scale}"/>${lines.join("")}</svg>`;
};
