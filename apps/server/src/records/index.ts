export type { Filer, Filers } from "./commands.ts";
export { noDossier } from "./dossier.ts";
export { isLeaf } from "./queries.ts";
export { recordsRoutes, type RecordsDeps } from "./routes.ts";
export { indexLetter, type SearchText } from "./search.ts";
export { classRightMachine, classRightStore, dossierMachine, dossierStore } from "./store.ts";
export { noClassRight, type ClassRight, type ClassRightState } from "./class-right.ts";
