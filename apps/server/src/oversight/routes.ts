import type { Prove } from "../access/index.ts";
import { command, query, steps, type Route } from "../kernel/http.ts";
import type { DecreeLetter } from "../organisation/index.ts";
import { acknowledgeEmergency, closeEmergency, findForEmergency, giveInspection, lookUnderInspection, openEmergency, revokeInspection, searchInspection } from "./commands.ts";
import { emergencies, emergency, inspection, inspectionChoices, inspections, overseen } from "./queries.ts";

/** Mandates of inspection, and letters opened in an emergency. */
export const oversightRoutes = (deps: { readonly isDecreeLetter: DecreeLetter; readonly prove: Prove }): readonly Route[] => [
  query("inspections.list", inspections),
  query("inspections.choices", inspectionChoices),
  query("inspections.show", inspection),
  command("inspections.give", giveInspection(deps.isDecreeLetter)),
  command("inspections.revoke", revokeInspection),
  command("inspections.search", searchInspection),
  command("inspections.look", lookUnderInspection),
  query("emergencies.find", findForEmergency),
  steps("emergencies.open", openEmergency(deps.prove)),
  query("emergencies.list", emergencies),
  query("emergencies.show", emergency),
  query("emergencies.overseen", overseen),
  command("emergencies.acknowledge", acknowledgeEmergency),
  command("emergencies.close", closeEmergency),
];
