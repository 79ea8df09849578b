/** Typst, kept behind one file: data in, PDF out. Synchronous; the worker calls it. */
import { createRequire } from "node:module";
import path from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { declareAccessible } from "./accessible.ts";
import type { NodeError, NodeTypstDocument } from "@myriaddreamin/typst-ts-node-compiler";

/** A rendered letter. */
export type Rendered = { readonly pdf: Uint8Array; readonly pages: number };

/** Typst refused: a template or font fault, never a drafter's mistake. */
export class TypstFault extends Error {
  override readonly name = "TypstFault";
}

// Typst remembers what was not used again for this many forgettings: long enough for what every letter shares
// (templates, crest, footer), short enough that the words of a letter are soon gone.
const keptForgettings = 1;

const require = createRequire(import.meta.url);

/** Font files of the house face, in the order regular, italic, bold, bold italic. */
export const arimoFiles: readonly string[] = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"].map((style) =>
  path.join(path.dirname(require.resolve("@expo-google-fonts/arimo/package.json")), style, `Arimo_${style}.ttf`),
);

/** A compiler over the templates of this package. */
export type LetterCompiler = {
  /** Lays the letter out and counts its pages. */
  readonly lay: (template: string, data: string) => NodeTypstDocument;
  /** Writes a laid-out letter as tagged PDF/A-2a and PDF/UA-1 dated `timestamp` (seconds). */
  readonly write: (document: NodeTypstDocument, timestamp: number) => Uint8Array<ArrayBuffer>;
  /** Lets go of what the renders since the last forgetting did not use again. */
  readonly forget: () => void;
};

/** Opens the compiler; reads the fonts once. */
export function openCompiler(): LetterCompiler {
  const workspace = path.resolve(import.meta.dirname, "..");
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [...arimoFiles] }] });
  // The letter is a file that exists only in the compiler's memory: given as `sys.inputs` it would be part of Typst's
  // standard library, and with the library everything that was remembered about the last letter would be new.
  const letter = path.join(workspace, "letter.json");
  return {
    lay: (template, data) => {
      compiler.mapShadow(letter, Buffer.from(data));
      const result = compiler.compile({ mainFilePath: path.join(workspace, template) });
      const error = result.takeError();
      if (error !== null) throw new TypstFault(`${template}: ${said(compiler, error)}`);
      // An unknown font is only a warning to Typst; to us it is a letter in the wrong face.
      const warnings = result.takeWarnings();
      if (warnings !== null) throw new TypstFault(`${template}: warning: ${said(compiler, warnings)}`);
      if (result.result === null) throw new TypstFault(`${template}: no document`);
      return result.result;
    },
    write: (document, timestamp) => declareAccessible(compiler.pdf(document, { pdfStandard: "a-2a", pdfTags: true, creationTimestamp: timestamp })),
    forget: () => compiler.evictCache(keptForgettings),
  };
}

const said = (compiler: NodeCompiler, error: NodeError): string =>
  compiler
    .fetchDiagnostics(error)
    .map((entry: { readonly message?: string; readonly path?: string; readonly range?: string }) => `${entry.message} (${entry.path} ${entry.range})`)
    .join("; ");
