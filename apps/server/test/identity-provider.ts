import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

/** A person as the other side knows him. */
export type Identity = Readonly<Record<string, unknown>>;

/** A running identity provider, and a browser at its sign-in page. */
export type IdentityProvider = {
  readonly issuer: string;
  /** Follows the address as a browser that signs in as this person; answers the query with which it is sent back. */
  readonly signInAs: (person: string, url: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Starts a real OpenID Connect provider (`oidc-provider`) on this machine, whose sign-in page believes everyone. */
export const startIdentityProvider = async (redirectUri: string, people: Readonly<Record<string, Identity>>): Promise<IdentityProvider> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the identity provider has no port");
  const issuer = `http://127.0.0.1:${(address satisfies AddressInfo).port}`;
  let person = "";
  const provider = new Provider(issuer, {
    clients: [{ client_id: "lontar", client_secret: "rahasia-klien", redirect_uris: [redirectUri], application_type: "native", token_endpoint_auth_method: "client_secret_post" }],
    claims: { openid: ["sub", "amr"], profile: ["preferred_username", "nip", "name"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ["kunci-uji"] },
    pkce: { required: () => true },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
    interactions: { url: (_context: unknown, interaction: { readonly uid: string }) => `/interaction/${interaction.uid}` },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) return answer(request, response);
    void (async () => {
      const { prompt, session } = await provider.interactionDetails(request, response);
      if (prompt.name === "login") return provider.interactionFinished(request, response, { login: { accountId: person, amr: people[person]?.["amr"] } });
      const grant = new provider.Grant({ accountId: session?.accountId, clientId: "lontar" });
      grant.addOIDCScope("openid profile email");
      return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    })();
  });
  return {
    issuer,
    signInAs: async (who, url) => {
      person = who;
      const cookies = new Map<string, string>();
      let next = url;
      for (let hop = 0; hop < 12; hop += 1) {
        const response = await fetch(next, { redirect: "manual", headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") } });
        for (const line of response.headers.getSetCookie()) {
          const [pair = ""] = line.split(";");
          cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
        }
        next = new URL(response.headers.get("location") ?? "", next).href;
        if (next.startsWith(redirectUri)) return new URL(next).search;
      }
      throw new Error(`the identity provider does not send back; it is at ${next}`);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
