import { inTenant, readTenant, type Database, type Tx } from "../kernel/db.ts";
import { rememberBlob } from "../kernel/files/take.ts";
import { localDate, startOfDay, type Id, type Instant, type Source } from "../kernel/ids.ts";
import { enqueue, type Jobs } from "../kernel/jobs.ts";
import { reached } from "../kernel/milestone.ts";
import { fileOf, issuedLetter, preserve, systemIn, unprovedLetters } from "../letters/issued/index.ts";
import { tenantOf } from "../access/index.ts";
import { passGate } from "./gate.ts";
import { isRenewalDue, preserveFile, renewalHorizon } from "./preserve.ts";
import type { Signing } from "./sign.ts";

/** What completing and renewing proofs works with. */
export type Preserving = {
  readonly db: Database;
  readonly source: Source;
  readonly signing: Signing;
  readonly blobs: { readonly put: (bytes: Uint8Array, limit: { readonly maxBytes: number }) => Promise<{ readonly sha256: string; readonly size: number }>; readonly bytes: (sha256: string) => Promise<Uint8Array> };
};

/** A file that grew beyond this was not made by our templates and a hundred years of renewals. */
const largestPdf = 64 * 1024 * 1024;

const minuteMs = 60_000;
const longestPauseMs = 6 * 60 * minuteMs;

/** When a letter whose proof could not be completed is tried again: after five minutes, then twice as long each time, at most six hours. */
export const nextTry = (now: Instant, tries: number): Instant => new Date(Date.parse(now) + Math.min(5 * minuteMs * 2 ** Math.min(tries, 10), longestPauseMs)).toISOString();

/**
 * Completes or renews the proof of one letter. What a crash after each step leaves:
 * 1 read (nothing) · 2 the authorities answered and our validator passed the longer file (bytes nobody knows: asked again, others are made)
 * · 3 the file is stored under its hash (unreferenced) · 4 in one transaction the letter names it, and what it was before stays named (done).
 * Two that run at once make two files; the second finds that the letter is no longer the file it began with, and its own is nobody's.
 */
export const preserveLetter = async ({ db, source, signing, blobs }: Preserving, tenantId: Id, id: Id, tries: number): Promise<void> => {
  const letter = await readTenant(db, tenantId, (tx) => issuedLetter(tx, tenantId, id)); // 1
  if (letter === undefined) return;
  const { proved } = letter;
  const isDue = proved !== undefined && isRenewalDue(proved, source.now());
  if (proved?.level === "B-LTA" && !isDue) return;
  const present = fileOf(letter);
  const bytes = await blobs.bytes(present.sha256);
  const asked = { frozen: letter.frozen, serial: letter.signer.serial };
  // The log proves when this file was last found good; today its signer's certificate may be over, which is what the proof is for.
  const gate = await passGate(bytes, { ...asked, at: proved?.checkedAt ?? letter.signer.at, trust: signing.trust }, signing.validate);
  if (!gate.passed || gate.reached === null) throw new Error(`the stored file of letter ${id} does not pass: ${gate.passed ? "no level" : gate.reason}`);
  const made = await preserveFile(signing, { bytes, reached: gate.reached, isDue }, asked); // 2
  reached("preserve.1");
  const stored = made.proved.sha256 === present.sha256 ? present : await blobs.put(made.bytes, { maxBytes: largestPdf }); // 3
  reached("preserve.2");
  const by = await systemIn(db, source, tenantId, `preserve/${id}`);
  await inTenant(db, tenantId, async (tx) => {
    if (stored !== present) await rememberBlob(tx, by, { ...stored, mediaType: "application/pdf", pages: letter.pages });
    const after = await preserve(tx, id, present.sha256, made.proved, by); // 4
    const { lacks } = made.proved;
    if (after?.proved?.sha256 === made.proved.sha256 && lacks !== null && lacks !== "no_tsa" && lacks !== "revoked") await enqueue(tx, tenantId, [{ task: "signing.preserve", payload: { id, tries: tries + 1 }, key: `preserve/${id}`, runAt: nextTry(by.at, tries) }]);
  });
  reached("preserve.3");
};

const lettersAtOnce = 500;
const lettersANight = 5000;
const renewalHour = 2;
const keyOf = (tenantId: Id): string => `signing.renew/${tenantId}`;

/** Two o'clock of the coming night, by the government's own clock. */
const nextNight = async (tx: Tx, tenantId: Id, now: Instant): Promise<Instant> => {
  const { zone } = await tenantOf(tx, tenantId);
  const on = (at: number): number => Date.parse(startOfDay(localDate(new Date(at).toISOString(), zone), zone)) + renewalHour * 60 * minuteMs;
  const tonight = on(Date.parse(now));
  return new Date(tonight > Date.parse(now) ? tonight : on(Date.parse(now) + 24 * 60 * minuteMs)).toISOString();
};

/**
 * The round of the night: asks for the work on every letter whose proof is incomplete or ends soon, the oldest end first, and for the next round. What a
 * crash after each step leaves: 1 so many letters are asked for (asked again, each is still one work) · 2 the next round is asked for (done).
 */
const renewTonight = async ({ db, source, signing }: Preserving, tenantId: Id): Promise<void> => {
  const now = source.now();
  let after: { readonly until: string; readonly id: Id } = { until: "", id: "00000000-0000-0000-0000-000000000000" };
  for (let asked = 0; signing.authorities.timestamps !== undefined && asked < lettersANight; asked += lettersAtOnce) {
    const found = await inTenant(db, tenantId, async (tx) => {
      const letters = await unprovedLetters(tx, tenantId, renewalHorizon(now), after, lettersAtOnce);
      await enqueue(tx, tenantId, letters.map(({ id }) => ({ task: "signing.preserve", payload: { id, tries: 0 }, key: `preserve/${id}` })));
      return letters;
    }); // 1
    reached("renew.1");
    const last = found.at(-1);
    if (last === undefined) break;
    after = last;
  }
  await inTenant(db, tenantId, async (tx) => enqueue(tx, tenantId, [{ task: "signing.renew", payload: {}, key: keyOf(tenantId), runAt: await nextNight(tx, tenantId, now) }])); // 2
  reached("renew.2");
};

/** Begins the rounds of governments that have none waiting. */
export const beginRenewals = async ({ db, source }: Pick<Preserving, "db" | "source">, tenants: readonly Id[], isWaiting: (key: string) => Promise<boolean>): Promise<void> => {
  for (const tenantId of tenants) {
    if (await isWaiting(keyOf(tenantId))) continue;
    await inTenant(db, tenantId, async (tx) => enqueue(tx, tenantId, [{ task: "signing.renew", payload: {}, key: keyOf(tenantId), runAt: await nextNight(tx, tenantId, source.now()) }]));
  }
};

/** Completing and renewing the proofs of letters. */
export const preservingJobs = (deps: Preserving): Jobs => ({
  "signing.preserve": async ({ tenantId, id, tries }) => {
    if (typeof id !== "string") throw new Error("signing.preserve without its letter");
    await preserveLetter(deps, tenantId, id, typeof tries === "number" ? tries : 0);
  },
  "signing.renew": ({ tenantId }) => renewTonight(deps, tenantId),
});
