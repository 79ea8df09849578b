import type { contract, Result } from "@lontar/contract";
import { command, query, type Route } from "../kernel/http.ts";
import { fileLetter, openDossier, type Filers } from "./commands.ts";
import { dossier, dossiers, search, searchClassifications } from "./queries.ts";

/** What the routes of records need: who marks letters as filed, and the office's list of instructions. */
export type RecordsDeps = { readonly filers: Filers; readonly instructions: Result<(typeof contract)["office.instructions"]> };

/** Dossiers, search, and the lists that forms choose from. */
export const recordsRoutes = (deps: RecordsDeps): readonly Route[] => [
  query("office.classifications", async (tx, input) => [...(await searchClassifications(tx, input.q))]),
  query("office.instructions", async () => deps.instructions),
  query("archive.dossiers", dossiers),
  query("archive.show", (tx, input, by) => dossier(tx, input.id, by)),
  command("archive.create", openDossier),
  command("archive.file", fileLetter(deps.filers)),
  query("archive.search", search),
];
