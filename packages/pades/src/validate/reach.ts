import type { View } from "../pdf/file.ts";
import { dictOf, forEachRef, refOf, sameValue, type PdfDict, type PdfValue } from "../pdf/value.ts";
import type { Section } from "../pdf/xref.ts";

/**
 * Which objects an update changed, and from where a reader may reach them: the account that must balance before an update is
 * believed to leave signed content alone. Whoever looked at every difference of an object marks it `explained`; whoever lets an
 * object hold anything says from which object it may be reached, and a second path to it is found in the end.
 */
export class Reach {
  /** Objects whose meaning differs between the revisions. */
  readonly changed: ReadonlySet<number>;
  /** Changed objects whose every difference was looked at. */
  readonly explained: Set<number> = new Set();
  /** New objects that are looked at entry by entry, so that what they hold is not let through as a whole. */
  readonly inspected: Set<number> = new Set();
  private readonly before: View;
  private readonly after: View;
  /** Objects that may hold anything, and from which objects they may be reached. */
  private readonly free = new Map<number, Set<number>>();

  constructor(before: View, after: View, section: Section) {
    this.before = before;
    this.after = after;
    this.changed = new Set([...section.entries.keys()].filter((number) => isChanged(before, after, number)));
  }

  /** How many objects may hold anything so far. */
  get allowedCount(): number {
    return this.free.size;
  }

  /** `allow`, as a condition that always holds. */
  allowAll(owner: number, value: PdfValue): true {
    this.allow(owner, value);
    return true;
  }

  /**
   * Says that `value` may lead to something replaced in place, and so may be reached from `owner` alone, whether it changed
   * itself or not: a second path to it would show the replacement elsewhere. Answers from where its own parts are reached.
   */
  guard(owner: number, value: PdfValue | undefined): number {
    const number = refOf(value)?.number;
    if (number !== undefined) this.allowFrom(owner, number);
    return number ?? owner;
  }

  /** The changed objects that a dictionary of streams (or of dictionaries of them) leads to, itself included. */
  changedBelow(value: PdfValue | undefined): number[] {
    const parts = [value, ...(dictOf(this.after.resolve(value))?.entries.values() ?? [])];
    const inner = parts.slice(1).flatMap((part) => {
      const target = this.after.resolve(part);
      return target !== null && typeof target === "object" && target.type === "dict" ? [...target.entries.values()] : [];
    });
    return [...parts, ...inner].flatMap((part) => {
      const number = refOf(part)?.number;
      return number !== undefined && this.changed.has(number) ? [number] : [];
    });
  }

  /** Marks an indirect array or dictionary whose differences the caller has looked at itself. */
  noteReplaced(value: PdfValue | undefined): void {
    const ref = refOf(value);
    if (ref !== undefined && this.changed.has(ref.number)) this.explained.add(ref.number);
  }

  /** Lets the new objects under `value` hold anything, as long as nothing else leads to them. */
  allow(owner: number, value: PdfValue | undefined): void {
    if (value === undefined) return;
    const waiting: [owner: number, value: PdfValue][] = [[owner, value]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [from, part] = next;
      forEachRef(part, ({ number }) => {
        if (!this.changed.has(number) || this.explained.has(number) || (from !== 0 && this.before.get(number) !== null)) return;
        const isFirst = !this.free.has(number);
        this.allowFrom(from, number);
        if (isFirst && !this.inspected.has(number)) waiting.push([number, this.after.get(number)]);
      });
    }
  }

  /** Lets one changed object be reached from `owner`. */
  allowNew(owner: number, number: number): void {
    if (this.changed.has(number)) this.allowFrom(owner, number);
  }

  /** Lets an object be reached from `owner`, whatever it holds. */
  allowFrom(owner: number, number: number): void {
    const owners = this.free.get(number) ?? new Set<number>();
    owners.add(owner);
    this.free.set(number, owners);
  }

  /**
   * Every changed object that a reader can reach must have been explained, on every path that leads to it: answers those that
   * were not, and those that are reached on a second path.
   */
  unaccounted(): { readonly unexplained: ReadonlySet<number>; readonly sneaky: ReadonlySet<number> } {
    const seen = new Set<number>();
    const unexplained = new Set<number>();
    const sneaky = new Set<number>();
    const waiting: [owner: number, value: PdfValue][] = [[0, trailerContent(this.after.trailer)]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [owner, value] = next;
      forEachRef(value, ({ number }) => {
        const owners = this.explained.has(number) ? undefined : this.free.get(number);
        if (owners !== undefined && !owners.has(owner) && !this.isBackReference(owner, number)) sneaky.add(number);
        else if (owners === undefined && this.changed.has(number) && !this.explained.has(number)) unexplained.add(number);
        if (seen.has(number)) return;
        seen.add(number);
        waiting.push([number, this.after.get(number)]);
      });
    }
    return { unexplained, sneaky };
  }

  /** A widget names its parent field, and a field's kids name it back: those edges say nothing new. */
  private isBackReference(owner: number, number: number): boolean {
    return this.free.get(owner)?.has(number) === true;
  }
}

/** Entries that say where things are, not what they are, do not change a meaning that stayed the same. */
function isChanged(before: View, after: View, number: number): boolean {
  const [one, other] = [before.table.get(number), after.table.get(number)];
  if (one?.kind === "offset" && other?.kind === "offset" && one.offset === other.offset && one.generation === other.generation) return false;
  const [was, is] = [before.get(number), after.get(number)];
  return !sameValue(was, is);
}

/** The trailer without what only concerns the reading of the file; a cross-reference stream's dictionary is one too. */
function trailerContent(trailer: PdfDict): PdfValue {
  return { type: "array", items: [...trailer.entries].filter(([key]) => !TRAILER_BOOKKEEPING.has(key)).map(([, value]) => value) };
}

const TRAILER_BOOKKEEPING = new Set(["Size", "Prev", "XRefStm", "Type", "W", "Index", "Length", "Filter", "DecodeParms"]);
