import type { Seal } from "../../kernel/seal.ts";
import type { SigningAnswer } from "../provider.ts";
import { openPkcs11Provider } from "../providers/pkcs11/pkcs11.ts";
import type { Tokens } from "../providers/pkcs11/tokens.ts";

/** The keys with which governments seal (region code → token/key), and the PIN of their token: the office's own secret, and no person's. */
export type OfficeSealSettings = { readonly keys: Readonly<Record<string, string>>; readonly pin: string };

/** Seals of governments whose keys lie on a token. */
export type OfficeSeal = {
  /** Whether this government has one. */
  readonly isFor: (region: string) => boolean;
  /** Appends the government's seal to a document that names no signer. */
  readonly seal: (region: string, document: { readonly pdf: Uint8Array; readonly government: string; readonly reason: string; readonly at: string }) => Promise<SigningAnswer>;
};

/**
 * Opens the seals on a token. The PIN is in the configuration, so the office can seal at night: that is what a seal is and a signature is
 * not (decision 0022). A PIN that the token calls wrong is not tried again before the server is started anew, for tries are counted.
 */
export const sealsOnTokens = (tokens: Tokens, { keys, pin }: OfficeSealSettings, seal: Seal): OfficeSeal => {
  const provider = openPkcs11Provider(tokens, { anchors: { trust: [], roots: [] }, seal, rsa: "pkcs1" });
  let isPinRefused = false;
  return {
    isFor: (region) => keys[region] !== undefined,
    seal: async (region, { pdf, government, reason, at }) => {
      const account = keys[region];
      if (account === undefined || isPinRefused) return { fault: { code: "LOCKED", retry: "never", vendor: isPinRefused ? "SEAL_PIN was refused before" : "no key in SEAL_KEYS" } };
      const answer = await provider.sign({ pdf, certificate: new Uint8Array(0), handle: await provider.enrolment.handleOf(account), secret: pin, at, name: government, reason, location: "" });
      isPinRefused = "fault" in answer && answer.fault.code === "WRONG_SECRET";
      return answer;
    },
  };
};
