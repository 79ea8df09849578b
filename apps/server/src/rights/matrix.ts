import { refusals, type contract, type RefusalCode, type Result } from "@lontar/contract";
import { dispositionMachine, noDisposition } from "../dispositions/index.ts";
import { draftMachine } from "../drafts/index.ts";
import { systemActor, type Actor, type PostFunction } from "../kernel/actor.ts";
import type { Id } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { assert } from "../kernel/refusal.ts";
import { noLetter, receivedMachine } from "../letters/index.ts";
import { issuedMachine } from "../letters/issued/index.ts";
import { classRightMachine, dossierMachine, noClassRight, noDossier } from "../records/index.ts";
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

/** The states are reached by the acts themselves, so that none is drawn which the rules cannot make. */
const thing = <State, Command, Event extends { readonly type: string }>(given: {
  readonly name: string;
  readonly machine: Pick<Machine<State, Command, Event>, "decide" | "evolve">;
  readonly start: State;
  /** Each state: its name, and the way to it from an earlier one (or from the start). */
  readonly states: readonly (readonly [name: string, from: string | null, ...way: (readonly [Command, Actor])[]])[];
  readonly acts: Readonly<Record<string, Command>>;
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
  const outcome = (state: State, command: Command, by: Actor): Outcome => {
    const decision = given.machine.decide(state, command, by);
    if ("refused" in decision) return decision.refused;
    return decision.events.length === 0 ? "sudah" : "boleh";
  };
  const roles = Object.entries(given.roles);
  return {
    thing: given.name, roles: roles.map(([name]) => name), acts: Object.keys(given.acts),
    states: [...reached].map(([state, value]) => ({ state, outcomes: Object.values(given.acts).map((command) => roles.map(([, by]) => outcome(value, command, by))) })),
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

const received = thing({
  name: "received", machine: receivedMachine, start: noLetter,
  states: [
    ["belum_ada", null], ["diterima", "belum_ada", [upload, clerk]], ["tercatat", "diterima", [register, clerk]], ["diarahkan", "tercatat", [direct, clerk]], ["dibaca", "diarahkan", [{ type: "open" }, head]],
    ["didisposisi", "dibaca", [{ type: "dispose", to: shared }, head]], ["selesai", "didisposisi", [{ type: "settle", because: "diterima" }, head], [{ type: "close", note: "" }, head]],
    ["diberkaskan", "selesai", [{ type: "file", dossierId: named(50), dossier: "-" }, clerk]],
  ],
  acts: {
    receive: upload, register: register, discard: { type: "discard", reason: "-" }, direct: { ...direct, to: { positionId: receiver.positionId, title: "-" } }, open: { type: "open" },
    dispose: { type: "dispose", to: shared }, close: { type: "close", note: "" }, file: { type: "file", dossierId: named(50), dossier: "-" },
  },
  roles: { tata_usaha: clerk, dituju: head, penerima_disposisi: receiver, ...everyone },
});

const give = { type: "give", isInAuthority: true, hasHolder: true, letterId: named(60), letter: { sender: "-", title: "-", number: "1", security: "B", urgency: "biasa" }, parentId: null, toId: receiver.positionId, toTitle: "-", responsible: true, instructions: ["-"], note: "", due: null } as const;
const disposition = thing({
  name: "disposition", machine: dispositionMachine, start: noDisposition,
  states: [
    ["belum_ada", null], ["belum_dibaca", "belum_ada", [give, head]], ["dibaca", "belum_dibaca", [{ type: "open" }, receiver]], ["diproses", "dibaca", [{ type: "progress", note: "-" }, receiver]],
    ["dilaporkan", "diproses", [{ type: "report", note: "-" }, receiver]], ["dikembalikan", "dilaporkan", [{ type: "giveBack", reason: "-" }, head]], ["selesai", "dilaporkan", [{ type: "accept", note: "" }, head]],
    ["ditarik", "belum_dibaca", [{ type: "withdraw", reason: "" }, head]],
  ],
  acts: {
    give: give, open: { type: "open" }, dispose: { type: "pass_on", to: shared, reach: "below" }, progress: { type: "progress", note: "-" }, attach: { type: "attach", file }, report: { type: "report", note: "-" },
    accept: { type: "accept", note: "" }, giveBack: { type: "giveBack", reason: "-" }, withdraw: { type: "withdraw", reason: "" },
  },
  roles: { pemberi: head, penerima_disposisi: receiver, tata_usaha: clerk, ...everyone },
});

const summary = { subject: "-", to: "-", security: "B", urgency: "biasa" } as const;
type DraftCommand = Parameters<typeof draftMachine.decide>[1];
const content: Extract<DraftCommand, { type: "submit" }>["content"] = { subject: "-", security: "B", urgency: "biasa", classification: null, attachment: "", place: "", to: [], cc: [], body: { type: "doc" }, fields: {} };
const hash = "b".repeat(64);
const create = { type: "create", kind: "-", kindTitle: "-", mayApproveOwn: false, unitId: office, unitName: "-", officeId: office, answers: null, origin: null, summary } as const;
const submit: DraftCommand = { type: "submit", content, hash, summary, isComplete: true, note: "", chain: [{ positionId: receiver.positionId, title: "-", kind: "paraf", held: true }, { positionId: head.positionId, title: "-", kind: "tanda_tangan", held: true }] };
const freeze: DraftCommand = { type: "freeze", contentHash: hash, authority: { answersForPost: true, beyondMandate: [], isDelegated: true }, frozen: { series: "-", n: 1, number: "1", date: "2026-11-24", code: "-", authority: "-", signatureLines: [], input: {} } };
const signedFile = { sha256: hash, size: 1, pages: 1, serial: "-", issuer: "-", development: true };
const draft = thing({
  name: "draft", machine: draftMachine, start: null,
  states: [
    ["belum_ada", null], ["konsep", "belum_ada", [create, staff]], ["paraf", "konsep", [submit, staff]], ["perbaikan", "paraf", [{ type: "giveBack", note: "-" }, receiver]], ["menunggu_ttd", "paraf", [{ type: "approve", contentHash: hash, note: "" }, receiver]],
    ["beku", "menunggu_ttd", [freeze, head], [{ type: "rendered", rendered: { sha256: hash, pages: 1, size: 1 } }, system]],
    ["ditandatangani", "beku", [{ type: "sign", sha256: hash, hasCertificate: true, signed: signedFile }, head]], ["dibatalkan", "konsep", [{ type: "cancel", reason: "-" }, staff]],
  ],
  acts: {
    create: create, submit: submit, withdraw: { type: "withdraw" }, approve: { type: "approve", contentHash: hash, note: "" }, giveBack: { type: "giveBack", note: "-" },
    freeze: freeze, sign: { type: "sign", sha256: hash, hasCertificate: true, signed: signedFile }, cancel: { type: "cancel", reason: "-" },
  },
  roles: { penyusun: staff, pemaraf: receiver, penanda_tangan: head, ...everyone },
});

const letter = {
  unitId: office, unitName: "-", number: "1", date: "2026-11-24", code: "-", type: "-", typeTitle: "-", subject: "-", security: "B", urgency: "biasa", classification: null, attachment: "", validUntil: null, sha256: hash, size: 1, pages: 1,
  frozen: { sha256: hash, size: 1 }, signer: { personId: head.personId, person: "-", positionId: head.positionId, post: "-", holding: "definitif", basis: null, at, serial: "-", issuer: "-", development: true }, drafterPositionId: staff.positionId,
} as const;
const issue = { type: "issue", letter, to: [{ kind: "external", label: "-", email: null, place: "" }], cc: [] } as const;
const issued = thing({
  name: "issued", machine: issuedMachine, start: null,
  states: [["belum_ada", null], ["terbit", "belum_ada", [issue, system]], ["terkirim", "terbit", [{ type: "deliver", deliveryId: "to1", status: "terkirim", detail: "", carrierId: null }, system]], ["diberkaskan", "terkirim", [{ type: "file", dossierId: named(50), dossier: "-" }, clerk]], ["dicabut", "terkirim", [{ type: "revoke", reason: "-" }, head]]],
  acts: { file: { type: "file", dossierId: named(50), dossier: "-" }, revoke: { type: "revoke", reason: "-" } },
  roles: { penyusun: staff, penanda_tangan: head, tata_usaha: clerk, ...everyone },
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
  name: "request", machine: requestMachine, start: null,
  states: [
    ["belum_ada", null], ["diperiksa", "belum_ada", [enter, operator]], ["belum_lengkap", "diperiksa", [{ type: "giveBack", note: "-" }, operator]], ["menunggu_ttd", "diperiksa", [{ type: "verify", draftId: named(70), note: "" }, operator]],
    ["siap_diambil", "menunggu_ttd", [{ type: "signed", number: "1" }, system]], ["sudah_diambil", "siap_diambil", [{ type: "handOver" }, operator]], ["dibatalkan", "diperiksa", [{ type: "cancel", reason: "-" }, operator]],
  ],
  acts: { enter: enter, verify: { type: "verify", draftId: named(70), note: "" }, giveBack: { type: "giveBack", note: "-" }, cancel: { type: "cancel", reason: "-" }, handOver: { type: "handOver" } },
  roles: { operator, kades: head, ...everyone },
});

const grant = { type: "grant", isKnown: true, prefix: "900", securities: ["B"], level: "pengawas", positionId: null, positionTitle: null, unitId: null, unitName: null, basis: "-", since: at, until: null } as const;
const classRight = thing({
  name: "class_right", machine: classRightMachine, start: noClassRight,
  states: [["belum_ada", null], ["berlaku", "belum_ada", [grant, admin]], ["berakhir", "berlaku", [{ type: "end", reason: "-" }, admin]]],
  acts: { grant: grant, end: { type: "end", reason: "-" } },
  roles: { admin, pengawas: inspector, tata_usaha: clerk, lain: other },
});

/** Every kind of thing, asked of the same pure rules that decide at the counter, at the moment of asking. */
export const matrices = (): readonly ThingMatrix[] => [received, disposition, draft, issued, dossier, request, classRight].map((make) => make());

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
