// The package brings no types; these are the parts that our tests use.
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  type Prompt = { readonly name: string };

  /** A real OpenID Connect provider. */
  export class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<{ readonly prompt: Prompt; readonly session?: { readonly accountId: string } }>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: Readonly<Record<string, unknown>>): Promise<void>;
    readonly Grant: new (of: { readonly accountId: string | undefined; readonly clientId: string }) => { addOIDCScope: (scope: string) => void; save: () => Promise<string> };
  }
}
