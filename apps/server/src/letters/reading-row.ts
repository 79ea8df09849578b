import { sql } from "kysely";
import type { contract, Result } from "@lontar/contract";
import type { Tx } from "../kernel/db.ts";
import type { Id, Instant } from "../kernel/ids.ts";

type Proposal = NonNullable<Result<(typeof contract)["received.show"]>["reading"]>["proposals"][number];

/** What was read in one scan, as the row keeps it. */
export type ReadingResult = { readonly text: string; readonly proposals: readonly Proposal[] };

/** How far the reading of a scan is. */
export type ReadingRow = { readonly status: "menunggu" | "membaca" | "selesai" | "gagal"; readonly pages: number; readonly pages_read: number; readonly result: unknown };

const isResult = (value: unknown): value is ReadingResult => typeof value === "object" && value !== null && "proposals" in value && Array.isArray(value.proposals) && "text" in value && typeof value.text === "string";

/** The proposals of a finished reading. */
export const proposalsOf = (result: unknown): readonly Proposal[] => (isResult(result) ? result.proposals : []);

/** The text of a finished reading. */
export const textOf = (result: unknown): string => (isResult(result) ? result.text : "");

/** Notes that a scan waits to be read; one that was read before stays read. */
export const awaitReading = async (tx: Tx, tenantId: Id, sha256: string, pages: number, at: Instant): Promise<void> => {
  await tx
    .insertInto("reading")
    .values({ tenant_id: tenantId, sha256, status: "menunggu", pages, pages_read: 0, result: null, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** The reading of one scan. */
export const findReading = (tx: Tx, tenantId: Id, sha256: string): Promise<ReadingRow | undefined> =>
  tx.selectFrom("reading").select(["status", "pages", "pages_read", "result"]).where("tenant_id", "=", tenantId).where("sha256", "=", sha256).executeTakeFirst();

/** Notes how far the reading is. */
export const noteReading = async (tx: Tx, tenantId: Id, sha256: string, now: { readonly status: ReadingRow["status"]; readonly pagesRead: number; readonly result: ReadingResult | null; readonly at: Instant }): Promise<void> => {
  await tx
    .updateTable("reading")
    .set({ status: now.status, pages_read: now.pagesRead, result: now.result === null ? null : JSON.stringify(now.result), at: now.at })
    .where("tenant_id", "=", tenantId)
    .where("sha256", "=", sha256)
    .execute();
};

/** Tells the desks of a letter that something of it changed which is no act of anyone, such as a finished reading. */
export const tellDesks = async (tx: Tx, tenantId: Id, positions: readonly Id[]): Promise<void> => {
  if (positions.length > 0) await sql`select pg_notify('lontar_desk', ${JSON.stringify({ t: tenantId, p: positions.slice(0, 100) })})`.execute(tx);
};
