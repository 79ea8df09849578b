import { useMemo } from "react";
import { useLanguage } from "../kernel/catalog/index.ts";
import { timeWords, type TimeWords, type Zone } from "../kernel/time.ts";
import { openWords, type Words } from "./words.ts";

/** The words of the pages for anyone, in the present language. */
export const useOpenMessages = (): Words => openWords[useLanguage()];

/** Sentences about time in an office's zone; plain dates belong to none. */
export const useZoneWords = (zone: Zone = "WITA"): TimeWords => {
  const language = useLanguage();
  return useMemo(() => timeWords(zone, language), [zone, language]);
};
