import type { ResultOf } from "../kernel/api.ts";
import { useRead } from "../kernel/queries.ts";
import { createStore, useStore, type Store } from "../kernel/store.ts";
import { useMe } from "../session/me.ts";

/** A mandate of inspection as the list shows it. */
export type Mandate = ResultOf<"inspections.list">["items"][number];

// Which of several mandates is worked under, for as long as this window is open.
const chosen: Store<string | undefined> = createStore<string | undefined>(undefined);

/** The mandates under which this inspector may read now, and the one that he works under. */
export const useMandate = (): { readonly isLoading: boolean; readonly error: Error | null; readonly retry: () => void; readonly running: readonly Mandate[]; readonly mandate: Mandate | undefined; readonly choose: (id: string) => void } => {
  const isInspector = useMe().acting.functions.includes("inspector");
  const answer = useRead("inspections.list", {}, { isOn: isInspector });
  const wanted = useStore(chosen);
  const running = (answer.data?.items ?? []).filter((item) => item.may.includes("read"));
  return { isLoading: isInspector && answer.data === undefined && answer.error === null, error: answer.error, retry: () => void answer.refetch(), running, mandate: running.find((item) => item.id === wanted) ?? running[0], choose: chosen.set };
};
