import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { always } from "../dated.ts";
import type { HoldingState } from "../holding.ts";
import type { PositionFacts } from "../position.ts";
import type { UnitFacts } from "../unit.ts";
import { momentText, readMoment } from "./moments.ts";
import { codeOfPerson, codeOfPost, type Clock, type OfficeSnapshot } from "./office.ts";
import { planImport, type Plan } from "./plan.ts";
import { columns, readSheets, sheetNames, type SheetName } from "./sheets.ts";
import { textCell, type Cell, type Table } from "./table.ts";
import { rowsFor } from "./workbook.ts";

const id = (n: number): string => `01976e3c-0000-7000-8000-${String(n).padStart(12, "0")}`;
const clock: Clock = { at: "2026-11-27T10:00:00.000Z", now: "2026-11-27T10:00:00.000Z", zone: "WITA" };
const keys = { importId: id(999), keyedNik: (nik: string): string => `keyed-${nik}` };

const unit = (n: number, code: string, parent: number | null, more: Partial<UnitFacts> = {}) => ({ id: id(n), facts: { code, name: `Unit ${code}`, shortName: code, parentId: parent === null ? null : id(parent), kind: "dinas", letterhead: null, ...more }, lastSince: always });
const post = (n: number, title: string, unitNumber: number, superior: number | null, more: Partial<PositionFacts> = {}) => ({ id: id(n), facts: { unitId: id(unitNumber), title, shortTitle: title, superiorId: superior === null ? null : id(superior), role: "staf", functions: [], order: n, code: `K${n}`, ...more }, lastSince: always });
const person = (n: number, name: string, nip: string | null, nik: string | null = null) => ({ id: id(n), state: { name, nip, rank: "Pembina", grade: "IV/a", email: null }, nik: nik === null ? null : { masked: `••••••••••••${nik.slice(-4)}`, keyed: `keyed-${nik}` } });
const holding = (n: number, personNumber: number, postNumber: number, more: Partial<HoldingState> = {}) => ({ id: id(n), state: { personId: id(personNumber), positionId: id(postNumber), kind: "definitif" as const, basis: null, since: "2026-01-01T16:00:00.000Z", until: null, decree: null, scope: null, ended: null, ...more } });

const nip = (n: number): string => `19750620200012${String(n).padStart(4, "0")}`;
const office: OfficeSnapshot = {
  units: [
    unit(1, "BUPATI", null, { letterhead: { level: "bupati", lines: ["Bupati"], address: ["Jalan Provinsi Km 9"], place: "Penajam" } }),
    unit(2, "DINAS", 1, { letterhead: { address: [], level: "opd", place: "Penajam", lines: ["Pemerintah Kabupaten", "Dinas"] } }),
    unit(3, "DINAS.A", 2),
    unit(4, "DINAS.B", 2),
  ],
  posts: [post(11, "Bupati", 1, null, { code: null }), post(12, "Kepala Dinas", 2, 11, { functions: ["leader", "signer"] }), post(13, "Kabid A", 3, 12), post(14, "Kabid B", 4, 12)],
  people: [person(21, "Rahman", null), person(22, "Nurlaila", nip(1), "6409010101750001"), person(23, "Fitriani", nip(2)), person(24, "=HYPERLINK", nip(3))],
  holdings: [
    holding(31, 21, 11), holding(32, 22, 12), holding(33, 23, 13, { until: "2026-06-30T16:00:00.000Z", ended: { at: always, by: "admin", reason: "Mutasi", revoked: false } }),
    holding(34, 24, 12, { kind: "plh", since: "2026-11-26T01:02:03.456Z", until: "2026-11-30T16:00:00.000Z", decree: { number: "800/1/2026", date: "2026-11-25", letterId: null, file: null } }),
    holding(35, 24, 13, { kind: "plh", since: "2026-12-01T00:00:00.000Z", until: "2026-12-01T00:00:00.000Z" }),
  ],
};

type Edit = (rows: Record<SheetName, string[][]>) => void;
const exported = (edit: Edit = () => undefined): Table[] => {
  const from = rowsFor(office, clock.zone);
  const rows: Record<SheetName, string[][]> = { Unit: from.Unit.map((row) => [...row]), Jabatan: from.Jabatan.map((row) => [...row]), Pegawai: from.Pegawai.map((row) => [...row]), Pemangku: from.Pemangku.map((row) => [...row]) };
  edit(rows);
  return sheetNames.map((name) => ({ name, rows: [Object.values<string>(columns[name]), ...rows[name]].map((row) => row.map(textCell)) }));
};
const plan = (tables: readonly Table[], more: Partial<Clock> = {}): Plan => planImport(office, readSheets(tables), { ...clock, ...more }, keys);
const planEdited = (edit: Edit, more: Partial<Clock> = {}): Plan => plan(exported(edit), more);
const told = ({ problems }: Plan): readonly string[] => problems.map((each) => `${each.sheet} ${each.row} ${each.column ?? "-"}: ${each.code}${each.other === null ? "" : ` (${each.other})`}`);
const set = (rows: string[][], row: number, column: number, text: string): void => {
  const cells = rows[row] ?? assert.fail(`no row ${row}`);
  cells[column] = text;
};

describe("an import", () => {
  it("of what was exported changes nothing, and says so of every row", () => {
    const result = plan(exported());
    assert.deepEqual(told(result), []);
    assert.deepEqual(result.changes, []);
    assert.deepEqual(result.counts.map((count) => [count.sheet, count.rows, count.unchanged, count.fresh, count.changed, count.absent]), [["Unit", 4, 4, 0, 0, 0], ["Jabatan", 4, 4, 0, 0, 0], ["Pegawai", 4, 4, 0, 0, 0], ["Pemangku", 4, 4, 0, 0, 0]]);
  });

  it("lists every problem by sheet and row", () => {
    const cases: readonly (readonly [string, Edit, readonly string[]])[] = [
      ["no code", ({ Unit }) => set(Unit, 1, 0, ""), ["Unit 3 Kode: required"]],
      ["code twice", ({ Unit }) => set(Unit, 3, 0, "DINAS.A"), ["Unit 5 Kode: duplicate (4)"]],
      ["unknown parent", ({ Unit }) => set(Unit, 2, 4, "TIADA"), ["Unit 4 Kode Induk: parent_unknown"]],
      ["loop of units", ({ Unit }) => set(Unit, 1, 4, "DINAS.A"), ["Unit 3 Kode Induk: loop"]],
      ["unit under itself", ({ Unit }) => set(Unit, 1, 4, "DINAS"), ["Unit 3 Kode Induk: loop"]],
      ["no name", ({ Unit }) => set(Unit, 1, 1, ""), ["Unit 3 Nama: required (wajib diisi)"]],
      ["name too long", ({ Unit }) => set(Unit, 1, 1, "x".repeat(161)), ["Unit 3 Nama: malformed (paling banyak 160 huruf)"]],
      ["unknown letterhead", ({ Unit }) => set(Unit, 1, 5, "pusat"), ["Unit 3 Bentuk Kop: level_unknown (opd, bupati, desa)"]],
      ["half a letterhead", ({ Unit }) => set(Unit, 1, 8, ""), ["Unit 3 Tempat Kop: letterhead_incomplete"]],
      ["letterhead without form", ({ Unit }) => set(Unit, 1, 5, ""), ["Unit 3 Bentuk Kop: letterhead_incomplete"]],
      ["post code twice", ({ Jabatan }) => set(Jabatan, 3, 0, "K13"), ["Jabatan 5 Kode: duplicate (4)"]],
      ["code of no post", ({ Jabatan }) => set(Jabatan, 3, 0, "J-000000000000"), ["Jabatan 5 Kode: post_unknown"]],
      ["unknown unit", ({ Jabatan }) => set(Jabatan, 1, 3, "TIADA"), ["Jabatan 3 Kode Unit: unit_unknown"]],
      ["unknown superior", ({ Jabatan }) => set(Jabatan, 1, 4, "K99"), ["Jabatan 3 Kode Atasan: superior_unknown"]],
      ["loop of posts", ({ Jabatan }) => set(Jabatan, 1, 4, "K13"), ["Jabatan 3 Kode Atasan: loop"]],
      ["unknown function", ({ Jabatan }) => set(Jabatan, 1, 6, "leader, penandatangan"), ["Jabatan 3 Fungsi: function_unknown (registrar, archivist, leader, signer, operator, inspector, admin)"]],
      ["order is no number", ({ Jabatan }) => set(Jabatan, 1, 7, "dua"), ["Jabatan 3 Urutan: order_bad"]],
      ["order below zero", ({ Jabatan }) => set(Jabatan, 1, 7, "-1"), ["Jabatan 3 Urutan: order_bad"]],
      ["role in words", ({ Jabatan }) => set(Jabatan, 1, 5, "Kepala Dinas"), ["Jabatan 3 Peran: malformed (peran ditulis dengan huruf kecil dan garis bawah)"]],
      ["NIP too short", ({ Pegawai }) => set(Pegawai, 1, 2, "123"), ["Pegawai 3 NIP: nip_length"]],
      ["NIP rounded", ({ Pegawai }) => set(Pegawai, 1, 2, "1.9750620200012E+17"), ["Pegawai 3 NIP: digits_lost"]],
      ["NIP twice in the file", ({ Pegawai }) => set(Pegawai, 2, 2, nip(1)), ["Pegawai 4 NIP: duplicate (3)"]],
      ["NIP of somebody else", ({ Pegawai }) => void Pegawai.splice(1, 3, [codeOfPerson(id(23)), "Fitriani", nip(1), "", "Pembina", "IV/a", ""]), ["Pegawai 3 NIP: nip_taken (Nurlaila)"]],
      ["NIK too short", ({ Pegawai }) => set(Pegawai, 2, 3, "640901"), ["Pegawai 4 NIK: nik_length"]],
      ["NIK of somebody else", ({ Pegawai }) => set(Pegawai, 2, 3, "6409010101750001"), ["Pegawai 4 NIK: nik_taken (Nurlaila)"]],
      ["mask of somebody else", ({ Pegawai }) => set(Pegawai, 2, 3, "••••••••••••0001"), ["Pegawai 4 NIK: nik_masked"]],
      ["bad address", ({ Pegawai }) => set(Pegawai, 2, 6, "bukan pos-el"), ["Pegawai 4 Pos-el: malformed (pos-el tidak sah)"]],
      ["code of nobody", ({ Pegawai }) => set(Pegawai, 2, 0, "P-999999999999"), ["Pegawai 4 Kode: person_unknown"]],
      ["unknown post", ({ Pemangku }) => set(Pemangku, 1, 0, "K99"), ["Pemangku 3 Kode Jabatan: post_unknown"]],
      ["unknown person", ({ Pemangku }) => set(Pemangku, 1, 1, nip(99)), ["Pemangku 3 Pegawai: person_unknown"]],
      ["unknown kind", ({ Pemangku }) => set(Pemangku, 1, 2, "Honorer"), ["Pemangku 3 Pemangkuan: kind_unknown (Definitif, Plt., Plh., Pj.)"]],
      ["no beginning", ({ Pemangku }) => set(Pemangku, 1, 3, ""), ["Pemangku 3 Mulai: required"]],
      ["no such day", ({ Pemangku }) => set(Pemangku, 1, 3, "31-02-2026"), ["Pemangku 3 Mulai: date_bad"]],
      ["upside down", ({ Pemangku }) => set(Pemangku, 1, 4, "2025-12-31"), ["Pemangku 3 Sampai: end_before_start"]],
      ["end already past", ({ Pemangku }) => set(Pemangku, 1, 4, "2026-11-01"), ["Pemangku 3 Sampai: end_in_past"]],
      ["what ended stays", ({ Pemangku }) => set(Pemangku, 2, 4, "2026-12-31"), ["Pemangku 4 Sampai: holding_fixed"]],
      ["mandate ended here", ({ Pemangku }) => set(Pemangku, 3, 4, "2026-12-31"), ["Pemangku 5 Sampai: mandate_elsewhere"]],
      ["mandate given here", ({ Pemangku }) => void Pemangku.push(["K14", nip(2), "Plt.", "2026-12-01", "", "800/2", "2026-11-20", ""]), ["Pemangku 6 Pemangkuan: mandate_elsewhere"]],
      ["another decree", ({ Pemangku }) => { set(Pemangku, 1, 5, "821/1"); set(Pemangku, 1, 6, "2026-01-01"); }, ["Pemangku 3 Nomor Keputusan: holding_fixed"]],
      ["half a decree", ({ Pemangku }) => void Pemangku.push(["K14", nip(2), "Definitif", "2026-12-01", "", "821/2", "", ""]), ["Pemangku 6 Tanggal Keputusan: decree_incomplete"]],
      ["two holders: office", ({ Pemangku }) => void Pemangku.push(["K12", nip(2), "Definitif", "2026-12-01", "", "", "", ""]), ["Pemangku 6 Mulai: overlap (Nurlaila, 2026-01-02)"]],
      ["two holders: file", ({ Pemangku }) => void Pemangku.push(["K14", nip(2), "Definitif", "2026-12-01", "2027-01-31", "", "", ""], ["K14", nip(3), "Definitif", "2027-01-31", "", "", "", ""]), ["Pemangku 7 Mulai: overlap (Fitriani, 2026-12-01 s.d. 2027-01-31)"]],
      ["row twice", ({ Pemangku }) => void Pemangku.push([...(Pemangku[1] ?? [])]), ["Pemangku 6 Kode Jabatan: duplicate (3)"]],
    ];
    for (const [name, edit, expected] of cases) assert.deepEqual(told(planEdited(edit)), expected, name);
  });

  it("lists all that is wrong with one row at once, and nothing that only follows from it", () => {
    const cases: readonly (readonly [string, Edit, readonly string[]])[] = [
      ["a unit", ({ Unit }) => Unit.push(["", "", "S", "seksi", "TIADA", "pusat", "", "", ""]), ["Unit 6 Kode: required", "Unit 6 Kode Induk: parent_unknown", "Unit 6 Bentuk Kop: level_unknown (opd, bupati, desa)", "Unit 6 Nama: required (wajib diisi)"]],
      ["a unit in a loop", ({ Unit }) => { set(Unit, 1, 4, "DINAS.A"); set(Unit, 1, 1, ""); }, ["Unit 3 Kode Induk: loop", "Unit 3 Nama: required (wajib diisi)"]],
      ["a post", ({ Jabatan }) => Jabatan.push(["K13", "", "J", "TIADA", "K99", "Kepala Seksi", "leader", "dua"]), ["Jabatan 6 Kode: duplicate (4)", "Jabatan 6 Kode Unit: unit_unknown", "Jabatan 6 Kode Atasan: superior_unknown", "Jabatan 6 Urutan: order_bad", "Jabatan 6 Nama Jabatan: required (wajib diisi)", "Jabatan 6 Peran: malformed (peran ditulis dengan huruf kecil dan garis bawah)"]],
      ["a person", ({ Pegawai }) => Pegawai.push(["P-999999999999", "", "123", "640901", "", "", "bukan pos-el"]), ["Pegawai 6 NIP: nip_length", "Pegawai 6 NIK: nik_length", "Pegawai 6 Kode: person_unknown", "Pegawai 6 Nama: required (wajib diisi)", "Pegawai 6 Pos-el: malformed (pos-el tidak sah)"]],
      ["his post beside his own row", ({ Pegawai, Pemangku }) => { Pegawai.push(["", "Baru", nip(9), "1", "", "", ""]); Pemangku.push(["K14", nip(9), "Definitif", "2026-12-01", "", "", "", ""]); }, ["Pegawai 6 NIK: nik_length"]],
    ];
    for (const [name, edit, expected] of cases) assert.deepEqual(told(planEdited(edit)), expected, name);
  });

  it("names what is no sheet, no column and no value", () => {
    const header = Object.values<string>(columns.Unit).map(textCell);
    const one = (rows: readonly (readonly Cell[])[], name = "Unit"): readonly string[] => told(plan([{ name, rows }]));
    assert.deepEqual(one([]), [" 1 -: nothing_to_read"]);
    assert.deepEqual(one([[textCell("Warna")]], "Lembar1"), ["Lembar1 1 -: sheet_unknown"]);
    assert.deepEqual(one([[...header, textCell("Warna")]]), ["Unit 1 Warna: column_unknown"]);
    assert.deepEqual(one([[...header, textCell("kode")]]), ["Unit 1 kode: column_twice"]);
    assert.deepEqual(one([header.slice(1)]), ["Unit 1 Kode: column_missing"]);
    assert.deepEqual(one([header, [textCell("DINAS"), { text: "1+1", kind: "formula" }, { text: "#REF!", kind: "error" }, textCell("dinas"), textCell("BUPATI")]]).slice(0, 2), ["Unit 2 Nama: formula", "Unit 2 Nama Singkat: error_cell"]);
    assert.deepEqual(told(plan([...exported(), ...exported().slice(0, 1)])), ["Unit 1 -: sheet_twice"]);
    const people = Object.values<string>(columns.Pegawai).map(textCell);
    assert.deepEqual(told(plan([{ name: "Pegawai", rows: [people, [textCell(""), textCell("Baru"), { text: "197506202000120000", kind: "number" }]] }])), ["Pegawai 2 NIP: digits_lost"]);
    assert.deepEqual(told(plan([{ name: "data.csv", rows: [people] }])), [], "a CSV is known by its columns");
  });

  it("does not touch what a later plan already decides, and does not put people into posts that are not there yet", () => {
    const planned: OfficeSnapshot = { ...office, units: office.units.map((each) => (each.facts.code === "DINAS.A" ? { ...each, lastSince: "2027-01-01T16:00:00.000Z" } : each)) };
    const tables = exported(({ Unit }) => set(Unit, 2, 1, "Bidang Anu"));
    assert.deepEqual(told(planImport(planned, readSheets(tables), clock, keys)), ["Unit 4 Kode: plan_in_the_way (2027-01-02)"]);
    const fresh: Edit = ({ Jabatan, Pemangku }) => { Jabatan.push(["BARU", "Kasi Baru", "Kasi", "DINAS.A", "K13", "kepala_seksi", "", ""]); Pemangku.push(["BARU", nip(2), "Definitif", "2026-12-01", "", "", "", ""]); };
    assert.deepEqual(told(planEdited(fresh, { at: "2026-12-31T16:00:00.000Z" })), ["Pemangku 6 Mulai: post_not_yet (2027-01-01)"]);
    assert.deepEqual(told(planEdited(fresh)), []);
  });

  it("orders its changes so that each stands on the one before: parents, superiors, people, ends, beginnings", () => {
    const result = planEdited(({ Unit, Jabatan, Pegawai, Pemangku }) => {
      Unit.unshift(["X.Y", "Seksi Y", "Y", "seksi", "X", "", "", "", ""]);
      Unit.push(["X", "Bidang X", "X", "bidang", "DINAS", "", "", "", ""]);
      Jabatan.unshift(["KX.Y", "Kasi Y", "Kasi Y", "X.Y", "KX", "kepala_seksi", "leader", ""]);
      Jabatan.push(["KX", "Kabid X", "Kabid X", "X", "K12", "kepala_bidang", "leader", "7"]);
      Pegawai.push(["", "Baru", nip(9), "6409010101900009", "", "", ""]);
      set(Pemangku, 1, 4, "2026-12-31");
      Pemangku.push(["K12", nip(9), "Definitif", "01/01/2027", "", "821/5/2026", "20-12-2026", ""]);
    });
    assert.deepEqual(told(result), []);
    assert.deepEqual(result.changes.map((change) => [change.type, change.what, change.title]), [
      ["unit", "new", "Bidang X"], ["unit", "new", "Seksi Y"], ["post", "new", "Kabid X"], ["post", "new", "Kasi Y"], ["person", "new", "Baru"], ["end", "ended", "Nurlaila"], ["begin", "new", "Baru"],
    ]);
    const begin = result.changes.at(-1);
    assert.ok(begin?.type === "begin");
    assert.deepEqual([begin.holding.since, begin.holding.basis], ["2026-12-31T16:00:00.000Z", "821/5/2026 tanggal 20-12-2026"]);
    assert.deepEqual(planEdited(({ Pegawai }) => void Pegawai.push(["", "Baru", nip(9), "6409010101900009", "", "", ""])).changes.map((change) => change.id), [result.changes[4]?.id], "the same import makes the same ids");
  });

  it("knows a person without NIP again by name, and says when two could be meant", () => {
    assert.deepEqual(planEdited(({ Pegawai }) => { for (const row of Pegawai) if (row[1] === "Rahman") row[0] = "apa saja"; }).changes, []);
    const twins: OfficeSnapshot = { ...office, people: [...office.people, person(29, "rahman", null)] };
    assert.deepEqual(told(planImport(twins, readSheets([{ name: "Pegawai", rows: [Object.values<string>(columns.Pegawai).map(textCell), ["", "Rahman"].map(textCell)] }]), clock, keys)), ["Pegawai 2 Nama: person_ambiguous"]);
  });

  it("finds nothing to do a second time, whatever was edited", () => {
    const edit = fc.record({ sheet: fc.constantFrom("Unit" as const, "Jabatan" as const, "Pegawai" as const), row: fc.nat({ max: 3 }), column: fc.nat({ max: 8 }), text: fc.constantFrom("", "Nama Lain", "DINAS", "DINAS.B", "K14", "K13", "leader", "3", nip(7), "opd", "x@y.id") });
    fc.assert(fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
      const tables = exported((rows) => { for (const each of edits) { const row = rows[each.sheet][each.row]; if (row !== undefined && each.column < row.length) row[each.column] = each.text; } });
      const first = plan(tables);
      if (first.problems.length > 0) return;
      const after = applied(first);
      const second = planImport(after, readSheets(tables), clock, { ...keys, importId: id(998) });
      assert.deepEqual([told(second), second.changes], [[], []]);
    }), { numRuns: 300 });
  });
});

/** The office after a plan, as the commands would make it. */
const applied = ({ changes }: Plan): OfficeSnapshot => {
  const put = <T extends { readonly id: string }>(rows: readonly T[], row: T): readonly T[] => [...rows.filter((each) => each.id !== row.id), row];
  return changes.reduce<OfficeSnapshot>((state, change) => {
    switch (change.type) {
      case "unit":
        return { ...state, units: put(state.units, { id: change.id, facts: change.facts, lastSince: clock.at }) };
      case "post":
        return { ...state, posts: put(state.posts, { id: change.id, facts: change.facts, lastSince: clock.at }) };
      case "person":
        return { ...state, people: put(state.people, { id: change.id, state: change.state, nik: state.people.find((each) => each.id === change.id)?.nik ?? null }) };
      case "begin":
        return { ...state, holdings: put(state.holdings, { id: change.id, state: change.holding }) };
      case "end":
        return { ...state, holdings: state.holdings.map((each) => (each.id === change.id ? { ...each, state: { ...each.state, until: change.until } } : each)) };
      default:
        throw change satisfies never;
    }
  }, office);
};

describe("moments in a sheet", () => {
  it("are read as people write them and written so that they are read the same", () => {
    for (const [text, isEnd, instant] of [
      ["2026-01-02", false, "2026-01-01T16:00:00.000Z"],
      ["2/1/2026", false, "2026-01-01T16:00:00.000Z"],
      ["02.01.2026", false, "2026-01-01T16:00:00.000Z"],
      ["2026-01-02", true, "2026-01-02T16:00:00.000Z"],
      ["2026-01-02 14.05", true, "2026-01-02T06:05:00.000Z"],
      ["2026-01-02 14:05:33", false, "2026-01-02T06:05:33.000Z"],
      ["2026-02-30", false, undefined],
      ["2026-01-02 25:00", false, undefined],
      ["besok", false, undefined],
      ["", false, undefined],
    ] as const) assert.equal(readMoment(text, "WITA", isEnd), instant, text);
    fc.assert(fc.property(fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) }), fc.boolean(), (ms, isEnd) => {
      const instant = new Date(Math.floor(ms / 1000) * 1000).toISOString();
      assert.equal(readMoment(momentText(instant, "WIT", isEnd), "WIT", isEnd), instant);
    }));
  });

  it("codes of posts and people are made from what never changes", () => {
    assert.equal(codeOfPost({ id: id(11), facts: { ...post(11, "x", 1, null).facts, code: null } }), "J-000000000011");
    assert.equal(codeOfPerson(id(21)), "P-000000000021");
  });
});
