export { fileOf, filesOf, may, type Address, type Delivery, type IssuedState, type Letter, type ProvedFile, type Signatory, type Suspicion } from "./issued.ts";
export { dispatch, fileName, issuedJobs, systemIn, type Dispatching } from "./jobs.ts";
export { openMail, type MailRoute } from "./mail.ts";
export { deliveriesOf } from "./queries.ts";
export { issuedRoutes, parcelView, type ParcelDeps } from "./routes.ts";
export { warningJobs } from "./warn.ts";
export { fileIssued, issue, issuedLetter, issuedMachine, issuedStore, letterOfCode, letterOfHash, preserve, replacementOf, revoke, suspect, unprovedLetters, withdrawnHashes } from "./store.ts";
