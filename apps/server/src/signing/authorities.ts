import { BadTimestamp, type RevocationSource, type TimestampAuthority } from "@lontar/pades";
import { httpRevocationSource, httpTimestampAuthority, nodePort } from "@lontar/pades/node";
import type { Source } from "../kernel/ids.ts";
import type { Anchors } from "./providers/anchors.ts";
import type { DevelopmentServices } from "./providers/development-services.ts";

/** An outside time-stamping authority (RFC 3161): where it stands, how we sign in there, under which policy it stamps, and the PEM file of its roots. */
export type TsaSettings = { readonly url: URL; readonly username: string | undefined; readonly password: string | undefined; readonly policy: string | undefined; readonly trust: string };

/** Whom this office asks for the proof that outlives certificates: who stamps, who answers about revocations, and how long a signature waits for both. */
export type Authorities = {
  /** Nobody where no authority is configured. */
  readonly timestamps: TimestampAuthority | undefined;
  readonly revocation: RevocationSource;
  readonly source: Pick<Source, "now">;
  /** A letter is never kept from its receivers for longer than this: what is missing then is added later. */
  readonly patienceMs: number;
};

/** How long an authority that did not answer is left alone: of eighty letters signed in one sitting only the first waits for it. */
const restMs = 30_000;

/** Leaves an authority alone for a while after it did not answer. */
export const sparing = (authority: TimestampAuthority, source: Pick<Source, "now">): TimestampAuthority => {
  let silentUntilMs = 0;
  return {
    ...authority,
    send: async (request) => {
      if (Date.parse(source.now()) < silentUntilMs) throw new BadTimestamp("unreachable", "the time-stamping authority has just not answered");
      try {
        return await authority.send(request);
      } catch (error) {
        silentUntilMs = Date.parse(source.now()) + restMs;
        throw error;
      }
    },
  };
};

/** An authority over HTTP (RFC 3161 §3.4) by configuration. */
export const outsideTsa = ({ url, username, password, policy }: TsaSettings, anchors: Anchors, timeoutMs: number): TimestampAuthority =>
  httpTimestampAuthority({
    url: url.href, trust: anchors.trust, timeoutMs, ...(policy !== undefined && { policy }),
    ...(username !== undefined && { authorization: `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}` }),
  });

/**
 * Where answers about revocations come from: of the development CA from itself, of all others from where their certificates say. A
 * certificate's path has led to one of our anchors before its addresses are asked, so that they are the word of a CA that we trust.
 */
export const revocationFrom = (development: DevelopmentServices | undefined, timeoutMs: number): RevocationSource => {
  const outside = httpRevocationSource({ port: nodePort, timeoutMs, mayAsk: () => true });
  if (development === undefined) return outside;
  return {
    ocsp: async (question) => (await development.revocation.ocsp(question)) ?? outside.ocsp(question),
    crl: async (question) => (await development.revocation.crl(question)) ?? outside.crl(question),
  };
};
