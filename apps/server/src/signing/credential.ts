import { hasFunction, nobody, type Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";

/** A person's certificate. The private key is not here: it lies sealed in `signing_key`, which can be destroyed. */
export type Certificate = { readonly personId: Id; readonly name: string; readonly title: string; readonly organisation: string; readonly certificate: string; readonly serial: string; readonly issuer: string; readonly development: boolean; readonly since: Instant; readonly until: Instant };

/** A certificate in force or withdrawn. */
export type CredentialState = Certificate & { readonly status: "aktif" | "dicabut"; readonly revoked: { readonly at: Instant; readonly reason: string; /** Since when its key may have been in other hands, if that is why. */ readonly since?: Instant } | null };

/** What is said to a credential. */
export type CredentialCommand = { readonly type: "issue"; readonly certificate: Certificate; /** Its owner has just signed with it, and our validator believed that signature. */ readonly isProven: boolean } | { readonly type: "revoke"; readonly reason: string; readonly since?: Instant };

/** What happened to a credential. */
export type CredentialEvent = { readonly type: "credential.issued"; readonly at: Instant; readonly certificate: Certificate } | { readonly type: "credential.revoked"; readonly at: Instant; readonly reason: string; readonly since?: Instant };

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
    default:
      throw command satisfies never;
  }
};

/** The credential after an event. */
export const evolveCredential = (state: CredentialState | null, event: CredentialEvent): CredentialState => {
  if (event.type === "credential.issued") return { ...event.certificate, status: "aktif", revoked: null };
  if (state === null) throw new Error("broken assumption: a credential is issued before it is revoked");
  return { ...state, status: "dicabut", revoked: { at: state.revoked?.at ?? event.at, reason: event.reason, ...(event.since !== undefined && { since: event.since }) } };
};

/** May a signature be made with it now? */
export const isUsable = (state: Pick<CredentialState, "status" | "since" | "until">, at: Instant): boolean => state.status === "aktif" && state.since <= at && at < state.until;
