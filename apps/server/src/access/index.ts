export { createAccount } from "./accounts.ts";
export { actorOf, authenticate, type Access } from "./door.ts";
export { noticeJobs } from "./notices.ts";
export { hashPassword } from "./password.ts";
export { accessRoutes, type SessionDeps } from "./routes.ts";
export { accountMachine, accountStore, standingOf, tenantOf, tenants, type Tenant } from "./store.ts";
