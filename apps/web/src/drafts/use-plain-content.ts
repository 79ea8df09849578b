import type { LetterType } from "@lontar/naskah";
import { useCallback } from "react";
import type { Content } from "./draft-view.ts";
import { formOf } from "./field-form.ts";
import { useDraftMessages } from "./messages.ts";
import { plainContent } from "./plain-content.ts";

/** Everything a naskah says, as plain text in the present language's names of its parts. */
export const usePlainContent = (type: LetterType | undefined): ((content: Content) => string) => {
  const words = useDraftMessages();
  return useCallback(
    (content) => plainContent(content, type === undefined ? undefined : formOf(type), { ...words.parts, onBehalf: words.sheet.onBehalf, urgencies: words.urgency, securities: words.security }),
    [type, words],
  );
};
