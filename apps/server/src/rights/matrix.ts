import { accountMachine } from "../access/index.ts";
import { refusals, type contract, type RefusalCode, type Result } from "@lontar/contract";
import { dispositionMachine, noDisposition } from "../dispositions/index.ts";
import { draftMachine } from "../drafts/index.ts";
import { findingMachine, ruleMachine } from "../flags/index.ts";
import { handoverMachine } from "../handover/index.ts";
import { sampleMachine, savedQueryMachine } from "../inquiry/index.ts";
import { systemActor, type Actor, type PostFunction } from "../kernel/actor.ts";
import type { Id } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { assert } from "../kernel/refusal.ts";
import { noParcel, parcelMachine } from "../letters/exchange/index.ts";
import { noLetter, receivedMachine } from "../letters/index.ts";
import { issuedMachine } from "../letters/issued/index.ts";
import { exportMachine, organisationKinds, type ExportCommand } from "../organisation/index.ts";
import { emergencyMachine, inspectionMachine, lookMachine, secretReadingMachine } from "../oversight/index.ts";
import { classRightMachine, dossierMachine, noClassRight, noDossier } from "../records/index.ts";
import { credentialMachine, sealKeyMachine } from "../signing/index.ts";
import { requestMachine } from "../village/index.ts";

/** What a rule answers to one act of one kind of person in one state. */
export type Outcome = "boleh" | "sudah" | RefusalCode;

/** One kind of thing: in every state, for everyone, every act. */
export type ThingMatrix = { readonly thing: string; readonly roles: readonly string[]; readonly acts: readonly string[]; readonly states: readonly { readonly state: string; readonly outcomes: readonly (readonly Outcome[])[] }[] };

const at = "2026-11-24T03:00:00.000Z";
const named = (n: number): Id => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

// Posts of an imagined office. The rules are asked with these people; no row of the real office is looked at.
const office = named(1);
const actor = (n: number, functions: readonly PostFunction[] = [], unitId: Id = office): Actor => ({
  tenantId: named(9), personId: named(100 + n), personName: "-", positionId: named(200 + n), positionTitle: "-", unitId,
  holding: { id: named(300 + n), kind: "definitif", basis: null, scope: null }, functions, asideFor: null, at, today: "2026-11-24", zone: "WITA", requestId: "-",
});
const system = systemActor(named(9), at, "2026-11-24", "WITA", "-");
const clerk = actor(1, ["registrar", "archivist"]);
const head = actor(2, ["leader", "signer"]);
const receiver = actor(3, ["leader"]);
const staff = actor(4);
const admin = actor(5, ["admin"], named(2));
const inspector = actor(6, ["inspector"], named(3));
const other = actor(7, ["leader"], named(4));
const operator = actor(8, ["operator"]);

// The type of a command that is drawn; one that is written so widely that it could be any of several draws none.
type Drawn<Act> = Act extends (by: Actor) => infer Command ? TypeOf<Command> : TypeOf<Act>;
type TypeOf<Command> = Command extends { readonly type: infer Type } ? ([Type] extends [string] ? One<Type> : never) : never;
type One<Type, All = Type> = Type extends unknown ? ([All] extends [Type] ? Type : never) : never;

// A command that no act draws is named by the compiler: a matrix with a hole is not a matrix.
type Whole<Command extends { readonly type: string }, Acts> = [Exclude<Command["type"], { readonly [Name in keyof Acts]: Drawn<Acts[Name]> }[keyof Acts]>] extends [never] ? unknown : { readonly notDrawn: Exclude<Command["type"], { readonly [Name in keyof Acts]: Drawn<Acts[Name]> }[keyof Acts]> };

/** The states are reached by the acts themselves, so that none is drawn which the rules cannot make; the acts are all that can be said. */
const thing = <State, Command extends { readonly type: string }, Event extends { readonly type: string }, const Acts extends Readonly<Record<string, Command | ((by: Actor) => Command)>>>(given: {
  readonly name: string;
  readonly machine: Pick<Machine<State, Command, Event>, "decide" | "evolve">;
  readonly start: State;
  /** Each state: its name, and the way to it from an earlier one (or from the start). */
  readonly states: readonly (readonly [name: string, from: string | null, ...way: (readonly [NoInfer<Command>, Actor])[]])[];
  /** What each act says; where a fact hangs on who says it (does he stand above the post?), it is a function of him. */
  readonly acts: Acts & Whole<Command, Acts>;
  readonly roles: Readonly<Record<string, Actor>>;
}): (() => ThingMatrix) => () => {
  const reached = new Map<string, State>();
  for (const [name, from, ...way] of given.states) {
    let state = from === null ? given.start : reached.get(from);
    assert(state !== undefined || from === null, "a state is reached from one before it");
    for (const [command, by] of way) {
      const decision = given.machine.decide(state ?? given.start, command, by);
      if ("refused" in decision) throw new Error(`the matrix of ${given.name} does not reach ${name}: ${decision.refused}`);
      state = decision.events.reduce(given.machine.evolve, state ?? given.start);
    }
    reached.set(name, state ?? given.start);
  }
  const isSaidBy = (act: Command | ((by: Actor) => Command)): act is (by: Actor) => Command => typeof act === "function";
  const outcome = (state: State, act: Command | ((by: Actor) => Command), by: Actor): Outcome => {
    const decision = given.machine.decide(state, isSaidBy(act) ? act(by) : act, by);
    if ("refused" in decision) return decision.refused;
    return decision.events.length === 0 ? "sudah" : "boleh";
  };
  const roles = Object.entries(given.roles);
  const acts: Readonly<Record<string, Command | ((by: Actor) => Command)>> = given.acts;
  return {
    thing: given.name, roles: roles.map(([name]) => name), acts: Object.keys(acts),
    states: [...reached].map(([state, value]) => ({ state, outcomes: Object.values(acts).map((act) => roles.map(([, by]) => outcome(value, act, by))) })),
  };
};

const file = { sha256: "a".repeat(64), name: "surat.pdf", mediaType: "application/pdf", size: 1, pages: 1 };
const facts = { sender: "-", number: "1", date: "2026-11-01", subject: "-", summary: "", receivedOn: "2026-11-02", attachment: "", medium: "kertas", security: "B", urgency: "biasa", classification: null, due: null } as const;
const to = { positionId: head.positionId, title: "-" };
const everyone = { pengawas: inspector, admin, lain: other };

const upload = { type: "receive", unitId: office, registrars: [clerk.positionId], file } as const;
const register = { type: "register", facts, separateBecause: "", duplicates: [], isLeaf: true, agenda: 1, year: 2026, dueAt: null } as const;
const direct = { type: "direct", to, hasHolder: true } as const;
const shared = [{ title: "-", responsible: true }];
const arrive = { type: "arrive", unitId: office, registrars: [clerk.positionId], files: [file], facts, origin: { kind: "internal", issuedId: named(60) }, to, copy: false, agenda: 2, year: 2026, dueAt: null } as const;

const received = thing({
  name: "received", machine: receivedMachine, start: noLetter,
  states: [
    ["belum_ada", null], ["diterima", "belum_ada", [upload, clerk]], ["tercatat", "diterima", [register, clerk]], ["diarahkan", "tercatat", [direct, clerk]], ["dibaca", "diarahkan", [{ type: "open" }, head]],
    ["didisposisi", "dibaca", [{ type: "dispose", to: shared }, head]], ["selesai", "didisposisi", [{ type: "settle", because: "diterima" }, head], [{ type: "close", note: "" }, head]],
    ["diberkaskan", "selesai", [{ type: "file", dossierId: named(50), dossier: "-" }, clerk]],
  ],
  acts: {
    receive: upload, arrive: arrive, register: register, discard: { type: "discard", reason: "-" }, direct: { ...direct, to: { positionId: receiver.positionId, title: "-" } }, open: { type: "open" },
    dispose: { type: "dispose", to: shared }, settle: { type: "settle", because: "diterima" }, close: { type: "close", note: "" }, file: { type: "file", dossierId: named(50), dossier: "-" },
  },
  roles: { tata_usaha: clerk, dituju: head, penerima_disposisi: receiver, sistem: system, ...everyone },
});

const give = { type: "give", isInAuthority: true, hasHolder: true, letterId: named(60), letter: { sender: "-", title: "-", number: "1", security: "B", urgency: "biasa" }, parentId: null, toId: receiver.positionId, toTitle: "-", responsible: true, instructions: ["-"], note: "", due: null } as const;
const disposition = thing({
  name: "disposition", machine: dispositionMachine, start: noDisposition,
  states: [
    ["belum_ada", null], ["belum_dibaca", "belum_ada", [give, head]], ["dibaca", "belum_dibaca", [{ type: "open" }, receiver]], ["diproses", "dibaca", [{ type: "progress", note: "-" }, receiver], [{ type: "attach", file }, receiver]],
    ["didisposisi", "diproses", [{ type: "pass_on", to: shared, reach: "below" }, receiver]],
    ["dilaporkan", "diproses", [{ type: "report", note: "-" }, receiver]], ["dikembalikan", "dilaporkan", [{ type: "giveBack", reason: "-" }, head]], ["selesai", "dilaporkan", [{ type: "accept", note: "" }, head]],
    ["ditarik", "belum_dibaca", [{ type: "withdraw", reason: "" }, head]],
  ],
  acts: {
    give: give, open: { type: "open" }, dispose: { type: "pass_on", to: shared, reach: "below" }, settle: { type: "settle", because: "diterima" }, progress: { type: "progress", note: "-" }, attach: { type: "attach", file: { ...file, sha256: "c".repeat(64) } }, detach: { type: "detach", sha256: file.sha256 }, report: { type: "report", note: "-" },
    accept: { type: "accept", note: "" }, giveBack: { type: "giveBack", reason: "-" }, withdraw: { type: "withdraw", reason: "" },
  },
  roles: { pemberi: head, penerima_disposisi: receiver, tata_usaha: clerk, ...everyone },
});

const summary = { subject: "-", to: "-", security: "B", urgency: "biasa" } as const;
type DraftCommand = Parameters<typeof draftMachine.decide>[1];
const content: Extract<DraftCommand, { type: "submit" }>["content"] = { subject: "-", security: "B", urgency: "biasa", classification: null, attachment: "", place: "", to: [], cc: [], body: { type: "doc" }, fields: {} };
const hash = "b".repeat(64);
const createDraft = { type: "create", kind: "-", kindTitle: "-", mayApproveOwn: false, unitId: office, unitName: "-", officeId: office, answers: null, origin: null, summary } as const;
const submit: Extract<DraftCommand, { type: "submit" }> = { type: "submit", content, hash, summary, isComplete: true, note: "", chain: [{ positionId: receiver.positionId, title: "-", kind: "paraf", held: true }, { positionId: head.positionId, title: "-", kind: "tanda_tangan", held: true }] };
const freeze: Extract<DraftCommand, { type: "freeze" }> = { type: "freeze", contentHash: hash, authority: { answersForPost: true, beyondMandate: [], isDelegated: true }, frozen: { series: "-", n: 1, number: "1", date: "2026-11-24", code: "-", authority: "-", signatureLines: [], input: {} } };
const rendered = { type: "rendered", rendered: { sha256: hash, pages: 1, size: 1 } } as const;
const intend = { type: "intend", id: named(71), sha256: hash, hasCertificate: true, needsSecret: true } as const;
const signedFile = { sha256: hash, size: 1, pages: 1, serial: "-", issuer: "-", development: true };
const draft = thing({
  name: "draft", machine: draftMachine, start: null,
  states: [
    ["belum_ada", null], ["konsep", "belum_ada", [createDraft, staff]], ["paraf", "konsep", [submit, staff]], ["perbaikan", "paraf", [{ type: "giveBack", note: "-" }, receiver]], ["menunggu_ttd", "paraf", [{ type: "approve", contentHash: hash, note: "" }, receiver]],
    ["bernomor", "menunggu_ttd", [freeze, head]], ["beku", "bernomor", [rendered, head]], ["diniatkan", "beku", [intend, head]],
    ["ditandatangani", "beku", [{ type: "sign", sha256: hash, hasCertificate: true, signed: signedFile }, head]], ["dibatalkan", "konsep", [{ type: "cancel", reason: "-" }, staff]],
  ],
  acts: {
    create: createDraft, submit: submit, withdraw: { type: "withdraw" }, approve: { type: "approve", contentHash: hash, note: "" }, giveBack: { type: "giveBack", note: "-" },
    freeze: freeze, render: rendered, intend: intend, settleIntent: { type: "settleIntent", id: intend.id, found: "lost" }, failSigning: { type: "failSigning", code: "signing_unavailable" },
    passDraft: { type: "handOver", to: { personId: receiver.personId, person: "-", positionId: receiver.positionId, post: "-", holding: "definitif", basis: null } }, sign: { type: "sign", sha256: hash, hasCertificate: true, signed: signedFile }, cancel: { type: "cancel", reason: "-" },
  },
  roles: { penyusun: staff, pemaraf: receiver, penanda_tangan: head, sistem: system, ...everyone },
});

const letter = {
  unitId: office, unitName: "-", number: "1", date: "2026-11-24", code: "-", type: "-", typeTitle: "-", subject: "-", security: "B", urgency: "biasa", classification: null, attachment: "", validUntil: null, sha256: hash, size: 1, pages: 1,
  frozen: { sha256: hash, size: 1 }, signer: { personId: head.personId, person: "-", positionId: head.positionId, post: "-", holding: "definitif", basis: null, at, serial: "-", issuer: "-", development: true }, drafterPositionId: staff.positionId,
} as const;
const proof = { type: "preserve", from: hash, file: { sha256: "c".repeat(64), size: 2, level: "B-LTA", until: "2030-01-01T00:00:00.000Z", lacks: null, checkedAt: at } } as const;
const deliver = { type: "deliver", deliveryId: "to1", status: "terkirim", detail: "", carrierId: null } as const;
const issue = { type: "issue", letter, to: [{ kind: "external", label: "-", email: null, place: "" }], cc: [] } as const;
const issued = thing({
  name: "issued", machine: issuedMachine, start: null,
  states: [["belum_ada", null], ["terbit", "belum_ada", [issue, system]], ["terkirim", "terbit", [deliver, system]], ["diberkaskan", "terkirim", [{ type: "file", dossierId: named(50), dossier: "-" }, clerk]], ["dicabut", "terkirim", [{ type: "revoke", reason: "-" }, head]]],
  acts: {
    issue: issue, preserve: proof, deliver: deliver, file: { type: "file", dossierId: named(50), dossier: "-" }, revoke: { type: "revoke", reason: "-" },
    suspect: { type: "suspect", suspicion: { key: "penanda_tangan", since: at, reason: "-" }, warnings: [] },
  },
  roles: { penyusun: staff, penanda_tangan: head, tata_usaha: clerk, sistem: system, ...everyone },
});

const openDossier = { type: "open", officeId: office, classification: "000.1", isLeaf: true, title: "-", year: 2026 } as const;
const dossier = thing({
  name: "dossier", machine: dossierMachine, start: noDossier,
  states: [["belum_ada", null], ["aktif", "belum_ada", [openDossier, clerk]], ["ditutup", "aktif", [{ type: "close", officeId: office }, clerk]]],
  acts: { openDossier: openDossier, file: { type: "file", officeId: office, kind: "surat", letterId: named(60) }, closeDossier: { type: "close", officeId: office } },
  roles: { tata_usaha: clerk, pimpinan: head, staf: staff, ...everyone },
});

const enter = { type: "enter", service: "-", serviceTitle: "-", officeId: office, form: { applicant: "-", sealed: "-" }, token: "-" } as const;
const request = thing({
  name: "service_request", machine: requestMachine, start: null,
  states: [
    ["belum_ada", null], ["diperiksa", "belum_ada", [enter, operator]], ["belum_lengkap", "diperiksa", [{ type: "giveBack", note: "-" }, operator]], ["menunggu_ttd", "diperiksa", [{ type: "verify", draftId: named(70), note: "" }, operator]],
    ["siap_diambil", "menunggu_ttd", [{ type: "signed", number: "1" }, system]], ["sudah_diambil", "siap_diambil", [{ type: "handOver" }, operator]], ["dibatalkan", "diperiksa", [{ type: "cancel", reason: "-" }, operator]],
  ],
  acts: { enter: enter, verify: { type: "verify", draftId: named(70), note: "" }, giveBack: { type: "giveBack", note: "-" }, cancel: { type: "cancel", reason: "-" }, signed: { type: "signed", number: "1" }, handOver: { type: "handOver" }, erase: { type: "erase", reason: "-", events: [] } },
  roles: { operator, kades: head, sistem: system, ...everyone },
});

const grant = { type: "grant", isKnown: true, prefix: "900", securities: ["B"], level: "pengawas", positionId: null, positionTitle: null, unitId: null, unitName: null, basis: "-", since: at, until: null } as const;
const classRight = thing({
  name: "class_right", machine: classRightMachine, start: noClassRight,
  states: [["belum_ada", null], ["berlaku", "belum_ada", [grant, admin]], ["berakhir", "berlaku", [{ type: "end", reason: "-" }, admin]]],
  acts: { grant: grant, end: { type: "end", reason: "-" } },
  roles: { admin, pengawas: inspector, tata_usaha: clerk, lain: other },
});

const decree = { number: "1", date: "2026-11-01", letterId: named(61), file: null } as const;
const { holdings, delegations } = organisationKinds;
const isSuperior = (by: Actor): boolean => by.positionId === head.positionId;
const unitFacts = { code: "A", name: "-", shortName: "-", parentId: null, kind: "dinas", letterhead: null } as const;
const later = "2026-12-01T00:00:00.000Z";
const defineUnit = { type: "define", id: office, facts: unitFacts, since: at, basis: decree, above: [] } as const;
const { units, positions, persons, policies } = organisationKinds;
const unit = thing({
  name: "unit", machine: units.machine, start: null,
  states: [["belum_ada", null], ["berlaku", "belum_ada", [defineUnit, admin]], ["direncanakan", "berlaku", [{ ...defineUnit, since: later }, admin]], ["berakhir", "berlaku", [{ type: "dissolve", since: later, basis: decree, units: 0, posts: 0 }, admin]]],
  acts: { define: defineUnit, dissolve: { type: "dissolve", since: "2026-12-02T00:00:00.000Z", basis: decree, units: 0, posts: 0 }, withdrawPlan: { type: "withdraw", since: later } },
  roles: { atasan: head, pemangku: receiver, ...everyone },
});

const postFacts = { unitId: office, title: "-", shortTitle: "-", superiorId: null, role: "kepala", functions: [], order: 1 } as const;
const definePost = { type: "define", id: receiver.positionId, facts: postFacts, since: at, basis: decree, above: [], hasUnit: true } as const;
const position = thing({
  name: "position", machine: positions.machine, start: null,
  states: [["belum_ada", null], ["berlaku", "belum_ada", [definePost, admin]], ["direncanakan", "berlaku", [{ ...definePost, since: later }, admin]], ["berakhir", "berlaku", [{ type: "close", since: later, basis: decree, waiting: 0, holders: 0, subordinates: 0 }, admin]]],
  acts: { define: definePost, closePost: { type: "close", since: "2026-12-02T00:00:00.000Z", basis: decree, waiting: 0, holders: 0, subordinates: 0 }, withdrawPlan: { type: "withdraw", since: later } },
  roles: { atasan: head, pemangku: receiver, ...everyone },
});

const somebody = { name: "-", nip: null, rank: null, grade: null, email: null } as const;
const person = thing({
  name: "person", machine: persons.machine, start: null,
  states: [["belum_ada", null], ["tercatat", "belum_ada", [{ type: "define", state: somebody }, admin]]],
  acts: { definePerson: { type: "define", state: somebody } },
  roles: { atasan: head, pemilik: staff, ...everyone },
});

const rules = { holderWhileActing: "warned", beyondMandate: [] } as const;
const policy = thing({
  name: "policy", machine: policies.machine, start: null,
  states: [["belum_ada", null], ["diatur", "belum_ada", [{ type: "set", state: { ...rules, holderWhileActing: "blocked" } }, admin]]],
  acts: { setPolicy: { type: "set", state: rules } },
  roles: { pimpinan: head, ...everyone },
});

const definitive = { personId: receiver.personId, kind: "definitif", since: "2026-01-01T00:00:00.000Z", until: null, name: "-" } as const;
const appointment = { personId: receiver.personId, positionId: receiver.positionId, kind: "definitif", basis: "-", since: at, until: null, decree, scope: null, ended: null } as const;
const appoint = { type: "begin", holding: appointment, others: [], exists: true, isCompetent: false } as const;
const mandate = (by: Actor) => ({ type: "begin", holding: { ...appointment, personId: staff.personId, kind: "plh", until: "2026-11-30T00:00:00.000Z" }, others: [definitive], exists: true, isCompetent: isSuperior(by) }) as const;
const holding = thing({
  name: "holding", machine: holdings.machine, start: null,
  states: [["belum_ada", null], ["dipangku", "belum_ada", [appoint, admin]], ["mandat", "belum_ada", [mandate(head), head]], ["dicabut", "mandat", [{ type: "revoke", reason: "-", isCompetent: true }, head]]],
  acts: { appoint, giveMandate: mandate, endHolding: { type: "end", at: "2026-12-01T00:00:00.000Z", reason: "-", leavesNobody: false }, revoke: (by) => ({ type: "revoke", reason: "-", isCompetent: isSuperior(by) }) as const },
  roles: { atasan: head, pemangku: receiver, ...everyone },
});

const delegate = (by: Actor) => ({ type: "give", delegation: { kind: "an", fromId: head.positionId, toId: receiver.positionId, basis: "-", decree, scope: null, since: at, until: null }, isGiver: isSuperior(by), isBelow: true, received: [] }) as const;
const delegation = thing({
  name: "delegation", machine: delegations.machine, start: null,
  states: [["belum_ada", null], ["berlaku", "belum_ada", [delegate(head), head]], ["dicabut", "berlaku", [{ type: "revoke", reason: "-", isCompetent: true }, head]]],
  acts: { delegate: delegate, revoke: (by) => ({ type: "revoke", reason: "-", isCompetent: isSuperior(by) }) as const },
  roles: { pemberi: head, penerima: receiver, ...everyone },
});

const prepare = (by: Actor) => ({
  type: "prepare", facts: { positionId: receiver.positionId, title: "-", holdingId: receiver.holding.id, from: { personId: receiver.personId, name: "-" }, to: { personId: staff.personId, name: "-" }, since: at, decree, basis: "-", reason: null, letterId: named(62) },
  isCompetent: isSuperior(by) || by.functions.includes("admin"), isRunning: false,
}) as const;
const carryOut = { type: "carryOut", counts: { desk: 0, unread: 0, drafts: 0, delegations: 0, mandates: 0 }, left: [] } as const;
const callOff = (by: Actor) => ({ type: "cancel", reason: "-", isCompetent: isSuperior(by) || by.functions.includes("admin"), isSigned: false }) as const;
const handover = thing({
  name: "handover", machine: handoverMachine, start: null,
  states: [["belum_ada", null], ["menunggu_ttd", "belum_ada", [prepare(head), head]], ["selesai", "menunggu_ttd", [carryOut, system]], ["dibatalkan", "menunggu_ttd", [callOff(head), head]]],
  acts: { prepareHandover: prepare, carryOut: carryOut, cancel: callOff },
  roles: { atasan: head, pemangku: receiver, pengganti: staff, sistem: system, ...everyone },
});

const of = staff.personId;
const passkey = { id: named(72), name: "-", seal: "-" } as const;
const account = thing({
  name: "account", machine: accountMachine, start: null,
  states: [
    ["belum_ada", null], ["menunggu", "belum_ada", [{ type: "invite", of, username: "-" }, admin]], ["aktif", "menunggu", [{ type: "activate", of, passwordSeal: "-" }, system]], ["aman", "aktif", [{ type: "setSecondFactor", of }, staff], [{ type: "addPasskey", of, passkey }, staff]],
    ["diblokir", "aman", [{ type: "block", of, reason: "-" }, admin]],
  ],
  acts: {
    createAccount: { type: "create", of, username: "-", passwordSeal: "-" }, invite: { type: "invite", of, username: "-" }, renewLink: { type: "renewLink", of, reason: "-" }, activate: { type: "activate", of, passwordSeal: "-" },
    block: { type: "block", of, reason: "-" }, unblock: { type: "unblock", of, reason: "-" }, resetFactors: { type: "resetFactors", of, reason: "-" }, expel: { type: "expel", of, reason: "-" },
    signIn: { type: "enter", of, session: named(73), device: "-", method: "kunci", isNew: false, codesLeft: null, demand: null }, signInAlone: { type: "enter", of, session: named(73), device: "-", method: "sandi", isNew: false, codesLeft: null, demand: null },
    noteAttempt: { type: "refuse", of, device: "-", why: "kode_salah" }, signOut: { type: "leave", of }, switchPost: { type: "switchPost", of, from: staff.positionId },
    endSession: { type: "endSession", of, session: named(73) }, endSessions: { type: "endSessions", of }, loseSession: { type: "loseSession", of, session: named(73), opened: "-", used: "-" }, changePassword: { type: "changePassword", of, passwordSeal: "-" },
    setSecondFactor: { type: "setSecondFactor", of }, removeSecondFactor: { type: "removeSecondFactor", of, mayStandAlone: true, isDemanded: true }, makeRecoveryCodes: { type: "makeRecoveryCodes", of, count: 10 }, useRecoveryCode: { type: "useRecoveryCode", of, left: 9 },
    addPasskey: { type: "addPasskey", of, passkey: { ...passkey, id: named(74) } }, renamePasskey: { type: "renamePasskey", of, id: passkey.id, name: "-" }, removePasskey: { type: "removePasskey", of, id: passkey.id, mayStandAlone: true, isDemanded: true },
    proveFresh: { type: "proveFresh", of, sha256: hash, documents: [hash], method: "kunci", proof: null }, disown: { type: "disown", of, week: "2026-W48", note: "-" },
  },
  roles: { admin, pemilik: staff, pimpinan: head, sistem: system, pengawas: inspector, lain: other },
});

const certificate = { personId: head.personId, name: "-", title: "-", organisation: "-", certificate: "-", serial: "-", issuer: "-", development: true, since: at, until: "2027-11-24T03:00:00.000Z" } as const;
const credential = thing({
  name: "credential", machine: credentialMachine, start: null,
  states: [["belum_ada", null], ["aktif", "belum_ada", [{ type: "issue", certificate, isProven: false }, admin]], ["segera_berakhir", "belum_ada", [{ type: "issue", certificate: { ...certificate, until: "2026-11-27T03:00:00.000Z" }, isProven: false }, admin]], ["dicabut", "aktif", [{ type: "revoke", reason: "-" }, admin]]],
  acts: { issueCertificate: { type: "issue", certificate, isProven: false }, bringCertificate: { type: "issue", certificate, isProven: true }, revoke: { type: "revoke", reason: "-" }, noteStanding: { type: "look", found: "suspended" }, warnOfEnd: { type: "warn", threshold: 7 } },
  roles: { pemilik: head, sistem: system, ...everyone },
});

const sealing = { keyId: "-", certificate: "-", institution: "-", since: at, until: "2027-02-22T03:00:00.000Z" } as const;
const sealKey = thing({
  name: "seal_key", machine: sealKeyMachine, start: null,
  states: [["belum_ada", null], ["dipakai", "belum_ada", [{ type: "make", key: sealing }, system]], ["selesai", "dipakai", [{ type: "retire" }, system]], ["dicabut", "dipakai", [{ type: "revoke", since: at, reason: "-" }, system]]],
  acts: { makeKey: { type: "make", key: sealing }, retireKey: { type: "retire" }, revoke: { type: "revoke", since: at, reason: "-" } },
  roles: { sistem: system, ...everyone },
});

const sealed = { number: "1", date: "2026-11-24", subject: "-", office: "-", signer: "-", post: "-", urgency: "biasa", security: "B", attachment: "", code: "-", file: { sha256: hash, name: "-", size: 1, pages: 1, mediaType: "application/pdf" } } as const;
const queue = { type: "queue", letterId: named(60), destination: { kind: "partner", tenantId: named(8), label: "-" }, copy: false, letter: sealed } as const;
const parcel = thing({
  name: "parcel", machine: parcelMachine, start: noParcel,
  states: [["belum_ada", null], ["antre", "belum_ada", [queue, system]], ["terkirim", "antre", [{ type: "sent" }, system]], ["gagal", "antre", [{ type: "failed", reason: "-" }, system]], ["diterima", "terkirim", [{ type: "receipted", text: "-", signature: "-" }, system]], ["tautan", "belum_ada", [{ ...queue, destination: { kind: "external", email: null, token: "-", label: "-" } }, system]]],
  acts: { queue, sent: { type: "sent" }, receipted: { type: "receipted", text: "-", signature: "-" }, viewed: { type: "viewed" }, failed: { type: "failed", reason: "-" } },
  roles: { sistem: system, tata_usaha: clerk, penanda_tangan: head, ...everyone },
});

const inspected = { positionId: inspector.positionId, positionTitle: "-", purpose: "-", decree, basis: "-", reach: { units: [], types: [], classifications: [], from: null, to: null }, since: at, until: "2026-12-24T03:00:00.000Z" } as const;
const inspection = thing({
  name: "inspection", machine: inspectionMachine, start: null,
  states: [["belum_ada", null], ["berlaku", "belum_ada", [{ type: "give", inspection: inspected, isCompetent: true, isInspector: true }, head]], ["dicabut", "berlaku", [{ type: "revoke", reason: "-", isCompetent: true }, head]]],
  acts: { giveInspection: (by) => ({ type: "give", inspection: inspected, isCompetent: isSuperior(by), isInspector: true }) as const, searchLetters: { type: "search", q: "", found: 0 }, useMandate: { type: "use", as: "traced", words: "-", found: 0 }, revoke: (by) => ({ type: "revoke", reason: "-", isCompetent: isSuperior(by) }) as const },
  roles: { atasan: head, ...everyone },
});

const seen = { id: named(60), kind: "surat", number: "1", security: "B" } as const;
const lookAt = { type: "read", part: { what: "surat", sha256: null }, letter: seen, inspectionId: named(80), inspection: { ...inspected, given: { by: "-", post: "-" }, ended: null }, isReached: true } as const;
const look = thing({
  name: "inspection_look", machine: lookMachine, start: null,
  states: [["belum_ada", null], ["terbaca", "belum_ada", [lookAt, inspector]]],
  acts: { look: { ...lookAt, part: { what: "jejak", sha256: null } } },
  roles: { atasan: head, ...everyone },
});

const readSecret = { type: "read", letter: { ...seen, security: "R" } } as const;
const secretReading = thing({
  name: "secret_reading", machine: secretReadingMachine, start: null,
  states: [["belum_ada", null], ["terbaca", "belum_ada", [readSecret, head]]],
  acts: { readSecret },
  roles: { dituju: head, penerima_disposisi: receiver },
});

type SampleCommand = Parameters<typeof sampleMachine.decide>[1];
const running = { ...inspected, given: { by: "-", post: "-" }, ended: null } as const;
const lock: Extract<SampleCommand, { type: "lock" }> = { type: "lock", inspection: running, inspectionId: named(80), title: "-", filter: { q: "", kind: null, types: [], unitId: null, from: null, to: null }, words: "-", members: [named(60)], count: 1, source: "-" };
const drawIt = { type: "draw", inspection: running, value: "-", members: [{ id: named(60), kind: "surat", number: "1" }], tree: { size: 1, root: hash } } as const;
const judge = { type: "judge", inspection: running, letterId: named(60), verdict: "cocok", note: "" } as const;
const abandon = { type: "abandon", inspection: running, reason: "-" } as const;
const sample = thing({
  name: "sample", machine: sampleMachine, start: null,
  states: [["belum_ada", null], ["terkunci", "belum_ada", [lock, inspector]], ["diundi", "terkunci", [drawIt, inspector]], ["dibatalkan", "terkunci", [abandon, inspector]]],
  acts: { lockList: lock, drawList: drawIt, judge: judge, abandon: abandon },
  roles: { atasan: head, ...everyone },
});

type SavedQueryCommand = Parameters<typeof savedQueryMachine.decide>[1];
const saved: Extract<SavedQueryCommand, { type: "save" }> = { type: "save", name: "-", query: { of: "tindakan", filter: { person: "", post: "", unitId: null, from: null, to: null, acts: [], letter: "" } }, shared: false };
const savedQuery = thing({
  name: "saved_query", machine: savedQueryMachine, start: null,
  states: [["belum_ada", null], ["tercatat", "belum_ada", [saved, inspector]], ["dihapus", "tercatat", [{ type: "remove" }, inspector]]],
  acts: { saveQuery: saved, changeQuery: { type: "change", name: "-", shared: true }, removeQuery: { type: "remove" } },
  roles: { atasan: head, pengawas_lain: { ...inspector, personId: named(108), positionId: named(208) }, ...everyone },
});

const openIt = (by: Actor) => ({
  type: "open", letter: { ...seen, security: "R" }, reason: "alasan yang cukup panjang", standing: isSuperior(by) ? "atasan" : by.functions.includes("inspector") ? "pengawas" : by.functions.includes("admin") ? "admin" : null,
  minutes: 60, alarmed: [{ positionId: receiver.positionId, title: "-" }, { positionId: inspector.positionId, title: "-" }], isHeard: true, mayReadAnyway: false, isRunning: false,
}) as const;
const emergency = thing({
  name: "emergency", machine: emergencyMachine, start: null,
  states: [["belum_ada", null], ["terbuka", "belum_ada", [openIt(admin), admin]], ["diketahui", "terbuka", [{ type: "acknowledge", note: "" }, receiver], [{ type: "acknowledge", note: "" }, inspector]], ["ditutup", "terbuka", [{ type: "close" }, admin]]],
  acts: { openEmergency: openIt, readEmergency: { type: "read", part: { what: "surat", sha256: null } }, acknowledge: { type: "acknowledge", note: "" }, closeEmergency: { type: "close" } },
  roles: { admin, atasan: head, pengawas: inspector, dituju: receiver, tata_usaha: clerk, lain: other },
});

const found = { code: "A-04", at, facts: {}, evidence: [named(90)], people: [staff.personId], posts: [receiver.positionId], place: { unitId: office, type: null, classification: null, dated: "2026-11-24" }, letter: null, measure: {} } as const;
const ask = { type: "ask", isReached: true, positionId: receiver.positionId, post: "-", hasHolder: true, text: "-", title: "-", due: "2026-11-30T00:00:00.000Z" } as const;
const finding = thing({
  name: "finding", machine: findingMachine, start: null,
  states: [
    ["belum_ada", null], ["perlu_dijelaskan", "belum_ada", [{ type: "raise", found }, system]], ["menunggu_jawaban", "perlu_dijelaskan", [ask, inspector]], ["dijawab", "menunggu_jawaban", [{ type: "answer", text: "-" }, receiver]],
    ["sudah_jelas", "dijawab", [{ type: "close", isReached: true, reason: "-" }, inspector]], ["gugur", "perlu_dijelaskan", [{ type: "lapse" }, system]],
  ],
  acts: { raise: { type: "raise", found }, lapse: { type: "lapse" }, lookAtFinding: { type: "look", isReached: true, basis: "-" }, ask, answer: { type: "answer", text: "-" }, closeFinding: { type: "close", isReached: true, reason: "-" } },
  roles: { pengawas: inspector, ditanya: receiver, sistem: system, admin, lain: other },
});

const setMeasure = { type: "set", code: "A-04", isOn: true, measure: {}, isWithinBounds: true, reason: "-" } as const;
const flagRule = thing({
  name: "flag_rule", machine: ruleMachine, start: null,
  states: [["belum_ada", null], ["diatur", "belum_ada", [setMeasure, inspector]]],
  acts: { setMeasure },
  roles: { pengawas: inspector, pengawas_admin: { ...inspector, functions: ["inspector", "admin"] }, admin, lain: other },
});

const made = { what: "jejak", letterId: named(50), form: "csv", filter: "", rows: 1 } as const;
const exported = thing({
  name: "export", machine: exportMachine, start: null,
  states: [["belum_ada", null], ["dibuat", "belum_ada", [{ type: "make", export: made, mayRead: true }, receiver]]],
  acts: {
    exportOrganisation: { type: "make", export: { ...made, what: "organisasi", letterId: null }, mayRead: true },
    exportLetter: (by: Actor): ExportCommand => ({ type: "make", export: made, mayRead: by === receiver }),
  },
  roles: { admin, dituju: receiver, pengawas: inspector, lain: other },
});

/** Every kind of thing, asked of the same pure rules that decide at the counter, at the moment of asking. */
export const matrices = (): readonly ThingMatrix[] => [received, disposition, draft, issued, parcel, dossier, request, unit, position, person, holding, delegation, handover, policy, account, credential, sealKey, classRight, inspection, look, secretReading, sample, savedQuery, emergency, exported, finding, flagRule].map((make) => make());

const isRefusal = (outcome: Outcome): outcome is RefusalCode => outcome !== "boleh" && outcome !== "sudah";

/** The sentence of a refusal in the language that is asked for, and nothing for what is no refusal. */
export const sentenceOf = (outcome: Outcome): string | null => (isRefusal(outcome) ? refusals[outcome].sentence : null);

/** The matrices with the sentence of every refusal in them, for the page. */
export const matrixView = (): Result<(typeof contract)["rights.matrix"]> => {
  const things = matrices();
  const codes = new Set(things.flatMap(({ states }) => states.flatMap(({ outcomes }) => outcomes.flat())));
  return {
    things: things.map(({ thing, roles, acts, states }) => ({ thing, roles: [...roles], acts: [...acts], states: states.map(({ state, outcomes }) => ({ state, outcomes: outcomes.map((row) => [...row]) })) })),
    sentences: Object.fromEntries([...codes].flatMap((code) => (isRefusal(code) ? [[code, refusals[code].sentence]] : []))),
  };
};

/** The matrices as text, for the golden file that is read in review. */
export const printed = (all: readonly ThingMatrix[]): string => {
  const line = (matrix: ThingMatrix, act: string, outcomes: readonly Outcome[]): string => {
    const groups = Map.groupBy(matrix.roles.map((role, index) => ({ role, outcome: outcomes[index] ?? "not_found" })), (one) => one.outcome);
    return `${act.padEnd(14)} ${[...groups].map(([outcome, people]) => `${people.length === matrix.roles.length ? "semua" : people.map((one) => one.role).join(", ")}: ${outcome}`).join(" | ")}`;
  };
  const block = (matrix: ThingMatrix): string => `# ${matrix.thing}\n\n${matrix.states.map(({ state, outcomes }) => `## ${state}\n${matrix.acts.map((act, index) => line(matrix, act, outcomes[index] ?? [])).join("\n")}`).join("\n\n")}`;
  return `keadaan × tindakan × peran → hasil, seperti yang diperlihatkan halaman Hak akses; dibuat oleh matrix.test.ts, dibaca saat penelaahan\n\n${all.map(block).join("\n\n")}\n`;
};
