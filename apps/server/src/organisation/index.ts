export { always, factsAt, type Dated, type Decree } from "./dated.ts";
export { exportMachine, exportStore, noteExport, type ExportCommand } from "./exported.ts";
export { delegatedTo, type DelegationState } from "./delegation.ts";
export { answering, type HoldingState } from "./holding.ts";
export { covers, isInForce, isMandate, isUnder, monthsLater, type Matter } from "./mandate.ts";
export type { PersonState } from "./person.ts";
export { defaultPolicy, isGuarded, type PolicyState } from "./policy.ts";
export type { PositionFacts } from "./position.ts";
export type { Letterhead, UnitFacts } from "./unit.ts";
export {
  answerableFor, delegationsTo, during, isCompetentFor, officeOf, organisationKinds, personById, policyOf, postById, postsAsKnown, postsBelow, postsById, postsHeldBy, postsOfUnit, reachOf, registrarsOf, searchPosts, superiorsOf, unitName,
  type HeldPost, type Holder, type Kind, type Office, type Post,
} from "./store.ts";
export { nikOf } from "./queries.ts";
export { organisationJobs } from "./jobs.ts";
export { basisOf, believedDecree, handHolding, type DecreeLetter } from "./commands.ts";
export { importJobs } from "./exchange/commands.ts";
export { openTableReader } from "./exchange/reader.ts";
export { organisationRoutes, postView } from "./routes.ts";
