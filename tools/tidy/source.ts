import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, type ESTree } from "vite";

/** One TypeScript file of the tree, parsed. */
export type Source = {
  /** From the repository's root, with forward slashes: `apps/server/src/main.ts`. */
  readonly path: string;
  readonly text: string;
  readonly program: ESTree.Program;
  readonly comments: ReturnType<typeof parseSync>["comments"];
  readonly imports: readonly Import[];
  /** The line of an offset, counted from 1. */
  readonly lineAt: (offset: number) => number;
};

/** One `import`, `export … from` or `import()` and where it stands. */
export type Import = { readonly specifier: string; readonly typeOnly: boolean; readonly offset: number };

/** Something that is not as the house style has it. */
export type Offence = { readonly path: string; readonly line: number; readonly message: string };

/** Every TypeScript source of the repository; dependencies and built pages are not ours. */
export const readTree = (root: string): readonly Source[] =>
  globSync("{packages,apps,tools}/**/*.{ts,tsx}", { cwd: root, exclude: (path) => /(^|\/)(node_modules|dist)$/.test(path) })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.endsWith(".d.ts") && !path.endsWith(".d.mts"))
    .sort()
    .map((path) => parseSource(path, readFileSync(join(root, path), "utf8")));

/** Parses one file; a file that does not parse is the compiler's business and has no offences of its own. */
export const parseSource = (path: string, text: string): Source => {
  const { program, comments } = parseSync(path, text);
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lineAt = (offset: number): number => lineStarts.findLastIndex((start) => start <= offset) + 1;
  return { path, text, program, comments, imports: importsOf(program), lineAt };
};

/** Calls `see` for every node, parents before children. */
export const walk = (node: unknown, see: (node: ESTree.Node, parent: ESTree.Node | undefined) => void, parent?: ESTree.Node): void => {
  if (Array.isArray(node)) return node.forEach((child) => walk(child, see, parent));
  if (!isNode(node)) return;
  see(node, parent);
  for (const child of Object.values(node)) if (typeof child === "object" && child !== null) walk(child, see, node);
};

/** What the comments on the lines of `node`, or on the line above it, say. */
export const commentsAt = (source: Source, node: ESTree.Span): string => {
  const [first, last] = [source.lineAt(node.start), source.lineAt(node.end)];
  return source.comments
    .filter(({ start, end }) => source.lineAt(start) <= last && source.lineAt(end) >= first - 1)
    .map(({ value }) => value)
    .join(" ");
};

const isNode = (value: unknown): value is ESTree.Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

const importsOf = (program: ESTree.Program): readonly Import[] => {
  const found: Import[] = [];
  walk(program, (node) => {
    if (node.type === "ImportDeclaration") {
      const typeOnly = node.importKind === "type" || (node.specifiers.length > 0 && node.specifiers.every(isTypeSpecifier));
      found.push({ specifier: node.source.value, typeOnly, offset: node.start });
    } else if ((node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration") && node.source !== null) {
      found.push({ specifier: node.source.value, typeOnly: node.exportKind === "type", offset: node.start });
    } else if (node.type === "ImportExpression" && node.source.type === "Literal" && typeof node.source.value === "string") {
      found.push({ specifier: node.source.value, typeOnly: false, offset: node.start });
    }
  });
  return found;
};

const isTypeSpecifier = (specifier: ESTree.ImportDeclarationSpecifier): boolean =>
  specifier.type === "ImportSpecifier" && specifier.importKind === "type";
