/** The validator, for a server or a browser: everything it needs from its surroundings comes in through a `Port`. */
export { examine, judge, validate, type JudgeOptions, type ValidateOptions } from "./validate.ts";
export { type Facts } from "./facts.ts";
export { levelOf, LEVELS, type Level, type Reached } from "./level.ts";
export { DEFAULT_CONSTRAINTS, DEFAULT_POLICY, type CryptoConstraints, type SunsetDate, type ValidationPolicy } from "./policy.ts";
export { originalContent, type Mask } from "./content.ts";
export { inspect, type Inspection } from "./inspect.ts";
export { exitCode, type Change, type Check, type CheckName, type Indication, type Outcome, type PathMember, type Report, type SignatureReport, type SubIndication, type TimestampReport } from "./report.ts";
export { Unreadable, type UnreadableReason } from "../unreadable.ts";
export { reportJson } from "./report-json.ts";
export { reportXml } from "./report-xml.ts";
export { certifiedBy, certifiedKey, type CertifiedKey } from "../x509/certified-by.ts";
export { type Port } from "../port.ts";
