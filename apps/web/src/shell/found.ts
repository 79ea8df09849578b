import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { reading } from "../kernel/queries.ts";
import type { Command } from "../ui/CommandPalette.tsx";

/** What the server finds for the words typed into Ctrl-K: incoming letters by sender, number or subject. */
export const useFound = (go: (href: string) => void): { readonly found: readonly Command[]; readonly ask: (text: string) => void; readonly isAsking: boolean } => {
  const words = useMessages();
  const [text, ask] = useState("");
  const answer = useQuery({ ...reading("received.list", { q: text, limit: 8 }), enabled: text.length >= 2, placeholderData: (before) => before, retry: false });
  const rows = text.length >= 2 ? answer.data?.items : undefined;
  const found = useMemo(
    () => (rows ?? []).map((row): Command => ({ id: row.id, group: words.places.received, label: row.subject, note: [row.sender, row.number, row.agenda].filter((part) => part !== null && part !== "").join(" · "), icon: row.security === "R" || row.security === "SR" ? "lock" : "mail", run: () => go(`/surat/${row.id}`) })),
    [rows, words, go],
  );
  return { found, ask: useCallback((next: string) => ask(next), []), isAsking: answer.isFetching && text.length >= 2 };
};
