import type { InputOf } from "../kernel/api.ts";
import type { LetterView } from "./letter-acts.ts";

/** What was read from the scan for one field. */
export type Proposal = NonNullable<LetterView["reading"]>["proposals"][number];

/** The facts as the server takes them. */
export type Facts = InputOf<"received.register">["facts"];

/** The fields of the form, in the order in which Enter walks them. */
export const factFields = ["sender", "number", "date", "subject", "urgency", "attachment", "due", "security", "classification", "receivedOn", "medium", "summary"] as const;

/** One field of the form. */
export type FactField = (typeof factFields)[number];

/** What the clerk did with a field. A field absent here was not touched. */
export type Handled = "accepted" | "edited";

/** The form while it is being filled; kept on the device until the letter has its number. */
export type FactsForm = { readonly values: Readonly<Record<FactField, string>>; readonly handled: Readonly<Partial<Record<FactField, Handled>>> };

/** Confidence from which a proposal needs no second look. */
export const sureFrom = 0.85;

/** An empty form on the day of receipt. */
export const emptyForm = (today: string): FactsForm => ({
  values: { sender: "", number: "", date: "", subject: "", urgency: "biasa", attachment: "", due: "", security: "B", classification: "", receivedOn: today, medium: "kertas", summary: "" },
  handled: {},
});

/** How the reader names the fields of a letter. */
const readAs: Readonly<Record<string, FactField>> = { sender: "sender", number: "number", date: "date", subject: "subject", urgency: "urgency", security: "security", attachment: "attachment", due: "due" };

const urgencies: readonly string[] = ["biasa", "segera", "amat_segera"];
const securities: readonly string[] = ["B", "T", "R", "SR"];
const media: readonly string[] = ["kertas", "email", "srikandi", "portal", "internal", "pertukaran"];

/** The best proposal for each field that can take it. */
export const proposalsByField = (proposals: readonly Proposal[]): ReadonlyMap<FactField, Proposal> => {
  const best = new Map<FactField, Proposal>();
  for (const proposal of proposals) {
    const field = readAs[proposal.field];
    if (field === undefined) continue;
    const value = valueFor(field, proposal.value);
    if (value === undefined) continue;
    const known = best.get(field);
    if (known === undefined || proposal.confidence > known.confidence) best.set(field, { ...proposal, value });
  }
  return best;
};

/** A proposal's value in the form's own spelling; absent when the field cannot take it. */
const valueFor = (field: FactField, value: string): string | undefined => {
  const trimmed = value.trim();
  if (trimmed === "") return undefined;
  if (field === "date" || field === "due") return isDate(trimmed) ? trimmed : undefined;
  if (field === "urgency") {
    const plain = trimmed.toLowerCase().replaceAll(/[\s-]+/g, "_").replace("sangat_segera", "amat_segera");
    return urgencies.includes(plain) ? plain : undefined;
  }
  if (field === "security") return securities.includes(trimmed) ? trimmed : undefined;
  return trimmed;
};

/** Fills what nobody has touched; what a person typed or accepted stays. */
export const fillFrom = (form: FactsForm, proposals: ReadonlyMap<FactField, Proposal>): FactsForm => {
  const filled = [...proposals].filter(([field]) => form.handled[field] === undefined).map(([field, proposal]) => [field, proposal.value] as const);
  return filled.every(([field, value]) => form.values[field] === value) ? form : { ...form, values: { ...form.values, ...Object.fromEntries(filled) } };
};

/** The person changed a field. */
export const edit = (form: FactsForm, field: FactField, value: string): FactsForm => ({ values: { ...form.values, [field]: value }, handled: { ...form.handled, [field]: "edited" } });

/** The person agreed with what was read; an edited field stays edited. */
export const accept = (form: FactsForm, field: FactField): FactsForm => (form.handled[field] === undefined ? { ...form, handled: { ...form.handled, [field]: "accepted" } } : form);

/** Where a field stands: proposed and clear, proposed and doubtful, accepted, edited, or never read. */
export const stateOf = (form: FactsForm, field: FactField, proposal: Proposal | undefined): "proposed" | "low" | "accepted" | "edited" | "none" => {
  const handled = form.handled[field];
  if (handled !== undefined) return handled === "edited" && proposal !== undefined && proposal.value === form.values[field] ? "accepted" : handled;
  return proposal === undefined ? "none" : proposal.confidence < sureFrom ? "low" : "proposed";
};

/** Doubtful fields that nobody has looked at. */
export const doubtful = (form: FactsForm, proposals: ReadonlyMap<FactField, Proposal>): readonly FactField[] => [...proposals].filter(([field, proposal]) => stateOf(form, field, proposal) === "low").map(([field]) => field);

/** What is wrong with a field, for the sentence beside it. */
export type FieldFault = "missing" | "not_a_date" | "in_future" | "too_long";

const longest: Readonly<Partial<Record<FactField, number>>> = { sender: 200, number: 120, subject: 500, summary: 2000, attachment: 120, classification: 20 };

/** The facts ready to be sent, or what is wrong with each field, in the form's order. */
export const factsOf = (form: FactsForm, today: string): { readonly facts: Facts } | { readonly faults: ReadonlyMap<FactField, FieldFault> } => {
  const faults = new Map<FactField, FieldFault>();
  const value = (field: FactField): string => form.values[field].trim();
  for (const field of factFields) {
    const text = value(field);
    const most = longest[field];
    if (["sender", "number", "date", "subject", "receivedOn"].includes(field) && text === "") faults.set(field, "missing");
    else if (["date", "receivedOn", "due"].includes(field) && text !== "" && !isDate(text)) faults.set(field, "not_a_date");
    else if (["date", "receivedOn"].includes(field) && text > today) faults.set(field, "in_future");
    else if (most !== undefined && text.length > most) faults.set(field, "too_long");
  }
  if (faults.size > 0) return { faults };
  return {
    facts: {
      sender: value("sender"), number: value("number"), date: value("date"), subject: value("subject"), summary: value("summary"), receivedOn: value("receivedOn"), attachment: value("attachment"),
      medium: oneOf<NonNullable<Facts["medium"]>>(media, value("medium"), "kertas"), security: oneOf<NonNullable<Facts["security"]>>(securities, value("security"), "B"), urgency: oneOf<NonNullable<Facts["urgency"]>>(urgencies, value("urgency"), "biasa"),
      classification: value("classification") === "" ? null : value("classification"), due: value("due") === "" ? null : value("due"),
    },
  };
};

const oneOf = <T extends string>(allowed: readonly string[], text: string, otherwise: T): T => {
  const isAllowed = (candidate: string): candidate is T => allowed.includes(candidate);
  return isAllowed(text) ? text : otherwise;
};

const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** Is this a form that an earlier visit kept? An older shape is not restored. */
export const isFactsForm = (kept: unknown): kept is FactsForm => {
  if (typeof kept !== "object" || kept === null || !("values" in kept) || !("handled" in kept)) return false;
  const { values, handled } = kept;
  if (typeof values !== "object" || values === null || typeof handled !== "object" || handled === null) return false;
  const texts = new Map<string, unknown>(Object.entries(values));
  return factFields.every((field) => typeof texts.get(field) === "string");
};
