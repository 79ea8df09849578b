import { fromCapitals } from "./capitals.ts";
import { findDates, type FoundDate } from "./dates.ts";
import { asConfidence, boxOf, columnFrom, layOut, startsColumn, sureness, textOf, type Layout, type Placed, type Row } from "./layout.ts";
import type { PageReading, Proposal, ProposalField } from "./reading.ts";
import { readSender } from "./sender.ts";
import { isAmbiguous, looksLike, plain, readNumber } from "./slips.ts";

type Label = "number" | "urgency" | "attachment" | "subject" | "date" | "from" | "to" | "cc";

/** A header row of a letter: its label, and the words of its value. */
type Entry = { readonly label: Label; readonly row: number; readonly labelLeft: number; readonly valueLeft: number; readonly words: readonly Placed[] };

/** The words that begin a header row, as they are written in Indonesian offices. */
const labels: Readonly<Record<Label, readonly string[]>> = {
  number: ["nomor", "no"],
  urgency: ["sifat"],
  attachment: ["lampiran", "lamp"],
  subject: ["hal", "perihal"],
  date: ["tanggal", "tgl"],
  from: ["dari"],
  to: ["yth", "kepada"],
  cc: ["tembusan"],
};
const labelNames: readonly Label[] = ["number", "urgency", "attachment", "subject", "date", "from", "to", "cc"];

/** A continued value has at most this many rows. */
const maxRows = 8;

/** Titles in the middle of the page, of letters that have no "Hal". */
const title =
  /^(nota dinas|memo(randum)?|surat (perintah( tugas)?|tugas|edaran|keterangan|pengantar|undangan|pernyataan|kuasa|izin|panggilan|rekomendasi|pemberitahuan)|undangan|pengumuman|berita acara|laporan|instruksi( bupati)?|telaahan staf|rekomendasi|notula|(keputusan|peraturan) [a-z ]+)\b/i;

/**
 * Proposes the register's fields from the words of a letter. Pure: the same words always give the same proposals.
 * It never invents: a value is made of words on the page, with known slips of reading set right, or there is no proposal.
 */
export const propose = (pages: readonly PageReading[]): readonly Proposal[] => {
  const layouts = pages.map((page, index) => layOut(page, index + 1));
  // A cover or a fax sheet may come first: the letter begins where a number is.
  const front = layouts.slice(0, 3).find((layout) => readEntries(layout).some((entry) => entry.label === "number")) ?? layouts[0];
  if (front === undefined) return [];
  const entries = readEntries(front);
  const headed = entries.filter((entry) => entry.label !== "cc" && entry.label !== "date");
  const headerEnd = Math.max(0, ...headed.map((entry) => yOf(front, entry.row)));
  const date = readDate(front, entries, headerEnd);
  const heading = readTitle(front);
  const top = Math.min(front.height * 0.3, ...headed.map((entry) => yOf(front, entry.row) - 0.6 * front.em), ...(heading === undefined ? [] : [yOf(front, heading.row) - 0.6 * front.em]), ...(date === undefined ? [] : [date.y - 0.6 * front.em]));
  const of = (label: Label): Entry | undefined => entries.find((entry) => entry.label === label);
  const body = layouts.flatMap((layout) => layout.rows.filter((row) => layout.page > front.page || (layout.page === front.page && row.y > headerEnd + 0.6 * front.em)).map((row) => ({ layout, row })));
  const subject = readSubject(front, of("subject"), heading);
  return [
    readFrom(front, of("from"), heading) ?? readSender(front, top),
    readNumberRow(front, of("number")),
    date?.proposal,
    subject,
    readAttachment(front, of("attachment")),
    ...readUrgency(front, of("urgency")),
    readAddressee(front, of("to")),
    readDue(body, date?.proposal.value),
    ...(isInvitation(subject, body) ? readEvent(body, date?.proposal.value) : []),
  ].filter((proposal) => proposal !== undefined);
};

const yOf = (layout: Layout, row: number): number => layout.rows[row]?.y ?? 0;

const proposal = (layout: Layout, field: ProposalField, value: string, words: readonly Placed[], certainty: number, raw = textOf(words)): Proposal | undefined =>
  value === "" || words.length === 0 ? undefined : { field, value, raw, page: layout.page, box: boxOf(words), confidence: asConfidence(sureness(words) * certainty) };

/** Header rows of a page: a label at the beginning of a column, a colon or a gap, and a value that may go on below. */
const readEntries = (layout: Layout): readonly Entry[] => {
  const starts: { readonly label: Label; readonly row: number; readonly index: number; readonly value: number }[] = [];
  layout.rows.forEach((row, rowIndex) => {
    for (let index = 0; index < row.words.length; index += 1) {
      if (!startsColumn(row, index, layout.em)) continue;
      const text = row.words[index]?.word.text ?? "";
      const label = labelNames.find((name) => labels[name].some((wanted) => looksLike(text.split(/[:;]/)[0] ?? "", wanted)));
      const value = label === undefined ? undefined : valueAfter(layout, row, index, label);
      if (label !== undefined && value !== undefined && !starts.some((start) => start.label === label && label !== "to")) starts.push({ label, row: rowIndex, index, value });
    }
  });
  // Where the right-hand column of the head begins; a long "Hal" must not run into it.
  const right = Math.min(...starts.filter((start) => start.label === "to" && leftOf(layout, start.row, start.index) > 0.42 * layout.width).map((start) => leftOf(layout, start.row, start.index)), layout.width);
  return starts.map(({ label, row, index, value }) => {
    const labelLeft = leftOf(layout, row, index);
    const until = labelLeft < right - layout.em ? right - 0.5 * layout.em : layout.width;
    const words = withoutColon(columnFrom(rowAt(layout, row), value, layout.em, until));
    const valueLeft = words[0]?.left ?? labelLeft;
    return { label, row, labelLeft, valueLeft, words };
  });
};

const rowAt = (layout: Layout, row: number): Row => layout.rows[row] ?? { y: 0, words: [] };
const leftOf = (layout: Layout, row: number, index: number): number => rowAt(layout, row).words[index]?.left ?? 0;

/** Where the value begins, or nothing when this is only a word of a sentence. A colon may have been read as `;`, `.` or `i`. */
const valueAfter = (layout: Layout, row: Row, index: number, label: Label): number | undefined => {
  const text = row.words[index]?.word.text ?? "";
  const next = row.words[index + 1];
  if (label === "cc") return index;
  if (/^yth/i.test(text)) return index + 1;
  if (looksLike(text, "kepada")) return next === undefined || /^[:;]|^yth/i.test(next.word.text) ? index + 1 : undefined;
  const glued = /[:;]./.test(text);
  if (glued) return index;
  if (next === undefined) return undefined;
  if (/[:;]$/.test(text)) return index + 1;
  if (/^[:;]/.test(next.word.text)) return next.word.text.length > 1 ? index + 1 : index + 2;
  if (/^[.,i!-]$/.test(next.word.text) && row.words[index + 2] !== undefined && label !== "date") return index + 2;
  if (startsColumn(row, index + 1, layout.em) && label !== "from") return index + 1;
  // "NOMOR 12 TAHUN 2026", "Nomor 800/12/2026": a number proves itself.
  return label === "number" && /\d/.test(next.word.text) && (/\//.test(next.word.text) || looksLike(row.words[index + 2]?.word.text ?? "", "tahun")) ? index + 1 : undefined;
};

/** Takes a colon off the front of a value, also one that is glued to its label or its first word. */
const withoutColon = (words: readonly Placed[]): readonly Placed[] => {
  const [first, ...rest] = words;
  if (first === undefined) return [];
  const text = /^[A-Za-z0]+\s*[:;](.+)$/.exec(first.word.text)?.[1] ?? first.word.text.replace(/^[:;]+/, "");
  if (text === "") return withoutColon(rest);
  return text === first.word.text ? words : [{ ...first, word: { ...first.word, text } }, ...rest];
};

/** The rows below that go on with a value: they begin under it, and nothing stands under its label. */
const continued = (layout: Layout, entry: Entry, under: number, isEnd: (text: string) => boolean = () => false): readonly (readonly Placed[])[] => {
  const lines: (readonly Placed[])[] = entry.words.length > 0 ? [entry.words] : [];
  const right = entry.labelLeft < 0.4 * layout.width ? rightColumn(layout, entry) : layout.width;
  const headers = readEntries(layout);
  let y = yOf(layout, entry.row);
  for (let at = entry.row + 1; at < layout.rows.length && lines.length < maxRows; at += 1) {
    const row = rowAt(layout, at);
    if (row.y - y > 2.6 * layout.em) break;
    if (row.words.some((word) => word.left > entry.labelLeft - layout.em && word.left < under - 1.2 * layout.em)) break;
    const index = row.words.findIndex((word) => word.left >= under - 1.2 * layout.em);
    const first = row.words[index];
    if (first !== undefined && headers.some((header) => header.row === at && header.label !== "to" && Math.abs(header.labelLeft - first.left) < 1)) break;
    if (first === undefined || first.left > Math.max(under, entry.valueLeft) + 2.5 * layout.em || first.left >= right) continue;
    const words = columnFrom(row, index, layout.em, right);
    if (isEnd(textOf(words))) break;
    lines.push(words);
    y = row.y;
  }
  return lines;
};

/** The pixel where another column of the head begins, to the right of this entry. */
const rightColumn = (layout: Layout, entry: Entry): number => {
  const others = readEntryStarts(layout).filter((left) => left > entry.valueLeft + 4 * layout.em);
  return Math.min(layout.width, ...others.map((left) => left - 0.5 * layout.em));
};

const readEntryStarts = (layout: Layout): readonly number[] =>
  layout.rows.flatMap((row) => row.words.filter((word, index) => startsColumn(row, index, layout.em) && (/^yth/i.test(word.word.text) || looksLike(word.word.text, "kepada")) && word.left > 0.42 * layout.width).map((word) => word.left));

const readNumberRow = (layout: Layout, entry: Entry | undefined): Proposal | undefined => {
  if (entry === undefined) return undefined;
  const words = untilDate(entry.words);
  const raw = textOf(words);
  const value = readNumber(raw);
  if (!/\d/.test(value)) return undefined;
  return proposal(layout, "number", value, words, (/\//.test(value) || /tahun/i.test(value) ? 1 : 0.7) * (value === raw ? 1 : 0.93) * (isAmbiguous(value) ? 0.8 : 1), raw);
};

/** A date to the right may stand so near that no gap shows: "…/2026 Samarinda, 19 November 2026". */
const untilDate = (words: readonly Placed[]): readonly Placed[] => {
  const at = words.findIndex(({ word }, index) => /^\p{Lu}\p{Ll}+,$/u.test(word.text) && findDates(words.slice(index + 1, index + 4)).length > 0);
  return at >= 0 ? words.slice(0, at) : words;
};

/** The date of the letter: beside its place in the head, in a "Tanggal" row of the head, or above the signature. A stamp's date is none. */
const readDate = (layout: Layout, entries: readonly Entry[], headerEnd: number): { readonly proposal: Proposal; readonly y: number } | undefined => {
  const found = (words: readonly Placed[], date: FoundDate, certainty: number, y: number): { readonly proposal: Proposal; readonly y: number } | undefined => {
    const made = proposal(layout, "date", date.date, words.slice(date.from, date.to), certainty * date.certainty);
    return made === undefined ? undefined : { proposal: made, y };
  };
  const placeDates = layout.rows.flatMap((row) => {
    if (row.words.some(({ word }) => /^(diterima|agenda|terima|masuk)/i.test(word.text))) return [];
    return findDates(row.words).flatMap((date) => {
      const before = row.words[date.from - 1]?.word.text ?? "";
      const isPlace = /^\p{Lu}[\p{L}.'-]+[,.]$/u.test(before) && !/^(hari|senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|tanggal)/i.test(before);
      return isPlace ? [{ row, date }] : [];
    });
  });
  const [first] = placeDates;
  if (first !== undefined && first.row.y <= headerEnd + 3 * layout.em) return found(first.row.words, first.date, 1, first.row.y);
  const headRows = entries.filter((entry) => entry.label === "number" || entry.label === "subject" || entry.label === "from").map((entry) => yOf(layout, entry.row));
  const row = entries.find((entry) => entry.label === "date" && headRows.some((y) => Math.abs(y - yOf(layout, entry.row)) < 8 * layout.em));
  const [labelled] = row === undefined ? [] : findDates(row.words);
  if (row !== undefined && labelled !== undefined) return found(row.words, labelled, 0.98, yOf(layout, row.row));
  // "Ditetapkan di Penajam / pada tanggal 10 Februari 2026", above the signature.
  for (const [index, signed] of layout.rows.entries()) {
    const near = `${textOf(rowAt(layout, index - 1).words)} ${textOf(signed.words)}`;
    const [date] = /\b(ditetapkan|dikeluarkan|dibuat|diterbitkan) di\b.*\btanggal\b/i.test(near) ? findDates(signed.words) : [];
    if (date !== undefined) return found(signed.words, date, 0.9, signed.y);
  }
  const last = placeDates.at(-1);
  return last === undefined ? undefined : found(last.row.words, last.date, 0.9, last.row.y);
};

const readSubject = (layout: Layout, entry: Entry | undefined, heading: Heading | undefined): Proposal | undefined => {
  if (entry !== undefined && entry.words.length > 0) {
    const lines = continued(layout, entry, entry.valueLeft);
    const words = lines.flat();
    return proposal(layout, "subject", joinLines(lines).replace(/[.,;:\s]+$/, ""), words, 1, lines.map(textOf).join(" "));
  }
  if (heading === undefined) return undefined;
  const about = heading.about.flat();
  const name = fromCapitals(heading.text);
  return proposal(layout, "subject", about.length > 0 ? `${name} tentang ${fromCapitals(joinLines(heading.about))}` : name, [...heading.words, ...about], about.length > 0 ? 0.9 : 0.7);
};

type Heading = { readonly row: number; readonly text: string; readonly words: readonly Placed[]; readonly about: readonly (readonly Placed[])[] };

/** A title in capitals in the middle of the page, and the lines after "TENTANG". */
const readTitle = (layout: Layout): Heading | undefined => {
  const row = layout.rows.findIndex(({ words, y }) => {
    const text = textOf(words);
    const [first] = words;
    return y < 0.5 * layout.height && title.test(text) && text === text.toUpperCase() && first !== undefined && first.left > 0.18 * layout.width;
  });
  if (row < 0) return undefined;
  const words = rowAt(layout, row).words;
  const tentang = layout.rows.findIndex(({ words: line }, index) => index > row && index <= row + 4 && line.length === 1 && looksLike(textOf(line), "tentang"));
  const about: (readonly Placed[])[] = [];
  for (let at = tentang + 1; tentang >= 0 && at < layout.rows.length && about.length < 4; at += 1) {
    const line = rowAt(layout, at);
    const text = textOf(line.words);
    if (text !== text.toUpperCase() || line.y - yOf(layout, at - 1) > 3 * layout.em || /^(dengan rahmat|menimbang|bupati|wali kota|camat)/i.test(text)) break;
    about.push(line.words);
  }
  return { row, text: textOf(words), words, about };
};

const joinLines = (lines: readonly (readonly Placed[])[]): string =>
  lines
    .map(textOf)
    .reduce((sum, line) => (/\p{Ll}-$/u.test(sum) && /^\p{Ll}/u.test(line) ? sum.slice(0, -1) + line : `${sum} ${line}`), "")
    .replace(/\s+/g, " ")
    .trim();

const readAttachment = (layout: Layout, entry: Entry | undefined): Proposal | undefined => {
  if (entry === undefined) return undefined;
  const raw = textOf(entry.words);
  // "1 (satu) berkas" says the same twice; a dash says that there is none.
  const value = raw.replace(/^([lI|])(?=\s)/, "1").replace(/\s*[({][\p{L}\s]+[)}]\s*/gu, " ").replace(/[.,;:\s]+$/, "").trim();
  return /^[-–—=~.]*$/.test(value) ? undefined : proposal(layout, "attachment", value.slice(0, 120), entry.words, 1, raw);
};

/** "Sifat" carries urgency, secrecy or both, as offices use it. */
const readUrgency = (layout: Layout, entry: Entry | undefined): readonly Proposal[] => {
  if (entry === undefined) return [];
  const words = entry.words.map(({ word }) => word.text).flatMap((text) => text.split("/"));
  const has = (wanted: string): boolean => words.some((word) => looksLike(word, wanted));
  const isVery = has("amat") || has("sangat");
  const isExact = words.every((word) => /^(biasa|segera|amat|sangat|rahasia|terbatas|terbuka|penting)?$/.test(plain(word)));
  const urgency = has("segera") ? (isVery && !has("rahasia") ? "amat_segera" : "segera") : has("biasa") ? "biasa" : undefined;
  const security = has("rahasia") ? (has("sangat") ? "SR" : "R") : has("terbatas") ? "T" : undefined;
  const certainty = isExact ? 1 : 0.8;
  return [
    urgency === undefined ? undefined : proposal(layout, "urgency", urgency, entry.words, certainty),
    security === undefined ? undefined : proposal(layout, "security", security, entry.words, certainty),
  ].filter((made) => made !== undefined);
};

const readFrom = (layout: Layout, entry: Entry | undefined, heading: Heading | undefined): Proposal | undefined => {
  if (entry === undefined || heading === undefined || !/^(nota dinas|memo)/i.test(heading.text)) return undefined;
  const lines = continued(layout, entry, entry.valueLeft);
  return proposal(layout, "sender", joinLines(lines).replace(/[.,;:\s]+$/, "").slice(0, 200), lines.flat(), 1);
};

const readAddressee = (layout: Layout, first: Entry | undefined): Proposal | undefined => {
  const all = readEntries(layout).filter((entry) => entry.label === "to");
  // "Kepada" alone, then "Yth. …" below it: the name stands behind "Yth.".
  const entry = all.find((one) => one.words.length > 0 && !/^yth/i.test(textOf(one.words))) ?? first;
  if (entry === undefined) return undefined;
  // The lines below "Yth." begin under it or under the name, as the typist likes.
  const lines = continued(layout, entry, entry.labelLeft, (text) => /^(di\b|di[-–—]|dengan hormat|dalam rangka|berdasarkan|sehubungan|menindaklanjuti)/i.test(text));
  const value = joinLines(lines).replace(/^[:;.,\s]+|^yth\.?\s*/gi, "").replace(/\s+di\s*[-–—]?\s*\p{L}*$/iu, "").replace(/[.,;:\s-]+$/, "");
  return proposal(layout, "addressee", value.slice(0, 300), lines.flat(), 0.97, lines.map(textOf).join(" "));
};

type Body = readonly { readonly layout: Layout; readonly row: Row }[];

/** The body as one run of words, each with its page. */
const runOf = (body: Body): { readonly words: readonly Placed[]; readonly layoutOf: (index: number) => Layout | undefined } => {
  const words = body.flatMap(({ row }) => row.words);
  const layouts = body.flatMap(({ layout, row }) => row.words.map(() => layout));
  return { words, layoutOf: (index) => layouts[index] };
};

/** "paling lambat tanggal …": what the sender asks, until when. The date must stand in the same sentence. */
const readDue = (body: Body, written: string | undefined): Proposal | undefined => {
  const { words, layoutOf } = runOf(body);
  const assume = written === undefined ? undefined : { year: Number(written.slice(0, 4)), after: written };
  for (let at = 0; at < words.length; at += 1) {
    const length = phraseAt(words, at);
    if (length === 0) continue;
    const end = words.findIndex(({ word }, index) => index >= at + length && (index > at + length + 14 || /\p{L}{3,}[.]$/u.test(word.text)));
    const rest = words.slice(at + length, end < 0 ? at + length + 14 : end + 1);
    const [date] = findDates(rest, assume);
    const layout = layoutOf(at);
    if (date === undefined || layout === undefined) continue;
    const marked = rest.slice(date.from, date.to);
    const page = layoutOf(at + length + date.from) ?? layout;
    return proposal(page, "due", date.date, marked, 0.95 * date.certainty, textOf(words.slice(at, at + length + date.to)));
  }
  return undefined;
};

const phraseAt = (words: readonly Placed[], at: number): number => {
  const word = (offset: number): string => plain(words[at + offset]?.word.text ?? "");
  if (word(0) === "paling" && (word(1) === "lambat" || word(1) === "lama" || word(1) === "akhir")) return 2;
  if (/^selambat(nya|lambatnya)$/.test(word(0)) || looksLike(word(0), "selambatlambatnya")) return 1;
  if (word(0) === "batas" && (word(1) === "waktu" || word(1) === "akhir")) return 2;
  if (word(0) === "sebelum" && (word(1) === "tanggal" || word(1) === "hari")) return 1;
  return 0;
};

const isInvitation = (subject: Proposal | undefined, body: Body): boolean =>
  /undang|rapat|panggil/i.test(subject?.value ?? "") || /mengundang|undangan|mengharap(kan)? kehadiran|dimohon (untuk )?(hadir|kehadiran)|dapat hadir/i.test(body.slice(0, 25).map(({ row }) => textOf(row.words)).join(" "));

/** The rows of an invitation: day and date, time, place. */
const readEvent = (body: Body, written: string | undefined): readonly Proposal[] => {
  const assume = written === undefined ? undefined : { year: Number(written.slice(0, 4)), after: written };
  const rowOf = (names: readonly string[]): { readonly layout: Layout; readonly row: Row; readonly at: number } | undefined => {
    const at = body.findIndex(({ row }) => names.some((name) => looksLike((row.words[0]?.word.text ?? "").split(/[/,:]/)[0] ?? "", name)) && row.words.slice(0, 5).some(({ word }) => /[:;]/.test(word.text)));
    const found = body[at];
    return found === undefined ? undefined : { ...found, at };
  };
  const day = rowOf(["hari", "tanggal"]);
  // "Hari : Kamis" and "Tanggal : 26 November 2026" may be two rows.
  const dated = [day, day === undefined ? undefined : body[day.at + 1]].find((one) => one !== undefined && findDates(one.row.words, assume).length > 0);
  const [date] = dated === undefined ? [] : findDates(dated.row.words, assume);
  const made: (Proposal | undefined)[] = [];
  if (dated !== undefined && date !== undefined) {
    const hasWeekday = /^(senin|selasa|rabu|kamis|jumat|sabtu|minggu|ahad)$/.test(plain(dated.row.words[date.from - 1]?.word.text ?? ""));
    made.push(proposal(dated.layout, "eventDate", date.date, dated.row.words.slice(date.from - (hasWeekday ? 1 : 0), date.to), 0.97 * date.certainty));
  }
  const time = rowOf(["waktu", "pukul", "jam"]);
  const clock = time?.row.words.findIndex(({ word }) => /^[:;]?[\dOol]{1,2}[.:][\dOol]{2}$/.test(word.text)) ?? -1;
  if (time !== undefined && clock >= 0) {
    const zone = time.row.words.slice(clock + 1, clock + 5).find(({ word }) => /^(wib|wita|wit)[.,]?$/i.test(word.text));
    const start = (time.row.words[clock]?.word.text ?? "").replace(/^[:;]/, "").replace(/[Oo]/g, "0").replace(/l/g, "1").replace(".", ":").padStart(5, "0");
    if (/^([01]\d|2[0-4]):[0-5]\d$/.test(start)) made.push(proposal(time.layout, "eventTime", [start, ...(zone === undefined ? [] : [zone.word.text.replace(/[.,]$/, "").toUpperCase()])].join(" "), time.row.words.slice(clock, clock + 1), 0.95));
  }
  const place = rowOf(["tempat"]);
  const colon = place?.row.words.findIndex(({ word }) => /[:;]/.test(word.text)) ?? -1;
  if (place !== undefined && colon >= 0) {
    const words = withoutColon(columnFrom(place.row, colon, place.layout.em));
    const entry: Entry = { label: "to", row: place.layout.rows.indexOf(place.row), labelLeft: place.row.words[0]?.left ?? 0, valueLeft: words[0]?.left ?? 0, words };
    const lines = continued(place.layout, entry, entry.valueLeft);
    made.push(proposal(place.layout, "eventPlace", joinLines(lines).replace(/[.,;:\s]+$/, ""), lines.flat(), 0.95));
  }
  return made.filter((one) => one !== undefined);
};
