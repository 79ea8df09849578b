import { createHash } from "node:crypto";
import type { contract, Result } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import { readTenant, type Database, type Tx } from "../kernel/db.ts";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import type { Steps } from "../kernel/http.ts";
import type { Id, Source } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { certificateFor } from "./commands.ts";
import type { Certificate } from "./credential.ts";
import { passGate } from "./gate.ts";
import type { Limiter } from "./limiter.ts";
import { namesAgree } from "./names.ts";
import { standingAt, type Enrolment, type Standing } from "./provider.ts";
import { credentialsInUse } from "./queries.ts";
import { refusalOf, refusalOfStanding, type Signing } from "./sign.ts";
import { credentialOf, revokeAll, saveCredential } from "./store.ts";

type View = Result<(typeof contract)["signing.mine"]>;
type CertificateView = Result<(typeof contract)["signing.activate"]>;

/** What activating needs: the provider and our validator, and what other modules know of the person. */
export type Activating = {
  readonly db: Database;
  readonly source: Source;
  readonly signing: Signing;
  readonly nikOf: (tx: Tx, tenantId: Id, personId: Id) => Promise<string | undefined>;
  readonly organisationOf: (tx: Tx, tenantId: Id) => Promise<string>;
  /** Wrong passphrases may lock an account at its provider: few tries a person. */
  readonly limiter: Limiter;
};

const certificateView = ({ name, issuer, serial, since, until, development }: Certificate): CertificateView => ({ name, issuer, serial, since, until, development });

/** A person's own certificate, and how he comes to one here. */
export const mine = async ({ signing, nikOf }: Activating, tx: Tx, by: Actor): Promise<View> => {
  const current = await credentialOf(tx, by.tenantId, by.personId, by.at);
  const account = signing.provider.enrolment?.account ?? null;
  return { current: current === undefined ? null : certificateView(current.state), provider: signing.provider.name, account, secret: signing.provider.secret ?? "passphrase", hasNik: account === "nik" && (await nikOf(tx, by.tenantId, by.personId)) !== undefined };
};

/** What the provider says of the account with which this person signs. */
export const standingOf = async ({ db, signing }: Activating, by: Actor): Promise<{ standing: Standing | null }> => {
  const current = await readTenant(db, by.tenantId, (tx) => credentialOf(tx, by.tenantId, by.personId, by.at));
  if (current === undefined) return { standing: null };
  return { standing: await standingAt(signing.provider, current.handle) };
};

// A passphrase that guards a key by itself: Argon2id makes each guess dear, twelve letters make them many.
const shortestPassphrase = 12;

/**
 * Makes a person able to sign: he signs one trial page with his own secret. The signature that comes back shows which certificate the
 * account has; it counts only when our validator believes it and its name is the person's. An earlier certificate of his gives way to it.
 */
export const activate = async (activating: Activating, steps: Steps, given: { readonly account: string | null; readonly passphrase: string }, by: Actor): Promise<CertificateView> => {
  const { signing, limiter } = activating;
  const { provider } = signing;
  const { enrolment } = provider;
  if (enrolment === undefined) throw new Refused("no_activation");
  if (enrolment.account === "new" && given.passphrase.length < shortestPassphrase) throw new Refused("passphrase_short");
  if (!limiter.allows(by.personId, Date.parse(by.at))) throw new Refused("too_many_attempts");
  const { account, organisation } = await steps.transaction(async (tx) => ({ account: await accountFor(activating, enrolment, tx, given.account, by), organisation: await activating.organisationOf(tx, by.tenantId) }));
  const person = { id: by.personId, name: by.personName, title: by.positionTitle, organisation };
  const key = enrolment.account === "new" ? await enrolment.issue(person, given.passphrase, by.at) : { certificate: new Uint8Array(0), handle: await enrolment.handleOf(account) };
  const refused = refusalOfStanding(provider, await standingAt(provider, key.handle));
  if (refused !== undefined) throw new Refused(refused);
  const pdf = trialPage(by, organisation);
  const answer = await provider.sign({ pdf, ...key, secret: given.passphrase, at: by.at, name: by.personName, reason: "Pengaktifan tanda tangan elektronik", location: organisation });
  if ("fault" in answer) throw new Refused(answer.fault.refusal ?? (answer.fault.code === "WRONG_SECRET" ? "activation_secret" : refusalOf(answer.fault)));
  const gate = await passGate(answer.signed, { frozen: { sha256: createHash("sha256").update(pdf).digest("hex"), size: pdf.length }, serial: null, at: by.at, trust: signing.trust }, signing.validate);
  if (!gate.passed) throw new Refused("signature_invalid");
  if (!namesAgree(gate.signer.name, by.personName)) throw new Refused("certificate_of_another", { name: gate.signer.name });
  const certificate = certificateFor(person, gate.signer, provider, by.at);
  return steps.finish(async (tx) => {
    if (await isOfAnother(tx, enrolment, key.handle, by)) throw new Refused("token_of_another");
    await revokeAll(tx, by.personId, "Diganti oleh pengaktifan baru", by);
    await saveCredential(tx, activating.source.id(), certificate, key.handle, true, by);
    return certificateView(certificate);
  });
};

/** A secret that guards a device guards every key on it: of two people who share one neither has sole control of his key (UU ITE Ps. 11). */
const isOfAnother = async (tx: Tx, enrolment: Enrolment, handle: Uint8Array, by: Actor): Promise<boolean> => {
  if (enrolment.account === "new" || enrolment.deviceOf === undefined) return false;
  const { deviceOf } = enrolment;
  const device = deviceOf(handle);
  return device !== undefined && (await credentialsInUse(tx, by.tenantId)).some(({ state, sealed }) => state.personId !== by.personId && deviceOf(sealed) === device);
};

const trialPage = (by: Actor, organisation: string): Uint8Array =>
  plainPdf(["PENGAKTIFAN TANDA TANGAN ELEKTRONIK", "", `Nama: ${by.personName}`, `Jabatan: ${by.positionTitle}`, `Instansi: ${organisation}`, `Waktu: ${by.at}`, "", "Lembar ini ditandatangani untuk membuktikan penguasaan atas sertifikat.", "Lembar ini bukan naskah dinas dan tidak disimpan."]);

const accountFor = async ({ nikOf }: Activating, enrolment: Enrolment, tx: Tx, account: string | null, by: Actor): Promise<string> => {
  if (enrolment.account === "new") return "";
  const known = enrolment.account === "nik" ? await nikOf(tx, by.tenantId, by.personId) : account;
  if (known === undefined) throw new Refused("nik_missing");
  if (known === null) throw new Refused("account_needed");
  return known;
};

/** Withdraws one's own certificate: from now on nothing can be signed with it here. */
export const withdraw = async (tx: Tx, { reason }: { readonly reason: string }, by: Actor): Promise<{ withdrawn: number }> => {
  const withdrawn = await revokeAll(tx, by.personId, reason, by);
  if (withdrawn === 0) throw new Refused("no_certificate");
  return { withdrawn };
};
