import pino from "pino";

/** Structured log lines: ids, codes and durations; never names, texts, addresses or secrets. */
export type Log = {
  readonly info: (facts: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (facts: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (facts: Readonly<Record<string, unknown>>, message: string) => void;
};

/** JSON lines on standard output, or nothing at all when `level` is `silent` (tests). */
export const openLog = (level: string): Log => pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ["passphrase", "password", "code", "cookie", "authorization"] });

/** The name and message of an error and its causes; SQL parameters and request bodies are not in it. */
export const describeError = (error: unknown): string => {
  const parts: string[] = [];
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) parts.push(`${current.name}: ${current.message}`);
  return parts.length > 0 ? parts.join(" <- ") : "unknown error";
};
