import { open, type Route } from "../kernel/http.ts";
import type { SigningProvider } from "./provider.ts";
import type { PublicVerification } from "./verify.ts";

/** Public verification: by code, by hash, and the roots that this installation trusts. */
export const signingRoutes = (verification: PublicVerification, provider: SigningProvider): readonly Route[] => [
  open("open.verify", (input, caller) => verification.byCode(input.code, caller.address)),
  open("open.byHash", (input, caller) => verification.byHash(input.sha256, caller.address)),
  open("open.trust", async () => ({ certificates: provider.roots.map(({ name, pem }) => ({ name, pem, development: provider.development })) })),
];
