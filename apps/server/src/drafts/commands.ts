import { createHash } from "node:crypto";
import { documentSchema, missingGlyphsIn, plainText, renderInput, type LetterType, type RenderInput } from "@lontar/naskah";
import { refusals } from "@lontar/contract";
import { nodePort } from "@lontar/pades/node";
import { contentOf } from "@lontar/seal";
import { actorWithin, tellOverseers, tellPerson } from "../access/index.ts";
import type { Actor } from "../kernel/actor.ts";
import { inTenant, readTenant, type Database, type Tx } from "../kernel/db.ts";
import { rememberBlob } from "../kernel/files/take.ts";
import type { Steps } from "../kernel/http.ts";
import type { Id, Source } from "../kernel/ids.ts";
import { enqueue, type Jobs } from "../kernel/jobs.ts";
import { reached } from "../kernel/milestone.ts";
import { perform } from "../kernel/perform.ts";
import { assert, NotFound, Refused } from "../kernel/refusal.ts";
import { letterSeries, settleNumber, takeNumber } from "../letters/index.ts";
import { issue, replacementOf, revoke, systemIn, type Address, type Letter, type ProvedFile } from "../letters/issued/index.ts";
import { officeOf, policyOf, postById } from "../organisation/index.ts";
import { indexLetter } from "../records/index.ts";
import { countWrongSecrets, credentialOf, refusalOfStanding, signFrozen, standingAt, type Sealing, type Signing } from "../signing/index.ts";
import { emptyContent, isStorable, subjectOf, summaryOf, verificationCode } from "./content.ts";
import { decide, mayWrite, type Content, type DraftCommand, type DraftState, type Frozen, type Origin, type Rendered } from "./draft.ts";
import { nextLook, type Intent } from "./intent.ts";
import { authorityOf, linesOf, numberOf, standInSeal, toRenderInput, verificationUrl, withAddress } from "./print.ts";
import { sealedFacts } from "./sealed.ts";
import { problemsOf } from "./problems.ts";
import { answeredLetter } from "./queries.ts";
import { answersFor, authorityFor, chainFor, delegationProblem, officeFor, settingOf, typeNamed } from "./setting.ts";
import { draftMachine, draftStore, insertText, intentJob, saveText, textOf, wasRendered, type Text } from "./store.ts";

/** What drafting needs from outside. */
export type Drafting = {
  readonly db: Database;
  readonly source: Source;
  readonly blobs: { readonly put: (bytes: Uint8Array, limit: { readonly maxBytes: number }) => Promise<{ readonly sha256: string; readonly size: number }>; readonly bytes: (sha256: string) => Promise<Uint8Array> };
  readonly renderer: { readonly pdf: (input: RenderInput) => Promise<{ readonly pdf: Uint8Array; readonly pages: number }> };
  readonly signing: Signing;
  /** Seals a letter's facts for its QR code, with the key of its government. */
  readonly seal: Sealing["seal"];
  readonly publicUrl: string;
  /** Refuses a signature whose signer has not just proved himself for this very file, if his account can ask for that. */
  readonly mustBeFresh: (tx: Tx, sha256: string, by: Actor) => Promise<void>;
};

/** A letter that is larger than this was not made by our templates. */
const largestPdf = 64 * 1024 * 1024;

/** Wrong passphrases within the window after which signing waits. */
export const secretLimits = { tries: 5, windowMs: 15 * 60_000 } as const;

/** Starts a naskah. An answer to a received letter begins with its subject and its sender; another module may give the whole text. */
export const createDraft = async (tx: Tx, given: { readonly id: Id; readonly type: string; readonly replyTo: Id | null; readonly content?: Content; readonly origin?: Origin }, by: Actor): Promise<DraftState> => {
  const type = typeNamed(given.type);
  const office = await officeFor(tx, by, by.unitId);
  const answered = given.replyTo === null ? undefined : await answeredLetter(tx, given.replyTo, by);
  const empty = emptyContent(type, "");
  const content = given.content ?? (answered === undefined ? empty : { ...empty, ...answered.content, classification: answered.content.classification ?? empty.classification });
  const unit = await postById(tx, by.tenantId, by.positionId, by.at);
  const state = await perform(tx, draftMachine, given.id, {
    type: "create", kind: type.code, kindTitle: type.title, mayApproveOwn: type.mayApproveOwn, unitId: by.unitId, unitName: unit?.unitName ?? office.name, officeId: office.unitId,
    answers: answered?.answers ?? null, origin: given.origin ?? null, summary: summaryOf(type, content),
  }, by);
  await insertText(tx, given.id, content, by);
  return present(state);
};

const present = (state: DraftState | null): DraftState => {
  assert(state !== null, "a performed draft exists");
  return state;
};

const lockDraft = async (tx: Tx, id: Id, by: Actor): Promise<DraftState> => {
  const locked = await draftMachine.lock(tx, id, by);
  if (locked?.state == null) throw new NotFound("draft");
  return locked.state;
};

/** Saves what was typed. No event yet: evidence begins when the text is submitted. */
export const writeDraft = async (tx: Tx, id: Id, seen: number, content: Content, by: Actor): Promise<{ readonly state: DraftState; readonly text: Text; readonly type: LetterType }> => {
  const state = await lockDraft(tx, id, by);
  const decision = mayWrite(state, by);
  if ("refused" in decision) throw new Refused(decision.refused);
  if (!isStorable(content) || !documentSchema.safeParse(content.body).success) throw new Refused("malformed");
  return { state, text: await saveText(tx, id, seen, content, by), type: typeNamed(state.type) };
};

/** Sends the text up: this version becomes evidence, and the chain is the organisation's of today. */
export const submitDraft = async (tx: Tx, id: Id, seen: number, note: string, by: Actor): Promise<DraftState> => {
  const state = await lockDraft(tx, id, by);
  const text = await textOf(tx, by.tenantId, id);
  assert(text !== undefined, "every draft has a text");
  if (text.revision !== seen) throw new Refused("stale");
  const type = typeNamed(state.type);
  const problems = [...problemsOf(type, text.content), ...(await delegationProblem(tx, state, text.content, by))].filter((problem) => problem.level === "wajib");
  const command: DraftCommand = { type: "submit", content: text.content, hash: text.hash, summary: summaryOf(type, text.content), isComplete: problems.length === 0, chain: await chainFor(tx, state, type, by), note };
  const decision = decide(state, command, by);
  if ("refused" in decision && decision.refused === "draft_incomplete") throw new Refused("draft_incomplete", { problems });
  const after = present(await perform(tx, draftMachine, id, command, by));
  await indexDraft(tx, id, after, text.content, by);
  return after;
};

/** Takes the text back to change it. */
export const withdrawDraft = async (tx: Tx, id: Id, by: Actor): Promise<DraftState> => present(await perform(tx, draftMachine, id, { type: "withdraw" }, by));

/** Paraf on the text with this hash. */
export const approveDraft = async (tx: Tx, id: Id, hash: string, note: string, by: Actor): Promise<DraftState> => present(await perform(tx, draftMachine, id, { type: "approve", contentHash: hash, note }, by));

/** Sends the text back with a note. */
export const returnDraft = async (tx: Tx, id: Id, note: string, by: Actor): Promise<DraftState> => present(await perform(tx, draftMachine, id, { type: "giveBack", note }, by));

/** Cancels the draft; a number that it has stays in the register as cancelled. */
export const cancelDraft = async (tx: Tx, id: Id, reason: string, by: Actor): Promise<DraftState> => {
  const state = present(await perform(tx, draftMachine, id, { type: "cancel", reason }, by));
  if (state.frozen !== null) await settleNumber(tx, by.tenantId, state.frozen.series, id, "dibatalkan");
  return state;
};

/** Revokes the issued letter of a draft; `replacement` is the number of the letter that stands in its place, or empty. */
export const revokeLetter = async (tx: Tx, id: Id, reason: string, by: Actor, replacement = ""): Promise<void> => {
  const found = replacement === "" ? undefined : await replacementOf(tx, by.tenantId, replacement, by.positionId);
  if (replacement !== "" && (found === undefined || found.id === id)) throw new Refused("replacement_unknown");
  if ((await revoke(tx, id, reason, by, found)) === null) throw new NotFound("letter");
};

/** First transaction of `freeze`: takes number and date and fixes every printed mark. Asked again it answers what is already fixed. */
const fix = async (tx: Tx, drafting: Drafting, id: Id, hash: string, by: Actor): Promise<DraftState> => {
  const state = await lockDraft(tx, id, by);
  const asked = { type: "freeze", contentHash: hash, authority: await authorityFor(tx, state, by) } as const;
  const decision = decide(state, { ...asked, frozen: null }, by);
  if ("refused" in decision) throw new Refused(decision.refused);
  if (state.status === "beku") return state;
  const { content } = state;
  assert(content !== null, "a submitted draft has its text");
  const type = typeNamed(state.type);
  const setting = await settingOf(tx, drafting, state, content, by);
  const series = letterSeries(setting.office.unitId, Number(by.today.slice(0, 4)));
  // A draft that was returned after it had a number keeps it, unless the year has turned meanwhile.
  if (state.frozen !== null && state.frozen.series !== series) await settleNumber(tx, by.tenantId, state.frozen.series, id, "dibatalkan");
  const code = verificationCode(drafting.source.bytes);
  // The counter stays locked until this transaction ends: only the event and its row follow.
  const n = await takeNumber(tx, by.tenantId, series, id, by.at, "direservasi");
  const number = numberOf(type, content, setting.office, by.today, n);
  const input = toRenderInput(type, content, setting, { number, date: by.today, url: verificationUrl(drafting.publicUrl, code), code }, by);
  mustPrint(input);
  const frozen: Omit<Frozen, "at" | "signer" | "version" | "hash"> = { series, n, number, date: by.today, code, authority: authorityOf(setting), signatureLines: linesOf(setting), input };
  return present(await perform(tx, draftMachine, id, { ...asked, frozen }, by));
};

/** Refuses a letter that cannot be set, by name; thrown while its number is being taken, it rolls the number back. */
export const mustPrint = (input: Readonly<Record<string, unknown>>): void => {
  const letters = missingGlyphsIn(input);
  if (letters.length > 0) throw new Refused("glyph_missing", { letters });
  const shape = renderInput.safeParse(input);
  if (!shape.success) throw new Refused("draft_incomplete", { problems: shape.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message, level: "wajib" })) });
};

/**
 * The PDF/A with its seal. It is set twice: first with a blank stand-in where the seal will be, which gives the content and the pages that the
 * seal names; then with the seal itself. Both have the same shape, so nothing on the page moves, and whoever has the file finds that content in it.
 */
const render = async (drafting: Drafting, tenantId: Id, state: DraftState, frozen: Frozen): Promise<Rendered> => {
  const set = (path: string) => drafting.renderer.pdf(withAddress(frozen, `${drafting.publicUrl}/v/${path}`));
  const plain = await set(standInSeal);
  const content = await contentOf(plain.pdf, nodePort);
  assert(content !== undefined, "a letter that was just set has a content");
  const facts = sealedFacts(state, frozen, { content, pages: plain.pages });
  const seal = await drafting.seal(tenantId, facts);
  const { pdf, pages } = await set(seal);
  // The seal of a secret letter says so little that its code may be printed smaller: it names no content.
  assert(pages === plain.pages && (facts.content === undefined || (await contentOf(pdf, nodePort)) === content), "the seal takes the room of its stand-in, and changes nothing else");
  const stored = await drafting.blobs.put(pdf, { maxBytes: largestPdf });
  return { ...stored, pages, seal };
};

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const keepRendered = async (tx: Tx, id: Id, frozen: Frozen, rendered: Rendered, by: Actor): Promise<DraftState> => {
  const state = await lockDraft(tx, id, by);
  // Someone returned it and it was frozen anew while these bytes were made: they are nobody's.
  if (state.frozen?.code !== frozen.code) throw new Refused("wrong_state");
  await rememberBlob(tx, by, { ...rendered, mediaType: "application/pdf" });
  return present(await perform(tx, draftMachine, id, { type: "rendered", rendered }, by));
};

/**
 * Number, date, and PDF/A. What a crash after each step leaves:
 * 1 the number is taken and every mark fixed (the `drafts.render` job goes on from here) · 2 the bytes are made and stored under their
 * hash (an unreferenced file, and a seal for a letter that is on record; made again, another says the same) · 3 the draft names bytes and seal (done).
 */
export const freezeDraft = async (drafting: Drafting, steps: Steps, id: Id, hash: string, by: Actor) => {
  const fixed = await steps.transaction((tx) => fix(tx, drafting, id, hash, by)); // 1
  reached("freeze.1");
  const { frozen } = fixed;
  assert(frozen !== null, "a frozen draft has its number");
  const rendered = fixed.rendered ?? (await render(drafting, by.tenantId, fixed, frozen)); // 2
  reached("freeze.2");
  const answer = await steps.finish(async (tx) => {
    const state = await keepRendered(tx, id, frozen, rendered, by); // 3
    return { id, status: state.status, number: frozen.number, sha256: state.rendered?.sha256 ?? rendered.sha256, pages: rendered.pages };
  });
  reached("freeze.3");
  return answer;
};

/**
 * The signature. What a crash after each step leaves:
 * 1 read, checked, and the signer's intent kept (the `drafts.intent` job finds it and asks him what became of it) · 2 the stored bytes are
 * those that were seen (as after 1) · 3 the provider signed, our validator passed the result, and it has as much lasting proof as its
 * authorities gave at once (a signed file nobody knows: asked again, another is made and this one forgotten) · 4 the file is stored under
 * its hash (unreferenced) · 5 in one transaction the draft is signed, its number confirmed, the letter issued and its dispatch queued (done).
 * A fault of the provider is an event of its own. Where it did nothing the intent waits for it; an outcome that nobody knows is not asked
 * again by itself.
 */
export const signDraft = (drafting: Drafting, steps: Steps, id: Id, given: { readonly sha256: string; readonly passphrase: string }, by: Actor) =>
  carryOut(drafting, steps, { id, sha256: given.sha256, secret: given.passphrase, prove: (tx) => drafting.mustBeFresh(tx, given.sha256, by) }, by);

/**
 * Bytes that are not the frozen ones were about to be signed: the letter's history says so, and whoever oversees the office is told. Who asks
 * for an earlier rendering of the same letter has an old page open, and no more.
 */
const tellSwapped = async (tx: Tx, drafting: Drafting, id: Id, { found, sha256 }: { readonly found: "diminta" | "tersimpan"; readonly sha256: string }, by: Actor): Promise<void> => {
  if (found === "diminta" && (await wasRendered(tx, by.tenantId, id, sha256))) return;
  const { frozen } = present(await perform(tx, draftMachine, id, { type: "failSigning", code: "BYTES_DIFFER", detail: `${found} ${sha256}` }, by));
  await tellOverseers(tx, drafting.source, "berkas_tertukar", { number: frozen?.number ?? "", person: by.personName, found }, by);
};

/** What is to be signed, with which secret, and how its signer proves himself now: a kept intent was proved when it was said. */
type Asked = { readonly id: Id; readonly sha256: string; readonly secret: string; readonly prove: (tx: Tx) => Promise<void> };

const carryOut = async (drafting: Drafting, steps: Steps, asked: Asked, by: Actor) => {
  const { id, sha256 } = asked;
  const ready = await steps.transaction((tx) => readyToSign(tx, drafting, asked, by)).catch(async (error: unknown) => { // 1
    if (error instanceof Refused && error.code === "bytes_differ") await steps.transaction((tx) => tellSwapped(tx, drafting, id, { found: "diminta", sha256 }, by));
    throw error;
  });
  reached("sign.1");
  const pdf = await drafting.blobs.bytes(sha256); // 2
  if (hashOf(pdf) !== sha256) {
    await steps.transaction((tx) => tellSwapped(tx, drafting, id, { found: "tersimpan", sha256: hashOf(pdf) }, by));
    throw new Refused("bytes_differ");
  }
  reached("sign.2");
  const { credential, frozen } = ready;
  const answer = await signFrozen(drafting.signing, { pdf, sha256, credential, secret: asked.secret, at: by.at, reason: `${ready.state.typeTitle} ${frozen.number}`, location: ready.place }); // 3
  if ("fault" in answer) {
    const after = await steps.transaction((tx) => perform(tx, draftMachine, id, { type: "failSigning", code: answer.fault, ...(answer.detail !== undefined && { detail: answer.detail }) }, by));
    if (after?.intent?.state === "menunggu_penyedia" && !answer.isExact) throw new Refused(after.intent.needsSecret ? "signing_queued" : "signing_queued_itself");
    throw new Refused(answer.refusal);
  }
  reached("sign.3");
  const stored = await drafting.blobs.put(answer.signed, { maxBytes: largestPdf }); // 4
  reached("sign.4");
  const done = await steps.finish(async (tx) => {
    await rememberBlob(tx, by, { ...stored, mediaType: "application/pdf", pages: ready.rendered.pages });
    const state = present(await perform(tx, draftMachine, id, { type: "sign", sha256, hasCertificate: true, signed: { ...stored, pages: ready.rendered.pages, serial: credential.state.serial, issuer: credential.state.issuer, development: credential.state.development } }, by)); // 5
    await settleNumber(tx, by.tenantId, frozen.series, id, "disahkan");
    await issueLetter(tx, id, state, answer.proved, by);
    return { id, status: state.status, sha256: stored.sha256 };
  });
  reached("sign.5");
  return done;
};

const readyToSign = async (tx: Tx, drafting: Drafting, { id, sha256, prove }: Asked, by: Actor) => {
  const state = await lockDraft(tx, id, by);
  const credential = await credentialOf(tx, by.tenantId, by.personId, by.at);
  const decision = decide(state, { type: "sign", sha256, hasCertificate: credential !== undefined, signed: null }, by);
  if ("refused" in decision) throw new Refused(decision.refused);
  assert(credential !== undefined && state.frozen !== null && state.rendered !== null, "the rule has just seen certificate and frozen file");
  if (!answersFor(await postById(tx, by.tenantId, by.positionId, by.at), await policyOf(tx, by.tenantId), by)) throw new Refused("stands_aside");
  if ((await countWrongSecrets(tx, by.tenantId, by.personId, new Date(Date.parse(by.at) - secretLimits.windowMs).toISOString())) >= secretLimits.tries) throw new Refused("too_many_attempts");
  await prove(tx);
  await perform(tx, draftMachine, id, { type: "intend", id: drafting.source.id(), sha256, hasCertificate: true, needsSecret: drafting.signing.provider.needsSecret }, by);
  const office = await officeOf(tx, by.tenantId, state.unitId, by.at);
  return { state, credential, frozen: state.frozen, rendered: state.rendered, place: office?.letterhead?.place ?? "" };
};

/** What is found when the system looks after an intent. */
type Found = { readonly settled: Extract<DraftCommand, { type: "settleIntent" }>["found"] } | { readonly again: true } | { readonly carriedOutBy: Actor };

/**
 * Looks after a kept intent: is its signer still who he was, is the provider back, did whoever was asking die? Where the provider needs no
 * secret the intent is carried out here; one job per letter runs at a time, and the letter is signed once whatever else happens, for its
 * own state says so in the transaction that signs.
 */
const lookAfterIntent = async (drafting: Drafting, tenantId: Id, id: Id, tries: number): Promise<void> => {
  const requestId = `intent/${id}`;
  const by = await systemIn(drafting.db, drafting.source, tenantId, requestId);
  const state = await readTenant(drafting.db, tenantId, async (tx) => (await draftStore.find(tx, tenantId, id))?.state ?? null);
  const { intent, frozen } = state ?? {};
  if (state === null || intent === undefined || frozen == null || (intent.state !== "berjalan" && intent.state !== "menunggu_penyedia")) return;
  const found = await findIntent(drafting, tenantId, state, intent, requestId);
  if ("carriedOutBy" in found) {
    const steps: Steps = { transaction: (work) => inTenant(drafting.db, tenantId, work), finish: (work) => inTenant(drafting.db, tenantId, work) };
    try {
      await carryOut(drafting, steps, { id, sha256: intent.sha256, secret: "", prove: async () => undefined }, found.carriedOutBy);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // What the provider said is recorded by now. Whatever else stood in the way is looked at again.
      await inTenant(drafting.db, tenantId, (tx) => enqueue(tx, tenantId, [intentJob(id, nextLook(by.at, tries), tries + 1)]));
    }
    return;
  }
  await inTenant(drafting.db, tenantId, async (tx) => {
    if ("again" in found) return enqueue(tx, tenantId, [intentJob(id, nextLook(by.at, tries), tries + 1)]);
    const after = await perform(tx, draftMachine, id, { type: "settleIntent", id: intent.id, found: found.settled }, by);
    const news = after?.intent?.state === intent.state ? undefined : after?.intent;
    const to = { tenantId, personId: intent.signer.personId };
    if (news?.state === "menunggu_sandi") await tellPerson(tx, drafting.source, to, "tanda_tangan_siap", { number: frozen.number }, by.at);
    if (news?.state === "tidak_pasti") await tellPerson(tx, drafting.source, to, "tanda_tangan_tak_pasti", { number: frozen.number }, by.at);
    if (news?.state === "gugur" && news.reason !== null) await tellPerson(tx, drafting.source, to, "tanda_tangan_gugur", { number: frozen.number, reason: refusals[news.reason].sentence }, by.at);
  });
};

const findIntent = async (drafting: Drafting, tenantId: Id, state: DraftState, intent: Intent, requestId: string): Promise<Found> => {
  const { provider } = drafting.signing;
  const { signer, credential, why } = await readTenant(drafting.db, tenantId, async (tx) => {
    const actor = await actorWithin(tx, drafting, { tenantId, personId: intent.signer.personId, wanted: intent.signer.positionId, requestId });
    if (actor === undefined || actor.positionId !== intent.signer.positionId) return { signer: undefined, credential: undefined, why: "mandate_over" as const };
    const found = await credentialOf(tx, tenantId, actor.personId, actor.at);
    const decision = decide(state, { type: "sign", sha256: intent.sha256, hasCertificate: found !== undefined, signed: null }, actor);
    const answers = answersFor(await postById(tx, tenantId, actor.positionId, actor.at), await policyOf(tx, tenantId), actor);
    return { signer: actor, credential: found, why: "refused" in decision ? (decision.refused === "not_yours" ? ("mandate_over" as const) : decision.refused) : answers ? undefined : ("stands_aside" as const) };
  });
  if (why !== undefined) return { settled: { lapsed: why } };
  assert(signer !== undefined && credential !== undefined, "whom no rule stops has post and certificate");
  // Whoever was asking died; only where another signature harms nobody is it asked for again.
  if (intent.state === "berjalan") return provider.needsSecret ? { settled: "lost" } : { carriedOutBy: signer };
  const standing = await standingAt(provider, credential.handle);
  if (standing === "unknown") return { again: true };
  const refused = refusalOfStanding(provider, standing);
  if (refused !== undefined) return { settled: { lapsed: refused } };
  return provider.needsSecret ? { settled: "back" } : { carriedOutBy: signer };
};

const addressOf = (recipient: Content["to"][number]): Address => recipient;

const issueLetter = async (tx: Tx, id: Id, state: DraftState, proved: ProvedFile, by: Actor): Promise<void> => {
  const { content, frozen, rendered, signed } = state;
  assert(content !== null && frozen !== null && rendered !== null && signed !== null, "a signed draft has text, number and bytes");
  const office = await officeFor(tx, by, state.unitId);
  const letter: Letter = {
    unitId: office.unitId, unitName: office.name, number: frozen.number, date: frozen.date, code: frozen.code, type: state.type, typeTitle: state.typeTitle, subject: subjectOf(typeNamed(state.type), content), security: content.security, urgency: content.urgency,
    classification: content.classification, attachment: content.attachment, validUntil: validUntil(content), sha256: signed.sha256, size: signed.size, pages: signed.pages, frozen: { sha256: rendered.sha256, size: rendered.size }, ...(rendered.seal !== undefined && { seal: rendered.seal }),
    signer: { ...signed.signer, at: signed.at, serial: signed.serial, issuer: signed.issuer, development: signed.development }, drafterPositionId: state.drafter.positionId,
  };
  await issue(tx, id, letter, content.to.map(addressOf), content.cc.map(addressOf), by, proved);
  await indexDraft(tx, id, state, content, by);
};

// Types whose letters expire have this field; all others simply have no such field.
const validUntil = (content: Content): string | null => {
  const day = content.fields["berlakuSampai"];
  return typeof day === "string" && /^\d{4}-\d\d-\d\d$/.test(day) ? day : null;
};

/** Makes the submitted text findable for those who may read it. Of a secret one only its number and kind (domain §1.8). */
const indexDraft = async (tx: Tx, id: Id, state: DraftState, content: Content, by: Actor): Promise<void> => {
  const isSecret = content.security === "R" || content.security === "SR";
  const body = documentSchema.safeParse(content.body);
  const open = [state.summary.subject, state.drafter.person, state.unitName, ...content.to.map((recipient) => recipient.label)];
  await indexLetter(tx, by.tenantId, {
    subjectId: id, kind: "naskah", dated: state.frozen?.date ?? null, scan: "",
    facts: [state.frozen?.number ?? "", state.typeTitle, ...(isSecret ? [] : open)].filter((fact) => fact !== "").join(" · "),
    content: isSecret || !body.success ? "" : plainText(body.data),
  });
};

/** Work of drafts that a crash or an absent provider left behind. */
export const draftJobs = (drafting: Drafting): Jobs => ({
  "drafts.intent": async ({ tenantId, id, tries }) => {
    if (typeof id !== "string") throw new Error("drafts.intent without its draft");
    await lookAfterIntent(drafting, tenantId, id, typeof tries === "number" ? tries : 0);
  },
  "drafts.render": async (payload) => {
    const id = String(payload["id"]);
    const by = await systemIn(drafting.db, drafting.source, payload.tenantId, `render/${id}`);
    const waiting = await readTenant(drafting.db, payload.tenantId, async (tx) => {
      const row = await tx.selectFrom("draft").select("state").where("tenant_id", "=", payload.tenantId).where("id", "=", id).executeTakeFirst();
      const state = row?.state as unknown as DraftState | undefined; // only the draft machine writes this column
      return state?.status === "beku" && state.rendered === null ? state : null;
    });
    if (waiting?.frozen == null) return;
    const { frozen } = waiting;
    const rendered = await render(drafting, payload.tenantId, waiting, frozen);
    await inTenant(drafting.db, payload.tenantId, (tx) => keepRendered(tx, id, frozen, rendered, by));
  },
});
