import { setTimeout as wait } from "node:timers/promises";
import type { SigningFault } from "../provider.ts";

/** An answer of a service. `isCut` = its head arrived and its body did not come to an end. */
export type Reply = { readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array; readonly isCut: boolean };

/** What is asked of a service. `isOnce`: when it may have been carried out, it must not be asked again. */
export type Question = { readonly url: URL; readonly method: "GET" | "POST"; readonly headers: Readonly<Record<string, string>>; readonly body?: string | FormData; readonly isOnce: boolean; readonly maxBytes: number };

/** How long an answer is waited for, and the pauses before a harmless question is repeated. */
export type Patience = { readonly answerMs: number; readonly pausesMs: readonly number[] };

/** Signing services were seen to take up to a minute (domain §4.4). */
export const patience: Patience = { answerMs: 60_000, pausesMs: [500, 2000] };

/**
 * Asks a service, and again only where that is harmless: when no connection came about, so that it has nothing of ours, or when it said
 * itself that it did nothing (429, 503). A question that may have been carried out is OUTCOME_UNKNOWN and is left to a person.
 */
export const ask = async (question: Question, { answerMs, pausesMs }: Patience = patience): Promise<{ readonly reply: Reply } | { readonly fault: SigningFault }> => {
  for (const pause of [...pausesMs, undefined]) {
    const answer = await askOnce(question, answerMs);
    if ("reply" in answer || answer.fault.retry !== "safe" || pause === undefined) return answer;
    await wait(pause);
  }
  throw new Error("broken assumption: the last question has no pause after it");
};

const askOnce = async ({ url, method, headers, body, isOnce, maxBytes }: Question, answerMs: number): Promise<{ readonly reply: Reply } | { readonly fault: SigningFault }> => {
  const lost: SigningFault = isOnce ? { code: "OUTCOME_UNKNOWN", retry: "reconcile" } : { code: "TEMPORARY", retry: "safe" };
  let response: Response;
  try {
    response = await fetch(url, { method, headers, ...(body !== undefined && { body }), redirect: "error", signal: AbortSignal.timeout(answerMs) });
  } catch (error) {
    const code = causeOf(error);
    if (unconnected.has(code)) return { fault: { code: "TEMPORARY", retry: "safe", vendor: code } };
    if (/CERT|TLS|SSL/.test(code)) return { fault: { code: "PROTOCOL", retry: "never", vendor: code } };
    return { fault: { ...lost, vendor: code } };
  }
  if (response.status === 429) return { fault: { code: "RATE", retry: "safe", vendor: "429" } };
  if (response.status === 503) return { fault: { code: "TEMPORARY", retry: "safe", vendor: "503" } };
  if (response.status >= 500) return { fault: { ...lost, vendor: String(response.status) } };
  const { bytes, isCut } = await readBody(response, maxBytes);
  return { reply: { status: response.status, headers: response.headers, bytes, isCut } };
};

/** Reads at most `maxBytes`; a longer answer is cut like one that broke off. */
const readBody = async (response: Response, maxBytes: number): Promise<{ readonly bytes: Uint8Array; readonly isCut: boolean }> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of response.body ?? []) {
      length += part.length;
      if (length > maxBytes) return { bytes: Buffer.concat(parts), isCut: true };
      parts.push(part);
    }
    return { bytes: Buffer.concat(parts), isCut: false };
  } catch {
    return { bytes: Buffer.concat(parts), isCut: true }; // the line broke, or patience ended: what came is not the answer
  }
};

const unconnected: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  return codeOf(cause) || (error instanceof Error ? error.name : "");
};

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "");

/** What an answer says, if it is JSON. */
export const jsonOf = ({ bytes }: Reply): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
};
