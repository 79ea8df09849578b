import type { Certificate } from "./certificate.ts";
import type { VerifyScheme } from "../port.ts";
import { crlStatus } from "./crl-status.ts";
import type { Crl, CrlReason } from "./crl.ts";
import { ocspStatus, type OcspResponse } from "./ocsp.ts";
import type { Path, PathMaterial } from "./path.ts";

/** What is known of revocations: the lists and responses at hand, none of them believed before its signer was checked. */
export type RevocationMaterial = PathMaterial & {
  readonly crls: readonly Crl[];
  readonly ocsps: readonly OcspResponse[];
  /** Whether an answer may be relied on as far as its age and its signer go; the next best is taken instead. */
  readonly accepts?: (answer: RevocationAnswer) => boolean;
};

/** What a CRL or an OCSP response says about one certificate, and how far it can be relied on. */
export type RevocationAnswer = {
  readonly source: "crl" | "ocsp";
  readonly madeAt: Date;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** Whether it can know the certificate: issuers forget certificates that expired before the answer was made. */
  readonly speaksOfIt: boolean;
  /** The list or response itself, as it lay there: what a proof of existence must be for. */
  readonly der: Uint8Array;
  /** Whose key made the answer, and how: until then it can be believed without a proof that it is older. */
  readonly signer: Certificate;
  readonly scheme: VerifyScheme;
} & ({ readonly kind: "good" } | { readonly kind: "revoked"; readonly revokedAt: Date; readonly reason: CrlReason | undefined; readonly invalidSince: Date | undefined });

/**
 * What is known about the certificate at `depth` of a path. A revocation decides, whoever says it; of two good answers the
 * one that speaks longer counts. Only material of signers under the same anchor is used.
 */
export async function revocationOf(path: Path, depth: number, material: RevocationMaterial): Promise<RevocationAnswer | undefined> {
  const [certificate, issuer, anchor] = [path[depth], path[depth + 1], path.at(-1)];
  if (certificate === undefined || issuer === undefined || anchor === undefined) return undefined; // the anchor itself
  return ask(certificate, issuer, anchor, material, 0);
}

async function ask(certificate: Certificate, issuer: Certificate, anchor: Certificate, material: RevocationMaterial, depth: number): Promise<RevocationAnswer | undefined> {
  // Whoever speaks for an issuer must not be revoked itself; the question nests, and hostile material could make it circle.
  const isRevoked = async (signer: Certificate, above: Certificate): Promise<boolean> =>
    depth < MAX_DEPTH && (await ask(signer, above, anchor, material, depth + 1))?.kind === "revoked";
  const accepts = (answer: RevocationAnswer): boolean => speaksOf(answer, certificate) && material.accepts?.(answer) !== false;
  const byList = await crlStatus(certificate, issuer, anchor, { ...material, accepts, isSignerRevoked: isRevoked });
  const byResponse = await ocspStatus(certificate, issuer, { responses: material.ocsps, candidates: material.candidates, port: material.port, accepts, isResponderRevoked: isRevoked });
  if (byList === undefined || byResponse === undefined) return byList ?? byResponse;
  if (byList.kind === "revoked" || byResponse.kind === "revoked") return byList.kind === "revoked" ? byList : byResponse;
  return (byResponse.nextUpdate ?? byResponse.thisUpdate) >= (byList.nextUpdate ?? byList.thisUpdate) ? byResponse : byList;
}

/** A list made before the certificate was, or after it expired and could be forgotten, does not call it good by its silence. */
function speaksOf(answer: RevocationAnswer, { notBefore }: Certificate): boolean {
  return answer.kind === "revoked" || (answer.speaksOfIt && answer.thisUpdate >= notBefore);
}

const MAX_DEPTH = 2;
