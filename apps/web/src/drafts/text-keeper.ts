import { Refused, Unreachable } from "../kernel/api.ts";
import { createStore, type Store } from "../kernel/store.ts";
import type { TypedTextShelf } from "../kernel/typed-text.ts";
import { isContent, type Content, type DraftView, type Problem } from "./draft-view.ts";

/** What the server knows of the text. */
export type Stored = { readonly revision: number; readonly content: Content; readonly contentHash: string; readonly problems: readonly Problem[] };

/** Where the typed text is. `device` = not yet at the server; `lost` = not even on this device; `refused` = the server will not have it, in its sentence. */
export type Where = { readonly kind: "stored"; readonly at: string | undefined } | { readonly kind: "saving" } | { readonly kind: "device"; readonly at: string } | { readonly kind: "lost" } | { readonly kind: "refused"; readonly sentence: string } | { readonly kind: "conflict"; readonly theirs: Stored };

/** The text at the screen. `edition` grows when the text was replaced from outside, so that an editor must take it anew. */
export type Kept = { readonly content: Content; readonly stored: Stored; readonly where: Where; readonly edition: number };

/** What the keeper needs from the world. */
export type KeeperWorld = {
  readonly shelf: TypedTextShelf;
  readonly write: (revision: number, content: Content) => Promise<Omit<Stored, "content">>;
  readonly read: () => Promise<Stored>;
  /** Runs the work after a pause and answers how to call it off. */
  readonly later: (work: () => void, milliseconds: number) => () => void;
  readonly now: () => Date;
};

/** Keeps the text of one naskah: on this device with every keystroke, at the server with every pause, and never over someone else's words. */
export type TextKeeper = {
  readonly kept: Store<Kept>;
  readonly change: (part: Partial<Content>) => void;
  /** Sends what is not yet stored and answers the stored text; rejects with the refusal, or when it is in conflict. */
  readonly flush: () => Promise<Stored>;
  /** The server showed the naskah again. */
  readonly seen: (stored: Stored) => void;
  /** Ends a conflict: mine is written over theirs, or theirs replaces mine on this screen. Answers how to bring mine back. */
  readonly settle: (choice: "mine" | "theirs") => () => void;
  /** Neither the server nor this device has what was typed: closing the page would lose it. */
  readonly isAtRisk: () => boolean;
  /** The page is on screen. */
  readonly start: () => void;
  /** The page is left: what is not stored is on this device, and is sent now if the network lets it. */
  readonly stop: () => void;
};

const pauseMs = 900;
const retryMs = 8000;

/** What the keeper needs of a naskah. */
export const storedOf = ({ revision, content, contentHash, problems }: DraftView): Stored => ({ revision, content, contentHash, problems });

type OnDevice = { readonly revision: number; readonly content: Content };

const isOnDevice = (value: unknown): value is OnDevice => typeof value === "object" && value !== null && "revision" in value && typeof value.revision === "number" && "content" in value && isContent(value.content);

/** The same text, in whatever order its names stand: a database gives them back in its own. */
const same = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => same(Reflect.get(one, name), Reflect.get(other, name)));
};

// A server that is busy, restarting or broken will answer otherwise in a moment; any other refusal would come again.
const passes = (error: unknown): boolean => error instanceof Unreachable || (error instanceof Refused && (error.status >= 500 || error.status === 429));

const keyFor = (draftId: string): string => `naskah.${draftId}`;

/** What this person typed into a naskah on this device and the server never took, and how to throw it away. */
export const unsentText = (draftId: string, shown: Content, shelf: TypedTextShelf): { readonly content: Content; readonly forget: () => void } | undefined => {
  const left = shelf.find(keyFor(draftId))?.value;
  return isOnDevice(left) && !same(left.content, shown) ? { content: left.content, forget: () => shelf.forget(keyFor(draftId)) } : undefined;
};

/** Starts keeping the text of a naskah. What an earlier visit left on this device comes back first. */
export const keepText = (draftId: string, first: Stored, world: KeeperWorld): TextKeeper => {
  const key = keyFor(draftId);
  const left = world.shelf.find(key);
  const onDevice = left !== undefined && isOnDevice(left.value) && !same(left.value.content, first.content) ? left.value : undefined;
  const kept = createStore<Kept>({ content: onDevice?.content ?? first.content, stored: first, where: { kind: "stored", at: undefined }, edition: 0 });
  let running: Promise<Stored> | undefined;
  let cancel: (() => void) | undefined;
  let isStopped = true;
  let shelvedAt = onDevice === undefined ? undefined : left?.savedAt; // absent = the device has not taken the present text

  const set = (change: Partial<Kept>): void => kept.set({ ...kept.get(), ...change });
  const isDirty = (): boolean => !same(kept.get().content, kept.get().stored.content);
  const shelve = (revision: number): void => void (shelvedAt = world.shelf.keep(key, { revision, content: kept.get().content }));
  const onlyHere = (): Where => (shelvedAt === undefined ? { kind: "lost" } : { kind: "device", at: shelvedAt });

  const plan = (milliseconds: number): void => {
    cancel?.();
    if (isStopped || kept.get().where.kind === "conflict") return;
    cancel = world.later(() => {
      flush().catch(() => undefined); // told by `where`
    }, milliseconds);
  };

  const send = async (): Promise<Stored> => {
    for (;;) {
      const { content, stored } = kept.get();
      if (same(content, stored.content)) {
        world.shelf.forget(key);
        if (kept.get().where.kind !== "stored") set({ where: { kind: "stored", at: undefined } }); // typed and taken back again
        return stored;
      }
      set({ where: { kind: "saving" } });
      const answer = await world.write(stored.revision, content);
      set({ stored: { ...answer, content }, where: { kind: "stored", at: world.now().toISOString() } });
      // Typed on meanwhile: kept against the new revision, and sent in the next round.
      if (isDirty()) shelve(answer.revision);
    }
  };

  const failed = async (error: unknown): Promise<void> => {
    if (error instanceof Refused && error.code === "stale") return meetTheirs();
    const isRefused = error instanceof Refused && error.code !== "not_signed_in" && !passes(error);
    set({ where: isRefused ? { kind: "refused", sentence: error.fields[0] === undefined ? error.message : `${error.message} (${error.fields[0].message})` } : onlyHere() });
    if (passes(error)) plan(retryMs);
  };

  const meetTheirs = async (): Promise<void> => {
    const theirs = await world.read().catch(() => undefined); // not reached: found again at the next try
    if (theirs !== undefined && same(theirs.content, kept.get().content)) set({ stored: theirs, where: { kind: "stored", at: world.now().toISOString() } });
    else if (theirs !== undefined && theirs.revision !== kept.get().stored.revision) set({ where: { kind: "conflict", theirs } });
    else {
      set({ where: onlyHere() });
      plan(retryMs);
    }
  };

  const flush = (): Promise<Stored> => {
    cancel?.();
    if (running !== undefined) return running;
    if (kept.get().where.kind === "conflict") return Promise.reject(new Error("conflict"));
    running = send()
      .catch(async (error: unknown) => {
        await failed(error);
        throw error;
      })
      .finally(() => (running = undefined));
    return running;
  };

  if (onDevice !== undefined) {
    set({ where: onDevice.revision === first.revision ? { kind: "device", at: left?.savedAt ?? world.now().toISOString() } : { kind: "conflict", theirs: first } });
  } else world.shelf.forget(key);

  return {
    kept,
    change: (part) => {
      const content = { ...kept.get().content, ...part };
      if (same(content, kept.get().content)) return;
      const { where, stored } = kept.get();
      set({ content });
      shelve(stored.revision);
      if (where.kind !== "conflict" && where.kind !== "saving") set({ where: onlyHere() });
      plan(pauseMs);
    },
    flush,
    seen: (stored) => {
      if (stored.revision < kept.get().stored.revision || running !== undefined || kept.get().where.kind === "conflict") return;
      const { content, edition, where } = kept.get();
      if (same(content, stored.content)) set({ stored, ...(where.kind !== "stored" && { where: { kind: "stored", at: undefined } }) });
      else if (!isDirty()) set({ content: stored.content, stored, edition: edition + 1 });
      else if (stored.revision === kept.get().stored.revision) set({ stored: { ...stored, content: kept.get().stored.content } });
    },
    settle: (choice) => {
      const { where, content: mine } = kept.get();
      if (where.kind !== "conflict") return () => undefined;
      const { theirs } = where;
      const replace = (content: Content): void => set({ content, edition: kept.get().edition + 1 });
      const goOnWithMine = (): void => {
        shelve(kept.get().stored.revision);
        set({ where: onlyHere() });
        plan(0);
      };
      set({ stored: theirs, where: { kind: "stored", at: undefined } });
      if (choice === "mine") goOnWithMine();
      else {
        world.shelf.forget(key);
        replace(theirs.content);
      }
      return () => {
        if (choice === "mine") return;
        replace(mine);
        goOnWithMine();
      };
    },
    isAtRisk: () => isDirty() && shelvedAt === undefined,
    start: () => {
      isStopped = false;
      if (isDirty()) plan(pauseMs);
    },
    stop: () => {
      isStopped = true;
      cancel?.();
      if (isDirty() && kept.get().where.kind !== "conflict" && running === undefined) flush().catch(() => undefined /* it stays on this device */);
    },
  };
};
