import { command, file, query, steps, type Route } from "../kernel/http.ts";
import { abandonSample, actsFile, changeQuery, choices, countPopulation, drawSample, evidence, judge, lockSample, removeQuery, report, reportFile, sample, samples, savedQueries, saveQuery, traceActs, type Inquiry } from "./commands.ts";

/** The inspector's room: trails, saved searches, spot checks, and the seven questions. */
export const inquiryRoutes = (deps: Inquiry): readonly Route[] => [
  query("inquiry.choices", choices),
  command("inquiry.acts", traceActs(deps)),
  file("inquiry.actsFile", actsFile(deps)),
  query("inquiry.queries", savedQueries),
  command("inquiry.saveQuery", saveQuery),
  command("inquiry.changeQuery", changeQuery),
  command("inquiry.removeQuery", removeQuery),
  command("inquiry.population", countPopulation),
  query("inquiry.samples", samples),
  query("inquiry.sample", sample),
  command("inquiry.lockSample", lockSample),
  steps("inquiry.drawSample", drawSample(deps)),
  command("inquiry.judge", judge),
  command("inquiry.abandonSample", abandonSample),
  query("inquiry.evidence", evidence(deps)),
  command("inquiry.report", report(deps)),
  file("inquiry.reportFile", reportFile(deps)),
];
