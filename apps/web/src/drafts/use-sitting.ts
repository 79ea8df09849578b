import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Refused, Unreachable } from "../kernel/api.ts";
import { now as present } from "../kernel/clock.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { useMe } from "../session/me.ts";
import { proveFresh } from "../session/passkey.ts";
import { useDraftMessages } from "./messages.ts";
import { outdatedByDrafts } from "./outdated.ts";

/** A letter that is to be signed with others. */
export type Chosen = { readonly id: string; readonly title: string };

/** The frozen file that was read. */
export type Read = { readonly number: string; readonly sha256: string };

/** How one letter of a sitting stands. */
export type Standing =
  | { readonly state: "unread" }
  | { readonly state: "held"; readonly number?: string; readonly reason: string }
  | ({ readonly state: "read" | "running" } & Read)
  | ({ readonly state: "signed"; readonly at: string } & Read);

/** One letter of a sitting. */
export type SittingLetter = Chosen & { readonly standing: Standing };

/** Letters that are read one by one and then signed with one secret, each by itself. */
export type Sitting = {
  readonly letters: readonly SittingLetter[];
  readonly phase: "reading" | "confirming" | "running" | "finished";
  /** The server's sentence about the secret; nothing was signed with a wrong one. */
  readonly refusal: string | undefined;
  readonly isStopping: boolean;
  /** Milliseconds that one signature took so far; undefined before the first. */
  readonly paceMs: number | undefined;
  readonly read: (id: string, file: Read) => void;
  readonly hold: (id: string, reason: string, number?: string) => void;
  readonly sign: (passphrase: string, code: string) => void;
  readonly stop: () => void;
};

/**
 * Signs the letters of a sitting one after another. The secret lives in this one call. A wrong secret ends the run before the next letter, so
 * that one mistake is one try; what the server refuses for a letter's own reason is held, and the others go on. A lost answer is asked
 * after, never repeated.
 */
export const useSitting = (chosen: readonly Chosen[]): Sitting => {
  const words = useDraftMessages();
  const { sign: signWords } = useMessages();
  const { stepUp } = useMe();
  const client = useQueryClient();
  const [letters, setLetters] = useState<readonly SittingLetter[]>(() => chosen.map((letter) => ({ ...letter, standing: { state: "unread" } })));
  const [run, setRun] = useState<{ readonly isRunning: boolean; readonly refusal: string | undefined; readonly paceMs: number | undefined }>({ isRunning: false, refusal: undefined, paceMs: undefined });
  const [isStopping, setStopping] = useState(false);
  const isRunning = useRef(false);
  const stopped = useRef(false);
  const put = (id: string, standing: Standing): void => setLetters((before) => before.map((letter) => (letter.id === id ? { ...letter, standing } : letter)));

  const signAll = async (passphrase: string, code: string): Promise<string | undefined> => {
    const waiting = letters.flatMap(({ id, standing }) => (standing.state === "read" ? [{ id, number: standing.number, sha256: standing.sha256 }] : []));
    const proof = (from: number): Promise<void> => (stepUp === null ? Promise.resolve() : proveFresh(waiting.slice(from).map(({ sha256 }) => sha256), stepUp, code));
    try {
      await proof(0);
    } catch (error) {
      return error instanceof Refused || error instanceof Unreachable ? error.message : signWords.notProved;
    }
    const began = performance.now();
    for (const [index, { id, ...file }] of waiting.entries()) {
      if (stopped.current) break;
      put(id, { state: "running", ...file });
      try {
        await signOne(id, file.sha256, passphrase, stepUp === "kunci" ? () => proof(index) : undefined);
        put(id, { state: "signed", at: present().toISOString(), ...file });
      } catch (error) {
        if (error instanceof Refused && endsTheRun.has(error.code)) {
          put(id, { state: "read", ...file });
          return error.message;
        }
        put(id, { state: "held", number: file.number, reason: error instanceof Unreachable ? words.signing.unreachable : error instanceof Error ? error.message : String(error) });
      }
      setRun((before) => ({ ...before, paceMs: (performance.now() - began) / (index + 1) }));
    }
    return undefined;
  };

  const start = async (passphrase: string, code: string): Promise<void> => {
    if (isRunning.current) return; // a second press while it runs is the same press
    isRunning.current = true;
    stopped.current = false;
    setStopping(false);
    setRun({ isRunning: true, refusal: undefined, paceMs: undefined });
    const refusal = await signAll(passphrase, code);
    isRunning.current = false;
    setRun((before) => ({ ...before, isRunning: false, refusal }));
    await Promise.all(outdatedByDrafts.map((name) => client.invalidateQueries({ queryKey: keyOf(name) })));
  };

  const has = (state: Standing["state"]): boolean => letters.some(({ standing }) => standing.state === state);
  return {
    letters,
    phase: run.isRunning ? "running" : has("unread") ? "reading" : has("read") && !(isStopping && has("signed")) ? "confirming" : "finished",
    refusal: run.refusal,
    isStopping,
    paceMs: run.paceMs,
    read: (id, file) => put(id, { state: "read", ...file }),
    hold: (id, reason, number) => put(id, { state: "held", reason, ...(number !== undefined && { number }) }),
    sign: (passphrase, code) => void start(passphrase, code),
    stop: () => { stopped.current = true; setStopping(true); },
  };
};

// These are about the signer and not about a letter: trying the next one would only spend another try.
const endsTheRun: ReadonlySet<string> = new Set(["wrong_passphrase", "too_many_attempts", "no_certificate", "certificate_expired", "signer_suspended", "signer_not_registered", "wrong_pin", "wrong_pin_last", "token_pin_locked", "token_key_missing", "token_certificate_mismatch", "token_mechanism", "not_signed_in"]);

const signOne = async (id: string, sha256: string, passphrase: string, proveAgain: (() => Promise<void>) | undefined): Promise<void> => {
  try {
    await call("drafts.sign", { id, sha256, passphrase });
  } catch (error) {
    if (error instanceof Refused && error.code === "step_up_needed" && proveAgain !== undefined) {
      await proveAgain(); // a long sitting outlasts the five minutes of a proof
      return signOne(id, sha256, passphrase, undefined);
    }
    if (!(error instanceof Unreachable) || !(await isAlreadySigned(id))) throw error;
  }
};

/** What became of a signature whose answer was lost; without a network nobody knows, and nobody tries again. */
export const isAlreadySigned = async (id: string): Promise<boolean> => {
  try {
    return (await call("drafts.show", { id })).signed !== null;
  } catch {
    return false;
  }
};
