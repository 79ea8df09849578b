import { constants, createPrivateKey, sign, type KeyObject } from "node:crypto";
import type { SignatureAlgorithm } from "./cms/build.ts";
import type { Signer } from "./sign/signer.ts";

/** What `nodeSigner` needs: a certificate, its issuers, and its key (a KeyObject, or PKCS#8 DER). */
export type NodeSignerOptions = {
  readonly certificate: Uint8Array;
  readonly chain?: readonly Uint8Array[];
  readonly privateKey: KeyObject | Uint8Array;
  /** Sign with RSA-PSS instead of PKCS#1 v1.5. */
  readonly pss?: boolean;
};

/** A signer whose key lives in this process. Throws for a key type this package does not sign with. */
export function nodeSigner({ certificate, chain = [], privateKey, pss = false }: NodeSignerOptions): Signer {
  const key = privateKey instanceof Uint8Array ? createPrivateKey({ key: Buffer.from(privateKey), format: "der", type: "pkcs8" }) : privateKey;
  const algorithm = algorithmOf(key, pss);
  return { certificate, chain, algorithm, sign: ({ message }) => Promise.resolve(signNow(algorithm, key, message)) };
}

function algorithmOf(key: KeyObject, pss: boolean): SignatureAlgorithm {
  switch (key.asymmetricKeyType) {
    case "rsa":
      return pss ? "rsa-pss-sha256" : "rsa-pkcs1-sha256";
    case "rsa-pss":
      return "rsa-pss-sha256";
    case "ed25519":
      return "ed25519";
    case "ec":
      if (key.asymmetricKeyDetails?.namedCurve === "prime256v1") return "ecdsa-p256-sha256";
      if (key.asymmetricKeyDetails?.namedCurve === "secp384r1") return "ecdsa-p384-sha384";
      break;
    default:
      break;
  }
  throw new TypeError(`no signature algorithm for a key of type ${key.asymmetricKeyType ?? "secret"}`);
}

function signNow(algorithm: SignatureAlgorithm, key: KeyObject, message: Uint8Array): Uint8Array {
  switch (algorithm) {
    case "ecdsa-p256-sha256":
    case "rsa-pkcs1-sha256":
      return sign("sha256", message, key);
    case "ecdsa-p384-sha384":
      return sign("sha384", message, key);
    case "rsa-pss-sha256":
      return sign("sha256", message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
    case "ed25519":
      return sign(null, message, key);
    default:
      return algorithm satisfies never;
  }
}
