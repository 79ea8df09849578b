import type { contract, Result } from "@lontar/contract";
import { localDate, type Zone } from "../kernel/ids.ts";

type Readers = Result<(typeof contract)["rights.readers"]>;

// A spreadsheet takes a cell that begins so for a formula, and would run what a sender wrote into a title (CWE-1236).
const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

const cell = (text: string): string => `"${(isFormula(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const header = ["Aturan", "Dasar", "Nama", "Jabatan", "Unit", "Status jabatan", "Yang dilihat", "Sejak", "Tindakan yang memberi hak", "Oleh", "Nomor peristiwa"];

/** The list as a spreadsheet reads it: RFC 4180 with a mark that says UTF-8. */
export const readersCsv = (readers: Readers, zone: Zone): string => {
  const lines = readers.groups.flatMap(({ clause, rule, people }) =>
    people.map((person) => [
      clause, rule, person.name ?? (readers.isNamed ? "(jabatan kosong)" : "(nama dirahasiakan)"), person.post, person.unit, person.holding ?? "", person.sight, localDate(person.since, zone),
      person.act?.sentence ?? "", [person.act?.person ?? "", person.act?.post ?? ""].filter((part) => part !== "").join(", "), person.act?.eventId ?? "",
    ]));
  return `\uFEFF${[header, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
};
