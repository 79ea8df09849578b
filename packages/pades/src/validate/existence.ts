import { nameOfBytes } from "../bytes.ts";

/**
 * The proofs of existence of EN 319 102-1 §5.6.2.3, from document time-stamps: whatever lies in the bytes a trusted one covers
 * existed at its time. A thing may lie in the file several times; its first place counts.
 */
export class Existence {
  private readonly ends = new Map<string, number>();
  /** What was found for an object once: a list may be large, and is asked about for every certificate. */
  private readonly known = new WeakMap<Uint8Array, number>();
  private readonly stamps: { readonly end: number; readonly time: Date }[] = [];

  /** Says that `data` lies in the file and ends by `end`. */
  note(data: Uint8Array, end: number): void {
    const name = nameOfBytes(data);
    const known = this.ends.get(name);
    if (known === undefined || end < known) this.ends.set(name, end);
  }

  /** Says that a time-stamp that was found good proves all bytes before `end`, its own token excepted. */
  prove(end: number, time: Date): void {
    this.stamps.push({ end, time });
  }

  /** The earliest proven time of whatever ends by `end`, if any. */
  before(end: number): Date | undefined {
    return this.stamps.reduce<Date | undefined>((earliest, stamp) => (stamp.end > end && (earliest === undefined || stamp.time < earliest) ? stamp.time : earliest), undefined);
  }

  /** The earliest proven time of `data`, if any. */
  of(data: Uint8Array): Date | undefined {
    if (this.stamps.length === 0) return undefined;
    const end = this.known.get(data) ?? this.ends.get(nameOfBytes(data)) ?? Number.POSITIVE_INFINITY;
    this.known.set(data, end);
    return this.before(end);
  }
}
