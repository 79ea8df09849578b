import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The files of the repository that match, dependencies and built pages excepted, whose path contains one of the words (if any). */
export const findFiles = (root: string, patterns: readonly string[], words: readonly string[]): readonly string[] =>
  globSync(patterns, { cwd: root, exclude: (path) => /(^|\/)(node_modules|dist|\.cache|data)$/.test(path) })
    .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
    .sort();

/** Imports a file and calls what it exports under `name`; a file without it is a mistake worth stopping for. */
export const callExport = async (root: string, file: string, name: string): Promise<unknown> => {
  const module: unknown = await import(pathToFileURL(join(root, file)).href);
  const exported: unknown = typeof module === "object" && module !== null ? Reflect.get(module, name) : undefined;
  if (typeof exported !== "function") throw new TypeError(`${file} exports no function ${name}()`);
  return exported();
};

/** The list that a `run()` answered, as records whose fields are yet to be looked at. */
export const recordsOf = (file: string, answer: unknown): readonly Readonly<Record<string, unknown>>[] => {
  if (!Array.isArray(answer)) throw new TypeError(`run() of ${file} answers no list`);
  return answer.map((item: unknown) => {
    if (typeof item !== "object" || item === null) throw new TypeError(`run() of ${file} answers a list with ${String(item)} in it`);
    return Object.fromEntries(Object.entries(item));
  });
};
