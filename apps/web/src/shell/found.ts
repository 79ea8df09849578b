import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { reading } from "../kernel/queries.ts";
import type { Command } from "../ui/CommandPalette.tsx";

const shown = 8;

/** What the server finds for the words typed into Ctrl-K: letters and naskah by their facts, their text and their scans; last, the page with all of it. */
export const useFound = (go: (href: string) => void): { readonly found: readonly Command[]; readonly ask: (text: string) => void; readonly isAsking: boolean } => {
  const { places, search } = useMessages();
  const [text, ask] = useState("");
  const isAsked = text.length >= 2;
  const answer = useQuery({ ...reading("archive.search", { q: text, limit: shown }), enabled: isAsked, placeholderData: (before) => before, retry: false });
  const items = isAsked ? answer.data?.items : undefined;
  const found = useMemo(
    () => [
      ...(items ?? []).map((hit): Command => ({
        id: hit.id,
        group: hit.kind === "surat" ? places.received : places.drafts,
        label: hit.subject,
        note: [hit.party, hit.number].filter((part) => part !== "").join(" · "),
        icon: hit.kind === "surat" ? "mail" : "file",
        run: () => go(`/${hit.kind}/${hit.id}`),
      })),
      ...(isAsked ? [{ id: "all", group: places.archive, label: search.all(text), icon: "search", run: () => go(`/cari?q=${encodeURIComponent(text)}`) } satisfies Command] : []),
    ],
    [items, isAsked, text, places, search, go],
  );
  return { found, ask: useCallback((next: string) => ask(next), []), isAsking: answer.isFetching && isAsked };
};
