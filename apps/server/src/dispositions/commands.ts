import type { contract, Result } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { rememberBlob, takeFile, type UploadDeps } from "../kernel/files/take.ts";
import type { Steps, Upload } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { perform } from "../kernel/perform.ts";
import { assert, NotFound, Refused } from "../kernel/refusal.ts";
import { disposeLetter, isSecret, openLetter, receivedStore, settleLetter, soleHeld, titleOf, visibleLetter, type ReceivedLetter } from "../letters/index.ts";
import { postById, postsBelow, postsById, reachOf } from "../organisation/index.ts";
import { decideDisposition, dispositionSamples, faultOfGiving, isInAuthority, wordsFor, type DispositionCommand, type DispositionState, type Giving, type LetterLabel } from "./disposition.ts";
import { dispositionMachine, dispositionStore, givingMachine, nodesOf } from "./store.ts";

type Named = { readonly id: Id };
type Done = { readonly id: Id; readonly status: string };

/** A sheet as filled in: `id` is the letter, `parentId` the giver's own node when he passes on what he received, each receiver with the id of his node. */
export type Sheet = Named & Omit<Giving, "recipients"> & { readonly parentId: Id | null; readonly recipients: readonly (Named & Giving["recipients"][number])[] };

const labelOf = (letter: ReceivedLetter): LetterLabel => ({
  sender: letter.facts?.sender ?? "",
  title: titleOf(letter),
  number: letter.facts?.number ?? "",
  security: letter.facts?.security ?? "B",
  urgency: letter.facts?.urgency ?? "biasa",
});

/** Gives a disposisi to all its receivers in one act: from the letter's addressee, or onward from a receiver (`parentId`). */
export const dispose = async (tx: Tx, input: Sheet, by: Actor): Promise<Done> => {
  const { letter } = await visibleLetter(tx, input.id, by);
  const posts = await postsById(tx, by.tenantId, input.recipients.map((recipient) => recipient.positionId), by.at);
  const to = input.recipients.map((recipient) => {
    const post = posts.get(recipient.positionId);
    if (post === undefined) throw new NotFound("position");
    return { ...recipient, post, title: post.title };
  });
  const receivers = to.map(({ title, responsible }) => ({ title, responsible }));
  // 1 The act of the giver: his own state and right are judged first.
  const status = await (input.parentId === null ? disposeLetter(tx, input.id, receivers, by) : passOn(tx, input.id, input.parentId, receivers, by)).then((state) => state.status);
  // 2 The sheet as a whole.
  const fault = faultOfGiving(input, by);
  if (fault !== undefined) throw new Refused(fault);
  // 3 Each receiver, under the giver's authority.
  const giver = await postById(tx, by.tenantId, by.positionId, by.at);
  assert(giver !== undefined, "an actor's post exists");
  const named = await soleHeld(tx, by.tenantId, to.map((recipient) => recipient.post.id), by.at);
  const below = new Set((await postsBelow(tx, by.tenantId, by.positionId, by.at)).map((post) => post.id));
  for (const recipient of to) {
    const command: DispositionCommand = {
      type: "give",
      letterId: input.id,
      letter: labelOf(letter),
      parentId: input.parentId,
      toId: recipient.post.id,
      toTitle: recipient.title,
      responsible: recipient.responsible,
      ...wordsFor(input, recipient.own),
      isInAuthority: isInAuthority(giver, recipient.post, below.has(recipient.post.id), input.parentId === null),
      hasHolder: named.has(recipient.post.id),
    };
    await perform(tx, givingMachine, recipient.id, command, by);
  }
  return { id: input.id, status };
};

const passOn = async (tx: Tx, letterId: Id, parentId: Id, to: readonly { readonly title: string; readonly responsible: boolean }[], by: Actor): Promise<DispositionState> => {
  const parent = await dispositionStore.find(tx, by.tenantId, parentId);
  if (parent === undefined || parent.state.status === "belum_ada" || parent.state.letterId !== letterId) throw new NotFound("disposition");
  return perform(tx, dispositionMachine, parentId, { type: "pass_on", to, reach: await reachOf(tx, by.tenantId, by.positionId, by.at) }, by);
};

const act = async (tx: Tx, id: Id, command: DispositionCommand, by: Actor): Promise<Done> => ({ id, status: (await perform(tx, dispositionMachine, id, command, by)).status });

/** The receiver opens it. */
export const openDisposition = (tx: Tx, input: Named, by: Actor): Promise<Done> => act(tx, input.id, { type: "open" }, by);

/** Who is given the inside of a secret letter has read it, whether or not his program says so: the first time is an event of its own. */
export const readSecret = async (tx: Tx, letterId: Id, by: Actor): Promise<void> => {
  const letter = (await receivedStore.find(tx, by.tenantId, letterId))?.state;
  if (letter === undefined || letter.status === "belum_ada" || !isSecret(letter)) return;
  // Several pages are asked for at once: what is written down is asked again under its lock, from the leaf to the letter.
  for (const { id } of (await nodesOf(tx, by.tenantId, letterId)).filter((node) => node.toId === by.positionId && !node.handled.includes(by.personId))) {
    const node = (await dispositionMachine.lock(tx, id, by))?.state;
    if (node !== undefined && node.status !== "belum_ada" && node.status !== "ditarik" && !node.handled.includes(by.personId)) await openDisposition(tx, { id }, by);
  }
  if (letter.directedTo?.positionId !== by.positionId || letter.openedBy.includes(by.personId)) return;
  const present = (await receivedStore.lock(tx, letterId, by))?.state;
  if (present !== undefined && present.status !== "belum_ada" && !present.openedBy.includes(by.personId)) await openLetter(tx, { id: letterId }, by);
};

/** The receiver notes what was done so far. */
export const progress = (tx: Tx, input: Named & { readonly note: string }, by: Actor): Promise<Done> => act(tx, input.id, { type: "progress", note: input.note }, by);

/** The receiver hands in a file beside his words. Who may not, is told before a byte is taken. */
export const attach = (deps: UploadDeps) => async (steps: Steps, upload: Upload, by: Actor): Promise<Result<(typeof contract)["dispositions.attach"]>> => {
  const node = await steps.transaction((tx) => dispositionMachine.lock(tx, upload.id, by));
  if (node === undefined) throw new NotFound("disposition");
  const decision = decideDisposition(node.state, dispositionSamples.attach, by);
  if ("refused" in decision) throw new Refused(decision.refused, decision.facts);
  return takeFile(deps, upload, (file) =>
    steps.finish(async (tx) => {
      await rememberBlob(tx, by, file);
      return { ...(await act(tx, upload.id, { type: "attach", file }, by)), file: { ...file } };
    }));
};

/** The receiver takes a file back that he handed in by mistake; the trail keeps that it was there. */
export const detach = (tx: Tx, input: Named & { readonly sha256: string }, by: Actor): Promise<Done> => act(tx, input.id, { type: "detach", sha256: input.sha256 }, by);

/** The receiver reports the result to the giver. */
export const report = (tx: Tx, input: Named & { readonly note: string }, by: Actor): Promise<Done> => act(tx, input.id, { type: "report", note: input.note }, by);

/** The giver accepts the report; the one who waits above is told in the same act. */
export const accept = async (tx: Tx, input: Named & { readonly note: string }, by: Actor): Promise<Done> => {
  const after = await perform(tx, dispositionMachine, input.id, { type: "accept", note: input.note }, by);
  await settleAbove(tx, after, "diterima", by);
  return { id: input.id, status: after.status };
};

/** The giver sends the report back. */
export const giveBack = (tx: Tx, input: Named & { readonly reason: string }, by: Actor): Promise<Done> => act(tx, input.id, { type: "giveBack", reason: input.reason }, by);

/** The giver takes back what nobody has read yet. */
export const withdraw = async (tx: Tx, input: Named & { readonly reason: string }, by: Actor): Promise<Done> => {
  const after = await perform(tx, dispositionMachine, input.id, { type: "withdraw", reason: input.reason }, by);
  await settleAbove(tx, after, "ditarik", by);
  return { id: input.id, status: after.status };
};

// Rows are locked from the leaf to the letter, never the other way, so two acts cannot wait for each other.
const settleAbove = async (tx: Tx, node: DispositionState, because: "diterima" | "ditarik", by: Actor): Promise<void> => {
  if (node.status === "belum_ada" || !node.responsible) return;
  if (node.parentId === null) await settleLetter(tx, node.letterId, because, by);
  else await perform(tx, dispositionMachine, node.parentId, { type: "settle", because }, by);
};
