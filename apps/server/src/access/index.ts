export { actorOf, authenticate, createAccount, type Access } from "./commands.ts";
export { hashPassword } from "./password.ts";
export { accessRoutes, type SessionDeps } from "./routes.ts";
export { standingOf, tenantOf, tenants, type Tenant } from "./store.ts";
