/** Proof, not product: tests and what serves only them may do what the product may not. */
export const isTest = (path: string): boolean =>
  /\.(test|golden|bench|story|stories)\.tsx?$/.test(path) ||
  /(^|\/)(test|e2e|oracles|stories)\//.test(path) ||
  /(^|\/)bench\.ts$/.test(path) ||
  path.startsWith("packages/testkit/");

/** What runs on a developer's machine. */
export const isTool = (path: string): boolean => path.startsWith("tools/") || /(^|\/)[\w-]+\.config\.ts$/.test(path);

/** The parts of the product: which imports are allowed between them is said in `arrows.ts`. */
export type Place =
  | { readonly part: "package"; readonly name: string }
  | { readonly part: "server-root" } // main.ts, cli.ts, seed/ and generate/: they know everyone
  | { readonly part: "server-module"; readonly name: string; readonly file: string } // kernel included
  | { readonly part: "server-tables" } // apps/server/db
  | { readonly part: "web-root" } // main.tsx, router.tsx: they know everyone
  | { readonly part: "web-module"; readonly name: string; readonly file: string } // kernel and ui included
  | { readonly part: "elsewhere" };

/** Folders that fill a whole installation, and so call every module. */
const serverRoots = new Set(["seed", "generate"]);

/** Where a file belongs. */
export const placeOf = (path: string): Place => {
  const [top = "", second = "", third = "", fourth = "", ...deeper] = path.split("/");
  if (top === "packages") return { part: "package", name: second };
  if (top !== "apps") return { part: "elsewhere" };
  if (second === "server" && third === "db") return { part: "server-tables" };
  if (third !== "src" || (second !== "server" && second !== "web")) return { part: "elsewhere" };
  if (deeper.length === 0 || (second === "server" && serverRoots.has(fourth))) return { part: `${second}-root` };
  return { part: `${second}-module`, name: fourth, file: deeper.join("/") };
};
