/** The thread that runs Typst: one letter at a time, so that a slow layout never holds up the server's event loop. */
import v8 from "node:v8";
import vm from "node:vm";
import { parentPort } from "node:worker_threads";
import assert from "node:assert/strict";
import { letterType } from "../registry.ts";
import type { RecordInput, RenderInput } from "../render-input.ts";
import { openCompiler } from "./compile.ts";
import type { Rendered } from "./compile.ts";
import { partsOf } from "../date.ts";
import { datedOf, prepare, prepareRecord } from "./prepare.ts";

/** What the thread is asked for. */
export type Work = { readonly letter: RenderInput } | { readonly record: RecordInput };

assert(parentPort !== null, "this file runs as a worker thread");
const port = parentPort;
const compiler = openCompiler();

// Native documents are freed only when JavaScript collects their handles, and the collector cannot see their size:
// without this, five thousand letters hold 2.7 GB.
v8.setFlagsFromString("--expose_gc");
const collect: unknown = vm.runInNewContext("gc");
const rendersPerCollection = 40;
const rendersPerForgetting = 4; // looking through all that is cached takes half a millisecond
let renders = 0;

// The renderer parsed the input before it sent it; a message between our own threads keeps its shape.
port.on("message", (message: { readonly id: number } & Work) => {
  try {
    const rendered = "letter" in message ? render(message.letter) : renderRecord(message.record);
    port.postMessage({ id: message.id, rendered }, [rendered.pdf.buffer]);
  } catch (error) {
    port.postMessage({ id: message.id, failed: error instanceof Error ? error.message : String(error) });
  }
  renders += 1;
  if (renders % rendersPerForgetting === 0) compiler.forget();
  if (renders % rendersPerCollection === 0 && typeof collect === "function") setImmediate(() => collect());
});

function renderRecord(input: RecordInput): Rendered & { readonly pdf: Uint8Array<ArrayBuffer> } {
  const document = compiler.lay("layout/record.typ", JSON.stringify(prepareRecord(input)));
  const { year, month, day } = partsOf(input.date) ?? assert.fail("the renderer checked the date before it sent the record");
  return { pdf: compiler.write(document, Date.UTC(year, month - 1, day) / 1000), pages: document.numOfPages };
}

function render(input: RenderInput): Rendered & { readonly pdf: Uint8Array<ArrayBuffer> } {
  const type = letterType(input.type);
  assert(type !== undefined, "the renderer checked the type before it sent the letter");
  const template = `types/${type.code.toLowerCase()}/template.typ`;
  const lay = (words: boolean) => compiler.lay(template, JSON.stringify(prepare(type, input, { words })));
  // The second pass is for letters that turn a page: only then is there a catch-word, and it needs the break of the first.
  const once = lay(false);
  const document = once.numOfPages > 1 ? lay(true) : once;
  const { year, month, day } = datedOf(input);
  return { pdf: compiler.write(document, Date.UTC(year, month - 1, day) / 1000), pages: document.numOfPages };
}
