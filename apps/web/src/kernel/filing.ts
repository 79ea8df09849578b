import { useDeferredValue, useRef, useState } from "react";
import type { EndpointName } from "@lontar/contract";
import type { InputOf, ResultOf } from "./api.ts";
import { uuidv7 } from "./ids.ts";
import { useCommand, useRead } from "./queries.ts";

/** One dossier of the unit. */
export type DossierRow = ResultOf<"archive.dossiers">["items"][number];

/** A dossier that is there, or one to be opened. */
export type DossierChoice = { readonly id: string } | { readonly classification: string; readonly title: string };

/** Filing one letter: the dossiers that match the words sought, and the act itself. */
export type Filing = {
  readonly text: string;
  readonly search: (text: string) => void;
  /** Active dossiers; absent until they are known. */
  readonly rows: readonly DossierRow[] | undefined;
  readonly isSearching: boolean;
  readonly file: (choice: DossierChoice) => void;
  readonly isBusy: boolean;
  readonly error: Error | null;
};

/** Files a letter in a dossier of the unit. A new dossier is opened once, however often the second step has to be tried. */
export const useFiling = (letter: Pick<InputOf<"archive.file">, "kind" | "letterId">, { outdates, onDone }: { readonly outdates: readonly EndpointName[]; readonly onDone: () => void }): Filing => {
  const [text, search] = useState("");
  const query = useDeferredValue(text.trim());
  const list = useRead("archive.dossiers", query === "" ? {} : { q: query });
  const create = useCommand("archive.create", { outdates: ["archive.dossiers"] });
  const file = useCommand("archive.file", { outdates: [...outdates, "archive.dossiers", "archive.show"], onDone });
  const fresh = useRef({ id: uuidv7(), isOpened: false });
  const put = async (choice: DossierChoice): Promise<void> => {
    create.reset(); // what the last try was refused for says nothing about this one
    file.reset();
    if ("id" in choice) return void (await file.mutateAsync({ id: choice.id, ...letter }));
    const { id, isOpened } = fresh.current;
    if (!isOpened) await create.mutateAsync({ id, classification: choice.classification, title: choice.title });
    fresh.current = { id, isOpened: true };
    await file.mutateAsync({ id, ...letter });
  };
  return {
    text,
    search,
    rows: list.data?.items.filter((row) => row.status === "aktif"),
    isSearching: list.isFetching,
    file: (choice) => void put(choice).catch(() => undefined /* the refusal is in `error` */),
    isBusy: create.isPending || file.isPending,
    error: create.error ?? file.error ?? list.error,
  };
};
