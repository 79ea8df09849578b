import { constants, privateEncrypt, type KeyObject } from "node:crypto";
import { openAuthority } from "./authority.ts";
import { json, openService, parsed, type Answered, type Asked } from "./service.ts";

/** How the service can go wrong. */
export type CscTrouble = "none" | "token_lost" | "locked" | "busy" | "too_many" | "silence_before" | "hang_up_after" | "silence_after" | "error_after" | "other_digest";

type Credential = { readonly id: string; readonly name: string; readonly pin: string };

/** A remote signing service of the Cloud Signature Consortium's API 1.0 and 2.0: it signs a digest only under a leave (SAD) that names this digest, and each leave once. */
export const openCsc = async ({ now, credentials, username = "lontar", password = "rahasia-layanan" }: { readonly now: () => Date; readonly credentials: readonly Credential[]; readonly username?: string; readonly password?: string }) => {
  const authority = await openAuthority("CSC Uji", now());
  const holders = new Map(await Promise.all(credentials.map(async (credential) => [credential.id, { ...credential, ...(await authority.certify({ name: credential.name, key: "RSA-2048" })) }] as const)));
  const state: { trouble: CscTrouble; asked: number; signed: number; token: number } = { trouble: "none", asked: 0, signed: 0, token: 1 };
  const leaves = new Map<string, string>();

  const answer = async (asked: Asked): Promise<Answered> => {
    const [, , api, ...rest] = asked.path.split("/");
    const path = rest.join("/");
    if (path === "auth/login") return asked.headers.authorization === `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` ? json(200, { access_token: `token-${state.token}`, expires_in: 3600 }) : json(401, { error: "authentication_error", error_description: "An error occurred during authentication process" });
    if (asked.headers.authorization !== `Bearer token-${state.token}`) return json(401, { error: "invalid_token", error_description: "The access or refresh token is expired or has been revoked" });
    const body = parsed(asked);
    const holder = holders.get(String(body["credentialID"]));
    if (holder === undefined) return json(400, { error: "invalid_request", error_description: "Invalid parameter credentialID" });
    if (state.trouble === "token_lost" && path === "credentials/authorize") {
      state.trouble = "none";
      state.token += 1;
      return json(401, { error: "invalid_token", error_description: "The access or refresh token is expired or has been revoked" });
    }
    switch (path) {
      case "credentials/info":
        return json(200, {
          key: { status: state.trouble === "locked" ? "disabled" : "enabled", algo: ["1.2.840.113549.1.1.11"], len: 2048 },
          cert: { status: "valid", certificates: [holder.certificate, ...authority.chain].map((der) => Buffer.from(der).toString("base64")) },
          ...(api === "v2" ? { auth: { mode: "explicit", expression: "PIN", objects: [{ type: "Password", id: "PIN" }] } } : { authMode: "explicit", PIN: { presence: "true" } }), multisign: 1, SCAL: "2",
        });
      case "credentials/authorize": {
        const { secret, digest } = read(body, api);
        if (state.trouble === "locked") return json(400, { error: "invalid_request", error_description: "The credential is locked" });
        if (secret !== holder.pin) return json(400, { error: "invalid_pin", error_description: "The PIN is invalid" });
        const leave = `sad-${leaves.size + 1}`;
        leaves.set(leave, digest);
        return json(200, { SAD: leave, expiresIn: 300 });
      }
      case "signatures/signHash": {
        state.asked += 1;
        if (state.trouble === "busy") return json(503, { error: "server_error" });
        if (state.trouble === "too_many") return json(429, { error: "rate_limit_exceeded" });
        if (state.trouble === "silence_before") return "silence";
        const { digest } = read(body, api);
        const leave = String(body["SAD"]);
        if (leaves.get(leave) !== digest) return json(400, { error: "invalid_request", error_description: "Hash is not authorized by the SAD" });
        leaves.set(leave, "");
        state.signed += 1;
        const made = signDigest(holder.privateKey, state.trouble === "other_digest" ? Buffer.alloc(32, 7) : Buffer.from(digest, "base64"));
        if (state.trouble === "silence_after") return "silence";
        if (state.trouble === "error_after") return json(500, { error: "server_error" });
        return state.trouble === "hang_up_after" ? "hang_up" : json(200, { signatures: [made.toString("base64")] });
      }
      default:
        return json(501, { error: "not_implemented_method" });
    }
  };

  const service = await openService(answer);
  return { ...service, root: authority.root, username, password, state };
};

/** A running service. */
export type Csc = Awaited<ReturnType<typeof openCsc>>;

const read = (body: Readonly<Record<string, unknown>>, api: string | undefined): { readonly secret: string; readonly digest: string } => {
  const list = api === "v2" ? body["hashes"] : body["hash"];
  const data = body["authData"];
  const [first] = Array.isArray(data) ? data : [];
  return { digest: String(Array.isArray(list) ? list[0] : ""), secret: String(api === "v2" ? first?.value : body["PIN"]) };
};

/** RSASSA-PKCS1-v1_5 over a digest that is already made (RFC 8017 §8.2.1): a service that never sees the document signs so. */
const signDigest = (key: KeyObject, digest: Buffer): Buffer => privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([sha256DigestInfo, digest]));

const sha256DigestInfo = Buffer.from("3031300d060960864801650304020105000420", "hex");
