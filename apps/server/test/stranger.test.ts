import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { contract, type Endpoint, type EndpointName } from "@lontar/contract";
import { letterTypes } from "@lontar/naskah";
import { realSource } from "../src/kernel/ids.ts";
import { openPool } from "../src/kernel/db.ts";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { startTestServer, type Client, type TestServer } from "./http.ts";
import { demoPassword } from "../src/seed/seed.ts";
import { villageForm } from "./village-form.ts";

const names = Object.keys(contract).filter((name): name is EndpointName => name in contract);

/** A complete example of every body, so that a stranger is turned away for who he is and not for what he forgot. */
const bodies = (id: string, position: string): Readonly<Partial<Record<EndpointName, Readonly<Record<string, unknown>>>>> => {
  const facts = { sender: "A", number: "1", date: "2026-11-01", subject: "S", receivedOn: "2026-11-02" };
  const content = { subject: "", security: "B", urgency: "biasa", classification: null, attachment: "", place: "", to: [], cc: [], body: { type: "doc" }, fields: {} };
  const hash = "ab".repeat(32);
  return {
    "session.switchPost": { positionId: position }, "session.beginSecondFactor": { password: "x" }, "session.confirmSecondFactor": { code: "123456" }, "session.removeSecondFactor": { password: "x" },
    "accounts.renewLink": { reason: "x" }, "accounts.block": { reason: "x" }, "accounts.unblock": { reason: "x" }, "accounts.resetFactors": { reason: "x" }, "accounts.endSessions": { reason: "x" },
    "received.register": { facts }, "received.discard": { reason: "x" }, "received.direct": { positionId: position }, "received.close": { note: "" },
    "received.dispose": { parentId: null, recipients: [{ id: realSource.id(), positionId: position, responsible: true }], instructions: ["Tindak lanjuti"], note: "", due: null },
    "dispositions.progress": { note: "x" }, "dispositions.report": { note: "x" }, "dispositions.accept": {}, "dispositions.giveBack": { reason: "x" }, "dispositions.withdraw": {},
    "drafts.create": { id, type: "XX", replyTo: null }, "drafts.write": { revision: 1, content }, "drafts.submit": { revision: 1 }, "drafts.approve": { contentHash: hash }, "drafts.giveBack": { note: "x" }, "drafts.cancel": { reason: "x" },
    "drafts.freeze": { contentHash: hash }, "drafts.sign": { sha256: hash, passphrase: "x" }, "drafts.revoke": { reason: "x" },
    "archive.create": { id, classification: "000.1.1", title: "x" }, "archive.file": { kind: "surat", letterId: id },
    ...organisationBodies(position),
    "flags.list": { code: "A-04" }, "flags.ask": { positionId: position, text: "x", due: "2099-01-01" }, "flags.answer": { text: "x" }, "flags.close": { reason: "x" }, "flags.set": { code: "A-04", isOn: false, values: {}, reason: "x" },
    "handovers.prepare": { id, positionId: position, toPersonId: realSource.id(), since: "2026-12-01T00:00:00Z", decree: { number: "1", date: "2026-11-01", letterId: realSource.id() } }, "handovers.cancel": { reason: "x" },
    "rights.grant": { id, prefix: "900.1", securities: ["B"], level: "pengawas", positionId: null, unitId: null, basis: "Perbup", since: "2099-01-01", until: null }, "rights.end": { reason: "x" },
    "inspections.give": { id, positionId: position, purpose: "x", decree: { number: "1", date: "2026-11-01", letterId: realSource.id() }, units: [], types: [], classifications: [], from: null, to: null, since: "2026-12-01T00:00:00Z", until: "2026-12-02T00:00:00Z" },
    "inspections.revoke": { reason: "x" }, "inspections.search": { q: "" }, "inspections.look": { letterId: id },
    "emergencies.open": { id: realSource.id(), letterId: id, reason: "Surat ini harus dibaca sekarang juga.", password: "x" }, "emergencies.acknowledge": { note: "" },
    "inquiry.acts": { filter: {} }, "inquiry.population": { filter: {} }, "inquiry.lockSample": { sampleId: realSource.id(), title: "x", filter: {}, count: 1, source: "x" }, "inquiry.drawSample": { value: "x" }, "inquiry.judge": { letterId: id, verdict: "cocok", note: "" },
    "inquiry.abandonSample": { reason: "x" }, "inquiry.saveQuery": { id: realSource.id(), name: "x", query: { of: "tindakan", filter: {} }, shared: false }, "inquiry.changeQuery": { name: "y", shared: true }, "inquiry.report": { question: "pembaca", letterId: id },
    "village.create": { id, service: "XX", form: {} }, "village.complete": {}, "village.giveBack": { note: "x" }, "village.cancel": { reason: "x" }, "village.erase": { reason: "x" },
  };
};

const organisationBodies = (position: string): Readonly<Partial<Record<EndpointName, Readonly<Record<string, unknown>>>>> => {
  const since = "2026-12-01T00:00:00Z";
  const decree = { number: "1", date: "2026-11-01", letterId: realSource.id() };
  const person = { name: "A", nip: null, rank: null, grade: null, email: null };
  const unit = { code: "X", name: "X", shortName: "X", parentId: null, kind: "dinas", letterhead: null };
  const post = { unitId: realSource.id(), title: "X", shortTitle: "X", superiorId: null, role: "staf", functions: [], order: 1 };
  return {
    "organisation.defineUnit": { facts: unit, since }, "organisation.dissolveUnit": { since }, "organisation.withdrawUnit": { since },
    "organisation.definePost": { facts: post, since }, "organisation.closePost": { since }, "organisation.withdrawPost": { since },
    "organisation.definePerson": person, "organisation.endHolding": { at: since, reason: "x" }, "mandates.revoke": { reason: "x" },
    "accounts.invite": { personId: realSource.id(), username: "orang.baru" },
    "organisation.appoint": { personId: realSource.id(), positionId: position, kind: "definitif", since, decree },
    "mandates.give": { kind: "plh", positionId: position, personId: realSource.id(), since, until: "2026-12-02T00:00:00Z", decree },
    "organisation.setPolicy": { holderWhileActing: "warned", beyondMandate: [] }, "organisation.applyImport": { digest: "ab".repeat(32) }, "organisation.preview": { kind: "post", parentId: null, at: since },
  };
};

// What names no thing of somebody else's in its path: lists, forms and one's own account. Every endpoint is a thing, is public, or stands here.
const ofOneself: ReadonlySet<string> = new Set([
  "session.me", "session.switchPost", "session.signOut", "session.sessions", "session.endSession", "session.beginSecondFactor", "session.confirmSecondFactor", "session.removeSecondFactor",
  "office.posts", "office.partners", "office.classifications", "office.instructions", "desk.list", "desk.live", "received.upload", "received.list", "dispositions.list", "dispositions.attach",
  "drafts.list", "drafts.create", "archive.dossiers", "archive.create", "archive.search", "village.list", "village.create", "village.services", "audit.integrity", "audit.check", "audit.checks", "audit.checkFile", "inquiry.choices", "inquiry.queries", "inquiry.saveQuery", "inquiry.samples",
  "session.renewRecoveryCodes", "session.changePassword", "session.passkeys", "session.beginPasskey", "session.addPasskey", "session.renamePasskey", "session.removePasskey", "session.endOtherSessions", "session.history", "session.putAway",
  "organisation.chart", "organisation.preview", "organisation.people", "organisation.appoint", "organisation.uploadDecree", "organisation.decreeFile", "organisation.policy", "organisation.policyHistory", "organisation.setPolicy",
  "mandates.posts", "mandates.vacant", "mandates.list", "mandates.give",
  "rights.matrix", "rights.classes", "rights.units", "rights.grant",
  "session.beginFreshProof", "session.proveFreshByPasskey", "session.proveFreshByCode", "session.acts", "session.disown", "accounts.list", "accounts.invite",
  "inspections.list", "inspections.choices", "inspections.give", "emergencies.find", "emergencies.open", "emergencies.list",
  "flags.list", "flags.kinds", "flags.set", "flags.run",
  "organisation.export", "organisation.template", "organisation.uploadImport", "organisation.waitingImport", "handovers.list", "handovers.prepare",
  "signing.mine", "signing.check", "signing.activate", "signing.withdraw", "signing.health", "signing.checkNow",
]);

const isThing = (name: string, path: string): boolean => path.includes(":id") && !name.startsWith("session.");

/** Endpoints that no test below would ask. */
const withoutCase = (endpoints: Readonly<Record<string, Pick<Endpoint, "path" | "access">>>): readonly string[] =>
  Object.entries(endpoints).flatMap(([name, { path, access }]) => (access === "public" || isThing(name, path) || ofOneself.has(name) ? [] : [name]));

test("every endpoint has its case here, and one that is added without is named", () => {
  assert.deepEqual(withoutCase(contract), []);
  assert.deepEqual(withoutCase({ ...contract, "letters.everything": { path: "/api/everything", access: "session" } }), ["letters.everything"]);
  assert.deepEqual([...ofOneself].filter((name) => !names.some((known) => known === name)), []);
});

describe("a stranger", () => {
  let server: TestServer;
  let letter: string;
  let disposition: string;
  let draft: string;
  let dossier: string;
  let request: string;
  let sha256: string;
  let position: string;
  let unit: string;
  let holding: string;
  let mandate: string;
  let handover: string;
  let inspection: string;
  let emergency: string;
  let savedQuery: string;
  let sample: string;

  before(async () => {
    server = await startTestServer("stranger");
    const clerk = await server.signIn("tusetda");
    const sekda = await server.signIn("sekda");
    const staf = await server.signIn("staf");
    const operator = await server.signIn("operator");
    const posts = (await sekda.call("office.posts", { q: "" })).body;
    const find = (title: string): string => posts.find((post) => post.title.includes(title))?.id ?? assert.fail(`no post ${title}`);
    letter = realSource.id();
    assert.equal((await clerk.upload(letter, "surat.pdf", plainPdf(["Surat rahasia dapur"]))).status, 200);
    const facts = { sender: "Dinas Provinsi", number: "005/1/X", date: "2026-11-20", subject: "Rapat", receivedOn: "2026-11-24" };
    assert.equal((await clerk.call("received.register", { id: letter, facts })).status, 200);
    assert.equal((await clerk.call("received.direct", { id: letter, positionId: find("Sekretaris Daerah") })).status, 200);
    disposition = realSource.id();
    position = find("Kepala Dinas Komunikasi");
    const disposed = await sekda.call("received.dispose", { id: letter, parentId: null, recipients: [{ id: disposition, positionId: position, responsible: true }], instructions: ["Tindak lanjuti"], note: "", due: null });
    assert.equal(disposed.status, 200, JSON.stringify(disposed.problem));
    sha256 = (await sekda.call("received.show", { id: letter })).body.files[0]?.sha256 ?? assert.fail("no file");
    draft = realSource.id();
    const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
    assert.equal((await staf.call("drafts.create", { id: draft, type: nota.code, replyTo: null })).status, 200);
    const chart = (await sekda.call("organisation.chart", {})).body;
    unit = chart.units.find((one) => one.code === "DISKOMINFO")?.id ?? assert.fail("no unit");
    holding = chart.posts.find((post) => post.id === position)?.holder?.holdingId ?? assert.fail("no holder");
    mandate = (await sekda.call("mandates.list", {})).body[0]?.id ?? assert.fail("no mandate");
    handover = realSource.id();
    const admin = await server.signIn("admin");
    const file = (await admin.uploadTo("organisation.uploadDecree", realSource.id(), "sk.pdf", plainPdf(["Keputusan"]))).body.sha256;
    const successor = (await admin.call("organisation.people", { q: "Sulaiman Daud" })).body.items[0]?.id ?? assert.fail("no successor");
    const prepared = await admin.call("handovers.prepare", { id: handover, positionId: position, toPersonId: successor, since: realSource.now(), decree: { number: "1", date: "2026-11-01", file: { sha256: file, name: "sk.pdf" } } });
    assert.equal(prepared.status, 200, JSON.stringify(prepared.problem));
    const bupati = await server.signIn("bupati");
    inspection = realSource.id();
    const sent = await bupati.call("inspections.give", { id: inspection, positionId: find("Inspektur Daerah"), purpose: "Pemeriksaan", decree: { number: "1", date: "2026-11-01", file: { sha256: file, name: "sk.pdf" } }, units: [], types: [], classifications: [], from: null, to: null, since: realSource.now(), until: new Date(Date.parse(realSource.now()) + 86_400_000).toISOString() });
    assert.equal(sent.status, 200, JSON.stringify(sent.problem));
    emergency = realSource.id();
    const opened = await bupati.call("emergencies.open", { id: emergency, letterId: letter, reason: "Surat ini harus dibaca sekarang juga.", password: demoPassword("bupati") });
    assert.equal(opened.status, 200, JSON.stringify(opened.problem));
    const inspector = await server.signIn("inspektur");
    savedQuery = realSource.id();
    assert.equal((await inspector.call("inquiry.saveQuery", { id: savedQuery, name: "Semua tindakan", query: { of: "tindakan", filter: {} }, shared: true })).status, 200);
    sample = realSource.id();
    const locked = await inspector.call("inquiry.lockSample", { id: inspection, sampleId: sample, title: "Uji petik", filter: {}, count: 1, source: "Kurs JISDOR BI besok" });
    assert.equal(locked.status, 200, JSON.stringify(locked.problem));
    dossier = realSource.id();
    assert.equal((await clerk.call("archive.create", { id: dossier, classification: "000.1.1", title: "Berkas" })).status, 200);
    request = realSource.id();
    const service = letterTypes.find((type) => type.level === "desa") ?? assert.fail("no village letter");
    const entered = await operator.call("village.create", { id: request, service: service.code, form: villageForm });
    assert.equal(entered.status, 200, JSON.stringify(entered.problem));
  });
  after(() => server.close());

  /** The id of somebody else's thing that an endpoint would be about. */
  const idFor = (name: string): string => (name.startsWith("dispositions.") ? disposition : name.startsWith("drafts.") ? draft : name === "archive.show" || name === "archive.file" ? dossier : name.startsWith("village.") ? request : (organisationIds()[name] ?? inquiryIds()[name] ?? (name.startsWith("inspections.") || name.startsWith("inquiry.") ? inspection : name.startsWith("emergencies.") && name !== "emergencies.overseen" ? emergency : letter)));

  const organisationIds = (): Readonly<Record<string, string>> => ({
    "organisation.unit": unit, "organisation.defineUnit": unit, "organisation.dissolveUnit": unit, "organisation.withdrawUnit": unit,
    "organisation.post": position, "organisation.definePost": position, "organisation.closePost": position, "organisation.withdrawPost": position,
    "organisation.endHolding": holding, "mandates.revoke": mandate, "mandates.proposal": position, "handovers.preview": position, "handovers.show": handover, "handovers.cancel": handover,
  });

  const inquiryIds = (): Readonly<Record<string, string>> => ({
    "inquiry.changeQuery": savedQuery, "inquiry.removeQuery": savedQuery, "inquiry.sample": sample, "inquiry.drawSample": sample, "inquiry.judge": sample, "inquiry.abandonSample": sample, "inquiry.evidence": sample,
  });

  const ask = (client: Client, name: EndpointName, id = idFor(name)) => {
    const fresh = name === "drafts.create" || name === "village.create" || name === "archive.create" ? realSource.id() : letter;
    const input = { id, eventId: realSource.id(), sha256, page: 1, code: "TIDAKADA22", token: "tidak-ada-tidak-ada-tidak", tenant: realSource.id(), scope: name === "office.posts" ? "all" : "given", q: "rapat", question: "pembaca", form: "csv", at: "2026-11-01T00:00:00.000Z", sender: "A", number: "1", date: "2026-11-01", ...bodies(fresh, position)[name] };
    // Every endpoint gets all that any endpoint may need; each takes what is its own.
    return client.call(name, pick(contract[name], input) as never);
  };

  test("nobody: every endpoint that needs a session answers 401, before it looks at anything", async () => {
    for (const name of names) {
      const endpoint: Endpoint = contract[name];
      if (endpoint.access === "public" || name === "session.signOut") continue;
      const answer = endpoint.carries === "upload" ? await server.anyone.upload(realSource.id(), "x.pdf", plainPdf(["x"])) : await ask(server.anyone, name);
      assert.equal(answer.status, 401, `${name} answered ${answer.status}`);
      assert.equal(answer.problem?.code, "not_signed_in", name);
    }
  });

  test("nobody: what is behind a code, a hash or a secret link is not found without it, and an unknown code tells nothing", async () => {
    for (const name of names) {
      if (contract[name].access !== "public" || !/:(code|token|sha256|tenant)\b/.test(contract[name].path)) continue;
      const answer = await ask(server.anyone, name);
      if (name === "open.verify" || name === "open.byHash") assert.deepEqual([answer.status, JSON.parse(JSON.stringify(answer.body)).state], [200, "tidak_dikenal"], name);
      else assert.equal(answer.status, 404, `${name} answered ${answer.status}`);
    }
  });

  const things = names.filter((name) => isThing(name, contract[name].path));

  // The organisation is known to everyone who works in it, and changed by its admin alone.
  const expectedFor = (name: EndpointName, username: string): readonly number[] => {
    if (/^organisation\.(dryRun|importProgress)$/.test(name)) return [403, 404];
    if (/^(organisation|mandates)\./.test(name)) return contract[name].method === "GET" ? [username === "kades" ? 404 : 200] : [403, 404];
    if (name.startsWith("handovers.") || name === "inspections.revoke") return [403, 404];
    if (name === "inspections.show" && username === "admin") return [200]; // counts, no letter
    return name.startsWith("village.") || name.startsWith("archive.") ? [403, 404] : [404];
  };

  for (const [who, username] of [["another unit", "kabidb"], ["another government", "kades"], ["the admin, who reads no letter by being admin", "admin"]] as const) {
    test(`${who}: things that are not theirs are not found`, async () => {
      const client = await server.signIn(username);
      for (const name of things) {
        if (username === "kades" && name.startsWith("village.")) continue; // their own government's counter
        if (username === "admin" && /^(organisation|mandates|accounts|handovers)\./.test(name)) continue; // the admin's own work: of a hand-over he sees counts, no letter
        const answer = await ask(client, name);
        assert.ok(expectedFor(name, username).includes(answer.status), `${name} answered ${answer.status} to ${username}: ${answer.problem?.title ?? new TextDecoder().decode(answer.bytes).slice(0, 200)}`);
      }
    });
  }

  test("whatever a stranger may ask without naming a thing, its answer names none of ours", async () => {
    for (const username of ["kabidb", "kades"]) {
      const client = await server.signIn(username);
      for (const name of names.filter((each) => ofOneself.has(each) && contract[each].method === "GET" && contract[each].carries === "json")) {
        const { status, bytes } = await ask(client, name);
        assert.ok([200, 403, 404].includes(status), `${name} answered ${status} to ${username}`);
        for (const id of [letter, disposition, draft, inspection, emergency, savedQuery, sample, ...(username === "kades" ? [dossier, position] : [request])]) assert.ok(!new TextDecoder().decode(bytes).includes(id), `${name} names ${id} to ${username}`);
      }
    }
  });

  test("lists and searches of strangers hold nothing of it", async () => {
    for (const username of ["kabidb", "kades", "camat"]) {
      const client = await server.signIn(username);
      assert.deepEqual((await client.call("received.list", {})).body.items, []);
      assert.deepEqual((await client.call("drafts.list", {})).body.items, []);
      assert.deepEqual((await client.call("archive.search", { q: "rapat" })).body.items, []);
      assert.deepEqual((await client.call("desk.list", {})).body.items, []);
    }
  });

  test("what the admin and the inspector keep is closed to everyone else", async () => {
    for (const username of ["kabidb", "kades", "sekda"]) {
      const client = await server.signIn(username);
      for (const name of ["accounts.list", "accounts.invite", "organisation.export", "organisation.waitingImport", "organisation.policyHistory", "organisation.setPolicy", "rights.grant", "audit.integrity", "audit.check", "audit.checks", "audit.checkFile", "inquiry.choices", "inquiry.queries", "inquiry.samples", "inquiry.saveQuery"] as const) {
        const answer = await ask(client, name);
        assert.ok(answer.status === 403 || answer.status === 404, `${name} answered ${answer.status} to ${username}`);
      }
      assert.equal((await client.uploadTo("organisation.uploadImport", realSource.id(), "a.csv", new TextEncoder().encode("kode;nama"))).status, 403, username);
    }
  });

  test("the admin reads no letter by being admin, and only the inspector searches acts", async () => {
    const admin = await server.signIn("admin");
    assert.equal((await admin.call("received.show", { id: letter })).status, 404);
    assert.equal((await admin.call("inquiry.acts", { id: inspection, filter: {} })).status, 404);
    const inspector = await server.signIn("inspektur");
    assert.ok((await inspector.call("inquiry.acts", { id: inspection, filter: {} })).body.items.length > 0);
  });

  test("an inspector without his mandate's look, and who was only alarmed, read no letter", async () => {
    const inspector = await server.signIn("inspektur");
    for (const name of things.filter((each) => each.startsWith("received.") || each === "rights.mine")) assert.equal((await ask(inspector, name, letter)).status, 404, name);
    assert.deepEqual((await inspector.call("received.list", {})).body.items, []);
    assert.equal((await inspector.call("emergencies.show", { id: emergency })).status, 200);
  });

  test("whoever must first secure his account reaches his own account and nothing else", async () => {
    const client = await server.signIn("kabid");
    const database = openPool({ url: server.databaseUrl }, 1);
    await database.query("update session set held_back = true where person_id = $1", [(await client.call("session.me", {})).body.personId]);
    await database.end();
    const reached: string[] = [];
    for (const name of names) {
      const endpoint: Endpoint = contract[name];
      if (endpoint.access === "public") continue;
      if (endpoint.access === "securing") reached.push(name);
      if (endpoint.access === "securing" && endpoint.method !== "GET") continue; // what they do is tested where they are
      const answer = endpoint.carries === "upload" ? await client.uploadTo(name, realSource.id(), "x.pdf", plainPdf(["x"])) : await ask(client, name);
      assert.equal(answer.problem?.code, endpoint.access === "securing" ? undefined : "account_unsecured", `${name} answered ${answer.status}`);
    }
    assert.deepEqual(reached.toSorted(), [
      "session.addPasskey", "session.beginPasskey", "session.beginSecondFactor", "session.changePassword", "session.confirmSecondFactor", "session.me", "session.passkeys", "session.putAway", "session.signOut",
    ]);
  });

  test("a stale or stolen word does not help: unknown cookie, foreign origin", async () => {
    const forged = await fetch(`${server.url}/api/session`, { headers: { cookie: "lontar_session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } });
    assert.equal(forged.status, 401);
    const foreign = await fetch(`${server.url}/api/session`, { method: "POST", headers: { "content-type": "application/json", "sec-fetch-site": "cross-site" }, body: "{}" });
    assert.equal(foreign.status, 403);
  });
});

const pick = (endpoint: Endpoint, input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const bodyShape = "shape" in endpoint.body && typeof endpoint.body.shape === "object" && endpoint.body.shape !== null ? Object.keys(endpoint.body.shape) : [];
  const wanted = new Set([...Object.keys(endpoint.params.shape), ...Object.keys(endpoint.query.shape), ...bodyShape]);
  return Object.fromEntries(Object.entries(input).filter(([key]) => wanted.has(key)));
};
