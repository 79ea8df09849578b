import { command, query, upload, type Route } from "../kernel/http.ts";
import type { UploadDeps } from "../kernel/files/take.ts";
import { accept, attach, detach, dispose, giveBack, openDisposition, progress, report, withdraw } from "./commands.ts";
import { list } from "./queries.ts";

/** Giving a disposisi and answering it. */
export const dispositionRoutes = (deps: UploadDeps): readonly Route[] => [
  command("received.dispose", dispose),
  query("dispositions.list", list),
  command("dispositions.open", openDisposition),
  command("dispositions.progress", progress),
  upload("dispositions.attach", attach(deps)),
  command("dispositions.detach", detach),
  command("dispositions.report", report),
  command("dispositions.accept", accept),
  command("dispositions.giveBack", giveBack),
  command("dispositions.withdraw", withdraw),
];
