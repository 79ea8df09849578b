export { beginDigests, digestJobs } from "./acts.ts";
export { createAccount } from "./accounts.ts";
export { actorOf, authenticate, type Access } from "./door.ts";
export { noticeJobs } from "./notices.ts";
export { hashPassword } from "./password.ts";
export { openSingleSignOn, type SsoSettings } from "./providers/oidc.ts";
export { accessRoutes, type SessionDeps } from "./routes.ts";
export { mustBeFresh } from "./step-up.ts";
export { accountMachine, accountStore, standingOf, tenantOf, tenants, type Tenant } from "./store.ts";
