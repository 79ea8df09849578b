export { dispositionMachine, dispositionStore, nodesOf } from "./store.ts";
export { dispositionsOfLetter } from "./queries.ts";
export { dispositionRoutes } from "./routes.ts";
export { dispose } from "./commands.ts";
