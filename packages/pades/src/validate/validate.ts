import { fromLatin1, indexOf } from "../bytes.ts";
import { readableCertificate } from "../cms/signed-data.ts";
import { DEFAULT_LIMITS, type Limits } from "../limits.ts";
import { loadFields, type Field } from "../pdf/fields.ts";
import { PdfFile, type View } from "../pdf/file.ts";
import { catalogOf } from "../pdf/page-tree.ts";
import { BadSyntax } from "../pdf/parser.ts";
import { dictOf, itemsOf, refOf, stringOf, type PdfDict, type PdfStream } from "../pdf/value.ts";
import type { Port } from "../port.ts";
import { Unreadable } from "../unreadable.ts";
import type { Certificate } from "../x509/certificate.ts";
import { readableCrl } from "../x509/crl.ts";
import { readableOcspResponse } from "../x509/ocsp.ts";
import { checkCoverage, sharingDigests, type Candidate, type Coverage, type CoverageResult } from "./byte-range.ts";
import { boundedPort } from "./effort.ts";
import { Existence } from "./existence.ts";
import { cryptoFacts, isTimestamp, readCms, type Facts, type SignatureFacts } from "./facts.ts";
import { historyAfter, viewAt, type History } from "./history.ts";
import { DEFAULT_POLICY, type ValidationPolicy } from "./policy.ts";
import { conclude, failed, passed, undecided, type Check, type Report, type SignatureReport } from "./report.ts";
import { judgeDocumentTimestamp, judgeSignature, signatureReport } from "./signature.ts";
import type { TrustMaterial } from "./trust.ts";

/** With what a document is judged. */
export type ValidateOptions = {
  /** Trust anchors: DER certificates. Nothing else is trusted. */
  readonly trust: readonly Uint8Array[];
  /**
   * The time of judgement, usually now. Without it each signature is judged at the time it proves or else claims itself,
   * which a holder of an expired certificate's key could choose.
   */
  readonly at?: Date;
  readonly port: Port;
  readonly limits?: Limits;
  /** Further certificates to build paths from, not trusted by themselves. */
  readonly intermediates?: readonly Uint8Array[];
  /** Revocation lists from outside the document. */
  readonly crls?: readonly Uint8Array[];
  /** OCSP responses from outside the document. */
  readonly ocsps?: readonly Uint8Array[];
  /** Whether a certificate whose revocation status is unknown leaves the judgement open. By default it is only reported. */
  readonly requireRevocation?: boolean;
  /** What else is demanded; whatever is left out is as in `DEFAULT_POLICY`. */
  readonly policy?: Partial<ValidationPolicy>;
};

/** With what facts are judged: the options that have nothing to do with reading the file. */
export type JudgeOptions = Omit<ValidateOptions, "limits">;

/**
 * Validates every signature of a PDF and explains every change after them (EN 319 102-1, EN 319 142-1, ISO 32000-2 §12.8).
 * Bad documents are reported, not thrown; `Unreadable` is thrown for what is no PDF, encrypted, or too large.
 */
export async function validate(bytes: Uint8Array, options: ValidateOptions): Promise<Report> {
  const facts = await examine(bytes, options);
  return "indication" in facts ? facts : judge(facts, options);
}

/**
 * Gathers the facts of a document: everything that needs its bytes and nothing that needs trust, time or policy. A document
 * about which there is nothing to judge (no signature, broken structure) is answered with its report at once.
 */
export async function examine(bytes: Uint8Array, { limits = DEFAULT_LIMITS, port }: { readonly limits?: Limits; readonly port: Port }): Promise<Facts | Report> {
  const file = new PdfFile(bytes, port, limits);
  const final = await finalView(file);
  if (final === undefined) return unreadableStructure();
  const fields = await loadFields(final);
  const candidates = signaturesIn(final, fields);
  if (candidates.length > limits.signatures) throw new Unreadable("too_large", `more than ${limits.signatures} signatures`, "signatures");
  // Each signature is looked at in its own revision, and each digest runs over all that was there.
  const isTooMuch = candidates.length * final.table.size > MAX_ENTRIES || candidates.length * bytes.length > MAX_BYTES;
  if (isTooMuch) throw new Unreadable("too_large", "too many signatures on too large a document", "work");
  if (candidates.length === 0) return withoutSignature(final);

  const places = candidates.map((candidate) => ({ candidate, ...checkCoverage(final, candidate) }));
  const sharing = sharingDigests(port, bytes, places.flatMap(({ coverage }) => coverage ?? []));
  const signatures: SignatureFacts[] = [];
  for (const place of places) signatures.push(await factsOf(final, place, candidates, sharing));
  const first = signatures.reduce<View | undefined>((earliest, { signed }) => (signed !== undefined && (earliest === undefined || signed.end < earliest.end) ? signed : earliest), undefined);
  const history = first === undefined ? undefined : await historyAfter(first, final);
  return { final, signatures, history, ...(await materialOf(final, signatures)) };
}

/** Judges gathered facts (EN 319 102-1 §5.6.3: newest document time-stamp first, each proving what came before it). */
export async function judge(facts: Facts, options: JudgeOptions): Promise<Report> {
  const trust = trustMaterial(facts, options);
  const signatures = await judgeAll(facts, trust, options.at);
  return { indication: worst(signatures), signatures, document: documentVerdict(facts, trust.policy) };
}

/** The newest view; nothing if the file is a signed one whose structure is broken, which is a verdict and not an error. */
async function finalView(file: PdfFile): Promise<View | undefined> {
  try {
    return await viewAt(file, file.bytes.length);
  } catch (error) {
    if (!(error instanceof BadSyntax)) throw error;
    if (indexOf(file.bytes, BYTE_RANGE, 0) >= 0) return undefined;
    throw new Unreadable("damaged", `the file's structure cannot be read: ${error.message}`);
  }
}

function unreadableStructure(): Report {
  const document = { verdict: "failed" as const, detail: "the document's structure is broken", revisions: 0, changesAfter: [] };
  return { indication: "TOTAL-FAILED", signatures: [], document };
}

function withoutSignature(final: View): Report {
  // A field's name may be gone while its signature is still in the file: that is no ordinary unsigned document.
  const isStripped = indexOf(final.file.bytes, BYTE_RANGE, 0) >= 0;
  const detail = isStripped ? "the document holds a signature that no field shows" : "the document has no signature";
  return {
    indication: "NO_SIGNATURE_FOUND",
    signatures: [],
    document: { verdict: isStripped ? "failed" : "indeterminate", detail, revisions: final.sections.length, changesAfter: [] },
  };
}

/** Signed signature fields. A value that leads to no dictionary counts too: it claims to be a signature, and fails. */
function signaturesIn(view: View, fields: readonly Field[]): Candidate[] {
  return fields.flatMap((field) => {
    const claims = field.type === "Sig" && field.value !== undefined && field.value !== null;
    return claims ? [{ field, dict: dictOf(view.resolve(field.value)) ?? EMPTY_DICT }] : [];
  });
}

type Place = CoverageResult & { readonly candidate: Candidate };

async function factsOf(final: View, { candidate, checks: placeChecks, coverage }: Place, all: readonly Candidate[], port: Port): Promise<SignatureFacts> {
  const kind = isTimestamp(candidate) ? "document_timestamp" : "signature";
  const checks = [...placeChecks, checkSingleField(candidate, all)];
  if (coverage === undefined) return { candidate, kind, checks, stamps: [] };
  const cms = readCms(coverage);
  if ("outcome" in cms) return { candidate, kind, checks: [...checks, cms], coverage, stamps: [] };
  const crypto = await cryptoFacts(candidate, coverage, cms, port);
  try {
    const signed = coverage.end === final.end ? final : await viewAt(final.file, coverage.end);
    return { candidate, kind, checks: [...checks, await checkOwnRevision(signed, candidate)], coverage, cms, signed, ...crypto };
  } catch (error) {
    if (!(error instanceof BadSyntax)) throw error;
    return { candidate, kind, checks: [...checks, failed("revision", "FORMAT_FAILURE", `the signed revision cannot be read: ${error.message}`)], coverage, cms, ...crypto };
  }
}

/** One dictionary shown by two fields could lend its signature to a box that was never signed. */
function checkSingleField(candidate: Candidate, all: readonly Candidate[]): Check {
  const same = all.filter(({ dict }) => dict.start === candidate.dict.start && dict.end === candidate.dict.end);
  if (same.length !== 1) return failed("single_field", "FORMAT_FAILURE", "the signature is shown by several fields");
  if (all.some((other) => other !== candidate && other.field.name === candidate.field.name)) return failed("single_field", "FORMAT_FAILURE", "several fields have this signature's name");
  return passed("single_field", "one field shows the signature");
}

/** The signed revision itself must show this signature in this field, and its table must point to the objects it names. */
async function checkOwnRevision(signed: View, candidate: Candidate): Promise<Check> {
  const contents = stringOf(candidate.dict.entries.get("Contents"));
  const fields = await loadFields(signed);
  const isThere = fields.some(({ name, value }) => name === candidate.field.name && stringOf(dictOf(signed.resolve(value))?.entries.get("Contents"))?.start === contents?.start);
  if (!isThere) return failed("revision", "FORMAT_FAILURE", "the revision that was signed does not show this signature");
  for (const [number, entry] of signed.table) {
    if (!signed.pointsHome(number, entry)) return failed("revision", "FORMAT_FAILURE", `the cross-reference entry of object ${number} points elsewhere`);
  }
  return passed("revision", "the signed revision is whole and shows this signature");
}

async function judgeAll(facts: Facts, trust: TrustMaterial, at: Date | undefined): Promise<SignatureReport[]> {
  const reports = new Map<SignatureFacts, SignatureReport>();
  const newestFirst = facts.signatures.toSorted((one, other) => (other.coverage?.end ?? 0) - (one.coverage?.end ?? 0));
  for (const each of newestFirst) {
    const { coverage, signed, kind } = each;
    const covering = coverage === undefined ? undefined : trust.existence.before(coverage.end);
    const judgement = await (kind === "document_timestamp" ? judgeDocumentTimestamp : judgeSignature)(each, trust, at, covering);
    const later = coverage === undefined ? [] : [checkLaterChanges(coverage, facts.history, trust.policy)];
    const checks = [...each.checks, ...judgement.checks, ...later];
    const covers = coverage === undefined ? undefined : { revision: signed?.sections.length ?? 0, end: coverage.end, wholeFile: coverage.end === facts.final.file.bytes.length };
    const report = signatureReport(each, checks, judgement, covers);
    if (coverage !== undefined && kind === "document_timestamp" && report.indication === "TOTAL-PASSED" && report.claimedTime !== undefined) trust.existence.prove(coverage.end, report.claimedTime);
    reports.set(each, report);
  }
  return facts.signatures.flatMap((each) => reports.get(each) ?? []);
}

function checkLaterChanges({ end }: Coverage, history: History | undefined, { allowFormFilling }: ValidationPolicy): Check {
  if (history === undefined || history.problem !== undefined) return failed("later_changes", "FORMAT_FAILURE", history?.problem ?? "what came after the signature cannot be told");
  const later = history.changes.filter((change) => change.end > end);
  const wrong = later.find(({ kind }) => kind === "unexplained");
  if (wrong !== undefined) return failed("later_changes", "FORMAT_FAILURE", wrong.detail);
  const filled = later.filter(({ kind }) => kind === "form_filled");
  // Lawful in an interactive form (ISO 32000-2 §12.8.2.2), yet not what the signer saw.
  if (filled.length > 0 && !allowFormFilling) return undecided("later_changes", "SIG_CONSTRAINTS_FAILURE", `form fields were filled in after the signature: ${filled.map(({ detail }) => detail).join("; ")}`);
  return passed("later_changes", later.length === 0 ? "nothing was changed after the signature" : `later: ${later.map(({ detail }) => detail).join("; ")}`);
}

function documentVerdict({ final, history }: Facts, { allowFormFilling }: ValidationPolicy): Report["document"] {
  const revisions = final.sections.length;
  if (history === undefined) return { verdict: "failed", detail: "no signature covers a revision of the document", revisions, changesAfter: [] };
  const changesAfter = history.changes.map(({ revision, kind, detail }) => ({ revision, kind, detail }));
  const wrong = changesAfter.find(({ kind }) => kind === "unexplained");
  if (history.problem !== undefined || wrong !== undefined) return { verdict: "failed", detail: history.problem ?? wrong?.detail ?? "", revisions, changesAfter };
  if (changesAfter.some(({ kind }) => kind === "form_filled")) {
    return { verdict: allowFormFilling ? "passed" : "indeterminate", detail: "form fields were filled in after it was signed", revisions, changesAfter };
  }
  return { verdict: "passed", detail: changesAfter.length === 0 ? "unchanged since it was signed" : "only further signatures and their validation data were added", revisions, changesAfter };
}

/** Certificates, lists and responses in the document's security store and in the signatures, and where they lie. */
async function materialOf(final: View, signatures: readonly SignatureFacts[]): Promise<Pick<Facts, "material" | "places">> {
  const store = dictOf(final.resolve(catalogOf(final)?.entries.get("DSS")));
  const inSignatures = signatures.flatMap(({ cms, coverage, stamps }) => (cms === undefined || coverage === undefined ? [] : [cms, ...stamps.flatMap((stamp) => stamp.cms ?? [])].map((each) => ({ cms: each, end: coverage.end }))));
  const [certs, lists, responses] = [await storeData(final, store, "Certs"), await storeData(final, store, "CRLs"), await storeData(final, store, "OCSPs")];
  const material = {
    // Not those inside signatures: another signature's certificates do not mend one whose own were tampered with.
    certificates: certs.flatMap(({ data }) => readableCertificate(data) ?? []),
    crls: [...lists.map(({ data }) => data), ...inSignatures.flatMap(({ cms }) => cms.crls)].flatMap((der) => readableCrl(der) ?? []),
    ocsps: [...responses.map(({ data }) => data), ...inSignatures.flatMap(({ cms }) => cms.ocsps)].flatMap((der) => readableOcspResponse(der) ?? []),
  };
  const places = (): Existence => {
    const existence = new Existence();
    // Only a document time-stamp can prove anything by its place in the file.
    if (!signatures.some(({ kind }) => kind === "document_timestamp")) return existence;
    for (const { data, end } of [...certs, ...lists, ...responses]) existence.note(data, end);
    for (const { cms, end } of inSignatures) for (const data of [...cms.certificates.map(({ der }) => der), ...cms.crls, ...cms.ocsps]) existence.note(data, end);
    return existence;
  };
  return { material, places };
}

/** What the document and the caller bring; only the anchors are trusted. */
function trustMaterial({ material, places }: Facts, options: JudgeOptions): TrustMaterial {
  const policy = { ...DEFAULT_POLICY, ...options.policy };
  return {
    anchors: anchorsOf(options.trust),
    candidates: [...(options.intermediates ?? []).flatMap((der) => readableCertificate(der) ?? []), ...material.certificates],
    crls: [...(options.crls ?? []).flatMap((der) => readableCrl(der) ?? []), ...material.crls],
    ocsps: [...(options.ocsps ?? []).flatMap((der) => readableOcspResponse(der) ?? []), ...material.ocsps],
    port: boundedPort(options.port),
    policy: { ...policy, requireRevocation: options.requireRevocation ?? policy.requireRevocation },
    existence: places(),
  };
}

function anchorsOf(trust: readonly Uint8Array[]): readonly Certificate[] {
  const known = anchors.get(trust);
  if (known !== undefined && known.length === trust.length) return known;
  const parsed = trust.flatMap((der) => readableCertificate(der) ?? []);
  anchors.set(trust, parsed);
  return parsed;
}

/** The streams of one list of the security store, decoded, each with where its bytes end in the file. */
async function storeData(view: View, store: PdfDict | undefined, key: string): Promise<{ readonly data: Uint8Array; readonly end: number }[]> {
  const streams = (itemsOf(view.resolve(store?.entries.get(key))) ?? []).slice(0, MAX_STORE).flatMap((item): PdfStream[] => {
    const value = refOf(item) === undefined ? null : view.resolve(item);
    return value !== null && typeof value === "object" && value.type === "stream" ? [value] : [];
  });
  const found: { readonly data: Uint8Array; readonly end: number }[] = [];
  for (const stream of streams) {
    const data = await view.file.decode(stream);
    if (data !== undefined) found.push({ data, end: stream.data.byteOffset - view.file.bytes.byteOffset + stream.data.length });
  }
  return found;
}

function worst(signatures: readonly SignatureReport[]): Report["indication"] {
  return conclude(signatures.flatMap(({ checks }) => checks)).indication;
}

const anchors = new WeakMap<readonly Uint8Array[], readonly Certificate[]>();
const BYTE_RANGE = fromLatin1("/ByteRange");
const MAX_STORE = 1_000;
const MAX_ENTRIES = 10_000_000;
const MAX_BYTES = 4_000_000_000;
const EMPTY_DICT: PdfDict = { type: "dict", entries: new Map(), hasDuplicates: false, start: -1, end: -1 };
