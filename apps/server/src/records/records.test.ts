import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, before, describe, test } from "node:test";
import { contract } from "@lontar/contract";
import { expectGolden } from "@lontar/testkit";
import { matrix } from "../../test/matrix.ts";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { systemActor, type Actor, type PostFunction } from "../kernel/actor.ts";
import { inTenant, readTenant, type Tx } from "../kernel/db.ts";
import { realSource, type Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { perform } from "../kernel/perform.ts";
import { fileLetter, openDossier, type Filers } from "./commands.ts";
import { decideDossier, evolveDossier, noDossier, type DossierCommand, type DossierState } from "./dossier.ts";
import { dossier, dossiers, searchClassifications } from "./queries.ts";
import { dossierMachine } from "./store.ts";

const named = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`;

test("the rule of dossiers has in every state, for every command and person, the outcome that was reviewed", () => {
  const system = systemActor(named(0), "2026-11-24T01:00:00.000Z", "2026-11-24", "WITA", "r");
  const person = (n: number, functions: readonly PostFunction[]): Actor => ({ ...system, personId: named(100 + n), positionId: named(200 + n), functions });
  const people = { arsiparis: person(1, ["archivist"]), kepala: person(2, ["leader"]), staf: person(3, []) };
  const open: DossierCommand = { type: "open", officeId: named(1), classification: "800.1.11.1", isLeaf: true, title: "SPBE 2026", year: 2026 };
  const after = (...commands: readonly DossierCommand[]): DossierState =>
    commands.reduce<DossierState>((state, command) => {
      const decision = decideDossier(state, command, people.arsiparis);
      assert.ok("events" in decision);
      return decision.events.reduce(evolveDossier, state);
    }, noDossier);
  const file: DossierCommand = { type: "file", officeId: named(1), kind: "surat", letterId: named(9) };
  const states = { "belum ada": noDossier, aktif: after(open, file), ditutup: after(open, { type: "close", officeId: named(1) }) };
  const commands: Readonly<Record<string, DossierCommand>> = {
    buka: open, "buka, klasifikasi judul": { ...open, isLeaf: false }, berkaskan: file, "berkaskan dari kantor lain": { ...file, officeId: named(2) }, tutup: { type: "close", officeId: named(1) }, "tutup dari kantor lain": { type: "close", officeId: named(2) },
  };
  expectGolden(fileURLToPath(new URL("dossier.golden.txt", import.meta.url)), matrix({ title: "keadaan × perintah × orang → hasil; dibuat oleh records.test.ts, dibaca saat penelaahan", states, commands, people, decide: decideDossier }));
});

describe("records on the real database", () => {
  let office: TestOffice;
  before(async () => { office = await createOffice("records"); });
  after(() => office.close());

  const inTx = <T>(by: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(office.db, by.tenantId, work);
  const look = <T>(by: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => readTenant(office.db, by.tenantId, work);
  const refusedAs = (code: string) => (error: unknown): boolean => error instanceof Refused && error.code === code;
  const opened = async (by: Actor, title: string): Promise<Id> => {
    const id = realSource.id();
    await inTx(by, (tx) => openDossier(tx, { id, classification: "800.1.11.1", title }, by));
    return id;
  };
  const filedBy: Id[] = [];
  const filers: Filers = { surat: async (_tx, letterId) => void filedBy.push(letterId), naskah: async () => { throw new Refused("not_finished"); } };

  test("codes are found by their beginning and by their name, leaves first", async () => {
    const tu = await office.actor("tusetda");
    const byCode = await look(tu, (tx) => searchClassifications(tx, "800.1.11"));
    assert.ok(byCode.length > 1 && byCode.every((found) => found.code.startsWith("800.1.11")));
    assert.deepEqual(byCode.map((found) => found.code), byCode.map((found) => found.code).toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })));
    const byName = await look(tu, (tx) => searchClassifications(tx, "surat perintah dinas"));
    assert.ok(byName.some((found) => found.code === "800.1.11.1" && found.leaf));
    assert.equal((await look(tu, (tx) => searchClassifications(tx, ""))).length, 10);
    assert.deepEqual(await look(tu, (tx) => searchClassifications(tx, "%_'\\")), []);
  });

  test("an office has its own dossiers, with the retention of their code", async () => {
    const [tu, other] = await Promise.all([office.actor("tusetda"), office.actor("tudiskominfo")]);
    const id = await opened(tu, "Perintah tugas 2026");
    const { items } = contract["archive.dossiers"].result.parse(await look(tu, (tx) => dossiers(tx, { limit: 30, q: "perintah tugas" }, tu)));
    assert.deepEqual(items.map((row) => [row.id, row.classification, row.status, row.items]), [[id, "800.1.11.1", "aktif", 0]]);
    assert.match(contract["archive.show"].result.parse(await look(tu, (tx) => dossier(tx, id, tu))).retention ?? "", /Aktif .* inaktif .*Musnah/);
    assert.deepEqual((await look(other, (tx) => dossiers(tx, { limit: 30 }, other))).items, []);
    await assert.rejects(look(other, (tx) => dossier(tx, id, other)), (error) => error instanceof NotFound);
    await assert.rejects(inTx(other, (tx) => fileLetter(filers)(tx, { id, kind: "surat", letterId: realSource.id() }, other)), refusedAs("not_yours"));
  });

  test("a heading is no code for a dossier", async () => {
    const tu = await office.actor("tusetda");
    await assert.rejects(inTx(tu, (tx) => openDossier(tx, { id: realSource.id(), classification: "800.1", title: "x" }, tu)), refusedAs("classification_not_leaf"));
  });

  test("a letter lies in one dossier only, and what its own rule refuses changes no dossier", async () => {
    const tu = await office.actor("tusetda");
    const [first, second] = [await opened(tu, "Satu"), await opened(tu, "Dua")];
    const letterId = realSource.id();
    await inTx(tu, (tx) => fileLetter(filers)(tx, { id: first, kind: "surat", letterId }, tu));
    await assert.rejects(inTx(tu, (tx) => fileLetter(filers)(tx, { id: second, kind: "surat", letterId }, tu)), refusedAs("already_filed"));
    await assert.rejects(inTx(tu, (tx) => fileLetter(filers)(tx, { id: second, kind: "naskah", letterId: realSource.id() }, tu)), refusedAs("not_finished"));
    const [one, two] = await Promise.all([first, second].map((id) => look(tu, (tx) => dossier(tx, id, tu))));
    assert.deepEqual([one?.items, one?.contents.map((item) => item.id), two?.items, two?.contents], [1, [letterId], 0, []]);
    assert.equal(one?.contents[0]?.subject, "Tidak terbuka bagi jabatan Anda");
  });

  test("nothing more goes into a closed dossier", async () => {
    const tu = await office.actor("tusetda");
    const id = await opened(tu, "Ditutup");
    await inTx(tu, (tx) => perform(tx, dossierMachine, id, { type: "close", officeId: tu.unitId }, tu));
    await assert.rejects(inTx(tu, (tx) => fileLetter(filers)(tx, { id, kind: "surat", letterId: realSource.id() }, tu)), refusedAs("dossier_closed"));
  });
});
