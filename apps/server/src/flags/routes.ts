import { hasFunction } from "../kernel/actor.ts";
import { command, query, steps, type Route } from "../kernel/http.ts";
import { Refused } from "../kernel/refusal.ts";
import { answerFinding, askAboutFinding, closeFinding, lookAtFinding, setFlag } from "./commands.ts";
import { findings, kinds, question } from "./queries.ts";
import { search, type Searching } from "./search.ts";

/** Red flags: for inspectors within their mandates, and for whoever was asked. */
export const flagRoutes = (deps: Searching): readonly Route[] => [
  query("flags.list", findings),
  command("flags.look", lookAtFinding),
  command("flags.ask", askAboutFinding),
  query("flags.question", question),
  command("flags.answer", answerFinding),
  command("flags.close", closeFinding),
  query("flags.kinds", kinds),
  command("flags.set", setFlag),
  steps("flags.run", async (step, _input, by) => {
    if (!hasFunction(by, "inspector")) throw new Refused("not_yours");
    const searched = await search(deps, by.tenantId);
    return step.finish(async () => searched);
  }),
];
