/** From a parsed input to what a template places: final strings and numbers. Pure; no user text becomes markup here or later. */
import { signingPost } from "../authority.ts";
import { partsOf, tanggalPanjang } from "../date.ts";
import type { LetterType } from "../letter-type.ts";
import { numberPlaceholder } from "../number.ts";
import { printable } from "../glyphs.ts";
import type { RecordInput, RenderInput } from "../render-input.ts";
import { glueSmallWords, punctuate, setPassages, splitTail } from "../typography.ts";
import type { Setting } from "../typography.ts";
import { qrDrawing } from "./qr.ts";

/** Above this many addressees the head says "(daftar terlampir)" and the list goes to a page of its own. */
export const addresseesInHead = 3;

// A render without a date still needs one in its metadata; a fixed day keeps previews deterministic.
const undated = { year: 2000, month: 1, day: 1 };

/** The day a PDF says it was made: the day of the letter. */
export const datedOf = (input: RenderInput): { readonly year: number; readonly month: number; readonly day: number } => (input.date === null ? undated : (partsOf(input.date) ?? undated));

/** What the template gets. */
export function prepare(type: LetterType, input: RenderInput, setting: Setting): Readonly<Record<string, unknown>> {
  const dateWords = input.date === null ? numberPlaceholder : tanggalPanjang(input.date);
  const { free, tail } = splitTail(setPassages(type.compose(input.fields, input), setting));
  const listed = input.yth.length > addresseesInHead;
  const subject = input.hal === "" ? type.subject(input.fields) : input.hal;
  return {
    title: input.number === null ? subject : `${subject} (${input.number})`,
    author: input.profile.pemda,
    dated: datedOf(input),
    turnsPage: setting.words,
    profile: { ...input.profile, footer: footerOf(input) },
    kop: { ...input.kop, lines: input.kop.lines.map(glueSmallWords) },
    heading: type.title.toUpperCase(),
    number: input.number ?? numberPlaceholder,
    dateWords,
    placeDate: `${input.profile.place}, ${dateWords}`,
    sifat: input.sifat ?? "-",
    lampiran: input.lampiran ?? "-",
    hal: input.hal,
    yth: listed ? ["(daftar terlampir)"] : input.yth.length > 1 ? punctuate(input.yth, "") : input.yth,
    tempat: input.tempat,
    receivers: input.yth,
    copies: input.tembusan,
    attachment: listed ? { of: `Surat ${input.signature.title}`, items: input.yth } : null,
    body: free,
    tail,
    fields: type.present(input.fields, input),
    signature: {
      lines: input.signature.lines.map((line) => (line.startsWith("a.n. ") ? { hang: "a.n.", text: glueSmallWords(line.slice(5)) } : { hang: null, text: glueSmallWords(line) })),
      title: input.signature.title,
      name: input.signature.name,
      below: [...(input.signature.pangkat === null ? [] : [input.signature.pangkat]), ...(input.signature.nip === null ? [] : [`NIP ${input.signature.nip}`])],
      verification: prepareMark(input),
    },
    tembusan: input.tembusan.length > 1 ? punctuate(input.tembusan, ".") : input.tembusan,
    watermark: input.watermark === null ? null : watermarks[input.watermark],
  };
}

/** What the template of a record gets. A record is never refused for a name that the house face cannot print. */
export function prepareRecord(input: RecordInput): Readonly<Record<string, unknown>> {
  return {
    title: input.title,
    author: input.profile.pemda,
    dated: partsOf(input.date) ?? undated,
    turnsPage: true,
    profile: input.profile,
    kop: { ...input.kop, lines: input.kop.lines.map(glueSmallWords) },
    heading: input.title.toUpperCase(),
    particulars: input.particulars.map(([label, value]) => [label, printable(value)]),
    columns: input.columns,
    rows: input.rows.map((row) => row.map(printable)),
    notes: input.notes.map(printable),
    watermark: null,
  };
}

const watermarks = {
  KONSEP: { word: "KONSEP", sentence: "KONSEP: belum ditandatangani dan belum berlaku" },
  CONTOH: { word: "CONTOH", sentence: "CONTOH: ditandatangani dengan sertifikat uji, tidak mempunyai kekuatan hukum" },
} as const;

// The footer says that the letter is signed with a certificate of BSrE: only a letter of which that is true may say so.
function footerOf(input: RenderInput): readonly string[] {
  if (input.verification === null || input.watermark === "KONSEP") return [];
  if (input.watermark === "CONTOH") return ["Dokumen contoh: ditandatangani dengan sertifikat uji, bukan dengan sertifikat elektronik yang diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE).", "Dokumen ini tidak mempunyai kekuatan hukum."];
  return input.profile.footer;
}

function prepareMark(input: RenderInput): Readonly<Record<string, unknown>> | null {
  if (input.verification === null) return null;
  const { url, code } = input.verification;
  const drawing = qrDrawing(url);
  const post = signingPost(input.signature.lines);
  const shown = url.replace(/^https?:\/\//, "").replace(new RegExp(`/${code}$`, "i"), "").toLowerCase();
  return {
    svg: drawing.svg,
    // A module stays at least 0.44 mm wide: a link prints at 20 mm, a code that carries a whole seal at 30 mm.
    size: drawing.modules <= 45 ? 20 : 30,
    alt: `Kode QR verifikasi tanda tangan elektronik, kode ${code}`,
    post: glueSmallWords(post),
    code,
    address: shown.length > 70 ? shown.split("/").slice(0, 2).join("/") : shown,
    warning: input.watermark === "CONTOH" ? "CONTOH, TANPA KEKUATAN HUKUM" : null,
  };
}
