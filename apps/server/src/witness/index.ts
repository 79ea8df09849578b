export { logFolder, openLogFolder, pathOf, type LogFile, type LogFolder } from "./folder.ts";
export { publishedAt, type ReadPublished } from "./transport.ts";
export { publishedIn } from "./folder.ts";
export { copyLog, type Copied } from "./mirror.ts";
export { openBook, type Book } from "./book.ts";
export { startWitness, type RunningWitness, type WitnessSettings } from "./server.ts";
export { readLogs, runWitness } from "./command.ts";
