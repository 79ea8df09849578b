import type { contract, Result } from "@lontar/contract";
import type { DraftState } from "../drafts/index.ts";
import type { Id } from "../kernel/ids.ts";
import { requestStatus, type RequestState } from "./request.ts";

/** The stations of a request as the resident follows them. */
export type Path = Result<(typeof contract)["open.request"]>["steps"];

type Station = Path[number];
type Step = Pick<DraftState["steps"][number], "positionId" | "title" | "kind" | "state" | "by" | "at">;
type Holder = { readonly title: string; readonly holder: { readonly name: string } | null };

/**
 * From the counter to the letter: what is done, where it stands now, what comes. The stations between are those of the letter's own chain;
 * while there is no letter yet, all that is known is that somebody must sign. Officials are named, the applicant never.
 */
export const pathOf = (state: RequestState, chain: readonly Step[], holderOf: (positionId: Id) => Holder | undefined): Path => {
  const operator = holderOf(state.operatorId);
  const atCounter = { post: operator?.title ?? null, person: operator?.holder?.name ?? null };
  const entered: Station = { kind: "diterima", state: "selesai", ...atCounter, at: state.history[0]?.at ?? state.since };
  if (state.status === requestStatus.cancelled) return [entered, { kind: "dibatalkan", state: "sekarang", ...atCounter, at: state.since }];
  const isVerified = state.status >= requestStatus.awaitingSignature;
  const isReady = state.status >= requestStatus.ready;
  // From the letter on a request goes one step at a time, so the last lines of its story are these steps.
  const atOf = (status: number): string | null => (state.status < status ? null : (state.history.at(status - state.status - 1)?.at ?? null));
  const checked: Station = { kind: "diperiksa", state: isVerified ? "selesai" : "sekarang", ...atCounter, at: atOf(requestStatus.awaitingSignature) };
  const ready: Station = { kind: "siap", state: !isReady ? "nanti" : state.status === requestStatus.ready ? "sekarang" : "selesai", post: null, person: null, at: atOf(requestStatus.ready) };
  const collected: readonly Station[] = state.status === requestStatus.collected ? [{ kind: "diambil", state: "selesai", post: null, person: null, at: state.since }] : [];
  return [entered, checked, ...stationsOf(chain, isReady, state.operatorId, holderOf), ready, ...collected];
};

const stationsOf = (chain: readonly Step[], isReady: boolean, operatorId: Id, holderOf: (positionId: Id) => Holder | undefined): readonly Station[] => {
  if (chain.length === 0) return [{ kind: "tanda_tangan", state: "nanti", post: null, person: null, at: null }];
  const others = chain.filter((step) => step.positionId !== operatorId);
  const now = others.findIndex((step) => step.state !== "disetujui");
  return others.map((step, index): Station => {
    const isDone = isReady || step.state === "disetujui";
    return { kind: step.kind, state: isDone ? "selesai" : index === now ? "sekarang" : "nanti", post: step.title, person: step.by ?? holderOf(step.positionId)?.holder?.name ?? null, at: isDone ? step.at : null };
  });
};
