import { command, exportFile, file, query, upload, type Route } from "../../kernel/http.ts";
import { applyImport, dryRun, exportOrganisation, importProgress, importTemplate, uploadImport, waitingImport, type ExchangeDeps } from "./commands.ts";

/** Export and import of the organisation. */
export const exchangeRoutes = (deps: ExchangeDeps): readonly Route[] => [
  exportFile("organisation.export", exportOrganisation(deps)),
  file("organisation.template", importTemplate),
  upload("organisation.uploadImport", uploadImport(deps)),
  query("organisation.waitingImport", waitingImport),
  query("organisation.dryRun", dryRun(deps)),
  query("organisation.importProgress", importProgress),
  command("organisation.applyImport", applyImport(deps)),
];
