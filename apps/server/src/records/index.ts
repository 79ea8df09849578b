export type { Filer, Filers } from "./commands.ts";
export { noDossier } from "./dossier.ts";
export { isLeaf } from "./queries.ts";
export { recordsRoutes, type RecordsDeps } from "./routes.ts";
export { indexLetter, type SearchText } from "./search.ts";
export { dossierMachine, dossierStore } from "./store.ts";
