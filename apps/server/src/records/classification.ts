import { sql } from "kysely";
import type { Tx } from "../kernel/db.ts";

/** One code of the archive classification (Permendagri 83/2022). */
export type Classification = { readonly code: string; readonly name: string; readonly path: string; readonly leaf: boolean };

/** Is it a code that letters may carry? Headings are not. */
export const isLeaf = async (tx: Tx, code: string): Promise<boolean> =>
  (await tx.selectFrom("classification").select("leaf").where("code", "=", code).executeTakeFirst())?.leaf === true;

/** Codes that begin with the text or whose name resembles it; leaves first, at most 50. */
export const searchClassifications = async (tx: Tx, text: string): Promise<readonly Classification[]> => {
  const wanted = text.trim();
  const pattern = wanted.replaceAll(/[%_\\]/g, "\\$&");
  const { rows } = await sql<Classification>`
    select code, name, path, leaf from classification
    where ${wanted === "" ? sql`parent is null` : /^[\d.]+$/.test(wanted) ? sql`code like ${`${pattern}%`}` : sql`(name ilike ${`%${pattern}%`} or name % ${wanted})`}
    order by ${wanted === "" || /^[\d.]+$/.test(wanted) ? sql`string_to_array(code, '.')::int[]` : sql`leaf desc, similarity(name, ${wanted}) desc, string_to_array(code, '.')::int[]`}
    limit 50`.execute(tx);
  return rows;
};
