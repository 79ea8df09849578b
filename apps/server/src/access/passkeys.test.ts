import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createAuthenticator } from "../../test/authenticator.ts";
import { createOffice, type TestOffice } from "../../test/office.ts";
import type { Actor } from "../kernel/actor.ts";
import { readTenant } from "../kernel/db.ts";
import type { Caller, CookieAnswer } from "../kernel/http.ts";
import { realSource, type Source } from "../kernel/ids.ts";
import { openLog } from "../kernel/log.ts";
import { Refused } from "../kernel/refusal.ts";
import { openSeal } from "../kernel/seal.ts";
import { demoPassword } from "../seed/seed.ts";
import { authenticate, signIn, type Access } from "./door.ts";
import { addPasskey, beginPasskey, beginPasskeyEntry, enterByPasskey, listPasskeys, removePasskey, renamePasskey } from "./passkeys.ts";
import { history, notices } from "./queries.ts";
import { beginFreshProof, challengeFor, mustBeFresh, proveFreshByPasskey, subjectOf } from "./step-up.ts";

const origin = "https://surat.contoh.go.id";

const caller = (more: Partial<Caller> = {}): Caller => ({ requestId: realSource.id(), address: "192.0.2.1", device: "Mozilla/5.0 (Windows NT 10.0) Chrome/147.0 Safari/537.36", cookie: undefined, browser: undefined, ...more });

describe("passkeys", () => {
  let office: TestOffice;
  let access: Access;
  let later = 0;
  const source: Source = { ...realSource, now: () => new Date(Date.parse(realSource.now()) + later).toISOString() };
  before(async () => {
    office = await createOffice("passkeys");
    access = { db: office.db, source, seal: openSeal("rahasia-instalasi-untuk-uji-0123456789"), log: openLog("silent"), publicUrl: origin };
  });
  after(() => office.close());

  const outcome = async (attempt: Promise<unknown>): Promise<string> => attempt.then(() => "in", (error: unknown) => (error instanceof Refused ? error.code : String(error)));
  const known = (entered: CookieAnswer<unknown>): Caller => caller({ cookie: entered.cookie ?? undefined, browser: entered.browser });

  /** Someone signed in by password, with a passkey of his own. */
  const withKey = async (username: string) => {
    const entered = await signIn(access, { username, password: demoPassword(username) }, caller());
    const mine = known(entered);
    const by: Actor = (await authenticate(access, mine)) ?? assert.fail("not signed in");
    const key = createAuthenticator(origin);
    const offer = await beginPasskey(access, mine, by, { password: demoPassword(username), code: null });
    const made = key.make(offer);
    const { codes } = await addPasskey(access, mine, by, { name: "Ponsel", answer: made });
    return { mine, by, key, offer, made, codes: codes ?? [] };
  };
  const ask = async (more: Partial<Caller> = {}) => {
    const { answer, browser } = await beginPasskeyEntry(access, caller(more));
    return { question: answer, here: caller({ browser, ...more }) };
  };
  const whys = async (by: Actor) => (await readTenant(office.db, by.tenantId, (tx) => history(tx, { limit: 50 }, by))).items.filter((entry) => entry.type === "sign_in_refused").map((entry) => entry.why);
  const told = async (by: Actor) => (await readTenant(office.db, by.tenantId, (tx) => notices(tx, by))).map((notice) => notice.kind);

  test("opens the account of its owner without a name, and remembers when it was used", async () => {
    const { by, key, made, offer, mine, codes } = await withKey("kasi");
    assert.equal(offer.authenticatorSelection.userVerification, "required");
    const { question, here } = await ask();
    assert.deepEqual([question.allowCredentials, question.userVerification, question.rpId], [[], "required", "surat.contoh.go.id"]);
    const entered = await enterByPasskey(access, key.answer(question), here);
    assert.equal(entered.answer.personId, by.personId);
    const list = await readTenant(office.db, by.tenantId, (tx) => listPasskeys(tx, by));
    assert.deepEqual(list.map((one) => [one.name, one.lastUsed !== null]), [["Ponsel", true]]);
    await renamePasskey(access, by, { id: list[0]?.id ?? "", name: "Ponsel dinas" });
    assert.equal(await outcome(addPasskey(access, mine, by, { name: "Lagi", answer: made })), "challenge_used");
    await removePasskey(access, by, { id: list[0]?.id ?? "", password: demoPassword("kasi"), code: codes[0] ?? "" });
    const again = await ask();
    assert.equal(await outcome(enterByPasskey(access, key.answer(again.question), again.here)), "passkey_unknown");
  });

  test("an answer that was used is refused, written into the history, and told to the owner of the key", async () => {
    const { by, key } = await withKey("kabid");
    const { question, here } = await ask();
    const answer = key.answer(question);
    assert.equal(await outcome(enterByPasskey(access, answer, here)), "in");
    // The counter of a replayed answer has not grown either: a key that does not count must be found by its challenge.
    await office.pool.query("update passkey set counter = 0 where person_id = $1", [by.personId]);
    assert.equal(await outcome(enterByPasskey(access, answer, here)), "challenge_used");
    assert.deepEqual(await whys(by), ["tantangan_terpakai"]);
    assert.ok((await told(by)).includes("tantangan_terpakai"));
  });

  test("an answer for another browser, another purpose, too late, or to no question of ours is refused", async () => {
    const { by, mine, key, codes } = await withKey("sekdis");
    const { question, here } = await ask();
    assert.equal(await outcome(enterByPasskey(access, key.answer(question), caller({ browser: "x".repeat(43) }))), "challenge_late");
    assert.equal(await outcome(enterByPasskey(access, key.answer(question), caller())), "challenge_late");
    const offer = await beginPasskey(access, mine, by, { password: demoPassword("sekdis"), code: codes[0] ?? "" });
    assert.equal(await outcome(enterByPasskey(access, key.answer({ challenge: offer.challenge, rpId: offer.rp.id }), mine)), "challenge_late");
    assert.equal(await outcome(enterByPasskey(access, key.answer({ ...question, challenge: Buffer.from("tebakan").toString("base64url") }), here)), "challenge_late");
    later = 5 * 60_000;
    assert.equal(await outcome(enterByPasskey(access, key.answer(question), here)), "challenge_late");
    later = 0;
    assert.equal(await outcome(enterByPasskey(access, key.answer(question), here)), "in");
  });

  test("wrong passwords at his address keep nobody's passkey out, and wrong passkeys not its owner in his own browser", async () => {
    const { mine, key } = await withKey("kabaghukum");
    const address = "192.0.2.77";
    const fill = (bucket: string) => office.pool.query("insert into sign_in_failure (bucket, at) select $1, now() from generate_series(1, 40)", [bucket]);
    await fill(`address:${address}`);
    const first = await ask({ address });
    assert.equal(await outcome(enterByPasskey(access, key.answer(first.question), first.here)), "in");
    await fill(`passkey address:${address}`);
    const second = await ask({ address });
    assert.equal(await outcome(enterByPasskey(access, key.answer(second.question), second.here)), "too_many_attempts");
    const third = await ask({ address, browser: mine.browser });
    assert.equal(await outcome(enterByPasskey(access, key.answer(third.question), { ...third.here, browser: mine.browser })), "in");
  });

  test("a foreign site, a foreign key, and an answer without verification of the person are refused and told in the history", async () => {
    const { by, key } = await withKey("kabidb");
    const { question, here } = await ask();
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    for (const lie of [{ origin: "https://surat-contoh.go.id" }, { rpId: "contoh.go.id" }, { isVerified: false }, { key: other }]) assert.equal(await outcome(enterByPasskey(access, key.answer(question, lie), here)), "passkey_invalid", JSON.stringify(Object.keys(lie)));
    assert.deepEqual(await whys(by), Array.from({ length: 4 }, () => "kunci_tidak_sah"));
    assert.equal(await outcome(enterByPasskey(access, key.answer(question), here)), "in");
  });

  test("a counter that does not grow is a copy of the key: refused, and told to its owner", async () => {
    const { by, key } = await withKey("asisten1");
    const first = await ask();
    assert.equal(await outcome(enterByPasskey(access, key.answer(first.question, { counter: 7 }), first.here)), "in");
    for (const counter of [7, 3, 0]) {
      const next = await ask();
      assert.equal(await outcome(enterByPasskey(access, key.answer(next.question, { counter }), next.here)), "passkey_suspicious");
    }
    assert.ok((await told(by)).includes("kunci_mencurigakan"));
    const synced = await withKey("camat");
    for (let turn = 0; turn < 2; turn += 1) {
      const next = await ask();
      await office.pool.query("update passkey set counter = 0 where person_id = $1", [synced.by.personId]);
      assert.equal(await outcome(enterByPasskey(access, synced.key.answer(next.question, { counter: 0 }), next.here)), "in", "a synced key does not count");
    }
  });

  test("a key without verification of the person, or of another site, is not kept", async () => {
    const { mine, by, codes } = await withKey("staf");
    for (const [index, lie] of [{ isVerified: false }, { origin: "https://jahat.contoh" }, { rpId: "jahat.contoh" }].entries()) {
      const offer = await beginPasskey(access, mine, by, { password: demoPassword("staf"), code: codes[index] ?? "" });
      assert.equal(await outcome(addPasskey(access, mine, by, { name: "x", answer: createAuthenticator(origin).make(offer, lie) })), "passkey_invalid");
    }
  });

  test("a proof for one document opens that one for five minutes, and no other document, person, browser or moment", async () => {
    const { by, mine, key } = await withKey("kadis");
    const [letter, other] = ["ab".repeat(32), "cd".repeat(32)];
    const isFree = (sha256: string, at: Actor = by): Promise<string> => outcome(readTenant(office.db, by.tenantId, (tx) => mustBeFresh(tx, sha256, at)));
    assert.equal(await isFree(letter), "step_up_needed");
    const { token, question } = await beginFreshProof(access, mine, by, [letter]);
    assert.deepEqual(Buffer.from(question.challenge, "base64url"), Buffer.from(challengeFor(letter, token)), "the passkey signs a word about this document");
    const answer = key.answer(question);
    assert.equal(await outcome(proveFreshByPasskey(access, mine, by, { documents: [other], token, answer })), "challenge_late");
    assert.equal(await outcome(proveFreshByPasskey(access, { ...mine, browser: "x".repeat(43) }, by, { documents: [letter], token, answer })), "challenge_late");
    const thief = await withKey("bupati");
    assert.equal(await outcome(proveFreshByPasskey(access, thief.mine, thief.by, { documents: [letter], token, answer })), "challenge_late");
    const his = await beginFreshProof(access, thief.mine, thief.by, [letter]);
    assert.equal(await outcome(proveFreshByPasskey(access, thief.mine, thief.by, { documents: [letter], token: his.token, answer: key.answer({ ...question, challenge: his.question.challenge }) })), "passkey_unknown");
    const entry = await ask();
    assert.equal(await outcome(proveFreshByPasskey(access, mine, by, { documents: [letter], token, answer: key.answer(entry.question) })), "passkey_invalid", "an answer at the door is no word about a document");
    await proveFreshByPasskey(access, mine, by, { documents: [letter], token, answer: key.answer(question) });
    assert.equal(await outcome(proveFreshByPasskey(access, mine, by, { documents: [letter], token, answer: key.answer(question) })), "challenge_used");
    assert.deepEqual([await isFree(letter), await isFree(other)], ["in", "step_up_needed"]);
    assert.equal(await isFree(letter, { ...by, at: new Date(Date.parse(by.at) + 5 * 60_000).toISOString() }), "step_up_needed");
    const { rows } = await office.pool.query<{ body: { sha256: string; proof: { signature: string } } }>("select body from event where thing_id = $1 and type = 'account.proved_fresh'", [by.personId]);
    assert.deepEqual([rows[0]?.body.sha256, typeof rows[0]?.body.proof.signature], [letter, "string"]);
  });

  test("one proof for the letters of one sitting opens each of them, and names them all in the evidence", async () => {
    const { by, mine, key } = await withKey("tusetda");
    const letters = ["ef".repeat(32), "01".repeat(32)];
    const { token, question } = await beginFreshProof(access, mine, by, letters);
    assert.equal(await outcome(proveFreshByPasskey(access, mine, by, { documents: [...letters, "99".repeat(32)], token, answer: key.answer(question) })), "challenge_late", "none can be added afterwards");
    assert.equal(await outcome(proveFreshByPasskey(access, mine, by, { documents: letters.slice(1), token, answer: key.answer(question) })), "challenge_late");
    await proveFreshByPasskey(access, mine, by, { documents: letters.toReversed(), token, answer: key.answer(question) });
    const isFree = (sha256: string): Promise<string> => outcome(readTenant(office.db, by.tenantId, (tx) => mustBeFresh(tx, sha256, by)));
    assert.deepEqual(await Promise.all([...letters, "99".repeat(32)].map(isFree)), ["in", "in", "step_up_needed"]);
    const { rows } = await office.pool.query<{ body: { sha256: string; documents: readonly string[] } }>("select body from event where thing_id = $1 and type = 'account.proved_fresh'", [by.personId]);
    assert.deepEqual([rows[0]?.body.sha256, rows[0]?.body.documents.toSorted()], [subjectOf(letters), letters.toSorted()]);
  });

  test("without passkey and code the passphrase alone is the fresh proof", async () => {
    const asisten = await office.actor("sekdes");
    assert.equal(await outcome(readTenant(office.db, asisten.tenantId, (tx) => mustBeFresh(tx, "ab".repeat(32), asisten))), "in");
  });

  test("no public key is put in or exchanged without the event that names it", async () => {
    const { by } = await withKey("sekda");
    await assert.rejects(office.pool.query("update passkey set public_key = 'x' where person_id = $1", [by.personId]), /bukan yang dicatat/);
    await assert.rejects(office.pool.query("insert into passkey select tenant_id, id, id, 'x', 'x', 0, '[]', false, now(), null from account where id = $1", [by.personId]), /bukan yang dicatat/);
  });
});
