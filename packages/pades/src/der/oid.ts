/** Object identifiers of CMS and its attributes (RFC 5652, RFC 5035, RFC 6211, RFC 3161). */
export const CMS_OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  tstInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  algorithmProtection: "1.2.840.113549.1.9.52",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  signatureTimestamp: "1.2.840.113549.1.9.16.2.14",
  revocationValues: "1.2.840.113549.1.9.16.2.24",
  adobeRevocation: "1.2.840.113583.1.1.8",
  ocspResponse: "1.3.6.1.5.5.7.16.2",
} as const;

/** Object identifiers of digests, keys, curves and signatures (RFC 5754, RFC 5480, RFC 8017, RFC 8410). */
export const ALGORITHM_OID = {
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
  rsa: "1.2.840.113549.1.1.1",
  mgf1: "1.2.840.113549.1.1.8",
  rsaPss: "1.2.840.113549.1.1.10",
  sha1Rsa: "1.2.840.113549.1.1.5",
  sha256Rsa: "1.2.840.113549.1.1.11",
  sha384Rsa: "1.2.840.113549.1.1.12",
  sha512Rsa: "1.2.840.113549.1.1.13",
  ecKey: "1.2.840.10045.2.1",
  p256: "1.2.840.10045.3.1.7",
  p384: "1.3.132.0.34",
  p521: "1.3.132.0.35",
  ecdsaSha256: "1.2.840.10045.4.3.2",
  ecdsaSha384: "1.2.840.10045.4.3.3",
  ecdsaSha512: "1.2.840.10045.4.3.4",
  ed25519: "1.3.101.112",
} as const;

/** Object identifiers of certificate and CRL extensions (RFC 5280 §4.2, §5.2). */
export const EXTENSION_OID = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  crlReason: "2.5.29.21",
  invalidityDate: "2.5.29.24",
  deltaCrl: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  certificateIssuer: "2.5.29.29",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  freshestCrl: "2.5.29.46",
  inhibitAnyPolicy: "2.5.29.54",
  expiredCertsOnCrl: "2.5.29.60",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
  subjectInfoAccess: "1.3.6.1.5.5.7.1.11",
  qcStatements: "1.3.6.1.5.5.7.1.3",
  ocspNoCheck: "1.3.6.1.5.5.7.48.1.5",
} as const;

/** Attribute types of names (X.520). */
export const NAME_OID = {
  commonName: "2.5.4.3",
  serialNumber: "2.5.4.5",
  country: "2.5.4.6",
  organisation: "2.5.4.10",
  unit: "2.5.4.11",
  title: "2.5.4.12",
  organisationIdentifier: "2.5.4.97",
  emailAddress: "1.2.840.113549.1.9.1",
} as const;

/** id-kp-timeStamping (RFC 3161 §2.3). */
export const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

/** id-kp-OCSPSigning (RFC 6960 §4.2.2.2). */
export const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

/** Object identifiers of OCSP (RFC 6960 §4). */
export const OCSP_OID = { basic: "1.3.6.1.5.5.7.48.1.1", nonce: "1.3.6.1.5.5.7.48.1.2", archiveCutoff: "1.3.6.1.5.5.7.48.1.6" } as const;

/** Algorithms that are known by name and refused: what a report calls them instead of a number. */
export const REFUSED_ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.2.5", "MD5"], ["1.2.840.113549.1.1.4", "RSA with MD5"], ["1.2.840.113549.1.1.2", "RSA with MD2"], ["2.16.840.1.101.3.4.2.4", "SHA-224"],
  ["1.2.840.113549.1.1.14", "RSA with SHA-224"], ["1.2.840.10040.4.1", "DSA"], ["1.2.840.10040.4.3", "DSA with SHA-1"], ["2.16.840.1.101.3.4.3.2", "DSA with SHA-256"],
  ["1.2.840.10045.4.3.1", "ECDSA with SHA-224"], ["1.3.101.113", "Ed448"], ["1.3.36.3.2.1", "RIPEMD-160"], ["1.3.132.0.10", "secp256k1"],
  ["1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"], ["1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"], ["1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"],
  ["2.16.840.1.101.3.4.2.8", "SHA3-256"], ["2.16.840.1.101.3.4.2.9", "SHA3-384"], ["2.16.840.1.101.3.4.2.10", "SHA3-512"], ["2.16.840.1.101.3.4.2.12", "SHAKE256"],
  ["1.2.643.7.1.1.1.1", "GOST R 34.10-2012"], ["1.2.643.7.1.1.1.2", "GOST R 34.10-2012"], ["1.2.156.10197.1.301", "SM2"],
  ["2.16.840.1.101.3.4.3.17", "ML-DSA-44"], ["2.16.840.1.101.3.4.3.18", "ML-DSA-65"], ["2.16.840.1.101.3.4.3.19", "ML-DSA-87"],
]);
