import { EXTENSION_OID } from "../der/oid.ts";
import { objectIdentifier, parts, text } from "../der/read.ts";
import { ocspRequest, type RevocationQuestion } from "../dss/ocsp-request.ts";
import type { RevocationSource } from "../dss/revocation-source.ts";
import type { Port } from "../port.ts";
import { crlAddress, extensionOf, parseCertificate, type Certificate } from "../x509/certificate.ts";
import { exchange } from "./transport.ts";

/** How revocation answers are fetched. */
export type HttpRevocationOptions = {
  readonly port: Port;
  /** Says whether an address that a certificate names may be asked: the address is the issuer's word, and inner networks are not the issuer's business. */
  readonly mayAsk: (url: URL) => boolean;
  readonly timeoutMs?: number;
  /** Bytes of an answer; national CRLs run to megabytes. */
  readonly maxBytes?: number;
  /** Told of each answer that did not come, for a log. */
  readonly onProblem?: (url: string, problem: string) => void;
};

/** Asks the OCSP responder and fetches the CRL that the certificate itself names (RFC 5280 §4.2.2.1 and §4.2.1.13; RFC 6960 appendix A). */
export function httpRevocationSource({ port, mayAsk, timeoutMs = 10_000, maxBytes = 16_000_000, onProblem }: HttpRevocationOptions): RevocationSource {
  const fetchFrom = async (address: string | undefined, post?: { readonly body: Uint8Array; readonly type: string }): Promise<Uint8Array | undefined> => {
    if (address === undefined || !URL.canParse(address)) return undefined;
    const url = new URL(address);
    if ((url.protocol !== "http:" && url.protocol !== "https:") || !mayAsk(url)) return undefined;
    const answer = await exchange({ url: address, timeoutMs, maxBytes, ...(post === undefined ? {} : { body: post.body, headers: { "content-type": post.type } }) });
    if (answer instanceof Uint8Array) return answer;
    onProblem?.(address, answer.problem);
    return undefined;
  };
  return {
    ocsp: async (question: RevocationQuestion) => {
      const address = ocspAddress(parseCertificate(question.certificate));
      return address === undefined ? undefined : fetchFrom(address, { body: await ocspRequest(question, port), type: "application/ocsp-request" });
    },
    crl: async ({ certificate }) => fetchFrom(crlAddress(parseCertificate(certificate))),
  };
}

/** Where a certificate says that its status is told: a validator that finds no address asks nobody. */
export function statusAddresses(der: Uint8Array): { readonly crl: string | undefined; readonly ocsp: string | undefined } {
  const certificate = parseCertificate(der);
  return { crl: crlAddress(certificate), ocsp: ocspAddress(certificate) };
}

/** Where the issuer's OCSP responder answers: authorityInfoAccess, method id-ad-ocsp. */
function ocspAddress(certificate: Certificate): string | undefined {
  const extension = extensionOf(certificate, EXTENSION_OID.authorityInfoAccess);
  for (const description of extension === undefined ? [] : parts(extension, "authorityInfoAccess")) {
    const [method, location] = parts(description, "access description");
    if (objectIdentifier(method, "access method") === ID_AD_OCSP && location?.tag === 0x86) return text(location);
  }
  return undefined;
}

const ID_AD_OCSP = "1.3.6.1.5.5.7.48.1";
