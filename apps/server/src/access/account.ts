import type { Id } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";

/** A passkey as the events know it; `seal` is the SHA-256 of its public key, so that the key cannot be exchanged unseen. */
export type Passkey = { readonly id: Id; readonly name: string; readonly seal: string };

/** What somebody's account is. Secrets are not here: only whether there are any, and the fingerprint by which a changed one is known. */
export type AccountState = {
  readonly username: string;
  readonly status: "menunggu" | "aktif" | "diblokir";
  readonly hasPassword: boolean;
  /** SHA-256 of the stored hash; `null` for accounts from before fingerprints were kept. */
  readonly passwordSeal: string | null;
  readonly secondFactor: boolean;
  readonly recoveryCodes: number;
  readonly passkeys: readonly Passkey[];
};

/** How someone proved who he is. */
export type Method = "sandi" | "sandi_kode" | "sandi_pemulihan" | "kunci" | "sso" | "sso_kode";

/** Why an attempt that knew more than a stranger does was refused. */
export type Refusal = "kode_salah" | "tantangan_terpakai" | "penghitung_mundur" | "kunci_tidak_sah" | "diblokir";

/** What a person, his admin or the door itself says about an account. Proofs were checked before; the rules decide what follows from them. */
export type AccountCommand =
  | { readonly type: "create"; readonly username: string; readonly passwordSeal: string }
  | { readonly type: "invite"; readonly username: string }
  | { readonly type: "renewLink"; readonly reason: string }
  | { readonly type: "activate"; readonly passwordSeal: string }
  | { readonly type: "block"; readonly reason: string; readonly own: boolean }
  | { readonly type: "unblock"; readonly reason: string }
  | { readonly type: "resetFactors"; readonly reason: string }
  | { readonly type: "enter"; readonly session: Id; readonly device: string; readonly method: Method; readonly isNew: boolean; readonly codesLeft: number | null }
  | { readonly type: "refuse"; readonly device: string; readonly why: Refusal }
  | { readonly type: "leave" }
  | { readonly type: "switchPost"; readonly from: Id }
  | { readonly type: "endSession"; readonly session: Id }
  | { readonly type: "endSessions" }
  | { readonly type: "loseSession"; readonly session: Id; readonly opened: string; readonly used: string }
  | { readonly type: "changePassword"; readonly passwordSeal: string }
  | { readonly type: "setSecondFactor" }
  | { readonly type: "removeSecondFactor"; readonly mayStandAlone: boolean }
  | { readonly type: "makeRecoveryCodes"; readonly count: number }
  | { readonly type: "addPasskey"; readonly passkey: Passkey }
  | { readonly type: "renamePasskey"; readonly id: Id; readonly name: string }
  | { readonly type: "removePasskey"; readonly id: Id }
  | { readonly type: "proveFresh"; readonly sha256: string; readonly method: "kunci" | "kode" }
  | { readonly type: "disown"; readonly week: string; readonly note: string };

/** What happened to an account. */
export type AccountEvent =
  | { readonly type: "account.created"; readonly username: string; readonly passwordSeal?: string }
  | { readonly type: "account.invited"; readonly username: string }
  | { readonly type: "account.link_renewed"; readonly reason: string }
  | { readonly type: "account.activated"; readonly passwordSeal: string }
  | { readonly type: "account.blocked"; readonly reason: string }
  | { readonly type: "account.unblocked"; readonly reason: string }
  | { readonly type: "account.factors_reset"; readonly reason: string }
  | { readonly type: "account.signed_in"; readonly session: Id; readonly device: string; readonly method: Method; readonly isNew: boolean }
  | { readonly type: "account.recovery_code_used"; readonly left: number }
  | { readonly type: "account.sign_in_refused"; readonly device: string; readonly why: Refusal }
  | { readonly type: "account.signed_out" }
  | { readonly type: "account.post_switched"; readonly from: Id }
  | { readonly type: "account.session_ended"; readonly session: Id }
  | { readonly type: "account.sessions_ended" }
  | { readonly type: "account.session_elsewhere"; readonly session: Id; readonly opened: string; readonly used: string }
  | { readonly type: "account.password_changed"; readonly passwordSeal: string }
  | { readonly type: "account.second_factor_set" }
  | { readonly type: "account.second_factor_removed" }
  | { readonly type: "account.recovery_codes_made"; readonly count: number }
  | { readonly type: "account.passkey_added"; readonly passkey: Passkey }
  | { readonly type: "account.passkey_renamed"; readonly id: Id; readonly name: string }
  | { readonly type: "account.passkey_removed"; readonly id: Id; readonly name: string }
  | { readonly type: "account.proved_fresh"; readonly sha256: string; readonly method: "kunci" | "kode" }
  | { readonly type: "account.disowned"; readonly week: string; readonly note: string };

/** More passkeys than anyone has devices. */
export const passkeyLimit = 10;

const happened = (...events: readonly AccountEvent[]): Decision<AccountEvent> => ({ events });

/** The rules of an account. Order of checks: is it the right state, is it yours, is it complete. */
export const decide = (state: AccountState | null, command: AccountCommand, by: { readonly functions: readonly string[] }): Decision<AccountEvent> => {
  const isAdmin = by.functions.includes("admin");
  if (command.type === "create" || command.type === "invite") {
    if (state !== null) return { refused: "already_exists" };
    if (!isAdmin) return { refused: "not_yours" };
    return happened(command.type === "create" ? { type: "account.created", username: command.username, passwordSeal: command.passwordSeal } : { type: "account.invited", username: command.username });
  }
  if (state === null) return { refused: "not_found" };
  switch (command.type) {
    case "renewLink":
      if (state.status === "diblokir") return { refused: "account_blocked" };
      return isAdmin ? happened({ type: "account.link_renewed", reason: command.reason }) : { refused: "not_yours" };
    case "block":
      if (state.status === "diblokir") return { refused: "wrong_state" };
      if (!isAdmin) return { refused: "not_yours" };
      return command.own ? { refused: "own_account" } : happened({ type: "account.blocked", reason: command.reason });
    case "unblock":
      if (state.status !== "diblokir") return { refused: "wrong_state" };
      return isAdmin ? happened({ type: "account.unblocked", reason: command.reason }) : { refused: "not_yours" };
    case "resetFactors":
      if (!isAdmin) return { refused: "not_yours" };
      return state.secondFactor || state.passkeys.length > 0 ? happened({ type: "account.factors_reset", reason: command.reason }) : { refused: "wrong_state" };
    // A blocked account takes nothing that opens it; what closes it, and what tells of attempts, goes on.
    case "refuse":
      return happened({ type: "account.sign_in_refused", device: command.device, why: command.why });
    case "leave":
      return happened({ type: "account.signed_out" });
    case "endSession":
      return happened({ type: "account.session_ended", session: command.session });
    case "endSessions":
      return happened({ type: "account.sessions_ended" });
    case "loseSession":
      return happened({ type: "account.session_elsewhere", session: command.session, opened: command.opened, used: command.used });
    case "activate":
      if (state.status === "diblokir") return { refused: "account_blocked" };
      return happened({ type: "account.activated", passwordSeal: command.passwordSeal });
    default:
      return state.status === "aktif" ? decideActive(state, command) : { refused: state.status === "diblokir" ? "account_blocked" : "account_waiting" };
  }
};

type ActiveCommand = Extract<AccountCommand, { readonly type: "enter" | "switchPost" | "changePassword" | "setSecondFactor" | "removeSecondFactor" | "makeRecoveryCodes" | "addPasskey" | "renamePasskey" | "removePasskey" | "proveFresh" | "disown" }>;

const decideActive = (state: AccountState, command: ActiveCommand): Decision<AccountEvent> => {
  switch (command.type) {
    case "enter": {
      const entered = { type: "account.signed_in", session: command.session, device: command.device, method: command.method, isNew: command.isNew } as const;
      return command.codesLeft === null ? happened(entered) : happened({ type: "account.recovery_code_used", left: command.codesLeft }, entered);
    }
    case "switchPost":
      return happened({ type: "account.post_switched", from: command.from });
    case "changePassword":
      return happened({ type: "account.password_changed", passwordSeal: command.passwordSeal });
    case "setSecondFactor":
      return happened({ type: "account.second_factor_set" });
    case "removeSecondFactor":
      if (!state.secondFactor) return { refused: "wrong_state" };
      return command.mayStandAlone ? happened({ type: "account.second_factor_removed" }) : { refused: "password_too_short_alone" };
    case "makeRecoveryCodes":
      return state.secondFactor ? happened({ type: "account.recovery_codes_made", count: command.count }) : { refused: "second_factor_first" };
    case "addPasskey":
      return state.passkeys.length < passkeyLimit ? happened({ type: "account.passkey_added", passkey: command.passkey }) : { refused: "too_many_passkeys" };
    case "renamePasskey":
      return state.passkeys.some((key) => key.id === command.id) ? happened({ type: "account.passkey_renamed", id: command.id, name: command.name }) : { refused: "not_found" };
    case "removePasskey": {
      const key = state.passkeys.find((one) => one.id === command.id);
      return key === undefined ? { refused: "not_found" } : happened({ type: "account.passkey_removed", id: key.id, name: key.name });
    }
    case "proveFresh":
      return happened({ type: "account.proved_fresh", sha256: command.sha256, method: command.method });
    case "disown":
      return happened({ type: "account.disowned", week: command.week, note: command.note });
    default:
      return command satisfies never;
  }
};

const opened = (username: string): AccountState => ({ username, status: "menunggu", hasPassword: false, passwordSeal: null, secondFactor: false, recoveryCodes: 0, passkeys: [] });

const nobodys: AccountState = opened("");

/** What an account is after an event; events that are only told leave it as it was. */
export const evolve = (before: AccountState | null, event: AccountEvent): AccountState => {
  const state = before ?? nobodys;
  switch (event.type) {
    case "account.created":
      return { ...opened(event.username), status: "aktif", hasPassword: true, passwordSeal: event.passwordSeal ?? null };
    case "account.invited":
      return opened(event.username);
    case "account.activated":
      return { ...state, status: "aktif", hasPassword: true, passwordSeal: event.passwordSeal };
    case "account.blocked":
      return { ...state, status: "diblokir" };
    case "account.unblocked":
      return { ...state, status: state.hasPassword || state.passkeys.length > 0 ? "aktif" : "menunggu" };
    case "account.factors_reset":
      return { ...state, secondFactor: false, recoveryCodes: 0, passkeys: [] };
    case "account.password_changed":
      return { ...state, hasPassword: true, passwordSeal: event.passwordSeal };
    case "account.second_factor_set":
      return { ...state, secondFactor: true };
    case "account.second_factor_removed":
      return { ...state, secondFactor: false, recoveryCodes: 0 };
    case "account.recovery_codes_made":
      return { ...state, recoveryCodes: event.count };
    case "account.recovery_code_used":
      return { ...state, recoveryCodes: event.left };
    case "account.passkey_added":
      return { ...state, passkeys: [...state.passkeys, event.passkey] };
    case "account.passkey_renamed":
      return { ...state, passkeys: state.passkeys.map((key) => (key.id === event.id ? { ...key, name: event.name } : key)) };
    case "account.passkey_removed":
      return { ...state, passkeys: state.passkeys.filter((key) => key.id !== event.id) };
    case "account.link_renewed":
    case "account.signed_in":
    case "account.sign_in_refused":
    case "account.signed_out":
    case "account.post_switched":
    case "account.session_ended":
    case "account.sessions_ended":
    case "account.session_elsewhere":
    case "account.proved_fresh":
    case "account.disowned":
      return state;
    default:
      throw event satisfies never;
  }
};
