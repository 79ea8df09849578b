import { concat, fromLatin1, writeHex } from "../bytes.ts";
import { contentInfo, contentInfoBytes, signedAttributes, cmsIdentity, type CmsIdentity, type SignatureAlgorithm } from "../cms/build.ts";
import { ecdsaToDer, ecdsaToRaw } from "../der/ecdsa.ts";
import { DEFAULT_LIMITS, type Limits } from "../limits.ts";
import { dateString, pdf, textString } from "../pdf/edit.ts";
import { textOf } from "../pdf/fields.ts";
import { openPdf, type View } from "../pdf/file.ts";
import { writeIncrement } from "../pdf/increment.ts";
import { countOf, dictOf, itemsOf, nameOf, refOf, stringOf, type PdfDict } from "../pdf/value.ts";
import type { Port } from "../port.ts";
import { CannotSign } from "./cannot-sign.ts";
import { placeSignature, type Placement } from "./placement.ts";
import { identityOf, type SignerIdentity } from "./signer.ts";

/** What a signature says and where it goes. */
export type SignatureOptions = {
  /** The claimed signing time, written to `/M`: PAdES forbids the CMS attribute (EN 319 142-1 §6.3). */
  readonly signedAt: Date;
  /** An empty signature field of this name is filled; otherwise an invisible one of this name is made. */
  readonly fieldName?: string;
  readonly reason?: string;
  readonly location?: string;
  readonly name?: string;
  /** Certifies the document: 1 allows no change, 2 signing and form filling, 3 annotations too (ISO 32000-2 table 257). */
  readonly certify?: 1 | 2 | 3;
  readonly port: Port;
  readonly limits?: Limits;
};

/** Everything needed to finish a signature later, in another process: offsets, attributes and certificates, no document. */
export type Token = {
  readonly documentBytes: number;
  /** Where the hexadecimal digits of `/Contents` begin in the tail, and how many bytes they can hold. */
  readonly contentsStart: number;
  readonly contentsBytes: number;
  readonly algorithm: SignatureAlgorithm;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly signedAttributes: Uint8Array;
};

/** A document made ready for one signature. */
export type Prepared = {
  /** The bytes to append to the document, `/Contents` still empty. */
  readonly tail: Uint8Array;
  /** What is to be signed: the DER signed attributes … */
  readonly signedAttributes: Uint8Array;
  /** … and their digest, for a device or service that signs digests (CSC, PKCS#11). Ed25519 signs the attributes themselves. */
  readonly digest: Uint8Array;
  readonly token: Token;
};

/** Makes `bytes` ready for a PAdES B-B signature by `signer`. Throws `Unreadable` or `CannotSign`. */
export async function prepare(bytes: Uint8Array, options: SignatureOptions & { readonly signer: SignerIdentity }): Promise<Prepared> {
  const { signer, port, limits = DEFAULT_LIMITS } = options;
  const view = await openPdf(bytes, port, limits);
  if (!view.file.hasCleanHeader) throw new CannotSign("misplaced_header", "bytes stand before %PDF-, so offsets would not mean the same to everyone");
  await checkCertification(view, options);
  const identity = await identityOf(signer, port);
  const placement = await placeSignature(view, options.fieldName, options.certify !== undefined);

  const contentsBytes = contentInfoBytes(identity);
  const dict = signatureDictionary(view, options, placement, contentsBytes);
  // ISO 32000-2 §14.4: names this state of the document; its first half, which names the document, stays.
  const secondId = (await port.digest("SHA-256", [fromLatin1(`${bytes.length} ${view.newest?.offset ?? 0} ${options.signedAt.getTime()}`)])).subarray(0, 16);
  const { tail, bodies } = writeIncrement(view, [...placement.objects, { number: placement.signatureNumber, generation: 0, body: dict.body, rest: dict.rest }], secondId);

  const bodyStart = bodies.get(placement.signatureNumber) ?? 0;
  const contentsStart = bodyStart + dict.contentsStart;
  const before = bytes.length + contentsStart - 1;
  const after = bytes.length + contentsStart + contentsBytes * 2 + 1;
  const range = `[0 ${before} ${after} ${bytes.length + tail.length - after}]`;
  tail.set(pdf(range), bodyStart + dict.rangeStart);

  const covered = [bytes, tail.subarray(0, contentsStart - 1), tail.subarray(contentsStart + contentsBytes * 2 + 1)];
  const attributes = signedAttributes(identity, await port.digest(identity.hash, covered));
  const digest = await port.digest(identity.hash, [attributes]);
  const { algorithm, certificate, chain } = signer;
  const token = { documentBytes: bytes.length, contentsStart, contentsBytes, algorithm, certificate, chain, signedAttributes: attributes };
  identities.set(certificate, { identity, chain });
  return { tail, signedAttributes: attributes, digest, token };
}

/**
 * The finished tail: `prepared.tail` with the signature in it. `signature` is what the key made over the signed attributes;
 * ECDSA may come as DER or as r‖s. It is not verified here: whoever asked a device or a service validates the whole.
 */
export function complete({ tail, token }: Pick<Prepared, "tail" | "token">, signature: Uint8Array): Uint8Array {
  const known = identities.get(token.certificate);
  const isSame = known !== undefined && known.chain === token.chain && known.identity.algorithm === token.algorithm;
  const identity = isSame ? known.identity : cmsIdentity({ ...token, certificateDigest: new Uint8Array(0) });
  const cms = contentInfo(identity, token.signedAttributes, canonicalSignature(token.algorithm, signature));
  if (cms.length > token.contentsBytes) throw new CannotSign("signature_too_long", `the signature takes ${cms.length} bytes, ${token.contentsBytes} were reserved`);
  const finished = tail.slice();
  writeHex(finished, token.contentsStart, cms);
  return finished;
}

/** The signed document: the original bytes, then the tail. */
export function append(bytes: Uint8Array, tail: Uint8Array): Uint8Array {
  return concat([bytes, tail]);
}

function canonicalSignature(algorithm: SignatureAlgorithm, signature: Uint8Array): Uint8Array {
  const size = algorithm === "ecdsa-p256-sha256" ? 32 : algorithm === "ecdsa-p384-sha384" ? 48 : undefined;
  if (size === undefined || signature.length !== size * 2) return signature;
  return ecdsaToRaw(signature, size) === undefined ? ecdsaToDer(signature) : signature;
}

type DictionaryText = { readonly body: Uint8Array; readonly rest: readonly Uint8Array[]; readonly rangeStart: number; readonly contentsStart: number };

/** The signature dictionary (ISO 32000-2 §12.8.1), with room for the ByteRange and the signature. */
function signatureDictionary(view: View, options: SignatureOptions, placement: Placement, contentsBytes: number): DictionaryText {
  const { reason, location, name } = options;
  const references = [
    ...(options.certify === undefined ? [] : [`<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /V /1.2 /P ${options.certify} >> >>`]),
    ...(placement.lock === undefined ? [] : [fieldLock(view, placement.lock)]),
  ];
  const opening = [
    "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached",
    ` /M ${dateString(options.signedAt)}`,
    name === undefined ? "" : ` /Name ${textString(name)}`,
    reason === undefined ? "" : ` /Reason ${textString(reason)}`,
    location === undefined ? "" : ` /Location ${textString(location)}`,
    references.length === 0 ? "" : ` /Reference [${references.join(" ")}]`,
    " /ByteRange ",
  ].join("");
  const body = pdf(`${opening}${RANGE_ROOM} /Contents <`);
  return { body, rest: [zeros(contentsBytes * 2), CLOSING], rangeStart: opening.length, contentsStart: body.length };
}

/** So many digits 0, from a store that grows to the longest ever asked for. */
function zeros(count: number): Uint8Array {
  if (zeroDigits.length < count) zeroDigits = new Uint8Array(count).fill(0x30);
  return zeroDigits.subarray(0, count);
}

let zeroDigits = new Uint8Array(0);

/** A field's `/Lock` becomes the signature's FieldMDP (ISO 32000-2 §12.7.5.5): what the form's maker wanted frozen, freezes. */
function fieldLock(view: View, lock: PdfDict): string {
  const root = refOf(view.trailer.entries.get("Root"));
  const action = nameOf(lock.entries.get("Action")) ?? "All";
  const names = (itemsOf(view.resolve(lock.entries.get("Fields"))) ?? []).flatMap((field) => stringOf(field) ?? []);
  const fields = action === "All" ? "" : ` /Fields [${names.map((field) => textString(textOf(field))).join(" ")}]`;
  const parameters = `<< /Type /TransformParams /V /1.2 /Action /${action === "Include" || action === "Exclude" ? action : "All"}${fields} >>`;
  return `<< /Type /SigRef /TransformMethod /FieldMDP /Data ${root?.number ?? 0} ${root?.generation ?? 0} R /TransformParams ${parameters} >>`;
}

/** A certified document may forbid further signatures, and certification itself must come first (ISO 32000-2 §12.8.2.2). */
async function checkCertification(view: View, { certify }: SignatureOptions): Promise<void> {
  const catalog = dictOf(await view.fetch(view.trailer.entries.get("Root")));
  const perms = dictOf(await view.fetch(catalog?.entries.get("Perms")));
  const certification = dictOf(await view.fetch(perms?.entries.get("DocMDP")));
  if (certification !== undefined) {
    const [reference] = itemsOf(await view.fetch(certification.entries.get("Reference"))) ?? [];
    const parameters = dictOf(await view.fetch(dictOf(await view.fetch(reference))?.entries.get("TransformParams")));
    if (countOf(parameters?.entries.get("P")) === 1) throw new CannotSign("certified_against_changes", "the document is certified and allows no further signature");
  }
  if (certify === undefined) return;
  const form = dictOf(await view.fetch(catalog?.entries.get("AcroForm")));
  const hasSignatures = ((countOf(form?.entries.get("SigFlags")) ?? 0) & 1) === 1;
  if (certification !== undefined || hasSignatures) throw new CannotSign("already_signed", "a certification must be the first signature");
}

/** By certificate and not by token: a token is new for every signature, and weak entries are what the collector is slowest at. */
const identities = new WeakMap<Uint8Array, { readonly identity: CmsIdentity; readonly chain: readonly Uint8Array[] }>();
const CLOSING = pdf("> >>");
/** Room for `[0 a b c]` with offsets of up to ten digits. */
const RANGE_ROOM = " ".repeat(38);
