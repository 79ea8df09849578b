export { groupOf, groups } from "./acts.ts";
export { inquiryRoutes } from "./routes.ts";
export { sampleMachine, sampleStore, savedQueryMachine, savedQueryStore } from "./store.ts";
