import type { contract, Parsed } from "@lontar/contract";
import { hasFunction, nobody, whyNot, type Actor } from "../kernel/actor.ts";
import type { StoredFile } from "../kernel/files/take.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import { assert } from "../kernel/refusal.ts";
import { classReaders, type Duty, type Reader, type Traces } from "../kernel/state.ts";

/** The facts of a received letter as the clerk confirmed them. */
export type ReceivedFacts = Parsed<(typeof contract)["received.register"]>["facts"];

/** How the letter came: scanned at the desk, from an office of this government, or from another government. */
export type Origin = { readonly kind: "pindaian" } | { readonly kind: "internal"; readonly issuedId: Id } | { readonly kind: "pertukaran"; readonly senderId: Id; readonly envelopeId: Id };

/** A person and the post in which he acted. */
export type Hand = { readonly personId: Id; readonly person: string; readonly positionId: Id; readonly title: string };

/** The post to which a letter is directed. */
export type Addressee = { readonly positionId: Id; readonly title: string };

/** An earlier letter that looks like this one. */
export type Duplicate = { readonly id: Id; readonly agenda: string | null; readonly subject: string; readonly receivedOn: string | null; readonly registered: { readonly by: string; readonly at: Instant } | null; readonly why: "berkas_sama" | "nomor_sama" };

/** A received letter. `unitId` is the office whose agenda it belongs to; `awaiting` counts reports that the addressee still waits for. */
export type ReceivedLetter = {
  readonly status: "diterima" | "tercatat" | "diarahkan" | "dibaca" | "didisposisi" | "selesai" | "diberkaskan" | "dibuang";
  readonly unitId: Id;
  readonly registrars: readonly Id[];
  readonly origin: Origin;
  readonly files: readonly StoredFile[];
  readonly arrived: { readonly at: Instant; readonly by: Hand };
  readonly agenda: number | null;
  readonly year: number | null;
  readonly facts: ReceivedFacts | null;
  readonly dueAt: Instant | null;
  readonly registered: { readonly at: Instant; readonly by: Hand; readonly separateBecause: string } | null;
  readonly directedTo: Addressee | null;
  /** A copy (tembusan) is for information: nothing waits after it was read. */
  readonly copy: boolean;
  /** Everyone to whom it was ever directed, and every person who handled it: what was seen cannot be unseen. */
  readonly addressed: readonly Id[];
  readonly handled: readonly Id[];
  /** The persons who opened it as addressee: a moved official keeps what he himself handled (domain 8.1). */
  readonly openedBy: readonly Id[];
  readonly awaiting: number;
  readonly closedNote: string | null;
  readonly discardReason: string | null;
  readonly dossierId: Id | null;
  readonly changed: Instant;
};

/** Before the first event there is no letter. */
export type ReceivedState = { readonly status: "belum_ada" } | ReceivedLetter;

/** Where creating commands start. */
export const noLetter: ReceivedState = { status: "belum_ada" };

type Office = { readonly unitId: Id; readonly registrars: readonly Id[] };
type Numbered = { readonly agenda: number; readonly year: number; readonly dueAt: Instant | null };

/** What is said to a received letter; facts that the rule needs come with the words. */
export type ReceivedCommand =
  | ({ readonly type: "receive"; readonly file: StoredFile } & Office)
  | ({ readonly type: "arrive"; readonly files: readonly StoredFile[]; readonly facts: ReceivedFacts; readonly origin: Origin; readonly to: Addressee; readonly copy: boolean } & Office & Numbered)
  | ({ readonly type: "register"; readonly facts: ReceivedFacts; readonly separateBecause: string; readonly duplicates: readonly Duplicate[]; readonly isLeaf: boolean } & Numbered)
  | { readonly type: "discard"; readonly reason: string }
  | { readonly type: "direct"; readonly to: Addressee; readonly hasHolder: boolean }
  | { readonly type: "open" }
  | { readonly type: "dispose"; readonly to: readonly { readonly title: string; readonly responsible: boolean }[] }
  | { readonly type: "settle"; readonly because: "diterima" | "ditarik" }
  | { readonly type: "close"; readonly note: string }
  | { readonly type: "file"; readonly dossierId: Id; readonly dossier: string };

type By = { readonly at: Instant; readonly by: Hand };

/** What happened to a received letter; each carries all that the next state needs. */
export type ReceivedEvent =
  | ({ readonly type: "received.uploaded"; readonly file: StoredFile; readonly sha256: string } & Office & By)
  | ({ readonly type: "received.arrived"; readonly files: readonly StoredFile[]; readonly facts: ReceivedFacts; readonly origin: Origin; readonly to: Addressee; readonly copy: boolean } & Office & Numbered & By)
  | ({ readonly type: "received.registered"; readonly facts: ReceivedFacts; readonly separateBecause: string } & Numbered & By)
  | ({ readonly type: "received.discarded"; readonly reason: string } & By)
  | ({ readonly type: "received.directed"; readonly to: Addressee } & By)
  | ({ readonly type: "received.opened" } & By)
  | ({ readonly type: "received.reopened" } & By)
  | ({ readonly type: "received.disposed"; readonly to: readonly { readonly title: string; readonly responsible: boolean }[] } & By)
  | ({ readonly type: "received.settled"; readonly because: "diterima" | "ditarik" } & By)
  | ({ readonly type: "received.closed"; readonly note: string } & By)
  | ({ readonly type: "received.filed"; readonly dossierId: Id; readonly dossier: string } & By);

/** Rahasia and Sangat Rahasia: a closed envelope for everyone but those to whom it is directed. */
export const isSecret = (letter: { readonly facts: Pick<ReceivedFacts, "security"> | null }): boolean => letter.facts?.security === "R" || letter.facts?.security === "SR";

/** The hand that acts. */
export const handOf = (by: Actor): Hand => ({ personId: by.personId, person: by.personName, positionId: by.positionId, title: by.positionTitle });

/** May this actor register letters of the letter's office? */
export const isRegistrarOf = (letter: Office, by: Actor): boolean => hasFunction(by, "registrar") && (letter.registrars.includes(by.positionId) || by.unitId === letter.unitId);

const isArchivistOf = (letter: Office, by: Actor): boolean => hasFunction(by, "archivist") && (letter.registrars.includes(by.positionId) || by.unitId === letter.unitId);

const isMine = (letter: ReceivedLetter, by: Actor): boolean => letter.directedTo?.positionId === by.positionId;

/** The rule of received letters (domain F1): right state, then yours, then complete. */
export const decideReceived = (state: ReceivedState, command: ReceivedCommand, by: Actor): Decision<ReceivedEvent> => {
  const now: By = { at: by.at, by: handOf(by) };
  if (state.status === "belum_ada") {
    switch (command.type) {
      case "receive": {
        if (!hasFunction(by, "registrar")) return { refused: "not_yours" };
        const { unitId, registrars, file } = command;
        return { events: [{ type: "received.uploaded", unitId, registrars, file, sha256: file.sha256, ...now }] };
      }
      case "arrive": {
        if (by.personId !== nobody) return { refused: "not_yours" };
        return { events: [{ ...command, type: "received.arrived", ...now }] };
      }
      default:
        return { refused: "wrong_state" };
    }
  }
  const mine = whyNot(by, isMine(state, by));
  switch (command.type) {
    case "receive":
    case "arrive":
      return { refused: "already_exists" };
    case "register":
      if (state.agenda !== null) return { refused: "already_registered" };
      if (state.status !== "diterima") return { refused: "wrong_state" };
      if (!isRegistrarOf(state, by)) return { refused: "not_yours" };
      if (command.facts.classification !== null && !command.isLeaf) return { refused: "classification_not_leaf" };
      if (command.duplicates.length > 0 && command.separateBecause === "") return { refused: "duplicate_letter", facts: { duplicates: command.duplicates } };
      return { events: [{ type: "received.registered", facts: command.facts, separateBecause: command.separateBecause, agenda: command.agenda, year: command.year, dueAt: command.dueAt, ...now }] };
    case "discard":
      if (state.status !== "diterima") return { refused: "wrong_state" };
      if (!isRegistrarOf(state, by)) return { refused: "not_yours" };
      return { events: [{ type: "received.discarded", reason: command.reason, ...now }] };
    case "direct":
      if (state.status === "diterima") return { refused: "not_registered" };
      if (state.status !== "tercatat" && state.status !== "diarahkan") return { refused: "wrong_state" };
      if (!isRegistrarOf(state, by)) return { refused: "not_yours" };
      // Who never saw inside does not choose who will: such a letter stays with the post to which its sender addressed it.
      if (isSecret(state) && state.origin.kind !== "pindaian") return { refused: "not_yours" };
      if (isSecret(state) && !command.hasHolder) return { refused: "secret_needs_person" };
      if (state.directedTo?.positionId === command.to.positionId) return { events: [] };
      return { events: [{ type: "received.directed", to: command.to, ...now }] };
    case "open":
      if (state.directedTo === null) return { refused: "not_directed" };
      if (!isMine(state, by)) return { refused: "not_yours" };
      if (state.status === "diarahkan") return { events: [{ type: "received.opened", ...now }] };
      // Reading a secret letter is itself an act, every time.
      return { events: isSecret(state) ? [{ type: "received.reopened", ...now }] : [] };
    case "dispose":
      if (state.directedTo === null) return { refused: "not_directed" };
      if (!isOpen(state)) return { refused: "wrong_state" };
      if (mine !== undefined) return { refused: mine };
      return { events: [...openedFirst(state, now), { type: "received.disposed", to: command.to, ...now }] };
    case "settle":
      // Told by the dispositions module inside the giver's own act; a letter closed meanwhile has nothing to count.
      if (!isMine(state, by)) return { refused: "not_yours" };
      return { events: state.status === "didisposisi" && state.awaiting > 0 ? [{ type: "received.settled", because: command.because, ...now }] : [] };
    case "close":
      if (state.directedTo === null) return { refused: "not_directed" };
      if (!isOpen(state)) return { refused: "wrong_state" };
      if (mine !== undefined) return { refused: mine };
      if (state.awaiting > 0) return { refused: "open_dispositions", facts: { awaiting: state.awaiting } };
      return { events: [...openedFirst(state, now), { type: "received.closed", note: command.note, ...now }] };
    case "file":
      if (state.status === "diberkaskan") return { refused: "already_filed" };
      if (state.status !== "selesai") return { refused: "not_finished" };
      if (!isMine(state, by) && !isArchivistOf(state, by)) return { refused: "not_yours" };
      return { events: [{ type: "received.filed", dossierId: command.dossierId, dossier: command.dossier, ...now }] };
    default:
      return command satisfies never;
  }
};

const isOpen = (letter: ReceivedLetter): boolean => letter.status === "diarahkan" || letter.status === "dibaca" || letter.status === "didisposisi";

const openedFirst = (letter: ReceivedLetter, now: By): readonly ReceivedEvent[] => (letter.status === "diarahkan" ? [{ type: "received.opened", ...now }] : []);

const including = (ids: readonly Id[], id: Id): readonly Id[] => (id === nobody || ids.includes(id) ? ids : [...ids, id]);

/** The next state, from the event alone. */
export const evolveReceived = (state: ReceivedState, event: ReceivedEvent): ReceivedLetter => {
  if (event.type === "received.uploaded" || event.type === "received.arrived") {
    const arrived = event.type === "received.arrived";
    return {
      status: arrived ? "diarahkan" : "diterima",
      unitId: event.unitId,
      registrars: event.registrars,
      origin: arrived ? event.origin : { kind: "pindaian" },
      files: arrived ? event.files : [event.file],
      arrived: { at: event.at, by: event.by },
      agenda: arrived ? event.agenda : null,
      year: arrived ? event.year : null,
      facts: arrived ? event.facts : null,
      dueAt: arrived ? event.dueAt : null,
      registered: arrived ? { at: event.at, by: event.by, separateBecause: "" } : null,
      directedTo: arrived ? event.to : null,
      copy: arrived && event.copy,
      addressed: arrived ? [event.to.positionId] : [],
      handled: including([], event.by.personId),
      openedBy: [],
      awaiting: 0,
      closedNote: null,
      discardReason: null,
      dossierId: null,
      changed: event.at,
    };
  }
  assert(state.status !== "belum_ada", "a letter begins with its arrival");
  const next = { ...state, changed: event.at, handled: including(state.handled, event.by.personId) };
  switch (event.type) {
    case "received.registered":
      return { ...next, status: "tercatat", facts: event.facts, agenda: event.agenda, year: event.year, dueAt: event.dueAt, registered: { at: event.at, by: event.by, separateBecause: event.separateBecause } };
    case "received.discarded":
      return { ...next, status: "dibuang", discardReason: event.reason };
    case "received.directed":
      return { ...next, status: "diarahkan", directedTo: event.to, addressed: including(state.addressed, event.to.positionId) };
    case "received.opened":
      return { ...next, status: "dibaca", openedBy: including(state.openedBy, event.by.personId) };
    case "received.reopened":
      return { ...next, openedBy: including(state.openedBy, event.by.personId) };
    case "received.disposed":
      return { ...next, status: "didisposisi", awaiting: state.awaiting + event.to.filter((receiver) => receiver.responsible).length };
    case "received.settled":
      return { ...next, awaiting: state.awaiting - 1 };
    case "received.closed":
      return { ...next, status: "selesai", closedNote: event.note };
    case "received.filed":
      return { ...next, status: "diberkaskan", dossierId: event.dossierId };
    default:
      return event satisfies never;
  }
};

/** Who may read the letter, and on whose desk it waits. */
export const tracesOfReceived = (id: Id, state: ReceivedState): Traces => {
  if (state.status === "belum_ada") return { readers: [], duties: [] };
  const secret = isSecret(state);
  const addressee = state.copy ? "tembusan" : "dituju";
  const seen = (holder: Reader["holder"], rule: Reader["rule"], inside: boolean): Reader => (inside ? { holder, rule } : { holder, rule, sight: "sampul" });
  // A secret letter is open to its present addressee and to whoever opened it as addressee; for its registrars it closes once it is directed (domain 1.8).
  const readers: readonly Reader[] = [
    seen(`registrar:${state.unitId}`, "registrasi", !secret),
    ...state.registrars.map((positionId) => seen(`position:${positionId}`, "registrasi", !secret || state.directedTo === null)),
    ...state.addressed.map((positionId) => seen(`position:${positionId}`, addressee, !secret || state.directedTo?.positionId === positionId)),
    ...state.openedBy.map((personId) => seen(`person:${personId}`, addressee, true)),
    ...state.handled.map((personId) => seen(`person:${personId}`, "pencatat", !secret)),
    ...(state.facts === null ? [] : classReaders({ ...state.facts, unitId: state.unitId })),
  ];
  const takenBack = readers.filter((reader) => reader.sight === "sampul").map(({ holder, rule }): Reader => ({ holder, rule }));
  return { readers, takenBack, duties: dutiesOf(id, state) };
};

const dutiesOf = (id: Id, letter: ReceivedLetter): readonly Duty[] => {
  const duty = (positionId: Id, act: Duty["act"], unread: boolean): Duty => ({
    positionId,
    act,
    kind: "surat",
    targetId: id,
    sender: letter.facts?.sender ?? "Pindaian baru",
    title: titleOf(letter),
    detail: letter.facts === null ? `${letter.files[0]?.pages ?? 0} halaman, belum dicatat` : `Nomor ${letter.facts.number}`,
    urgency: letter.facts?.urgency ?? "biasa",
    security: letter.facts?.security ?? "B",
    since: letter.changed,
    due: letter.dueAt,
    unread,
  });
  const ofRegistrars = (act: Duty["act"]): readonly Duty[] => letter.registrars.map((positionId) => duty(positionId, act, false));
  const ofAddressee = (act: Duty["act"], unread: boolean): readonly Duty[] => (letter.directedTo === null ? [] : [duty(letter.directedTo.positionId, act, unread)]);
  switch (letter.status) {
    case "diterima":
      return ofRegistrars("catat");
    case "tercatat":
      return ofRegistrars("arahkan");
    case "diarahkan":
      return ofAddressee(letter.copy ? "baca" : "disposisi", true);
    case "dibaca":
      return letter.copy ? [] : ofAddressee("disposisi", false);
    case "didisposisi":
      return letter.awaiting === 0 ? ofAddressee("selesaikan", false) : [];
    case "selesai":
      return ofRegistrars("berkaskan");
    case "diberkaskan":
    case "dibuang":
      return [];
    default:
      return letter.status satisfies never;
  }
};

/** What a list may call the letter: a secret one is a closed envelope. */
export const titleOf = (letter: Pick<ReceivedLetter, "facts" | "files">): string => (isSecret(letter) ? "Sampul tertutup" : (letter.facts?.subject ?? letter.files[0]?.name ?? "Surat baru"));

const sampleFacts: ReceivedFacts = { sender: "-", number: "-", date: "2026-01-01", subject: "-", summary: "", receivedOn: "2026-01-01", attachment: "", medium: "kertas", security: "B", urgency: "biasa", classification: null, due: null };
const somePost: Addressee = { positionId: nobody, title: "-" };

/** One complete example of each act that a person can do, so that a button and its rule cannot disagree. */
export const receivedSamples = {
  register: { type: "register", facts: sampleFacts, separateBecause: "-", duplicates: [], isLeaf: true, agenda: 1, year: 2026, dueAt: null },
  discard: { type: "discard", reason: "-" },
  direct: { type: "direct", to: somePost, hasHolder: true },
  open: { type: "open" },
  dispose: { type: "dispose", to: [{ title: "-", responsible: true }] },
  close: { type: "close", note: "" },
  file: { type: "file", dossierId: nobody, dossier: "-" },
} as const satisfies Record<string, ReceivedCommand>;

/** The acts that the rule would allow this actor now. */
export const mayReceived = (state: ReceivedState, by: Actor): readonly string[] =>
  Object.entries(receivedSamples).flatMap(([act, command]) => {
    const decision = decideReceived(state, command, by);
    return "events" in decision && decision.events.length > 0 ? [act] : [];
  });
