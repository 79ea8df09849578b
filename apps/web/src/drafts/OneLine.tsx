import type { KeyboardEvent, ReactElement, TextareaHTMLAttributes } from "react";

/** A text that grows with its words but is one line of the letter: Enter would print nothing, so it does nothing; lines of a paste are joined. */
export const OneLine = ({ onText, ...given }: { readonly value: string; readonly onText: (next: string) => void } & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange" | "onKeyDown" | "rows" | "value">): ReactElement => {
  const keep = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing) event.preventDefault();
  };
  return <textarea {...given} rows={1} onKeyDown={keep} onChange={(event) => onText(event.target.value.replaceAll(/\s*\n\s*/g, " "))} />;
};
