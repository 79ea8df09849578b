export { createReader, UnreadableFile, type Progress, type Reader, type ReaderOptions } from "./reader.ts";
export type { Proposal, Reading } from "./reading.ts";
