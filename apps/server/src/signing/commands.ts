import type { Actor } from "../kernel/actor.ts";
import { inTenant, type Database, type Tx } from "../kernel/db.ts";
import type { Id, Source } from "../kernel/ids.ts";
import type { IssuingProvider } from "./provider.ts";
import { credentialOf, saveCredential } from "./store.ts";

/** Gives people certificates. The key is made outside the transaction that stores it; a crash in between leaves nothing. */
export const openIssuing = (deps: { readonly db: Database; readonly source: Source; readonly provider: IssuingProvider }) => async (by: Actor, person: { readonly id: Id; readonly name: string; readonly title: string; readonly organisation: string }, secret: string): Promise<void> => {
  const made = await deps.provider.issue(person, secret, by.at);
  const certificate = { personId: person.id, name: person.name, title: person.title, organisation: person.organisation, certificate: Buffer.from(made.certificate).toString("base64"), serial: made.serial, issuer: made.issuer, development: deps.provider.development, since: by.at, until: made.until };
  await inTenant(deps.db, by.tenantId, (tx) => saveCredential(tx, deps.source.id(), certificate, made.sealedKey, by));
};

/** What the shell shows of the signed-in person's certificate. */
export const certificateOf = async (tx: Tx, tenantId: Id, personId: Id, at: string): Promise<{ readonly until: string; readonly development: boolean } | null> => {
  const credential = await credentialOf(tx, tenantId, personId, at);
  return credential === undefined ? null : { until: credential.state.until, development: credential.state.development };
};
