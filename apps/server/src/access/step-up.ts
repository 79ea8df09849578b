import { createHash } from "node:crypto";
import type { z } from "zod";
import type { contract } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import { inTenant, readTenant, type Tx } from "../kernel/db.ts";
import type { Caller } from "../kernel/http.ts";
import { Refused } from "../kernel/refusal.ts";
import { openChallenge, sealChallenge } from "./challenge.ts";
import { stepUpOf, takeCode } from "./confirm.ts";
import { noteRefusal, type Access } from "./door.ts";
import { mustBeOnlyCopy, questionOf, verifyAnswer, type PasskeyAnswer } from "./passkeys.ts";
import { actOnAccount, accountOf, isFresh, keepFreshness, passkeyOf, passkeysOf, takeChallenge, usePasskey } from "./store.ts";

const lastsMs = 5 * 60_000;

/** Refuses unless this person has just proved himself for this very file, where his account can ask for that. */
export const mustBeFresh = async (tx: Tx, sha256: string, by: Actor): Promise<void> => {
  const method = stepUpOf(await accountOf(tx, by.tenantId, by.personId));
  if (method !== null && !(await isFresh(tx, by, sha256))) throw new Refused("step_up_needed", { method });
};

/** What a proof is about: the one document, or for several a hash over all of theirs, so that none can be put in another's place. */
export const subjectOf = (documents: readonly string[]): string => {
  const sorted = [...new Set(documents)].toSorted();
  const [first = ""] = sorted;
  return sorted.length === 1 ? first : createHash("sha256").update(`lontar/documents/v1\n${sorted.join("\n")}`).digest("hex");
};

/** The challenge that commits to the document: a passkey's signature over it is a word about these bytes and no others. */
export const challengeFor = (sha256: string, token: string): Uint8Array<ArrayBuffer> => new Uint8Array(createHash("sha256").update(`lontar/step-up/v1\n${sha256}\n${token}`).digest());

/** Asks one of the person's passkeys about the documents. */
export const beginFreshProof = async (access: Access, caller: Caller, by: Actor, documents: readonly string[]): Promise<z.output<(typeof contract)["session.beginFreshProof"]["result"]>> => {
  const keys = await readTenant(access.db, by.tenantId, (tx) => passkeysOf(tx, by.tenantId, by.personId));
  if (keys.length === 0) throw new Refused("passkey_unknown");
  const sha256 = subjectOf(documents);
  const token = sealChallenge(access, { purpose: `dokumen/${by.personId}/${sha256}`, browser: caller.browser, lastsMs });
  return { token, question: await questionOf(access, challengeFor(sha256, token), keys) };
};

const until = (by: Actor): string => new Date(Date.parse(by.at) + lastsMs).toISOString();

/** Takes a passkey's word about the documents: from now on, for five minutes, its owner may sign them. The whole word goes into the evidence. */
export const proveFreshByPasskey = async (access: Access, caller: Caller, by: Actor, given: { readonly documents: readonly string[]; readonly token: string; readonly answer: PasskeyAnswer }): Promise<void> => {
  const { documents, token, answer } = given;
  const sha256 = subjectOf(documents);
  const opened = openChallenge(access, token, { purpose: `dokumen/${by.personId}/${sha256}`, browser: caller.browser });
  if (opened === undefined) throw new Refused("challenge_late");
  const found = await passkeyOf(access.db, Buffer.from(answer.id, "base64url"));
  if (found === undefined || found.tenant_id !== by.tenantId || found.person_id !== by.personId) throw new Refused("passkey_unknown");
  const proof = await verifyAnswer(access, found, answer, Buffer.from(challengeFor(sha256, token)).toString("base64url"));
  if (proof === undefined) {
    await noteRefusal(access, found, caller, "kunci_tidak_sah");
    throw new Refused("passkey_invalid");
  }
  await mustBeOnlyCopy(access, found, caller, proof.counter);
  const { clientDataJSON, authenticatorData, signature } = answer.response;
  await inTenant(access.db, by.tenantId, async (tx) => {
    if (!(await takeChallenge(tx, token, opened.until, by.at))) throw new Refused("challenge_used");
    await usePasskey(tx, by.tenantId, found.passkey_id, proof.counter, by.at);
    await actOnAccount(tx, by.personId, { type: "proveFresh", sha256, documents, method: "kunci", proof: { passkey: found.passkey_id, token, clientData: clientDataJSON, authenticatorData, signature } }, by);
    await keepFreshness(tx, by, documents, until(by));
  });
};

/** Takes a code for the documents, from a person who has no passkey: whoever has one proves himself with it. */
export const proveFreshByCode = async (access: Access, by: Actor, given: { readonly documents: readonly string[]; readonly code: string }): Promise<void> => {
  const method = await readTenant(access.db, by.tenantId, async (tx) => stepUpOf(await accountOf(tx, by.tenantId, by.personId)));
  if (method !== "kode") throw new Refused("step_up_needed", { method });
  await takeCode(access, by, given.code, async (tx) => {
    await actOnAccount(tx, by.personId, { type: "proveFresh", sha256: subjectOf(given.documents), documents: given.documents, method: "kode", proof: null }, by);
    await keepFreshness(tx, by, given.documents, until(by));
  });
};
