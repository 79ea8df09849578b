import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createAuthenticator } from "../../test/authenticator.ts";
import { createOffice, type TestOffice } from "../../test/office.ts";
import type { Actor } from "../kernel/actor.ts";
import { readTenant } from "../kernel/db.ts";
import type { Caller, CookieAnswer } from "../kernel/http.ts";
import { realSource, type Source } from "../kernel/ids.ts";
import { openLog } from "../kernel/log.ts";
import { perform } from "../kernel/perform.ts";
import { Refused } from "../kernel/refusal.ts";
import { openSeal } from "../kernel/seal.ts";
import { defaultPolicy, isGuarded, organisationKinds } from "../organisation/index.ts";
import { demoPassword } from "../seed/seed.ts";
import { decide } from "./account.ts";
import { resetFactors } from "./accounts.ts";
import { ownAccount } from "./confirm.ts";
import { demandOn, securingOf } from "./demand.ts";
import { authenticate, signIn, type Access } from "./door.ts";
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor, renewRecoveryCodes } from "./factors.ts";
import { addPasskey, beginPasskey, beginPasskeyEntry, enterByPasskey, listPasskeys, removePasskey } from "./passkeys.ts";
import { history } from "./queries.ts";
import { endOtherSessions } from "./sessions.ts";
import { beginFreshProof, proveFreshByPasskey } from "./step-up.ts";
import { accountOf } from "./store.ts";
import { totpCode } from "./totp.ts";

const origin = "https://surat.contoh.go.id";
const dayMs = 86_400_000;

const caller = (more: Partial<Caller> = {}): Caller => ({ requestId: realSource.id(), address: "192.0.2.1", device: "Mozilla/5.0 (Windows NT 10.0) Chrome/147.0 Safari/537.36", cookie: undefined, browser: undefined, ...more });
const known = (entered: CookieAnswer<unknown>): Caller => caller({ cookie: entered.cookie ?? undefined, browser: entered.browser });

test("the groups are found by what a post does: who signs, keeps the secretariat, inspects, looks after accounts", () => {
  const posts = { bupati: ["bupati", "leader", "signer"], sekdis: ["sekretaris", "leader"], "tata usaha": ["tata_usaha", "registrar", "archivist"], inspektur: ["kepala", "leader", "inspector"], admin: ["admin", "admin"], kabid: ["kepala_bidang", "leader"], staf: ["staf"] } as const;
  const guarded = (...groups: Parameters<typeof isGuarded>[0]): readonly string[] => Object.entries(posts).flatMap(([name, [role, ...functions]]) => (isGuarded(groups, { role, functions }) ? [name] : []));
  assert.deepEqual(guarded("signer"), ["bupati"]);
  assert.deepEqual(guarded("secretary"), ["sekdis", "tata usaha"]);
  assert.deepEqual(guarded("admin", "inspector"), ["inspektur", "admin"]);
  assert.deepEqual(guarded(...defaultPolicy.strongEntry.groups), ["bupati", "sekdis", "tata usaha", "inspektur", "admin"]);
  assert.equal(guarded("everyone").length, Object.keys(posts).length);
  assert.deepEqual(guarded(), []);
});

describe("a second proof, where posts demand it", () => {
  let office: TestOffice;
  let access: Access;
  let admin: Actor;
  let later = 0;
  const source: Source = { ...realSource, now: () => new Date(Date.parse(realSource.now()) + later).toISOString() };
  before(async () => {
    office = await createOffice("demand");
    access = { db: office.db, source, seal: openSeal("rahasia-instalasi-untuk-uji-0123456789"), log: openLog("silent"), publicUrl: origin };
    admin = await office.actor("admin");
  });
  after(() => office.close());

  const outcome = async (attempt: Promise<unknown>): Promise<string> => attempt.then(() => "in", (error: unknown) => (error instanceof Refused ? error.code : String(error)));
  const enter = (username: string, code?: string) => signIn(access, { username, password: demoPassword(username), code }, caller());
  const who = async (entered: CookieAnswer<unknown>): Promise<Actor> => (await authenticate(access, known(entered))) ?? assert.fail("not signed in");
  const securing = (by: Actor) => readTenant(office.db, by.tenantId, async (tx) => securingOf(tx, await accountOf(tx, by.tenantId, by.personId), by));
  const decideThat = (strongEntry: Partial<typeof defaultPolicy.strongEntry> | { readonly force: "required" | "advised"; readonly graceDays?: number }) =>
    office.transaction(admin, (tx) => perform(tx, organisationKinds.policies.machine, admin.tenantId, { type: "set", state: { ...defaultPolicy, strongEntry: { ...defaultPolicy.strongEntry, ...strongEntry } } }, admin));

  /** Someone signed in by password, with a passkey that was just made. */
  const withKey = async (username: string) => {
    const entered = await enter(username);
    const by = await who(entered);
    const key = createAuthenticator(origin);
    const made = await addPasskey(access, known(entered), by, { name: "Ponsel", answer: key.make(await beginPasskey(access, known(entered), by, { password: demoPassword(username), code: null })) });
    return { entered, by, key, codes: made.codes ?? [] };
  };

  test("the demo only advises, whoever the post is; a clerk without such a post hears nothing", async () => {
    for (const [username, expected] of [["kadis", { status: "advised", until: null }], ["tusetda", { status: "advised", until: null }], ["staf", null], ["kabid", null]] as const) {
      later = 400 * dayMs;
      const by = await who(await enter(username));
      assert.deepEqual([by.isHeldBack, await securing(by)], [undefined, expected], username);
    }
    later = 0;
  });

  test("where it is required, the password alone opens for the days of grace, and then no further than securing the account", async () => {
    await decideThat({ force: "required" });
    const first = await who(await enter("sekda"));
    const asked = await securing(first);
    assert.equal(asked?.status, "asked");
    assert.equal(Date.parse(asked.until ?? "") - Date.parse(first.at) > 13.9 * dayMs, true);
    later = 13 * dayMs;
    assert.equal((await who(await enter("sekda"))).isHeldBack, undefined);
    later = 15 * dayMs;
    const late = await enter("sekda");
    assert.equal(late.answer.isHeldBack, true);
    const by = await who(late);
    assert.deepEqual([by.isHeldBack, await securing(by)], [true, { status: "held_back", until: asked.until }]);
    assert.equal((await who(await enter("staf"))).isHeldBack, undefined, "whose posts demand nothing");

    const { secret: text, ticket } = await beginSecondFactor(access, known(late), by, { password: demoPassword("sekda"), code: null });
    const bits = [...text].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
    const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
    const { codes } = await confirmSecondFactor(access, known(late), by, { ticket, code: totpCode(secret, Math.floor(Date.parse(by.at) / 30_000)) });
    const free = await who(late);
    assert.deepEqual([free.isHeldBack, await securing(free)], [undefined, null], "the session in which it was done is open at once");
    assert.equal(await outcome(removeSecondFactor(access, free, { password: demoPassword("sekda"), code: codes[0] ?? "" })), "last_factor");
    assert.equal(await outcome(enter("sekda")), "second_factor_needed");
    assert.equal((await who(await enter("sekda", codes[1]))).isHeldBack, undefined);
    later = 0;
  });

  test("a passkey made by whoever was held back opens the session too, and factors taken off by the admin give no new days", async () => {
    await decideThat({ force: "required", graceDays: 0 });
    const { entered, by } = await withKey("inspektur");
    assert.equal(by.isHeldBack, true);
    assert.equal((await who(entered)).isHeldBack, undefined);
    await decideThat({ force: "required", graceDays: 90 });
    await resetFactors(access, admin, { id: by.personId, reason: "ponsel hilang" });
    assert.equal((await who(await enter("inspektur"))).isHeldBack, true);
  });

  test("who stands in as Plh. for a signer owes what the signer owes, for as long as he does", async () => {
    await decideThat({ force: "required" });
    const [camat, kabidb] = [await office.actor("camat"), await office.actor("kabidb")];
    const owes = (at: string) => readTenant(office.db, camat.tenantId, (tx) => demandOn(tx, camat.tenantId, kabidb.personId, at));
    const [since, until] = [camat.at, new Date(Date.parse(camat.at) + dayMs).toISOString()];
    assert.equal(await owes(since), null);
    await office.transaction(admin, (tx) => perform(tx, organisationKinds.holdings.machine, realSource.id(), { type: "begin", holding: { personId: kabidb.personId, positionId: camat.positionId, kind: "plh", basis: "SPT 1", since, until, decree: { number: "1", date: "2026-11-01", letterId: null, file: null }, scope: null, ended: null }, others: [{ personId: camat.personId, kind: "definitif", since: "2026-01-01T00:00:00.000Z", until: null, name: camat.personName }], exists: true, isCompetent: true }, { ...admin, at: since }));
    assert.deepEqual([await owes(since), await owes(until)], [{ graceDays: 14 }, null]);
  });

  test("beside a passkey the password alone opens nothing: a recovery code opens once, the passkey always, and what the password had opened ends", async () => {
    await decideThat({ force: "advised" });
    const elsewhere = await enter("kadis");
    const { entered, key, codes, by } = await withKey("kadis");
    assert.equal(new Set(codes).size, 10);
    assert.equal(await authenticate(access, known(elsewhere)), undefined);
    assert.equal((await who(entered)).personId, by.personId);
    assert.equal(await outcome(enter("kadis")), "passkey_needed");
    assert.deepEqual([await outcome(enter("kadis", "000000")), await outcome(enter("kadis", "AAAA-BBBB-CCCC"))], ["second_factor_wrong", "second_factor_wrong"]);
    assert.deepEqual([await outcome(enter("kadis", codes[0])), await outcome(enter("kadis", codes[0]))], ["in", "second_factor_wrong"]);
    const asked = await beginPasskeyEntry(access, caller());
    assert.equal(await outcome(enterByPasskey(access, key.answer(asked.answer), caller({ browser: asked.browser }))), "in");
    const told = (await readTenant(office.db, by.tenantId, (tx) => history(tx, { limit: 50 }, by))).items;
    assert.ok(told.some((entry) => entry.type === "sign_in_refused" && entry.why === "kode_salah"), "someone who knows the password tried");

    const second = createAuthenticator(origin);
    const here = known(entered);
    assert.deepEqual(await addPasskey(access, here, by, { name: "Laptop", answer: second.make(await beginPasskey(access, here, by, { password: demoPassword("kadis"), code: codes[1] ?? "" })) }), { codes: null }, "codes come with the first alone");
    // Nothing more is typed than the password once the passkey has answered about this account.
    const subject = [ownAccount(by)];
    assert.equal(await outcome(renewRecoveryCodes(access, by, { password: demoPassword("kadis"), code: null })), "account_proof_needed");
    const { token, question } = await beginFreshProof(access, here, by, subject);
    await proveFreshByPasskey(access, here, by, { documents: subject, token, answer: key.answer(question) });
    assert.equal((await renewRecoveryCodes(access, by, { password: demoPassword("kadis"), code: null })).codes.length, 10);
    assert.equal(await outcome(endOtherSessions(access, here, by, null)), "in");
  });

  test("the last passkey comes off only where nothing demands it; then the password stands alone again, and the codes are gone", async () => {
    const kadis = await office.actor("kadis");
    const keys = () => readTenant(office.db, kadis.tenantId, (tx) => listPasskeys(tx, kadis));
    const remove = async (): Promise<string> => outcome(removePasskey(access, kadis, { id: (await keys())[0]?.id ?? "", password: demoPassword("kadis"), code: null }));
    assert.equal(await remove(), "in", "one of two");
    await decideThat({ force: "required" });
    assert.equal(await remove(), "last_factor");
    assert.equal((await keys()).length, 1);
    await decideThat({ force: "advised" });
    assert.equal(await remove(), "in");
    assert.equal((await office.pool.query("select from recovery_code where person_id = $1", [kadis.personId])).rowCount, 0);
    assert.equal(await outcome(enter("kadis")), "in");
  });

  test("an account may be entered by two windows at once, one of which just made a passkey: the other's password comes too late", async () => {
    const { by } = await withKey("asisten1");
    const state = await readTenant(office.db, by.tenantId, (tx) => accountOf(tx, by.tenantId, by.personId));
    assert.ok(state !== null);
    assert.deepEqual(decide(state, { type: "enter", of: by.personId, session: realSource.id(), device: "x", method: "sandi", isNew: false, codesLeft: null, demand: null }, by), { refused: "passkey_needed" });
  });
});
