import type { HoldingKind, Scope } from "../kernel/actor.ts";
import type { Instant } from "../kernel/ids.ts";

/** What an act is about, as far as a mandate asks. */
export type Matter = { readonly type: string; readonly classification: string | null };

/** Is `code` the classification `prefix` or one below it? */
export const isUnder = (code: string, prefix: string): boolean => code === prefix || code.startsWith(`${prefix}.`);

/** Does a scope reach the matter? Without a scope it does; a limit by classification is never met by a letter that has none. */
export const covers = (scope: Scope | null, { type, classification }: Matter): boolean =>
  scope === null || ((scope.types.length === 0 || scope.types.includes(type)) && (scope.classifications.length === 0 || scope.classifications.some((prefix) => isUnder(classification ?? "", prefix))));

/** Classifications in which a mandate-holder decides nothing (UU 30/2014 Ps. 14(7)): appointments, organisation, budget. What an office begins with; its own list is a setting. */
export const beyondMandate: readonly string[] = ["800.1.3", "000.8.1", "900.1.1"];

/** Is the post held by mandate (Ps. 14(1), (2)), so that its limits hold? A Pj. has the full office. */
export const isMandate = (kind: HoldingKind): boolean => kind === "plt" || kind === "plh";

/** Half-open time: the first moment counts, the last does not; null = without end. */
export type Span = { readonly since: Instant; readonly until: Instant | null };

/** Is the instant within the span? */
export const isInForce = ({ since, until }: Span, at: Instant): boolean => since <= at && (until === null || at < until);

/** Do two spans share a moment? A span that ends as it begins has none. */
export const overlap = (a: Span, b: Span): boolean => {
  const isEmpty = ({ since, until }: Span): boolean => until !== null && until <= since;
  return !isEmpty(a) && !isEmpty(b) && (b.until === null || a.since < b.until) && (a.until === null || b.since < a.until);
};

/** Where a span stands at an instant, in the words of the state machine (domain §8.2). */
export const phaseOf = (span: Span, revoked: boolean, at: Instant): "terjadwal" | "aktif" | "berakhir" | "dicabut" => (revoked ? "dicabut" : at < span.since ? "terjadwal" : isInForce(span, at) ? "aktif" : "berakhir");

/** The instant `months` later, on the same day or the last of a shorter month. */
export const monthsLater = (instant: Instant, months: number): Instant => {
  const date = new Date(instant);
  const wanted = date.getUTCMonth() + months;
  const moved = new Date(date);
  moved.setUTCMonth(wanted);
  if (moved.getUTCMonth() !== ((wanted % 12) + 12) % 12) moved.setUTCDate(0);
  return moved.toISOString();
};
