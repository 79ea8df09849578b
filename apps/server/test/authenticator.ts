import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";

/** What a software authenticator may be told to do wrong. */
export type Lie = { readonly origin?: string; readonly rpId?: string; readonly isVerified?: boolean; readonly counter?: number; readonly challenge?: string; readonly key?: KeyObject };

type Question = { readonly challenge: string; readonly rpId: string };
type Offer = { readonly challenge: string; readonly rp: { readonly id: string } };

/** A passkey in software, which keeps to WebAuthn unless it is told to lie. */
export const createAuthenticator = (origin: string) => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(16);
  let counter = 0;

  const clientData = (type: string, challenge: string, lie: Lie): Buffer => Buffer.from(JSON.stringify({ type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? origin, crossOrigin: false }));

  const authenticatorData = (rpId: string, lie: Lie, attested = Buffer.alloc(0)): Buffer => {
    counter = lie.counter ?? counter + 1;
    const head = Buffer.alloc(5);
    head.writeUInt8(0x01 | (lie.isVerified === false ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0));
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([createHash("sha256").update(lie.rpId ?? rpId).digest(), head, attested]);
  };

  /** The public key as COSE says it (RFC 9053 §7.1): EC2, ES256, P-256. */
  const coseKey = (): Buffer => {
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    return Buffer.concat([Buffer.from("a5010203262001215820", "hex"), Buffer.from(x, "base64url"), Buffer.from("225820", "hex"), Buffer.from(y, "base64url")]);
  };

  return {
    /** Answers an offer to make a passkey. */
    make: (offer: Offer, lie: Lie = {}) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const data = authenticatorData(offer.rp.id, lie, Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey()]));
      const size = Buffer.alloc(2);
      size.writeUInt16BE(data.length);
      // {"fmt": "none", "attStmt": {}, "authData": h'…'} in CBOR
      const attestation = Buffer.concat([Buffer.from("a3", "hex"), cborText("fmt"), cborText("none"), cborText("attStmt"), Buffer.from("a0", "hex"), cborText("authData"), Buffer.from("59", "hex"), size, data]);
      const id = credentialId.toString("base64url");
      return { id, rawId: id, type: "public-key" as const, response: { clientDataJSON: clientData("webauthn.create", offer.challenge, lie).toString("base64url"), attestationObject: attestation.toString("base64url"), transports: ["internal"] } };
    },
    /** Answers a question. */
    answer: (question: Question, lie: Lie = {}) => {
      const said = clientData("webauthn.get", question.challenge, lie);
      const data = authenticatorData(question.rpId, lie);
      const signature = createSign("sha256").update(Buffer.concat([data, createHash("sha256").update(said).digest()])).sign(lie.key ?? privateKey);
      const id = credentialId.toString("base64url");
      return { id, rawId: id, type: "public-key" as const, response: { clientDataJSON: said.toString("base64url"), authenticatorData: data.toString("base64url"), signature: signature.toString("base64url") } };
    },
  };
};

const cborText = (text: string): Buffer => Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)]);
