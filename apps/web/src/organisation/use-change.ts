import { useState } from "react";
import { notify } from "../kernel/notices.ts";
import { useTimeWords } from "../session/me.ts";
import { decreeGap, emptyDecree, isDecreeTouched, type DecreeDraft } from "./decree.ts";
import { useOrganisationMessages } from "./messages.ts";
import { useStart } from "./Parts.tsx";

/** What every change of the structure has besides its facts: when it begins, on what it rests, and whether sending was tried. */
export const useChange = () => {
  const [decree, setDecree] = useState<DecreeDraft>(emptyDecree);
  const [isTried, setTried] = useState(false);
  const start = useStart();
  return { ...start, decree, setDecree, isTried, setTried, /** A decree that is begun must be finished; one that is not may be left out. */ hasDecreeGap: isDecreeTouched(decree) && decreeGap(decree) !== undefined };
};

/** Says that a change is made; one that is still to come can be taken back at once. */
export const useSaid = () => {
  const words = useOrganisationMessages();
  const time = useTimeWords();
  return (since: string, isPlan: boolean, done: string, withdraw: () => void): void =>
    void (isPlan ? notify("done", words.form.planned(time.date(since)), { label: words.acts.undo, run: withdraw }) : notify("done", done));
};
