import { createHash } from "node:crypto";
import type { z } from "zod";
import type { contract } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import { inTenant, readTenant, type Tx } from "../kernel/db.ts";
import type { Caller, CookieAnswer } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { openTurns } from "../kernel/turns.ts";
import { deviceName, limits } from "./access.ts";
import { hasFactor } from "./account.ts";
import { openChallenge, sealChallenge, type Opened } from "./challenge.ts";
import { confirmWholly, type Whole } from "./confirm.ts";
import { demandOn } from "./demand.ts";
import { browserOf, enter, noteRefusal, type Access } from "./door.ts";
import { makeCodes } from "./factors.ts";
import { tell } from "./notices.ts";
import { mayStandAlone } from "./password-rules.ts";
import { currentSession } from "./sessions.ts";
import { actOnAccount, accountOf, closeSessions, countFailures, deletePasskeys, freeSession, hasEntered, insertPasskey, passkeyOf, passkeysOf, rememberFailure, replaceRecoveryCodes, takeChallenge, usePasskey, type FoundPasskey } from "./store.ts";

/** Read at the first passkey: certificates of makers are a sixth of all that a start would read. */
const webauthn = () => import("@simplewebauthn/server");

/** A passkey's answer as the browser sends it. */
export type PasskeyAnswer = z.output<(typeof contract)["session.enterByPasskey"]["body"]>["answer"];
type NewPasskey = z.output<(typeof contract)["session.addPasskey"]["body"]>["answer"];
type Question = z.output<(typeof contract)["session.beginPasskeyEntry"]["result"]>;
type Offer = z.output<(typeof contract)["session.beginPasskey"]["result"]>;

const questionMs = 5 * 60_000;

// ES256, EdDSA, RS256: what every platform offers (WebAuthn §5.4 asks for at least these).
const algorithms = [-8, -7, -257] as const;

/** The site that passkeys belong to. */
const siteOf = ({ publicUrl }: Access): { readonly origin: string; readonly rpId: string } => {
  const { origin, hostname } = new URL(publicUrl);
  return { origin, rpId: hostname };
};

// The library takes bytes over its own memory only.
const bytesOf = (data: Uint8Array | string): Uint8Array<ArrayBuffer> => new Uint8Array(typeof data === "string" ? Buffer.from(data, "base64url") : data);

/** Asks for one of these keys (or any) to sign the challenge, with the person verified. */
export const questionOf = async (access: Access, challenge: Uint8Array<ArrayBuffer>, keys: readonly { readonly credential_id: Buffer; readonly transports: readonly string[] }[]): Promise<Question> => {
  const { rpId } = siteOf(access);
  const allowed = keys.map((key) => ({ id: key.credential_id.toString("base64url"), transports: [...key.transports] }));
  const made = await (await webauthn()).generateAuthenticationOptions({ rpID: rpId, challenge, timeout: questionMs, userVerification: "required", allowCredentials: allowed });
  return { challenge: made.challenge, timeout: questionMs, rpId, userVerification: "required", allowCredentials: allowed.map((key) => ({ ...key, type: "public-key" })) };
};

/** Asks this browser for any passkey of ours: the key says who its owner is, no name is typed. */
export const beginPasskeyEntry = async (access: Access, caller: Caller): Promise<CookieAnswer<Question>> => {
  const browser = browserOf(access, caller);
  return { answer: await questionOf(access, bytesOf(sealChallenge(access, { purpose: "masuk", browser, lastsMs: questionMs })), []), browser };
};

const shift = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

const inTurn = openTurns();

/** Signs in the owner of a passkey; a forged, foreign, late or repeated answer is refused by name and told to the owner of the key. */
export const enterByPasskey = (access: Access, answer: PasskeyAnswer, caller: Caller): Promise<CookieAnswer<Actor>> => inTurn(caller.address, async () => {
  const now = access.source.now();
  // Nobody guesses a key: the limit spares the server. Wrong passwords do not count here, and it does not hold up whoever comes in a browser of his own.
  const bucket = `passkey address:${caller.address}`;
  const found = await passkeyOf(access.db, Buffer.from(answer.id, "base64url"));
  const isKnown = found !== undefined && caller.browser !== undefined && (await hasEntered(access.db, found, caller.browser));
  if (!isKnown && (await countFailures(access.db, [bucket], shift(now, -limits.windowMs)))(bucket) >= limits.failuresPerAddress) throw new Refused("too_many_attempts");
  const fail = async (code: "passkey_unknown" | "passkey_invalid"): Promise<never> => {
    await rememberFailure(access.db, [bucket], now, shift(now, -limits.windowMs * 4));
    access.log.warn({ requestId: caller.requestId, refusal: code }, "sign-in refused");
    throw new Refused(code);
  };
  if (found === undefined) return fail("passkey_unknown");
  const challenge = challengeIn(answer);
  const opened = openChallenge(access, challenge, { purpose: "masuk", browser: caller.browser });
  const proof = await verifyAnswer(access, found, answer, challenge);
  if (proof === undefined) {
    await noteRefusal(access, found, caller, "kunci_tidak_sah");
    return fail("passkey_invalid");
  }
  if (opened === undefined) {
    access.log.warn({ requestId: caller.requestId, refusal: "challenge_late" }, "sign-in refused");
    throw new Refused("challenge_late");
  }
  if (found.status !== "aktif") {
    await noteRefusal(access, found, caller, "diblokir");
    throw new Refused("account_blocked");
  }
  await mustBeOnlyCopy(access, found, caller, proof.counter);
  return noteReplay(access, found, caller, () => enter(access, found, caller, "kunci", async (tx, by) => {
    await take(tx, found, { token: challenge, opened, counter: proof.counter }, by);
    return null;
  }));
});

/** Takes the answer for its one use, and notes the use of the key. */
const take = async (tx: Tx, found: FoundPasskey, given: { readonly token: string; readonly opened: Opened; readonly counter: number }, by: Actor): Promise<void> => {
  if (!(await takeChallenge(tx, given.token, given.opened.until, by.at))) throw new Refused("challenge_used");
  await usePasskey(tx, found.tenant_id, found.passkey_id, given.counter, by.at);
};

/** An answer sent again is not only refused: the owner of the key is told that someone had it. */
const noteReplay = async <T>(access: Access, found: FoundPasskey, caller: Caller, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && error.code === "challenge_used") {
      await noteRefusal(access, found, caller, "tantangan_terpakai");
      await inTenant(access.db, found.tenant_id, (tx) => tell(tx, access.source, { tenantId: found.tenant_id, personId: found.person_id }, "tantangan_terpakai", { device: deviceName(caller.device) }, access.source.now()));
    }
    throw error;
  }
};

/** A counter that does not grow means a second copy of the key (WebAuthn §6.1.1). Keys that do not count always say nought. */
export const mustBeOnlyCopy = async (access: Access, found: FoundPasskey, caller: Caller, counter: number): Promise<void> => {
  const before = Number(found.counter);
  if ((counter === 0 && before === 0) || counter > before) return;
  await noteRefusal(access, found, caller, "penghitung_mundur");
  await inTenant(access.db, found.tenant_id, (tx) => tell(tx, access.source, { tenantId: found.tenant_id, personId: found.person_id }, "kunci_mencurigakan", { name: found.name }, access.source.now()));
  throw new Refused("passkey_suspicious");
};

/** The challenge that an answer says it answers. */
const challengeIn = (answer: { readonly response: { readonly clientDataJSON: string } }): string => {
  try {
    const said: unknown = JSON.parse(Buffer.from(answer.response.clientDataJSON, "base64url").toString("utf8"));
    return typeof said === "object" && said !== null && "challenge" in said && typeof said.challenge === "string" ? said.challenge : "";
  } catch {
    return ""; // no JSON, no challenge: nothing opens with it
  }
};

/** Checks signature, site, presence and verification of the person (all by the library), for an answer to this challenge; `undefined` when any is wrong. */
export const verifyAnswer = async (access: Access, found: Pick<FoundPasskey, "public_key">, answer: PasskeyAnswer, challenge: string): Promise<{ readonly counter: number } | undefined> => {
  const { origin, rpId } = siteOf(access);
  try {
    const { verified, authenticationInfo } = await (await webauthn()).verifyAuthenticationResponse({
      response: { id: answer.id, rawId: answer.rawId, type: "public-key", clientExtensionResults: {}, response: { clientDataJSON: answer.response.clientDataJSON, authenticatorData: answer.response.authenticatorData, signature: answer.response.signature } },
      expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId, requireUserVerification: true,
      // The counter is ours to judge: a copy of the key is told to its owner, not only refused.
      credential: { id: answer.id, publicKey: bytesOf(found.public_key), counter: 0 },
    });
    return verified ? { counter: authenticationInfo.newCounter } : undefined;
  } catch (error) {
    access.log.warn({ error: error instanceof Error ? error.message : "" }, "a passkey's answer did not verify");
    return undefined;
  }
};

/** Offers to make a passkey on this device, after the person proved himself once more. */
export const beginPasskey = async (access: Access, caller: Caller, by: Actor, proof: Whole): Promise<Offer> => {
  await confirmWholly(access, by, proof);
  const { account, keys } = await readTenant(access.db, by.tenantId, async (tx) => ({ account: await accountOf(tx, by.tenantId, by.personId), keys: await passkeysOf(tx, by.tenantId, by.personId) }));
  const { rpId } = siteOf(access);
  const challenge = bytesOf(sealChallenge(access, { purpose: `kunci/${by.personId}`, browser: caller.browser, lastsMs: questionMs }));
  const known = keys.map((key) => ({ id: key.credential_id.toString("base64url"), transports: key.transports }));
  const made = await (await webauthn()).generateRegistrationOptions({
    rpName: "Lontar", rpID: rpId, userName: account?.username ?? "", userDisplayName: by.personName, userID: bytesOf(Buffer.from(by.personId.replaceAll("-", ""), "hex")), challenge, timeout: questionMs,
    attestationType: "none", excludeCredentials: known, authenticatorSelection: { residentKey: "required", userVerification: "required" }, supportedAlgorithmIDs: [...algorithms],
  });
  return {
    rp: { id: rpId, name: made.rp.name }, user: made.user, challenge: made.challenge, timeout: questionMs, pubKeyCredParams: algorithms.map((alg) => ({ alg, type: "public-key" })),
    excludeCredentials: known.map((key) => ({ ...key, type: "public-key" })), authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" }, attestation: "none",
  };
};

/**
 * Keeps a new passkey under a name that its owner gave it. The first factor of an account ends what was opened by the password alone
 * elsewhere, and brings the recovery codes that open when the device is lost.
 */
export const addPasskey = async (access: Access, caller: Caller, by: Actor, given: { readonly name: string; readonly answer: NewPasskey }): Promise<{ readonly codes: string[] | null }> => {
  const challenge = challengeIn(given.answer);
  const opened = openChallenge(access, challenge, { purpose: `kunci/${by.personId}`, browser: caller.browser });
  if (opened === undefined) throw new Refused("challenge_late");
  const { origin, rpId } = siteOf(access);
  const { id: answerId, rawId, response } = given.answer;
  const checked = await (await webauthn()).verifyRegistrationResponse({
    response: { id: answerId, rawId, type: "public-key", clientExtensionResults: {}, response: { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject, transports: response.transports } },
    expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId, requireUserVerification: true, supportedAlgorithmIDs: [...algorithms],
  }).catch((error: unknown) => {
    access.log.warn({ requestId: caller.requestId, error: error instanceof Error ? error.message : "" }, "a new passkey did not verify");
    return undefined;
  });
  if (checked?.verified !== true) throw new Refused("passkey_invalid");
  const { credential, credentialBackedUp } = checked.registrationInfo;
  const id = access.source.id();
  const current = await currentSession(access, caller);
  const before = await readTenant(access.db, by.tenantId, (tx) => accountOf(tx, by.tenantId, by.personId));
  const made = before !== null && hasFactor(before) ? undefined : await makeCodes(access); // hashing is slow work, and so stands before the transaction
  return inTenant(access.db, by.tenantId, async (tx) => {
    if (!(await takeChallenge(tx, challenge, opened.until, by.at))) throw new Refused("challenge_used");
    const after = await actOnAccount(tx, by.personId, { type: "addPasskey", passkey: { id, name: given.name, seal: createHash("sha256").update(credential.publicKey).digest("hex") } }, by);
    await insertPasskey(tx, by, { id, credentialId: Buffer.from(credential.id, "base64url"), publicKey: credential.publicKey, counter: credential.counter, transports: response.transports, backedUp: credentialBackedUp });
    await tell(tx, access.source, by, "kunci_ditambah", { name: given.name }, by.at);
    if (made === undefined || after === null || after.secondFactor || after.passkeys.length > 1) return { codes: null };
    await actOnAccount(tx, by.personId, { type: "makeRecoveryCodes", count: made.codes.length }, by);
    await replaceRecoveryCodes(tx, by.tenantId, by.personId, made.salt, made.hashes);
    await closeSessions(tx, by.tenantId, by.personId, by.at, current?.session_id);
    await freeSession(tx, by.tenantId, by.personId, current?.session_id);
    return { codes: [...made.codes] };
  });
};

/** The passkeys of a person, with when each was last used. */
export const listPasskeys = async (tx: Tx, by: Actor) => {
  const account = await accountOf(tx, by.tenantId, by.personId);
  const stored = await passkeysOf(tx, by.tenantId, by.personId);
  return stored.map((key) => ({ id: key.passkey_id, name: account?.passkeys.find((one) => one.id === key.passkey_id)?.name ?? "", since: key.since.toISOString(), lastUsed: key.last_used?.toISOString() ?? null, backedUp: key.backed_up }));
};

/** Gives a passkey another name. */
export const renamePasskey = (access: Access, by: Actor, given: { readonly id: Id; readonly name: string }): Promise<void> =>
  inTenant(access.db, by.tenantId, async (tx) => void (await actOnAccount(tx, by.personId, { type: "renamePasskey", ...given }, by)));

/** Takes a passkey away, after its owner proved himself once more; the last factor only where the account may stand without. */
export const removePasskey = async (access: Access, by: Actor, given: Whole & { readonly id: Id }): Promise<void> => {
  await confirmWholly(access, by, given);
  await inTenant(access.db, by.tenantId, async (tx) => {
    const name = (await accountOf(tx, by.tenantId, by.personId))?.passkeys.find((key) => key.id === given.id)?.name ?? "";
    const isDemanded = (await demandOn(tx, by.tenantId, by.personId, by.at)) !== null;
    const after = await actOnAccount(tx, by.personId, { type: "removePasskey", id: given.id, mayStandAlone: mayStandAlone(given.password), isDemanded }, by);
    await deletePasskeys(tx, by.tenantId, by.personId, given.id);
    if (after?.recoveryCodes === 0) await replaceRecoveryCodes(tx, by.tenantId, by.personId, Buffer.alloc(0), []);
    await tell(tx, access.source, by, "kunci_dilepas", { name }, by.at);
  });
};
