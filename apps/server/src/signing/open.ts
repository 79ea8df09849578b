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
import { openSigning, type Signing } from "./sign.ts";
import { openValidator } from "./validator.ts";

export { openDevelopmentCa, openDevelopmentServices, openEmbeddedProvider, type DevelopmentServices };

/** An outside provider of signatures: where it stands, how this installation signs in there, and the PEM file of the roots it is believed under. */
export type SignerSettings = { readonly kind: "bsre" | "csc"; readonly url: URL; readonly username: string; readonly password: string; readonly api: "v1" | "v2"; readonly trust: string };

/** Who signs and who stamps here, as it is configured; nobody, where it says nothing. */
export type SigningSettings = {
  readonly mode: "demo" | "production";
  readonly signer: "development" | SignerSettings | undefined;
  readonly tsa: "development" | TsaSettings | undefined;
  /** How long one question to a time-stamping authority or an OCSP responder may take. */
  readonly tsaTimeoutMs: number;
};

type Given = { readonly publicUrl: string; readonly folder: string; readonly seal: Seal; readonly db: Database; readonly source: Source };

/** Signing as this installation is configured; with the development CA also what gives people their certificates, and what stamps and answers for whoever asks. */
export type Opened = { readonly signing: Signing; readonly issuing: IssuingProvider | undefined; readonly services: DevelopmentServices | undefined };

/** Opens provider, validator and authorities by configuration. */
export const openSigningFor = async (settings: SigningSettings, { publicUrl, folder, seal, db, source }: Given): Promise<Opened> => {
  const { signer, mode, tsaTimeoutMs } = settings;
  const ca = signer === "development" || settings.tsa === "development" ? await openDevelopmentCa({ folder, source, mode, publicUrl }) : undefined;
  const services = ca === undefined ? undefined : await openDevelopmentServices(ca, { db, source });
  const issuing = ca === undefined || signer !== "development" ? undefined : openEmbeddedProvider(ca);
  const tsa = await openTsa(settings, services);
  const signing = openSigning({
    provider: issuing ?? (await openProvider(signer, seal)), validate: openValidator(), anchors: tsa?.anchors,
    authorities: { timestamps: tsa === undefined ? undefined : sparing(tsa.timestamps, source), revocation: revocationFrom(services, tsaTimeoutMs), source, patienceMs: tsaTimeoutMs * 2 },
  });
  return { signing, issuing, services };
};

/** Who stamps, and under which roots that is believed. */
const openTsa = async ({ tsa, tsaTimeoutMs }: SigningSettings, services: DevelopmentServices | undefined): Promise<{ readonly timestamps: TimestampAuthority; readonly anchors: Anchors } | undefined> => {
  if (tsa === undefined || tsa === "development") return tsa === undefined ? undefined : services;
  const anchors = await readAnchors(tsa.trust, "TSA_TRUST");
  return { timestamps: outsideTsa(tsa, anchors, tsaTimeoutMs), anchors };
};

const openProvider = async (settings: SigningSettings["signer"], seal: Seal): Promise<SigningProvider> => {
  if (settings === undefined || settings === "development") return noProvider;
  const anchors = await readAnchors(settings.trust, "SIGNER_TRUST");
  switch (settings.kind) {
    case "bsre":
      return openBsreProvider({ ...settings, anchors, seal });
    case "csc":
      return fromDigests(openCscService(settings), { anchors, seal, label: "signing/csc" });
    default:
      throw settings.kind satisfies never;
  }
};

/** Without a signing provider everything works but the signature itself, which says so. */
const noProvider: SigningProvider = { name: "tidak ada", development: false, needsSecret: true, trust: [], roots: [], enrolment: undefined, sign: async () => ({ fault: { code: "TEMPORARY", retry: "safe" } }) };
