import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { generateKeyPairSync } from "node:crypto";
import { createOffice, type TestOffice } from "../../../test/office.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Caller, Route } from "../../kernel/http.ts";
import { readTenant } from "../../kernel/db.ts";
import { realSource, type Id } from "../../kernel/ids.ts";
import { Refused } from "../../kernel/refusal.ts";
import { exchangeJobs, parcelsOf } from "../exchange/index.ts";
import { deliveriesOf, dispatch, issue, issuedLetter, issuedRoutes, openMail, revoke, type Letter } from "./index.ts";

describe("copies that leave the office", () => {
  let office: TestOffice;
  let folder: string;
  let kadis: Actor;
  const publicUrl = "https://surat.contoh.id";
  const caller: Caller = { requestId: "uji", address: "a", device: "uji", cookie: undefined, browser: undefined };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lontar-mail-"));
    office = await createOffice("issued");
    kadis = await office.actor("kadis");
  });
  after(async () => {
    await office?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const letterOf = (n: number): Letter => ({
    unitId: kadis.unitId, unitName: "Diskominfo", number: `000.1.5/${n}/DISKOMINFO/2026`, date: "2026-08-03", code: `ABCDEFGHJ${n}`, type: "XX", typeTitle: "Surat Uji", subject: "Undangan", security: "B", urgency: "biasa", classification: null, attachment: "", validUntil: null,
    sha256: String(n).repeat(64).slice(0, 64), size: 4, pages: 1, frozen: { sha256: "f".repeat(64), size: 2 },
    signer: { personId: kadis.personId, person: kadis.personName, positionId: kadis.positionId, post: kadis.positionTitle, holding: "definitif", basis: null, at: kadis.at, serial: "01", issuer: "CA", development: true }, drafterPositionId: kadis.positionId,
  });
  const parcels = (id: Id) => readTenant(office.db, kadis.tenantId, (tx) => parcelsOf(tx, kadis.tenantId, id));
  const routes = (): readonly Route[] =>
    issuedRoutes({ db: office.db, source: realSource, publicUrl, fileBytes: async () => Buffer.from("%PDF"), isRevoked: (tenantId, id) => readTenant(office.db, tenantId, async (tx) => (await issuedLetter(tx, tenantId, id))?.status === "dicabut") });
  const ask = async (name: string, token: string): Promise<unknown> => {
    const route = routes().find((candidate) => candidate.name === name);
    assert.ok(route?.kind === "public" || route?.kind === "publicFile");
    return route.handle({ token } as never, caller); // the edge has parsed the token by its contract
  };
  const deliveries = async (id: Id) =>
    readTenant(office.db, kadis.tenantId, async (tx) => {
      const letter = await issuedLetter(tx, kadis.tenantId, id);
      assert.ok(letter !== undefined);
      return (await deliveriesOf(tx, kadis.tenantId, letter, kadis.at)).map((delivery) => delivery.status);
    });

  it("reach someone outside by a secret link in one e-mail, and count as received when the file is fetched", async () => {
    const id = realSource.id();
    await office.transaction(kadis, (tx) => issue(tx, id, letterOf(1), [{ kind: "external", label: "PT Maju", email: "surat@maju.contoh", place: "" }], [], kadis));
    await dispatch({ db: office.db, source: realSource }, kadis.tenantId, id);
    await dispatch({ db: office.db, source: realSource }, kadis.tenantId, id);
    const [parcel, ...more] = await parcels(id);
    assert.ok(parcel !== undefined && more.length === 0, "one parcel, although the job ran twice");
    const token = parcel.state.token ?? "";
    assert.match(token, /^[\w-]{32}$/);

    const jobs = exchangeJobs({ db: office.db, source: realSource, keyOf: async () => generateKeyPairSync("ed25519").privateKey, transport: () => Promise.reject(new Error("unused")), fileBytes: async () => Buffer.from("%PDF"), sendMail: openMail({ smtpUrl: undefined, folder, from: "Lontar <lontar@contoh.id>", domain: "contoh.id" }), publicUrl });
    await jobs["exchange.mail"]?.({ tenantId: kadis.tenantId, parcelId: parcel.id }, 1);
    await jobs["exchange.mail"]?.({ tenantId: kadis.tenantId, parcelId: parcel.id }, 2);
    const mails = await readdir(folder);
    assert.equal(mails.length, 1);
    const mail = (await readFile(join(folder, mails[0] ?? ""), "utf8")).replaceAll(/=\r?\n/g, "");
    assert.ok(mail.includes("To: surat@maju.contoh") && mail.includes(`/p/${token}`), mail);
    assert.deepEqual(await deliveries(id), ["terkirim"]);

    assert.deepEqual((await ask("open.parcel", token) as { to: string }).to, "PT Maju"); // the route table forgets its types
    assert.deepEqual(await deliveries(id), ["terkirim"], "looking is not receiving: mail scanners open links");
    await ask("open.parcelFile", token);
    assert.deepEqual(await deliveries(id), ["diterima"]);

    await office.transaction(kadis, (tx) => revoke(tx, id, "Salah tanggal", kadis));
    for (const name of ["open.parcel", "open.parcelFile"]) await assert.rejects(ask(name, token), (error: unknown) => error instanceof Refused && error.code === "not_found");
    await assert.rejects(ask("open.parcel", "x".repeat(32)), Refused);
  });

  it("do not leave any more once the letter is revoked", async () => {
    const id = realSource.id();
    await office.transaction(kadis, (tx) => issue(tx, id, letterOf(2), [{ kind: "external", label: "PT Maju", email: null, place: "" }], [], kadis));
    await office.transaction(kadis, (tx) => revoke(tx, id, "Salah tujuan", kadis));
    await dispatch({ db: office.db, source: realSource }, kadis.tenantId, id);
    assert.deepEqual(await parcels(id), []);
  });

  it("stand in the outbox for another government", async () => {
    const id = realSource.id();
    const village = await office.actor("kades");
    await office.transaction(kadis, (tx) => issue(tx, id, letterOf(3), [{ kind: "partner", tenantId: village.tenantId, label: "Desa Bukit Raya" }], [], kadis));
    await dispatch({ db: office.db, source: realSource }, kadis.tenantId, id);
    assert.deepEqual((await parcels(id)).map((parcel) => [parcel.state.status, parcel.state.destination.kind]), [["antre", "partner"]]);
  });
});
