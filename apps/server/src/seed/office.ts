import { createHash } from "node:crypto";
import type { HoldingKind, PostFunction } from "../kernel/actor.ts";
import { idFrom, type Id } from "../kernel/ids.ts";
import type { DelegationState, HoldingState, Letterhead, PersonState, PositionFacts, UnitFacts } from "../organisation/index.ts";

// The demo office exists since the start of the year, so that its acts of today come after it.
const foundedMs = Date.UTC(2026, 0, 1, 16);
const founded = new Date(foundedMs).toISOString();

/** The same name always gives the same id: demo links stay valid on every machine. */
export const seedId = (name: string): Id => idFrom(foundedMs, createHash("sha256").update(name).digest().subarray(0, 10));

type Definition<State> = { readonly id: Id; readonly state: State };

/** One government of the demo, complete. */
export type SeedOffice = {
  readonly tenantId: Id;
  readonly name: string;
  readonly shortName: string;
  readonly kind: "kabupaten" | "desa";
  readonly region: string;
  readonly units: readonly Definition<UnitFacts>[];
  readonly positions: readonly Definition<PositionFacts>[];
  readonly persons: readonly Definition<PersonState>[];
  readonly holdings: readonly Definition<HoldingState>[];
  readonly delegations: readonly Definition<Omit<DelegationState, "ended">>[];
  readonly accounts: readonly { readonly username: string; readonly personId: Id; readonly signs: boolean }[];
};

/** A delegation (a.n. or u.b.) from a post to the one directly below it. */
type Link = { readonly kind: "an" | "ub"; readonly from: string; readonly to: string; readonly decree: string; readonly classifications?: readonly string[] };

// Invented decrees, as every regency has them: routine letters are signed one or two steps below the authority they rest on.
const regencyLinks: readonly Link[] = [
  { kind: "an", from: "bupati", to: "sekda", decree: "100.3.3.2/12/2026" },
  { kind: "ub", from: "sekda", to: "asisten1", decree: "100.3.3.5/4/2026", classifications: ["000", "100", "400"] },
  { kind: "an", from: "sekda", to: "kadis", decree: "100.3.3.5/3/2026" },
];
const villageLinks: readonly Link[] = [{ kind: "an", from: "kades", to: "sekdes", decree: "141/2/2026" }];

type Official = {
  readonly username: string;
  readonly name: string;
  readonly nip?: string;
  readonly rank?: string;
  readonly unit: string;
  readonly title: string;
  readonly short: string;
  readonly role: string;
  readonly superior?: string;
  readonly functions?: readonly PostFunction[];
  readonly holding?: HoldingKind;
  /** Has a certificate although his own post signs nothing: he is who stands in as Plh. */
  readonly standsIn?: true;
};

// All people are invented. NIP follow the official form (birth, appointment, sex, serial).
const regencyOfficials: readonly Official[] = [
  { username: "bupati", name: "Drs. H. Rahman Sulaiman, M.Si.", unit: "BUPATI", title: "Bupati Penajam Paser Utara", short: "Bupati", role: "bupati", functions: ["leader", "signer"] },
  { username: "sekda", name: "H. Syamsul Rijal, S.Sos., M.AP.", nip: "197003121995031004", rank: "Pembina Utama Madya", unit: "SETDA", title: "Sekretaris Daerah", short: "Sekda", role: "sekda", superior: "bupati", functions: ["leader", "signer"] },
  { username: "asisten1", name: "Dra. Nurhayati Lamo, M.M.", nip: "197105171996032003", rank: "Pembina Utama Muda", unit: "SETDA", title: "Asisten Pemerintahan dan Kesejahteraan Rakyat", short: "Asisten I", role: "asisten", superior: "sekda", functions: ["leader", "signer"] },
  { username: "kabagumum", name: "Muhammad Yusran, S.E.", nip: "197808092003121006", rank: "Pembina", unit: "SETDA.UMUM", title: "Kepala Bagian Umum", short: "Kabag Umum", role: "kepala_bagian", superior: "sekda", functions: ["leader"] },
  { username: "kabaghukum", name: "Andi Pratiwi, S.H., M.H.", nip: "198002142005022005", rank: "Pembina", unit: "SETDA.HUK", title: "Kepala Bagian Hukum", short: "Kabag Hukum", role: "kepala_bagian", superior: "sekda", functions: ["leader"] },
  { username: "tusetda", name: "Rina Marlina, A.Md.", nip: "199001152014032002", rank: "Pengatur Tingkat I", unit: "SETDA", title: "Pengadministrasi Persuratan Sekretariat Daerah", short: "TU Setda", role: "tata_usaha", superior: "kabagumum", functions: ["registrar", "archivist"] },
  { username: "kadis", name: "Hj. Nurlaila Hasan, S.Kom., M.T.", nip: "197506202000122001", rank: "Pembina Utama Muda", unit: "DISKOMINFO", title: "Kepala Dinas Komunikasi dan Informatika", short: "Kepala Diskominfo", role: "kepala", superior: "sekda", functions: ["leader", "signer"] },
  { username: "sekdis", name: "Bambang Hermawan, S.STP., M.Si.", nip: "198103042001121003", rank: "Pembina Tingkat I", unit: "DISKOMINFO", title: "Sekretaris Dinas Komunikasi dan Informatika", short: "Sekretaris Diskominfo", role: "sekretaris", superior: "kadis", functions: ["leader"], standsIn: true },
  { username: "kabid", name: "Fitriani Arsyad, S.Kom.", nip: "198407112009012004", rank: "Penata Tingkat I", unit: "DISKOMINFO.APTIKA", title: "Kepala Bidang Aplikasi Informatika dan Persandian", short: "Kabid Aptika", role: "kepala_bidang", superior: "sekdis", functions: ["leader"] },
  { username: "kabidb", name: "Hendra Wijaya, S.I.Kom.", nip: "198209232008011007", rank: "Penata Tingkat I", unit: "DISKOMINFO.IKP", title: "Kepala Bidang Informasi dan Komunikasi Publik", short: "Kabid IKP", role: "kepala_bidang", superior: "sekdis", functions: ["leader"] },
  { username: "kasi", name: "Dewi Anggraini, S.T.", nip: "198812052012012001", rank: "Penata", unit: "DISKOMINFO.APTIKA", title: "Kepala Seksi Tata Kelola Aplikasi", short: "Kasi Aplikasi", role: "kepala_seksi", superior: "kabid", functions: ["leader"] },
  { username: "staf", name: "Arief Setiawan, S.Kom.", nip: "199504182020121008", rank: "Penata Muda", unit: "DISKOMINFO.APTIKA", title: "Pranata Komputer Ahli Pertama", short: "Staf Aplikasi", role: "staf", superior: "kasi" },
  { username: "tudiskominfo", name: "Siti Maryam", nip: "199207302015032005", rank: "Pengatur", unit: "DISKOMINFO", title: "Pengadministrasi Persuratan Diskominfo", short: "TU Diskominfo", role: "tata_usaha", superior: "sekdis", functions: ["registrar", "archivist"] },
  { username: "camat", name: "Sulaiman Daud, S.IP.", nip: "197912102002121005", rank: "Pembina", unit: "KEC.SEPAKU", title: "Camat Sepaku", short: "Camat Sepaku", role: "kepala", superior: "sekda", functions: ["leader", "signer"] },
  { username: "tucamat", name: "Yuliana Tandi", nip: "199306152016032004", rank: "Pengatur", unit: "KEC.SEPAKU", title: "Pengadministrasi Umum Kecamatan Sepaku", short: "TU Kecamatan", role: "tata_usaha", superior: "camat", functions: ["registrar", "archivist"] },
  { username: "inspektur", name: "Drs. Lukman Hakim, Ak., CA.", nip: "197201251997031002", rank: "Pembina Utama Muda", unit: "INSPEKTORAT", title: "Inspektur Daerah", short: "Inspektur", role: "kepala", superior: "sekda", functions: ["leader", "signer", "inspector"] },
  { username: "admin", name: "Galih Prakoso, S.Kom.", nip: "199110022018011003", rank: "Penata Muda Tingkat I", unit: "DISKOMINFO", title: "Admin Sistem Lontar", short: "Admin", role: "admin", superior: "sekdis", functions: ["admin"] },
];

const villageOfficials: readonly Official[] = [
  { username: "kades", name: "Mulyono", unit: "DESA", title: "Kepala Desa Bukit Raya", short: "Kades", role: "kades", functions: ["leader", "signer"] },
  { username: "sekdes", name: "Sri Wahyuni", unit: "DESA", title: "Sekretaris Desa Bukit Raya", short: "Sekdes", role: "sekdes", superior: "kades", functions: ["leader"] },
  { username: "operator", name: "Dimas Saputra", unit: "DESA", title: "Kasi Pelayanan Desa Bukit Raya", short: "Operator Desa", role: "operator", superior: "sekdes", functions: ["operator", "registrar", "archivist"] },
  { username: "admindesa", name: "Yuni Lestari", unit: "DESA", title: "Kaur Tata Usaha dan Umum Desa Bukit Raya", short: "Kaur TU", role: "admin", superior: "sekdes", functions: ["admin"] },
];

/** Who of the demo office has a key to sign with: only they are shown a passphrase. */
export const demoSigners: ReadonlySet<string> = new Set([...regencyOfficials, ...villageOfficials].filter((official) => official.functions?.includes("signer") === true || official.standsIn === true).map((official) => official.username));

const opdAddress: readonly string[] = ["Jalan Provinsi Km 9 Nipah-Nipah, Penajam 76141, Telepon (0542) 7200000", "Pos-el kontak@penajamkab.contoh.id, Laman penajamkab.contoh.id"];
const regencyHead = (name: string): Letterhead => ({ level: "opd", lines: ["Pemerintah Kabupaten Penajam Paser Utara", name], address: opdAddress, place: "Penajam" });

const officeOf = (tenant: string, meta: Pick<SeedOffice, "name" | "shortName" | "kind" | "region">, units: readonly Definition<UnitFacts>[], officials: readonly Official[], links: readonly Link[]): SeedOffice => {
  const post = (username: string): Id => seedId(`${tenant}/position/${username}`);
  return {
    tenantId: seedId(`tenant/${tenant}`),
    ...meta,
    units,
    positions: officials.map((official, order) => ({
      id: post(official.username),
      state: { unitId: seedId(`${tenant}/unit/${official.unit}`), title: official.title, shortTitle: official.short, superiorId: official.superior === undefined ? null : post(official.superior), role: official.role, functions: official.functions ?? [], order },
    })),
    persons: officials.map((official) => ({ id: seedId(`${tenant}/person/${official.username}`), state: { name: official.name, nip: official.nip ?? null, rank: official.rank ?? null, email: null } })),
    holdings: officials.map((official) => ({
      id: seedId(`${tenant}/holding/${official.username}`),
      state: { personId: seedId(`${tenant}/person/${official.username}`), positionId: post(official.username), kind: official.holding ?? "definitif", basis: null, since: founded, until: null, decree: null, scope: null, ended: null },
    })),
    delegations: links.map(({ kind, from, to, decree: number, classifications }) => ({
      id: seedId(`${tenant}/delegation/${kind}/${from}/${to}`),
      state: { kind, fromId: post(from), toId: post(to), basis: `${number} tanggal 02-01-2026`, decree: { number, date: "2026-01-02", letterId: null, file: null }, scope: classifications === undefined ? null : { types: [], classifications }, since: founded, until: null },
    })),
    accounts: officials.map((official) => ({ username: official.username, personId: seedId(`${tenant}/person/${official.username}`), signs: demoSigners.has(official.username) })),
  };
};

/** The regency with its OPD (example list), kecamatan and kelurahan. */
export const regency = (opd: readonly Readonly<Record<string, string>>[], regions: readonly Readonly<Record<string, string>>[]): SeedOffice => {
  const id = (code: string): Id => seedId(`ppu/unit/${code}`);
  const unit = (code: string, name: string, parent: string | null, kind: string, letterhead: Letterhead | null): Definition<UnitFacts> => ({ id: id(code), state: { code, name, shortName: code, parentId: parent === null ? null : id(parent), kind, letterhead } });
  const wards = regions.filter((region) => region["jenis"] === "kelurahan");
  const districtCode = (region: string): string => `KEC.${(regions.find((candidate) => candidate["kode"] === region)?.["nama"] ?? "").toUpperCase()}`;
  return officeOf(
    "ppu",
    { name: "Kabupaten Penajam Paser Utara", shortName: "Kab. Penajam Paser Utara", kind: "kabupaten", region: "64.09" },
    [
      unit("BUPATI", "Bupati Penajam Paser Utara", null, "kepala daerah", { level: "bupati", lines: ["Bupati Penajam Paser Utara"], address: opdAddress, place: "Penajam" }),
      ...opd.map((row) => {
        const code = row["kode"] ?? "";
        const name = row["nama"] ?? "";
        const parent = code.startsWith("SETDA.") ? "SETDA" : "BUPATI";
        return unit(code, name, parent, row["jenis"] ?? "", code.startsWith("SETDA.") ? null : regencyHead(name));
      }),
      unit("DISKOMINFO.APTIKA", "Bidang Aplikasi Informatika dan Persandian", "DISKOMINFO", "bidang", null),
      unit("DISKOMINFO.IKP", "Bidang Informasi dan Komunikasi Publik", "DISKOMINFO", "bidang", null),
      ...wards.map((ward) => unit(`KEL.${ward["kode"] ?? ""}`, `Kelurahan ${ward["nama"] ?? ""}`, districtCode(ward["induk"] ?? ""), "kelurahan", regencyHead(`Kelurahan ${ward["nama"] ?? ""}`))),
    ],
    regencyOfficials,
    regencyLinks,
  );
};

/** Desa Bukit Raya: a government of its own on the same installation. */
export const village = (): SeedOffice =>
  officeOf(
    "bukitraya",
    { name: "Desa Bukit Raya", shortName: "Desa Bukit Raya", kind: "desa", region: "64.09.04.2002" },
    [
      {
        id: seedId("bukitraya/unit/DESA"),
        state: {
          code: "BUKIT RAYA",
          name: "Desa Bukit Raya",
          shortName: "BUKIT RAYA",
          parentId: null,
          kind: "desa",
          letterhead: { level: "desa", lines: ["Pemerintah Kabupaten Penajam Paser Utara", "Kecamatan Sepaku", "Desa Bukit Raya"], address: ["Jalan Negara RT 04, Desa Bukit Raya, Kecamatan Sepaku 76149", "Pos-el desa@bukitraya.contoh.id"], place: "Bukit Raya" },
        },
      },
    ],
    villageOfficials,
    villageLinks,
  );
