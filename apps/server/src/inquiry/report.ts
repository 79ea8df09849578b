import type { contract, Parsed } from "@lontar/contract";
import type { Id, LocalDate } from "../kernel/ids.ts";
import type { ActFilter } from "./acts.ts";
import type { LetterFilter } from "./sample.ts";

/** One of the questions that the log must let an auditor answer (domain §8.3). */
export type Question = Parsed<(typeof contract)["inquiry.report"]>["question"];

/** What a question is asked about. */
export type ReportInput = { readonly letterId: Id | null; readonly from: LocalDate | null; readonly to: LocalDate | null; readonly unitId: Id | null };

/** One line of an answer, and the act that proves it. */
export type ReportRow = { readonly cells: Readonly<Record<string, string | null>>; readonly tone: "baik" | "perhatian" | "salah"; readonly letter: { readonly id: Id; readonly kind: "surat" | "naskah"; readonly number: string } | null; readonly eventId: Id | null };

/** The columns of each answer, in their order, with the words that a file shows above them. A page has words of its own for them. */
export const columnsOf: Readonly<Record<Question, Readonly<Record<string, string>>>> = {
  pembaca: { at: "Pertama kali", person: "Nama", post: "Jabatan", holding: "Status jabatan", act: "Dengan cara", times: "Tindakan" },
  pelaksana: { at: "Ditandatangani", number: "Nomor surat", person: "Penanda tangan", post: "Jabatan", holding: "Selaku", basis: "Dasar" },
  nomor: { at: "Waktu", number: "Nomor", fate: "Nasib", person: "Oleh", post: "Jabatan", reason: "Alasan" },
  tenggat: { number: "Nomor surat", giver: "Dari", post: "Berhenti di", due: "Batas waktu", status: "Keadaan", since: "Sejak", late: "Lewat (hari)" },
  versi: { number: "Nomor surat", person: "Pemaraf", post: "Jabatan", version: "Versi", initialled: "Hash yang diparaf", signed: "Hash yang ditandatangani", verdict: "Perbandingan" },
  admin: { at: "Waktu", person: "Oleh", post: "Jabatan", act: "Tindakan" },
  rantai: { what: "Yang diperiksa", says: "Hasil" },
};

/** The questions that are asked of one letter. */
export const asksForLetter: ReadonlySet<Question> = new Set(["pembaca", "admin"]);

const titles: Readonly<Record<Question, string>> = {
  pembaca: "siapa yang melihat surat", pelaksana: "surat yang ditandatangani Plh., Plt., atau Pj.", nomor: "nomor yang dipesan atau dibatalkan", tenggat: "disposisi yang lewat batas waktu", versi: "versi yang diparaf dan yang ditandatangani",
  admin: "tindakan admin sepekan sebelum surat", rantai: "keutuhan rantai catatan",
};

const span = (from: LocalDate | null, to: LocalDate | null): readonly string[] => (from === null && to === null ? [] : [[from === null ? "" : `sejak ${from}`, to === null ? "" : `sampai ${to}`].filter((part) => part !== "").join(" ")]);

const joined = (parts: readonly string[], otherwise: string): string => (parts.length === 0 ? otherwise : parts.join(", "));

/** What was asked, in the words that stand in the event. */
export const reportWords = (question: Question, input: ReportInput, names: { readonly letter: string | null; readonly unit: string | null }): string =>
  [titles[question], ...(names.letter === null ? [] : [`nomor ${names.letter}`]), ...span(input.from, input.to), ...(names.unit === null ? [] : [`unit ${names.unit}`])].join(", ");

/** A filter of acts in words. */
export const actWords = (filter: ActFilter, unit: string | null): string =>
  joined([
    ...(filter.person === "" ? [] : [`nama “${filter.person}”`]), ...(filter.post === "" ? [] : [`jabatan “${filter.post}”`]), ...(unit === null ? [] : [`unit ${unit}`]), ...(filter.letter === "" ? [] : [`surat “${filter.letter}”`]), ...filter.acts,
    ...span(filter.from, filter.to),
  ], "semua tindakan");

const kinds = { surat: "surat masuk", naskah: "naskah keluar" } as const;

/** A filter of letters in words; `types` are the titles of its letter types. */
export const letterWords = (filter: LetterFilter, names: { readonly unit: string | null; readonly types: readonly string[] }): string =>
  joined([
    ...(names.types.length > 0 ? [names.types.join(", ")] : filter.kind === null ? [] : [kinds[filter.kind]]), ...(filter.q === "" ? [] : [`“${filter.q}”`]), ...(names.unit === null ? [] : [`unit ${names.unit}`]), ...span(filter.from, filter.to),
  ], "semua surat dalam cakupan mandat");
