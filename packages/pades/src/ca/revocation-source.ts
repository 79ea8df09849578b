import { sameBytes } from "../bytes.ts";
import { ocspRequest } from "../dss/ocsp-request.ts";
import type { RevocationSource } from "../dss/revocation-source.ts";
import { nodePort } from "../node-port.ts";
import type { OcspResponder } from "./ocsp.ts";

/** What one CA of this process says about the certificates it issued. */
export type RevocationService = { readonly issuer: Uint8Array; readonly responder?: OcspResponder; readonly crl?: () => Promise<Uint8Array> };

/** The revocation answers of CAs in this process, with the caller's clock. */
export function localRevocationSource(services: readonly RevocationService[], clock: () => Date): RevocationSource {
  const serviceOf = (issuer: Uint8Array): RevocationService | undefined => services.find((each) => sameBytes(each.issuer, issuer));
  return {
    ocsp: async (question) => serviceOf(question.issuer)?.responder?.respond(await ocspRequest(question, nodePort), clock()),
    crl: async ({ issuer }) => serviceOf(issuer)?.crl?.(),
  };
}
