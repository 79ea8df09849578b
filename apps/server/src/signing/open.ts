import type { TimestampAuthority } from "@lontar/pades";
import type { Database } from "../kernel/db.ts";
import type { Source } from "../kernel/ids.ts";
import type { Seal } from "../kernel/seal.ts";
import { outsideTsa, revocationFrom, sparing, type TsaSettings } from "./authorities.ts";
import type { IssuingProvider, SigningProvider } from "./provider.ts";
import { readAnchors, type Anchors } from "./providers/anchors.ts";
import { openBsreProvider } from "./providers/bsre.ts";
import { openCscService } from "./providers/csc.ts";
import { openDevelopmentCa } from "./providers/development-ca.ts";
import { openDevelopmentServices, type DevelopmentServices } from "./providers/development-services.ts";
import { fromDigests } from "./providers/digest.ts";
import { openEmbeddedProvider } from "./providers/embedded.ts";
import { openPkcs11Provider } from "./providers/pkcs11/pkcs11.ts";
import { openTokens, type Tokens, type TokenSettings } from "./providers/pkcs11/tokens.ts";
import { sealsOnTokens, type OfficeSeal, type OfficeSealSettings } from "./seal/office-seal.ts";
import { openSigning, type Signing } from "./sign.ts";
import { openValidator } from "./validator.ts";

export { openDevelopmentCa, openDevelopmentServices, openEmbeddedProvider, type DevelopmentServices };

/** An outside provider of signatures: where it stands, how this installation signs in there, and the PEM file of the roots it is believed under. */
export type SignerSettings = TokenSignerSettings | ServiceSettings;

/** Keys of people on tokens: how RSA keys sign, and on which tokens (any, where none is named). */
type TokenSignerSettings = { readonly kind: "pkcs11"; readonly trust: string; readonly rsa: "pkcs1" | "pss"; readonly allowed: readonly string[] | undefined };

type ServiceSettings = { readonly kind: "bsre" | "csc"; readonly url: URL; readonly username: string; readonly password: string; readonly api: "v1" | "v2"; readonly trust: string };

/** Who signs and who stamps here, as it is configured; nobody, where it says nothing. */
export type SigningSettings = {
  readonly mode: "demo" | "production";
  readonly signer: "development" | SignerSettings | undefined;
  readonly tsa: "development" | TsaSettings | undefined;
  /** The PKCS#11 module through which tokens are read, and the keys on them with which the office seals. */
  readonly tokens: TokenSettings | undefined;
  readonly officeSeal: OfficeSealSettings | undefined;
  /** How long one question to a time-stamping authority or an OCSP responder may take. */
  readonly tsaTimeoutMs: number;
};

type Given = { readonly publicUrl: string; readonly folder: string; readonly seal: Seal; readonly db: Database; readonly source: Source };

/** Signing as this installation is configured; with the development CA also what gives people their certificates, and what stamps and answers for whoever asks. */
export type Opened = { readonly signing: Signing; readonly issuing: IssuingProvider | undefined; readonly services: DevelopmentServices | undefined; /** Lists what the development CA has revoked; other authorities keep their own lists. */ readonly revocationList: DevelopmentServices["revocationList"] | undefined; /** Whether the development CA was from before lists of revoked certificates, and has just been mended. */ readonly isMended: boolean; /** Seals whose keys lie on tokens. */ readonly officeSeal: OfficeSeal | undefined; readonly close: () => Promise<void> };

/** Opens provider, validator and authorities by configuration. */
export const openSigningFor = async (settings: SigningSettings, { publicUrl, folder, seal, db, source }: Given): Promise<Opened> => {
  const { signer, mode, tsaTimeoutMs } = settings;
  const ca = signer === "development" || settings.tsa === "development" ? await openDevelopmentCa({ folder, source, mode, publicUrl }) : undefined;
  const services = ca === undefined ? undefined : await openDevelopmentServices(ca, { db, source });
  const issuing = ca === undefined || signer !== "development" ? undefined : openEmbeddedProvider(ca);
  const tsa = await openTsa(settings, services);
  const tokens = settings.tokens === undefined ? undefined : openTokens(settings.tokens);
  const signing = openSigning({
    provider: issuing ?? (await openProvider(signer, seal, tokens)), validate: openValidator(), anchors: tsa?.anchors,
    authorities: { timestamps: tsa === undefined ? undefined : sparing(tsa.timestamps, source), revocation: revocationFrom(services, tsaTimeoutMs), source, patienceMs: tsaTimeoutMs * 2 },
  });
  const officeSeal = tokens === undefined || settings.officeSeal === undefined ? undefined : sealsOnTokens(tokens, settings.officeSeal, seal);
  return { signing, issuing, services, revocationList: services?.revocationList, isMended: ca?.isMended === true, officeSeal, close: async () => tokens?.close() };
};

/** Who stamps, and under which roots that is believed. */
const openTsa = async ({ tsa, tsaTimeoutMs }: SigningSettings, services: DevelopmentServices | undefined): Promise<{ readonly timestamps: TimestampAuthority; readonly anchors: Anchors } | undefined> => {
  if (tsa === undefined || tsa === "development") return tsa === undefined ? undefined : services;
  const anchors = await readAnchors(tsa.trust, "TSA_TRUST");
  return { timestamps: outsideTsa(tsa, anchors, tsaTimeoutMs), anchors };
};

const openProvider = async (settings: SigningSettings["signer"], seal: Seal, tokens: Tokens | undefined): Promise<SigningProvider> => {
  if (settings === undefined || settings === "development") return noProvider;
  const anchors = await readAnchors(settings.trust, "SIGNER_TRUST");
  switch (settings.kind) {
    case "bsre":
      return openBsreProvider({ ...settings, anchors, seal });
    case "csc":
      return fromDigests(openCscService(settings), { anchors, seal, label: "signing/csc" });
    case "pkcs11":
      if (tokens === undefined) throw new Error("broken assumption: the configuration names a module for its tokens");
      return openPkcs11Provider(tokens, { anchors, seal, rsa: settings.rsa, allowed: settings.allowed });
    default:
      throw settings satisfies never;
  }
};

/** Without a signing provider everything works but the signature itself, which says so. */
const noProvider: SigningProvider = { name: "tidak ada", development: false, needsSecret: true, trust: [], roots: [], enrolment: undefined, sign: async () => ({ fault: { code: "TEMPORARY", retry: "safe" } }) };
