import { BadTimestamp, CannotSign, append, complete, completeWithTimestamp, prepare, timestampBytes, Unreadable, type Prepared, type SignerIdentity, type TimestampAuthority } from "@lontar/pades";
import { nodePort } from "@lontar/pades/node";
import type { Seal } from "../../kernel/seal.ts";
import type { AccountProvider, SigningFault, Standing } from "../provider.ts";
import { accountOf, activatedElsewhere } from "./account.ts";
import type { Anchors } from "./anchors.ts";

/** A signing service or device that sees only what is to be signed: the CMS signed attributes and their digest, never the letter. */
export type DigestService<Identity extends SignerIdentity = SignerIdentity> = {
  readonly name: string;
  /** Whose certificate signs; `activated` is the one that must, empty at an activation. */
  readonly identity: (account: string, activated: Uint8Array) => Promise<{ readonly identity: Identity } | { readonly fault: SigningFault }>;
  /** ECDSA may come back as DER or as r‖s. */
  readonly signDigest: (account: string, secret: string, asked: { readonly identity: Identity; readonly message: Uint8Array; readonly digest: Uint8Array }) => Promise<{ readonly signature: Uint8Array } | { readonly fault: SigningFault }>;
  readonly standing: (account: string) => Promise<Standing>;
  /** What was typed, as the service itself names it. */
  readonly resolve?: (account: string) => Promise<string>;
  readonly deviceOf?: (account: string) => string;
  readonly refusals?: AccountProvider["enrolment"]["refusals"];
};

/** Makes a provider of whole files from a service that signs digests: the letter stays here, only a digest of some 32 bytes leaves. */
export const fromDigests = <Identity extends SignerIdentity>(service: DigestService<Identity>, { anchors, seal, label, secret: kind }: { readonly anchors: Anchors; readonly seal: Seal; readonly label: string; readonly secret?: "pin" }): AccountProvider => {
  const { resolve = async (account: string) => account, deviceOf } = service;
  return {
    name: service.name,
    development: false,
    needsSecret: true,
    secret: kind,
    ...anchors,
    enrolment: {
      account: "given", handleOf: async (account) => seal.close(label, Buffer.from(await resolve(account), "utf8")), refusals: service.refusals,
      standing: async (handle) => {
        const account = accountOf(seal, label, handle);
        return account === undefined ? "unregistered" : service.standing(account);
      },
      deviceOf: deviceOf === undefined ? undefined : (handle) => {
        const account = accountOf(seal, label, handle);
        return account === undefined ? undefined : deviceOf(account);
      },
    },
    sign: async ({ pdf, certificate, handle, secret, at, name, reason, location, timestamps }) => {
      const account = accountOf(seal, label, handle);
      if (account === undefined) return { fault: activatedElsewhere };
      const found = await service.identity(account, certificate);
      if ("fault" in found) return found;
      const { identity } = found;
      try {
        const room = await roomFor(timestamps);
        const prepared = await prepare(pdf, { signer: identity, port: nodePort, signedAt: new Date(at), name, reason, location, ...(room !== undefined && { timestampBytes: room }) });
        const made = await service.signDigest(account, secret, { identity, message: prepared.signedAttributes, digest: prepared.digest });
        return "fault" in made ? made : { signed: append(pdf, await finish(prepared, made.signature, room === undefined ? undefined : timestamps)) };
      } catch (error) {
        if (error instanceof CannotSign || error instanceof Unreadable) return { fault: { code: "PROTOCOL", retry: "never", vendor: error.message } };
        throw error;
      }
    },
  };
};

/** How much room a time-stamp takes; none where nobody stamps now, for the signature does not wait for it. */
const roomFor = async (timestamps: TimestampAuthority | undefined): Promise<number | undefined> => {
  try {
    return timestamps === undefined ? undefined : await timestampBytes(timestamps, nodePort);
  } catch (error) {
    if (error instanceof BadTimestamp) return undefined;
    throw error;
  }
};

/** The signature exists by now and is not asked for again: an authority that fails here leaves it without its stamp. */
const finish = async (prepared: Prepared, signature: Uint8Array, timestamps: TimestampAuthority | undefined): Promise<Uint8Array> => {
  if (timestamps === undefined) return complete(prepared, signature);
  try {
    return await completeWithTimestamp(prepared, signature, { authority: timestamps, port: nodePort });
  } catch (error) {
    if (error instanceof BadTimestamp || (error instanceof CannotSign && error.reason === "signature_too_long")) return complete(prepared, signature);
    throw error;
  }
};
