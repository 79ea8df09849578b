export { nationalHolidays } from "./holidays.ts";
export { flagJobs, beginSearches } from "./jobs.ts";
export { flags } from "./registry.ts";
export { flagRoutes } from "./routes.ts";
export { search, type Searched, type Searching } from "./search.ts";
export { findingMachine, findingStore, ruleMachine, ruleStore } from "./store.ts";
