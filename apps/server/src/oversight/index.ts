export { type EmergencyState } from "./emergency.ts";
export { decideInspection, mayUse, type InspectionCommand, type InspectionState } from "./inspection.ts";
export { oversightJobs } from "./jobs.ts";
export { oversightRoutes } from "./routes.ts";
export { emergencyMachine, emergencyStore, inspectionMachine, inspectionStore, lettersWithWords, lookMachine, lookStore, mandates, overseenLetters, reaches, secretReadingMachine, secretReadingStore, theMandate, withinReach } from "./store.ts";
export { openWatch } from "./watch.ts";
