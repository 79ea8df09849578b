export { dispositionMachine, dispositionStore, givingMachine, nodesOf } from "./store.ts";
export { dispositionFile, dispositionsOfLetter } from "./queries.ts";
export { dispositionRoutes } from "./routes.ts";
export { dispose, readSecret } from "./commands.ts";
export { noDisposition, restingAt, type LetterLabel } from "./disposition.ts";
