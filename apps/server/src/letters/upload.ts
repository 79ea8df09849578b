import type { contract, Result } from "@lontar/contract";
import { nobody, type Actor } from "../kernel/actor.ts";
import { takeFile, type UploadDeps } from "../kernel/files/take.ts";
import type { Steps, Upload } from "../kernel/http.ts";
import { Refused } from "../kernel/refusal.ts";
import { receive } from "./commands.ts";
import { duplicatesOf } from "./queries.ts";
import { decideReceived, noLetter } from "./received.ts";
import { awaitReading, visibleLetter } from "./store.ts";

/** Takes in a scan: the letter, its event, the row of the bytes and the reading job. */
export const uploadScan = (deps: UploadDeps) => async (steps: Steps, upload: Upload, by: Actor): Promise<Result<(typeof contract)["received.upload"]>> => {
  // The rule itself is asked before a byte is taken from someone who may not register.
  const file = { sha256: "", name: "", mediaType: "", size: 0, pages: 0 };
  const decision = decideReceived(noLetter, { type: "receive", file, unitId: nobody, registrars: [] }, by);
  if ("refused" in decision) throw new Refused(decision.refused);
  return takeFile(deps, upload, (scan) =>
    steps.finish(async (tx) => {
      await receive(tx, { id: upload.id, file: scan }, by);
      await awaitReading(tx, by.tenantId, scan.sha256, scan.pages, by.at);
      const { letter } = await visibleLetter(tx, upload.id, by);
      return { id: upload.id, duplicates: [...(await duplicatesOf(tx, by.tenantId, letter.unitId, { id: upload.id, scan: scan.sha256, sender: "", number: "", date: "" }))] };
    }));
};
