import { constants, verify, X509Certificate } from "node:crypto";
import type { SignerIdentity } from "@lontar/pades";
import type { RefusalCode } from "@lontar/contract";
import type { Seal } from "../../../kernel/seal.ts";
import type { AccountProvider, SigningFault } from "../../provider.ts";
import type { Anchors } from "../anchors.ts";
import { fromDigests, type DigestService } from "../digest.ts";
import type { Looked, TokenAlgorithm } from "./protocol.ts";
import type { TokenFault, Tokens } from "./tokens.ts";

/** How a key on a token signs: whose certificate, by which algorithm, and the CKA_ID that certificate and key share. */
type TokenIdentity = SignerIdentity & { readonly algorithm: TokenAlgorithm; readonly keyId: Uint8Array };

type Deps = { readonly anchors: Anchors; readonly seal: Seal; /** RSA-PSS where the office wants it; not every reader of PDFs knows it. */ readonly rsa: "pkcs1" | "pss"; /** The tokens (label or serial number) on which people may have keys; any, where none is named. */ readonly allowed?: readonly string[] | undefined; readonly now?: () => number };

/**
 * Keys in an HSM or on tokens, through a PKCS#11 module. An account is a token (its label or serial number), and where it has more than
 * one certificate a slash and the key's label or CKA_ID. The PIN guards the whole token, so a token belongs to one person.
 */
export const openPkcs11Provider = (tokens: Tokens, { anchors, seal, ...deps }: Deps): AccountProvider => fromDigests(openTokenService(tokens, deps), { anchors, seal, label: "signing/pkcs11", secret: "pin" });

const openTokenService = (tokens: Tokens, { rsa, allowed, now = Date.now }: Pick<Deps, "rsa" | "allowed" | "now">): DigestService<TokenIdentity> => {
  const look = async (account: string): Promise<{ readonly looked: Looked } | { readonly fault: SigningFault }> => {
    const answer = await tokens.look(accountIn(account).token);
    if ("fault" in answer) return { fault: faultOf(answer.fault) };
    const { looked } = answer;
    if (allowed !== undefined && !allowed.includes(looked.label) && !allowed.includes(looked.serial)) return { fault: { code: "TEMPORARY", retry: "safe", vendor: "token not named in PKCS11_TOKENS", refusal: "token_missing" } };
    return looked.isPinLocked ? { fault: faultOf({ trouble: "pin_locked", stage: "asked", vendor: "CKF_USER_PIN_LOCKED" }) } : answer;
  };
  const identity = async (account: string, certificate: Uint8Array): Promise<{ readonly identity: TokenIdentity } | { readonly fault: SigningFault }> => {
    const answer = await look(account);
    if ("fault" in answer) return answer;
    const chosen = choose(answer.looked, accountIn(account).key, certificate);
    if ("fault" in chosen) return chosen;
    if (chosen.leaf.validToDate.getTime() <= now()) return { fault: { code: "CERT_EXPIRED", retry: "never", vendor: chosen.leaf.validTo } };
    const algorithm = algorithmOf(chosen.leaf, rsa);
    if (algorithm === undefined) return { fault: faultOf({ trouble: "mechanism_unsupported", stage: "asked", vendor: chosen.leaf.publicKey.asymmetricKeyType ?? "" }) };
    return { identity: { certificate: new Uint8Array(chosen.leaf.raw), chain: chainOf(chosen.leaf, answer.looked), algorithm, keyId: chosen.id } };
  };
  return {
    name: "token kriptografi (PKCS#11)",
    identity,
    // What was typed becomes what cannot be mistaken: the serial number and the CKA_ID.
    resolve: async (account) => {
      const answer = await look(account);
      if ("fault" in answer) return account;
      const chosen = choose(answer.looked, accountIn(account).key, new Uint8Array(0));
      return "fault" in chosen ? account : `${answer.looked.serial}/${Buffer.from(chosen.id).toString("hex")}`;
    },
    deviceOf: (account) => accountIn(account).token,
    standing: async (account) => {
      const answer = await identity(account, new Uint8Array(0));
      if (!("fault" in answer)) return "ready";
      switch (answer.fault.code) {
        case "LOCKED":
          return "suspended";
        case "NOT_REGISTERED":
          return "unregistered";
        case "CERT_EXPIRED":
          return "expired";
        default: // what a token that is not there thinks of its keys nobody knows
          return "unknown";
      }
    },
    signDigest: async (account, secret, { identity: { keyId, algorithm, certificate }, message, digest }) => {
      const made = await tokens.sign(accountIn(account).token, { keyId, pin: secret, algorithm, message, digest });
      if ("fault" in made) return { fault: faultOf(made.fault) };
      // A key and a certificate of the same CKA_ID need not belong together: that is found here and not by whoever reads the letter.
      return isBy(certificate, algorithm, message, made.signature) ? made : { fault: { code: "PROTOCOL", retry: "never", vendor: "the key is not the certificate's", refusal: "token_certificate_mismatch" } };
    },
    refusals: { suspended: "token_pin_locked", unregistered: "token_key_missing" },
  };
};

/** A token and the name of a key on it, as they stand in an account. */
const accountIn = (account: string): { readonly token: string; readonly key: string } => {
  const [token = "", ...key] = account.split("/");
  return { token: token.trim(), key: key.join("/").trim() };
};

type Chosen = { readonly leaf: X509Certificate; readonly id: Uint8Array } | { readonly fault: SigningFault };

/** The certificate that is meant: the very one that was activated, or at an activation the one that the account names. */
const choose = (looked: Looked, key: string, activated: Uint8Array): Chosen => {
  const people = looked.certificates.flatMap(({ id, label, value }) => {
    const leaf = certificateIn(value);
    return leaf === undefined || leaf.ca ? [] : [{ leaf, id, label }];
  });
  const named = key === "" ? people : people.filter(({ id, label }) => label === key || Buffer.from(id).toString("hex") === key.toLowerCase());
  if (activated.length > 0) {
    const same = people.find(({ leaf }) => Buffer.compare(leaf.raw, activated) === 0);
    if (same !== undefined) return same;
    if (named.length > 0) return { fault: { code: "PROTOCOL", retry: "never", vendor: "another certificate lies on the token", refusal: "token_certificate_mismatch" } };
  }
  // A renewed certificate of the same key lies beside the old one; of two keys nobody guesses which.
  const [newest] = named.toSorted((one, other) => other.leaf.validToDate.getTime() - one.leaf.validToDate.getTime());
  const isPlain = newest !== undefined && named.every(({ id }) => Buffer.compare(id, newest.id) === 0);
  return isPlain ? newest : { fault: faultOf({ trouble: "key_missing", stage: "asked", vendor: `${named.length} certificates` }) };
};

/** Whatever lies on a token, it is not ours: what cannot be read is no certificate. */
const certificateIn = (der: Uint8Array): X509Certificate | undefined => {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined; // an object of a vendor's own
  }
};

const longestChain = 8;

/** The issuers that lie on the token, without the root. */
const chainOf = (leaf: X509Certificate, { certificates }: Looked): readonly Uint8Array[] => {
  const authorities = certificates.flatMap(({ value }) => certificateIn(value) ?? []).filter(({ ca }) => ca);
  const chain: X509Certificate[] = [];
  for (let last = leaf; chain.length < longestChain; ) {
    const issuer = authorities.find((authority) => last.checkIssued(authority) && last.verify(authority.publicKey) && !authority.checkIssued(authority));
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain.map(({ raw }) => new Uint8Array(raw));
};

const algorithmOf = ({ publicKey }: X509Certificate, rsa: Deps["rsa"]): TokenAlgorithm | undefined => {
  switch (publicKey.asymmetricKeyType) {
    case "ec":
      return publicKey.asymmetricKeyDetails?.namedCurve === "prime256v1" ? "ecdsa-p256-sha256" : publicKey.asymmetricKeyDetails?.namedCurve === "secp384r1" ? "ecdsa-p384-sha384" : undefined;
    case "rsa":
      return rsa === "pss" ? "rsa-pss-sha256" : "rsa-pkcs1-sha256";
    default:
      return undefined;
  }
};

const isBy = (certificate: Uint8Array, algorithm: TokenAlgorithm, message: Uint8Array, signature: Uint8Array): boolean => {
  const key = new X509Certificate(certificate).publicKey;
  switch (algorithm) {
    case "ecdsa-p256-sha256":
      return verify("sha256", message, { key, dsaEncoding: "ieee-p1363" }, signature);
    case "ecdsa-p384-sha384":
      return verify("sha384", message, { key, dsaEncoding: "ieee-p1363" }, signature);
    case "rsa-pkcs1-sha256":
      return verify("sha256", message, key, signature);
    case "rsa-pss-sha256":
      return verify("sha256", message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, signature);
    default:
      return algorithm satisfies never;
  }
};

type Class = Pick<SigningFault, "code" | "retry"> & { readonly refusal?: RefusalCode };

/** A token's trouble in the words of every provider, and the sentence for its owner. */
export const faultOf = ({ trouble, stage, vendor }: TokenFault): SigningFault => {
  const isDone = stage === "key" && mayHaveSigned.has(trouble);
  return { ...(isDone ? ({ code: "OUTCOME_UNKNOWN", retry: "reconcile" } as const) : classes[trouble]), vendor: trouble === "died" || trouble === "silent" ? `${trouble}: ${vendor}` : vendor };
};

const mayHaveSigned: ReadonlySet<TokenFault["trouble"]> = new Set<TokenFault["trouble"]>(["died", "silent", "session_lost", "token_gone", "unknown"]);

const classes: Readonly<Record<TokenFault["trouble"], Class>> = {
  module_missing: { code: "TEMPORARY", retry: "safe", refusal: "token_module_missing" },
  token_gone: { code: "TEMPORARY", retry: "safe", refusal: "token_missing" },
  session_lost: { code: "TEMPORARY", retry: "safe", refusal: "token_session_lost" },
  died: { code: "TEMPORARY", retry: "safe", refusal: "token_session_lost" },
  silent: { code: "TEMPORARY", retry: "safe", refusal: "token_session_lost" },
  busy: { code: "RATE", retry: "safe" },
  wrong_pin: { code: "WRONG_SECRET", retry: "safe", refusal: "wrong_pin" },
  wrong_pin_last: { code: "WRONG_SECRET", retry: "safe", refusal: "wrong_pin_last" },
  pin_locked: { code: "LOCKED", retry: "never", refusal: "token_pin_locked" },
  key_missing: { code: "NOT_REGISTERED", retry: "never", refusal: "token_key_missing" },
  mechanism_unsupported: { code: "PROTOCOL", retry: "never", refusal: "token_mechanism" },
  unknown: { code: "PROTOCOL", retry: "never" },
};
