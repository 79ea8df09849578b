/** Speed of rendering, as a person waits for it: one letter after the other through the queue and the worker thread. */
import fs from "node:fs";
import { performance } from "node:perf_hooks";
import { createRenderer } from "./src/render/index.ts";
import { renderInput } from "./src/render-input.ts";

/** One measured line; a peer is measured by whoever has it at hand. */
export type Measurement = { readonly name: string; readonly value: number; readonly unit: string; readonly peer: number | null; readonly ratio: number | null };

const warmUp = 30;
const letters = 300;

/** Measures letters per second for a one-page and a two-page letter, warm. */
export async function run(): Promise<readonly Measurement[]> {
  const renderer = createRenderer();
  const results: Measurement[] = [];
  for (const [name, file] of [["one page", "src/types/sd/example.json"], ["two pages, table and catch-word", "test/two-pages.json"]] as const) {
    const input = renderInput.parse(JSON.parse(fs.readFileSync(new URL(file, import.meta.url), "utf8")));
    const numbered = (index: number) => ({ ...input, number: `500.12.6.3/${index}/SETDA/2026` });
    for (let index = 0; index < warmUp; index += 1) await renderer.pdf(numbered(index));
    const start = performance.now();
    for (let index = 0; index < letters; index += 1) await renderer.pdf(numbered(index));
    const seconds = (performance.now() - start) / 1000;
    results.push({ name: `naskah: letter to PDF/A-2a + PDF/UA-1, ${name}`, value: letters / seconds, unit: "letters/s", peer: null, ratio: null });
  }
  await renderer.close();
  return results;
}

if (import.meta.main) console.table(await run());
