import type { contract, Parsed, Result } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { perform } from "../kernel/perform.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { endOfDay } from "../letters/index.ts";
import { postById } from "../organisation/index.ts";
import type { FindingState } from "./finding.ts";
import { findingView, toldOf } from "./queries.ts";
import { flagOf } from "./registry.ts";
import { basisFor, findingMachine, findingStore, ruleIdOf, ruleMachine } from "./store.ts";

type Contract = typeof contract;
type Given<Name extends keyof Contract> = Parsed<Contract[Name]>;
type Done = { readonly id: string; readonly status: string };

/** A finding and the mandate by which this actor deals with it; of others nobody learns that there are any. */
const reachedFinding = async (tx: Tx, id: string, by: Actor): Promise<{ readonly state: FindingState; readonly basis: string }> => {
  const state = (await findingStore.find(tx, by.tenantId, id))?.state;
  const basis = state == null || !by.functions.includes("inspector") ? undefined : await basisFor(tx, id, by);
  if (state == null || basis === undefined) throw new NotFound("finding");
  return { state, basis };
};

/** The inspector opens a finding: an event of its own, as every look of oversight. */
export const lookAtFinding = async (tx: Tx, { id }: Given<"flags.look">, by: Actor): Promise<Result<Contract["flags.look"]>> => {
  const { state, basis } = await reachedFinding(tx, id, by);
  return findingView(tx, id, (await perform(tx, findingMachine, id, { type: "look", isReached: true, basis }, by)) ?? state, by);
};

/** The inspector asks a post for an explanation; it waits on that desk. */
export const askAboutFinding = async (tx: Tx, input: Given<"flags.ask">, by: Actor): Promise<Done> => {
  const { state } = await reachedFinding(tx, input.id, by);
  const post = await postById(tx, by.tenantId, input.positionId, by.at);
  if (post === undefined) throw new NotFound("position");
  const after = await perform(tx, findingMachine, input.id, { type: "ask", isReached: true, positionId: post.id, post: post.title, hasHolder: post.holder !== null, text: input.text, title: toldOf(state, by.zone).title.id, due: endOfDay(input.due, by.zone) }, by);
  return { id: input.id, status: after?.status ?? state.status };
};

/** The post that was asked answers. */
export const answerFinding = async (tx: Tx, { id, text }: Given<"flags.answer">, by: Actor): Promise<Done> => {
  const state = (await findingStore.find(tx, by.tenantId, id))?.state;
  if (state?.question?.positionId !== by.positionId) throw new NotFound("finding");
  const after = await perform(tx, findingMachine, id, { type: "answer", text }, by);
  return { id, status: after?.status ?? state.status };
};

/** The inspector says that it is clear, and why. */
export const closeFinding = async (tx: Tx, { id, reason }: Given<"flags.close">, by: Actor): Promise<Done> => {
  const { state } = await reachedFinding(tx, id, by);
  const after = await perform(tx, findingMachine, id, { type: "close", isReached: true, reason }, by);
  return { id, status: after?.status ?? state.status };
};

/** The inspectorate changes a measure; the search that follows begins at the beginning of the log. */
export const setFlag = async (tx: Tx, input: Given<"flags.set">, by: Actor): Promise<Result<Contract["flags.set"]>> => {
  const flag = flagOf(input.code);
  if (!by.functions.includes("inspector")) throw new Refused("not_yours");
  if (flag === undefined) throw new NotFound("flag");
  await perform(tx, ruleMachine, ruleIdOf(by.tenantId, flag.code), { type: "set", code: flag.code, isOn: input.isOn, measure: input.values, isWithinBounds: flag.isMeasure(input.values), reason: input.reason }, by);
  return { code: flag.code };
};
