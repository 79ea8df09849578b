import { file, query, steps, upload, type Route } from "../../kernel/http.ts";
import { applyImport, dryRun, exportOrganisation, importProgress, importTemplate, uploadImport, type ExchangeDeps } from "./commands.ts";

/** Export and import of the organisation. */
export const exchangeRoutes = (deps: ExchangeDeps): readonly Route[] => [
  file("organisation.export", exportOrganisation(deps)),
  file("organisation.template", importTemplate),
  upload("organisation.uploadImport", uploadImport(deps)),
  query("organisation.dryRun", dryRun(deps)),
  query("organisation.importProgress", importProgress),
  steps("organisation.applyImport", applyImport(deps)),
];
