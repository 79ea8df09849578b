import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";

/** A person's certificate. The private key is not here: it lies sealed in `signing_key`, which can be destroyed. */
export type Certificate = { readonly personId: Id; readonly name: string; readonly title: string; readonly organisation: string; readonly certificate: string; readonly serial: string; readonly issuer: string; readonly development: boolean; readonly since: Instant; readonly until: Instant };

/** A certificate in force or withdrawn. */
export type CredentialState = Certificate & { readonly status: "aktif" | "dicabut"; readonly revoked: { readonly at: Instant; readonly reason: string } | null };

/** What is said to a credential. */
export type CredentialCommand = { readonly type: "issue"; readonly certificate: Certificate; /** Its owner has just signed with it, and our validator believed that signature. */ readonly isProven: boolean } | { readonly type: "revoke"; readonly reason: string };

/** What happened to a credential. */
export type CredentialEvent = { readonly type: "credential.issued"; readonly at: Instant; readonly certificate: Certificate } | { readonly type: "credential.revoked"; readonly at: Instant; readonly reason: string };

/** The certificate admin gives a certificate, or its owner brings one that he has just signed with; he may withdraw it too, at once, when he fears for his key. */
export const decideCredential = (state: CredentialState | null, command: CredentialCommand, by: Actor): Decision<CredentialEvent> => {
  switch (command.type) {
    case "issue":
      if (state !== null) return { refused: "already_exists" };
      return hasFunction(by, "admin") || (command.isProven && by.personId === command.certificate.personId) ? { events: [{ type: "credential.issued", at: by.at, certificate: command.certificate }] } : { refused: "not_yours" };
    case "revoke":
      if (state === null) return { refused: "not_found" };
      if (state.status === "dicabut") return { events: [] };
      return hasFunction(by, "admin") || by.personId === state.personId ? { events: [{ type: "credential.revoked", at: by.at, reason: command.reason }] } : { refused: "not_yours" };
    default:
      throw command satisfies never;
  }
};

/** The credential after an event. */
export const evolveCredential = (state: CredentialState | null, event: CredentialEvent): CredentialState => {
  if (event.type === "credential.issued") return { ...event.certificate, status: "aktif", revoked: null };
  if (state === null) throw new Error("broken assumption: a credential is issued before it is revoked");
  return { ...state, status: "dicabut", revoked: { at: event.at, reason: event.reason } };
};

/** May a signature be made with it now? */
export const isUsable = (state: Pick<CredentialState, "status" | "since" | "until">, at: Instant): boolean => state.status === "aktif" && state.since <= at && at < state.until;
