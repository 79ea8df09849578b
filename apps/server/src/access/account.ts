import { nobody, type Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
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
  /** Until when the password alone still opens everything, once its owner was told to secure the account; absent while nobody told him. */
  readonly secureBy?: Instant;
};

/** How someone proved who he is; `sso_mfa`: the other side says that it asked for a second factor. */
export type Method = "sandi" | "sandi_kode" | "sandi_pemulihan" | "kunci" | "sso" | "sso_kode" | "sso_mfa";

/** Has this account anything besides its password? Then the password alone opens it no more. */
export const hasFactor = (state: Pick<AccountState, "secondFactor" | "passkeys">): boolean => state.secondFactor || state.passkeys.length > 0;

/** One thing proved alone: a password, or an agency's account without a second factor. */
export const isWeak = (method: Method): boolean => method === "sandi" || method === "sso";

/** What the government demands of a person because of his posts: a second proof, at the latest after these days. */
export type Demand = { readonly graceDays: number };

/** Does an entry open no more than the page on which the account is secured? */
export const isHeldBack = (state: Pick<AccountState, "secureBy">, entry: { readonly method: Method; readonly demand: Demand | null }, at: Instant): boolean =>
  isWeak(entry.method) && entry.demand !== null && (state.secureBy ?? at) <= at;

/** Why an attempt that knew more than a stranger does was refused. */
export type Refusal = "kode_salah" | "tantangan_terpakai" | "penghitung_mundur" | "kunci_tidak_sah" | "diblokir";

/** What a person, his admin or the door itself says about an account. Proofs were checked before; the rules decide what follows from them. */
export type AccountWord =
  | { readonly type: "create"; readonly username: string; readonly passwordSeal: string }
  | { readonly type: "invite"; readonly username: string }
  | { readonly type: "renewLink"; readonly reason: string }
  | { readonly type: "activate"; readonly passwordSeal: string }
  | { readonly type: "block"; readonly reason: string }
  | { readonly type: "unblock"; readonly reason: string }
  | { readonly type: "resetFactors"; readonly reason: string }
  | { readonly type: "expel"; readonly reason: string }
  | { readonly type: "enter"; readonly session: Id; readonly device: string; readonly method: Method; readonly isNew: boolean; readonly codesLeft: number | null; readonly demand: Demand | null }
  | { readonly type: "refuse"; readonly device: string; readonly why: Refusal }
  | { readonly type: "leave" }
  | { readonly type: "switchPost"; readonly from: Id }
  | { readonly type: "endSession"; readonly session: Id }
  | { readonly type: "endSessions" }
  | { readonly type: "loseSession"; readonly session: Id; readonly opened: string; readonly used: string }
  | { readonly type: "changePassword"; readonly passwordSeal: string }
  | { readonly type: "setSecondFactor" }
  | { readonly type: "removeSecondFactor"; readonly mayStandAlone: boolean; readonly isDemanded: boolean }
  | { readonly type: "makeRecoveryCodes"; readonly count: number }
  | { readonly type: "addPasskey"; readonly passkey: Passkey }
  | { readonly type: "renamePasskey"; readonly id: Id; readonly name: string }
  | { readonly type: "removePasskey"; readonly id: Id; readonly mayStandAlone: boolean; readonly isDemanded: boolean }
  | { readonly type: "useRecoveryCode"; readonly left: number }
  | { readonly type: "proveFresh"; readonly sha256: string; readonly documents: readonly string[]; readonly method: "kunci" | "kode"; readonly proof: FreshProof | null }
  | { readonly type: "disown"; readonly week: string; readonly note: string };

/** A word about the account of one person: whose it is, the rules see, and take his own words from nobody else. */
export type AccountCommand = AccountWord & { readonly of: Id };

/** What happened to an account. */
export type AccountEvent =
  | { readonly type: "account.created"; readonly username: string; readonly passwordSeal?: string }
  | { readonly type: "account.invited"; readonly username: string }
  | { readonly type: "account.link_renewed"; readonly reason: string }
  | { readonly type: "account.activated"; readonly passwordSeal: string }
  | { readonly type: "account.blocked"; readonly reason: string }
  | { readonly type: "account.unblocked"; readonly reason: string }
  | { readonly type: "account.factors_reset"; readonly reason: string }
  | { readonly type: "account.expelled"; readonly reason: string }
  | { readonly type: "account.signed_in"; readonly session: Id; readonly device: string; readonly method: Method; readonly isNew: boolean; readonly isHeldBack?: true }
  | { readonly type: "account.factor_asked"; readonly until: Instant }
  | { readonly type: "account.recovery_code_used"; readonly left: number }
  | { readonly type: "account.sign_in_refused"; readonly device: string; readonly why: Refusal }
  | { readonly type: "account.signed_out" }
  | { readonly type: "account.post_switched"; readonly from: Id }
  | { readonly type: "account.session_ended"; readonly session: Id }
  | { readonly type: "account.sessions_ended" }
  | { readonly type: "account.session_elsewhere"; readonly session: Id; readonly opened: string; readonly used: string }
  | { readonly type: "account.password_changed"; readonly passwordSeal: string }
  | { readonly type: "account.second_factor_set" }
  | { readonly type: "account.second_factor_removed"; readonly keepsCodes?: true }
  | { readonly type: "account.recovery_codes_made"; readonly count: number }
  | { readonly type: "account.passkey_added"; readonly passkey: Passkey }
  | { readonly type: "account.passkey_renamed"; readonly id: Id; readonly name: string }
  | { readonly type: "account.passkey_removed"; readonly id: Id; readonly name: string; readonly wasLast?: true }
  /** `documents` names the members where one proof was about several; `sha256` is then the hash over all of theirs. */
  | { readonly type: "account.proved_fresh"; readonly sha256: string; readonly documents?: readonly string[]; readonly method: "kunci" | "kode"; readonly proof: FreshProof | null }
  | { readonly type: "account.disowned"; readonly week: string; readonly note: string };

/** What a passkey said about one document, whole: whoever has the public key can check that its owner was asked about these bytes. */
export type FreshProof = { readonly passkey: Id; readonly token: string; readonly clientData: string; readonly authenticatorData: string; readonly signature: string };

/** More passkeys than anyone has devices. */
export const passkeyLimit = 10;

const happened = (...events: readonly AccountEvent[]): Decision<AccountEvent> => ({ events });

const dayMs = 86_400_000;

/** The rules of an account. Order of checks: is it the right state, is it yours, is it complete. */
export const decide = (state: AccountState | null, command: AccountCommand, by: Pick<Actor, "personId" | "functions" | "at">): Decision<AccountEvent> => {
  const isAdmin = by.functions.includes("admin");
  const isDoor = by.personId === nobody;
  const isOwner = by.personId === command.of;
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
      return isOwner ? { refused: "own_account" } : happened({ type: "account.blocked", reason: command.reason });
    case "unblock":
      if (state.status !== "diblokir") return { refused: "wrong_state" };
      return isAdmin ? happened({ type: "account.unblocked", reason: command.reason }) : { refused: "not_yours" };
    case "expel":
      return isAdmin ? happened({ type: "account.expelled", reason: command.reason }) : { refused: "not_yours" };
    case "resetFactors":
      if (!isAdmin) return { refused: "not_yours" }; // before the state: who is poorly guarded is nobody else's news
      return hasFactor(state) ? happened({ type: "account.factors_reset", reason: command.reason }) : { refused: "wrong_state" };
    // A blocked account takes nothing that opens it; what closes it, and what tells of attempts, goes on.
    case "refuse":
      return isDoor ? happened({ type: "account.sign_in_refused", device: command.device, why: command.why }) : { refused: "not_yours" };
    case "loseSession":
      return isDoor ? happened({ type: "account.session_elsewhere", session: command.session, opened: command.opened, used: command.used }) : { refused: "not_yours" };
    case "leave":
      return isOwner ? happened({ type: "account.signed_out" }) : { refused: "not_yours" };
    case "endSession":
      return isOwner ? happened({ type: "account.session_ended", session: command.session }) : { refused: "not_yours" };
    case "endSessions":
      return isOwner ? happened({ type: "account.sessions_ended" }) : { refused: "not_yours" };
    case "activate":
      if (state.status === "diblokir") return { refused: "account_blocked" };
      return isOwner || isDoor ? happened({ type: "account.activated", passwordSeal: command.passwordSeal }) : { refused: "not_yours" }; // whoever holds no post yet is let in by the door
    default:
      if (state.status !== "aktif") return { refused: state.status === "diblokir" ? "account_blocked" : "account_waiting" };
      return isOwner ? decideActive(state, command, by.at) : { refused: "not_yours" };
  }
};

type ActiveWord = Extract<AccountWord, { readonly type: "enter" | "switchPost" | "changePassword" | "setSecondFactor" | "removeSecondFactor" | "makeRecoveryCodes" | "addPasskey" | "renamePasskey" | "removePasskey" | "useRecoveryCode" | "proveFresh" | "disown" }>;

const decideActive = (state: AccountState, command: ActiveWord, at: Instant): Decision<AccountEvent> => {
  switch (command.type) {
    case "enter":
      if (isWeak(command.method) && hasFactor(state)) return { refused: state.secondFactor ? "second_factor_needed" : "passkey_needed" }; // set by another window while this one typed
      return happened(...entered(state, command, at));
    case "switchPost":
      return happened({ type: "account.post_switched", from: command.from });
    case "changePassword":
      return happened({ type: "account.password_changed", passwordSeal: command.passwordSeal });
    case "setSecondFactor":
      return happened({ type: "account.second_factor_set" });
    case "removeSecondFactor": {
      if (!state.secondFactor) return { refused: "wrong_state" };
      if (state.passkeys.length > 0) return happened({ type: "account.second_factor_removed", keepsCodes: true }); // a passkey still stands beside the password
      const refused = mayBecomeWeak(state, command);
      return refused === undefined ? happened({ type: "account.second_factor_removed" }) : { refused };
    }
    case "makeRecoveryCodes":
      return hasFactor(state) ? happened({ type: "account.recovery_codes_made", count: command.count }) : { refused: "second_factor_first" };
    case "addPasskey":
      return state.passkeys.length < passkeyLimit ? happened({ type: "account.passkey_added", passkey: command.passkey }) : { refused: "too_many_passkeys" };
    case "renamePasskey":
      return state.passkeys.some((key) => key.id === command.id) ? happened({ type: "account.passkey_renamed", id: command.id, name: command.name }) : { refused: "not_found" };
    case "removePasskey": {
      const key = state.passkeys.find((one) => one.id === command.id);
      if (key === undefined) return { refused: "not_found" };
      if (state.secondFactor || state.passkeys.length > 1) return happened({ type: "account.passkey_removed", id: key.id, name: key.name });
      const refused = mayBecomeWeak(state, command);
      return refused === undefined ? happened({ type: "account.passkey_removed", id: key.id, name: key.name, wasLast: true }) : { refused };
    }
    case "useRecoveryCode":
      return happened({ type: "account.recovery_code_used", left: command.left });
    case "proveFresh":
      if (command.method === "kunci" ? state.passkeys.length === 0 : !state.secondFactor) return { refused: "wrong_state" };
      return happened({ type: "account.proved_fresh", sha256: command.sha256, ...(command.documents.length > 1 && { documents: command.documents }), method: command.method, proof: command.proof });
    case "disown":
      return happened({ type: "account.disowned", week: command.week, note: command.note });
    default:
      return command satisfies never;
  }
};

/** Who proved one thing alone and should prove two is told until when that will do; after that day his entry is held back. */
const entered = (state: AccountState, { session, device, method, isNew, codesLeft, demand }: Extract<AccountWord, { readonly type: "enter" }>, at: Instant): readonly AccountEvent[] => {
  const until = demand === null || !isWeak(method) || state.secureBy !== undefined ? undefined : new Date(Date.parse(at) + demand.graceDays * dayMs).toISOString();
  const isBack = isHeldBack(until === undefined ? state : { secureBy: until }, { method, demand }, at);
  return [
    ...(until === undefined ? [] : [{ type: "account.factor_asked", until } as const]),
    ...(codesLeft === null ? [] : [{ type: "account.recovery_code_used", left: codesLeft } as const]),
    { type: "account.signed_in", session, device, method, isNew, ...(isBack && { isHeldBack: true }) },
  ];
};

/** The last factor stays while the person's posts demand one, where it is the only way in, and where the password is too short to stand alone. */
const mayBecomeWeak = (state: AccountState, given: { readonly mayStandAlone: boolean; readonly isDemanded: boolean }): "last_factor" | "password_too_short_alone" | undefined =>
  given.isDemanded || !state.hasPassword ? "last_factor" : given.mayStandAlone ? undefined : "password_too_short_alone";

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
      return { ...state, secondFactor: false, recoveryCodes: event.keepsCodes === true ? state.recoveryCodes : 0 };
    case "account.recovery_codes_made":
      return { ...state, recoveryCodes: event.count };
    case "account.recovery_code_used":
      return { ...state, recoveryCodes: event.left };
    case "account.passkey_added":
      return { ...state, passkeys: [...state.passkeys, event.passkey] };
    case "account.passkey_renamed":
      return { ...state, passkeys: state.passkeys.map((key) => (key.id === event.id ? { ...key, name: event.name } : key)) };
    case "account.passkey_removed":
      return { ...state, passkeys: state.passkeys.filter((key) => key.id !== event.id), recoveryCodes: event.wasLast === true ? 0 : state.recoveryCodes };
    case "account.factor_asked":
      return { ...state, secureBy: event.until };
    case "account.link_renewed":
    case "account.expelled":
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
