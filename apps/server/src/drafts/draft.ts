import type { contract, Parsed, RefusalCode } from "@lontar/contract";
import { nobody, whyNot, type Actor, type HoldingKind } from "../kernel/actor.ts";
import type { Id, Instant, LocalDate } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import { covers, isMandate, isUnder, type Matter } from "../organisation/index.ts";
import type { Duty, Reader, Traces } from "../kernel/state.ts";
import { afterFault, intentDetail, type Intent } from "./intent.ts";

/** What a drafter writes, as the contract sends it. */
export type Content = Parsed<(typeof contract)["drafts.write"]>["content"];

/** A person in a post at the moment of an act. */
export type Official = { readonly personId: Id; readonly person: string; readonly positionId: Id; readonly post: string; readonly holding: HoldingKind; readonly basis: string | null };

/** One station of the chain. Its decision names the hash of the text that was read. */
export type Step = {
  readonly positionId: Id;
  readonly title: string;
  readonly kind: "paraf" | "tanda_tangan";
  readonly state: "menunggu" | "disetujui" | "dikembalikan" | "gugur";
  readonly hash: string | null;
  /** The version he last decided on; it stays when the text comes back to him. */
  readonly version: number | null;
  readonly personId: Id | null;
  readonly by: string | null;
  readonly at: Instant | null;
  readonly note: string | null;
};

/** The text at the moment it got its number: from here on only these bytes exist. */
export type Frozen = {
  readonly version: number;
  readonly hash: string;
  readonly series: string;
  readonly n: number;
  readonly number: string;
  readonly date: LocalDate;
  readonly code: string;
  readonly authority: string;
  readonly signatureLines: readonly string[];
  readonly signer: Official;
  /** Everything the renderer needs: with the seal that `draft.rendered` carries the same bytes can be made again. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly at: Instant;
};

/** The stored PDF/A of a frozen draft, and the seal in its QR code; letters of before there were seals have none. */
export type Rendered = { readonly sha256: string; readonly pages: number; readonly size: number; readonly seal?: string };

/** The stored, validated signed file. */
export type Signed = { readonly sha256: string; readonly size: number; readonly pages: number; readonly serial: string; readonly issuer: string; readonly development: boolean; readonly signer: Official; readonly at: Instant };

/** Where a draft came from when another module asked for it, and the job that brings the news back. */
export type Origin = { readonly kind: string; readonly id: Id; readonly signedTask: string };

/** What lists and desks show of a draft. */
export type Summary = { readonly subject: string; readonly to: string; readonly security: Content["security"]; readonly urgency: Content["urgency"] };

/** The letter that a draft answers. */
export type Answered = { readonly id: Id; readonly number: string; readonly subject: string; readonly sender: string };

/** An outgoing naskah from first text to signature. */
export type DraftState = {
  readonly status: "konsep" | "paraf" | "perbaikan" | "menunggu_ttd" | "beku" | "ditandatangani" | "dibatalkan";
  readonly type: string;
  readonly typeTitle: string;
  /** A rule of the letter type: a lurah may write and initial alone. */
  readonly mayApproveOwn: boolean;
  readonly unitId: Id;
  readonly unitName: string;
  readonly officeId: Id;
  readonly replyTo: Id | null;
  readonly answers: Answered | null;
  readonly origin: Origin | null;
  readonly drafter: Official;
  readonly summary: Summary;
  readonly version: number;
  readonly content: Content | null;
  readonly hash: string | null;
  readonly steps: readonly Step[];
  readonly returned: { readonly by: string; readonly post: string; readonly note: string; readonly at: Instant } | null;
  readonly frozen: Frozen | null;
  readonly rendered: Rendered | null;
  readonly signed: Signed | null;
  /** A signature that its signer meant and that is not made yet. */
  readonly intent?: Intent;
  readonly cancelled: { readonly by: string; readonly reason: string; readonly at: Instant } | null;
  readonly changedAt: Instant;
};

/** A station as the organisation proposes it, before anyone has decided. */
export type Station = Pick<Step, "positionId" | "title" | "kind"> & { readonly held: boolean };

/** What the organisation says of whoever is about to sign, asked in the same transaction. */
export type SigningAuthority = {
  /** Does he answer for the post, or does the office's policy let its holder act beside his Plh.? */
  readonly answersForPost: boolean;
  /** Classifications in which a mandate decides nothing (UU 30/2014 Ps. 14(7)). */
  readonly beyondMandate: readonly string[];
  /** Is a signature in another's name (a.n., u.b.) delegated, where the text wants one? */
  readonly isDelegated: boolean;
};

/** What people say to a draft; the facts beside their words are gathered in the same transaction. */
export type DraftCommand =
  | { readonly type: "create"; readonly kind: string; readonly kindTitle: string; readonly mayApproveOwn: boolean; readonly unitId: Id; readonly unitName: string; readonly officeId: Id; readonly answers: Answered | null; readonly origin: Origin | null; readonly summary: Summary }
  | { readonly type: "submit"; readonly content: Content; readonly hash: string; readonly summary: Summary; readonly isComplete: boolean; readonly chain: readonly Station[]; readonly note: string }
  | { readonly type: "withdraw" }
  | { readonly type: "approve"; readonly contentHash: string; readonly note: string }
  | { readonly type: "giveBack"; readonly note: string }
  | { readonly type: "cancel"; readonly reason: string }
  /** The drafter has left his post: what he was writing is his successor's. Said by a hand-over alone. */
  | { readonly type: "handOver"; readonly to: Official }
  | { readonly type: "freeze"; readonly contentHash: string; readonly authority: SigningAuthority; readonly frozen: Omit<Frozen, "at" | "signer" | "version" | "hash"> | null }
  | { readonly type: "rendered"; readonly rendered: Rendered }
  | { readonly type: "failSigning"; readonly code: string; readonly detail?: string }
  /** Said before the provider is asked, so that the intent is kept whatever becomes of the asking. */
  | { readonly type: "intend"; readonly id: Id; readonly sha256: string; readonly hasCertificate: boolean; readonly needsSecret: boolean }
  /** What the system finds when it looks after an intent: the provider is back, nobody knows what it did, or nobody may carry the intent out any more. */
  | { readonly type: "settleIntent"; readonly id: Id; readonly found: "back" | "lost" | { readonly lapsed: RefusalCode } }
  | { readonly type: "sign"; readonly sha256: string; readonly hasCertificate: boolean; readonly signed: Omit<Signed, "at" | "signer"> | null };

/** What happened to a draft. */
export type DraftEvent =
  | { readonly type: "draft.created"; readonly at: Instant; readonly drafter: Official; readonly kind: string; readonly kindTitle: string; readonly mayApproveOwn: boolean; readonly unitId: Id; readonly unitName: string; readonly officeId: Id; readonly answers: Answered | null; readonly origin: Origin | null; readonly summary: Summary }
  | { readonly type: "draft.submitted"; readonly at: Instant; readonly version: number; readonly content: Content; readonly hash: string; readonly summary: Summary; readonly steps: readonly Step[]; readonly note: string }
  | { readonly type: "draft.parafs_voided"; readonly at: Instant; readonly posts: readonly string[]; readonly version: number }
  | { readonly type: "draft.withdrawn"; readonly at: Instant }
  | { readonly type: "draft.approved"; readonly at: Instant; readonly step: number; readonly hash: string; readonly version: number; readonly personId: Id; readonly by: string; readonly note: string }
  | { readonly type: "draft.returned"; readonly at: Instant; readonly step: number; readonly version: number; readonly personId: Id; readonly by: string; readonly post: string; readonly note: string }
  | { readonly type: "draft.cancelled"; readonly at: Instant; readonly by: string; readonly reason: string; readonly number: string | null }
  | { readonly type: "draft.handed_over"; readonly at: Instant; readonly from: string; readonly to: Official }
  | { readonly type: "draft.frozen"; readonly at: Instant; readonly frozen: Frozen }
  | { readonly type: "draft.rendered"; readonly at: Instant; readonly rendered: Rendered }
  | { readonly type: "draft.sign_intended"; readonly at: Instant; readonly intent: Intent }
  | { readonly type: "draft.sign_ready"; readonly at: Instant; readonly person: string }
  | { readonly type: "draft.sign_lost"; readonly at: Instant; readonly person: string }
  | { readonly type: "draft.sign_lapsed"; readonly at: Instant; readonly person: string; readonly post: string; readonly reason: RefusalCode }
  /** `detail` is the provider's own word for its support desk; never a secret. */
  | { readonly type: "draft.signing_failed"; readonly at: Instant; readonly code: string; readonly detail?: string }
  | { readonly type: "draft.signed"; readonly at: Instant; readonly signed: Signed };

/** The acts of people, in the order in which a screen offers them. */
export const acts = ["write", "submit", "withdraw", "approve", "giveBack", "freeze", "sign", "cancel"] as const;

/** One of `acts`. */
export type Act = (typeof acts)[number];

/** The actor as events remember him. */
export const official = (by: Actor): Official => ({ personId: by.personId, person: by.personName, positionId: by.positionId, post: by.positionTitle, holding: by.holding.kind, basis: by.holding.basis });

/** Index of the station whose turn it is; -1 when all have decided. */
export const turnOf = (state: DraftState): number => (state.status === "paraf" || state.status === "menunggu_ttd" || state.status === "beku" ? state.steps.findIndex((step) => step.state !== "disetujui") : -1);

/** What a mandate's scope is asked about. */
export const matterOf = (state: DraftState): Matter => ({ type: state.type, classification: state.content?.classification ?? null });

const isDrafter = (state: DraftState, by: Actor): boolean => by.personId === state.drafter.personId || by.positionId === state.drafter.positionId;
const isSigner = (state: DraftState, by: Actor): boolean => state.steps.at(-1)?.positionId === by.positionId;
const refused = (code: Extract<Decision<never>, { refused: unknown }>["refused"]): Decision<DraftEvent> => ({ refused: code });

/** May the text be changed now, by this person? The text is saved without an event, so it asks here. */
export const mayWrite = (state: DraftState, by: Actor): Decision<never> => {
  if (state.status !== "konsep" && state.status !== "perbaikan") return { refused: "wrong_state" };
  return isDrafter(state, by) ? { events: [] } : { refused: "not_yours" };
};

/** Decides what a command makes of a draft. */
export const decide = (state: DraftState | null, command: DraftCommand, by: Actor): Decision<DraftEvent> => {
  if (state === null) {
    if (command.type !== "create") return refused("not_found");
    const { type: _type, ...facts } = command;
    return { events: [{ type: "draft.created", at: by.at, drafter: official(by), ...facts }] };
  }
  switch (command.type) {
    case "create":
      return refused("already_exists");
    case "submit":
      return submit(state, command, by);
    case "withdraw":
      if (state.status !== "paraf" && state.status !== "menunggu_ttd") return refused("wrong_state");
      return isDrafter(state, by) ? { events: [{ type: "draft.withdrawn", at: by.at }] } : refused("not_yours");
    case "approve":
      return approve(state, command, by);
    case "giveBack":
      return giveBack(state, command.note, by);
    case "cancel":
      return cancel(state, command.reason, by);
    case "handOver":
      if (state.status === "ditandatangani" || state.status === "dibatalkan") return refused("wrong_state");
      return by.personId === nobody ? { events: [{ type: "draft.handed_over", at: by.at, from: state.drafter.person, to: command.to }] } : refused("not_yours");
    case "freeze":
      return freeze(state, command, by);
    case "rendered":
      if (state.status !== "beku") return refused("not_frozen");
      if (by.personId !== nobody && !isSigner(state, by)) return refused("not_yours");
      return state.rendered !== null ? { events: [] } : { events: [{ type: "draft.rendered", at: by.at, rendered: command.rendered }] };
    case "failSigning":
      if (state.status !== "beku") return refused("wrong_state");
      return by.personId === nobody || isSigner(state, by) ? { events: [{ type: "draft.signing_failed", at: by.at, code: command.code, ...(command.detail !== undefined && { detail: command.detail }) }] } : refused("not_yours");
    case "intend":
      return intend(state, command, by);
    case "settleIntent":
      return settleIntent(state, command, by);
    case "sign":
      return sign(state, command, by);
    default:
      throw command satisfies never;
  }
};

const submit = (state: DraftState, command: Extract<DraftCommand, { type: "submit" }>, by: Actor): Decision<DraftEvent> => {
  if (state.status !== "konsep" && state.status !== "perbaikan") return refused("wrong_state");
  if (!isDrafter(state, by)) return refused("not_yours");
  if (!command.isComplete) return refused("draft_incomplete");
  const signer = command.chain.at(-1);
  if (signer?.kind !== "tanda_tangan" || command.chain.some((station) => station.kind === "paraf" && !station.held)) return refused("chain_incomplete");
  if (!signer.held) return refused("signer_vacant");
  const steps = command.chain.map((station): Step => {
    const before = state.steps.find((step) => step.positionId === station.positionId && step.kind === station.kind);
    const blank = { positionId: station.positionId, title: station.title, kind: station.kind, hash: null, version: before?.version ?? null, personId: null, by: null, at: null, note: null } as const;
    if (before?.state === "disetujui" && before.hash === command.hash && station.kind === "paraf") return before;
    return before?.state === "disetujui" || before?.state === "gugur" ? { ...before, title: station.title, state: "gugur" } : { ...blank, state: "menunggu" };
  });
  const version = state.hash === command.hash ? state.version : state.version + 1;
  const voided = steps.filter((step) => step.state === "gugur" && state.steps.some((before) => before.positionId === step.positionId && before.state === "disetujui")).map((step) => step.title);
  return {
    events: [
      { type: "draft.submitted", at: by.at, version, content: command.content, hash: command.hash, summary: command.summary, steps, note: command.note },
      ...(voided.length > 0 ? [{ type: "draft.parafs_voided", at: by.at, posts: voided, version } as const] : []),
    ],
  };
};

const approve = (state: DraftState, command: Extract<DraftCommand, { type: "approve" }>, by: Actor): Decision<DraftEvent> => {
  if (state.status !== "paraf") return refused("wrong_state");
  const turn = turnOf(state);
  if (state.steps[turn]?.positionId !== by.positionId) return state.steps.some((step) => step.positionId === by.positionId) ? refused("not_your_turn") : refused("not_yours");
  if (by.asideFor !== null) return refused("stands_aside");
  if (!covers(by.holding.scope, matterOf(state))) return refused("outside_scope");
  if (by.personId === state.drafter.personId && !state.mayApproveOwn) return refused("own_text");
  if (command.contentHash !== state.hash) return refused("text_changed");
  return { events: [{ type: "draft.approved", at: by.at, step: turn, hash: command.contentHash, version: state.version, personId: by.personId, by: by.personName, note: command.note }] };
};

const giveBack = (state: DraftState, note: string, by: Actor): Decision<DraftEvent> => {
  if (state.status !== "paraf" && state.status !== "menunggu_ttd" && state.status !== "beku") return refused("wrong_state");
  const turn = turnOf(state);
  if (state.steps[turn]?.positionId !== by.positionId) return state.steps.some((step) => step.positionId === by.positionId) ? refused("not_your_turn") : refused("not_yours");
  if (by.asideFor !== null) return refused("stands_aside");
  if (note === "") return refused("reason_needed");
  return { events: [{ type: "draft.returned", at: by.at, step: turn, version: state.version, personId: by.personId, by: by.personName, post: by.positionTitle, note }] };
};

const cancel = (state: DraftState, reason: string, by: Actor): Decision<DraftEvent> => {
  if (state.status === "ditandatangani" || state.status === "dibatalkan") return refused("wrong_state");
  // A draft that has a number is the signer's: only he may let the register say "dibatalkan".
  const mine = state.frozen !== null ? isSigner(state, by) : isDrafter(state, by) || (state.status === "menunggu_ttd" && isSigner(state, by));
  const why = whyNot(by, mine);
  if (why !== undefined) return refused(why);
  if (reason === "") return refused("reason_needed");
  return { events: [{ type: "draft.cancelled", at: by.at, by: by.personName, reason, number: state.frozen?.number ?? null }] };
};

const freeze = (state: DraftState, command: Extract<DraftCommand, { type: "freeze" }>, by: Actor): Decision<DraftEvent> => {
  if (state.status === "ditandatangani") return refused("already_signed");
  if (state.status !== "menunggu_ttd" && state.status !== "beku") return refused("wrong_state");
  if (!isSigner(state, by)) return refused("not_yours");
  // While a Plh. or Plt. answers for the post, its own holder does not sign in it: never two hands on one seal (F7).
  if (!command.authority.answersForPost) return refused("stands_aside");
  const matter = matterOf(state);
  if (isMandate(by.holding.kind) && command.authority.beyondMandate.some((prefix) => isUnder(matter.classification ?? "", prefix))) return refused("mandate_exceeded");
  if (!covers(by.holding.scope, matter)) return refused("outside_scope");
  if (state.content?.onBehalf === true && !command.authority.isDelegated) return refused("no_delegation");
  if (command.contentHash !== state.hash || state.hash === null) return refused("text_changed");
  if (state.status === "beku") return { events: [] };
  if (command.frozen === null) return { events: [] };
  return { events: [{ type: "draft.frozen", at: by.at, frozen: { ...command.frozen, version: state.version, hash: state.hash, signer: official(by), at: by.at } }] };
};

// The paper names the person and the mandate that froze it; who became Plt. or lost his mandate meanwhile returns it and freezes anew.
const isSameHand = (signer: Official, by: Actor): boolean => signer.personId === by.personId && signer.holding === by.holding.kind && signer.basis === by.holding.basis;

/** Why this person cannot sign these bytes; undefined when he can. */
const whyNotSign = (state: DraftState, { sha256, hasCertificate }: { readonly sha256: string; readonly hasCertificate: boolean }, by: Actor): RefusalCode | undefined => {
  if (state.status === "ditandatangani") return "already_signed";
  if (state.status !== "beku" || state.rendered === null) return "not_frozen";
  if (!isSigner(state, by) || state.frozen === null || !isSameHand(state.frozen.signer, by)) return "not_yours";
  if (by.asideFor !== null) return "stands_aside";
  if (sha256 !== state.rendered.sha256) return "bytes_differ";
  return hasCertificate ? undefined : "no_certificate";
};

const sign = (state: DraftState, command: Extract<DraftCommand, { type: "sign" }>, by: Actor): Decision<DraftEvent> => {
  const why = whyNotSign(state, command, by);
  if (why !== undefined) return { refused: why };
  if (command.signed === null) return { events: [] };
  return { events: [{ type: "draft.signed", at: by.at, signed: { ...command.signed, signer: official(by), at: by.at } }] };
};

// What was meant once stays what was meant: asking the provider again for the same bytes by the same hand keeps the first moment.
const intend = (state: DraftState, { id, sha256, hasCertificate, needsSecret }: Extract<DraftCommand, { type: "intend" }>, by: Actor): Decision<DraftEvent> => {
  const why = whyNotSign(state, { sha256, hasCertificate }, by);
  if (why !== undefined) return { refused: why };
  const kept = state.intent !== undefined && state.intent.state !== "gugur" && state.intent.sha256 === sha256 && isSameHand(state.intent.signer, by) ? state.intent : undefined;
  return { events: [{ type: "draft.sign_intended", at: by.at, intent: { id: kept?.id ?? id, signer: official(by), sha256, at: kept?.at ?? by.at, state: "berjalan", needsSecret, reason: null } }] };
};

const settleIntent = ({ intent }: DraftState, { id, found }: Extract<DraftCommand, { type: "settleIntent" }>, by: Actor): Decision<DraftEvent> => {
  if (by.personId !== nobody) return { refused: "not_yours" };
  if (intent === undefined || intent.id !== id || intent.state === "gugur") return { events: [] };
  const { person, post } = intent.signer;
  if (found === "back") return { events: intent.state === "menunggu_penyedia" ? [{ type: "draft.sign_ready", at: by.at, person }] : [] };
  if (found === "lost") return { events: intent.state === "berjalan" ? [{ type: "draft.sign_lost", at: by.at, person }] : [] };
  return { events: [{ type: "draft.sign_lapsed", at: by.at, person, post, reason: found.lapsed }] };
};

const changeStep = (steps: readonly Step[], index: number, change: Partial<Step>): readonly Step[] => steps.map((step, at) => (at === index ? { ...step, ...change } : step));

const awaited = (steps: readonly Step[]): "paraf" | "menunggu_ttd" => (steps.find((step) => step.state !== "disetujui")?.kind === "paraf" ? "paraf" : "menunggu_ttd");

/** The draft after an event; nothing but the event decides. */
export const evolve = (state: DraftState | null, event: DraftEvent): DraftState => {
  if (event.type === "draft.created") {
    return {
      status: "konsep", type: event.kind, typeTitle: event.kindTitle, mayApproveOwn: event.mayApproveOwn, unitId: event.unitId, unitName: event.unitName, officeId: event.officeId, replyTo: event.answers?.id ?? null, answers: event.answers, origin: event.origin,
      drafter: event.drafter, summary: event.summary, version: 0, content: null, hash: null, steps: [], returned: null, frozen: null, rendered: null, signed: null, cancelled: null, changedAt: event.at,
    };
  }
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after draft.created`);
  const { intent, ...unmeant } = state;
  const next: DraftState = { ...state, changedAt: event.at };
  /** Without the intent: the letter is signed, or no longer what was meant. */
  const settled: DraftState = { ...unmeant, changedAt: event.at };
  switch (event.type) {
    case "draft.submitted":
      return { ...next, status: awaited(event.steps), version: event.version, content: event.content, hash: event.hash, summary: event.summary, steps: event.steps, returned: null };
    case "draft.parafs_voided":
      return next;
    case "draft.withdrawn":
      return { ...next, status: "perbaikan", returned: null };
    case "draft.approved": {
      const steps = changeStep(state.steps, event.step, { state: "disetujui", hash: event.hash, version: event.version, personId: event.personId, by: event.by, at: event.at, note: event.note === "" ? null : event.note });
      return { ...next, steps, status: awaited(steps) };
    }
    case "draft.returned":
      return {
        ...settled, status: "perbaikan", rendered: null,
        steps: changeStep(state.steps, event.step, { state: "dikembalikan", version: event.version, personId: event.personId, by: event.by, at: event.at, note: event.note }),
        returned: { by: event.by, post: event.post, note: event.note, at: event.at },
      };
    case "draft.cancelled":
      return { ...settled, status: "dibatalkan", cancelled: { by: event.by, reason: event.reason, at: event.at } };
    case "draft.handed_over":
      return { ...next, drafter: event.to };
    case "draft.frozen":
      return { ...settled, status: "beku", frozen: event.frozen, rendered: null };
    case "draft.rendered":
      return { ...next, rendered: event.rendered };
    case "draft.sign_intended":
      return { ...next, intent: event.intent };
    case "draft.sign_ready":
      return intent === undefined ? next : { ...next, intent: { ...intent, state: "menunggu_sandi" } };
    case "draft.sign_lost":
      return intent === undefined ? next : { ...next, intent: { ...intent, state: "tidak_pasti" } };
    case "draft.sign_lapsed":
      return intent === undefined ? next : { ...next, intent: { ...intent, state: "gugur", reason: event.reason } };
    case "draft.signing_failed": {
      const left = intent === undefined ? undefined : afterFault(intent, event.code);
      return left === undefined ? settled : { ...next, intent: left };
    }
    case "draft.signed": {
      const { signed } = event;
      return { ...settled, status: "ditandatangani", signed, steps: changeStep(state.steps, state.steps.length - 1, { state: "disetujui", hash: state.hash, version: state.version, personId: signed.signer.personId, by: signed.signer.person, at: signed.at }) };
    }
    default:
      throw event satisfies never;
  }
};

/** A sample of each act, as whoever reads the newest text would say it. */
const sampleOf = (state: DraftState, act: Exclude<Act, "write">, by: Actor, authority?: SigningAuthority): DraftCommand => {
  const hash = state.hash ?? "";
  switch (act) {
    case "submit":
      return { type: "submit", content: { subject: "", security: "B", urgency: "biasa", classification: null, attachment: "", place: "", to: [], cc: [], body: { type: "doc" }, fields: {} }, hash: "", summary: state.summary, isComplete: true, chain: [{ positionId: state.drafter.positionId, title: "", kind: "tanda_tangan", held: true }], note: "" };
    case "withdraw":
      return { type: "withdraw" };
    case "approve":
      return { type: "approve", contentHash: hash, note: "" };
    case "giveBack":
      return { type: "giveBack", note: "contoh" };
    case "freeze":
      return { type: "freeze", contentHash: hash, authority: authority ?? { answersForPost: by.asideFor === null, beyondMandate: [], isDelegated: true }, frozen: null };
    case "sign":
      return { type: "sign", sha256: state.rendered?.sha256 ?? "", hasCertificate: true, signed: null };
    case "cancel":
      return { type: "cancel", reason: "contoh" };
    default:
      throw act satisfies never;
  }
};

/** What this person may do now: asks the rules themselves, so that a button and its rule cannot disagree. `authority`: what the organisation says of him as a signer. */
export const may = (state: DraftState, by: Actor, authority?: SigningAuthority): readonly Act[] =>
  acts.filter((act) => {
    const decision = act === "write" ? mayWrite(state, by) : decide(state, sampleOf(state, act, by, authority), by);
    return !("refused" in decision);
  });

/** Why the one whose turn it is, in the post he acts in, cannot decide: he lacks the authority for it. Undefined when he can, and for everyone else. */
export const withheld = (state: DraftState, by: Actor, authority: SigningAuthority): Withheld | undefined => {
  if (state.steps[turnOf(state)]?.positionId !== by.positionId) return undefined;
  const decision = decide(state, sampleOf(state, state.status === "paraf" ? "approve" : "freeze", by, authority), by);
  return "refused" in decision ? withheldReasons.find((reason) => reason === decision.refused) : undefined;
};

const withheldReasons = ["stands_aside", "mandate_exceeded", "outside_scope", "no_delegation"] as const;

/** The refusals that speak of authority. */
export type Withheld = (typeof withheldReasons)[number];

/** Who may read the draft, and on whose desk it waits. A post of the chain sees it from its turn on (F2). */
export const traces = (id: Id, state: DraftState | null): Traces => {
  if (state === null) return { readers: [], duties: [] };
  const turn = turnOf(state);
  const reached = state.steps.filter((step, index) => index <= turn || step.state !== "menunggu" || state.status === "ditandatangani");
  const readers: readonly Reader[] = [
    { holder: `person:${state.drafter.personId}`, rule: "penyusun" },
    { holder: `position:${state.drafter.positionId}`, rule: "penyusun" },
    ...reached.map((step): Reader => ({ holder: `position:${step.positionId}`, rule: step.kind === "paraf" ? "pemaraf" : "penanda_tangan" })),
    ...reached.flatMap((step): readonly Reader[] => (step.personId === null ? [] : [{ holder: `person:${step.personId}`, rule: step.kind === "paraf" ? "pemaraf" : "penanda_tangan" }])),
  ];
  return { readers, duties: duties(id, state, turn) };
};

const duties = (id: Id, state: DraftState, turn: number): readonly Duty[] => {
  const duty = (positionId: Id, act: Duty["act"], detail: string, unread: boolean): Duty => ({
    positionId, act, kind: "naskah", targetId: id, sender: `${state.drafter.person} · ${state.drafter.post}`, title: state.summary.subject === "" ? `${state.typeTitle} tanpa hal` : state.summary.subject, detail,
    urgency: state.summary.urgency, security: state.summary.security, since: state.changedAt, due: null, unread,
  });
  switch (state.status) {
    case "konsep":
      return [duty(state.drafter.positionId, "susun", `${state.typeTitle} · konsep`, false)];
    case "perbaikan":
      return [duty(state.drafter.positionId, "susun", state.returned === null ? `${state.typeTitle} · ditarik untuk diubah` : `Dikembalikan ${state.returned.post}: ${state.returned.note}`, state.returned !== null)];
    case "paraf": {
      const step = state.steps[turn];
      const parafs = state.steps.filter((candidate) => candidate.kind === "paraf").length;
      return step === undefined ? [] : [duty(step.positionId, "paraf", `${state.typeTitle} · paraf ${turn + 1} dari ${parafs} · versi ${state.version}`, true)];
    }
    case "menunggu_ttd":
    case "beku": {
      const step = state.steps.at(-1);
      if (step !== undefined && state.intent !== undefined && state.frozen !== null) return [duty(step.positionId, "tanda_tangan", `Nomor ${state.frozen.number}: ${intentDetail(state.intent)}`, state.intent.state !== "berjalan" && state.intent.state !== "menunggu_penyedia")];
      return step === undefined ? [] : [duty(step.positionId, "tanda_tangan", state.frozen !== null && state.status === "beku" ? `${state.typeTitle} · nomor ${state.frozen.number} menunggu tanda tangan` : `${state.typeTitle} · lengkap diparaf, menunggu tanda tangan`, state.status === "menunggu_ttd")];
    }
    case "ditandatangani":
    case "dibatalkan":
      return [];
    default:
      throw state.status satisfies never;
  }
};
