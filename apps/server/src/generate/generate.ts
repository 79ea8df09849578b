import { setImmediate } from "node:timers/promises";
import type { NoteSigner } from "@lontar/ledger";
import { letterTypes } from "@lontar/naskah";
import type pg from "pg";
import { sequenceTenant } from "../audit/index.ts";
import { dispositionStore, givingMachine, noDisposition, type LetterLabel } from "../dispositions/index.ts";
import { contentHash, draftMachine, draftStore, proposeChain, summaryOf, type Content } from "../drafts/index.ts";
import { systemActor, type Actor } from "../kernel/actor.ts";
import { readTenant, type Database } from "../kernel/db.ts";
import { idFrom, localDate, type Id } from "../kernel/ids.ts";
import type { StoredFile } from "../kernel/files/take.ts";
import { agendaSeries, arrivingMachine, noLetter, receivedStore, writtenNumber, type ReceivedFacts } from "../letters/index.ts";
import type { Post } from "../organisation/index.ts";
import { dossierMachine, dossierStore, noDossier } from "../records/index.ts";
import { openDice, type Dice } from "./dice.ts";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { actorIn, staffOffices, type Staffed } from "./people.ts";
import { analyse, noteBlob, seriesSoFar, someClassifications, writeBatch, type Batch, type BatchWriter } from "./store.ts";
import { noRows, tell, type Story } from "./story.ts";
import { instructions, senders, subjectOf } from "./words.ts";

/** What is wanted: so many letters over three years, so many people, the same office for the same seed. */
export type Wanted = { readonly letters: number; readonly people: number; readonly seed: number };

/** What generating works with. */
export type Generating = {
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly tenantId: Id;
  readonly now: string;
  readonly putFile: (bytes: Uint8Array) => Promise<{ readonly sha256: string; readonly size: number }>;
  /** Who signs the head of the log: every event has its place in it when its batch is written. */
  readonly signer: NoteSigner;
  readonly report: (done: number) => void;
};

/** What was made. */
export type Generated = { readonly letters: number; readonly drafts: number; readonly people: number; readonly events: number; readonly dispositions: number };

const dayMs = 86_400_000;
const span = 3 * 365 * dayMs;
const batchLetters = 500;
const writersAtOnce = 2;
const breath = 20;
const openDraftShare = 0.06;

type DossierStory = Story<Parameters<typeof dossierStore.traces>[1], Parameters<typeof dossierMachine.decide>[1]>;

/** A batch and the dossiers that its letters are filed in; a dossier does not outlive its batch. */
type OpenBatch = Batch & { readonly dossiers: Map<string, { readonly id: Id; readonly title: string; readonly story: DossierStory }> };

const emptyBatch = (): OpenBatch => ({ rows: noRows(), numbers: [], search: [], texts: [], items: [], dossiers: new Map() });

/** Fills the office: every row comes from the same rules and events as the counter's, so the integrity check finds it whole. */
export const generate = async (given: Generating, wanted: Wanted): Promise<Generated> => {
  const { pool, tenantId, now } = given;
  const dice = openDice(wanted.seed);
  const zone = "WITA";
  const startMs = Date.parse(now) - span;
  const system: Actor = { ...systemActor(tenantId, now, localDate(now, zone), zone, "generate"), functions: ["admin"] };
  const total = { letters: 0, drafts: 0, people: 0, events: 0, dispositions: 0 };

  let batch = emptyBatch();
  const writer: BatchWriter = { pool, tenantId, signer: given.signer, now: () => now };
  let underway: readonly Promise<void>[] = [];
  /** Hands the batch over and goes on with the next while the database writes; a batch is whole only after those before it. */
  const flush = async (): Promise<void> => {
    for (const { story } of batch.dossiers.values()) story.end(tenantId);
    if (underway.length === writersAtOnce) await underway[0];
    const writing = writeBatch(writer, batch, underway.at(-1) ?? Promise.resolve());
    writing.catch(() => undefined); // told by whoever waits for it next; a rejection in between is not unheard
    underway = [...underway, writing].slice(-writersAtOnce);
    total.events += batch.rows.events.length;
    batch = emptyBatch();
  };
  /** Waits for all batches handed over so far. */
  const settle = async (): Promise<void> => {
    await underway.at(-1);
  };
  while ((await sequenceTenant(pool, tenantId, given.signer, writer.now)) > 0); // what happened before has its place before
  const offices = await readTenant(given.db, tenantId, (tx) => staffOffices(tx, batch.rows, dice, system, wanted.people, new Date(startMs - dayMs).toISOString()));
  total.people = batch.rows.states.filter((row) => row.table === "person").length;
  if (offices.length === 0) throw new Error("no office has a head, a clerk and staff; ask for more people");
  await flush();
  await settle();

  const files: StoredFile[] = [];
  for (let n = 0; n < 20; n += 1) {
    const stored = await given.putFile(plainPdf(["SURAT CONTOH", `Berkas rekaan ${n + 1} untuk kantor besar`, ...Array.from({ length: 12 }, (_, line) => subjectOf(n * 12 + line))]));
    await noteBlob(pool, tenantId, stored, now);
    files.push({ ...stored, name: `pindaian-${n + 1}.pdf`, mediaType: "application/pdf", pages: 1 });
  }
  const codes = await someClassifications(pool, 200);
  const world: World = { ...given, dice, zone, offices, files, codes, series: await seriesSoFar(pool, tenantId), total };
  for (let n = 0; n < wanted.letters; n += 1) {
    const at = startMs + Math.floor(((n + dice.roll()) / wanted.letters) * span);
    oneLetter(world, batch, n, at);
    total.letters += 1;
    if (n % breath === 0) await setImmediate(); // what is being written goes on meanwhile
    if ((n + 1) % batchLetters === 0) {
      await flush();
      given.report(n + 1);
    }
  }
  for (let n = 0; n < Math.round(wanted.letters * openDraftShare); n += 1) {
    oneDraft(world, batch, n);
    total.drafts += 1;
    if (n % breath === 0) await setImmediate();
    if ((n + 1) % batchLetters === 0) await flush();
  }
  await flush();
  await settle();
  await analyse(pool);
  return total;
};

type World = Generating & {
  readonly dice: Dice;
  readonly zone: "WITA";
  readonly offices: readonly Staffed[];
  readonly files: readonly StoredFile[];
  readonly codes: readonly string[];
  readonly series: Map<string, number>;
  readonly total: { letters: number; drafts: number; people: number; events: number; dispositions: number };
};

/** A clock that walks forward through one letter's life and stops at the present. */
const walk = (world: World, fromMs: number) => {
  let ms = fromMs;
  const endMs = Date.parse(world.now);
  return {
    /** The next moment, some minutes later; `undefined` once it would lie in the future. */
    next: (minMinutes: number, maxMinutes: number): string | undefined => {
      ms += (minMinutes + world.dice.roll() * (maxMinutes - minMinutes)) * 60_000;
      return ms < endMs ? new Date(ms).toISOString() : undefined;
    },
    at: (): string => new Date(Math.min(ms, endMs)).toISOString(),
  };
};

const oneLetter = (world: World, batch: OpenBatch, n: number, startMs: number): void => {
  const { dice, tenantId, zone } = world;
  const office = dice.pick(world.offices);
  const clock = walk(world, startMs);
  const act = (post: Post, at: string): Actor => actorIn(tenantId, zone, post, at);
  const id = idFrom(startMs, dice.bytes(10));
  const letter = tell(batch.rows, dice, arrivingMachine, receivedStore, id, noLetter);
  const middle = dice.pick(office.middle);
  const staff = dice.pick(office.staff);

  const uploaded = clock.at();
  const by = act(office.clerk, uploaded);
  letter.say({ type: "receive", unitId: office.officeId, registrars: [office.clerk.id], file: dice.pick(world.files) }, by);
  const year = Number(localDate(uploaded, zone).slice(0, 4));
  const series = agendaSeries(office.officeId, year);
  const agenda = (world.series.get(series) ?? 0) + 1;
  world.series.set(series, agenda);
  const date = localDate(new Date(startMs - (1 + dice.below(6)) * dayMs).toISOString(), zone);
  const facts: ReceivedFacts = {
    sender: dice.pick(senders), number: `${dice.pick(world.codes)}/${1 + dice.below(4000)}/${dice.pick(["SEKR", "UMUM", "BPBD", "KOMINFO", "TU"])}/${year}`, date, subject: subjectOf(n), summary: "", receivedOn: localDate(uploaded, zone), attachment: "", medium: "kertas",
    security: dice.roll() < 0.02 ? "R" : "B", urgency: dice.roll() < 0.1 ? "amat_segera" : dice.roll() < 0.3 ? "segera" : "biasa", classification: dice.pick(world.codes), due: null,
  };
  letter.say({ type: "register", facts, separateBecause: "", duplicates: [], isLeaf: true, agenda, year, dueAt: null }, act(office.clerk, clock.next(2, 20) ?? uploaded));
  batch.numbers.push({ series, n: agenda, thingId: id, fate: "disahkan", at: clock.at() });
  const isSecret = facts.security === "R";
  batch.search.push({ subjectId: id, kind: "surat", dated: date, facts: [writtenNumber(agenda), facts.number, facts.sender, ...(isSecret ? [] : [facts.subject])].join("\n"), content: "", scan: isSecret ? "" : facts.subject });
  live(world, batch, { id, facts, office, middle, staff, letter, clock, act });
  letter.end(tenantId);
};

type Life = {
  readonly id: Id;
  readonly facts: ReceivedFacts;
  readonly office: Staffed;
  readonly middle: Post;
  readonly staff: Post;
  readonly letter: Story<Parameters<typeof receivedStore.traces>[1], Parameters<typeof arrivingMachine.decide>[1]>;
  readonly clock: ReturnType<typeof walk>;
  readonly act: (post: Post, at: string) => Actor;
};

/** From the leader's desk through the disposisi tree to the dossier; the present may interrupt it at any step. */
const live = (world: World, batch: OpenBatch, life: Life): void => {
  const { dice, tenantId } = world;
  const { id, facts, office, middle, staff, letter, clock, act } = life;
  const directed = clock.next(5, 90);
  if (directed === undefined) return;
  letter.say({ type: "direct", to: { positionId: office.head.id, title: office.head.title }, hasHolder: true }, act(office.clerk, directed));
  const opened = clock.next(20, 900);
  if (opened === undefined) return;
  letter.say({ type: "open" }, act(office.head, opened));
  if (dice.roll() < 0.25) {
    const closed = clock.next(5, 300);
    if (closed !== undefined) letter.say({ type: "close", note: "Untuk diketahui." }, act(office.head, closed));
    return file(world, batch, life);
  }
  const disposed = clock.next(2, 60);
  if (disposed === undefined) return;
  letter.say({ type: "dispose", to: [{ title: middle.title, responsible: true }, { title: office.deputy.title, responsible: false }] }, act(office.head, disposed));
  const label: LetterLabel = { sender: facts.sender, title: facts.security === "R" ? "Sampul tertutup" : facts.subject, number: facts.number, security: facts.security, urgency: facts.urgency };
  const give = (to: Post, parentId: Id | null, responsible: boolean, from: Post, at: string) => {
    const nodeId = idFrom(Date.parse(at), dice.bytes(10));
    const node = tell(batch.rows, dice, givingMachine, dispositionStore, nodeId, noDisposition);
    const due = new Date(Date.parse(at) + (1 + dice.below(5)) * dayMs).toISOString();
    node.say({ type: "give", letterId: id, letter: label, parentId, toId: to.id, toTitle: to.title, responsible, instructions: [dice.pick(instructions)], note: "", due, isInAuthority: true, hasHolder: true }, act(from, at));
    world.total.dispositions += 1;
    return { nodeId, node };
  };
  const main = give(middle, null, true, office.head, disposed);
  const informed = give(office.deputy, null, false, office.head, disposed);
  const endAll = (): void => {
    main.node.end(tenantId);
    informed.node.end(tenantId);
  };
  const informedAt = clock.next(10, 600);
  if (informedAt !== undefined && dice.roll() < 0.9) informed.node.say({ type: "open" }, act(office.deputy, informedAt));
  const passed = clock.next(10, 600);
  if (passed === undefined) return endAll();
  main.node.say({ type: "pass_on", to: [{ title: staff.title, responsible: true }] }, act(middle, passed));
  const child = give(staff, main.nodeId, true, middle, passed);
  const done = work(life, main.node, child.node, clock);
  child.node.end(tenantId);
  endAll();
  if (!done) return;
  const closed = clock.next(5, 600);
  if (closed === undefined) return;
  letter.say({ type: "close", note: "Selesai ditindaklanjuti." }, act(office.head, closed));
  file(world, batch, life);
};

type Node = Story<Parameters<typeof dispositionStore.traces>[1], Parameters<typeof givingMachine.decide>[1]>;

/** Reports go up: staff to middle, middle to head. Answers whether all of it happened before the present. */
const work = ({ office, middle, staff, letter, act }: Life, main: Node, child: Node, clock: Life["clock"]): boolean => {
  const progressed = clock.next(30, 2000);
  if (progressed === undefined) return false;
  child.say({ type: "progress", note: "Data sedang dihimpun." }, act(staff, progressed));
  const reported = clock.next(60, 5000);
  if (reported === undefined) return false;
  child.say({ type: "report", note: "Sudah ditindaklanjuti, bahan terlampir." }, act(staff, reported));
  const accepted = clock.next(10, 900);
  if (accepted === undefined) return false;
  child.say({ type: "accept", note: "" }, act(middle, accepted));
  main.say({ type: "settle", because: "diterima" }, act(middle, accepted));
  const upward = clock.next(5, 600);
  if (upward === undefined) return false;
  main.say({ type: "report", note: "Selesai, laporan diteruskan." }, act(middle, upward));
  const finished = clock.next(10, 900);
  if (finished === undefined) return false;
  main.say({ type: "accept", note: "" }, act(office.head, finished));
  letter.say({ type: "settle", because: "diterima" }, act(office.head, finished));
  return true;
};

/** The archivist files it in the dossier of its classification. */
const file = (world: World, batch: OpenBatch, { id, facts, office, letter, clock, act }: Life): void => {
  const at = clock.next(60, 4000);
  if (at === undefined || facts.classification === null) return;
  const by = act(office.clerk, at);
  const year = Number(by.today.slice(0, 4));
  const key = `${office.officeId}/${facts.classification.split(".")[0] ?? ""}/${year}`;
  let dossier = batch.dossiers.get(key);
  if (dossier === undefined) {
    const title = `Korespondensi ${by.today.slice(0, 7)}`;
    const dossierId = idFrom(Date.parse(at), world.dice.bytes(10));
    const story = tell(batch.rows, world.dice, dossierMachine, dossierStore, dossierId, noDossier);
    story.say({ type: "open", officeId: office.officeId, classification: facts.classification, isLeaf: true, title, year }, by);
    dossier = { id: dossierId, title, story };
    batch.dossiers.set(key, dossier);
  }
  dossier.story.say({ type: "file", officeId: office.officeId, kind: "surat", letterId: id }, by);
  letter.say({ type: "file", dossierId: dossier.id, dossier: dossier.title }, by);
  batch.items.push({ subjectId: id, dossierId: dossier.id, at });
};

/** A nota that is being written or initialled now. */
const oneDraft = (world: World, batch: OpenBatch, n: number): void => {
  const { dice, tenantId, zone } = world;
  const type = letterTypes.find((candidate) => candidate.family === "nota");
  if (type === undefined) return;
  const office = dice.pick(world.offices);
  const middle = dice.pick(office.middle);
  const staff = dice.pick(office.staff);
  const startMs = Date.parse(world.now) - Math.floor(dice.roll() * 30 * dayMs);
  const clock = walk(world, startMs);
  const id = idFrom(startMs, dice.bytes(10));
  const author = actorIn(tenantId, zone, staff, clock.at());
  const content: Content = {
    subject: subjectOf(n + 13), security: "B", urgency: "biasa", classification: dice.pick(world.codes), attachment: "", place: "", to: [{ kind: "post", positionId: office.head.id, label: office.head.title }], cc: [],
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
