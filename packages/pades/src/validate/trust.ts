import type { Port } from "../port.ts";
import { verifyScheme, weakness } from "../x509/algorithm.ts";
import { crlAddress, extendedKeyUsage, keyUsage, normalName, type Certificate } from "../x509/certificate.ts";
import { isCompleteCrl, type Crl } from "../x509/crl.ts";
import { buildPath, type PathMaterial } from "../x509/path.ts";
import { toHex } from "../bytes.ts";
import { TIME_STAMPING } from "../der/oid.ts";
import { failed, passed, undecided, type Check } from "./report.ts";

/** What certificates are judged with. */
export type TrustMaterial = PathMaterial & { readonly crls: readonly Crl[]; readonly requireRevocation: boolean };

/** When a certificate must have been good: the time of judgement, and what proves that the signature is older. */
export type ControlTimes = { readonly at: Date; readonly proven: Date | undefined; readonly claimed: Date | undefined };

/** What a certificate is to be used for. */
export type Purpose = "signing" | "timestamping";

/**
 * Judges the signer's certificate (EN 319 102-1 §5.2.6): path, purpose, revocation. A signature proven older than the end of
 * its certificate is judged at the proven time.
 */
export async function checkCertificate(certificate: Certificate, trust: TrustMaterial, times: ControlTimes, purpose: Purpose): Promise<Check[]> {
  const control = times.proven !== undefined && times.proven < times.at ? times.proven : times.at;
  const result = await buildPath(certificate, trust, control);
  const checks: Check[] = [checkPurpose(certificate, purpose)];
  if ("problem" in result) return [undecided("certificate_chain", result.problem.sub, result.problem.detail), ...checks];
  const anchor = result.path.at(-1);
  checks.unshift(passed("certificate_chain", `${result.path.length} certificates lead to ${anchor === undefined ? "" : describeSubject(anchor)}`));
  checks.push(await checkRevocation(result.path, trust, times, control));
  return checks;
}

function describeSubject(certificate: Certificate): string {
  return normalName(certificate.subject).split("\u0000").map((part) => part.slice(part.indexOf("=") + 1)).join(", ");
}

function checkPurpose(certificate: Certificate, purpose: Purpose): Check {
  const usage = keyUsage(certificate);
  if (usage !== undefined && !usage.has("digitalSignature") && !usage.has("nonRepudiation")) {
    return undecided("certificate_purpose", "CHAIN_CONSTRAINTS_FAILURE", "the certificate is not for signing");
  }
  const purposes = extendedKeyUsage(certificate);
  if (purpose === "timestamping") {
    // RFC 3161 §2.3: exactly this one purpose.
    const fits = purposes?.length === 1 && purposes[0] === TIME_STAMPING;
    return fits ? passed("certificate_purpose", "time-stamping") : undecided("certificate_purpose", "CHAIN_CONSTRAINTS_FAILURE", "the certificate is not for time-stamping");
  }
  if (purposes?.length === 1 && purposes[0] === TIME_STAMPING) return undecided("certificate_purpose", "CHAIN_CONSTRAINTS_FAILURE", "the certificate is for time-stamping only");
  return passed("certificate_purpose", "signing");
}

async function checkRevocation(path: readonly Certificate[], trust: TrustMaterial, times: ControlTimes, control: Date): Promise<Check> {
  let isComplete = true;
  for (let k = 0; k + 1 < path.length; k++) {
    const [certificate, issuer] = [path[k], path[k + 1]];
    if (certificate === undefined || issuer === undefined) continue;
    const status = await statusOf(certificate, issuer, trust, control, k > 0);
    if (status instanceof Date) return revokedCheck(status, k > 0, times);
    if (status === "unknown") isComplete = false;
  }
  if (isComplete) return passed("revocation", "no certificate was revoked");
  if (trust.requireRevocation) return undecided("revocation", "TRY_LATER", "whether a certificate was revoked could not be found out");
  const address = path[0] === undefined ? undefined : crlAddress(path[0]);
  return { name: "revocation", outcome: "indeterminate", detail: `not checked: no usable revocation list was given${address === undefined ? "" : ` (published at ${address})`}` };
}

/** Revoked before a proven or even a claimed signing time, the signature is wrong; otherwise nobody knows which came first. */
function revokedCheck(revokedAt: Date, isIssuer: boolean, { proven, claimed }: ControlTimes): Check {
  const detail = `${isIssuer ? "an issuer's certificate" : "the certificate"} was revoked on ${revokedAt.toISOString()}`;
  if (proven !== undefined && proven < revokedAt) return passed("revocation", `${detail}, after the signature was made`);
  if (!isIssuer && claimed !== undefined && claimed >= revokedAt) return failed("revocation", "REVOKED", detail);
  return undecided("revocation", isIssuer ? "REVOKED_CA_NO_POE" : "REVOKED_NO_POE", detail);
}

async function statusOf(certificate: Certificate, issuer: Certificate, trust: TrustMaterial, control: Date, isCa: boolean): Promise<Date | "good" | "unknown"> {
  let answer: "good" | "unknown" = "unknown";
  for (const crl of trust.crls) {
    if (normalName(crl.issuer) !== normalName(issuer.subject) || !(await isGenuine(crl, issuer, trust.port))) continue;
    const revokedAt = crl.revoked.get(toHex(certificate.serialNumber));
    if (revokedAt !== undefined) return revokedAt;
    const isCurrent = crl.nextUpdate === undefined || crl.nextUpdate >= control;
    if (isCurrent && isCompleteCrl(crl, isCa)) answer = "good";
  }
  return answer;
}

async function isGenuine(crl: Crl, issuer: Certificate, port: Port): Promise<boolean> {
  if (keyUsage(issuer)?.has("cRLSign") === false) return false;
  const scheme = verifyScheme(crl.signatureAlgorithm, issuer.key);
  return scheme !== undefined && weakness(scheme, issuer.key) === undefined && (await port.verify({ scheme, spki: issuer.spki, message: crl.tbs, signature: crl.signature }));
}
