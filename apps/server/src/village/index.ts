export { villageJobs, type Village } from "./commands.ts";
export { requestView, villageRoutes, type VillagePages } from "./routes.ts";
export { requestMachine, requestStore } from "./store.ts";
