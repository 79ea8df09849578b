import { X509Certificate } from "node:crypto";
import type { SignatureAlgorithm, SignerIdentity } from "@lontar/pades";
import { z } from "zod";
import type { SigningFault, Standing } from "../provider.ts";
import { ask, jsonOf, patience as usualPatience, type Patience } from "./ask.ts";
import type { DigestService } from "./digest.ts";

/** Where a remote signing service stands (`…/csc/v1` or `…/csc/v2`), and how this installation signs in there. */
export type CscSettings = { readonly url: URL; readonly username: string; readonly password: string; readonly api: "v1" | "v2"; readonly patience?: Patience };

const login = z.object({ access_token: z.string(), expires_in: z.number().optional() });
const info = z.object({
  key: z.object({ status: z.string(), algo: z.array(z.string()), curve: z.string().optional() }),
  cert: z.object({ status: z.string().optional(), certificates: z.array(z.string()).min(1) }),
  /** v2 names the secrets it asks for; v1 knows "PIN" only. */
  auth: z.object({ objects: z.array(z.object({ id: z.string(), type: z.string() })).optional() }).optional(),
});
const activation = z.object({ SAD: z.string() });
const signatures = z.object({ signatures: z.array(z.string()).length(1) });
const errorSchema = z.object({ error: z.string(), error_description: z.string().optional() });

const answerBytes = 256 * 1024;
const defaultTokenSeconds = 3600;
const earlySeconds = 60;

/** The Cloud Signature Consortium's API 1.0 and 2.0: `credentials/info`, `credentials/authorize`, `signatures/signHash`. A digest is authorised and signed once. */
export const openCscService = ({ url, username, password, api, patience = usualPatience }: CscSettings, now: () => number = Date.now): DigestService => {
  let token: { readonly value: string; readonly untilMs: number } | undefined;
  const at = (path: string): URL => new URL(path, url.href.endsWith("/") ? url : `${url.href}/`);

  const post = async (path: string, authorization: string, body: unknown, isOnce: boolean): Promise<{ readonly said: unknown } | { readonly fault: SigningFault }> => {
    const answer = await ask({ url: at(path), method: "POST", headers: { authorization, "content-type": "application/json", accept: "application/json" }, body: JSON.stringify(body), isOnce, maxBytes: answerBytes }, patience);
    if ("fault" in answer) return answer;
    const { reply } = answer;
    if (reply.isCut) return { fault: isOnce ? { code: "OUTCOME_UNKNOWN", retry: "reconcile" } : { code: "TEMPORARY", retry: "safe" } };
    const said = jsonOf(reply);
    const fault = reply.status === 200 ? undefined : faultOf(reply.status, said);
    return fault === undefined ? { said } : { fault };
  };

  const signIn = async (): Promise<{ readonly token: string } | { readonly fault: SigningFault }> => {
    if (token !== undefined && token.untilMs > now()) return { token: token.value };
    const answer = await post("auth/login", `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`, { rememberMe: false }, false);
    if ("fault" in answer) return answer;
    const read = login.safeParse(answer.said);
    if (!read.success) return { fault: { code: "PROTOCOL", retry: "never", vendor: "auth/login" } };
    token = { value: read.data.access_token, untilMs: now() + ((read.data.expires_in ?? defaultTokenSeconds) - earlySeconds) * 1000 };
    return { token: token.value };
  };

  /** Asks with our token; one that the service has forgotten is renewed once. */
  const call = async <Answer>(path: string, body: unknown, schema: z.ZodType<Answer>, isOnce: boolean): Promise<{ readonly said: Answer } | { readonly fault: SigningFault }> => {
    for (const isLast of [false, true]) {
      const signedIn = await signIn();
      if ("fault" in signedIn) return signedIn;
      const answer = await post(path, `Bearer ${signedIn.token}`, body, isOnce);
      if ("fault" in answer) {
        if (isLast || answer.fault.vendor !== "invalid_token") return answer;
        token = undefined;
        continue;
      }
      const read = schema.safeParse(answer.said);
      return read.success ? { said: read.data } : { fault: { code: isOnce ? "OUTCOME_UNKNOWN" : "PROTOCOL", retry: isOnce ? "reconcile" : "never", vendor: path } };
    }
    throw new Error("broken assumption: the last call is answered");
  };

  const credential = (account: string) => call("credentials/info", { credentialID: account, certificates: "chain", certInfo: true, authInfo: true }, info, false);

  return {
    name: `Cloud Signature Consortium (${url.host})`,
    standing: async (account) => {
      const answer = await credential(account);
      if ("fault" in answer) return answer.fault.code === "NOT_REGISTERED" ? "unregistered" : "unknown";
      return standings[answer.said.cert.status ?? "valid"] ?? (answer.said.key.status === "enabled" ? "ready" : "suspended");
    },
    identity: async (account) => {
      const answer = await credential(account);
      if ("fault" in answer) return answer;
      const identity = identityOf(answer.said);
      return identity === undefined ? { fault: { code: "PROTOCOL", retry: "never", vendor: answer.said.key.algo.join(" ") } } : { identity };
    },
    signDigest: async (account, secret, { identity, digest }) => {
      const hash = Buffer.from(digest).toString("base64");
      const { hashOid, signOid } = oids[identity.algorithm];
      const asked = await credential(account);
      if ("fault" in asked) return asked;
      const pin = asked.said.auth?.objects?.find(({ type }) => type === "Password")?.id ?? "PIN";
      // Asking for leave signs nothing, but it spends a try of the secret: it is not repeated once it may have arrived.
      const leave = await call("credentials/authorize", api === "v1" ? { credentialID: account, numSignatures: 1, hash: [hash], PIN: secret } : { credentialID: account, numSignatures: 1, hashes: [hash], hashAlgorithmOID: hashOid, authData: [{ id: pin, value: secret }] }, activation, true);
      if ("fault" in leave) return { fault: leave.fault.code === "OUTCOME_UNKNOWN" ? { ...leave.fault, code: "TEMPORARY", retry: "safe" } : leave.fault };
      const made = await call("signatures/signHash", { credentialID: account, SAD: leave.said.SAD, signAlgo: signOid, ...(api === "v1" ? { hash: [hash], hashAlgo: hashOid } : { hashes: [hash], hashAlgorithmOID: hashOid }) }, signatures, true);
      return "fault" in made ? made : { signature: Buffer.from(made.said.signatures[0] ?? "", "base64") };
    },
  };
};

const identityOf = ({ key, cert }: z.output<typeof info>): SignerIdentity | undefined => {
  const [certificate, ...chain] = cert.certificates.map((encoded) => Buffer.from(encoded, "base64"));
  const algorithm = certificate === undefined ? undefined : algorithmOf(new X509Certificate(certificate), key.algo);
  return certificate === undefined || algorithm === undefined ? undefined : { certificate, chain, algorithm };
};

/** The strongest algorithm that key and service share; the certificate says what the key is, the service's list what it will do. */
const algorithmOf = ({ publicKey }: X509Certificate, offered: readonly string[]): SignatureAlgorithm | undefined => {
  switch (publicKey.asymmetricKeyType) {
    case "ec":
      return publicKey.asymmetricKeyDetails?.namedCurve === "prime256v1" ? "ecdsa-p256-sha256" : publicKey.asymmetricKeyDetails?.namedCurve === "secp384r1" ? "ecdsa-p384-sha384" : undefined;
    case "rsa":
      return offered.includes(oids["rsa-pkcs1-sha256"].signOid) || offered.includes(rsaEncryption) ? "rsa-pkcs1-sha256" : undefined;
    default:
      return undefined;
  }
};

const rsaEncryption = "1.2.840.113549.1.1.1";
const sha256Oid = "2.16.840.1.101.3.4.2.1";

const oids: Readonly<Record<SignatureAlgorithm, { readonly hashOid: string; readonly signOid: string }>> = {
  "ecdsa-p256-sha256": { hashOid: sha256Oid, signOid: "1.2.840.10045.4.3.2" },
  "ecdsa-p384-sha384": { hashOid: "2.16.840.1.101.3.4.2.2", signOid: "1.2.840.10045.4.3.3" },
  "rsa-pkcs1-sha256": { hashOid: sha256Oid, signOid: "1.2.840.113549.1.1.11" },
  "rsa-pss-sha256": { hashOid: sha256Oid, signOid: "1.2.840.113549.1.1.10" },
  ed25519: { hashOid: "2.16.840.1.101.3.4.2.3", signOid: "1.3.101.112" },
};

const standings: Readonly<Record<string, Standing>> = { expired: "expired", revoked: "revoked", suspended: "suspended" };

/** `{error, error_description}` (API 1.0.4 §11); a wrong PIN is said in the error, or by some services only in its description. */
const faultOf = (status: number, said: unknown): SigningFault => {
  const read = errorSchema.safeParse(said);
  const vendor = read.success ? read.data.error : `HTTP ${status}`;
  const text = read.success ? `${read.data.error} ${read.data.error_description ?? ""}` : "";
  if (/invalid_(pin|otp)/.test(text) || /\b(pin|otp|password)\b.*\b(invalid|wrong|incorrect)|\b(invalid|wrong|incorrect)\b.*\b(pin|otp|password)\b/i.test(text)) return { code: "WRONG_SECRET", retry: "safe", vendor };
  if (/lock|suspend|disabled/i.test(text)) return { code: "LOCKED", retry: "never", vendor };
  if (/expired/i.test(text) && /certificate|credential/i.test(text)) return { code: "CERT_EXPIRED", retry: "never", vendor };
  if (/credentialID/i.test(text)) return { code: "NOT_REGISTERED", retry: "never", vendor };
  return { code: "PROTOCOL", retry: "never", vendor };
};
