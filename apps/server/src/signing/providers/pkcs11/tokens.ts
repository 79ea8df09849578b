import { fork, type ChildProcess } from "node:child_process";
import { replySchema, type Ask, type Looked, type Reply, type TokenAlgorithm, type Trouble } from "./protocol.ts";

/** What is the matter, and how far it had come: once a key was at work nobody knows whether there is a signature. */
export type TokenFault = { readonly trouble: Trouble | "died" | "silent"; readonly stage: "asked" | "login" | "key"; readonly vendor: string };

type Answer = Exclude<Reply, { readonly begins: string } | { readonly trouble: string }> | { readonly fault: TokenFault };

/** What a key on a token is to sign. */
export type KeyRequest = { readonly keyId: Uint8Array; readonly pin: string; readonly algorithm: TokenAlgorithm; readonly message: Uint8Array; readonly digest: Uint8Array };

/** The tokens of one PKCS#11 module. */
export type Tokens = {
  /** What a token shows without a PIN. */
  readonly look: (token: string) => Promise<{ readonly looked: Looked } | { readonly fault: TokenFault }>;
  readonly sign: (token: string, request: KeyRequest) => Promise<{ readonly signature: Uint8Array } | { readonly fault: TokenFault }>;
  /** The processes that are running, for tests that kill them. */
  readonly processes: () => readonly number[];
  readonly close: () => Promise<void>;
};

/** Where the module lies, and how long it is waited for. `entry` is the process that speaks to it, `atOnce` how many of them there may be. */
export type TokenSettings = { readonly module: string; readonly answerMs?: number; readonly atOnce?: number; readonly entry?: URL };

/** A token in use: a login is the process's, so each token has a process of its own, and whoever wants it waits in line. */
type Line = { child: ChildProcess | undefined; turn: Promise<unknown>; waiting: number; idle: NodeJS.Timeout | undefined };

const tokensAtOnce = 16;
const waitingAtMost = 200;
const usualAnswerMs = 60_000;
const idleMs = 30_000;

// What the module has no business to know: it is a stranger's code. All else it may need to find its configuration.
const ours = /^(LONTAR|SIGNER|PKCS11|SEAL|TSA|OIDC|SMTP|MAIL)_|^(DATABASE_URL|SMTP_URL|PG[A-Z]+)$/;
const environment = (): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));

/**
 * Opens the tokens of a module. Each token is spoken to by a process of its own, started at its first use, ended when it idles, killed when
 * it says nothing, and started again after it died. What died before a PIN was tried is asked once more; what died later never is.
 */
export const openTokens = ({ module, answerMs = usualAnswerMs, atOnce = tokensAtOnce, entry = new URL("token-process.ts", import.meta.url) }: TokenSettings): Tokens => {
  const lines = new Map<string, Line>();
  let asked = 0;
  let isClosed = false;

  const start = (line: Line): ChildProcess => {
    const child = fork(entry, [module], { execArgv: [], serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"], env: environment() });
    child.on("error", () => undefined); // told to whoever asks by its end
    child.once("exit", () => {
      if (line.child === child) line.child = undefined;
    });
    line.child = child;
    return child;
  };

  const end = (line: Line): void => {
    line.child?.kill("SIGKILL");
    line.child = undefined;
  };

  const askOnce = async (line: Line, ask: Ask): Promise<Answer> => {
    const child = line.child ?? start(line);
    const { promise, resolve } = Promise.withResolvers<Answer>();
    let stage: TokenFault["stage"] = "asked";
    const lost = (trouble: "died" | "silent", vendor: string): void => resolve({ fault: { trouble, stage, vendor } });
    const onMessage = (said: unknown): void => {
      const read = replySchema.safeParse(said);
      if (!read.success || read.data.id !== ask.id) return lost("died", "not an answer");
      if ("begins" in read.data) stage = read.data.begins;
      else if ("trouble" in read.data) resolve({ fault: { trouble: read.data.trouble, stage, vendor: read.data.vendor } });
      else resolve(read.data);
    };
    const onExit = (code: number | null, signal: string | null): void => lost("died", signal ?? `exit ${code}`);
    const timer = setTimeout(() => lost("silent", `${answerMs} ms`), answerMs);
    child.on("message", onMessage);
    child.once("exit", onExit);
    child.send(ask, (error) => {
      if (error !== null) lost("died", error.message);
    });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      child.removeListener("message", onMessage);
      child.removeListener("exit", onExit);
    }
  };

  /** One question to a token whose turn it is. Whatever was not a plain answer leaves a process in a state nobody knows: the next question gets another. */
  const ask = async (line: Line, question: Ask): Promise<Answer> => {
    const first = await askOnce(line, question);
    if (!("fault" in first) || !isUnsure.has(first.fault.trouble)) return first;
    end(line);
    if (isClosed || first.fault.stage !== "asked" || !isAskedAgain.has(first.fault.trouble)) return first;
    const second = await askOnce(line, question);
    if ("fault" in second && isUnsure.has(second.fault.trouble)) end(line);
    return second;
  };

  const leave = (token: string, line: Line): void => {
    clearTimeout(line.idle);
    end(line);
    lines.delete(token);
  };

  /** The line of a token; `undefined` where too many are in use. */
  const lineOf = (token: string): Line | undefined => {
    const known = lines.get(token);
    if (known !== undefined) return known.waiting < waitingAtMost ? known : undefined;
    const idle = lines.size < atOnce ? undefined : [...lines].find(([, { waiting }]) => waiting === 0);
    if (idle !== undefined) leave(...idle);
    if (isClosed || lines.size >= atOnce) return undefined;
    const line = { child: undefined, turn: Promise.resolve(), waiting: 0, idle: undefined };
    lines.set(token, line);
    return line;
  };

  const inTurn = async (token: string, question: (id: number) => Ask): Promise<Answer> => {
    const line = lineOf(token);
    if (line === undefined) return { fault: { trouble: "busy", stage: "asked", vendor: "too many wait" } };
    clearTimeout(line.idle);
    line.waiting += 1;
    const before = line.turn;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    line.turn = promise;
    await before;
    try {
      return await ask(line, question((asked += 1)));
    } finally {
      line.waiting -= 1;
      resolve(undefined);
      // A name that no token has keeps no place here.
      if (line.waiting === 0 && line.child === undefined) leave(token, line);
      else if (line.waiting === 0) line.idle = setTimeout(() => leave(token, line), idleMs).unref();
    }
  };

  return {
    look: async (token) => {
      const answer = await inTurn(token, (id) => ({ id, act: "look", token }));
      return "fault" in answer ? answer : "looked" in answer ? { looked: answer.looked } : { fault: unasked };
    },
    sign: async (token, request) => {
      const answer = await inTurn(token, (id) => ({ id, act: "sign", token, ...request }));
      return "fault" in answer ? answer : "signature" in answer ? { signature: answer.signature } : { fault: unasked };
    },
    processes: () => [...lines.values()].flatMap(({ child }) => child?.pid ?? []),
    close: async () => {
      isClosed = true;
      for (const [token, line] of lines) leave(token, line);
    },
  };
};

const unasked: TokenFault = { trouble: "unknown", stage: "key", vendor: "answered another question" };

// After these nobody knows what the process holds to be true.
const isUnsure: ReadonlySet<string> = new Set<TokenFault["trouble"]>(["died", "silent", "session_lost", "token_gone", "module_missing", "unknown"]);
// A token that is gone may have been put back, which some modules notice only when they are opened anew.
const isAskedAgain: ReadonlySet<string> = new Set<TokenFault["trouble"]>(["died", "session_lost", "token_gone"]);
