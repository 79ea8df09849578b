import { sql } from "kysely";
import type { Tx } from "../kernel/db.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { CredentialState } from "./credential.ts";

/** An official as the page of certificates needs him. */
export type Official = { readonly person_id: Id; readonly name: string; readonly post: string; readonly credential: CredentialState | null; readonly at: Date | null; readonly standing: string | null; readonly status: string | null; readonly signed: Date | null; readonly failed: Date | null; readonly code: string | null };

const mostOfficials = 1000;

/** Everyone who signs by his post, or has a certificate: how it stands, when he last signed, and what failed last. */
export const officialsOf = async (tx: Tx, tenantId: Id, at: Instant): Promise<readonly Official[]> =>
  (await sql<Official>`
    with holders as (
      select h.person_id, string_agg(distinct p.title, ', ') as post from holding h
      join position_period p on p.tenant_id = h.tenant_id and p.id = h.position_id and p.since <= ${at} and (p.until is null or p.until > ${at}) and p.facts->'functions' ? 'signer'
      where h.tenant_id = ${tenantId} and h.since <= ${at} and (h.until is null or h.until > ${at}) group by h.person_id)
    select e.id as person_id, e.name, coalesce(o.post, '') as post, c.state as credential, k.at, k.standing, k.status, s.at as signed, f.at as failed, f.code
    from person e
    left join holders o on o.person_id = e.id
    left join credential c on c.tenant_id = e.tenant_id and c.person_id = e.id and c.status = 'aktif'
    left join certificate_check k on k.tenant_id = c.tenant_id and k.credential_id = c.id
    left join lateral (select at from event v where v.tenant_id = e.tenant_id and v.person_id = e.id and v.type in ('draft.signed', 'draft.signing_failed') and v.type = 'draft.signed' order by v.event_id desc limit 1) s on true
    left join lateral (select at, body->>'code' as code from event v where v.tenant_id = e.tenant_id and v.person_id = e.id and v.type in ('draft.signed', 'draft.signing_failed') and v.type = 'draft.signing_failed' order by v.event_id desc limit 1) f on true
    where e.tenant_id = ${tenantId} and (o.person_id is not null or c.id is not null)
    order by c.state->>'until' nulls first, e.name limit ${mostOfficials}`.execute(tx)).rows;

/** A certificate in use, and what its provider keeps with us. */
export type InUse = { readonly id: Id; readonly state: CredentialState; readonly sealed: Buffer };

const certificatesAtOnce = 2000;

/** Every certificate of a government with which somebody may sign. */
export const credentialsInUse = async (tx: Tx, tenantId: Id): Promise<readonly InUse[]> =>
  (await sql<InUse>`
    select c.id, c.state, k.sealed from credential c join signing_key k on k.tenant_id = c.tenant_id and k.credential_id = c.id
    where c.tenant_id = ${tenantId} and c.status = 'aktif' order by c.id limit ${certificatesAtOnce}`.execute(tx)).rows;
