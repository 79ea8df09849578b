import { sql } from "kysely";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { stateStore } from "../kernel/state.ts";
import { decideRequest, evolveRequest, tracesOfRequest, type RequestCommand, type RequestEvent, type RequestState } from "./request.ts";

/** Rows of requests. */
export const requestStore = stateStore<RequestState | null>({ table: "service_request", none: null, subject: (id) => id, traces: tracesOfRequest });

/** Requests of residents. */
export const requestMachine: Machine<RequestState | null, RequestCommand, RequestEvent> = {
  kind: "service_request",
  subject: requestStore.subject,
  lock: requestStore.lock,
  decide: decideRequest,
  evolve: evolveRequest,
  save: requestStore.save,
  later: () => [],
};

/** Tenant and id behind a resident's link. */
export const requestOfToken = async (tx: Tx, token: string): Promise<{ readonly tenant_id: Id; readonly id: Id } | undefined> =>
  (await sql<{ tenant_id: Id; id: Id }>`select * from door_request(${token})`.execute(tx)).rows[0];

/** Which requests a list asks for; `applicant` is a part of the applicant's name. */
export type RequestFilter = { readonly holders: readonly string[]; readonly status: number | null; readonly applicant: string; readonly cursor: string | null; readonly limit: number };

const mayBeRead = (tenantId: Id, holders: readonly string[]) => sql`q.tenant_id = ${tenantId} and exists (select from reader r where r.tenant_id = q.tenant_id and r.subject_id = q.id and r.holder in (${sql.join([...holders])}))`;
const isNamed = (applicant: string) => (applicant === "" ? sql`true` : sql`q.state->'form'->>'applicant' ilike ${`%${applicant.replaceAll(/[%_\\]/g, "\\$&")}%`}`);

/** Requests of an office or of the operator who may read them, newest first. */
export const requestsOf = async (tx: Tx, tenantId: Id, { holders, status, applicant, cursor, limit }: RequestFilter): Promise<readonly { readonly id: Id; readonly state: RequestState }[]> =>
  (await sql<{ id: Id; state: RequestState }>`
    select id, state from service_request q where ${mayBeRead(tenantId, holders)} and ${isNamed(applicant)}
      and ${status === null ? sql`true` : sql`status = ${status}`} and ${cursor === null ? sql`true` : sql`id < ${cursor}::uuid`}
    order by id desc limit ${limit}`.execute(tx)).rows;

/** How many of those requests stand in each status. */
export const countRequests = async (tx: Tx, tenantId: Id, { holders, applicant }: Pick<RequestFilter, "holders" | "applicant">): Promise<{ status: number; requests: number }[]> =>
  (await sql<{ status: number; n: string }>`select status, count(*) as n from service_request q where ${mayBeRead(tenantId, holders)} and ${isNamed(applicant)} group by status order by status`.execute(tx)).rows.map((row) => ({ status: row.status, requests: Number(row.n) }));

/** Every event of a request so far, oldest first. */
export const eventsOfRequest = async (tx: Tx, tenantId: Id, id: Id): Promise<readonly Id[]> =>
  (await tx.selectFrom("event").select("event_id").where("tenant_id", "=", tenantId).where("thing_id", "=", id).where("kind", "=", "service_request").orderBy("revision").execute()).map((row) => row.event_id);

/** Empties the events that the newest event of the request names: their leaves stay, and prove that something stood there. */
export const eraseNamedEvents = async (tx: Tx, tenantId: Id, id: Id): Promise<void> => {
  await sql`select erase_events(${tenantId}, last_event) from service_request where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
};
