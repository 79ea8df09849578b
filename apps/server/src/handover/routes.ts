import type { contract, Result } from "@lontar/contract";
import { draftStore } from "../drafts/index.ts";
import { command, query, type Route } from "../kernel/http.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import { NotFound } from "../kernel/refusal.ts";
import { holderKeys, mayRead } from "../kernel/state.ts";
import { postById } from "../organisation/index.ts";
import { cancelHandover, leftOf, makerOf, mayHandOver, prepareHandover, type Handing } from "./commands.ts";
import type { HandoverState } from "./handover.ts";
import { countsOf, handoversFor, handoverStore, personalOf } from "./store.ts";

type View = Result<(typeof contract)["handovers.show"]>;

const view = async (tx: Tx, id: Id, state: HandoverState, by: Actor): Promise<View> => {
  const letter = (await draftStore.find(tx, by.tenantId, state.letterId))?.state;
  const isSigned = letter?.status === "ditandatangani";
  const personal = state.done === null ? await personalOf(tx, by.tenantId, state.positionId, state.from.personId, state.letterId, by.at) : undefined;
  const counts = state.done?.counts ?? (personal === undefined ? undefined : await countsOf(tx, by.tenantId, state.positionId, personal, by.at));
  return {
    id, status: state.status, post: { id: state.positionId, title: state.title }, from: state.from, to: state.to, since: state.since, basis: state.basis, reason: state.reason,
    letter: { id: state.letterId, status: letter?.status ?? "", number: letter?.frozen?.number ?? null }, preparedAt: state.prepared.at, preparedBy: state.prepared.by,
    counts: counts ?? { desk: 0, unread: 0, drafts: 0, delegations: 0, mandates: 0 },
    // The subjects of letters are for those who may read them, not for whoever only arranges the hand-over.
    left: isInvolved(state, by) ? [...(state.done?.left ?? (personal === undefined ? [] : leftOf(personal)))] : [],
    doneAt: state.done?.at ?? null, cancelled: state.cancelled,
    may: state.status === "menunggu" && !isSigned && (await mayHandOver(tx, state.positionId, by)) ? ["cancel"] : [],
  };
};

const isInvolved = (state: HandoverState, by: Actor): boolean => by.personId === state.from.personId || by.personId === state.to.personId || by.positionId === state.positionId;

/** Hand-overs: who hands what to whom, before and after the signature. */
export const handoverRoutes = (handing: Handing): readonly Route[] => [
  query("handovers.list", async (tx, _input, by) => {
    const found = await handoversFor(tx, by, holderKeys(by));
    const views: View[] = [];
    for (const { id, state } of found) views.push(await view(tx, id, state, by));
    return views;
  }),
  query("handovers.show", async (tx, { id }, by) => {
    const state = (await handoverStore.find(tx, by.tenantId, id))?.state;
    if (state == null || !(by.functions.includes("admin") || (await mayRead(tx, id, by)))) throw new NotFound("handover");
    return view(tx, id, state, by);
  }),
  query("handovers.preview", async (tx, { id }, by) => {
    const post = await postById(tx, by.tenantId, id, by.at);
    const may = post !== undefined && (await mayHandOver(tx, id, by));
    if (post === undefined || !(may || by.positionId === id)) throw new NotFound("position");
    const holder = post.aside?.kind === "definitif" ? post.aside : post.holder?.kind === "definitif" ? post.holder : null;
    const personal = holder === null ? { drafts: [], frozen: [], mandates: [] } : await personalOf(tx, by.tenantId, id, holder.personId, null, by.at);
    const superior = await makerOf(tx, post, "", by);
    return {
      post: { id, title: post.title }, holder: holder === null ? null : { personId: holder.personId, name: holder.name }, counts: await countsOf(tx, by.tenantId, id, personal, by.at),
      left: by.positionId === id ? [...leftOf(personal)] : [], signer: holder?.name ?? null, superior: superior?.holder?.name ?? null, may: may && holder !== null ? ["prepare" as const] : [],
    };
  }),
  command("handovers.prepare", (tx, input, by) => prepareHandover(handing, tx, input, by)),
  command("handovers.cancel", async (tx, { id, reason }, by) => ({ id, status: (await cancelHandover(tx, id, reason, by)).status })),
];
