/** Speed of rendering, as a person waits for it: one letter after the other through the queue and the worker thread. */
import fs from "node:fs";
import { performance } from "node:perf_hooks";
import { createRenderer } from "./src/render/index.ts";
import { renderInput, type RenderInput } from "./src/render-input.ts";

/** One measured line; a peer is measured by whoever has it at hand. */
export type Measurement = { readonly name: string; readonly value: number; readonly unit: string; readonly peer: number | null; readonly ratio: number | null };

const warmUp = 30;
const letters = 300;

/** Measures letters per second for a one-page and a two-page letter, warm. */
export async function run(): Promise<readonly Measurement[]> {
  const renderer = createRenderer();
  const results: Measurement[] = [];
  for (const [name, file] of [["one page", "src/types/sd/example.json"], ["two pages, table and catch-word", "test/two-pages.json"]] as const) {
    const example = fs.readFileSync(new URL(file, import.meta.url), "utf8");
    const inputs = Array.from({ length: warmUp + letters }, (_, index) => another(example, index));
    for (const input of inputs.slice(0, warmUp)) await renderer.pdf(input);
    const start = performance.now();
    for (const input of inputs.slice(warmUp)) await renderer.pdf(input);
    const seconds = (performance.now() - start) / 1000;
    results.push({ name: `naskah: letter to PDF/A-2a + PDF/UA-1, ${name}`, value: letters / seconds, unit: "letters/s", peer: null, ratio: null });
  }
  await renderer.close();
  return results;
}

/** A letter that shares with the last what letters of one office share, and no paragraph: Typst remembers what it has laid out. */
const another = (example: string, index: number): RenderInput => {
  const letter = renderInput.parse(JSON.parse(example, (key, value) => (key === "text" ? `${value} (${index})` : value)));
  const code = `Q${String(index).padStart(9, "0")}`;
  return { ...letter, number: `500.12.6.3/${index}/SETDA/2026`, verification: letter.verification === null ? null : { url: letter.verification.url.replace(letter.verification.code, code), code } };
};

if (import.meta.main) console.table(await run());
