import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startTestServer, type Client, type TestServer } from "../../test/http.ts";
import { draftReadyToSign } from "../../test/ready-draft.ts";
import { until } from "../../test/until.ts";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { realSource } from "../kernel/ids.ts";
import { demoPassphrase } from "../seed/seed.ts";

const ok = <T extends { readonly status: number; readonly problem: unknown }>(answer: T): T => {
  assert.equal(answer.status, 200, JSON.stringify(answer.problem));
  return answer;
};

describe("a hand-over on a whole server", () => {
  let server: TestServer;
  let admin: Client;
  let kadis: Client;
  let sekdis: Client;
  let file: { readonly sha256: string; readonly name: string };
  const ids = new Map<string, string>();
  const idOf = (name: string): string => ids.get(name) ?? assert.fail(`no ${name}`);
  const decree = (number: string) => ({ number, date: "2026-11-20", file });
  const inAnHour = (hours: number): string => new Date(Date.parse(realSource.now()) + hours * 3_600_000).toISOString();

  before(async () => {
    server = await startTestServer("handover");
    [admin, kadis, sekdis] = await Promise.all([server.signIn("admin"), server.signIn("kadis"), server.signIn("sekdis")]);
    file = ok(await admin.uploadTo("organisation.uploadDecree", realSource.id(), "sk.pdf", plainPdf(["Keputusan mutasi"]))).body;
    const chart = (await admin.call("organisation.chart", {})).body;
    for (const [name, title] of [["kadis", "Kepala Dinas Komunikasi"], ["sekda", "Sekretaris Daerah"], ["kasi", "Kepala Seksi Tata Kelola"], ["kabid", "Kepala Bidang Aplikasi"]] as const) {
      const post = chart.posts.find((one) => one.title.startsWith(title)) ?? assert.fail(title);
      ids.set(name, post.id);
      ids.set(`${name}.person`, post.holder?.personId ?? assert.fail(`${title} is vacant`));
    }
    ids.set("sekdis.person", chart.posts.find((one) => one.title.startsWith("Sekretaris Dinas"))?.holder?.personId ?? "");
    // The kepala dinas goes to a post of her own, so that she still works here afterwards.
    const unit = chart.units.find((one) => one.code === "SETDA")?.id ?? assert.fail("no setda");
    ids.set("ahli", realSource.id());
    ok(await admin.call("organisation.definePost", { id: idOf("ahli"), facts: { unitId: unit, title: "Staf Ahli Bupati", shortTitle: "Staf Ahli", superiorId: idOf("sekda"), role: "staf_ahli", functions: ["leader"], order: 90 }, since: realSource.now() }));
    ok(await admin.call("organisation.appoint", { id: realSource.id(), personId: idOf("kadis.person"), positionId: idOf("ahli"), kind: "definitif", since: realSource.now(), decree: decree("821.2/7/2026") }));
    ok(await kadis.call("session.switchPost", { positionId: idOf("kadis") }));
  });
  after(() => server.close());

  const prepare = (by: Client, change: Readonly<Record<string, unknown>> = {}) =>
    by.call("handovers.prepare", { id: realSource.id(), positionId: idOf("kadis"), toPersonId: idOf("sekdis.person"), since: realSource.now(), decree: decree("821.2/8/2026"), ...change });

  it("refuses by name: not competent, without decree, to the holder himself, in the past, a second one", async () => {
    assert.equal((await prepare(kadis)).problem?.code, "not_competent");
    assert.equal((await prepare(admin, { decree: { number: "1", date: "2026-11-20", letterId: realSource.id() } })).problem?.code, "mandate_needs_decree");
    assert.equal((await prepare(admin, { toPersonId: idOf("kadis.person") })).problem?.code, "handover_same_person");
    assert.equal((await prepare(admin, { since: inAnHour(-48) })).problem?.code, "in_the_past");
    assert.equal((await kadis.call("handovers.preview", { id: idOf("sekda") })).status, 404, "of other posts he learns nothing");
  });

  it("one signature moves everything: the predecessor owns nothing open and reads his own, the successor sees all of it", async () => {
    const { id: frozen, hash } = await draftReadyToSign(kadis, [], { subject: "Sudah beku" });
    ok(await kadis.call("drafts.freeze", { id: frozen, contentHash: hash }));
    const { id: waiting } = await draftReadyToSign(kadis, [], { subject: "Menunggu tanda tangan" });
    const konsep = realSource.id();
    const nota = (await kadis.call("drafts.show", { id: waiting })).body.type.code;
    ok(await kadis.call("drafts.create", { id: konsep, type: nota, replyTo: null }));
    const typed = (await kadis.call("drafts.show", { id: konsep })).body;
    ok(await kadis.call("drafts.write", { id: konsep, revision: typed.revision, content: { ...typed.content, subject: "Belum selesai diketik" } }));
    const bupati = await server.signIn("bupati");
    ok(await bupati.call("mandates.give", { id: realSource.id(), kind: "plh", positionId: idOf("sekda"), personId: idOf("kadis.person"), since: inAnHour(1), until: inAnHour(9), decree: { ...decree("100/9/2026") } }));

    const before = ok(await admin.call("handovers.preview", { id: idOf("kadis") })).body;
    assert.deepEqual(before.counts, { desk: 3, unread: 1, drafts: 3, delegations: 1, mandates: 1 });
    assert.deepEqual(before.left, [], "whoever only arranges it reads nothing of what stays");
    const own = ok(await kadis.call("handovers.preview", { id: idOf("kadis") })).body;
    assert.match(own.left.join(), /nomor \S+ sudah dibekukan/, "by its number: a subject may be secret, and the berita acara is not");
    const prepared = ok(await prepare(admin)).body;
    assert.equal((await prepare(admin)).problem?.code, "handover_running");
    assert.equal((await kadis.call("organisation.chart", {})).body.posts.find((post) => post.id === idOf("kadis"))?.holder?.personId, idOf("kadis.person"), "nothing moves before the signature");

    const letter = (await kadis.call("drafts.show", { id: prepared.letterId })).body;
    assert.equal(letter.status, "menunggu_ttd", "it waits for the leaving official's own signature");
    const bytes = ok(await kadis.call("drafts.freeze", { id: prepared.letterId, contentHash: letter.contentHash })).body;
    ok(await kadis.call("drafts.sign", { id: prepared.letterId, sha256: bytes.sha256, passphrase: demoPassphrase("kadis") }));
    const done = await until(async () => {
      const { body } = await admin.call("handovers.show", { id: prepared.id });
      return body.status === "selesai" ? body : undefined;
    }, "the hand-over is carried out");
    assert.deepEqual(done.counts, before.counts);

    const chart = (await admin.call("organisation.chart", {})).body;
    assert.deepEqual([chart.posts.find((post) => post.id === idOf("kadis"))?.holder?.personId, chart.posts.find((post) => post.id === idOf("kadis"))?.aside], [idOf("sekdis.person"), null]);
    assert.deepEqual((await admin.call("mandates.list", {})).body.filter((mandate) => mandate.kind === "plh"), [], "her Plh. elsewhere ended");

    const me = ok(await kadis.call("session.me", {})).body;
    assert.deepEqual(me.posts.map((post) => post.positionId), [idOf("ahli")], "her session falls back to the post she has left");
    assert.deepEqual((await kadis.call("desk.list", {})).body.items, []);
    for (const id of [frozen, waiting, konsep, prepared.letterId]) {
      const view = ok(await kadis.call("drafts.show", { id })).body;
      assert.deepEqual(view.may.filter((act) => act !== "file"), [], `${view.content.subject}: read, not owned`);
    }
    assert.equal((await kadis.call("drafts.write", { id: konsep, revision: 2, content: typed.content })).problem?.code, "not_yours");

    ok(await sekdis.call("session.switchPost", { positionId: idOf("kadis") }));
    const desk = (await sekdis.call("desk.list", {})).body.items.map((item) => item.thingId);
    assert.deepEqual([...desk].toSorted(), [frozen, waiting, konsep].toSorted(), "nothing lost, nothing doubled");
    const taken = (await sekdis.call("drafts.show", { id: konsep })).body;
    assert.deepEqual([taken.content.subject, taken.drafter.person.startsWith("Bambang"), taken.may.includes("write")], ["Belum selesai diketik", true, true], "also what was being typed");
    assert.ok((await sekdis.call("drafts.show", { id: waiting })).body.may.includes("freeze"));
    const stuck = (await sekdis.call("drafts.show", { id: frozen })).body;
    assert.deepEqual([stuck.may.includes("sign"), stuck.may.includes("giveBack")], [false, true], "bytes with her name are signed by nobody else, and can be given back");
    const { body: trail } = await sekdis.call("received.trail", { id: konsep });
    assert.ok(trail.entries.some((entry) => entry.sentence.id.startsWith("menyerahkan naskah dari Hj. Nurlaila")));
  });

  it("of an official without a certificate the chain above signs; prepared in error it is cancelled with its letter", async () => {
    const kabid = await server.signIn("kabid");
    const prepared = ok(await prepare(kabid, { positionId: idOf("kasi"), toPersonId: idOf("kadis.person") })).body;
    const kasi = await server.signIn("kasi");
    const items = (await kasi.call("desk.list", {})).body.items;
    assert.ok(items.some((item) => item.thingId === prepared.letterId && item.act === "susun"), "the leaving official sends it up himself");
    ok(await kasi.call("drafts.submit", { id: prepared.letterId, revision: 1 }));
    assert.ok((await kabid.call("desk.list", {})).body.items.some((item) => item.thingId === prepared.letterId && item.act === "paraf"));
    assert.equal((await kasi.call("handovers.cancel", { id: prepared.id, reason: "x" })).problem?.code, "not_competent");
    ok(await kabid.call("handovers.cancel", { id: prepared.id, reason: "Salah orang" }));
    assert.equal((await kasi.call("drafts.show", { id: prepared.letterId })).body.status, "dibatalkan");
    assert.deepEqual((await kabid.call("desk.list", {})).body.items, []);
  });

  it("when the leaving official is gone his superior signs, with a reason; before its day nothing moves", async () => {
    const prepared = ok(await prepare(admin, { positionId: idOf("kasi"), toPersonId: idOf("kadis.person"), since: inAnHour(30), reason: "pejabat lama meninggal dunia" })).body;
    const kabid = await server.signIn("kabid");
    assert.ok((await kabid.call("desk.list", {})).body.items.some((item) => item.thingId === prepared.letterId), "it is the superior's to send up");
    assert.equal((await admin.call("handovers.show", { id: prepared.id })).body.reason, "pejabat lama meninggal dunia");
    ok(await admin.call("handovers.cancel", { id: prepared.id, reason: "uji selesai" }));
  });
});
