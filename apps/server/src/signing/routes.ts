import { open, openFile, type Route } from "../kernel/http.ts";
import { Refused } from "../kernel/refusal.ts";
import type { DrawPage } from "../letters/index.ts";
import type { SigningProvider } from "./provider.ts";
import type { PublicVerification } from "./verify.ts";

// Wide enough to read the number and the date beside the paper, small enough for a slow phone.
const pictureWidthPx = 720;

/** Public verification: by code, by hash, the first page to compare with, and the roots that this installation trusts. */
export const signingRoutes = (verification: PublicVerification, provider: SigningProvider, draw: DrawPage): readonly Route[] => [
  open("open.verify", (input, caller) => verification.byCode(input.code, caller.address)),
  open("open.byHash", (input, caller) => verification.byHash(input.sha256, caller.address)),
  openFile("open.letterPage", async (input, caller) => {
    const picture = await draw(await verification.shownFile(input.code, caller.address), "application/pdf", 1, pictureWidthPx);
    if (picture === undefined) throw new Refused("not_found");
    return { ...picture, name: "halaman-1", inline: true };
  }),
  open("open.trust", async () => ({ certificates: provider.roots.map(({ name, pem }) => ({ name, pem, development: provider.development })) })),
];
