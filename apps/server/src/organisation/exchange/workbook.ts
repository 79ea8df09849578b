import type { Zone } from "../../kernel/ids.ts";
import { writeCsv } from "./csv.ts";
import { momentText } from "./moments.ts";
import { codeOfPerson, codeOfPost, type OfficeSnapshot } from "./office.ts";
import { columns, sheetNames, type SheetName } from "./sheets.ts";
import { writeXlsx, type WrittenSheet } from "./xlsx.ts";

const widths = { Unit: [22, 44, 20, 18, 22, 12, 40, 50, 16], Jabatan: [18, 50, 26, 22, 18, 18, 26, 10], Pegawai: [18, 40, 22, 22, 24, 12, 30], Pemangku: [18, 22, 14, 22, 22, 30, 18, 30] } as const satisfies Record<SheetName, readonly number[]>;

/** The words of a holding's kind in a sheet. */
export const holdingWords = { definitif: "Definitif", plt: "Plt.", plh: "Plh.", pj: "Pj." } as const;

/** The rows of one sheet. What is exported is exactly importable again: importing it changes nothing. */
export const rowsFor = (office: OfficeSnapshot, zone: Zone): Readonly<Record<SheetName, readonly (readonly string[])[]>> => {
  const unitCodes = new Map(office.units.map((unit) => [unit.id, unit.facts.code]));
  const postCodes = new Map(office.posts.map((post) => [post.id, codeOfPost(post)]));
  const people = new Map(office.people.map((person) => [person.id, person.state.nip ?? codeOfPerson(person.id)]));
  return {
    Unit: office.units.map(({ facts }) => [facts.code, facts.name, facts.shortName, facts.kind, facts.parentId === null ? "" : (unitCodes.get(facts.parentId) ?? ""), facts.letterhead?.level ?? "", facts.letterhead?.lines.join("\n") ?? "", facts.letterhead?.address.join("\n") ?? "", facts.letterhead?.place ?? ""]),
    Jabatan: office.posts.map((post) => [codeOfPost(post), post.facts.title, post.facts.shortTitle, unitCodes.get(post.facts.unitId) ?? "", post.facts.superiorId === null ? "" : (postCodes.get(post.facts.superiorId) ?? ""), post.facts.role, post.facts.functions.join(", "), String(post.facts.order)]),
    Pegawai: office.people.map(({ id, state, nik }) => [codeOfPerson(id), state.name, state.nip ?? "", nik?.masked ?? "", state.rank ?? "", state.grade ?? "", state.email ?? ""]),
    Pemangku: office.holdings
      .filter(({ state }) => postCodes.has(state.positionId) && (state.until === null || state.since < state.until))
      .map(({ state }) => [postCodes.get(state.positionId) ?? "", people.get(state.personId) ?? "", holdingWords[state.kind], momentText(state.since, zone, false), momentText(state.until, zone, true), state.decree?.number ?? "", state.decree?.date ?? "", state.ended?.reason ?? ""]),
  };
};

const guide: WrittenSheet = {
  name: "Petunjuk",
  header: ["Lembar", "Kolom", "Isi"],
  widths: [14, 22, 90],
  rows: [
    ["Semua", "", "Jangan ubah judul kolom. Isi setiap sel sebagai teks; rumus tidak diterima. Baris yang tidak ada di berkas tidak dihapus dari Lontar."],
    ["Unit", "Kode", "Kode tetap unit, misalnya DISKOMINFO. Baris dicocokkan menurut kode ini."],
    ["Unit", "Kode Induk", "Kode unit di atasnya; kosong untuk puncak susunan."],
    ["Unit", "Bentuk Kop", "opd, bupati, atau desa; kosong bila unit memakai kop induknya. Baris Kop dan Alamat Kop: satu baris satu keterangan (Alt+Enter)."],
    ["Jabatan", "Kode", "Kode tetap jabatan, pilihan Anda sendiri. Jabatan lama yang belum berkode memakai kode J-… dari ekspor."],
    ["Jabatan", "Kode Atasan", "Kode jabatan atasan langsung; kosong untuk pimpinan tertinggi."],
    ["Jabatan", "Peran", "Peran dalam rantai paraf, huruf kecil dan garis bawah: kepala, sekretaris, kepala_bidang, kepala_seksi, ketua_tim, staf, tata_usaha, …"],
    ["Jabatan", "Fungsi", "Dipisah koma: registrar, archivist, leader, signer, operator, inspector, admin."],
    ["Pegawai", "Kode", "Kode P-… dari ekspor; kosong untuk pegawai baru yang ber-NIP."],
    ["Pegawai", "NIP", "18 angka, sebagai teks. Angka Excel membulatkan NIP, jadi ditolak."],
    ["Pegawai", "NIK", "16 angka, sebagai teks. Kosong atau tersamar berarti NIK yang tercatat tetap."],
    ["Pemangku", "Pegawai", "NIP pegawai, atau kodenya bila tidak ber-NIP."],
    ["Pemangku", "Pemangkuan", "Definitif atau Pj. Mandat Plt. dan Plh. diberikan di halaman Mandat."],
    ["Pemangku", "Mulai, Sampai", "Tanggal seperti 2026-11-24 atau 24-11-2026. Sampai: hari terakhir; kosong bila belum berakhir."],
  ],
};

const written = (rows: Readonly<Record<SheetName, readonly (readonly string[])[]>>): readonly WrittenSheet[] => sheetNames.map((name) => ({ name, header: Object.values(columns[name]), rows: rows[name], widths: widths[name] }));

/** The organisation as a workbook of four sheets. */
export const workbookOf = (office: OfficeSnapshot, zone: Zone): Buffer => writeXlsx([...written(rowsFor(office, zone)), guide]);

/** An empty workbook with instructions. */
export const template = (): Buffer => writeXlsx([...written({ Unit: [], Jabatan: [], Pegawai: [], Pemangku: [] }), guide]);

/** One sheet of the organisation as CSV. */
export const csvOf = (office: OfficeSnapshot, sheet: SheetName, zone: Zone): string => writeCsv(Object.values(columns[sheet]), rowsFor(office, zone)[sheet]);
