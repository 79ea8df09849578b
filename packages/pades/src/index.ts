/** The face of the package: sign a PDF, judge a signed one, look into an uploaded one. */
export { signatureTail, signPdf, type SignOptions } from "./sign/sign.ts";
export { append, complete, completeWithTimestamp, prepare, type Prepared, type SignatureOptions, type Timestamping, type Token } from "./sign/prepare.ts";
export { timestampBytes } from "./sign/timestamp-bytes.ts";
export { type AppearancePart, type Box, type FontReference, type PathStep } from "./sign/appearance.ts";
export { documentTimestamp, type DocumentTimestampOptions } from "./sign/document-timestamp.ts";
export { longTermTail, type LongTermOptions } from "./dss/levels.ts";
export { validationData, type ValidationDataOptions } from "./dss/validation-data.ts";
export { NoValidationData, type NoValidationDataReason, type RevocationSource } from "./dss/revocation-source.ts";
export { joined, type PdfDocument, type PdfSource } from "./pdf/source.ts";
export { type Signer, type SignerIdentity } from "./sign/signer.ts";
export { CannotSign, type CannotSignReason } from "./sign/cannot-sign.ts";
export { BadTimestamp, type BadTimestampReason, type TimestampAuthority } from "./tsp/authority.ts";
export { requestTimestamp, type Timestamp } from "./tsp/token.ts";
export { type SignatureAlgorithm } from "./cms/build.ts";
export { type CurveName, type HashName, type InflateProblem, type Port, type VerifyRequest, type VerifyScheme } from "./port.ts";
export { DEFAULT_LIMITS, type Limits } from "./limits.ts";
export { type NameAttributes } from "./x509/name.ts";
export * from "./validate/index.ts";
