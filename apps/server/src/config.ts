import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import type { SsoSettings } from "./access/index.ts";
import type { SigningSettings } from "./signing/index.ts";

const size = z.coerce.number().int().positive();

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default("0.0.0.0"),
  LONTAR_PROXY: z.string().refine(isProxyList, "alamat atau rentang proksi, dipisah koma: 10.0.0.5, 10.1.0.0/16, loopback, uniquelocal").default("loopback"),
  LONTAR_DATA: z.string().default("./data"),
  LONTAR_MODE: z.enum(["demo", "production"]).default("demo"),
  LONTAR_SECRET: z.string().min(32, "paling sedikit 32 huruf acak").optional(),
  LONTAR_URL: z.url().optional(),
  LONTAR_WITNESSES: z.string().optional(),
  LONTAR_LOG: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  LONTAR_SIGNER: z.enum(["development", "bsre", "csc", "pkcs11"]).optional(),
  SIGNER_URL: z.url().optional(),
  SIGNER_USERNAME: z.string().optional(),
  SIGNER_PASSWORD: z.string().optional(),
  SIGNER_API: z.enum(["v1", "v2"]).default("v2"),
  SIGNER_TRUST: z.string().optional(),
  PKCS11_MODULE: z.string().optional(),
  PKCS11_TOKENS: z.string().optional(),
  PKCS11_RSA: z.enum(["pkcs1", "pss"]).default("pkcs1"),
  PKCS11_TIMEOUT_MS: size.default(60_000),
  SEAL_KEYS: z.string().refine((text) => sealKeysIn(text) !== undefined, "kode wilayah, =, nama token, /, nama kunci; dipisah koma: 64.09=Segel Kantor/segel").optional(),
  SEAL_PIN: z.string().optional(),
  TSA_URL: z.union([z.literal("none"), z.url()]).optional(),
  TSA_USERNAME: z.string().optional(),
  TSA_PASSWORD: z.string().optional(),
  TSA_POLICY: z.string().regex(/^\d+(\.\d+)+$/, "pengenal kebijakan (OID) seperti 1.3.6.1.4.1.1").optional(),
  TSA_TRUST: z.string().optional(),
  TSA_TIMEOUT_MS: size.default(5000),
  LONTAR_UPLOAD_MB: size.default(50),
  LONTAR_UPLOAD_PAGES: size.default(500),
  LONTAR_OCR_PAGES: size.default(20),
  DATABASE_URL: z.string().startsWith("postgres").optional(),
  SMTP_URL: z.string().startsWith("smtp").optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_LABEL: z.string().max(60).default("akun instansi"),
  OIDC_CLAIM: z.string().default("preferred_username"),
  OIDC_MATCH: z.enum(["username", "nip", "email"]).default("username"),
  MAIL_FROM: z.string().default("Lontar <lontar@localhost>"),
});

const namedRanges: ReadonlySet<string> = new Set(["loopback", "linklocal", "uniquelocal"]);

/** Addresses, ranges and named ranges, parted by commas. */
function isProxyList(list: string): boolean {
  return list.split(",").every((item) => {
    const [address = "", bits, ...more] = item.trim().split("/");
    return namedRanges.has(item.trim()) || (isIP(address) !== 0 && more.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits)));
  });
}

/** Keys of seals by the code of their government: `64.09=token/key`, parted by commas. */
function sealKeysIn(text: string): Readonly<Record<string, string>> | undefined {
  const pairs = text.split(",").map((item) => /^\s*([\d.]+)\s*=\s*([^/=]+\/[^/=]+?)\s*$/.exec(item));
  return pairs.some((pair) => pair === null) ? undefined : Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]));
}

/** The variables that are read. */
export const settingNames: readonly string[] = Object.keys(environment.shape);

/** Everything that can be set from outside, typed, read once. */
export type Config = SigningSettings & {
  readonly port: number;
  readonly host: string;
  /** The reverse proxies whose word on the caller's address is believed; anyone else's X-Forwarded-For is a stranger's claim. */
  readonly proxies: string;
  readonly dataFolder: string;
  /** Seals second-factor secrets; made and kept in the data folder when demo mode has none. */
  readonly secret: string | undefined;
  /** Address by which people reach this installation; it is printed in QR codes. */
  readonly publicUrl: string;
  readonly logLevel: string;
  readonly uploadBytes: number;
  readonly uploadPages: number;
  readonly ocrPages: number;
  /** The tlog-policy file that names the witnesses of the logs and how many of them are enough. */
  readonly witnessPolicy: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** Single sign-on, when all of it is set. */
  readonly sso: SsoSettings | undefined;
};

/** The configuration cannot be used; the message names each variable and what it should be. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Reads the environment into a typed configuration, or throws `ConfigError` naming every fault at once. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const given = environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== "")));
  if (!given.success) throw new ConfigError(given.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n"));
  const set = given.data;
  const faults = [
    ...(set.LONTAR_MODE === "production" && set.LONTAR_SECRET === undefined ? ["LONTAR_SECRET: wajib dalam mode production (32 huruf acak atau lebih)"] : []),
    ...(set.LONTAR_MODE === "production" && set.LONTAR_URL === undefined ? ["LONTAR_URL: wajib dalam mode production (alamat https yang dicetak pada QR)"] : []),
    ...(set.LONTAR_MODE === "production" && set.LONTAR_URL !== undefined && !set.LONTAR_URL.startsWith("https:") ? ["LONTAR_URL: harus https dalam mode production"] : []),
    ...(set.LONTAR_MODE === "production" && set.LONTAR_SIGNER === "development" ? ["LONTAR_SIGNER: CA pengembangan tidak boleh dipakai dalam mode production"] : []),
    ...(isOutside(set.LONTAR_SIGNER) ? (["SIGNER_URL", "SIGNER_USERNAME", "SIGNER_PASSWORD", "SIGNER_TRUST"] as const).filter((name) => set[name] === undefined).map((name) => `${name}: wajib bila LONTAR_SIGNER=${set.LONTAR_SIGNER}`) : []),
    ...(set.LONTAR_SIGNER === "pkcs11" ? (["PKCS11_MODULE", "SIGNER_TRUST"] as const).filter((name) => set[name] === undefined).map((name) => `${name}: wajib bila LONTAR_SIGNER=pkcs11`) : []),
    ...(set.SEAL_KEYS !== undefined ? (["PKCS11_MODULE", "SEAL_PIN"] as const).filter((name) => set[name] === undefined).map((name) => `${name}: wajib bila SEAL_KEYS diisi`) : []),
    ...(set.LONTAR_MODE === "production" && set.SIGNER_URL?.startsWith("https:") === false ? ["SIGNER_URL: harus https dalam mode production; frasa sandi melewatinya"] : []),
    ...(hasTsa(set.TSA_URL) && set.TSA_TRUST === undefined ? ["TSA_TRUST: wajib bila TSA_URL diisi (berkas PEM sertifikat akar penyelenggara stempel waktu)"] : []),
    ...(set.LONTAR_MODE === "production" && set.TSA_PASSWORD !== undefined && set.TSA_URL?.startsWith("https:") === false ? ["TSA_URL: harus https dalam mode production; kata sandi melewatinya"] : []),
    ...(set.OIDC_ISSUER !== undefined && (set.OIDC_CLIENT_ID === undefined || set.OIDC_CLIENT_SECRET === undefined) ? ["OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: wajib bila OIDC_ISSUER diisi"] : []),
    ...(set.LONTAR_MODE === "production" && set.OIDC_ISSUER?.startsWith("https:") === false ? ["OIDC_ISSUER: harus https dalam mode production"] : []),
    ...(set.LONTAR_MODE === "production" && set.LONTAR_SECRET?.includes("contoh") === true ? ["LONTAR_SECRET: masih nilai contoh"] : []),
  ];
  if (faults.length > 0) throw new ConfigError(faults.join("\n"));
  return {
    port: set.PORT,
    host: set.HOST,
    proxies: set.LONTAR_PROXY,
    dataFolder: resolve(set.LONTAR_DATA),
    mode: set.LONTAR_MODE,
    secret: set.LONTAR_SECRET,
    publicUrl: (set.LONTAR_URL ?? `http://localhost:${set.PORT}`).replace(/\/$/, ""),
    logLevel: set.LONTAR_LOG,
    signer: signerOf(set),
    tsa: tsaOf(set),
    tokens: set.PKCS11_MODULE === undefined ? undefined : { module: resolve(set.PKCS11_MODULE), answerMs: set.PKCS11_TIMEOUT_MS },
    officeSeal: set.SEAL_KEYS === undefined || set.SEAL_PIN === undefined ? undefined : { keys: sealKeysIn(set.SEAL_KEYS) ?? {}, pin: set.SEAL_PIN },
    tsaTimeoutMs: set.TSA_TIMEOUT_MS,
    uploadBytes: set.LONTAR_UPLOAD_MB * 1024 * 1024,
    uploadPages: set.LONTAR_UPLOAD_PAGES,
    ocrPages: set.LONTAR_OCR_PAGES,
    witnessPolicy: set.LONTAR_WITNESSES === undefined ? undefined : resolve(set.LONTAR_WITNESSES),
    databaseUrl: set.DATABASE_URL,
    smtpUrl: set.SMTP_URL,
    mailFrom: set.MAIL_FROM,
    sso: set.OIDC_ISSUER === undefined || set.OIDC_CLIENT_ID === undefined || set.OIDC_CLIENT_SECRET === undefined ? undefined : { issuer: set.OIDC_ISSUER, clientId: set.OIDC_CLIENT_ID, clientSecret: set.OIDC_CLIENT_SECRET, label: set.OIDC_LABEL, claim: set.OIDC_CLAIM, property: set.OIDC_MATCH },
  };
};

const isOutside = (kind: string | undefined): kind is "bsre" | "csc" => kind === "bsre" || kind === "csc";

const signerOf = (set: z.output<typeof environment>): Config["signer"] => {
  const allowed = set.PKCS11_TOKENS?.split(",").map((name) => name.trim());
  if (set.LONTAR_SIGNER === "pkcs11") return set.SIGNER_TRUST === undefined ? undefined : { kind: "pkcs11", trust: resolve(set.SIGNER_TRUST), rsa: set.PKCS11_RSA, allowed };
  const { LONTAR_SIGNER: kind, SIGNER_URL: url, SIGNER_USERNAME: username, SIGNER_PASSWORD: password, SIGNER_API: api, SIGNER_TRUST: trust } = set;
  if (!isOutside(kind)) return set.LONTAR_MODE === "demo" ? "development" : undefined;
  return url === undefined || username === undefined || password === undefined || trust === undefined ? undefined : { kind, url: new URL(url), username, password, api, trust: resolve(trust) };
};

const hasTsa = (url: string | undefined): url is string => url !== undefined && url !== "none";

// The development authority stamps what the development CA signed, and nothing else: under a certified signature its root has no place.
const tsaOf = (set: z.output<typeof environment>): Config["tsa"] => {
  const { TSA_URL: url, TSA_USERNAME: username, TSA_PASSWORD: password, TSA_POLICY: policy, TSA_TRUST: trust } = set;
  if (url === undefined) return signerOf(set) === "development" ? "development" : undefined;
  return !hasTsa(url) || trust === undefined ? undefined : { url: new URL(url), username, password, policy, trust: resolve(trust) };
};
