import type { contract, Result } from "@lontar/contract";

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
