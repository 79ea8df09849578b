import { hasFunction, nobody, type Actor } from "../../kernel/actor.ts";
import type { Instant } from "../../kernel/ids.ts";
import type { Decision } from "../../kernel/perform.ts";

/** A key with which a government seals its letters. Its private half is not here: it lies sealed in `seal_key_secret`, which can be destroyed. */
export type SealKey = { readonly keyId: string; /** X.509 by the installation's authority, base64. */ readonly certificate: string; readonly institution: string; readonly since: Instant; readonly until: Instant };

/** A key that seals, has been followed by another, or is not believed any more. */
export type SealKeyState = SealKey & { readonly status: "dipakai" | "selesai" | "dicabut"; readonly revoked: { readonly at: Instant; /** From when on its seals are not believed. */ readonly since: Instant; readonly reason: string } | null };

/** What is said to a seal key. */
export type SealKeyCommand = { readonly type: "make"; readonly key: SealKey } | { readonly type: "retire" } | { readonly type: "revoke"; readonly since: Instant; readonly reason: string };

/** What happened to a seal key. */
export type SealKeyEvent =
  | { readonly type: "seal_key.made"; readonly at: Instant; readonly key: SealKey }
  | { readonly type: "seal_key.retired"; readonly at: Instant }
  | { readonly type: "seal_key.revoked"; readonly at: Instant; readonly since: Instant; readonly reason: string };

/** Keys are made and followed by the system itself; an admin (or the system, told so at the command line) revokes one. */
export const decideSealKey = (state: SealKeyState | null, command: SealKeyCommand, by: Actor): Decision<SealKeyEvent> => {
  const isSystem = by.personId === nobody;
  switch (command.type) {
    case "make":
      if (state !== null) return { refused: "already_exists" };
      return isSystem ? { events: [{ type: "seal_key.made", at: by.at, key: command.key }] } : { refused: "not_yours" };
    case "retire":
      if (state === null) return { refused: "not_found" };
      if (state.status !== "dipakai") return { events: [] };
      return isSystem ? { events: [{ type: "seal_key.retired", at: by.at }] } : { refused: "not_yours" };
    case "revoke":
      if (state === null) return { refused: "not_found" };
      if (!isSystem && !hasFunction(by, "admin")) return { refused: "not_yours" };
      // A second word about a leak counts only when it reaches further back.
      if (state.revoked !== null && state.revoked.since <= command.since) return { events: [] };
      return command.reason === "" ? { refused: "reason_needed" } : { events: [{ type: "seal_key.revoked", at: by.at, since: command.since, reason: command.reason }] };
    default:
      throw command satisfies never;
  }
};

/** The key after an event. */
export const evolveSealKey = (state: SealKeyState | null, event: SealKeyEvent): SealKeyState => {
  if (event.type === "seal_key.made") return { ...event.key, status: "dipakai", revoked: null };
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after seal_key.made`);
  switch (event.type) {
    case "seal_key.retired":
      return { ...state, status: "selesai" };
    case "seal_key.revoked":
      return { ...state, status: "dicabut", revoked: { at: event.at, since: event.since, reason: event.reason } };
    default:
      throw event satisfies never;
  }
};
