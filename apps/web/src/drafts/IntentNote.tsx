import type { ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { useTimeWords } from "../session/me.ts";
import { Icon } from "../ui/Icon.tsx";
import type { DraftView } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import css from "./Draft.module.css";

/** A signature that was meant and is not made yet: what it waits for, and who is next. */
export const IntentNote = ({ draft }: { readonly draft: DraftView }): ReactElement | null => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const now = useNow();
  const { intent } = draft;
  if (intent === null) return null;
  const { state, needsSecret, reason, next } = intent;
  const told = words.intent.states[state];
  return (
    <section className={css["intent"]} data-state={state} role="note">
      <Icon name={state === "gugur" || state === "tidak_pasti" ? "warning" : state === "menunggu_sandi" ? "pen" : "clock"} size={20} />
      <div>
        <b>{told.title}</b>
        <p>{state === "menunggu_penyedia" ? (needsSecret ? words.intent.secretAgain : words.intent.byItself) : told.lead}</p>
        {reason !== null && <p>{words.intent.reasons[reason] ?? words.intent.reasonUnknown}</p>}
        <p className={css["intentWho"]}>{words.intent.said(`${intent.by}, ${intent.post}`, time.when(intent.at, now))} <b>{words.intent.next(next)}</b></p>
      </div>
    </section>
  );
};
