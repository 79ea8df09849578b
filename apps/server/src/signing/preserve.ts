import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { append, BadTimestamp, CannotSign, documentTimestamp, NoValidationData, Unreadable, validationData } from "@lontar/pades";
import { nodePort } from "@lontar/pades/node";
import type { Shortfall } from "@lontar/contract";
import type { Instant } from "../kernel/ids.ts";
import type { ProvedFile } from "../letters/issued/index.ts";
import { passGate, type Expected } from "./gate.ts";
import type { Reached } from "./ports.ts";
import type { Signing } from "./sign.ts";

/** A file with as much of its own proof as it could be given now, and what our own validator says of that. */
export type Preserved = { readonly bytes: Uint8Array; readonly proved: ProvedFile };

/** What is asked of the file besides its level: the same as at the gate. */
export type Asked = Omit<Expected, "at" | "trust">;

/**
 * Adds what a signed file lacks on the way to B-LTA (EN 319 142-1 §5.5): a time-stamp, the answers about its certificates, a time-stamp
 * over all that. `reached` is what our validator said of the file. Where an authority is silent the file keeps what it has got so far;
 * where the added bytes do not pass the gate it stays as it was. With `isDue` a complete file is renewed: the same steps, once more.
 */
export const preserveFile = async (signing: Signing, file: { readonly bytes: Uint8Array; readonly reached: Reached; readonly isDue: boolean }, asked: Asked): Promise<Preserved> => {
  const { bytes, reached } = file;
  if (reached.level === "B-LTA" && !file.isDue) return { bytes, proved: provedFile(bytes, reached, null, signing.authorities.source.now()) };
  const grown = await within(signing.authorities.patienceMs, grow(signing, bytes, reached), { bytes, lacks: "slow" } as const);
  const now = signing.authorities.source.now();
  if (grown.bytes === bytes) return { bytes, proved: provedFile(bytes, reached, grown.lacks, now) };
  const gate = await passGate(grown.bytes, { ...asked, at: now, trust: signing.trust }, signing.validate);
  const isMore = gate.passed && gate.reached !== null && (reached.level === "B-LTA" ? gate.reached.level === "B-LTA" : gate.reached.level !== reached.level);
  if (!isMore) return { bytes, proved: provedFile(bytes, reached, grown.lacks ?? "not_believed", now) };
  return { bytes: grown.bytes, proved: provedFile(grown.bytes, gate.reached, gate.reached.level === "B-LTA" ? null : (grown.lacks ?? "not_believed"), now) };
};

/** How a file stands as our validator found it. */
export const provedFile = (bytes: Uint8Array, { level, until }: Reached, lacks: Shortfall | null, checkedAt: Instant): ProvedFile => ({
  sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length, level, until, lacks, checkedAt,
});

type Grown = { readonly bytes: Uint8Array; readonly lacks: Shortfall | null };

const grow = async ({ authorities, trust }: Signing, signed: Uint8Array, { level }: Reached): Promise<Grown> => {
  const { timestamps, revocation, source } = authorities;
  if (timestamps === undefined) return { bytes: signed, lacks: "no_tsa" };
  let bytes = signed;
  const stamp = async (): Promise<void> => {
    bytes = append(bytes, await documentTimestamp(bytes, { authority: timestamps, port: nodePort }));
  };
  try {
    if (level === "B-B") await stamp(); // else an answer given now says nothing about when it was signed
    const data = await validationData(bytes, { trust, revocation, at: new Date(source.now()), port: nodePort });
    if (data !== undefined) bytes = append(bytes, data);
    await stamp();
    return { bytes, lacks: null };
  } catch (error) {
    return { bytes, lacks: shortfallOf(error) };
  }
};

/** What is missing, by what was thrown; a bug of ours goes on its way. */
const shortfallOf = (error: unknown): Shortfall => {
  if (error instanceof BadTimestamp) return error.reason === "unreachable" ? "tsa_unreachable" : "tsa_refused";
  if (error instanceof NoValidationData) return lacking[error.reason];
  if (error instanceof CannotSign || error instanceof Unreadable) return "not_believed"; // a file that our writer will not touch
  throw error;
};

const lacking = { no_signature: "not_believed", no_path: "no_path", no_revocation_data: "status_unreachable", stale: "status_unreachable", revoked: "revoked" } as const;

const within = async <Answer>(ms: number, work: Promise<Answer>, late: Answer): Promise<Answer> => {
  const end = new AbortController();
  const timer = wait(ms, late, { signal: end.signal }).catch(() => late /* the work was faster */);
  try {
    return await Promise.race([work, timer]);
  } finally {
    end.abort();
    work.catch(() => undefined); // whoever is late has nobody to tell
  }
};

const dayMs = 86_400_000;

/** A time-stamp is renewed so long before its end: three months, and of a short-lived one the last quarter. */
const renewalMs = 90 * dayMs;

/** Is it time for a new time-stamp over a complete file? */
export const isRenewalDue = ({ level, until, checkedAt }: Pick<ProvedFile, "level" | "until" | "checkedAt">, now: Instant): boolean => {
  if (level !== "B-LTA" || until === null) return false;
  const end = Date.parse(until);
  return Date.parse(now) >= end - Math.min(renewalMs, (end - Date.parse(checkedAt)) / 4);
};

/** Letters whose proof ends before this are looked at tonight. */
export const renewalHorizon = (now: Instant): Instant => new Date(Date.parse(now) + renewalMs).toISOString();
