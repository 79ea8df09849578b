import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { Refused } from "../kernel/api.ts";
import { now } from "../kernel/clock.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useStore } from "../kernel/store.ts";
import { useTypedTextShelf } from "../session/me.ts";
import type { DraftView } from "./draft-view.ts";
import { keepText, storedOf, type Kept, type TextKeeper } from "./text-keeper.ts";

/** The text of a naskah at the screen, kept; one keeper for as long as the page shows this naskah. */
export const useText = (draft: DraftView): { readonly keeper: TextKeeper; readonly kept: Kept } => {
  const shelf = useTypedTextShelf();
  const client = useQueryClient();
  const latest = useRef(draft);
  latest.current = draft;
  const keeper = useMemo(
    () =>
      keepText(draft.id, storedOf(latest.current), {
        shelf,
        write: async (revision, content) => {
          const answer = await call("drafts.write", { id: draft.id, revision, content }).catch((error: unknown) => {
            // Submitted, withdrawn or ended elsewhere: the page follows, and the text stays on this device.
            if (error instanceof Refused && error.code !== "stale" && error.status !== 400) void client.invalidateQueries({ queryKey: keyOf("drafts.show", { id: draft.id }) });
            throw error;
          });
          // The remembered answer would bring back the older text when the person returns to this page.
          client.setQueryData<DraftView>(keyOf("drafts.show", { id: draft.id }), (shown) => (shown === undefined ? shown : { ...shown, ...answer, content }));
          return answer;
        },
        read: async () => storedOf(await call("drafts.show", { id: draft.id })),
        later: (work, milliseconds) => {
          const timer = setTimeout(work, milliseconds);
          return () => clearTimeout(timer);
        },
        now,
      }),
    [draft.id, shelf, client],
  );
  useEffect(() => keeper.seen(storedOf(draft)), [keeper, draft]);
  useEffect(() => {
    keeper.start();
    const wake = (): void => {
      keeper.flush().catch(() => undefined); // where it stands is on screen
    };
    const hide = (): void => {
      if (document.visibilityState === "hidden") wake();
    };
    const warn = (event: BeforeUnloadEvent): void => {
      if (keeper.isAtRisk()) event.preventDefault(); // the browser asks whether to stay
    };
    addEventListener("beforeunload", warn);
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", hide);
    return () => {
      removeEventListener("beforeunload", warn);
      removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", hide);
      keeper.stop();
    };
  }, [keeper]);
  return { keeper, kept: useStore(keeper.kept) };
};
