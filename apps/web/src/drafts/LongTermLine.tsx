import { longTermSentence } from "@lontar/contract/long-term-words";
import type { ReactElement } from "react";
import { useLanguage } from "../kernel/catalog/index.ts";
import { useTimeWords } from "../session/me.ts";
import { Icon } from "../ui/Icon.tsx";
import type { DraftView } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import css from "./Draft.module.css";

/** How long the signed file proves itself when nobody can be asked any more, or what it still lacks; nothing for a letter of which that is not known. */
export const LongTermLine = ({ signed }: { readonly signed: NonNullable<DraftView["signed"]> }): ReactElement | null => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const language = useLanguage();
  const { longTerm } = signed;
  if (longTerm === null) return null;
  const isComplete = longTerm.level === "B-LTA";
  return (
    <p className={css["longTerm"]} data-complete={isComplete || undefined}>
      <Icon name={isComplete ? "shield" : "clock"} size={18} />
      <span><b>{words.longTerm}</b> {longTermSentence(language, longTerm, time.date)}</span>
    </p>
  );
};
