import { createHash } from "node:crypto";
import { letterTypes, type LetterType } from "@lontar/naskah";
import { verificationCode } from "../drafts/content.ts";
import { official } from "../drafts/draft.ts";
import { contentHash, draftMachine, draftStore, proposeChain, summaryOf, type Content, type DraftState } from "../drafts/index.ts";
import { systemActor, type Actor } from "../kernel/actor.ts";
import { idFrom, localDate, type Id } from "../kernel/ids.ts";
import { letterSeries } from "../letters/index.ts";
import { issuedMachine, issuedStore } from "../letters/issued/index.ts";
import { defaultPolicy, type Post } from "../organisation/index.ts";
import { actorIn, type Staffed } from "./people.ts";
import type { World } from "./plan.ts";
import type { Dice } from "./dice.ts";
import type { Batch } from "./store.ts";
import { tell, tellBeside, type Story } from "./story.ts";
import { subjectOf } from "./words.ts";

/** What telling an office's own letters takes: numbers go on from letter to letter, so one thread tells them, oldest first. */
export type Writing = { readonly world: World; readonly batch: Batch; readonly dice: Dice; readonly series: Map<string, number> };

type DraftCommand = Parameters<typeof draftMachine.decide>[1];
type DraftEvent = Parameters<typeof draftMachine.evolve>[1];
type IssuedCommand = Parameters<typeof issuedMachine.decide>[1];
type IssuedEvent = Parameters<typeof issuedMachine.evolve>[1];
type Frozen = NonNullable<Extract<DraftCommand, { type: "freeze" }>["frozen"]>;

/** A letter of the office's own while it is written: each step at its moment. Nothing of it is printed: its file is one of the invented scans. */
export type Naskah = {
  readonly id: Id;
  readonly office: Staffed;
  /** Who initials, in order, and who signs. */
  readonly reviewers: readonly Post[];
  readonly signer: Post;
  readonly draft: Story<DraftState | null, DraftCommand, DraftEvent>;
  readonly hash: () => string;
  readonly submit: (at: string, words?: string) => void;
  readonly approve: (post: Post, at: string) => void;
  /** Takes the number; `over` is what another server would have written into it. */
  readonly freeze: (at: string, over?: { readonly date?: string; readonly by?: Actor; readonly hash?: string }) => Frozen;
  readonly sign: (at: string, by?: Actor) => void;
  readonly issue: (at: string) => Story<Parameters<typeof issuedStore.traces>[1], IssuedCommand, IssuedEvent>;
  /** Its number is kept as cancelled, or left open. */
  readonly end: () => void;
};

const nota = (): LetterType => {
  const type = letterTypes.find((candidate) => candidate.family === "nota");
  if (type === undefined) throw new Error("no letter type is a nota");
  return type;
};

/** Begins a letter: a member of staff drafts it for the head of his office. */
export const beginNaskah = ({ world, batch, dice, series }: Writing, office: Staffed, at: string, { classification = "000.1.1" }: { readonly classification?: string } = {}): Naskah => {
  const { tenantId, zone } = world;
  const type = nota();
  const act = (post: Post, moment: string): Actor => actorIn(tenantId, zone, post, moment);
  const [staff, middle] = [dice.pick(office.staff), dice.pick(office.middle)];
  const id = idFrom(Date.parse(at), dice.bytes(10));
  const superiors = [middle, office.deputy, office.head].filter((post, index, all) => all.findIndex((other) => other.id === post.id) === index);
  const chain = proposeChain(staff, superiors, type.approval);
  const reviewers = superiors.filter((post) => chain.some((station) => station.kind === "paraf" && station.positionId === post.id));
  const subject = subjectOf(dice.below(100_000));
  const textOf = (words: string): Content => ({
    subject, security: "B", urgency: "biasa", classification, attachment: "", place: "", to: [{ kind: "external", label: "Sekretariat Daerah Provinsi Kalimantan Timur", email: null, place: "Samarinda" }], cc: [],
    body: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: words }] }] }, fields: {},
  });
  let content = textOf(`Bersama ini disampaikan ${subject.toLowerCase()}.`);
  const draft = tell(batch.rows, dice, draftMachine, draftStore, id, null);
  draft.say({ type: "create", kind: type.code, kindTitle: type.title, mayApproveOwn: type.mayApproveOwn, unitId: staff.unitId, unitName: staff.unitName, officeId: office.officeId, answers: null, origin: null, summary: summaryOf(type, content) }, act(staff, at));
  const taken: { frozen: Frozen; at: string; fate: "direservasi" | "disahkan" | "dibatalkan" }[] = [];
  const file = dice.pick(world.files);
  let issued: Story<Parameters<typeof issuedStore.traces>[1], IssuedCommand, IssuedEvent> | undefined;
  let signed: { readonly at: string; readonly by: Actor } | undefined;
  return {
    id, office, reviewers, signer: office.head, draft,
    hash: () => contentHash(content),
    submit: (moment, words) => {
      if (words !== undefined) content = textOf(words);
      draft.say({ type: "submit", content, hash: contentHash(content), summary: summaryOf(type, content), isComplete: true, chain, note: "" }, act(staff, moment));
    },
    approve: (post, moment) => void draft.say({ type: "approve", contentHash: contentHash(content), note: "" }, act(post, moment)),
    freeze: (moment, { date, by = act(office.head, moment), hash } = {}) => {
      const name = letterSeries(office.officeId, Number(localDate(moment, zone).slice(0, 4)));
      const n = (series.get(name) ?? 0) + 1;
      series.set(name, n);
      const frozen: Frozen = { series: name, n, number: `${classification}/${String(n).padStart(3, "0")}/${office.head.unitCode}/${localDate(moment, zone).slice(0, 4)}`, date: date ?? localDate(moment, zone), code: verificationCode(dice.bytes), authority: office.head.title, signatureLines: [office.head.title], input: {} };
      if (hash === undefined) draft.say({ type: "freeze", contentHash: contentHash(content), authority: { answersForPost: true, beyondMandate: defaultPolicy.beyondMandate, isDelegated: false }, frozen }, by);
      else draft.happen([{ type: "draft.frozen", at: moment, frozen: { ...frozen, version: draft.state()?.version ?? 1, hash, signer: official(by), at: moment } }], by);
      draft.say({ type: "rendered", rendered: { sha256: file.sha256, pages: 1, size: file.size } }, systemActor(tenantId, moment, localDate(moment, zone), zone, "generate"));
      taken.push({ frozen, at: moment, fate: "direservasi" });
      return frozen;
    },
    sign: (moment, by = act(office.head, moment)) => {
      draft.say({ type: "sign", sha256: file.sha256, hasCertificate: true, signed: { sha256: file.sha256, size: file.size, pages: 1, serial: createHash("sha256").update(office.head.id).digest("hex").slice(0, 16), issuer: "CA rekaan", development: true } }, by);
      signed = { at: moment, by };
      for (const one of taken) one.fate = "disahkan";
    },
    issue: (moment) => {
      const frozen = taken.at(-1)?.frozen;
      if (frozen === undefined || signed === undefined) throw new Error("only a signed letter is issued");
      const { by } = signed;
      issued = tellBeside(draft, batch.rows, dice, { machine: issuedMachine, store: issuedStore, id, start: null });
      issued.say({
        type: "issue", to: [], cc: [],
        letter: {
          unitId: office.officeId, unitName: office.name, number: frozen.number, date: frozen.date, code: frozen.code, type: type.code, typeTitle: type.title, subject, security: "B", urgency: "biasa", classification, attachment: "", validUntil: null,
          sha256: file.sha256, size: file.size, pages: 1, frozen: { sha256: file.sha256, size: file.size },
          signer: { personId: by.personId, person: by.personName, positionId: by.positionId, post: by.positionTitle, holding: by.holding.kind, basis: by.holding.basis, at: signed.at, serial: "-", issuer: "CA rekaan", development: true }, drafterPositionId: staff.id,
        },
      }, { ...by, at: moment, today: localDate(moment, zone) });
      batch.search.push({ subjectId: id, kind: "naskah", dated: frozen.date, facts: [frozen.number, type.title, subject].join(" · "), content: "", scan: "" });
      return issued;
    },
    end: () => {
      const state = draft.end(tenantId);
      issued?.end(tenantId);
      batch.texts.push({ draftId: id, content: JSON.stringify(content), hash: contentHash(content), personId: act(staff, at).personId, at });
      for (const { frozen, at: moment, fate } of taken) batch.numbers.push({ series: frozen.series, n: frozen.n, thingId: id, fate: state?.status === "dibatalkan" ? "dibatalkan" : fate, at: moment });
    },
  };
};

/** One letter of an ordinary year: written, initialled, sometimes returned or taken back, numbered, signed; a few are cancelled or recalled. */
export const ordinaryNaskah = (writing: Writing, clock: { readonly next: (min: number, max: number) => string | undefined; readonly at: () => string }, office: Staffed): void => {
  const { dice } = writing;
  const naskah = beginNaskah(writing, office, clock.at());
  const steps = (): void => {
    const submitted = clock.next(30, 1500);
    if (submitted === undefined) return;
    naskah.submit(submitted);
    const trouble = dice.roll();
    const disturbed = trouble < 0.12 ? "dikembalikan" : trouble < 0.15 ? "ditarik" : "tidak";
    for (const [index, post] of naskah.reviewers.entries()) {
      if (disturbed === "dikembalikan" && index === naskah.reviewers.length - 1) {
        const [returned, again] = [clock.next(20, 900), clock.next(30, 900)];
        if (returned === undefined || again === undefined) return;
        naskah.draft.say({ type: "giveBack", note: "Perbaiki kalimat penutup." }, actorIn(writing.world.tenantId, writing.world.zone, post, returned));
        naskah.submit(again, `Bersama ini disampaikan perbaikan atas naskah yang dikembalikan pada ${returned.slice(0, 10)}.`);
        for (const other of naskah.reviewers.slice(0, index)) {
          const at = clock.next(5, 400);
          if (at === undefined) return;
          naskah.approve(other, at);
        }
      }
      // Some are initialled one after the other at one table.
      const at = dice.roll() < 0.04 ? clock.next(0.3, 8) : clock.next(20, 1200);
      if (at === undefined) return;
      naskah.approve(post, at);
      if (disturbed === "ditarik" && index === 0 && naskah.reviewers.length > 1) {
        const [taken, again, anew] = [clock.next(10, 300), clock.next(10, 600), clock.next(10, 600)];
        if (taken === undefined || again === undefined || anew === undefined) return;
        naskah.draft.say({ type: "withdraw" }, actorOfDrafter(writing, naskah, taken));
        naskah.submit(again, `Bersama ini disampaikan bahan yang sudah dilengkapi penyusunnya pada ${taken.slice(0, 10)}.`);
        naskah.approve(post, anew);
      }
    }
    const numbered = clock.next(10, 900);
    if (numbered === undefined) return;
    naskah.freeze(numbered);
    if (dice.roll() < 0.008) {
      const cancelled = clock.next(30, 1500);
      if (cancelled !== undefined) naskah.draft.say({ type: "cancel", reason: "Acara ditunda." }, actorIn(writing.world.tenantId, writing.world.zone, naskah.signer, cancelled));
      return;
    }
    const signed = clock.next(1, 40);
    if (signed === undefined) return;
    naskah.sign(signed);
    const issued = naskah.issue(signed);
    const revoked = dice.roll() < 0.004 ? clock.next(300, 3 * 1440) : undefined;
    if (revoked !== undefined) issued.say({ type: "revoke", reason: "Salah lampiran, diganti surat baru" }, actorIn(writing.world.tenantId, writing.world.zone, naskah.signer, revoked));
  };
  steps();
  naskah.end();
};

/** Whoever drafted it, at a moment. */
export const actorOfDrafter = ({ world }: Writing, { draft, office }: Naskah, at: string): Actor => {
  const drafter = office.staff.find((post) => post.id === draft.state()?.drafter.positionId);
  if (drafter === undefined) throw new Error("the drafter is of the office's staff");
  return actorIn(world.tenantId, world.zone, drafter, at);
};
