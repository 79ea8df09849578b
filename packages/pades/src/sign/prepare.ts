import { bytesIn, concat, writeHex } from "../bytes.ts";
import { contentInfo, contentInfoBytes, signedAttributes, cmsIdentity, type CmsIdentity, type SignatureAlgorithm } from "../cms/build.ts";
import { ecdsaToDer, ecdsaToRaw } from "../der/ecdsa.ts";
import { limitsFor, type Limits } from "../limits.ts";
import { dateString, textString } from "../pdf/edit.ts";
import { loadForm, textOf, type Form } from "../pdf/fields.ts";
import { openPdf, type View } from "../pdf/file.ts";
import { sizeOf, type PdfDocument } from "../pdf/source.ts";
import { countOf, dictOf, itemsOf, nameOf, refOf, stringOf, type PdfDict } from "../pdf/value.ts";
import type { Port } from "../port.ts";
import type { TimestampAuthority } from "../tsp/authority.ts";
import { requestTimestamp } from "../tsp/token.ts";
import type { AppearancePart } from "./appearance.ts";
import { CannotSign } from "./cannot-sign.ts";
import { placeSignature, type Placement } from "./placement.ts";
import { makeRoom } from "./room.ts";
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
  /** What is drawn in that field, if it has an area and no appearance yet: the box was there before the first signature, so that what it shows is no later mark. */
  readonly appearance?: readonly AppearancePart[];
  /** Certifies the document: 1 allows no change, 2 signing and form filling, 3 annotations too (ISO 32000-2 table 257). */
  readonly certify?: 1 | 2 | 3;
  /** Bytes to keep free for a time-stamp token over the signature (`timestampBytes` of sign/levels.ts); none for level B-B. */
  readonly timestampBytes?: number;
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

/** What `complete` needs. */
export type Unfinished = {
  /** The bytes to append to the document, `/Contents` still empty. */
  readonly tail: Uint8Array;
  readonly token: Token;
  /** What of the CMS depends on the signer alone: from `prepare`, it need not be made again. */
  readonly identity?: CmsIdentity;
};

/** A document made ready for one signature. */
export type Prepared = Unfinished & {
  /** What is to be signed: the DER signed attributes … */
  readonly signedAttributes: Uint8Array;
  /** … and their digest, for a device or service that signs digests (CSC, PKCS#11). Ed25519 signs the attributes themselves. */
  readonly digest: Uint8Array;
};

/** Makes `document` ready for a PAdES signature by `signer` (EN 319 142-1 §6). Throws `Unreadable` or `CannotSign`. */
export async function prepare(document: PdfDocument, options: SignatureOptions & { readonly signer: SignerIdentity }): Promise<Prepared> {
  const { signer, port, limits = limitsFor(document), timestampBytes } = options;
  const view = await openPdf(document, port, limits);
  if (!view.file.hasCleanHeader) throw new CannotSign("misplaced_header", "bytes stand before %PDF-, so offsets would not mean the same to everyone");
  const form = await loadForm(view);
  await checkCertification(view, form, options);
  const identity = await identityOf(signer, port);
  const { appearance = [] } = options;
  const placement = await placeSignature(view, form, { fieldName: options.fieldName, certifies: options.certify !== undefined, appearance });
  const room = await makeRoom(document, view, {
    objects: placement.objects,
    number: placement.signatureNumber,
    opening: await signatureOpening(view, options, placement),
    contentsBytes: contentInfoBytes(identity, timestampBytes),
    seed: options.signedAt.getTime(),
  });
  const attributes = signedAttributes(identity, await room.digest(identity.hash));
  const digest = await port.digest(identity.hash, [attributes]);
  const { algorithm, certificate, chain } = signer;
  const { tail, contentsStart, contentsBytes } = room;
  const token = { documentBytes: sizeOf(document), contentsStart, contentsBytes, algorithm, certificate, chain, signedAttributes: attributes };
  return { tail, signedAttributes: attributes, digest, token, identity };
}

/**
 * The finished tail: `prepared.tail` with the signature in it, and with a time-stamp token over that signature if room was
 * made for one. `signature` is what the key made over the signed attributes; ECDSA may come as DER or as r‖s. It is not
 * verified here: whoever asked a device or a service validates the whole.
 */
export function complete(prepared: Unfinished, signature: Uint8Array, timestamp?: Uint8Array): Uint8Array {
  const { tail, token } = prepared;
  const cms = contentInfo(identityIn(prepared), token.signedAttributes, canonicalSignature(token.algorithm, signature), timestamp);
  const length = bytesIn(cms);
  if (length > token.contentsBytes) throw new CannotSign("signature_too_long", `the signature takes ${length} bytes, ${token.contentsBytes} were reserved`);
  const finished = tail.slice();
  let at = token.contentsStart;
  for (const piece of cms) at = writeHex(finished, at, piece);
  return finished;
}

/**
 * The finished tail with a signature time-stamp (level B-T, EN 319 142-1 §6.3; the attribute of EN 319 122-1 §5.3), which the
 * authority makes now. It must be older than the end of the signer's certificate, or it would prove too little.
 */
export async function completeWithTimestamp(prepared: Unfinished, signature: Uint8Array, { authority, port }: Timestamping): Promise<Uint8Array> {
  const { token } = prepared;
  const imprint = await port.digest("SHA-256", [canonicalSignature(token.algorithm, signature)]);
  const stamp = await requestTimestamp(authority, imprint, port);
  if (stamp.info.time > identityIn(prepared).certificate.notAfter) throw new CannotSign("certificate_expired", `the certificate expired before the time-stamp of ${stamp.info.time.toISOString()}`);
  return complete(prepared, signature, stamp.token);
}

/** Who stamps, and with what the stamp is checked. */
export type Timestamping = { readonly authority: TimestampAuthority; readonly port: Port };

/** A token that was kept brings its attributes, and with them the digest of the certificate: it need not be made again. */
function identityIn({ token, identity }: Unfinished): CmsIdentity {
  return identity ?? cmsIdentity({ ...token, certificateDigest: new Uint8Array(0) });
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

/** The signature dictionary (ISO 32000-2 §12.8.1) up to its ByteRange. */
async function signatureOpening(view: View, options: SignatureOptions, placement: Placement): Promise<string> {
  const { reason, location, name } = options;
  const references = [
    ...(options.certify === undefined ? [] : [`<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /V /1.2 /P ${options.certify} >> >>`]),
    ...(placement.lock === undefined ? [] : [await fieldLock(view, placement.lock)]),
  ];
  const says = (key: string, text: string | undefined): string => (text === undefined ? "" : ` /${key} ${textString(text)}`);
  const opening = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M ${dateString(options.signedAt)}`;
  const transforms = references.length === 0 ? "" : ` /Reference [${references.join(" ")}]`;
  return `${opening}${says("Name", name)}${says("Reason", reason)}${says("Location", location)}${transforms}`;
}

/** A field's `/Lock` becomes the signature's FieldMDP (ISO 32000-2 §12.7.5.5): what the form's maker wanted frozen, freezes. */
async function fieldLock(view: View, lock: PdfDict): Promise<string> {
  const root = refOf(view.trailer.entries.get("Root"));
  const action = nameOf(lock.entries.get("Action")) ?? "All";
  const names = (itemsOf(await view.fetch(lock.entries.get("Fields"))) ?? []).flatMap((field) => stringOf(field) ?? []);
  const fields = action === "All" ? "" : ` /Fields [${names.map((field) => textString(textOf(field))).join(" ")}]`;
  const parameters = `<< /Type /TransformParams /V /1.2 /Action /${action === "Include" || action === "Exclude" ? action : "All"}${fields} >>`;
  return `<< /Type /SigRef /TransformMethod /FieldMDP /Data ${root?.number ?? 0} ${root?.generation ?? 0} R /TransformParams ${parameters} >>`;
}

/** A certified document may forbid further signatures, and certification itself must come first (ISO 32000-2 §12.8.2.2). */
async function checkCertification(view: View, { catalog, dict: form, fields }: Form, { certify }: SignatureOptions): Promise<void> {
  const perms = dictOf(await view.fetch(catalog?.entries.get("Perms")));
  const certification = dictOf(await view.fetch(perms?.entries.get("DocMDP")));
  if (certification !== undefined) {
    const [reference] = itemsOf(await view.fetch(certification.entries.get("Reference"))) ?? [];
    const parameters = dictOf(await view.fetch(dictOf(await view.fetch(reference))?.entries.get("TransformParams")));
    if (countOf(parameters?.entries.get("P")) === 1) throw new CannotSign("certified_against_changes", "the document is certified and allows no further signature");
  }
  for (const { type, value, dict } of fields) {
    const lock = type !== "Sig" || value === undefined || value === null ? undefined : dictOf(await view.fetch(dict.entries.get("Lock")));
    if (countOf(await view.fetch(lock?.entries.get("P"))) === 1) throw new CannotSign("certified_against_changes", "a signed field's lock allows no further signature");
  }
  if (certify === undefined) return;
  const hasSignatures = ((countOf(form?.entries.get("SigFlags")) ?? 0) & 1) === 1;
  if (certification !== undefined || hasSignatures) throw new CannotSign("already_signed", "a certification must be the first signature");
}
