import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { letterTypes, renderInput } from "@lontar/naskah";
import { createRenderer } from "@lontar/naskah/render";
import { nodePort } from "@lontar/pades/node";
import { contentOf } from "@lontar/seal";
import { standInSeal } from "./print.ts";

describe("what a seal says of a letter's pages", () => {
  let renderer: ReturnType<typeof createRenderer>;
  before(() => void (renderer = createRenderer()));
  after(() => renderer.close());

  it("is found again in a letter of every type, whatever code of a seal's length is drawn on it, and not in another's", async () => {
    const seen = new Set<string>();
    for (const { code } of letterTypes) {
      const example = renderInput.parse(JSON.parse(await readFile(new URL(`../../../../packages/naskah/src/types/${code.toLowerCase()}/example.json`, import.meta.url), "utf8")));
      const held = async (seal: string, host = "surat.contoh.go.id"): Promise<string> => (await contentOf((await renderer.pdf({ ...example, verification: { url: `https://${host}/v/${seal}`, code: "7F3KQ92MAB" } })).pdf, nodePort)) ?? assert.fail(`${code} has no content`);
      const plain = await held(standInSeal);
      // From the shortest seal of an ordinary letter to the longest: versions 10 to 15 of the code.
      for (const length of [230, 300, 380, 470, 545]) assert.equal(await held("QX7ZK2MB4T".repeat(60).slice(0, length)), plain, `${code}, ${length}`);
      seen.add(plain);
    }
    assert.equal(seen.size, letterTypes.length);
  });
});
