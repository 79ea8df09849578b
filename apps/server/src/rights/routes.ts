import { file, query, type Route } from "../kernel/http.ts";
import { readersCsv } from "./csv.ts";
import { mine, readers } from "./queries.ts";

/** Why may I see this, and who may. */
export const rightsRoutes: readonly Route[] = [
  query("rights.mine", (tx, input, by) => mine(tx, input.id, by)),
  query("rights.readers", readers),
  file("rights.export", async (tx, input, by) => {
    const found = await readers(tx, input, by);
    return async () => ({ bytes: new TextEncoder().encode(readersCsv(found, by.zone)), mediaType: "text/csv; charset=utf-8", name: `yang-dapat-melihat-${found.at.slice(0, 10)}.csv`, inline: false });
  }),
];
