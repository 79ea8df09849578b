import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useLanguage } from "../kernel/catalog/index.ts";
import { usePrinting } from "../kernel/printing.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { timeWords, type TimeWords } from "../kernel/time.ts";
import { typedTextOf, type TypedTextShelf } from "../kernel/typed-text.ts";

/** The person at the screen and the post held now. */
export type Me = ResultOf<"session.me">;

/** Reads who is signed in; a signed-out person is a refusal for the router, not a dialog. */
export const meQuery = { queryKey: keyOf("session.me"), queryFn: (): Promise<Me> => call("session.me", undefined, { whenSignedOut: "refuse" }), staleTime: 60_000 };

/** Who is signed in. Only under the shell's route, whose loader has made sure that someone is. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Sentences about time in the office's zone and the person's language. */
export const useTimeWords = (): TimeWords => {
  const { zone } = useMe().tenant;
  const language = useLanguage();
  const isPrinting = usePrinting();
  return useMemo(() => timeWords(zone, language, isPrinting), [zone, language, isPrinting]);
};

/** The shelf for what this person types. */
export const useTypedTextShelf = (): TypedTextShelf => {
  const { personId } = useMe();
  return useMemo(() => typedTextOf(personId), [personId]);
};
