import { readFileSync } from "node:fs";

/** The numbered steps at which a crash is rehearsed; `crash.test.ts` ends the process at each of them. */
export type Milestone =
  | "freeze.1" | "freeze.2" | "freeze.3"
  | "sign.1" | "sign.2" | "sign.3" | "sign.4" | "sign.5"
  | "preserve.1" | "preserve.2" | "preserve.3"
  | "renew.1" | "renew.2"
  | "dispatch.1" | "dispatch.2"
  | "deliver.1" | "deliver.2"
  | "handover.1" | "handover.2" | "handover.3"
  | "log.1" | "log.2" | "log.3" | "log.4" | "log.5" | "log.6";

const killAt = process.env["LONTAR_MODE"] === "production" ? undefined : process.env["LONTAR_KILL_AT"];

// A process that is to live for a while first reads where to die from a file, which its rehearsal writes when it is time.
const killFile = process.env["LONTAR_MODE"] === "production" ? undefined : process.env["LONTAR_KILL_FILE"];

/** Names a step that was just finished. In a rehearsal the process dies here as if the power had gone: no handler runs. */
export const reached = (step: Milestone): void => {
  if (step === killAt || (killFile !== undefined && readFileSync(killFile, "utf8") === step)) process.kill(process.pid, "SIGKILL");
};
