import type { RefusalCode } from "@lontar/contract";
import { nobody, whyNot, type Actor } from "../kernel/actor.ts";
import type { StoredFile } from "../kernel/files/take.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import { assert } from "../kernel/refusal.ts";
import type { Duty, Reader, Traces } from "../kernel/state.ts";

/** A person and the post in which he acted. */
export type Hand = { readonly personId: Id; readonly person: string; readonly positionId: Id; readonly title: string };

/** What a desk shows of the letter; a secret letter's title is already a closed envelope. */
export type LetterLabel = { readonly sender: string; readonly title: string; readonly number: string; readonly security: Duty["security"]; readonly urgency: Duty["urgency"] };

/** One receiver of a disposisi: a node of the tree that begins at the letter's addressee. */
export type Disposition = {
  readonly status: "belum_dibaca" | "dibaca" | "diproses" | "dilaporkan" | "diterima" | "dikembalikan" | "ditarik";
  readonly letterId: Id;
  readonly letter: LetterLabel;
  readonly parentId: Id | null;
  readonly fromId: Id;
  readonly giver: Hand;
  readonly toId: Id;
  readonly toTitle: string;
  readonly responsible: boolean;
  readonly instructions: readonly string[];
  readonly note: string;
  readonly due: Instant | null;
  readonly given: Instant;
  readonly changed: Instant;
  readonly progress: readonly { readonly note: string; readonly at: Instant }[];
  readonly report: { readonly note: string; readonly at: Instant } | null;
  /** What the receiver has handed in beside his words. */
  readonly files: readonly StoredFile[];
  readonly returnReason: string | null;
  /** Reports of his own receivers that he still waits for. */
  readonly awaiting: number;
  /** The persons who acted as receiver, or judged the report: what they handled stays readable for them. */
  readonly handled: readonly Id[];
};

/** Before it is given there is nothing. */
export type DispositionState = { readonly status: "belum_ada" } | Disposition;

/** Where giving starts. */
export const noDisposition: DispositionState = { status: "belum_ada" };

/** Whom a giver can reach from his post: people below him, only colleagues under the same superior, or nobody (domain 2.2). */
export type Reach = "below" | "beside" | "none";

type Given = Pick<Disposition, "letterId" | "letter" | "parentId" | "toId" | "toTitle" | "responsible" | "instructions" | "note" | "due">;

/** What is said to one node; `give` carries the facts that the rule needs. */
export type DispositionCommand =
  | ({ readonly type: "give"; readonly isInAuthority: boolean; readonly hasHolder: boolean } & Given)
  | { readonly type: "open" }
  | { readonly type: "pass_on"; readonly to: readonly { readonly title: string; readonly responsible: boolean }[]; readonly reach: Reach }
  | { readonly type: "settle"; readonly because: "diterima" | "ditarik" }
  | { readonly type: "progress"; readonly note: string }
  | { readonly type: "attach"; readonly file: StoredFile }
  | { readonly type: "detach"; readonly sha256: string }
  | { readonly type: "report"; readonly note: string }
  | { readonly type: "accept"; readonly note: string }
  | { readonly type: "giveBack"; readonly reason: string }
  | { readonly type: "withdraw"; readonly reason: string };

type By = { readonly at: Instant; readonly by: Hand };

/** What happened to one node. With `keeps` whoever judged a report goes on reading what he judged, also when he did it as Plh.; events from before say nothing of it. */
export type DispositionEvent =
  | ({ readonly type: "disposition.given" } & Given & By)
  | ({ readonly type: "disposition.opened" } & By)
  | ({ readonly type: "disposition.reopened" } & By)
  | ({ readonly type: "disposition.passed_on"; readonly to: readonly { readonly title: string; readonly responsible: boolean }[] } & By)
  | ({ readonly type: "disposition.settled"; readonly because: "diterima" | "ditarik" } & By)
  | ({ readonly type: "disposition.progressed"; readonly note: string } & By)
  | ({ readonly type: "disposition.attached"; readonly file: StoredFile } & By)
  | ({ readonly type: "disposition.detached"; readonly file: StoredFile } & By)
  | ({ readonly type: "disposition.reported"; readonly note: string } & By)
  | ({ readonly type: "disposition.accepted"; readonly note: string; readonly receiver: string; readonly keeps?: true } & By)
  | ({ readonly type: "disposition.returned"; readonly reason: string; readonly receiver: string; readonly keeps?: true } & By)
  | ({ readonly type: "disposition.withdrawn"; readonly reason: string; readonly receiver: string } & By);

/** What a sheet asks: of all its receivers, or of one of them in his own words. */
export type Words = Pick<Disposition, "instructions" | "note" | "due">;

/** A giving as written on the sheet: what must hold for all receivers together. Whoever has words of his own is not bound by the common ones. */
export type Giving = Words & { readonly recipients: readonly { readonly positionId: Id; readonly responsible: boolean; readonly own: Words | null }[] };

/** The words that hold for one receiver. */
export const wordsFor = (giving: Words, own: Words | null): Words => own ?? { instructions: giving.instructions, note: giving.note, due: giving.due };

/** What is wrong with the sheet as a whole, if anything. */
export const faultOfGiving = (giving: Giving, by: Pick<Actor, "positionId" | "at">): RefusalCode | undefined => {
  const posts = new Set(giving.recipients.map((recipient) => recipient.positionId));
  if (posts.size === 0) return "no_recipient";
  if (posts.has(by.positionId)) return "dispose_to_self";
  if (giving.recipients.filter((recipient) => recipient.responsible).length !== 1 || posts.size !== giving.recipients.length) return "responsible_not_recipient";
  const asked = giving.recipients.map((recipient) => wordsFor(giving, recipient.own));
  if (asked.some((words) => words.instructions.length === 0 && words.note === "")) return "no_instruction";
  if (asked.some((words) => words.due !== null && Date.parse(words.due) <= Date.parse(by.at))) return "due_in_past";
  return undefined;
};

/** A post as the rule of authority sees it. */
export type Place = { readonly id: Id; readonly superiorId: Id | null; readonly role: string };

// Heads of offices, whom the addressee of a letter may reach wherever they stand below the head of the region.
const headRoles: ReadonlySet<string> = new Set(["kepala", "asisten", "kepala_bagian"]);

/** May the giver dispose to this post (domain 2.2)? Downwards, or sideways under the same superior; the letter's addressee also to heads of offices. */
export const isInAuthority = (giver: Place, to: Place, isBelow: boolean, isAddressee: boolean): boolean =>
  isBelow || (giver.superiorId !== null && giver.superiorId === to.superiorId) || (isAddressee && headRoles.has(to.role) && giver.superiorId !== to.id);

const isSecret = (label: LetterLabel): boolean => label.security === "R" || label.security === "SR";

/** The hand that acts. */
export const handOf = (by: Actor): Hand => ({ personId: by.personId, person: by.personName, positionId: by.positionId, title: by.positionTitle });

/** The rule of one node (domain 2.2): right state, then yours, then complete. */
export const decideDisposition = (state: DispositionState, command: DispositionCommand, by: Actor): Decision<DispositionEvent> => {
  const now: By = { at: by.at, by: handOf(by) };
  if (state.status === "belum_ada") {
    if (command.type !== "give") return { refused: "wrong_state" };
    if (by.asideFor !== null) return { refused: "stands_aside" };
    if (!command.isInAuthority) return { refused: "not_yours", facts: { recipient: command.toTitle } };
    if (isSecret(command.letter) && !command.hasHolder) return { refused: "secret_needs_person", facts: { recipient: command.toTitle } };
    const { letterId, letter, parentId, toId, toTitle, responsible, instructions, note, due } = command;
    return { events: [{ type: "disposition.given", letterId, letter, parentId, toId, toTitle, responsible, instructions, note, due, ...now }] };
  }
  const isReceiver = state.toId === by.positionId;
  const isGiver = state.fromId === by.positionId;
  const [receiver, giver] = [whyNot(by, isReceiver), whyNot(by, isGiver)];
  const openedFirst: readonly DispositionEvent[] = state.status === "belum_dibaca" ? [{ type: "disposition.opened", ...now }] : [];
  switch (command.type) {
    case "give":
      return { refused: "already_exists" };
    case "open":
      if (state.status === "ditarik") return { refused: "wrong_state" };
      if (!isReceiver) return { refused: "not_yours" };
      if (state.status === "belum_dibaca") return { events: openedFirst };
      // Reading a secret letter is itself an act, every time.
      return { events: isSecret(state.letter) ? [{ type: "disposition.reopened", ...now }] : [] };
    case "pass_on":
      if (!isInWork(state)) return { refused: "wrong_state" };
      if (receiver !== undefined) return { refused: receiver };
      if (command.reach === "none") return { refused: "nobody_in_reach" };
      return { events: [...openedFirst, { type: "disposition.passed_on", to: command.to, ...now }] };
    case "settle":
      // Said by the module itself inside the act of this receiver on a child; a node that ended meanwhile has nothing to count.
      if (!isReceiver) return { refused: "not_yours" };
      return { events: state.awaiting > 0 ? [{ type: "disposition.settled", because: command.because, ...now }] : [] };
    case "progress":
      if (!isInWork(state)) return { refused: "wrong_state" };
      if (receiver !== undefined) return { refused: receiver };
      return { events: [...openedFirst, { type: "disposition.progressed", note: command.note, ...now }] };
    case "attach":
      if (!isInWork(state)) return { refused: "wrong_state" };
      if (receiver !== undefined) return { refused: receiver };
      if (state.files.some((file) => file.sha256 === command.file.sha256)) return { events: [] };
      if (state.files.length >= mostFiles) return { refused: "too_many_files", facts: { limit: mostFiles } };
      return { events: [...openedFirst, { type: "disposition.attached", file: command.file, ...now }] };
    case "detach": {
      if (!isInWork(state)) return { refused: "wrong_state" };
      if (receiver !== undefined) return { refused: receiver };
      const file = state.files.find((candidate) => candidate.sha256 === command.sha256);
      return { events: file === undefined ? [] : [{ type: "disposition.detached", file, ...now }] };
    }
    case "report":
      if (!isInWork(state)) return { refused: "wrong_state" };
      if (receiver !== undefined) return { refused: receiver };
      if (state.awaiting > 0) return { refused: "open_dispositions", facts: { awaiting: state.awaiting } };
      if (command.note === "") return { refused: "report_needed" };
      return { events: [...openedFirst, { type: "disposition.reported", note: command.note, ...now }] };
    case "accept":
      if (state.status !== "dilaporkan") return { refused: "wrong_state" };
      if (giver !== undefined) return { refused: giver };
      return { events: [{ type: "disposition.accepted", note: command.note, receiver: state.toTitle, keeps: true, ...now }] };
    case "giveBack":
      if (state.status !== "dilaporkan") return { refused: "wrong_state" };
      if (giver !== undefined) return { refused: giver };
      if (command.reason === "") return { refused: "reason_needed" };
      return { events: [{ type: "disposition.returned", reason: command.reason, receiver: state.toTitle, keeps: true, ...now }] };
    case "withdraw":
      if (state.status === "ditarik") return { refused: "wrong_state" };
      if (state.status !== "belum_dibaca") return { refused: isGiver ? "already_read" : "not_yours" };
      if (giver !== undefined) return { refused: giver };
      return { events: [{ type: "disposition.withdrawn", reason: command.reason, receiver: state.toTitle, ...now }] };
    default:
      return command satisfies never;
  }
};

/** Files that one receiver may hand in. */
export const mostFiles = 20;

const isInWork = (node: Disposition): boolean => node.status === "belum_dibaca" || node.status === "dibaca" || node.status === "diproses" || node.status === "dikembalikan";

const including = (ids: readonly Id[], id: Id): readonly Id[] => (ids.includes(id) ? ids : [...ids, id]);

/** The next state, from the event alone. */
export const evolveDisposition = (state: DispositionState, event: DispositionEvent): Disposition => {
  if (event.type === "disposition.given") {
    const { letterId, letter, parentId, toId, toTitle, responsible, instructions, note, due, at, by } = event;
    return { status: "belum_dibaca", letterId, letter, parentId, fromId: by.positionId, giver: by, toId, toTitle, responsible, instructions, note, due, given: at, changed: at, progress: [], report: null, files: [], returnReason: null, awaiting: 0, handled: [] };
  }
  assert(state.status !== "belum_ada", "a disposisi begins with being given");
  const next = { ...state, changed: event.at, handled: event.by.positionId === state.toId || ("keeps" in event && event.keeps === true) ? including(state.handled, event.by.personId) : state.handled };
  switch (event.type) {
    case "disposition.opened":
      return { ...next, status: "dibaca" };
    case "disposition.reopened":
      return next;
    case "disposition.passed_on":
      return { ...next, status: "diproses", awaiting: state.awaiting + event.to.filter((receiver) => receiver.responsible).length };
    case "disposition.settled":
      return { ...next, awaiting: state.awaiting - 1 };
    case "disposition.progressed":
      return { ...next, status: "diproses", progress: [...state.progress, { note: event.note, at: event.at }] };
    case "disposition.attached":
      return { ...next, status: "diproses", files: [...state.files, event.file] };
    case "disposition.detached":
      return { ...next, files: state.files.filter((file) => file.sha256 !== event.file.sha256) };
    case "disposition.reported":
      return { ...next, status: "dilaporkan", report: { note: event.note, at: event.at }, returnReason: null };
    case "disposition.accepted":
      return { ...next, status: "diterima" };
    case "disposition.returned":
      return { ...next, status: "dikembalikan", returnReason: event.reason };
    case "disposition.withdrawn":
      return { ...next, status: "ditarik" };
    default:
      return event satisfies never;
  }
};

/** Was or is the deadline missed? What was reported in time stays in time. */
export const isLate = (node: Pick<Disposition, "due" | "status" | "report">, at: Instant): boolean => {
  if (node.due === null || node.status === "ditarik") return false;
  const reported = node.status === "dilaporkan" || node.status === "diterima" ? node.report?.at : undefined;
  return Date.parse(node.due) < Date.parse(reported ?? at);
};

/** Who may read the letter through this node, and on whose desk it waits. */
export const tracesOfDisposition = (_id: Id, state: DispositionState): Traces => {
  if (state.status === "belum_ada") return { readers: [], duties: [] };
  const receiver: Reader = { holder: `position:${state.toId}`, rule: "disposisi" };
  // Withdrawn is only what nobody read: its receiver is no longer on the path of the letter, and has handled nothing of it (domain 8.1).
  if (state.status === "ditarik") return { readers: [], takenBack: [receiver], duties: [] };
  const readers: readonly Reader[] = [
    receiver,
    ...state.handled.map((personId): Reader => ({ holder: `person:${personId}`, rule: "disposisi" })),
  ];
  return { readers, duties: dutiesOf(state) };
};

const dutiesOf = (node: Disposition): readonly Duty[] => {
  const duty = (positionId: Id, act: Duty["act"], sender: string, detail: string, unread: boolean): Duty => ({
    positionId, act, kind: "surat", targetId: node.letterId, sender, title: node.letter.title, detail, urgency: node.letter.urgency, security: node.letter.security, since: node.changed, due: node.due, unread,
  });
  const asked = isSecret(node.letter) ? "Disposisi" : [...node.instructions, ...(node.note === "" ? [] : [node.note])].join(" · ").slice(0, 300);
  switch (node.status) {
    case "belum_dibaca":
      return [duty(node.toId, node.responsible ? "tindak_lanjut" : "baca", node.giver.title, asked, true)];
    case "dibaca":
    case "diproses":
      return node.responsible ? [duty(node.toId, "tindak_lanjut", node.giver.title, node.awaiting > 0 ? "Menunggu laporan penerima disposisi Anda" : asked, false)] : [];
    case "dikembalikan":
      return [duty(node.toId, "tindak_lanjut", node.giver.title, `Dikembalikan: ${node.returnReason ?? ""}`.slice(0, 300), true)];
    case "dilaporkan":
      return [duty(node.fromId, "terima_laporan", node.toTitle, isSecret(node.letter) ? "Laporan tindak lanjut" : (node.report?.note ?? "").slice(0, 300), true)];
    case "diterima":
    case "ditarik":
      return [];
    default:
      return node.status satisfies never;
  }
};

/** One complete example of each act that a person can do, so that a button and its rule cannot disagree. */
export const dispositionSamples = {
  open: { type: "open" },
  dispose: { type: "pass_on", to: [{ title: "-", responsible: true }], reach: "below" },
  progress: { type: "progress", note: "-" },
  attach: { type: "attach", file: { sha256: "", name: "", mediaType: "", size: 0, pages: 0 } },
  report: { type: "report", note: "-" },
  accept: { type: "accept", note: "" },
  giveBack: { type: "giveBack", reason: "-" },
  withdraw: { type: "withdraw", reason: "" },
} as const satisfies Record<string, DispositionCommand>;

/** The acts that the rule would allow this actor now. */
export const mayDisposition = (state: DispositionState, by: Actor, reach: Reach): readonly string[] =>
  Object.entries(dispositionSamples).flatMap(([act, command]) => {
    const decision = decideDisposition(state, command.type === "pass_on" ? { ...command, reach } : command, by);
    return "events" in decision && decision.events.length > 0 ? [act] : [];
  });

/** A node with its id, as the tree is built from. */
export type Node = Disposition & { readonly id: Id };

/**
 * The nodes whose words this actor may read: his own, all below what he gave or received, and the path above him.
 * Receivers beside him are shown, but not what was written to them (domain 2.2).
 */
export const wordsVisible = (nodes: readonly Node[], by: Pick<Actor, "positionId" | "personId">, seesAll: boolean): ReadonlySet<Id> => {
  if (seesAll || by.personId === nobody) return new Set(nodes.map((node) => node.id));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const isMine = (node: Node): boolean => (node.toId === by.positionId && node.status !== "ditarik") || node.fromId === by.positionId || node.giver.personId === by.personId || node.handled.includes(by.personId);
  const above = (node: Node): readonly Node[] => {
    const path: Node[] = [];
    for (let parent = node.parentId; parent !== null && path.length < nodes.length; ) {
      const found = byId.get(parent);
      if (found === undefined) break;
      path.push(found);
      parent = found.parentId;
    }
    return path;
  };
  const visible = new Set<Id>();
  for (const node of nodes) {
    const path = above(node);
    if (isMine(node)) for (const seen of [node, ...path]) visible.add(seen.id);
    else if (path.some(isMine)) visible.add(node.id);
  }
  return visible;
};

/** The posts at which a letter in the tree rests now: those who work, and those who must judge a report. */
export const restingAt = (nodes: readonly Node[]): readonly Id[] => [
  ...new Set(nodes.flatMap((node) => (node.status === "dilaporkan" ? [node.fromId] : node.responsible && isInWork(node) && node.awaiting === 0 ? [node.toId] : []))),
];
