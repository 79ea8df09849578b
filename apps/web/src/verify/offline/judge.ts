import { leafInProof, sha256 as hash } from "@lontar/ledger";
import { browserPort } from "@lontar/pades/browser";
import { certifiedKey, Unreadable, validate, type Report, type UnreadableReason } from "@lontar/pades/validate";
import { contentOf, isWithdrawn, judgeSeal, trustedKeys, type SealVerdict, type Trusted } from "@lontar/seal";
import { judgeProof, readPolicy, type ProofCheck } from "../judge-proof.ts";
import type { Anchors } from "./anchors.ts";

/** What was found of a PDF without asking anyone. */
export type OfflineFile = { readonly name: string; readonly sha256: string; readonly report: Report | undefined; readonly unreadable: UnreadableReason | undefined; readonly isDevelopment: boolean; readonly proof: ProofCheck | undefined; /** Since when its signer's key may have been in other hands, unless the log proves the letter older. */ readonly leakedSince: string | undefined; /** Was it among the withdrawn on the anchors' day? */ readonly withdrawn: boolean; /** What its pages hold, to be compared with a seal. */ readonly content: string | undefined };

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const derOf = (pem: string): Uint8Array => bytesOf(pem.replaceAll(/-----[^-]+-----|\s/g, ""));
const hex = (bytes: Uint8Array): string => Array.from(hash(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The pinned seal keys, each checked against the pinned authority. */
export const pinnedKeys = ({ seals, hosts, day, withdrawn }: Anchors): Promise<Trusted> =>
  trustedKeys({ issuedAt: Date.parse(`${day}T00:00:00Z`), hosts, keys: seals.keys.map((key) => ({ certificate: bytesOf(key.certificate), revokedSince: key.revokedSince })), withdrawn: bytesOf(withdrawn) }, bytesOf(seals.anchor), browserPort);

/** Judges what a QR code says against the pinned keys. */
export const judgeScan = async (scanned: string, anchors: Anchors): Promise<{ readonly verdict: SealVerdict; readonly keys: Trusted }> => {
  const keys = await pinnedKeys(anchors);
  return { verdict: await judgeSeal(scanned, keys), keys };
};

/** Judges a PDF, and the proof beside it, against the pinned roots and logs. */
export const judgeFile = async (file: { readonly name: string; readonly bytes: Uint8Array; readonly proof: string | undefined }, anchors: Anchors, at: Date): Promise<OfflineFile> => {
  const sha256 = hex(file.bytes);
  const judged = await validate(file.bytes, { trust: anchors.roots.map((root) => derOf(root.pem)), at, port: browserPort }).catch((error: unknown) => {
    if (error instanceof Unreadable) return error.reason;
    throw error;
  });
  const report = typeof judged === "string" ? undefined : judged;
  const proof = file.proof === undefined ? undefined : await judgePinnedProof(file.proof, sha256, anchors);
  return {
    name: file.name, sha256, report, unreadable: typeof judged === "string" ? judged : undefined,
    isDevelopment: anchors.roots.some((root) => root.development), proof, leakedSince: leakOf(report, proof, anchors), withdrawn: isWithdrawn(bytesOf(anchors.withdrawn), sha256), content: report === undefined ? undefined : await contentOf(file.bytes, browserPort),
  };
};

/** A thief of a key writes into his signature whatever time he likes: only the log's time counts against the leak's. */
const leakOf = (report: Report | undefined, proof: ProofCheck | undefined, { leaked }: Anchors): string | undefined => {
  const serials = new Set((report?.signatures ?? []).flatMap(({ signer }) => (signer === undefined ? [] : [normalSerial(certifiedKey(signer.certificate).serial)])));
  const leak = leaked.find(({ serial }) => serials.has(normalSerial(serial)));
  return leak === undefined || (proof?.state === "proved" && proof.at < leak.since) ? undefined : leak.since;
};

const normalSerial = (serial: string): string => serial.toLowerCase().replace(/^0+/, "");

const judgePinnedProof = async (proof: string, sha256: string, { policies }: Anchors): Promise<ProofCheck> => {
  const tenant = leafInProof(proof)?.tenant;
  if (tenant === undefined) return { state: "refused", why: "malformed_proof" };
  const text = Object.hasOwn(policies, tenant) ? policies[tenant] : undefined;
  const policy = text === undefined ? undefined : readPolicy(text);
  return policy === undefined ? { state: "no_policy" } : judgeProof(proof, sha256, policy, false);
};
