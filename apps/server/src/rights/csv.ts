import type { contract, Result } from "@lontar/contract";
import { writeCsv } from "../kernel/csv.ts";
import { localDate, type Zone } from "../kernel/ids.ts";

type Readers = Result<(typeof contract)["rights.readers"]>;

const header = ["Aturan", "Dasar", "Nama", "Jabatan", "Unit", "Status jabatan", "Yang dilihat", "Sejak", "Tindakan yang memberi hak", "Oleh", "Nomor peristiwa"];

/** The list of who may see a letter, for a spreadsheet. */
export const readersCsv = (readers: Readers, zone: Zone): string => {
  const lines = readers.groups.flatMap(({ clause, rule, people }) =>
    people.map((person) => [
      clause, rule, person.name ?? (readers.isNamed ? "(jabatan kosong)" : "(nama dirahasiakan)"), person.post, person.unit, person.holding ?? "", person.sight, localDate(person.since, zone),
      person.act?.sentence.id ?? "", [person.act?.person ?? "", person.act?.post ?? ""].filter((part) => part !== "").join(", "), person.act?.eventId ?? "",
    ]));
  return writeCsv(header, lines);
};
