import { command, onSession, open, openFile, query, steps, type Route } from "../kernel/http.ts";
import { Refused } from "../kernel/refusal.ts";
import type { DrawPage } from "../letters/index.ts";
import { activate, mine, standingOf, withdraw, type Activating } from "./activate.ts";
import { checkNow, healthOf } from "./health.ts";
import type { Signing } from "./sign.ts";
import type { Revocations } from "./revocations.ts";
import type { Sealing } from "./seal/sealing.ts";
import type { VerifierFile } from "./verifier-file.ts";
import type { PublicVerification } from "./verify.ts";

// Wide enough to read the number and the date beside the paper, small enough for a slow phone.
const pictureWidthPx = 720;

/** How many drawn first pages are remembered: anyone may ask for them, and officials wait for the same drawer. */
export const picturesKept = 100;

/** Draws a first page once; the least recently drawn is forgotten first. Whether it may be shown is asked before, every time. */
export const rememberPictures = (draw: DrawPage) => {
  const drawn = new Map<string, NonNullable<Awaited<ReturnType<DrawPage>>>>();
  return async (sha256: string, bytes: () => Promise<Uint8Array>): ReturnType<DrawPage> => {
    const picture = drawn.get(sha256) ?? (await draw(await bytes(), "application/pdf", 1, pictureWidthPx));
    if (picture === undefined) return undefined;
    drawn.delete(sha256);
    drawn.set(sha256, picture);
    for (const oldest of drawn.keys()) {
      if (drawn.size <= picturesKept) break;
      drawn.delete(oldest);
    }
    return picture;
  };
};

/** A person's own certificate, and those of all officials for their admin. */
export const certificateRoutes = (activating: Activating): readonly Route[] => [
  query("signing.mine", (tx, _input, by) => mine(activating, tx, by)),
  onSession("signing.check", (_input, _caller, by) => standingOf(activating, by)),
  steps("signing.activate", (taken, input, by) => activate(activating, taken, input, by)),
  command("signing.withdraw", withdraw),
  query("signing.health", (tx, _input, by) => healthOf(activating, tx, by)),
  command("signing.checkNow", (tx, _input, by) => checkNow(tx, by)),
];

/** Public verification: by code, by hash, the first page to compare with, and whom this installation trusts: roots of signers, keys of seals. */
export const signingRoutes = (verification: PublicVerification, { roots }: Pick<Signing, "roots">, sealing: Pick<Sealing, "anchor" | "trustList">, verifier: VerifierFile, revocations: Revocations, draw: DrawPage): readonly Route[] => {
  const pictureOf = rememberPictures(draw);
  return [
    open("open.verify", (input, caller) => verification.byCode(input.code, caller.address)),
    open("open.byHash", (input, caller) => verification.byHash(input.sha256, caller.address)),
    openFile("open.letterPage", async (input, caller) => {
      const { sha256, bytes } = await verification.shownFile(input.code, caller.address);
      const picture = await pictureOf(sha256, bytes);
      if (picture === undefined) throw new Refused("not_found");
      return { ...picture, name: "halaman-1", inline: true };
    }),
    openFile("open.letterProof", async (input, caller) => {
      const { proof, number } = await verification.proof(input.code, caller.address);
      return { bytes: new TextEncoder().encode(proof), mediaType: "text/plain; charset=utf-8", name: `${number.replaceAll("/", "-")}.tlog-proof`, inline: false };
    }),
    open("open.trust", async () => ({ certificates: [...roots] })),
    open("open.sealTrust", async () => ({ anchor: Buffer.from(sealing.anchor).toString("base64"), list: Buffer.from(await sealing.trustList()).toString("base64") })),
    openFile("open.revocations", async ({ authority }) => ({ bytes: await (authority === "segel" ? revocations.seals() : revocations.signers()), mediaType: "application/pkix-crl", name: `${authority}.crl`, inline: false })),
    openFile("open.verifier", async () => ({ bytes: await verifier.file(), mediaType: "text/html; charset=utf-8", name: "pemeriksa-surat.html", inline: false })),
    open("open.verifierHash", () => verifier.hash()),
  ];
};
