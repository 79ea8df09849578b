export { check, type CheckResult, type FileCheck, type Finding, type Replayable } from "./fsck.ts";
export { logSigner } from "./keys.ts";
export { toBeLogged, type LoggedEvent } from "./leaf.ts";
export { auditRoutes } from "./routes.ts";
export { logLeaves, sequenceTenant, startSequencer, type LogWriter, type Sequencer } from "./sequencer.ts";
export { remakeUndatedRights } from "./remake.ts";
export { replayable } from "./replay.ts";
export { openLeaves, type LeafBlock, type LeafWriter } from "./store.ts";
