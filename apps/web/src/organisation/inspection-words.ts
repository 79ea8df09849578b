import { letterType } from "@lontar/naskah";
import type { ResultOf } from "../kernel/api.ts";
import type { TimeWords } from "../kernel/time.ts";
import type { InspectionMessages } from "./inspection-messages.ts";

/** A mandate of inspection as the list shows it. */
export type Inspection = ResultOf<"inspections.list">["items"][number];

/** `Sekretariat Daerah; klasifikasi 900.1; surat sejak 1 Jan 2026`, or that it reaches everything. */
export const reachWords = (reach: Inspection["reach"], words: InspectionMessages, time: TimeWords): string => {
  const parts = [
    ...(reach.types.length > 0 ? [words.types(reach.types.map((code) => letterType(code)?.title ?? code).join(", "))] : []),
    ...(reach.classifications.length > 0 ? [words.codes(reach.classifications.join(", "))] : []),
    ...(reach.from !== null || reach.to !== null ? [words.period(reach.from === null ? "" : time.mediumDate(reach.from), reach.to === null ? "" : time.mediumDate(reach.to))] : []),
  ];
  return [reach.units.length === 0 ? words.everywhere : reach.units.map((unit) => unit.name).join(", "), ...(parts.length === 0 ? [words.everything] : parts)].join("; ");
};

/** The decree of a mandate, its date in the language of the page: the record holds it in the words of a signature block. */
export const decreeWords = ({ number, date }: Inspection["decree"], time: TimeWords): string => `${number}, ${time.date(date)}`;

/** `27 Nov 2026 sampai 31 Des 2026`: in whole days where both ends are midnights. */
export const inspectionSpan = ({ since, until }: Pick<Inspection, "since" | "until">, words: InspectionMessages, time: TimeWords): string => {
  const day = (moment: string, isEnd: boolean): string => (time.clock(moment) === "00.00" ? time.mediumDate(isEnd ? new Date(Date.parse(moment) - 1) : moment) : `${time.mediumDate(moment)} ${time.clock(moment)}`);
  return words.span(day(since, false), day(until, true));
};
