import { nameOfBytes, toBase64 } from "../bytes.ts";
import type { HashName } from "../port.ts";
import type { Check, PathMember, Report, SignatureReport, TimestampReport } from "./report.ts";

/**
 * A report as ETSI TS 119 102-2 XML (schema v1.4.1): one SignatureValidationReport per signature, every named check as a
 * validation constraint, and the certificates, lists, responses and time-stamps it rests on as validation objects. The report
 * is not signed. `validatedAt` is when the judgement was made.
 */
export function reportXml(report: Report, validatedAt: Date): string {
  const objects = new Objects();
  const signatures = report.signatures.filter(({ kind }) => kind === "signature");
  const stamps = report.signatures.filter(({ kind }) => kind === "document_timestamp");
  for (const stamp of stamps) objects.addDocumentTimestamp(stamp, stampStatus(stamp, objects));
  const reports = signatures.length === 0 ? [element("SignatureValidationReport", status(NO_SIGNATURE, undefined, []))] : signatures.map((signature, at) => signatureReport(signature, at, validatedAt, objects));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ValidationReport xmlns="${NAMESPACE}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:XAdES="http://uri.etsi.org/01903/v1.3.2#">${reports.join("")}${objects.written()}</ValidationReport>\n`;
}

/** SignatureValidationReportType (TS 119 102-2 §4.3), its parts in the order of the schema. */
function signatureReport(signature: SignatureReport, at: number, validatedAt: Date, objects: Objects): string {
  const { checks, claimedTime, provenTime, digest, subFilter, reason, location, signer, timestamps = [], path = [] } = signature;
  const stamps = timestamps.map((stamp) => objects.addTimestamp(stamp));
  const proof = [element("POETime", (provenTime ?? validatedAt).toISOString()), element("TypeOfProof", "urn:etsi:019102:poetype:validation")];
  const attributes = [
    ...(claimedTime === undefined ? [] : [element("SigningTime", element("Time", claimedTime.toISOString()), { Signed: "true" })]),
    ...timestamps.flatMap(({ time }, k) => (time === undefined ? [] : [element("SignatureTimeStamp", reference("AttributeObject", stamps[k]) + element("TimeStampValue", time.toISOString()))])),
    ...(reason === undefined ? [] : [element("Reason", element("ReasonElement", text(reason)), { Signed: "true" })]),
    ...(location === undefined ? [] : [element("SignatureProductionPlace", element("AddressString", text(location)), { Signed: "true" })]),
    ...(subFilter === undefined ? [] : [element("SubFilter", element("SubFilterElement", text(subFilter)), { Signed: "true" })]),
  ];
  const own = path[0]?.certificate ?? signer?.certificate;
  return element("SignatureValidationReport", [
    element("SignatureIdentifier", [element("HashOnly", "false"), element("DocHashOnly", "false"), element("DAIdentifier", text(signature.field))].join(""), { id: `signature-${at + 1}` }),
    element("ValidationConstraintsEvaluationReport", checks.map(constraint).join("")),
    element("ValidationTimeInfo", element("ValidationTime", validatedAt.toISOString()) + element("BestSignatureTime", proof.join(""))),
    ...(digest === undefined ? [] : [element("SignersDocument", digestElement(digest.hash, digest.value))]),
    ...(attributes.length === 0 ? [] : [element("SignatureAttributes", attributes.join(""))]),
    ...(signer === undefined || own === undefined ? [] : [element("SignerInformation", reference("SignerCertificate", objects.add("certificate", own)) + element("Signer", text(signer.name)))]),
    element("SignatureValidationProcess", element("SignatureValidationProcessID", `urn:etsi:019102:validationprocess:${provenTime === undefined ? "Basic" : "LTA"}`)),
    status(INDICATIONS[signature.indication], signature.subIndication, chainData(path, objects)),
  ].join(""));
}

/** ValidationStatusType (§4.2.9). */
function status(main: string, sub: string | undefined, data: readonly string[]): string {
  const parts = [element("MainIndication", main), ...(sub === undefined ? [] : [element("SubIndication", `urn:etsi:019102:subindication:${sub}`)]), ...(data.length === 0 ? [] : [element("AssociatedValidationReportData", data.join(""))])];
  return element("SignatureValidationStatus", parts.join(""));
}

/** The parts of ValidationReportDataType: the anchor, the chain, and a revocation if one was found. */
function chainData(path: readonly PathMember[], objects: Objects): string[] {
  const ids = path.map(({ certificate }) => objects.add("certificate", certificate));
  const answers = path.flatMap(({ revocation }) => (revocation === undefined ? [] : [objects.add(revocation.source === "crl" ? "CRL" : "OCSPResponse", revocation.data)]));
  const [own] = ids;
  if (own === undefined) return [];
  const [above, anchor] = [ids.slice(1, -1), ids.length > 1 ? ids.at(-1) : undefined];
  const chain = [reference("SigningCertificate", own), ...above.map((id) => reference("IntermediateCertificate", id)), ...(anchor === undefined ? [] : [reference("TrustAnchor", anchor)])];
  const at = path.findIndex(({ revocation }) => revocation?.status === "revoked");
  const revoked = path[at]?.revocation;
  const known = revoked?.revokedAt === undefined ? [] : [element("RevocationStatusInformation", reference("ValidationObjectId", ids[at]) + element("RevocationTime", revoked.revokedAt.toISOString()) + reference("RevocationObject", objects.add(revoked.source === "crl" ? "CRL" : "OCSPResponse", revoked.data)))];
  return [reference("TrustAnchor", anchor ?? own), element("CertificateChain", chain.join("")), ...[...new Set(answers)].map((id) => reference("RelatedValidationObject", id)), ...known];
}

/** One of our checks as an individual validation constraint (§4.2.6). */
function constraint({ name, outcome, sub, detail }: Check): string {
  const indications = { passed: "passed", failed: "failed", indeterminate: "indeterminate" } as const;
  return element("ValidationConstraint", [
    element("ValidationConstraintIdentifier", `urn:lontar:pades:check:${name}`),
    element("ConstraintStatus", element("Status", "urn:etsi:019102:constraintStatus:applied")),
    element("ValidationStatus", element("MainIndication", `urn:etsi:019102:mainindication:${indications[outcome]}`) + (sub === undefined ? "" : element("SubIndication", `urn:etsi:019102:subindication:${sub}`))),
    element("Indications", text(detail)),
  ].join(""));
}

/** A document time-stamp's own report, inside its validation object. */
function stampStatus(stamp: SignatureReport, objects: Objects): string {
  const report = element("ValidationConstraintsEvaluationReport", stamp.checks.map(constraint).join("")) + status(TOKEN_INDICATIONS[stamp.indication], stamp.subIndication, chainData(stamp.path ?? [], objects));
  return element("ValidationReport", report);
}

/** The validation objects (§4.4), each once, by what it is and its bytes. */
class Objects {
  private readonly ids = new Map<string, string>();
  private readonly texts: string[] = [];

  add(type: "certificate" | "CRL" | "OCSPResponse" | "timestamp", data: Uint8Array, inside = ""): string {
    const name = `${type} ${nameOfBytes(data)}`;
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    return this.keep(name, type, element("base64", toBase64(data)), inside);
  }

  addTimestamp(stamp: TimestampReport): string | undefined {
    if (stamp.token === undefined) return undefined;
    const report = element("ValidationReport", element("ValidationConstraintsEvaluationReport", stamp.checks.map(constraint).join("")) + status(TOKEN_INDICATIONS[stamp.indication], stamp.subIndication, chainData(stamp.path, this)));
    return this.add("timestamp", stamp.token, provision(stamp.time) + report);
  }

  /** Its token lies in the document, in the field that is named. */
  addDocumentTimestamp({ field, claimedTime }: SignatureReport, report: string): string {
    return this.keep(`field ${field}`, "timestamp", element("URI", `urn:pdf:field:${encodeURIComponent(field.toWellFormed())}`), provision(claimedTime) + report);
  }

  private keep(name: string, type: string, representation: string, inside: string): string {
    const id = `object-${this.ids.size + 1}`;
    this.ids.set(name, id);
    this.texts.push(element("ValidationObject", element("ObjectType", `urn:etsi:019102:validationObject:${type}`) + element("ValidationObjectRepresentation", representation) + inside, { id }));
    return id;
  }

  written(): string {
    return this.texts.length === 0 ? "" : element("SignatureValidationObjects", this.texts.join(""));
  }
}

function provision(time: Date | undefined): string {
  return time === undefined ? "" : element("POEProvisioning", element("POETime", time.toISOString()));
}

function reference(name: string, id: string | undefined): string {
  return id === undefined ? "" : element(name, "", { VOReference: id });
}

function digestElement(hash: HashName, value: Uint8Array): string {
  return element("DigestAlgAndValue", `<ds:DigestMethod Algorithm="${DIGEST_URIS[hash]}"/><ds:DigestValue>${toBase64(value)}</ds:DigestValue>`);
}

function element(name: string, content: string, attributes: Readonly<Record<string, string>> = {}): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`).join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** Text from a hostile document: marked up it stays text, and what XML 1.0 has no way to say is replaced. */
function text(value: string): string {
  return value.toWellFormed().replaceAll(NO_XML, "\uFFFD").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const NAMESPACE = "http://uri.etsi.org/19102/v1.4.1#";
// oxlint-disable-next-line no-control-regex -- these are the characters XML 1.0 §2.2 leaves out
const NO_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
/** TS 119 102-2 has no word for it. */
const NO_SIGNATURE = "urn:lontar:pades:indication:no-signature-found";
const INDICATIONS = { "TOTAL-PASSED": "urn:etsi:019102:mainindication:total-passed", "TOTAL-FAILED": "urn:etsi:019102:mainindication:total-failed", INDETERMINATE: "urn:etsi:019102:mainindication:indeterminate" } as const;
const TOKEN_INDICATIONS = { "TOTAL-PASSED": "urn:etsi:019102:mainindication:passed", "TOTAL-FAILED": "urn:etsi:019102:mainindication:failed", INDETERMINATE: "urn:etsi:019102:mainindication:indeterminate" } as const;
const DIGEST_URIS: Readonly<Record<HashName, string>> = {
  "SHA-1": "http://www.w3.org/2000/09/xmldsig#sha1", "SHA-256": "http://www.w3.org/2001/04/xmlenc#sha256", "SHA-384": "http://www.w3.org/2001/04/xmldsig-more#sha384", "SHA-512": "http://www.w3.org/2001/04/xmlenc#sha512",
};
