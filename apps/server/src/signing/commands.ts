import { X509Certificate } from "node:crypto";
import type { Actor } from "../kernel/actor.ts";
import { inTenant, type Database, type Tx } from "../kernel/db.ts";
import type { Id, Instant, Source } from "../kernel/ids.ts";
import type { Certificate } from "./credential.ts";
import type { IssuingProvider, SigningProvider } from "./provider.ts";
import { commonName } from "./providers/anchors.ts";
import type { Signing } from "./sign.ts";
import { credentialOf, saveCredential } from "./store.ts";

/** A person as his certificate names him. */
export type Signatory = { readonly id: Id; readonly name: string; readonly title: string; readonly organisation: string };

/** What a certificate says of itself. */
const factsOf = (der: Uint8Array): { readonly serial: string; readonly issuer: string; readonly until: Instant } => {
  const certificate = new X509Certificate(der);
  return { serial: certificate.serialNumber.toLowerCase(), issuer: commonName(certificate.issuer), until: certificate.validToDate.toISOString() };
};

/** A certificate as it is recorded for a person. */
export const certificateFor = (person: Signatory, { certificate: der, chain = [] }: { readonly certificate: Uint8Array; readonly chain?: readonly Uint8Array[] }, provider: SigningProvider, at: Instant): Certificate => {
  const { serial, issuer, until } = factsOf(der);
  return { personId: person.id, name: person.name, title: person.title, organisation: person.organisation, certificate: Buffer.from(der).toString("base64"), serial, issuer, development: provider.development, since: at, until, ...(chain.length > 0 && { chain: chain.map((issuer) => Buffer.from(issuer).toString("base64")) }) };
};

/** Gives people certificates. The key is made outside the transaction that stores it; a crash in between leaves nothing. */
export const openIssuing = (deps: { readonly db: Database; readonly source: Source; readonly provider: IssuingProvider }) => async (by: Actor, person: Signatory, secret: string): Promise<void> => {
  const made = await deps.provider.enrolment.issue(person, secret, by.at);
  await inTenant(deps.db, by.tenantId, (tx) => saveCredential(tx, deps.source.id(), certificateFor(person, made, deps.provider, by.at), made.handle, false, by));
};

/** What the shell shows of the signed-in person's certificate. */
export const certificateOf = async ({ provider }: Pick<Signing, "provider">, tx: Tx, tenantId: Id, personId: Id, at: string): Promise<{ readonly until: string; readonly development: boolean; readonly secret: "passphrase" | "pin" } | null> => {
  const credential = await credentialOf(tx, tenantId, personId, at);
  return credential === undefined ? null : { until: credential.state.until, development: credential.state.development, secret: provider.secret ?? "passphrase" };
};
