export { isLeaf, searchClassifications, type Classification } from "./classification.ts";
export type { Filer, Filers } from "./commands.ts";
export { noDossier } from "./dossier.ts";
export { recordsRoutes, type RecordsDeps } from "./routes.ts";
export { indexLetter, type SearchText } from "./search.ts";
export { dossierMachine, dossierStore } from "./store.ts";
