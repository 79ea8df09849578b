import { createOcspResponder, createTsa, generateKey, issueCertificate, issueCrl, issueRoot, localRevocationSource, localTimestampAuthority, nodeSigner, statusFrom, type CertificateProfile, type KeyAlgorithm, type Revocation, type SubjectName } from "../src/node.ts";
import type { Signer } from "../src/index.ts";

/** The validity of everything the test authority issues. */
export const VALID_FROM = new Date("2026-01-01T00:00:00Z");
/** … and its end. */
export const VALID_TO = new Date("2028-01-01T00:00:00Z");
/** A time at which everything is valid. */
export const NOW = new Date("2026-11-24T03:00:00Z");

/** A root, an issuing CA and the means to certify people, as an installation has them. */
export async function testAuthority() {
  const root = await issueRoot({ subject: { commonName: "Akar Uji", organisation: "Kabupaten Uji", country: "ID" }, key: generateKey("P-384"), notBefore: VALID_FROM, notAfter: new Date("2046-01-01T00:00:00Z") });
  const issuingKey = generateKey();
  const issuingCertificate = await issueCertificate(root, {
    profile: "issuing", subject: { commonName: "Penerbit Uji", organisation: "Kabupaten Uji", country: "ID" }, key: issuingKey, notBefore: VALID_FROM, notAfter: new Date("2036-01-01T00:00:00Z"), crlUrl: CRL_URL,
  });
  const issuing = { certificate: issuingCertificate, privateKey: issuingKey };
  const certify = async ({ algorithm = "P-256", subject = OFFICIAL, profile = "person", pss = false, notBefore = VALID_FROM, notAfter = VALID_TO }: CertifyOptions = {}): Promise<Signer> => {
    const privateKey = generateKey(algorithm);
    const certificate = await issueCertificate(issuing, { profile, subject, key: privateKey, notBefore, notAfter, ocspUrl: OCSP_URL });
    return nodeSigner({ certificate, chain: [issuingCertificate], privateKey, pss });
  };
  const stampWith = async ({ algorithm = "P-256", pss = false, notBefore = VALID_FROM, notAfter = VALID_TO, profile = "timestamp" }: CertifyOptions = {}) => {
    const privateKey = generateKey(algorithm);
    const certificate = await issueCertificate(issuing, { profile, subject: { commonName: "Stempel Waktu Uji", country: "ID" }, key: privateKey, notBefore, notAfter, ocspUrl: OCSP_URL });
    return { certificate, tsa: createTsa({ certificate, chain: [issuingCertificate], privateKey, pss, policy: TSA_POLICY, accuracyMs: 1_500 }) };
  };
  /** A time-stamping authority whose clock stands at `at`. */
  const stamping = async (at: Date = NOW, options: CertifyOptions = {}) => localTimestampAuthority((await stampWith(options)).tsa, () => at, [root.certificate]);
  const revoked: Revocation[] = [];
  const responderKey = generateKey();
  const responder = createOcspResponder({
    issuer: issuingCertificate, privateKey: responderKey, validForMs: 7 * DAY_MS, statusOf: async (serialNumber) => statusFrom(revoked, async () => true)(serialNumber),
    certificate: await issueCertificate(issuing, { profile: "ocsp", subject: { commonName: "Penjawab OCSP Uji", country: "ID" }, key: responderKey, notBefore: VALID_FROM, notAfter: new Date("2035-01-01T00:00:00Z") }),
  });
  /** Answers about every certificate issued here, as of `at`: OCSP about people and time-stamps, the root's CRL about the issuing CA. */
  const revocation = (at: Date = NOW) => localRevocationSource([
    { issuer: issuingCertificate, responder },
    { issuer: root.certificate, crl: () => issueCrl(root, { number: 1, thisUpdate: at, nextUpdate: new Date(at.getTime() + 30 * DAY_MS), revoked: [] }) },
  ], () => at);
  return { root, issuing, trust: [root.certificate], certify, stampWith, stamping, responder, revoked, revocation };
}

/** Where the certificates say that answers are; nobody goes there. */
const [OCSP_URL, CRL_URL] = ["http://ocsp.uji.example", "http://crl.uji.example/akar.crl"];
const DAY_MS = 86_400_000;

/** The policy of the test authority's time-stamps. */
export const TSA_POLICY = "1.3.6.1.4.1.99999.3.1";

/** What `certify` may vary. */
export type CertifyOptions = {
  readonly algorithm?: KeyAlgorithm;
  readonly subject?: SubjectName;
  readonly profile?: CertificateProfile;
  readonly pss?: boolean;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
};

/** The official who signs in the tests. */
export const OFFICIAL: SubjectName = { commonName: "Siti Aminah", organisation: "Kabupaten Uji", unit: "Sekretariat Daerah", title: "Sekretaris Daerah", serialNumber: "P-0007" };
