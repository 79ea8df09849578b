export { handoverJobs, type Handing } from "./commands.ts";
export { handoverRoutes } from "./routes.ts";
export { handoverMachine, handoverStore } from "./store.ts";
