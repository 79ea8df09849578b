import { X509Certificate } from "node:crypto";
import type { CrlRequest } from "@lontar/pades/node";
import { inInstallation, type Database } from "../kernel/db.ts";
import type { Source } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import type { Sealing } from "./seal/sealing.ts";
import { revokedCertificates } from "./store.ts";

const dayMs = 86_400_000;
/** A list is asked for anew after a day at most: so long a verifier may go on believing the one it has. */
const nextAfterMs = dayMs;

type Deps = { readonly db: Database; readonly source: Source; /** Signs the list of the signers' authority, if that is ours. */ readonly signers: ((request: CrlRequest) => Promise<Uint8Array>) | undefined; readonly sealing: Pick<Sealing, "listed" | "revocationList"> };

/** What this installation's own authorities have revoked, as CRLs (RFC 5280 §5), signed when they are asked for. */
export const openRevocations = ({ db, source, signers, sealing }: Deps) => {
  const request = (revoked: CrlRequest["revoked"]): CrlRequest => {
    const nowMs = Date.parse(source.now());
    // RFC 5280 §5.2.3 wants numbers that rise: seconds do, on every node.
    return { number: Math.floor(nowMs / 1000), thisUpdate: new Date(nowMs), nextUpdate: new Date(nowMs + nextAfterMs), revoked };
  };
  return {
    seals: async (): Promise<Uint8Array> => {
      const revoked = (await sealing.listed()).keys.flatMap(({ certificate, revokedSince }) => (revokedSince === null ? [] : [{ serialNumber: serialOf(new X509Certificate(certificate).serialNumber), revokedAt: new Date(revokedSince), reason: "keyCompromise" as const }]));
      return sealing.revocationList(request(revoked));
    },
    signers: async (): Promise<Uint8Array> => {
      if (signers === undefined) throw new Refused("not_found"); // another authority's certificates are revoked by that authority
      const rows = await inInstallation(db, revokedCertificates);
      return signers(request(rows.map((row) => ({ serialNumber: serialOf(row.serial), revokedAt: new Date(row.since ?? row.revoked_at), reason: row.since === null ? ("cessationOfOperation" as const) : ("keyCompromise" as const) }))));
    },
  };
};

/** The lists, opened. */
export type Revocations = ReturnType<typeof openRevocations>;

const serialOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex"));

/** Certificates whose key may have leaked, and since when: what a verifier without a network must know. */
export const leakedCertificates = async (db: Database): Promise<readonly { readonly serial: string; readonly since: string }[]> =>
  (await inInstallation(db, revokedCertificates)).flatMap(({ serial, since }) => (since === null ? [] : [{ serial, since }]));
