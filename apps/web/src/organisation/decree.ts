import type { InputOf } from "../kernel/api.ts";

/** The paper that an act of the organisation rests on, as the contract takes it. */
export type DecreeInput = NonNullable<InputOf<"organisation.appoint">["decree"]>;

/** A decree while it is being entered: chosen among the signed letters, or a scan with its number and date typed. */
export type DecreeDraft = {
  readonly source: "letter" | "scan";
  readonly number: string;
  readonly date: string;
  readonly letter: { readonly id: string; readonly subject: string } | null;
  readonly file: { readonly sha256: string; readonly name: string } | null;
};

/** Nothing entered yet. */
export const emptyDecree: DecreeDraft = { source: "letter", number: "", date: "", letter: null, file: null };

/** What is still missing before the decree can be sent; undefined when nothing is. */
export type DecreeGap = "letter" | "file" | "number" | "date";

/** The first thing that is missing. */
export const decreeGap = ({ source, number, date, letter, file }: DecreeDraft): DecreeGap | undefined => {
  if (source === "letter") return letter === null ? "letter" : undefined;
  if (file === null) return "file";
  if (number.trim() === "") return "number";
  return /^\d{4}-\d\d-\d\d$/.test(date) ? undefined : "date";
};

/** Has anything been entered? A decree that is optional may be left alone, but not half done. */
export const isDecreeTouched = ({ letter, file, number, date }: DecreeDraft): boolean => letter !== null || file !== null || number.trim() !== "" || date !== "";

/** The decree as the server takes it; undefined while something is missing. */
export const decreeInput = (draft: DecreeDraft): DecreeInput | undefined =>
  decreeGap(draft) !== undefined ? undefined : { number: draft.number.trim(), date: draft.date, letterId: draft.source === "letter" ? (draft.letter?.id ?? null) : null, file: draft.source === "scan" ? draft.file : null };
