import { basename } from "node:path";
import type { ESTree } from "vite";
import { isTest, isTool } from "./places.ts";
import { commentsAt, walk, type Offence, type Source } from "./source.ts";

/** Names that say nothing: name the concept instead. */
export const checkFileNames = ({ path }: Source): readonly Offence[] => {
  const empty = path.split("/").find((part) => /^(.+[-.])?(utils?|helpers?|common|misc|manager)(\.\w+)*$/.test(part));
  return empty === undefined ? [] : [{ path, line: 1, message: `"${empty}" names no concept: say what is inside` }];
};

const face = /^(packages\/[\w-]+\/src\/(.+\/)?|apps\/(server|web)\/src\/[\w-]+\/(.+\/)?)index\.tsx?$/;
const longestFace = 20;

/** `index.ts` is only the face of a package or module; a module's is short enough to be read at a glance. */
export const checkFaces = ({ path, program, lineAt }: Source): readonly Offence[] => {
  if (!/^index\.tsx?$/.test(basename(path))) return [];
  if (!face.test(path)) return [{ path, line: 1, message: "index.ts is only the face of a package or module" }];
  const other = program.body.find(({ type }) => !["ImportDeclaration", "ExportNamedDeclaration", "ExportAllDeclaration"].includes(type));
  if (other !== undefined) return [{ path, line: lineAt(other.start), message: "a face only exports; move the code to a file named after it" }];
  if (!path.startsWith("apps/server/")) return [];
  const lines = new Set(program.body.flatMap(({ start, end }) => range(lineAt(start), lineAt(end)))).size;
  return lines <= longestFace ? [] : [{ path, line: 1, message: `${lines} lines of exports: a module shows at most ${longestFace}` }];
};

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Every exported thing has a sentence saying what it is; one sentence may cover exports that follow line upon line. */
export const checkDocumentation = (source: Source): readonly Offence[] => {
  if (isTest(source.path) || isTool(source.path)) return [];
  let covered = -1; // the last line of the statement whose sentence still speaks
  return source.program.body.flatMap((statement) => {
    const [first, last] = [source.lineAt(statement.start), source.lineAt(statement.end)];
    const documented = hasDocBefore(source, statement) || covered === first - 1;
    covered = documented ? last : -1;
    if (documented || statement.type !== "ExportNamedDeclaration" || statement.declaration === null) return [];
    return [{ path: source.path, line: first, message: `say in a /** sentence */ what ${declaredName(statement.declaration)} is and promises` }];
  });
};

const hasDocBefore = ({ comments, text }: Source, statement: ESTree.Span): boolean =>
  comments.some(({ type, value, start, end }) =>
    type === "Block" && value.startsWith("*") && start < statement.start && /^\s*$/.test(withoutComments(text.slice(end, statement.start))));

const withoutComments = (between: string): string => between.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, "");

const declaredName = (declaration: ESTree.Declaration): string => {
  if (declaration.type === "VariableDeclaration") {
    const id = declaration.declarations[0]?.id;
    return id?.type === "Identifier" ? id.name : "this";
  }
  return "id" in declaration && declaration.id?.type === "Identifier" ? declaration.id.name : "this";
};

/** Where letter types are defined, and so the only place that may say their codes. */
const letterTypes = "packages/naskah/src/types/";

/** The codes of all registered letter types, read from their definitions. */
export const letterCodes = (tree: readonly Source[]): ReadonlySet<string> => {
  const codes = new Set<string>();
  for (const { path, program } of tree) {
    if (!path.startsWith(letterTypes) || isTest(path)) continue;
    walk(program, (node) => {
      if (node.type !== "Property" || node.key.type !== "Identifier" || node.key.name !== "code") return;
      if (node.value.type === "Literal" && typeof node.value.value === "string" && /^[A-Z][A-Z-]*$/.test(node.value.value)) codes.add(node.value.value);
    });
  }
  return codes;
};

/** No code outside the letter types may ask "is this a Surat Tugas?": the type says what it needs, and the rest reads that. */
export const checkLetterCodes = (source: Source, codes: ReadonlySet<string>): readonly Offence[] => {
  if (source.path.startsWith(letterTypes) || isTest(source.path) || isTool(source.path)) return [];
  const offences: Offence[] = [];
  walk(source.program, (node) => {
    if (node.type !== "Literal" || typeof node.value !== "string" || !codes.has(node.value)) return;
    if (/not (the|a) letter/i.test(commentsAt(source, node))) return; // "SD" is a primary school, too
    const message =
      `the letter code "${node.value}" belongs to ${letterTypes}: give the type a property that says what you need here ` +
      `(if the word means something else, say so: // ${node.value} is …, not the letter type)`;
    offences.push({ path: source.path, line: source.lineAt(node.start), message });
  });
  return offences;
};

/** Folders that exist on one person's machine; written in pieces so that this file does not name them itself. */
const machinePath = new RegExp(["/wor", "k/(main|shared)|/Use", "rs/\\w+/|/hom", "e/[a-z]+/|/tm", "p/briefs"].join(""));

/** The product does not know the machine it was written on. */
export const checkMachinePaths = (path: string, text: string): readonly Offence[] =>
  text.split("\n").flatMap((line, index) =>
    machinePath.test(line) ? [{ path, line: index + 1, message: "names a folder of somebody's machine" }] : [],
  );

/**
 * Every test that a document names exists: the file, by the end of its path, and every title beside it, by its beginning:
 * `` `access/flow.test.ts` “a stranger who types”, “out everywhere” ``.
 */
export const checkNamedTests = (path: string, text: string, tests: ReadonlyMap<string, string>): readonly Offence[] =>
  text.split("\n").flatMap((line, index) =>
    [...line.matchAll(/`([\w./-]+\.test\.ts)`((?:,? “[^”]+”)*)/g)].flatMap(([, file = "", titles = ""]): readonly Offence[] => {
      const offence = (message: string): Offence => ({ path, line: index + 1, message });
      const found = [...tests].flatMap(([test, source]) => (test === file || test.endsWith(`/${file}`) ? titlesIn(source) : []));
      if (found.length === 0) return [offence(`there is no test file ${file}`)];
      return [...titles.matchAll(/“([^”]+)”/g)].flatMap(([, title = ""]) => (found.some((real) => real.startsWith(title)) ? [] : [offence(`${file} has no test “${title} …”`)]));
    }),
  );

/** The names of the tests in a file. */
export const titlesIn = (source: string): readonly string[] => [...source.matchAll(/\b(?:test|it)\(\s*(["`])(.*?)\1/g)].map(([, , title = ""]) => title);
