import { useDeferredValue, useState } from "react";
import type { ResultOf } from "./api.ts";
import { useRead } from "./queries.ts";

/** One code of the archive classification; only a `leaf` can be given to a letter. */
export type Classification = ResultOf<"office.classifications">[number];

/** A search in the classification. `ask` names the words sought; without words it looks for what is chosen. */
export type ClassificationSearch = { readonly rows: readonly Classification[] | undefined; readonly ask: (words: string | undefined) => void };

/** Searches the classification for a field whose present value is `value`. */
export const useClassifications = (value: string): ClassificationSearch => {
  const [asked, ask] = useState<string | undefined>(undefined);
  const query = useDeferredValue((asked ?? value).trim());
  const found = useRead("office.classifications", { q: query }, { isOn: asked !== undefined || value !== "" });
  return { rows: found.data, ask };
};
