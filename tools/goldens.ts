import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { callExport, findFiles } from "./runs.ts";

/** A committed file that is generated, what stands in it, and what would be generated now. */
export type Golden = { readonly file: string; readonly committed: string | undefined; readonly generated: string };

/**
 * Runs every generator: `draft.golden.ts` exports `generate()`, whose text belongs in `draft.golden.txt` beside it, or in the
 * file its name promises: `schema.sql.golden.ts` writes `schema.sql`.
 */
export const generateGoldens = async (root: string, words: readonly string[] = []): Promise<readonly Golden[]> => {
  const goldens: Golden[] = [];
  for (const generator of findFiles(root, ["packages/**/*.golden.ts", "apps/**/*.golden.ts"], words)) {
    const file = goldenFile(generator);
    const generated = await callExport(root, generator, "generate");
    if (typeof generated !== "string") throw new TypeError(`generate() of ${generator} answers no text`);
    goldens.push({ file, committed: existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : undefined, generated });
  }
  return goldens;
};

/** `a/draft.golden.ts` → `a/draft.golden.txt`; `db/schema.sql.golden.ts` → `db/schema.sql`. */
export const goldenFile = (generator: string): string => {
  const name = generator.replace(/\.golden\.ts$/, "");
  return /\.[a-z]+$/.test(name.split("/").at(-1) ?? "") ? name : `${name}.golden.txt`;
};
