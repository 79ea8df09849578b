import { dispositionStore, givingMachine, noDisposition, type LetterLabel } from "../dispositions/index.ts";
import { contentHash, draftMachine, draftStore, proposeChain, summaryOf, type Content } from "../drafts/index.ts";
import { letterTypes } from "@lontar/naskah";
import type { Actor } from "../kernel/actor.ts";
import { idFrom, localDate, type Id } from "../kernel/ids.ts";
import { arrivingMachine, noLetter, receivedStore, writtenNumber, type ReceivedFacts } from "../letters/index.ts";
import type { Post } from "../organisation/index.ts";
import { dossierMachine, dossierStore, noDossier } from "../records/index.ts";
import { openDice, type Dice } from "./dice.ts";
import { atWork } from "./hours.ts";
import { actorIn, type Staffed } from "./people.ts";
import { agendaOf, codesOf, dayMs, plannedLetter, type Planned, type Slice, type World } from "./plan.ts";
import { openBatch, type Batch, type EncodedBatch } from "./store.ts";
import { tell, type Story } from "./story.ts";
import { instructions, lifeOf, reports, senders, subjectOf } from "./words.ts";

/** A slice as it is handed to the database, and what was counted on the way. */
export type Told = { readonly batch: EncodedBatch; readonly letters: number; readonly drafts: number; readonly dispositions: number };

/** What is filed in a dossier, as its letters tell it: in their order, and not in that of time. */
type Filing = { readonly letterId: Id; readonly by: Actor };
type Dossier = { readonly id: Id; readonly title: string; readonly officeId: Id; readonly classification: string; readonly year: number; readonly filings: Filing[] };

/** A slice while it is told, and the dossiers that its letters are filed in; a dossier does not outlive its slice. */
type Telling = {
  readonly world: World;
  readonly batch: Batch;
  readonly series: Map<string, number>;
  readonly dossiers: Map<string, Dossier>;
  readonly codes: (office: Staffed) => readonly string[];
  readonly total: { dispositions: number };
};

const dossierStream = 0x2000_0000;

/** Tells a slice: the same one always in the same words, whoever tells it. */
export const tellSlice = (world: World, slice: Slice): Told => {
  const telling: Telling = { world, batch: openBatch(world.tenantId), series: new Map(slice.series), dossiers: new Map(), codes: codesOf(world), total: { dispositions: 0 } };
  for (let n = slice.from; n < slice.to; n += 1) {
    if (slice.kind === "surat") oneLetter(telling, n, plannedLetter(world, n));
    else oneDraft(telling, n);
  }
  for (const dossier of telling.dossiers.values()) tellDossier(telling, dossier);
  const count = slice.to - slice.from;
  return { batch: telling.batch.close(), letters: slice.kind === "surat" ? count : 0, drafts: slice.kind === "naskah" ? count : 0, dispositions: telling.total.dispositions };
};

/** A clock that walks forward through one letter's life in the hours of the office, and stops at the present. */
export const walk = (world: World, dice: Dice, fromMs: number) => {
  let ms = fromMs;
  const endMs = Date.parse(world.now);
  return {
    /** The next moment, some minutes later; `undefined` once it would lie in the future. */
    next: (minMinutes: number, maxMinutes: number): string | undefined => {
      ms = atWork(ms + (minMinutes + dice.roll() * (maxMinutes - minMinutes)) * 60_000, world.zone, dice);
      return ms < endMs ? new Date(ms).toISOString() : undefined;
    },
    at: (): string => new Date(Math.min(ms, endMs)).toISOString(),
  };
};

const oneLetter = (telling: Telling, n: number, { dice, startMs, office }: Planned): void => {
  const { world, batch } = telling;
  const { tenantId, zone } = world;
  const clock = walk(world, dice, startMs);
  const act = (post: Post, at: string): Actor => actorIn(tenantId, zone, post, at);
  const id = idFrom(startMs, dice.bytes(10));
  const letter = tell(batch.rows, dice, arrivingMachine, receivedStore, id, noLetter);
  const middle = dice.pick(office.middle);
  const staff = dice.pick(office.staff);

  const uploaded = clock.at();
  const by = act(office.clerk, uploaded);
  letter.say({ type: "receive", unitId: office.officeId, registrars: [office.clerk.id], file: dice.pick(world.files) }, by);
  const codes = telling.codes(office);
  const { series, year } = agendaOf(world, { startMs, office });
  const agenda = (telling.series.get(series) ?? 0) + 1;
  telling.series.set(series, agenda);
  const date = localDate(new Date(startMs - (1 + dice.below(6)) * dayMs).toISOString(), zone);
  const facts: ReceivedFacts = {
    sender: dice.pick(senders), number: `${dice.pick(codes)}/${1 + dice.below(4000)}/${dice.pick(["SEKR", "UMUM", "BPBD", "KOMINFO", "TU"])}/${year}`, date, subject: subjectOf(n), summary: "", receivedOn: localDate(new Date(startMs - daysLate(dice) * dayMs).toISOString(), zone), attachment: "", medium: "kertas",
    security: dice.roll() < 0.02 ? "R" : "B", urgency: dice.roll() < 0.1 ? "amat_segera" : dice.roll() < 0.3 ? "segera" : "biasa", classification: dice.pick(codes), due: null,
  };
  letter.say({ type: "register", facts, separateBecause: "", duplicates: [], isLeaf: true, agenda, year, dueAt: null }, act(office.clerk, clock.next(2, 20) ?? uploaded));
  batch.numbers.push({ series, n: agenda, thingId: id, fate: "disahkan", at: clock.at() });
  const isSecret = facts.security === "R";
  batch.search.push({ subjectId: id, kind: "surat", dated: date, facts: [writtenNumber(agenda), facts.number, facts.sender, ...(isSecret ? [] : [facts.subject])].join("\n"), content: "", scan: isSecret ? "" : facts.subject });
  live(telling, { id, facts, dice, office, middle, staff, letter, clock, act });
  letter.end(tenantId);
};

/** One letter in twenty reaches the registry some days after it was received elsewhere; few of them long after. */
const daysLate = (dice: Dice): number => (dice.roll() < 0.05 ? Math.min(5, 1 + Math.floor(-1.5 * Math.log(1 - dice.roll()))) : 0);

/** One letter in two hundred lies on the desk for days after it was read. */
const lyingMinutes = (dice: Dice): number => (dice.roll() < 0.005 ? -8 * 1440 * Math.log(1 - dice.roll()) : 0);

type Life = {
  readonly id: Id;
  readonly facts: ReceivedFacts;
  readonly dice: Dice;
  readonly office: Planned["office"];
  readonly middle: Post;
  readonly staff: Post;
  readonly letter: Story<Parameters<typeof receivedStore.traces>[1], Parameters<typeof arrivingMachine.decide>[1]>;
  readonly clock: ReturnType<typeof walk>;
  readonly act: (post: Post, at: string) => Actor;
};

/** From the leader's desk to the dossier, by the way that this letter takes; the present may interrupt it at any step. */
const live = (telling: Telling, life: Life): void => {
  const { dice, office, letter, clock, act } = life;
  const directed = clock.next(5, 90);
  if (directed === undefined) return;
  letter.say({ type: "direct", to: { positionId: office.head.id, title: office.head.title }, hasHolder: true }, act(office.clerk, directed));
  const opened = clock.next(20, 900);
  if (opened === undefined) return;
  letter.say({ type: "open" }, act(office.head, opened));
  const lain = lyingMinutes(dice);
  if (lain > 0 && clock.next(lain, lain) === undefined) return;
  const way = lifeOf(dice.roll());
  const done = way === "dibaca" || (way === "satu disposisi" ? oneSheet(telling, life) : wholeTree(telling, life));
  if (!done) return;
  const closed = clock.next(5, 600);
  if (closed === undefined) return;
  letter.say({ type: "close", note: way === "dibaca" ? "Untuk diketahui." : "Selesai ditindaklanjuti." }, act(office.head, closed));
  file(telling, life);
};

/** One disposisi, given with the letter's label. */
const give = ({ batch, total }: Telling, { id, facts, dice, act }: Life, to: Post, parentId: Id | null, responsible: boolean, from: Post, at: string): { readonly nodeId: Id; readonly node: Node } => {
  const label: LetterLabel = { sender: facts.sender, title: facts.security === "R" ? "Sampul tertutup" : facts.subject, number: facts.number, security: facts.security, urgency: facts.urgency };
  const nodeId = idFrom(Date.parse(at), dice.bytes(10));
  const node = tell(batch.rows, dice, givingMachine, dispositionStore, nodeId, noDisposition);
  const due = new Date(Date.parse(at) + (1 + dice.below(5)) * dayMs).toISOString();
  node.say({ type: "give", letterId: id, letter: label, parentId, toId: to.id, toTitle: to.title, responsible, instructions: [dice.pick(instructions)], note: "", due, isInAuthority: true, hasHolder: true }, act(from, at));
  total.dispositions += 1;
  return { nodeId, node };
};

/** The leader asks one official, who reports back. Answers whether all of it happened before the present. */
const oneSheet = (telling: Telling, life: Life): boolean => {
  const { dice, office, middle, letter, clock, act } = life;
  const disposed = clock.next(2, 60);
  if (disposed === undefined) return false;
  const to = dice.roll() < 0.7 ? middle : office.deputy;
  letter.say({ type: "dispose", to: [{ title: to.title, responsible: true }] }, act(office.head, disposed));
  const { node } = give(telling, life, to, null, true, office.head, disposed);
  const opened = clock.next(10, 900);
  if (opened !== undefined) node.say({ type: "open" }, act(to, opened));
  const done = opened !== undefined && reportUp(life, node, to);
  node.end(telling.world.tenantId);
  return done;
};

/** What a responsible official reports to the head is accepted, and the letter has nothing left to wait for. */
const reportUp = ({ dice, office, letter, clock, act }: Life, node: Node, from: Post): boolean => {
  const reported = clock.next(5, 3000);
  if (reported === undefined) return false;
  node.say({ type: "report", note: dice.pick(reports) }, act(from, reported));
  const accepted = clock.next(10, 900);
  if (accepted === undefined) return false;
  node.say({ type: "accept", note: "" }, act(office.head, accepted));
  letter.say({ type: "settle", because: "diterima" }, act(office.head, accepted));
  return true;
};

/** Through the whole disposisi tree and back. Answers whether all of it happened before the present. */
const wholeTree = (telling: Telling, life: Life): boolean => {
  const { dice, office, middle, staff, letter, clock, act } = life;
  const { tenantId } = telling.world;
  const disposed = clock.next(2, 60);
  if (disposed === undefined) return false;
  letter.say({ type: "dispose", to: [{ title: middle.title, responsible: true }, { title: office.deputy.title, responsible: false }] }, act(office.head, disposed));
  const main = give(telling, life, middle, null, true, office.head, disposed);
  const informed = give(telling, life, office.deputy, null, false, office.head, disposed);
  const informedAt = clock.next(10, 600);
  // Whoever was only to know may leave it for some weeks; nobody's desk keeps it for years.
  const isOld = informedAt !== undefined && Date.parse(informedAt) < Date.parse(telling.world.now) - 30 * dayMs;
  if (informedAt !== undefined && (isOld || dice.roll() < 0.9)) informed.node.say({ type: "open" }, act(office.deputy, informedAt));
  informed.node.end(tenantId);
  const passed = clock.next(10, 600);
  if (passed !== undefined) main.node.say({ type: "pass_on", to: [{ title: staff.title, responsible: true }], reach: "below" }, act(middle, passed));
  const done = passed !== undefined && belowWorks(telling, life, main.nodeId, main.node, passed) && reportUp(life, main.node, middle);
  main.node.end(tenantId);
  return done;
};

/** The staff member does the work and reports to the one above. */
const belowWorks = (telling: Telling, life: Life, parentId: Id, main: Node, passed: string): boolean => {
  const { middle, staff, clock, act } = life;
  const { node } = give(telling, life, staff, parentId, true, middle, passed);
  const steps = (): boolean => {
    const progressed = clock.next(30, 2000);
    if (progressed === undefined) return false;
    node.say({ type: "progress", note: "Data sedang dihimpun." }, act(staff, progressed));
    const reported = clock.next(60, 5000);
    if (reported === undefined) return false;
    node.say({ type: "report", note: "Sudah ditindaklanjuti, bahan terlampir." }, act(staff, reported));
    const accepted = clock.next(10, 900);
    if (accepted === undefined) return false;
    node.say({ type: "accept", note: "" }, act(middle, accepted));
    main.say({ type: "settle", because: "diterima" }, act(middle, accepted));
    return true;
  };
  const done = steps();
  node.end(telling.world.tenantId);
  return done;
};

type Node = Story<Parameters<typeof dispositionStore.traces>[1], Parameters<typeof givingMachine.decide>[1]>;

/** The archivist files it in the dossier of its classification. */
const file = ({ batch, dossiers }: Telling, { id, facts, dice, office, letter, clock, act }: Life): void => {
  const at = clock.next(60, 4000);
  if (at === undefined || facts.classification === null) return;
  const by = act(office.clerk, at);
  const year = Number(by.today.slice(0, 4));
  const key = `${office.officeId}/${facts.classification.split(".")[0] ?? ""}/${year}`;
  let dossier = dossiers.get(key);
  if (dossier === undefined) {
    const title = `Korespondensi ${by.today.slice(0, 7)}`;
    dossier = { id: idFrom(Date.parse(at), dice.bytes(10)), title, officeId: office.officeId, classification: facts.classification, year, filings: [] };
    dossiers.set(key, dossier);
  }
  dossier.filings.push({ letterId: id, by });
  letter.say({ type: "file", dossierId: dossier.id, dossier: dossier.title }, by);
  batch.items.push({ subjectId: id, dossierId: dossier.id, at });
};

/** A dossier from its first letter to its last, in the order of time. */
const tellDossier = ({ world, batch }: Telling, { id, title, officeId, classification, year, filings }: Dossier): void => {
  const dice = openDice(world.seed, dossierStream + filings.length + Number.parseInt(id.slice(-6), 16));
  const story = tell(batch.rows, dice, dossierMachine, dossierStore, id, noDossier);
  const inOrder = filings.toSorted((one, other) => (one.by.at < other.by.at ? -1 : one.by.at > other.by.at ? 1 : one.letterId < other.letterId ? -1 : 1));
  const [first] = inOrder;
  if (first === undefined) return;
  story.say({ type: "open", officeId, classification, isLeaf: true, title, year }, first.by);
  for (const { letterId, by } of inOrder) story.say({ type: "file", officeId, kind: "surat", letterId }, by);
  story.end(world.tenantId);
};

/** A nota that is being written or initialled now. */
const oneDraft = ({ world, batch, codes }: Telling, n: number): void => {
  const { tenantId, zone } = world;
  const dice = openDice(world.seed, -1 - n);
  const type = letterTypes.find((candidate) => candidate.family === "nota");
  if (type === undefined) return;
  const office = dice.pick(world.offices);
  const middle = dice.pick(office.middle);
  const staff = dice.pick(office.staff);
  const startMs = Date.parse(world.now) - Math.floor(dice.roll() * 30 * dayMs);
  const clock = walk(world, dice, startMs);
  const id = idFrom(startMs, dice.bytes(10));
  const author = actorIn(tenantId, zone, staff, clock.at());
  const content: Content = {
    subject: subjectOf(n + 13), security: "B", urgency: "biasa", classification: dice.pick(codes(office)), attachment: "", place: "", to: [{ kind: "post", positionId: office.head.id, label: office.head.title }], cc: [],
    body: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: `Bersama ini disampaikan bahan ${subjectOf(n + 13).toLowerCase()} untuk mendapat arahan.` }] }] }, fields: {},
  };
  const hash = contentHash(content);
  const draft = tell(batch.rows, dice, draftMachine, draftStore, id, null);
  draft.say({ type: "create", kind: type.code, kindTitle: type.title, mayApproveOwn: type.mayApproveOwn, unitId: staff.unitId, unitName: staff.unitName, officeId: office.officeId, answers: null, origin: null, summary: summaryOf(type, content) }, author);
  batch.texts.push({ draftId: id, content: JSON.stringify(content), hash, personId: author.personId, at: author.at });
  const submitted = clock.next(30, 2000);
  if (submitted !== undefined && dice.roll() < 0.8) {
    const chain = proposeChain(staff, [middle, office.deputy, office.head].filter((post, index, all) => all.findIndex((other) => other.id === post.id) === index), type.approval);
    draft.say({ type: "submit", content, hash, summary: summaryOf(type, content), isComplete: true, chain, note: "" }, actorIn(tenantId, zone, staff, submitted));
    const posts = [middle, office.deputy, office.head];
    for (const station of chain.slice(0, dice.below(chain.length))) {
      const at = clock.next(30, 1500);
      const post = posts.find((candidate) => candidate.id === station.positionId);
      if (at === undefined || post === undefined) break;
      draft.say({ type: "approve", contentHash: hash, note: "" }, actorIn(tenantId, zone, post, at));
    }
  }
  draft.end(tenantId);
};
