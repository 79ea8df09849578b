/** The validator, for a server or a browser: everything it needs from its surroundings comes in through a `Port`. */
export { validate, type ValidateOptions } from "./validate.ts";
export { inspect, type Inspection } from "./inspect.ts";
export { exitCode, type Change, type Check, type CheckName, type Indication, type Outcome, type Report, type SignatureReport, type SubIndication } from "./report.ts";
export { Unreadable, type UnreadableReason } from "../unreadable.ts";
