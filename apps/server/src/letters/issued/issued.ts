import type { ProofLevel, Shortfall } from "@lontar/contract";
import { hasFunction, nobody, type Actor, type HoldingKind } from "../../kernel/actor.ts";
import type { Id, Instant, LocalDate } from "../../kernel/ids.ts";
import type { Decision } from "../../kernel/perform.ts";
import { classReaders, type Duty, type Reader, type Traces } from "../../kernel/state.ts";

/** Where one copy goes. */
export type Address =
  | { readonly kind: "post"; readonly positionId: Id; readonly label: string }
  | { readonly kind: "partner"; readonly tenantId: Id; readonly label: string }
  | { readonly kind: "external"; readonly label: string; readonly email: string | null; readonly place: string };

/** Whether a copy has left this desk; whether it was read is told by the thing that carries it. */
export type DeliveryStatus = "menunggu" | "terkirim" | "gagal";

/** One copy of the letter. `carrierId` names the received letter or the parcel that carries it from here. */
export type Delivery = { readonly id: string; readonly address: Address; readonly cc: boolean; readonly status: DeliveryStatus; readonly detail: string; readonly carrierId: Id | null; readonly at: Instant | null };

/** Who signed, under which holding, with which certificate. */
export type Signatory = { readonly personId: Id; readonly person: string; readonly positionId: Id; readonly post: string; readonly holding: HoldingKind; readonly basis: string | null; readonly at: Instant; readonly serial: string; readonly issuer: string; readonly development: boolean };

/** The facts of a letter at the moment it is issued; they never change afterwards. */
export type Letter = {
  readonly unitId: Id;
  readonly unitName: string;
  readonly number: string;
  readonly date: LocalDate;
  readonly code: string;
  readonly type: string;
  readonly typeTitle: string;
  readonly subject: string;
  readonly security: "B" | "T" | "R" | "SR";
  readonly urgency: "biasa" | "segera" | "amat_segera";
  readonly classification: string | null;
  readonly attachment: string;
  /** Last day on which the letter is in force, for types that say so. */
  readonly validUntil: LocalDate | null;
  readonly sha256: string;
  readonly size: number;
  readonly pages: number;
  /** Length and hash of the bytes that were frozen before signing: the signature may only follow them. */
  readonly frozen: { readonly sha256: string; readonly size: number };
  /** The seal in its QR code; letters of before there were seals have none. */
  readonly seal?: string;
  readonly signer: Signatory;
  readonly drafterPositionId: Id;
};

/** A stored file of the letter with as much of its own proof as it carries: later ones begin with the bytes of earlier ones. */
export type ProvedFile = {
  readonly sha256: string;
  readonly size: number;
  readonly level: ProofLevel;
  /** Until when its newest time-stamp stands by itself; null below B-LTA. */
  readonly until: Instant | null;
  /** What is missing; null when nothing is. */
  readonly lacks: Shortfall | null;
  /** When our own validator saw all this in the bytes. */
  readonly checkedAt: Instant;
};

/** An issued letter and its copies. */
export type IssuedState = Letter & {
  /** The newest file, where its proof is known; the letter's own `sha256` stays that of the file as it was issued. */
  readonly proved?: ProvedFile;
  /** The files that it was before, oldest first; copies of them are about. */
  readonly earlier?: readonly { readonly sha256: string; readonly size: number }[];
  readonly status: "terbit" | "terkirim" | "dicabut";
  readonly deliveries: readonly Delivery[];
  readonly dossierId: Id | null;
  readonly revoked: { readonly at: Instant; readonly by: string; readonly post: string; readonly reason: string; /** The letter that stands in its place, if one does. */ readonly replacement?: Replacement } | null;
  /** Its signature or its seal was made with a key that may have been in other hands by then. */
  readonly suspect?: Suspicion & { readonly at: Instant };
  readonly changedAt: Instant;
};

/** The letter that replaces a revoked one. */
export type Replacement = { readonly id: Id; readonly number: string };

/** What makes a letter doubtful: whose key may have leaked, and since when. */
export type Suspicion = { readonly key: "penanda_tangan" | "segel"; readonly since: Instant; readonly reason: string };

/** The parcel that carries the warning to another government: named when the act is decided, so that a job that runs twice sends it once. */
export type Warning = { readonly deliveryId: string; readonly carrierId: Id };

/** What is said to an issued letter. */
export type IssuedCommand =
  | { readonly type: "issue"; readonly letter: Letter; readonly proved?: ProvedFile; readonly to: readonly Address[]; readonly cc: readonly Address[] }
  /** More proof was added to the file whose hash is `from`, or could not be (`file` is then the same). The system's own work. */
  | { readonly type: "preserve"; readonly from: string; readonly file: ProvedFile }
  | { readonly type: "deliver"; readonly deliveryId: string; readonly status: "terkirim" | "gagal"; readonly detail: string; readonly carrierId: Id | null }
  | { readonly type: "file"; readonly dossierId: Id; readonly dossier: string }
  | { readonly type: "revoke"; readonly reason: string; readonly replacement?: Replacement }
  | { readonly type: "suspect"; readonly suspicion: Suspicion; readonly warnings: readonly Warning[] };

/** What happened to an issued letter. */
export type IssuedEvent =
  | { readonly type: "issued.issued"; readonly at: Instant; /** Of the signed bytes: its leaf in the log names them. */ readonly sha256?: string; readonly letter: Letter; readonly proved?: ProvedFile; readonly deliveries: readonly Delivery[] }
  /** `sha256` is of the new bytes: their leaf in the log names them. They begin with the `size` bytes of `from`. */
  | { readonly type: "issued.preserved"; readonly at: Instant; readonly from: { readonly sha256: string; readonly size: number }; readonly sha256: string; readonly file: ProvedFile }
  | { readonly type: "issued.preservation_failed"; readonly at: Instant; /** The file as it is, and what it lacks. */ readonly file: ProvedFile }
  | { readonly type: "issued.delivered"; readonly at: Instant; readonly deliveryId: string; readonly label: string; readonly status: "terkirim" | "gagal"; readonly detail: string; readonly carrierId: Id | null }
  | { readonly type: "issued.filed"; readonly at: Instant; readonly dossierId: Id; readonly dossier: string }
  | { readonly type: "issued.revoked"; readonly at: Instant; readonly by: string; readonly post: string; readonly reason: string; readonly replacement?: Replacement }
  | { readonly type: "issued.suspected"; readonly at: Instant; readonly suspicion: Suspicion; readonly warnings: readonly Warning[] };

/** Decides what a command makes of an issued letter. */
export const decide = (state: IssuedState | null, command: IssuedCommand, by: Actor): Decision<IssuedEvent> => {
  if (state === null) {
    if (command.type !== "issue") return { refused: "not_found" };
    const delivery = (address: Address, cc: boolean, index: number): Delivery => ({ id: `${cc ? "cc" : "to"}${index + 1}`, address, cc, status: "menunggu", detail: "", carrierId: null, at: null });
    return { events: [{ type: "issued.issued", at: by.at, sha256: command.letter.sha256, letter: command.letter, ...(command.proved !== undefined && { proved: command.proved }), deliveries: [...command.to.map((address, index) => delivery(address, false, index)), ...command.cc.map((address, index) => delivery(address, true, index))] }] };
  }
  switch (command.type) {
    case "issue":
      return { refused: "already_signed" };
    case "preserve":
      return preserve(state, command, by);
    case "deliver": {
      const delivery = state.deliveries.find((candidate) => candidate.id === command.deliveryId);
      if (delivery === undefined) return { refused: "not_found" };
      if (by.personId !== nobody) return { refused: "not_yours" }; // what left the house is noted by what carried it
      // The job that sends may run twice; what has left stays sent.
      if (delivery.status === "terkirim" || (command.status === "gagal" && delivery.detail === command.detail)) return { events: [] };
      return { events: [{ type: "issued.delivered", at: by.at, deliveryId: delivery.id, label: delivery.address.label, status: command.status, detail: command.detail, carrierId: command.carrierId }] };
    }
    case "file":
      if (state.dossierId !== null) return { refused: "already_filed" };
      if (!hasFunction(by, "archivist") && by.positionId !== state.signer.positionId && by.positionId !== state.drafterPositionId) return { refused: "not_yours" };
      return { events: [{ type: "issued.filed", at: by.at, dossierId: command.dossierId, dossier: command.dossier }] };
    case "revoke":
      if (state.status === "dicabut") return { refused: "already_revoked" };
      if (by.positionId !== state.signer.positionId) return { refused: "not_yours" };
      return command.reason === "" ? { refused: "reason_needed" } : { events: [{ type: "issued.revoked", at: by.at, by: by.personName, post: by.positionTitle, reason: command.reason, ...(command.replacement !== undefined && { replacement: command.replacement }) }] };
    case "suspect":
      if (by.personId !== nobody) return { refused: "not_yours" };
      // A second word about a leak counts when it speaks of the signature, or reaches further back.
      return isWorse(command.suspicion, state.suspect) ? { events: [{ type: "issued.suspected", at: by.at, suspicion: command.suspicion, warnings: command.warnings }] } : { events: [] };
    default:
      throw command satisfies never;
  }
};

const levels: readonly ProofLevel[] = ["B-B", "B-T", "B-LT", "B-LTA"];

/** Does the second file prove more than the first: a higher level, or the same for longer? */
const provesMore = (before: ProvedFile | undefined, file: ProvedFile): boolean =>
  before === undefined || levels.indexOf(file.level) > levels.indexOf(before.level) || (file.level === before.level && (file.until ?? "") > (before.until ?? ""));

const preserve = (state: IssuedState, { from, file }: Extract<IssuedCommand, { type: "preserve" }>, by: Actor): Decision<IssuedEvent> => {
  if (by.personId !== nobody) return { refused: "not_yours" };
  const present = fileOf(state);
  if (present.sha256 !== from) return { events: [] }; // somebody was faster: what was made here is nobody's
  if (file.sha256 !== from && provesMore(state.proved, file)) return { events: [{ type: "issued.preserved", at: by.at, from: present, sha256: file.sha256, file }] };
  return file.sha256 !== from || file.lacks === null || file.lacks === state.proved?.lacks ? { events: [] } : { events: [{ type: "issued.preservation_failed", at: by.at, file: { ...file, sha256: present.sha256, size: present.size } }] };
};

/** The file that stands for the letter now: the one with the most proof. */
export const fileOf = (letter: Pick<IssuedState, "sha256" | "size" | "proved">): { readonly sha256: string; readonly size: number } =>
  letter.proved === undefined ? { sha256: letter.sha256, size: letter.size } : { sha256: letter.proved.sha256, size: letter.proved.size };

/** Every file that the letter has been, the present one last. */
export const filesOf = (letter: Pick<IssuedState, "sha256" | "size" | "proved" | "earlier">): readonly { readonly sha256: string; readonly size: number }[] => [...(letter.earlier ?? []), fileOf(letter)];

const isWorse = (suspicion: Suspicion, known: Suspicion | undefined): boolean =>
  known === undefined || (suspicion.key === known.key ? suspicion.since < known.since : suspicion.key === "penanda_tangan");

/** The letter after an event. */
export const evolve = (state: IssuedState | null, event: IssuedEvent): IssuedState => {
  if (event.type === "issued.issued") return { ...event.letter, ...(event.proved !== undefined && { proved: event.proved }), status: "terbit", deliveries: event.deliveries, dossierId: null, revoked: null, changedAt: event.at };
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after issued.issued`);
  switch (event.type) {
    case "issued.preserved":
      return { ...state, proved: event.file, earlier: [...(state.earlier ?? []), event.from] };
    case "issued.preservation_failed":
      return { ...state, proved: event.file };
    case "issued.delivered": {
      const deliveries = state.deliveries.map((delivery) => (delivery.id === event.deliveryId ? { ...delivery, status: event.status, detail: event.detail, carrierId: event.carrierId, at: event.at } : delivery));
      return { ...state, deliveries, status: state.status === "dicabut" ? "dicabut" : deliveries.every((delivery) => delivery.status === "terkirim") ? "terkirim" : "terbit", changedAt: event.at };
    }
    case "issued.filed":
      return { ...state, dossierId: event.dossierId, changedAt: event.at };
    case "issued.revoked":
      return { ...state, status: "dicabut", revoked: { at: event.at, by: event.by, post: event.post, reason: event.reason, ...(event.replacement !== undefined && { replacement: event.replacement }) }, changedAt: event.at };
    case "issued.suspected":
      return { ...state, suspect: { ...event.suspicion, at: event.at }, changedAt: event.at };
    default:
      throw event satisfies never;
  }
};

/** What this person may do with the letter: asks the rules themselves. */
export const may = (state: IssuedState, by: Actor): readonly ("revoke" | "file")[] =>
  (["revoke", "file"] as const).filter((act) => !("refused" in decide(state, act === "revoke" ? { type: "revoke", reason: "contoh" } : { type: "file", dossierId: state.unitId, dossier: "contoh" }, by)));

/** The office's registrars know what it issued, of a secret letter its envelope: number, date and receivers (domain 8.1 d). A failed copy waits for its drafter. */
export const traces = (id: Id, state: IssuedState | null): Traces => {
  if (state === null) return { readers: [], duties: [] };
  const isSecret = state.security === "R" || state.security === "SR";
  const readers: readonly Reader[] = [
    { holder: `position:${state.signer.positionId}`, rule: "penanda_tangan" },
    { holder: `registrar:${state.unitId}`, rule: "registrasi", ...(isSecret && { sight: "sampul" as const }) },
    ...classReaders(state),
  ];
  const failed = state.deliveries.filter((delivery) => delivery.status === "gagal");
  const duties: readonly Duty[] =
    failed.length === 0 || state.status === "dicabut"
      ? []
      : [{ positionId: state.drafterPositionId, act: "kirim", kind: "naskah", targetId: id, sender: "Lontar", title: state.subject, detail: `Pengiriman gagal: ${failed.map((delivery) => delivery.address.label).join(", ")}`.slice(0, 300), urgency: state.urgency, security: state.security, since: state.changedAt, due: null, unread: true }];
  return { readers, duties };
};
