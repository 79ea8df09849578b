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
import { checkCoverage, type Candidate, type Coverage } from "./byte-range.ts";
import { historyAfter, viewAt, type History } from "./history.ts";
import { conclude, failed, passed, type Check, type Report, type SignatureReport } from "./report.ts";
import { isTimestamp, judgeDocumentTimestamp, judgeSignature, readCms, signatureReport, type Judgement, type ReadSignature } from "./signature.ts";
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
  /** Whether a certificate whose revocation status is unknown leaves the judgement open. By default it is only reported. */
  readonly requireRevocation?: boolean;
};

/**
 * Validates every signature of a PDF and explains every change after them (EN 319 102-1, EN 319 142-1, ISO 32000-2 §12.8).
 * Bad documents are reported, not thrown; `Unreadable` is thrown for what is no PDF, encrypted, or too large.
 */
export async function validate(bytes: Uint8Array, options: ValidateOptions): Promise<Report> {
  const { limits = DEFAULT_LIMITS, port } = options;
  const file = new PdfFile(bytes, port, limits);
  const final = await finalView(file);
  if (final === undefined) return unreadableStructure();
  const fields = await loadFields(final);
  const candidates = signaturesIn(final, fields);
  if (candidates.length > limits.signatures) throw new Unreadable("too_large", `more than ${limits.signatures} signatures`);
  // Each signature is looked at in its own revision, and each digest runs over all that was there.
  const isTooMuch = candidates.length * final.table.size > MAX_ENTRIES || candidates.length * bytes.length > MAX_BYTES;
  if (isTooMuch) throw new Unreadable("too_large", "too many signatures on too large a document");
  if (candidates.length === 0) return withoutSignature(final);

  const placed: Placed[] = [];
  for (const candidate of candidates) placed.push(await place(final, candidate, candidates));
  const first = placed.reduce<View | undefined>((earliest, { signed }) => (signed !== undefined && (earliest === undefined || signed.end < earliest.end) ? signed : earliest), undefined);
  const history = first === undefined ? undefined : await historyAfter(first, final);
  const trust = await trustMaterial(final, placed, options);
  const signatures = await judgeAll(final, placed, history, trust, options.at);
  return { indication: worst(signatures), signatures, document: documentVerdict(final, history) };
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

/** A candidate with what its place in the file says. */
type Placed = {
  readonly candidate: Candidate;
  readonly checks: readonly Check[];
  readonly coverage?: Coverage;
  readonly signed?: View;
  readonly read?: ReadSignature;
};

async function place(final: View, candidate: Candidate, all: readonly Candidate[]): Promise<Placed> {
  const { checks: placeChecks, coverage } = checkCoverage(final, candidate);
  const checks = [...placeChecks, checkSingleField(candidate, all)];
  if (coverage === undefined) return { candidate, checks };
  const read = readCms(candidate, coverage);
  if ("outcome" in read) return { candidate, checks: [...checks, read], coverage };
  try {
    const signed = coverage.end === final.end ? final : await viewAt(final.file, coverage.end);
    return { candidate, checks: [...checks, await checkOwnRevision(signed, candidate)], coverage, read, signed };
  } catch (error) {
    if (!(error instanceof BadSyntax)) throw error;
    return { candidate, checks: [...checks, failed("revision", "FORMAT_FAILURE", `the signed revision cannot be read: ${error.message}`)], coverage, read };
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

async function judgeAll(final: View, placed: readonly Placed[], history: History | undefined, trust: TrustMaterial, at: Date | undefined): Promise<SignatureReport[]> {
  const reports = new Map<Placed, SignatureReport>();
  // Newest first: a valid document time-stamp proves when everything before it existed (EN 319 102-1 §5.6).
  const newestFirst = placed.toSorted((one, other) => (other.coverage?.end ?? 0) - (one.coverage?.end ?? 0));
  let covering: Date | undefined;
  for (const each of newestFirst) {
    const { candidate, read, coverage, signed } = each;
    const stamps = isTimestamp(candidate);
    const judge = stamps ? judgeDocumentTimestamp : judgeSignature;
    const judgement: Judgement = read === undefined ? { checks: [] } : await judge(read, trust, at, covering);
    const checks = [...each.checks, ...judgement.checks, ...(coverage === undefined ? [] : [checkLaterChanges(coverage, history)])];
    const wholeFile = coverage?.end === final.file.bytes.length;
    const covers = coverage === undefined ? undefined : { revision: signed?.sections.length ?? 0, end: coverage.end, wholeFile };
    const report = signatureReport(candidate, checks, judgement, covers);
    if (stamps && report.indication === "TOTAL-PASSED" && report.claimedTime !== undefined) covering = report.claimedTime;
    reports.set(each, report);
  }
  return placed.flatMap((each) => reports.get(each) ?? []);
}

function checkLaterChanges({ end }: Coverage, history: History | undefined): Check {
  if (history === undefined || history.problem !== undefined) return failed("later_changes", "FORMAT_FAILURE", history?.problem ?? "what came after the signature cannot be told");
  const later = history.changes.filter((change) => change.end > end);
  const wrong = later.find(({ kind }) => kind === "unexplained");
  if (wrong !== undefined) return failed("later_changes", "FORMAT_FAILURE", wrong.detail);
  return passed("later_changes", later.length === 0 ? "nothing was changed after the signature" : `later: ${later.map(({ detail }) => detail).join("; ")}`);
}

function documentVerdict(final: View, history: History | undefined): Report["document"] {
  const revisions = final.sections.length;
  if (history === undefined) return { verdict: "failed", detail: "no signature covers a revision of the document", revisions, changesAfter: [] };
  const changesAfter = history.changes.map(({ revision, kind, detail }) => ({ revision, kind, detail }));
  const wrong = changesAfter.find(({ kind }) => kind === "unexplained");
  if (history.problem !== undefined || wrong !== undefined) return { verdict: "failed", detail: history.problem ?? wrong?.detail ?? "", revisions, changesAfter };
  return { verdict: "passed", detail: changesAfter.length === 0 ? "unchanged since it was signed" : "only further signatures and their validation data were added", revisions, changesAfter };
}

/** Certificates and CRLs from the signatures, the document's security store and the caller; only the anchors are trusted. */
async function trustMaterial(final: View, placed: readonly Placed[], options: ValidateOptions): Promise<TrustMaterial> {
  const store = dictOf(final.resolve(catalogOf(final)?.entries.get("DSS")));
  const read = placed.flatMap((each) => each.read ?? []);
  const certificates = [...(options.intermediates ?? []), ...(await storeData(final, store, "Certs"))].flatMap((der) => readableCertificate(der) ?? []);
  const crls = [...(options.crls ?? []), ...(await storeData(final, store, "CRLs")), ...read.flatMap(({ cms }) => cms.crls)].flatMap((der) => readableCrl(der) ?? []);
  return {
    anchors: anchorsOf(options.trust),
    candidates: certificates,
    crls,
    port: options.port,
    requireRevocation: options.requireRevocation ?? false,
  };
}

function anchorsOf(trust: readonly Uint8Array[]): readonly Certificate[] {
  const known = anchors.get(trust);
  if (known !== undefined && known.length === trust.length) return known;
  const parsed = trust.flatMap((der) => readableCertificate(der) ?? []);
  anchors.set(trust, parsed);
  return parsed;
}

async function storeData(view: View, store: PdfDict | undefined, key: string): Promise<Uint8Array[]> {
  const streams = (itemsOf(view.resolve(store?.entries.get(key))) ?? []).slice(0, MAX_STORE).flatMap((item): PdfStream[] => {
    const value = refOf(item) === undefined ? null : view.resolve(item);
    return value !== null && typeof value === "object" && value.type === "stream" ? [value] : [];
  });
  const found: Uint8Array[] = [];
  for (const stream of streams) {
    const data = await view.file.decode(stream);
    if (data !== undefined) found.push(data);
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
