import { randomBytes } from "node:crypto";
import { BadTimestamp, signPdf } from "@lontar/pades";
import { exportPrivateKey, generateKey, importPrivateKey, issueCertificate, issueCrl, nodePort, nodeSigner } from "@lontar/pades/node";
import type { IssuingProvider, KeyEnrolment } from "../provider.ts";
import { openKey, sealKey } from "../sealed-key.ts";
import { developmentName, pem, years, type DevelopmentCa } from "./development-ca.ts";

/**
 * The development CA: keys of people live in our database, each sealed under its owner's passphrase. It exists so that the whole path
 * can be tried without a certified provider; production mode refuses it.
 */
export const openEmbeddedProvider = ({ root, issuing, addresses }: DevelopmentCa): IssuingProvider => {
  const issue: KeyEnrolment["issue"] = async (person, secret, at) => {
    const key = generateKey("P-256");
    const serial = randomBytes(16);
    serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive and without leading zeros, RFC 5280 §4.1.2.2
    const atMs = Date.parse(at);
    const notAfter = new Date(atMs + years(2));
    const certificate = await issueCertificate(issuing, {
      profile: "person",
      subject: { commonName: person.name, organisation: person.organisation, title: person.title, serialNumber: person.id, country: "ID" },
      key, notBefore: new Date(atMs - 60_000), notAfter, serial, ocspUrl: addresses.ocspUrl,
    });
    const pkcs8 = Buffer.from(exportPrivateKey(key));
    const sealedKey = await sealKey(pkcs8, secret, certificate);
    pkcs8.fill(0);
    return { certificate, chain: [issuing.certificate], handle: sealedKey };
  };
  return {
    name: developmentName,
    development: true,
    needsSecret: true,
    enrolment: { account: "new", issue },
    trust: [root.certificate],
    revocationList: (request) => issueCrl(issuing, request),
    roots: [{ name: `${developmentName} (akar)`, pem: pem(root.certificate) }],
    sign: async (request) => {
      const pkcs8 = await openKey(request.handle, request.secret, request.certificate);
      if (pkcs8 === undefined) return { fault: { code: "WRONG_SECRET", retry: "safe" } };
      const signer = nodeSigner({ certificate: request.certificate, chain: [issuing.certificate], privateKey: importPrivateKey(pkcs8) });
      pkcs8.fill(0);
      const options = { signer, reason: request.reason, location: request.location, name: request.name, signedAt: new Date(request.at), port: nodePort };
      try {
        return { signed: await signPdf(request.pdf, { ...options, ...(request.timestamps !== undefined && { timestamps: request.timestamps }) }) };
      } catch (error) {
        if (!(error instanceof BadTimestamp)) throw error;
        return { signed: await signPdf(request.pdf, options) }; // the letter does not wait for its time-stamp: that is added later
      }
    },
  };
};
