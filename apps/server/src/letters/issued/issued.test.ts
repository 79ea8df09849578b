import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { expectGolden } from "@lontar/testkit";
import { systemActor, type Actor, type PostFunction } from "../../kernel/actor.ts";
import { decide, evolve, fileOf, filesOf, may, traces, type Address, type IssuedCommand, type IssuedState, type Letter, type ProvedFile } from "./issued.ts";

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const person = (n: number, name: string, functions: readonly PostFunction[] = []): Actor => ({
  tenantId: id(1), personId: id(100 + n), personName: name, positionId: id(200 + n), positionTitle: `Jabatan ${name}`, unitId: id(2), holding: { id: id(300 + n), kind: "definitif", basis: null, scope: null }, asideFor: null, functions,
  at: "2026-08-03T02:00:00.000Z", today: "2026-08-03", zone: "WITA", requestId: "uji",
});
const kadis = person(1, "kadis");
const staf = person(2, "staf");
const arsiparis = person(3, "arsiparis", ["archivist"]);
const orangLain = person(4, "orang lain");
const sistem = systemActor(id(1), "2026-08-03T02:00:00.000Z", "2026-08-03", "WITA", "uji");
const people = { kadis, staf, arsiparis, orangLain, sistem };

const letter: Letter = {
  unitId: id(2), unitName: "Diskominfo", number: "000.1.5/001/DISKOMINFO/2026", date: "2026-08-03", code: "ABCDEFGHJK", type: "XX", typeTitle: "Surat Uji", subject: "Undangan", security: "B", urgency: "biasa", classification: "000.1.5", attachment: "", validUntil: null,
  sha256: "e".repeat(64), size: 2000, pages: 1, frozen: { sha256: "f".repeat(64), size: 1000 },
  signer: { personId: kadis.personId, person: "kadis", positionId: kadis.positionId, post: "Kepala", holding: "definitif", basis: null, at: kadis.at, serial: "01", issuer: "CA", development: true }, drafterPositionId: staf.positionId,
};
const to: Address = { kind: "post", positionId: id(9), label: "Sekda" };
const outside: Address = { kind: "external", label: "PT Maju", email: "a@contoh.id", place: "" };
const issue: IssuedCommand = { type: "issue", letter, to: [to], cc: [outside] };
const sent = (deliveryId: string, status: "terkirim" | "gagal" = "terkirim"): IssuedCommand => ({ type: "deliver", deliveryId, status, detail: status, carrierId: status === "gagal" ? null : id(50) });

const outcome = (state: IssuedState | null, command: IssuedCommand, by: Actor): string => {
  const decision = decide(state, command, by);
  return "refused" in decision ? decision.refused : decision.events.length === 0 ? "(sudah demikian)" : decision.events.map((event) => event.type).join(" + ");
};
const run = (commands: readonly IssuedCommand[], start: IssuedState | null = null): IssuedState => {
  const after = commands.reduce<IssuedState | null>((state, command) => {
    const decision = decide(state, command, command.type === "preserve" || command.type === "deliver" ? sistem : kadis);
    assert.ok("events" in decision, command.type);
    return decision.events.reduce<IssuedState | null>(evolve, state);
  }, start);
  assert.ok(after !== null);
  return after;
};

const terbit = run([issue]);
const setengah = run([sent("to1")], terbit);
const gagal = run([sent("cc1", "gagal")], setengah);
const terkirim = run([sent("cc1")], gagal);
const hashOf = (letter: string): string => letter.repeat(64);
const fileAt = (more: Partial<ProvedFile>): ProvedFile => ({ sha256: hashOf("e"), size: 2000, level: "B-T", until: null, lacks: "status_unreachable", checkedAt: kadis.at, ...more });
const lta = fileAt({ sha256: hashOf("a"), size: 3000, level: "B-LTA", until: "2029-08-03T00:00:00.000Z", lacks: null });
const preserve = (from: string, to: ProvedFile): IssuedCommand => ({ type: "preserve", from, file: to });
const file: IssuedCommand = { type: "file", dossierId: id(60), dossier: "SPBE" };
const diberkaskan = run([file], terkirim);
const berbukti = run([preserve(letter.sha256, lta)], terkirim);
const dicabut = run([{ type: "revoke", reason: "Salah tanggal" }], terkirim);
const suspected: IssuedCommand = { type: "suspect", suspicion: { key: "penanda_tangan", since: "2026-08-01T00:00:00.000Z", reason: "Laptop dicuri" }, warnings: [] };
const states = { "belum ada": null, terbit, "sebagian terkirim": setengah, "sebagian gagal": gagal, terkirim, diberkaskan, berbukti, dicabut };
const commands: readonly (readonly [string, IssuedCommand])[] = [["terbitkan", issue], ["kirim utama", sent("to1")], ["kirim tembusan", sent("cc1")], ["tembusan gagal", sent("cc1", "gagal")], ["kirim yang tidak ada", sent("to9")], ["lengkapi bukti", preserve(letter.sha256, lta)], ["bukti gagal", preserve(letter.sha256, fileAt({}))], ["berkaskan", file], ["cabut", { type: "revoke", reason: "Salah" }], ["cabut tanpa alasan", { type: "revoke", reason: "" }], ["tandai kunci bocor", suspected]];

const matrix = (): string =>
  Object.entries(states)
    .map(([name, state]) =>
      [`## ${name}`, ...commands.map(([said, command]) => {
        const outcomes = Map.groupBy(Object.entries(people), ([, by]) => outcome(state, command, by));
        return `${said.padEnd(22)} ${[...outcomes].map(([result, who]) => `${outcomes.size === 1 ? "semua" : who.map(([key]) => key).join(", ")}: ${result}`).join(" | ")}`;
      })].join("\n"))
    .join("\n\n") + "\n";

describe("an issued letter", () => {
  it("decides every command in every state for every person as the golden matrix says", () => expectGolden(fileURLToPath(new URL("issued.golden.txt", import.meta.url)), matrix()));

  it("is sent when its last copy has left, not before", () => {
    assert.deepEqual([terbit, setengah, gagal, terkirim].map((state) => state.status), ["terbit", "terbit", "terbit", "terkirim"]);
  });

  it("never turns a copy that has left into a failed one, and hears old news without an event", () => {
    assert.equal(outcome(terkirim, sent("cc1", "gagal"), sistem), "(sudah demikian)");
    assert.equal(outcome(gagal, sent("cc1", "gagal"), sistem), "(sudah demikian)");
  });

  it("stays revoked when a late copy leaves", () => {
    assert.equal(run([{ type: "revoke", reason: "x" }, sent("cc1")], setengah).status, "dicabut");
  });

  it("offers revocation to the signer alone, filing to signer, drafter and archivist", () => {
    assert.deepEqual(Object.values(people).map((by) => may(terkirim, by)), [["revoke", "file"], ["file"], ["file"], [], []]);
    assert.deepEqual(Object.values(people).map((by) => may(dicabut, by)), [["file"], ["file"], ["file"], [], []]);
  });

  it("puts a failed copy on its drafter's desk until it has left", () => {
    const desks = [terbit, gagal, terkirim].map((state) => traces(id(7), state).duties.map((duty) => [duty.act, duty.positionId]));
    assert.deepEqual(desks, [[], [["kirim", staf.positionId]], []]);
  });

  it("is marked by the system when a key leaked, and again only when the signature is meant, or it reaches further back", () => {
    const by = systemActor(kadis.tenantId, kadis.at, kadis.today, kadis.zone, "uji");
    const mark = (state: IssuedState, key: "penanda_tangan" | "segel", since: string): IssuedState | undefined => {
      const decision = decide(state, { type: "suspect", suspicion: { key, since, reason: "Laptop dicuri" }, warnings: [] }, by);
      assert.ok("events" in decision);
      return decision.events.length === 0 ? undefined : decision.events.reduce<IssuedState>((before, event) => evolve(before, event), state);
    };
    const bySeal = mark(terkirim, "segel", "2026-08-02T00:00:00.000Z") ?? assert.fail("not marked");
    assert.equal(mark(bySeal, "segel", "2026-08-02T00:00:00.000Z"), undefined);
    assert.equal(mark(bySeal, "segel", "2026-08-01T00:00:00.000Z")?.suspect?.since, "2026-08-01T00:00:00.000Z");
    const bySigner = mark(bySeal, "penanda_tangan", "2026-08-02T12:00:00.000Z") ?? assert.fail("the signature is worse");
    assert.equal(mark(bySigner, "segel", "2026-08-01T00:00:00.000Z"), undefined);
    assert.equal(bySigner.status, "terkirim", "it was sent all the same");
  });

  it("shows registrars the envelope of a secret letter, and the inside of an open one", () => {
    const registrars = (security: Letter["security"]): readonly string[] => traces(id(7), { ...terbit, security }).readers.flatMap((reader) => (reader.holder.startsWith("registrar:") ? [reader.sight ?? "isi"] : []));
    assert.deepEqual((["B", "T", "R", "SR"] as const).map(registrars), [["isi"], ["isi"], ["sampul"], ["sampul"]]);
  });

  it("grows only by more proof, from the file that it is, and keeps naming what it was", () => {
    const bt = run([preserve(letter.sha256, fileAt({ sha256: hashOf("b"), size: 2500 }))], terbit);
    const full = run([preserve(hashOf("b"), lta)], bt);
    assert.deepEqual([fileOf(terbit), fileOf(bt).sha256, fileOf(full)], [{ sha256: hashOf("e"), size: 2000 }, hashOf("b"), { sha256: hashOf("a"), size: 3000 }]);
    assert.deepEqual(filesOf(full).map((one) => one.sha256), [hashOf("e"), hashOf("b"), hashOf("a")]);
    assert.equal(full.sha256, letter.sha256, "what was issued stays what was issued");
    const renewed = { ...lta, sha256: hashOf("c"), size: 3500, until: "2032-08-03T00:00:00.000Z" };
    assert.deepEqual([
      outcome(full, preserve(hashOf("b"), { ...renewed }), sistem), outcome(full, preserve(hashOf("a"), { ...lta, sha256: hashOf("c") }), sistem), outcome(full, preserve(hashOf("a"), fileAt({ sha256: hashOf("c") })), sistem), outcome(full, preserve(hashOf("a"), renewed), sistem),
    ], ["(sudah demikian)", "(sudah demikian)", "(sudah demikian)", "issued.preserved"], "another's start, no longer life, a lower level: nothing; a longer life: a renewal");
  });

  it("says once why its proof is not complete, and again when the reason is another", () => {
    const told = run([preserve(letter.sha256, fileAt({}))], terbit);
    assert.equal(told.proved?.lacks, "status_unreachable");
    assert.deepEqual([outcome(told, preserve(letter.sha256, fileAt({})), sistem), outcome(told, preserve(letter.sha256, fileAt({ lacks: "tsa_unreachable" })), sistem)], ["(sudah demikian)", "issued.preservation_failed"]);
  });
});
