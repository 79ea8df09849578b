/** A letter type is one object: its form, number, approval chain, filing and layout. Everything that handles letters reads it. */
import { z } from "zod";
import { parseNumberPattern } from "./number.ts";
import type { Passage } from "./passage.ts";
import type { RenderInput } from "./render-input.ts";

/** A place in the chain, resolved to a post of the drafter's organisation when the draft is sent up. */
export type ApproverRole =
  | "atasan_langsung"
  | "kepala_bidang"
  | "sekretaris"
  | "kepala"
  | "asisten"
  | "sekda"
  | "bupati"
  | "operator_desa"
  | "sekdes"
  | "kades";

/** One step: `paraf` agrees with the text, `sign` is the electronic signature and ends the chain. Data only; the drafts module acts on it. */
export type ApprovalStep = { readonly kind: "paraf" | "sign"; readonly by: ApproverRole };

/** How the parts of a naskah are used: asked for, allowed, or absent from the letter. */
export type PartUse = "required" | "optional" | "none";

/** Which common parts a type uses. */
export type LetterParts = {
  readonly hal: PartUse;
  readonly yth: PartUse;
  readonly tempat: PartUse;
  readonly lampiran: PartUse;
  readonly sifat: PartUse;
  readonly body: PartUse;
  readonly tembusan: PartUse;
};

/** What every letter type states, whatever its form asks. */
type Described = {
  /** Code of the catalogue of naskah dinas. */
  readonly code: string;
  /** Name as an official says it. */
  readonly title: string;
  /** One sentence on when to use it, in the languages of the screens; the letter itself is in Indonesian. */
  readonly purpose: Readonly<Record<"id" | "en", string>>;
  /** Layout family of the rule on naskah dinas. */
  readonly family: "surat" | "judul" | "nota";
  /** Government level it is written for; with it go paper and letterhead. */
  readonly level: "kabupaten" | "desa";
  readonly parts: LetterParts;
  /** Number pattern, see `formatNumber`. */
  readonly number: string;
  /** Classification code proposed for filing; null when the subject decides. */
  readonly classification: string | null;
  /** Security class proposed: Biasa, Terbatas, Rahasia, Sangat Rahasia. */
  readonly access: "B" | "T" | "R" | "SR";
  readonly approval: readonly ApprovalStep[];
  /** Whether the drafter may also give the paraf: a lurah writes and signs alone. */
  readonly mayApproveOwn: boolean;
  /** The act of the office that draws this letter up and is carried out by its signature; such a letter is not offered to drafters. */
  readonly forAct?: "handover";
};

/** A letter type as its folder writes it: its fields have their own type. */
export type LetterTypeDefinition<Fields extends z.ZodType> = Described & {
  /** What the form asks beside the common parts. */
  readonly fields: Fields;
  /** A form filled with nothing, as a new draft starts; it need not be valid. */
  readonly blank: z.input<Fields>;
  /** Name of the letter for lists and PDF metadata when it has no `hal`. */
  readonly subject: (fields: z.output<Fields>) => string;
  /** The text between head and signature, from the fields and the drafter's body. Left out, it is the body alone. */
  readonly compose?: (fields: z.output<Fields>, input: RenderInput) => readonly Passage[];
  /** Further strings and lists for the template. Words are made here; Typst only places them. */
  readonly present?: (fields: z.output<Fields>, input: RenderInput) => Readonly<Record<string, unknown>>;
};

/** A letter type as everyone else sees it: fields are unknown until its own schema has parsed them. */
export type LetterType = Described & {
  readonly fields: z.ZodType;
  readonly blank: unknown;
  /** Name of the letter when it has no `hal`; throws ZodError on fields that are not of this type. */
  readonly subject: (fields: unknown) => string;
  /** The text between head and signature; throws ZodError on fields that are not of this type. */
  readonly compose: (fields: unknown, input: RenderInput) => readonly Passage[];
  /** Further strings for the template; throws ZodError on fields that are not of this type. */
  readonly present: (fields: unknown, input: RenderInput) => Readonly<Record<string, unknown>>;
};

/** Checks what the compiler cannot (code, number pattern, one signature and it is last) and closes the type over its own fields. */
export function defineLetterType<Fields extends z.ZodType>(definition: LetterTypeDefinition<Fields>): LetterType {
  const { code, number, approval, fields, subject, compose, present } = definition;
  if (!/^[A-Z]{2,12}$/.test(code)) throw new RangeError(`${code}: a code is two to twelve capital letters`);
  parseNumberPattern(number);
  const signatures = approval.filter((step) => step.kind === "sign").length;
  if (signatures !== 1 || approval.at(-1)?.kind !== "sign") throw new RangeError(`${code}: the chain must end with its one signature`);
  return {
    ...definition,
    subject: (values) => subject(fields.parse(values)),
    compose: (values, input) => (compose === undefined ? input.body.content : compose(fields.parse(values), input)),
    present: (values, input) => (present === undefined ? {} : present(fields.parse(values), input)),
  };
}

/** The form of a type as JSON Schema (draft 2020-12) with Indonesian titles: enough to draw it and to describe it to another system. */
export const formSchema = (type: LetterType): Readonly<Record<string, unknown>> => z.toJSONSchema(type.fields, { io: "input" });
