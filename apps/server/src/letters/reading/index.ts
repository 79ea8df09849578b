export { createReader, UnreadableFile, type Reader, type ReaderOptions } from "./reader.ts";
export { propose } from "./proposals.ts";
export { proposalFields, type PageReading, type Proposal, type ProposalField, type Reading, type Word } from "./reading.ts";
