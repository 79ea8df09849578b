import { command, exportFile, query, type Route } from "../kernel/http.ts";
import { noteExport } from "../organisation/index.ts";
import { readersCsv } from "./csv.ts";
import { matrixView } from "./matrix.ts";
import { classRights, mine, mustLookAfterRights, readers, scopeUnits } from "./queries.ts";
import { endClassRight, grantClassRight } from "./commands.ts";

/** Why may I see this, and who may. */
export const rightsRoutes: readonly Route[] = [
  query("rights.mine", (tx, input, by) => mine(tx, input.id, by)),
  query("rights.readers", readers),
  query("rights.matrix", async (_tx, _input, by) => {
    mustLookAfterRights(by);
    return matrixView();
  }),
  query("rights.classes", (tx, _input, by) => classRights(tx, by)),
  query("rights.units", (tx, _input, by) => scopeUnits(tx, by)),
  command("rights.grant", grantClassRight),
  command("rights.end", endClassRight),
  exportFile("rights.export", async (tx, input, by) => {
    const found = await readers(tx, input, by);
    const rows = found.groups.reduce((sum, group) => sum + group.people.length, 0);
    await noteExport(tx, { what: "pembaca", letterId: input.id, form: "csv", filter: input.on === undefined ? "" : `keadaan ${input.on}`, rows }, by);
    return async () => ({ bytes: new TextEncoder().encode(readersCsv(found, by.zone)), mediaType: "text/csv; charset=utf-8", name: `yang-dapat-melihat-${found.at.slice(0, 10)}.csv`, inline: false });
  }),
];
