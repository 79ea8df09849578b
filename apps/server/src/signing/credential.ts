import { hasFunction, nobody, type Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import type { Standing } from "./provider.ts";

/** A person's certificate. The private key is not here: it lies sealed in `signing_key`, which can be destroyed. */
export type Certificate = { readonly personId: Id; readonly name: string; readonly title: string; readonly organisation: string; readonly certificate: string; readonly serial: string; readonly issuer: string; readonly development: boolean; readonly since: Instant; readonly until: Instant; /** Its issuers up to the root (DER, base64), where they are known. */ readonly chain?: readonly string[] };

/** How a certificate was found by the check of the night, in the words of its provider. */
export type Found = Standing;

/** Days before its end at which the owner of a certificate is told. */
export const warningDays = [60, 30, 7] as const;

/** A certificate in force or withdrawn. */
export type CredentialState = Certificate & {
  readonly status: "aktif" | "dicabut";
  readonly revoked: { readonly at: Instant; readonly reason: string; /** Since when its key may have been in other hands, if that is why. */ readonly since?: Instant } | null;
  /** What the last check that knew something found; without it nothing stood against it. */
  readonly found?: Found;
  /** The last warning of its end. */
  readonly warned?: (typeof warningDays)[number];
};

/** What is said to a credential. */
export type CredentialCommand = { readonly type: "issue"; readonly certificate: Certificate; /** Its owner has just signed with it, and our validator believed that signature. */ readonly isProven: boolean } | { readonly type: "revoke"; readonly reason: string; readonly since?: Instant }
  /** What the check of the night found, and that its end is near. The system's own words. */
  | { readonly type: "look"; readonly found: Found }
  | { readonly type: "warn"; readonly threshold: (typeof warningDays)[number] };

/** What happened to a credential. */
export type CredentialEvent = { readonly type: "credential.issued"; readonly at: Instant; readonly certificate: Certificate } | { readonly type: "credential.revoked"; readonly at: Instant; readonly reason: string; readonly since?: Instant } | { readonly type: "credential.found"; readonly at: Instant; readonly found: Found } | { readonly type: "credential.warned"; readonly at: Instant; readonly threshold: (typeof warningDays)[number]; readonly days: number };

/** The certificate admin gives a certificate, or its owner brings one that he has just signed with; he may withdraw it too, at once, when he fears for his key. */
export const decideCredential = (state: CredentialState | null, command: CredentialCommand, by: Actor): Decision<CredentialEvent> => {
  switch (command.type) {
    case "issue":
      if (state !== null) return { refused: "already_exists" };
      return hasFunction(by, "admin") || (command.isProven && by.personId === command.certificate.personId) ? { events: [{ type: "credential.issued", at: by.at, certificate: command.certificate }] } : { refused: "not_yours" };
    case "revoke":
      if (state === null) return { refused: "not_found" };
      // Of a certificate that is withdrawn it may still become known that its key leaked, or that it leaked earlier.
      if (state.status === "dicabut" && (command.since === undefined || (state.revoked?.since !== undefined && state.revoked.since <= command.since))) return { events: [] };
      return hasFunction(by, "admin") || by.personId === nobody || by.personId === state.personId ? { events: [{ type: "credential.revoked", at: by.at, reason: command.reason, ...(command.since !== undefined && { since: command.since }) }] } : { refused: "not_yours" };
    case "look":
      if (state === null) return { refused: "not_found" };
      if (by.personId !== nobody) return { refused: "not_yours" };
      // A provider that cannot be asked says nothing about the certificate.
      return state.status === "dicabut" || command.found === "unknown" || command.found === (state.found ?? "ready") ? { events: [] } : { events: [{ type: "credential.found", at: by.at, found: command.found }] };
    case "warn":
      if (state === null) return { refused: "not_found" };
      if (by.personId !== nobody) return { refused: "not_yours" };
      return warningDue(state, by.at) === command.threshold ? { events: [{ type: "credential.warned", at: by.at, threshold: command.threshold, days: daysLeft(state.until, by.at) }] } : { events: [] };
    default:
      throw command satisfies never;
  }
};

const dayMs = 86_400_000;

/** Whole days until the end of a certificate. */
export const daysLeft = (until: Instant, now: Instant): number => Math.max(0, Math.floor((Date.parse(until) - Date.parse(now)) / dayMs));

/** Which warning its owner has not had yet: of several that were missed the nearest. */
export const warningDue = (state: Pick<CredentialState, "status" | "until" | "warned">, now: Instant): (typeof warningDays)[number] | undefined => {
  if (state.status !== "aktif") return undefined;
  const reached = warningDays.findLast((threshold) => daysLeft(state.until, now) <= threshold);
  return reached === undefined || (state.warned !== undefined && state.warned <= reached) ? undefined : reached;
};

/** The credential after an event. */
export const evolveCredential = (state: CredentialState | null, event: CredentialEvent): CredentialState => {
  if (event.type === "credential.issued") return { ...event.certificate, status: "aktif", revoked: null };
  if (state === null) throw new Error("broken assumption: a credential is issued before it is revoked");
  switch (event.type) {
    case "credential.revoked":
      return { ...state, status: "dicabut", revoked: { at: state.revoked?.at ?? event.at, reason: event.reason, ...(event.since !== undefined && { since: event.since }) } };
    case "credential.found":
      return { ...state, found: event.found };
    case "credential.warned":
      return { ...state, warned: event.threshold };
    default:
      throw event satisfies never;
  }
};

/** May a signature be made with it now? */
export const isUsable = (state: Pick<CredentialState, "status" | "since" | "until">, at: Instant): boolean => state.status === "aktif" && state.since <= at && at < state.until;
