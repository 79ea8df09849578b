export { cancelDraft, createDraft, draftJobs, submitDraft, type Drafting } from "./commands.ts";
export { type Content, type DraftState, type Origin } from "./draft.ts";
export { draftFiles, typedSubjects } from "./queries.ts";
export { draftRoutes } from "./routes.ts";
export { draftMachine, draftStore } from "./store.ts";
export { proposeChain } from "./chain.ts";
export { contentHash, summaryOf } from "./content.ts";
export { sheetOf } from "./print.ts";
