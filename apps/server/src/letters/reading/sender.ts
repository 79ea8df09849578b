import { fromCapitals } from "./capitals.ts";
import { asConfidence, boxOf, sureness, textOf, type Layout, type Placed, type Row } from "./layout.ts";
import type { Proposal } from "./reading.ts";

/** Lines of a letterhead that say where the office is, not which it is. */
const address = /\b(jalan|jln?|gedung|lantai|komplek|telp|telepon|tlp|fax|faks|faksimile|faximile|pos-?el|e-?mail|surel|website|laman|kode\s*pos|www|https?|rt|npsn|nss)\b|@|\.go\.id|\.id\b|\(\d{4}\)/i;

/** Words that begin the name of an office; any other line goes on with the name above it. */
const office =
  /^(pemerintah|dinas|badan|sekretariat|inspektorat|kecamatan|kelurahan|desa|uptd?|unit|smp[n]?|sma[n]?|smk[n]?|sdn?|tk|rsud|rumah|puskesmas|satuan|kantor|bagian|bidang|direktorat|balai|pusat|komisi|kementerian|lembaga|universitas|fakultas|yayasan|pt|cv|perusahaan|perumda|bupati|wali|gubernur|camat|kepolisian|polres|kejaksaan|pengadilan|dewan|majelis|ikatan|persatuan|organisasi|panitia|bank|koperasi)\b/i;

/** The office that wrote a letter, read from the letterhead: the rows above `bottom`. */
export const readSender = (layout: Layout, bottom: number): Proposal | undefined => {
  const rows = layout.rows.filter((row) => row.y < bottom && row.y < 0.4 * layout.height).map((row): Row => ({ ...row, words: row.words.filter(isName) }));
  const lines = letterhead(rows);
  const [first] = lines;
  if (first === undefined) return undefined;
  const units: { words: Placed[]; text: string }[] = [];
  for (const line of lines.slice(0, 6)) {
    const text = textOf(line.words).replace(/[.,;:]+$/, "");
    const last = units.at(-1);
    if (last === undefined || office.test(text)) units.push({ words: [...line.words], text });
    else {
      last.words.push(...line.words);
      last.text += ` ${text}`;
    }
  }
  const government = units.find((unit) => /^pemerintah\b/i.test(unit.text));
  const inside = units.filter((unit) => unit !== government);
  const region = government?.text.replace(/^pemerintah\s+(daerah\s+)?/i, "");
  const names = inside.length === 0 ? [government?.text ?? ""] : [...inside.map((unit) => unit.text).reverse(), ...(region === undefined ? [] : [region])];
  const marked = inside.at(-1)?.words ?? government?.words ?? [];
  const words = units.flatMap((unit) => unit.words);
  return {
    field: "sender",
    value: names.map(fromCapitals).join(" ").slice(0, 200),
    raw: units.map((unit) => unit.text).join(" / "),
    page: layout.page,
    box: boxOf(marked),
    confidence: asConfidence(sureness(words) * (government !== undefined || office.test(first.words[0]?.word.text ?? "") ? 0.98 : 0.8)),
  };
};

/** The first block of lines in capitals; the address below it ends it. */
const letterhead = (rows: readonly Row[]): readonly Row[] => {
  const lines: Row[] = [];
  for (const row of rows) {
    const text = textOf(row.words);
    if (address.test(text)) {
      if (lines.length > 0) break;
      continue;
    }
    const letters = text.replace(/[^\p{L}]/gu, "");
    if (letters.length < 4 || letters.replace(/[^\p{Lu}]/gu, "").length < 0.75 * letters.length) {
      if (lines.length > 0 && letters.length >= 4) break;
      continue;
    }
    lines.push(row);
  }
  return lines;
};

/** A crest is read as a scatter of doubtful signs; words of a name are surer, or longer. */
const isName = ({ word }: Placed): boolean => /\p{L}{2}|\d/u.test(word.text) && (word.confidence >= 0.5 || word.text.length >= 5);
