import { X509Certificate } from "node:crypto";
import type { contract, Result } from "@lontar/contract";
import { certificateStatus } from "@lontar/pades";
import { nodePort } from "@lontar/pades/node";
import { tellPerson, tenantOf } from "../access/index.ts";
import { hasFunction, type Actor } from "../kernel/actor.ts";
import { inTenant, readTenant, type Database, type Tx } from "../kernel/db.ts";
import { localDate, startOfDay, type Id, type Instant, type Source } from "../kernel/ids.ts";
import { enqueue, type Jobs } from "../kernel/jobs.ts";
import { perform } from "../kernel/perform.ts";
import { Refused } from "../kernel/refusal.ts";
import { systemIn } from "../letters/issued/index.ts";
import { daysLeft, warningDue, type CredentialState, type Found } from "./credential.ts";
import { namesAgree } from "./names.ts";
import { standingAt } from "./provider.ts";
import { commonName } from "./providers/anchors.ts";
import type { Signing } from "./sign.ts";
import { credentialsInUse, officialsOf } from "./queries.ts";
import { credentialMachine, keepCheck } from "./store.ts";

type Health = Result<(typeof contract)["signing.health"]>;
type Row = Health["officials"][number];

/** What looking after certificates works with. */
export type Caring = { readonly db: Database; readonly source: Source; readonly signing: Signing; readonly nikOf: (tx: Tx, tenantId: Id, personId: Id) => Promise<string | undefined> };

/** The certificates of the officials, for whoever administers them: those that need care first. */
export const healthOf = async ({ signing, nikOf }: Caring, tx: Tx, by: Actor): Promise<Health> => {
  if (!hasFunction(by, "admin")) throw new Refused("not_yours");
  const account = signing.provider.enrolment?.account ?? null;
  const officials: Row[] = [];
  for (const row of await officialsOf(tx, by.tenantId, by.at)) {
    const { credential } = row;
    officials.push({
      id: row.person_id, name: row.name, post: row.post,
      certificate: credential === null ? null : { issuer: credential.issuer, until: credential.until, days: daysLeft(credential.until, by.at), development: credential.development, nameAgrees: namesAgree(commonName(new X509Certificate(Buffer.from(credential.certificate, "base64")).subject), row.name) },
      hasNik: account !== "nik" || (await nikOf(tx, by.tenantId, row.person_id)) !== undefined,
      checked: row.at === null ? null : { at: row.at.toISOString(), standing: standingIn(row.standing), status: statusIn(row.status) },
      lastSigned: row.signed?.toISOString() ?? null,
      lastFailed: row.failed === null ? null : { at: row.failed.toISOString(), code: row.code ?? "" },
    });
  }
  return { provider: signing.provider.name, secret: signing.provider.secret ?? "passphrase", officials };
};

const standings = ["ready", "unregistered", "pending", "expired", "suspended", "revoked", "unknown"] as const;
const standingIn = (word: string | null): (typeof standings)[number] => standings.find((one) => one === word) ?? "unknown";
const statuses = ["good", "revoked", "unknown"] as const;
const statusIn = (word: string | null): (typeof statuses)[number] => statuses.find((one) => one === word) ?? "unknown";

const task = "signing.dryRun";
const keyOf = (tenantId: Id): string => `${task}/${tenantId}`;

/** Asks for the check now, instead of tonight. */
export const checkNow = async (tx: Tx, by: Actor): Promise<{ readonly asked: true }> => {
  if (!hasFunction(by, "admin")) throw new Refused("not_yours");
  await enqueue(tx, by.tenantId, [{ task, payload: {}, key: keyOf(by.tenantId), runAt: by.at }]);
  return { asked: true };
};

/**
 * The dry run of the night: every certificate is asked about as a signature would meet it, and nothing is signed. The provider says how
 * the account stands, OCSP or CRL whether the certificate was revoked; nobody's secret is needed. What changed is an event, of which its
 * owner hears; the days that are left are said at sixty, thirty and seven.
 */
const dryRun = async (caring: Caring, tenantId: Id): Promise<void> => {
  const { db, source, signing } = caring;
  const waiting = await readTenant(db, tenantId, (tx) => credentialsInUse(tx, tenantId));
  for (const { id, state, sealed } of waiting) {
    const standing = await standingAt(signing.provider, sealed);
    const status = await statusOf(caring, state);
    const by = await systemIn(db, source, tenantId, `${task}/${id}`);
    await inTenant(db, tenantId, async (tx) => {
      await keepCheck(tx, tenantId, { id, at: by.at, standing, status });
      const found: Found = status === "revoked" ? "revoked" : standing;
      const after = await perform(tx, credentialMachine, id, { type: "look", found }, by);
      const to = { tenantId, personId: state.personId };
      if (after !== null && after.found !== undefined && after.found !== (state.found ?? "ready") && after.found !== "ready") await tellPerson(tx, source, to, "sertifikat_bermasalah", { why: standingWords[after.found] }, by.at);
      const due = after === null || after.status !== "aktif" ? undefined : warningDue(after, by.at);
      if (due === undefined) return;
      await perform(tx, credentialMachine, id, { type: "warn", threshold: due }, by);
      await tellPerson(tx, source, to, "sertifikat_berakhir", { days: daysLeft(state.until, by.at) }, by.at);
    });
  }
  await inTenant(db, tenantId, async (tx) => enqueue(tx, tenantId, [{ task, payload: {}, key: keyOf(tenantId), runAt: await nextRun(tx, tenantId, source.now()) }]));
};

const statusOf = async ({ signing, source }: Caring, { certificate, chain = [] }: CredentialState): Promise<(typeof statuses)[number]> => {
  const word = await certificateStatus(Buffer.from(certificate, "base64"), { trust: signing.trust, revocation: signing.authorities.revocation, at: new Date(source.now()), port: nodePort, intermediates: chain.map((der) => Buffer.from(der, "base64")) });
  return word === "good" || word === "revoked" ? word : "unknown";
};

const standingWords: Readonly<Record<Exclude<Found, "ready">, string>> = { unregistered: "akun tidak terdaftar pada penyelenggara", pending: "pendaftaran akun belum selesai", expired: "sertifikat sudah berakhir", suspended: "akun ditangguhkan atau terkunci", revoked: "sertifikat sudah dicabut", unknown: "status tidak dapat ditanyakan" };

const runHour = 3;
const hourMs = 3_600_000;

/** Three o'clock of the coming night, by the government's own clock. */
const nextRun = async (tx: Tx, tenantId: Id, now: Instant): Promise<Instant> => {
  const { zone } = await tenantOf(tx, tenantId);
  const on = (at: number): number => Date.parse(startOfDay(localDate(new Date(at).toISOString(), zone), zone)) + runHour * hourMs;
  const tonight = on(Date.parse(now));
  return new Date(tonight > Date.parse(now) ? tonight : on(Date.parse(now) + 24 * hourMs)).toISOString();
};

/** Begins the nightly dry run of governments that have none waiting. */
export const beginDryRuns = async ({ db, source }: Pick<Caring, "db" | "source">, tenants: readonly Id[], isWaiting: (key: string) => Promise<boolean>): Promise<void> => {
  for (const tenantId of tenants) {
    if (await isWaiting(keyOf(tenantId))) continue;
    await inTenant(db, tenantId, async (tx) => enqueue(tx, tenantId, [{ task, payload: {}, key: keyOf(tenantId), runAt: await nextRun(tx, tenantId, source.now()) }]));
  }
};

/** The dry run of the night. */
export const dryRunJobs = (caring: Caring): Jobs => ({ [task]: ({ tenantId }) => dryRun(caring, tenantId) });
