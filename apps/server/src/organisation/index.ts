export type { HoldingState, Letterhead, PersonState, PositionState, UnitState } from "./organisation.ts";
export { answering, isInForce } from "./organisation.ts";
export {
  definition, holdingMachine, officeOf, organisationKinds, personMachine, positionMachine, postById, postsBelow, postsById, postsHeldBy, postsOfUnit, registrarsOf, searchPosts, superiorsOf, unitMachine,
  type Office, type Post,
} from "./store.ts";
export { organisationRoutes, postView } from "./routes.ts";
