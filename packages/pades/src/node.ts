/** The Node face of the package: the port over OpenSSL, a signer whose key is in this process, and the embedded CA. */
export { nodePort } from "./node-port.ts";
export { nodeSigner, type NodeSignerOptions } from "./node-signer.ts";
export { exportPrivateKey, generateKey, importPrivateKey, publicKeyInfo, type KeyAlgorithm } from "./ca/keys.ts";
export { issueCertificate, issueRoot, type CertificateAuthority, type CertificateProfile, type CertificateRequest, type SubjectName } from "./ca/certificate.ts";
export { createTsa, localTimestampAuthority, type Tsa, type TsaOptions } from "./ca/tsa.ts";
export { httpTimestampAuthority, type HttpTimestampOptions } from "./online/timestamp-authority.ts";
export { createOcspResponder, statusFrom, type CertificateStatus, type OcspResponder, type OcspResponderOptions } from "./ca/ocsp.ts";
export { localRevocationSource, type RevocationService } from "./ca/revocation-source.ts";
export { httpRevocationSource, statusAddresses, type HttpRevocationOptions } from "./online/revocation-source.ts";
export { issueCrl, type CrlRequest, type Revocation, type RevocationReason } from "./ca/crl.ts";
