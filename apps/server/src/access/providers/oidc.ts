import { allowInsecureRequests, authorizationCodeGrant, buildAuthorizationUrl, calculatePKCECodeChallenge, discovery, enableNonRepudiationChecks, fetchUserInfo, ResponseBodyError, type Configuration } from "openid-client";
import type { RefusalCode } from "@lontar/contract";

/** How this installation speaks to its single sign-on, and how it knows its people there. */
export type SsoSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button says. */
  readonly label: string;
  /** The claim that names a person, and the property of ours that it is compared with. */
  readonly claim: string;
  readonly property: "username" | "nip" | "email";
};

/** What one attempt carries from its beginning to its end, in the browser's sealed state. */
export type Attempt = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Whom the other side speaks of: the claim's value, and whether it says that a second factor was used there. */
export type Claimed = { readonly value: string | undefined; readonly hadSecondFactor: boolean };

/** The other side's answer, or the named refusal of it with the fault for the log. */
export type SsoAnswer = Claimed | { readonly refused: RefusalCode; readonly fault: string };

/** Single sign-on as the rest of the module sees it. */
export type SingleSignOn = {
  readonly settings: SsoSettings;
  readonly addressFor: (attempt: Attempt) => Promise<string>;
  readonly complete: (returned: URL, attempt: Attempt) => Promise<SsoAnswer>;
};

const isOwnMachine = (url: URL): boolean => url.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);

/** OpenID Connect: code flow with PKCE, state and nonce (RFC 9700 §2.1), the issuer found by discovery when first needed. */
export const openSingleSignOn = (settings: SsoSettings, redirectUri: string): SingleSignOn => {
  const issuer = new URL(settings.issuer);
  let found: Promise<Configuration> | undefined;
  const configuration = (): Promise<Configuration> => {
    found ??= discovery(issuer, settings.clientId, settings.clientSecret, undefined, { execute: [enableNonRepudiationChecks, ...(isOwnMachine(issuer) ? [allowInsecureRequests] : [])] }); // the signature is checked even of a token that came over our own TLS (ASVS 6.8.2)
    found.catch(() => (found = undefined)); // not reached now: whoever asks next tries again
    return found;
  };
  return {
    settings,
    addressFor: async ({ state, nonce, verifier }) =>
      buildAuthorizationUrl(await configuration(), { redirect_uri: redirectUri, scope: "openid profile email", state, nonce, code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" }).href,
    complete: async (returned, { state, nonce, verifier }) => {
      try {
        const config = await configuration();
        const tokens = await authorizationCodeGrant(config, returned, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true });
        const claims = tokens.claims();
        const more = claims === undefined || claims[settings.claim] !== undefined ? {} : await fetchUserInfo(config, tokens.access_token, claims.sub);
        const all: Readonly<Record<string, unknown>> = { ...more, ...claims };
        const value = all[settings.claim];
        const isVerified = settings.property !== "email" || all["email_verified"] === true;
        const methods = all["amr"];
        return { value: typeof value === "string" && value !== "" && isVerified ? value : undefined, hadSecondFactor: Array.isArray(methods) && methods.includes("mfa") };
      } catch (error) {
        return { refused: refusalOf(error), fault: faultOf(error) };
      }
    },
  };
};

/** All that an error and its causes say, for the log and for finding its name. No token is in it: the library keeps those in properties. */
const faultOf = (error: unknown): string => {
  const parts: string[] = [];
  for (let current = error, depth = 0; current instanceof Error && depth < 4; current = current.cause, depth += 1) parts.push(`${"code" in current ? String(current.code) : current.name}: ${current.message}`);
  return parts.join(" <- ");
};

const refusalOf = (error: unknown): RefusalCode => {
  if (error instanceof ResponseBodyError && error.error === "invalid_grant") return "sso_code_used";
  const fault = faultOf(error);
  if (/"state"/.test(fault)) return "sso_state_wrong";
  if (/nonce/i.test(fault)) return "sso_nonce_wrong";
  if (/"iss"|issuer/i.test(fault)) return "sso_issuer_wrong";
  return /ECONN|ENOTFOUND|fetch failed|TIMEOUT/.test(fault) ? "unavailable" : "sso_failed";
};
