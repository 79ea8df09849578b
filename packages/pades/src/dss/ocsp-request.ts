import { encoded, bits, parts, readElement } from "../der/read.ts";
import { NULL, octetString, oid, sequence, tagged, unsignedInteger } from "../der/write.ts";
import { ALGORITHM_OID, OCSP_OID } from "../der/oid.ts";
import type { Port } from "../port.ts";
import { parseCertificate } from "../x509/certificate.ts";

/** Which certificate is asked about, and who issued it. DER. */
export type RevocationQuestion = { readonly certificate: Uint8Array; readonly issuer: Uint8Array };

/**
 * A DER `OCSPRequest` for one certificate (RFC 6960 §4.1.1). The CertID is made with SHA-1, which names and does not vouch: it
 * is the only one that every responder knows (RFC 5019 §2.1.1). `nonce`, of 16 octets or more, ties the answer to this request.
 */
export async function ocspRequest({ certificate, issuer }: RevocationQuestion, port: Port, nonce?: Uint8Array): Promise<Uint8Array> {
  const [subject, above] = [parseCertificate(certificate), parseCertificate(issuer)];
  const keyBits = bits(parts(readElement(above.spki), "public key")[1], "public key");
  const id = sequence(
    sequence(oid(ALGORITHM_OID.sha1), NULL),
    octetString(await port.digest("SHA-1", [encoded(subject.issuer)])),
    octetString(await port.digest("SHA-1", [keyBits])),
    unsignedInteger(subject.serialNumber),
  );
  const extensions = nonce === undefined ? [] : [tagged(2, sequence(sequence(oid(OCSP_OID.nonce), octetString(octetString(nonce)))))];
  return sequence(sequence(sequence(sequence(id)), ...extensions));
}
