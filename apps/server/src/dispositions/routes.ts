import { command, query, type Route } from "../kernel/http.ts";
import { accept, dispose, giveBack, openDisposition, progress, report, withdraw } from "./commands.ts";
import { list } from "./queries.ts";

/** Giving a disposisi and answering it. */
export const dispositionRoutes: readonly Route[] = [
  command("received.dispose", dispose),
  query("dispositions.list", list),
  command("dispositions.open", openDisposition),
  command("dispositions.progress", progress),
  command("dispositions.report", report),
  command("dispositions.accept", accept),
  command("dispositions.giveBack", giveBack),
  command("dispositions.withdraw", withdraw),
];
