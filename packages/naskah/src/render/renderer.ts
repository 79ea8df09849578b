/**
 * Rendering of letters to tagged PDF/A-2a. Typst runs in a worker thread behind a queue with a limit and a watchdog.
 * The same input gives the same bytes: what is signed can be rendered again and compared.
 */
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { missingGlyphsIn } from "../glyphs.ts";
import { letterType } from "../registry.ts";
import { recordInput, renderInput } from "../render-input.ts";
import type { RecordInput, RenderInput } from "../render-input.ts";
import type { Rendered } from "./compile.ts";
import type { Work } from "./worker.ts";

/** The letter holds letters that the house face cannot print; the draft check says so earlier and in Indonesian. */
export class GlyphMissing extends Error {
  override readonly name = "GlyphMissing";
  /** The letters, each once. */
  readonly chars: readonly string[];
  constructor(chars: readonly string[]) {
    super(`no glyph for ${chars.map((char) => `${char} (U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")})`).join(", ")}`);
    this.chars = chars;
  }
}

/** The input is not a letter this package can render: unknown type, wrong shape, or fields its type refuses. */
export class InvalidRenderInput extends Error {
  override readonly name = "InvalidRenderInput";
}

/** Rendering failed for a reason that lies with us: Typst refused, took too long, or its thread died. A job may try again. */
export class RenderFault extends Error {
  override readonly name = "RenderFault";
  /** What failed. */
  readonly reason: "refused" | "timeout" | "crashed" | "busy" | "closed";
  constructor(reason: RenderFault["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Limits of a renderer. */
export type RendererLimits = {
  /** How long one letter may take before its thread is given up; an ordinary letter takes 10 ms. */
  readonly timeoutMs: number;
  /** How many letters may wait; more are refused at once, so that a flood meets an answer and not a full memory. */
  readonly waiting: number;
};

/** A renderer. */
export type Renderer = {
  /** Renders a letter. Throws InvalidRenderInput, GlyphMissing or RenderFault. */
  readonly pdf: (input: RenderInput) => Promise<Rendered>;
  /** Renders a record. Throws InvalidRenderInput or RenderFault. */
  readonly record: (input: RecordInput) => Promise<Rendered>;
  /** Ends the thread; letters still waiting fail with reason `closed`. */
  readonly close: () => Promise<void>;
};

type Job = { readonly work: Work; readonly resolve: (rendered: Rendered) => void; readonly reject: (error: Error) => void };

const answer = z.union([
  z.object({ id: z.number(), rendered: z.object({ pdf: z.instanceof(Uint8Array), pages: z.number().int().min(1) }) }),
  z.object({ id: z.number(), failed: z.string() }),
]);

/** Starts a renderer. The thread starts with the first letter and does not keep the process alive while idle. */
export function createRenderer(limits: Partial<RendererLimits> = {}): Renderer {
  const { timeoutMs, waiting } = { timeoutMs: 15_000, waiting: 1000, ...limits };
  const queue: Job[] = [];
  let thread: Worker | undefined;
  let current: { readonly id: number; readonly job: Job; readonly timer: NodeJS.Timeout } | undefined;
  let lastId = 0;
  let isClosed = false;

  function next(): void {
    const job = current === undefined ? queue.shift() : undefined;
    if (job === undefined) return;
    thread ??= start();
    lastId += 1;
    const timer = setTimeout(() => abandon(new RenderFault("timeout", `letter took more than ${timeoutMs} ms`)), timeoutMs);
    current = { id: lastId, job, timer };
    thread.ref();
    thread.postMessage({ id: lastId, ...job.work });
  }

  function settle(): Job | undefined {
    const done = current;
    current = undefined;
    if (done !== undefined) clearTimeout(done.timer);
    thread?.unref();
    return done?.job;
  }

  // Native code does not listen to terminate() until it returns, so nobody waits for it: the letter fails now and the next gets a new thread.
  function abandon(error: RenderFault): void {
    const dead = thread;
    thread = undefined;
    dead?.removeAllListeners();
    dead?.on("error", () => undefined); // its last words come after it was given up
    void dead?.terminate();
    settle()?.reject(error);
    next();
  }

  function start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    worker.on("message", (message: unknown) => {
      const said = answer.parse(message);
      if (said.id !== current?.id) return;
      const job = settle();
      if ("rendered" in said) job?.resolve(said.rendered);
      else job?.reject(new RenderFault("refused", said.failed));
      next();
    });
    worker.on("error", (error) => abandon(new RenderFault("crashed", `render thread: ${error instanceof Error ? error.message : String(error)}`)));
    worker.on("exit", (code) => abandon(new RenderFault("crashed", `render thread ended with code ${code}`)));
    return worker;
  }

  const enqueue = (work: Work): Promise<Rendered> => {
    if (isClosed) throw new RenderFault("closed", "renderer is closed");
    if (queue.length >= waiting) throw new RenderFault("busy", `${waiting} letters are waiting`);
    return new Promise((resolve, reject) => {
      queue.push({ work, resolve, reject });
      next();
    });
  };

  return {
    pdf: async (input) => enqueue({ letter: checkInput(input) }),
    record: async (input) => enqueue({ record: checkRecord(input) }),
    close: async () => {
      isClosed = true;
      const left = queue.splice(0);
      const running = settle();
      const worker = thread;
      thread = undefined;
      worker?.removeAllListeners();
      for (const job of running === undefined ? left : [running, ...left]) job.reject(new RenderFault("closed", "renderer was closed"));
      await worker?.terminate();
    },
  };
}

function checkRecord(input: RecordInput): RecordInput {
  const parsed = recordInput.safeParse(input);
  if (!parsed.success) throw new InvalidRenderInput(z.prettifyError(parsed.error));
  if (parsed.data.rows.some((row) => row.length !== parsed.data.columns.length)) throw new InvalidRenderInput("a row is not as long as the head of the table");
  return parsed.data;
}

function checkInput(input: RenderInput): RenderInput {
  const parsed = renderInput.safeParse(input);
  if (!parsed.success) throw new InvalidRenderInput(z.prettifyError(parsed.error));
  const type = letterType(parsed.data.type);
  if (type === undefined) throw new InvalidRenderInput(`unknown letter type ${parsed.data.type}`);
  const fields = type.fields.safeParse(parsed.data.fields);
  if (!fields.success) throw new InvalidRenderInput(`fields of ${type.code}: ${z.prettifyError(fields.error)}`);
  const { profile, kop, ...written } = parsed.data;
  const chars = missingGlyphsIn([written, { ...profile, footerLogo: null }, { ...kop, crest: null }]);
  if (chars.length > 0) throw new GlyphMissing(chars);
  return parsed.data;
}
