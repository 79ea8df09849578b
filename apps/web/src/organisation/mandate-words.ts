import { letterType } from "@lontar/naskah";
import type { ResultOf } from "../kernel/api.ts";
import type { TimeWords } from "../kernel/time.ts";
import type { MandateMessages } from "./mandate-messages.ts";

/** A mandate as the list shows it. */
export type Mandate = ResultOf<"mandates.list">[number];

/** What a mandate reaches. */
export type Scope = { readonly types: readonly string[]; readonly classifications: readonly string[] };

/** `Plh. Kepala Dinas Komunikasi dan Informatika` */
export const mandateTitle = ({ kind, from }: Pick<Mandate, "kind" | "from">, words: MandateMessages): string => `${words.kind[kind]} ${from.title}`;

/** `jenis Nota Dinas; klasifikasi 000, 100`, or that it reaches everything. */
export const scopeWords = (scope: Scope | null, words: MandateMessages): string => {
  if (scope === null || (scope.types.length === 0 && scope.classifications.length === 0)) return words.wholeScope;
  return [
    ...(scope.types.length > 0 ? [words.types(scope.types.map((code) => letterType(code)?.title ?? code).join(", "))] : []),
    ...(scope.classifications.length > 0 ? [words.prefixes(scope.classifications.join(", "))] : []),
  ].join("; ");
};

/** `Sabtu, 28 November 2026 00.00 WITA` */
export const momentWords = (moment: string, time: TimeWords): string => time.full(moment);

/** `28 Nov 2026 sampai 1 Des 2026`, in whole days when both ends are midnights. */
export const spanWords = ({ since, until }: { readonly since: string; readonly until: string | null }, words: MandateMessages, time: TimeWords): string => {
  const day = (moment: string, isEnd: boolean): string => {
    const isMidnight = time.clock(moment) === "00.00";
    return isMidnight ? time.mediumDate(isEnd ? new Date(Date.parse(moment) - 1) : moment) : `${time.mediumDate(moment)} ${time.clock(moment)}`;
  };
  return until === null ? words.openEnd(day(since, false)) : words.span(day(since, false), day(until, true));
};
