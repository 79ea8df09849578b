import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { contract } from "@lontar/contract";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { dispose, withdraw } from "../dispositions/commands.ts";
import { systemActor, type Actor } from "../kernel/actor.ts";
import { readTenant } from "../kernel/db.ts";
import { realSource, type Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { direct, openLetter, receive, receiveInternal, register } from "../letters/commands.ts";
import type { ReceivedFacts } from "../letters/received.ts";
import { organisationKinds } from "../organisation/index.ts";
import { perform } from "../kernel/perform.ts";
import { readersCsv } from "./csv.ts";
import { endClassRight, grantClassRight } from "./commands.ts";
import { classRights, mine, readers } from "./queries.ts";

const id = realSource.id;
const day = (date: string, hour = "02"): string => `${date}T${hour}:00:00.000Z`;
const refusedAs = (code: string) => (error: unknown): boolean => error instanceof Refused && error.code === code;
const facts = (over: Partial<ReceivedFacts> = {}): ReceivedFacts => ({
  sender: "Dinas Provinsi", number: `005/${id().slice(-8)}/2026`, date: "2026-11-01", subject: "Evaluasi", summary: "", receivedOn: "2026-11-02", attachment: "", medium: "kertas", security: "B", urgency: "biasa", classification: null, due: null, ...over,
});

describe("visibility that explains itself", () => {
  let office: TestOffice;
  before(async () => { office = await createOffice("rights"); });
  after(() => office.close());

  const at = (username: string, date: string, hour?: string): Promise<Actor> => office.actor(username, day(date, hour));
  const why = async (letterId: Id, by: Actor) => contract["rights.mine"].result.parse(await readTenant(office.db, by.tenantId, (tx) => mine(tx, letterId, by)));
  const who = async (letterId: Id, by: Actor, on?: string) => contract["rights.readers"].result.parse(await readTenant(office.db, by.tenantId, (tx) => readers(tx, { id: letterId, on }, by)));
  const names = (list: Awaited<ReturnType<typeof who>>) => Object.fromEntries(list.groups.map((group) => [group.rule, group.people.map((person) => `${person.name ?? "-"} (${person.post})`).toSorted()]));

  /** A letter of 2 November, directed to the sekda on the 3rd and disposed to the kadis on the 4th. */
  const disposed = async (over: Partial<ReceivedFacts> = {}): Promise<{ readonly letterId: Id; readonly node: Id }> => {
    const [tu, tu3, sekda, kadis] = [await at("tusetda", "2026-11-02"), await at("tusetda", "2026-11-03"), await at("sekda", "2026-11-04"), await at("kadis", "2026-11-04")];
    const [letterId, node] = [id(), id()];
    await office.transaction(tu, (tx) => receive(tx, { id: letterId, file: { sha256: "ab".repeat(32), name: "a.pdf", mediaType: "application/pdf", size: 10, pages: 1 } }, tu));
    await office.transaction(tu, (tx) => register(tx, { id: letterId, facts: facts(over), separateBecause: "sama" }, tu));
    await office.transaction(tu3, (tx) => direct(tx, { id: letterId, positionId: sekda.positionId }, tu3));
    await office.transaction(sekda, (tx) => dispose(tx, { id: letterId, parentId: null, recipients: [{ id: node, positionId: kadis.positionId, responsible: true, own: null }], instructions: ["Tindak lanjuti"], note: "", due: null }, sekda));
    return { letterId, node };
  };

  test("whoever may see a letter is told by which clause, since when, and which act gave it", async () => {
    const { letterId } = await disposed();
    const kadis = await at("kadis", "2026-11-20");
    const answer = await why(letterId, kadis);
    assert.equal(answer.post, "Kepala Dinas Komunikasi dan Informatika");
    assert.equal(answer.maySeeReaders, true);
    assert.deepEqual(answer.grounds.map(({ clause, rule, sight, through, since }) => ({ clause, rule, sight, through, since })), [{ clause: "b", rule: "disposisi", sight: "isi", through: "jabatan", since: day("2026-11-04") }]);
    assert.equal(answer.grounds[0]?.act?.post, "Sekretaris Daerah");
    assert.match(answer.grounds[0]?.act?.sentence.id ?? "", /mendisposisikan kepada Kepala Dinas Komunikasi/);
    // The act that opened the letter gave the sekda his own right, the act that disposed it did not.
    const sekda = await why(letterId, await at("sekda", "2026-11-20"));
    assert.deepEqual(sekda.grounds.map((ground) => [ground.rule, ground.through, ground.act?.sentence.id]), [["dituju", "jabatan", "mengarahkan surat kepada Sekretaris Daerah."], ["dituju", "orang", "membaca surat ini."], ["pencatat", "orang", "membaca surat ini."]]);
  });

  test("who could see it is answered for each day, and what was taken back is seen on the days before", async () => {
    const { letterId, node } = await disposed();
    const later = await at("sekda", "2026-11-06");
    await office.transaction(later, (tx) => withdraw(tx, { id: node, reason: "Keliru" }, later));
    const sekda = await at("sekda", "2026-11-20");
    const posts = async (on?: string): Promise<readonly string[]> => (await who(letterId, sekda, on)).groups.flatMap((group) => group.people.map((person) => `${group.rule} ${person.post}`)).filter((line) => /^(dituju|disposisi)/.test(line));
    assert.deepEqual((await who(letterId, sekda, "2026-11-01")).groups, []);
    assert.deepEqual(Object.keys(names(await who(letterId, sekda, "2026-11-02"))), ["pencatat", "registrasi"]);
    assert.deepEqual(await posts("2026-11-03"), ["dituju Sekretaris Daerah"]);
    assert.ok((await posts("2026-11-05")).includes("disposisi Kepala Dinas Komunikasi dan Informatika"));
    assert.ok(!(await posts("2026-11-06")).some((line) => line.startsWith("disposisi")));
    assert.ok(!(await posts()).some((line) => line.startsWith("disposisi")));
    await assert.rejects(why(letterId, await at("kadis", "2026-11-20")), NotFound);
  });

  test("a post is who held it on that day: an acting official counts from his first moment, and his mandate is named", async () => {
    const { letterId } = await disposed();
    const [kabid, kadis, sekda] = [await at("kabid", "2026-11-20"), await at("kadis", "2026-11-20"), await at("sekda", "2026-11-10")];
    const decree = { number: "800.1.11.1/9/2026", date: "2026-11-09", letterId: null, file: null };
    const holding = { personId: kabid.personId, positionId: kadis.positionId, kind: "plh", basis: "SPT 800.1.11.1/9/2026", since: day("2026-11-10"), until: day("2026-11-15"), decree, scope: null, ended: null } as const;
    const others = [{ personId: kadis.personId, kind: "definitif", since: day("2026-01-02"), until: null, name: kadis.personName }] as const;
    await office.transaction(sekda, (tx) => perform(tx, organisationKinds.holdings.machine, id(), { type: "begin", holding, others, exists: true, isCompetent: true }, sekda));
    const through = async (on: string) => (await who(letterId, kadis, on)).groups.find((group) => group.rule === "disposisi")?.people.map((person) => [person.name, person.holding, person.since, person.basis]);
    assert.equal((await through("2026-11-09"))?.length, 1);
    assert.deepEqual((await through("2026-11-12"))?.find((line) => line[1] === "plh"), [kabid.personName, "plh", day("2026-11-10"), "SPT 800.1.11.1/9/2026"]);
    assert.equal((await through("2026-11-15"))?.length, 1);
  });

  test("who has only a copy may know why he sees it, not who else does; a stranger finds nothing; the inspector may ask", async () => {
    const [asisten, kabidb, inspektur] = [await at("asisten1", "2026-11-20"), await at("kabidb", "2026-11-20"), await at("inspektur", "2026-11-20")];
    const system = systemActor(asisten.tenantId, day("2026-11-03"), "2026-11-03", "WITA", "test");
    const letterId = id();
    await office.transaction(system, (tx) => receiveInternal(tx, { id: letterId, positionId: asisten.positionId, copy: true, facts: facts({ medium: "internal" }), files: [], origin: { kind: "internal", issuedId: id() } }, system));
    const answer = await why(letterId, asisten);
    assert.deepEqual([answer.grounds[0]?.rule, answer.grounds[0]?.act?.system, answer.maySeeReaders], ["tembusan", true, false]);
    await assert.rejects(who(letterId, asisten), refusedAs("not_yours"));
    await assert.rejects(who(letterId, kabidb), NotFound);
    await assert.rejects(why(letterId, kabidb), NotFound);
    await assert.rejects(why(letterId, inspektur), NotFound);
    assert.ok((await who(letterId, inspektur)).groups.length > 0);
    await assert.rejects(who(id(), inspektur), NotFound);
  });

  test("of a secret letter its registrars see the envelope, and no names of those who see inside", async () => {
    const { letterId } = await disposed({ security: "R" });
    const [tu, kadis] = [await at("tusetda", "2026-11-20"), await at("kadis", "2026-11-20")];
    assert.deepEqual([...new Set((await why(letterId, tu)).grounds.map((ground) => ground.sight))], ["sampul"]);
    const hidden = await who(letterId, tu);
    assert.equal(hidden.isNamed, false);
    assert.deepEqual(hidden.groups.flatMap((group) => group.people).filter((person) => person.name !== null || (person.act?.person ?? "") !== ""), []);
    const open = await who(letterId, kadis);
    assert.ok(open.groups.find((group) => group.rule === "registrasi")?.people.every((person) => person.sight === "sampul" && person.name !== null));
    // Before it was directed the clerk who registers it saw inside, and the record says so.
    assert.ok((await who(letterId, kadis, "2026-11-02")).groups.find((group) => group.rule === "registrasi")?.people.some((person) => person.sight === "isi"));
  });

  test("a right for a class gives its posts the letters of that class in that scope, from its day to its end, and of secret ones the envelope", async () => {
    const admin = await at("admin", "2026-11-10");
    const grant = (over: Partial<Parameters<typeof grantClassRight>[1]>): Promise<unknown> =>
      office.transaction(admin, (tx) => grantClassRight(tx, { id: id(), prefix: "000.1", securities: ["B", "R"], level: "pelaksana_kebijakan", positionId: null, unitId: admin.unitId, basis: "Perbup SKKAAD 12/2026", since: "2026-11-12", until: "2026-11-14", ...over }, admin));
    const inDiskominfo = async (over: Partial<ReceivedFacts>): Promise<Id> => {
      const tu = await at("tudiskominfo", "2026-11-05");
      const letterId = id();
      await office.transaction(tu, (tx) => receive(tx, { id: letterId, file: { sha256: "cd".repeat(32), name: "a.pdf", mediaType: "application/pdf", size: 10, pages: 1 } }, tu));
      await office.transaction(tu, (tx) => register(tx, { id: letterId, facts: facts({ classification: "000.1.5", ...over }), separateBecause: "lain" }, tu));
      return letterId;
    };
    const [open, secret, other] = [await inDiskominfo({}), await inDiskominfo({ security: "R" }), await inDiskominfo({ classification: "900.1.1.1" })];
    await assert.rejects(why(open, await at("sekdis", "2026-11-13")), NotFound);
    await grant({});
    for (const [date, sees] of [["2026-11-11", false], ["2026-11-13", true], ["2026-11-15", false]] as const) {
      const sekdis = await at("sekdis", date);
      if (!sees) await assert.rejects(why(open, sekdis), NotFound, date);
      else {
        const { grounds, maySeeReaders } = await why(open, sekdis);
        assert.deepEqual(grounds.map((ground) => [ground.clause, ground.rule, ground.sight, ground.basis]), [["c", "klasifikasi", "isi", "Perbup SKKAAD 12/2026"]]);
        assert.equal(maySeeReaders, false);
        assert.deepEqual((await why(secret, sekdis)).grounds.map((ground) => ground.sight), ["sampul"]);
        await assert.rejects(why(other, sekdis), NotFound, "another class");
      }
      const tu = await at("tudiskominfo", "2026-11-20");
      assert.equal((await who(open, tu, date)).groups.some((group) => group.rule === "klasifikasi" && group.people.some((person) => person.name === sekdis.personName)), sees, date);
    }
    // A kasi supervises, a kabag of another unit stands outside the scope.
    for (const username of ["kasi", "kabagumum"]) await assert.rejects(why(open, await at(username, "2026-11-13")), NotFound, username);
    const { letterId } = await disposed({ classification: "000.1.5" });
    await assert.rejects(why(letterId, await at("sekdis", "2026-11-13")), NotFound, "another office's letter");
  });

  test("a row of the table is refused by name when it is no code, for nobody or for two, in the past, or ends before it begins; only the admin writes it", async () => {
    const admin = await at("admin", "2026-11-10");
    const row = { prefix: "000.1", securities: ["B" as const], level: "pengawas" as const, positionId: null, unitId: null, basis: "Perbup", since: "2026-11-12", until: null };
    const grant = (over: Partial<Parameters<typeof grantClassRight>[1]>, by = admin): Promise<unknown> => office.transaction(by, (tx) => grantClassRight(tx, { id: id(), ...row, ...over }, by));
    await assert.rejects(grant({ prefix: "999.9" }), refusedAs("classification_unknown"));
    await assert.rejects(grant({ level: null }), refusedAs("right_for_whom"));
    await assert.rejects(grant({ positionId: admin.positionId }), refusedAs("right_for_whom"));
    await assert.rejects(grant({ since: "2026-11-09" }), refusedAs("right_in_past"));
    await assert.rejects(grant({ until: "2026-11-11" }), refusedAs("right_ends_first"));
    await assert.rejects(grant({}, await at("kadis", "2026-11-10")), refusedAs("not_yours"));
    await assert.rejects(grant({ unitId: id() }), NotFound);
    const granted = id();
    await grant({ id: granted });
    const end = (by: Actor, reason = "Perbup diganti"): Promise<unknown> => office.transaction(by, (tx) => endClassRight(tx, { id: granted, reason }, by));
    await assert.rejects(end(await at("kadis", "2026-11-20")), NotFound);
    await assert.rejects(end(await at("admin", "2026-11-20"), ""), refusedAs("reason_needed"));
    await end(await at("admin", "2026-11-20"));
    await assert.rejects(end(await at("admin", "2026-11-21")), refusedAs("wrong_state"));
    const list = await office.transaction(admin, (tx) => classRights(tx, admin));
    assert.equal(list.items.find((item) => item.id === granted)?.until, day("2026-11-20"));
  });

  test("the list as a spreadsheet: every person once, and no cell that is run as a formula", async () => {
    const { letterId } = await disposed();
    const kadis = await at("kadis", "2026-11-20");
    await office.transaction(kadis, (tx) => openLetter(tx, { id: letterId }, kadis)).catch((error: unknown) => assert.ok(refusedAs("not_yours")(error)));
    const list = await who(letterId, kadis);
    const lines = readersCsv(list, "WITA").split("\r\n");
    assert.equal(lines.length, 2 + list.groups.reduce((sum, group) => sum + group.people.length, 0));
    assert.match(lines.join("\n"), /"b","disposisi","Hj. Nurlaila Hasan, S.Kom., M.T.","Kepala Dinas Komunikasi dan Informatika"/);
    const [group] = list.groups;
    assert.ok(group);
    assert.match(readersCsv({ ...list, groups: [{ ...group, people: group.people.map((person) => ({ ...person, name: '=HYPERLINK("http://x")' })) }] }, "WITA"), /"'=HYPERLINK\(""http:\/\/x""\)"/);
  });
});
