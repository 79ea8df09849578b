import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { reportJson, reportXml, signPdf, validate, type Report } from "../index.ts";
import { issueCrl, nodePort } from "../node.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { NOW, testAuthority } from "../../test/authority.ts";
import { samplePdfForYears, withDocumentTimestamp, withStore } from "../../test/long-term.ts";
import { forge, samplePdf } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const at = new Date("2026-11-25T00:00:00Z");
const list = async (revokedAt?: Date): Promise<Uint8Array> =>
  issueCrl(authority.issuing, { number: 1, thisUpdate: NOW, nextUpdate: new Date("2026-12-24T00:00:00Z"), revoked: revokedAt === undefined ? [] : [{ serialNumber: parseCertificate(signer.certificate).serialNumber, revokedAt, reason: "keyCompromise" }] });
const signed = await signPdf(samplePdfForYears(), { signer, port: nodePort, signedAt: NOW, fieldName: "Bupati", reason: "Setuju <b>& \"sah\"</b> ]]>\u0001", location: "Kota Contoh" });
const judge = (pdf: Uint8Array, crls: readonly Uint8Array[] = []): Promise<Report> => validate(pdf, { trust: authority.trust, at, port: nodePort, crls });

/** Reports of every shape: archived, revoked, changed, by a stranger, unsigned, time-stamped inside. */
const reports: Readonly<Record<string, Report>> = {
  archived: await judge(await withDocumentTimestamp(withStore(signed, { crls: [await list()] }), 11, await authority.stamping(NOW))),
  revoked: await judge(signed, [await list(new Date("2026-11-01T00:00:00Z"))]),
  changed: await judge(forge(signed, { objects: { 4: "<< /Length 0 >>\nstream\n\nendstream" } })),
  stranger: await judge(await signPdf(samplePdf(), { signer: await (await testAuthority()).certify(), port: nodePort, signedAt: NOW })),
  unsigned: await judge(samplePdf()),
  stamped: await judge(await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW, timestamps: await authority.stamping(NOW) })),
};

// ── JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

type Schema = { readonly [key: string]: unknown };
const isRecord = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);
const root: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../../report.schema.json"), "utf8"));
assert.ok(isRecord(root));

/** As much of JSON Schema as the file uses. Answers where and how a value breaks it. */
const breaks = (value: unknown, schema: unknown, place: string): string[] => {
  if (!isRecord(schema)) return [`${place}: no schema`];
  if (typeof schema["$ref"] === "string") {
    const definitions = root["$defs"];
    return breaks(value, isRecord(definitions) ? definitions[schema["$ref"].slice("#/$defs/".length)] : undefined, place);
  }
  if ("const" in schema) return value === schema["const"] ? [] : [`${place}: ${String(value)}`];
  if (Array.isArray(schema["enum"])) return schema["enum"].includes(value) ? [] : [`${place}: ${String(value)} is not one of the values`];
  switch (schema["type"]) {
    case "string": return typeof value === "string" && (schema["format"] !== "date-time" || !Number.isNaN(Date.parse(value))) ? [] : [`${place}: not a string`];
    case "integer": return Number.isInteger(value) ? [] : [`${place}: not an integer`];
    case "boolean": return typeof value === "boolean" ? [] : [`${place}: not a boolean`];
    case "array": return Array.isArray(value) ? value.flatMap((item, k) => breaks(item, schema["items"], `${place}[${k}]`)) : [`${place}: not an array`];
    default: {
      const { properties, required } = schema;
      if (!isRecord(value) || !isRecord(properties)) return [`${place}: not an object`];
      const missing = Array.isArray(required) ? required.filter((key) => !(String(key) in value)).map((key) => `${place}.${String(key)} is missing`) : [];
      return [...missing, ...Object.entries(value).flatMap(([key, item]) => (key in properties ? breaks(item, properties[key], `${place}.${key}`) : [`${place}.${key} is not in the schema`]))];
    }
  }
};

for (const [name, report] of Object.entries(reports)) {
  test(`the JSON report (${name}) is what its schema says`, () => {
    const json: unknown = JSON.parse(reportJson(report));
    assert.deepEqual(breaks(json, root, "report"), []);
  });
}

// ── XML ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Element orders of the schema of TS 119 102-2 v1.4.1, as far as the report uses its types. "*" stands for any order. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  ValidationReport: ["SignatureValidationReport", "SignatureValidationObjects"],
  SignatureValidationReport: ["SignatureIdentifier", "ValidationConstraintsEvaluationReport", "ValidationTimeInfo", "SignersDocument", "SignatureAttributes", "SignerInformation", "SignatureQuality", "SignatureValidationProcess", "SignatureValidationStatus"],
  SignatureIdentifier: ["HashOnly", "DocHashOnly", "DAIdentifier"], ValidationConstraintsEvaluationReport: ["ValidationConstraint"],
  ValidationConstraint: ["ValidationConstraintIdentifier", "ConstraintStatus", "ValidationStatus", "Indications"], ConstraintStatus: ["Status"], ValidationStatus: ["MainIndication", "SubIndication"],
  SignatureValidationStatus: ["MainIndication", "SubIndication", "AssociatedValidationReportData"],
  AssociatedValidationReportData: ["TrustAnchor", "CertificateChain", "RelatedValidationObject", "RevocationStatusInformation"], CertificateChain: ["SigningCertificate", "IntermediateCertificate", "TrustAnchor"],
  RevocationStatusInformation: ["ValidationObjectId", "RevocationTime", "RevocationObject"], ValidationTimeInfo: ["ValidationTime", "BestSignatureTime"], BestSignatureTime: ["POETime", "TypeOfProof"],
  SignersDocument: ["DigestAlgAndValue"], DigestAlgAndValue: ["ds:DigestMethod", "ds:DigestValue"], SignatureAttributes: ["*"], SigningTime: ["Time"], SignatureTimeStamp: ["AttributeObject", "TimeStampValue"],
  Reason: ["ReasonElement"], SignatureProductionPlace: ["AddressString"], SubFilter: ["SubFilterElement"], SignerInformation: ["SignerCertificate", "Signer"], SignatureValidationProcess: ["SignatureValidationProcessID"],
  SignatureValidationObjects: ["ValidationObject"], ValidationObject: ["ObjectType", "ValidationObjectRepresentation", "POE", "POEProvisioning", "ValidationReport"], ValidationObjectRepresentation: ["base64", "URI"], POEProvisioning: ["POETime"],
};

type Node = { readonly name: string; readonly attributes: string; readonly children: Node[]; text: string };
/** Reads the little XML that the report is made of; anything else makes it throw. */
const parseXml = (xml: string): Node => {
  const top: Node = { name: "", attributes: "", children: [], text: "" };
  const open = [top];
  const token = /<\?xml[^?]*\?>\n|<\/([\w:]+)>|<([\w:]+)((?: [\w:]+="[^"<&]*")*)(\/?)>|([^<]+)/y;
  while (token.lastIndex < xml.length) {
    const match = token.exec(xml);
    assert.ok(match !== null, "not well formed");
    const [, closing, opening, attributes = "", selfClosed, text] = match;
    const last = open.at(-1) ?? top;
    if (closing !== undefined) assert.equal(open.pop()?.name, closing);
    else if (opening !== undefined) {
      const node: Node = { name: opening, attributes, children: [], text: "" };
      last.children.push(node);
      if (selfClosed !== "/") open.push(node);
    } else if (text !== undefined) {
      assert.doesNotMatch(text, /&(?!amp;|lt;|gt;)/);
      last.text += text;
    }
  }
  assert.equal(open.length, 1);
  const [document] = top.children;
  assert.ok(document !== undefined && top.children.length === 1);
  return document;
};
const all = (node: Node): Node[] => [node, ...node.children.flatMap(all)];

/** A validation object's own report has the type of a signature's. */
const checkOrder = (node: Node, inside: string): void => {
  const order = node.name === "ValidationReport" && inside === "ValidationObject" ? ORDER["SignatureValidationReport"] : ORDER[node.name];
  if (node.children.length > 0) assert.ok(order !== undefined, `${node.name} is not in the table`);
  if (order?.[0] !== "*") {
    const places = node.children.map(({ name }) => order?.indexOf(name) ?? -1);
    assert.ok(places.every((at, k) => at >= 0 && at >= (places[k - 1] ?? 0)), `${node.name}: ${node.children.map(({ name }) => name).join(", ")}`);
  }
  for (const child of node.children) checkOrder(child, node.name);
};

for (const [name, report] of Object.entries(reports)) {
  test(`the XML report (${name}) has the schema's elements in the schema's order, and every reference an object`, () => {
    const document = parseXml(reportXml(report, at));
    assert.match(document.attributes, /xmlns="http:\/\/uri\.etsi\.org\/19102\/v1\.4\.1#"/);
    checkOrder(document, "");
    const ids = all(document).flatMap(({ attributes }) => / id="([^"]+)"/.exec(attributes)?.[1] ?? []);
    assert.equal(new Set(ids).size, ids.length);
    for (const { attributes } of all(document)) {
      const wanted = / VOReference="([^"]+)"/.exec(attributes)?.[1];
      if (wanted !== undefined) assert.ok(ids.includes(wanted), wanted);
    }
    const indications = document.children.filter((child) => child.name === "SignatureValidationReport").flatMap((each) => each.children.at(-1)?.children[0]?.text ?? []);
    assert.ok(indications.length > 0);
    if (name === "archived") assert.deepEqual(indications, ["urn:etsi:019102:mainindication:total-passed"]);
    if (name === "revoked") assert.ok(all(document).some((node) => node.name === "RevocationTime" && node.text === "2026-11-01T00:00:00.000Z"));
  });
}

test("a time-stamp inside a signature is reported with its authority, its time and its path", () => {
  const [stamp] = reports["stamped"]?.signatures[0]?.timestamps ?? [];
  assert.deepEqual([stamp?.indication, stamp?.authority, stamp?.time?.getTime(), stamp?.path.length], ["TOTAL-PASSED", "Stempel Waktu Uji", NOW.getTime(), 3]);
});

test("words from a hostile document stay words", () => {
  const { archived } = reports;
  assert.ok(archived !== undefined);
  const reason = all(parseXml(reportXml(archived, at))).find(({ name }) => name === "ReasonElement");
  assert.equal(reason?.text, "Setuju &lt;b&gt;&amp; \"sah\"&lt;/b&gt; ]]&gt;\uFFFD");
});
