import { useEffect, useMemo, useRef } from "react";
import { now } from "../kernel/clock.ts";
import { call } from "../kernel/server.ts";
import { useStore } from "../kernel/store.ts";
import { useTypedTextShelf } from "../session/me.ts";
import type { DraftView } from "./draft-view.ts";
import { keepText, storedOf, type Kept, type TextKeeper } from "./text-keeper.ts";

/** The text of a naskah at the screen, kept; one keeper for as long as the page shows this naskah. */
export const useText = (draft: DraftView): { readonly keeper: TextKeeper; readonly kept: Kept } => {
  const shelf = useTypedTextShelf();
  const latest = useRef(draft);
  latest.current = draft;
  const keeper = useMemo(
    () =>
      keepText(draft.id, storedOf(latest.current), {
        shelf,
        write: (revision, content) => call("drafts.write", { id: draft.id, revision, content }),
        read: async () => storedOf(await call("drafts.show", { id: draft.id })),
        later: (work, milliseconds) => {
          const timer = setTimeout(work, milliseconds);
          return () => clearTimeout(timer);
        },
        now,
      }),
    [draft.id, shelf],
  );
  useEffect(() => keeper.seen(storedOf(draft)), [keeper, draft]);
  useEffect(() => {
    const wake = (): void => {
      keeper.flush().catch(() => undefined); // where it stands is on screen
    };
    const hide = (): void => {
      if (document.visibilityState === "hidden") wake();
    };
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", hide);
    return () => {
      removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", hide);
      keeper.stop();
    };
  }, [keeper]);
  return { keeper, kept: useStore(keeper.kept) };
};
