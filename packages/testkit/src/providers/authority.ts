import { generateKey, issueCertificate, issueRoot, type KeyAlgorithm } from "@lontar/pades/node";

/** Whom a simulated provider certifies. */
export type Holder = { readonly name: string; readonly key?: KeyAlgorithm; readonly notAfter?: Date };

const years = (count: number): number => count * 365 * 86_400_000;

/** A certification authority as an outside provider runs one: a root, an issuing certificate, people. */
export const openAuthority = async (name: string, now: Date) => {
  const wholeSecond = now.getTime() - now.getMilliseconds(); // certificates know no finer time
  const span = { notBefore: new Date(wholeSecond - years(1)), notAfter: new Date(wholeSecond + years(10)) };
  const root = await issueRoot({ subject: { commonName: `${name} Root`, country: "ID" }, key: generateKey("P-384"), ...span });
  const issuingKey = generateKey("P-256");
  const issuing = { certificate: await issueCertificate(root, { profile: "issuing", subject: { commonName: name, country: "ID" }, key: issuingKey, ...span }), privateKey: issuingKey };
  return {
    root: root.certificate,
    rootAuthority: root,
    issuing,
    chain: [issuing.certificate],
    certify: async ({ name: commonName, key: algorithm = "P-256", notAfter = span.notAfter }: Holder) => {
      const privateKey = generateKey(algorithm);
      return { privateKey, certificate: await issueCertificate(issuing, { profile: "person", subject: { commonName, country: "ID" }, key: privateKey, notBefore: span.notBefore, notAfter }) };
    },
  };
};
