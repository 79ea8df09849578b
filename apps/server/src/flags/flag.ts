import type { RawBuilder } from "kysely";
import type { z } from "zod";
import type { Id, Instant, LocalDate, Zone } from "../kernel/ids.ts";
import { speakerOf, type Both, type Say } from "./say.ts";

/** A number with its bounds, or a list of days. */
export type Parameter =
  | { readonly kind: "angka"; readonly label: Both; readonly unit: Both; readonly standard: number; readonly least: number; readonly most: number }
  | { readonly kind: "hari"; readonly label: Both; readonly standard: readonly LocalDate[] };

/** The values of a kind's parameters. */
export type Measure = Readonly<Record<string, number | readonly LocalDate[]>>;

type Parameters = Readonly<Record<string, Parameter>>;
type Values<P extends Parameters> = { readonly [K in keyof P]: P[K] extends { readonly kind: "angka" } ? number : readonly LocalDate[] };

/** Where a kind looks: at what has its place in the log between two numbers, and at what has become due between two moments. */
export type Scan = { readonly tenantId: Id; readonly zone: Zone; /** Leaves from here, up to but without there. */ readonly from: number; readonly to: number; readonly since: Instant; readonly now: Instant };

/**
 * One finding as a search answers it. `key` names the facts: the same facts have the same key, whenever they are found. `facts` fills the
 * words; `events` is the evidence in its order; `posts` are those who can explain it, first the one to ask.
 */
export type FoundRow = { readonly key: string; readonly at: Date; readonly subject: Id | null; readonly unit: Id | null; readonly events: readonly Id[]; readonly posts: readonly Id[]; readonly facts: Readonly<Record<string, unknown>> };

/** A point or a span of the picture, in instants. */
export type Mark = { readonly label: Both; readonly from: Instant; readonly to: Instant | null };

/** What a kind says in one language. */
export type Words<F> = {
  /** What is looked at. */
  readonly rule: string;
  readonly title: (facts: F, say: Say) => string;
  /** About which letter, post or person, in a few words. */
  readonly about: (facts: F, say: Say) => string;
  readonly sentence: (facts: F, say: Say) => string;
  /** The harmless reading, and what would settle it. */
  readonly innocent: string;
  readonly missing: string;
};

/** A kind of red flag as its file writes it. */
export type FlagDefinition<P extends Parameters, F extends z.ZodType> = {
  readonly code: string;
  /** The name of its file. */
  readonly name: string;
  readonly parameters: P;
  readonly facts: F;
  readonly search: (scan: Scan, measure: Values<P>) => RawBuilder<FoundRow>;
  readonly id: Words<z.output<F>>;
  readonly en: Words<z.output<F>>;
  /** What the letter says, to be drawn beside what the log says, and what lies between the two. */
  readonly picture?: (facts: z.output<F>, zone: Zone) => { readonly letter: readonly Mark[]; readonly gap: Mark | null };
};

/** What one finding says, in both languages. */
export type Told = { readonly title: Both; readonly about: Both; readonly sentence: Both; readonly letter: readonly Mark[]; readonly gap: Mark | null };

/** A kind of red flag as everything else sees it: of its own types it has told all. */
export type Flag = {
  readonly code: string;
  readonly name: string;
  readonly parameters: Parameters;
  readonly rule: Both;
  readonly innocent: Both;
  readonly missing: Both;
  readonly standard: Measure;
  /** Is this a whole measure within the bounds? */
  readonly isMeasure: (measure: Measure) => boolean;
  readonly search: (scan: Scan, measure: Measure) => RawBuilder<FoundRow>;
  readonly tell: (facts: unknown, zone: Zone) => Told;
};

/** Days that a measure may list. */
export const mostDays = 400;

/** Makes a kind of red flag. */
export const defineFlag = <const P extends Parameters, F extends z.ZodType>(given: FlagDefinition<P, F>): Flag => {
  const both = (pick: (words: Words<z.output<F>>) => string): Both => ({ id: pick(given.id), en: pick(given.en) });
  const standard = Object.fromEntries(Object.entries<Parameter>(given.parameters).map(([name, parameter]) => [name, parameter.standard]));
  return {
    code: given.code, name: given.name, parameters: given.parameters, standard,
    rule: both((words) => words.rule), innocent: both((words) => words.innocent), missing: both((words) => words.missing),
    isMeasure: (measure) => Object.keys(measure).length === Object.keys(given.parameters).length && Object.entries<Parameter>(given.parameters).every(([name, parameter]) => isValue(measure[name], parameter)),
    search: (scan, measure) => given.search(scan, measure as Values<P>), // whoever sets a measure asks `isMeasure` first
    tell: (stored, zone) => {
      const facts = given.facts.parse(stored);
      const say = { id: speakerOf("id", zone), en: speakerOf("en", zone) };
      const told = (which: "title" | "about" | "sentence"): Both => ({ id: given.id[which](facts, say.id), en: given.en[which](facts, say.en) });
      return { title: told("title"), about: told("about"), sentence: told("sentence"), ...(given.picture?.(facts, zone) ?? { letter: [], gap: null }) };
    },
  };
};

const isValue = (value: number | readonly LocalDate[] | undefined, parameter: Parameter): boolean =>
  parameter.kind === "angka" ? typeof value === "number" && Number.isFinite(value) && value >= parameter.least && value <= parameter.most : Array.isArray(value) && value.length <= mostDays;
