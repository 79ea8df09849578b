import { command, query, type Route } from "../kernel/http.ts";
import { answerFinding, askAboutFinding, closeFinding, lookAtFinding, setFlag } from "./commands.ts";
import { askSearch } from "./jobs.ts";
import { findings, kinds, question } from "./queries.ts";

/** Red flags: for inspectors within their mandates, and for whoever was asked. */
export const flagRoutes: readonly Route[] = [
  query("flags.list", findings),
  command("flags.look", lookAtFinding),
  command("flags.ask", askAboutFinding),
  query("flags.question", question),
  command("flags.answer", answerFinding),
  command("flags.close", closeFinding),
  query("flags.kinds", kinds),
  command("flags.set", setFlag),
  command("flags.run", (tx, _input, by) => askSearch(tx, by)),
];
