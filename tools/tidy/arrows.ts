import { posix } from "node:path";
import { isTest, isTool, placeOf, type Place } from "./places.ts";
import type { Import, Offence, Source } from "./source.ts";

/** Which packages each package may import; `testkit` may import anything and is imported by tests alone. */
const packageArrows: Readonly<Record<string, readonly string[]>> = { ledger: [], pades: [], naskah: [], contract: ["naskah"], seal: ["pades"] };

/** What a package may use that is not ours; a package absent here may use what its package.json lists. */
const withoutDependencies = new Set(["ledger"]);

/** The server's modules in their order: each may import those to its left. Calls go down the order, news comes back up as a job. */
export const serverOrder = ["organisation", "access", "records", "letters", "signing", "drafts", "dispositions", "village", "handover", "oversight", "flags"];

/** Modules beside the order: what each may import besides the kernel. */
const serverBeside: Readonly<Record<string, readonly string[]>> = { audit: ["witness"], witness: [], insight: serverOrder, rights: [...serverOrder, "inquiry"], inquiry: [...serverOrder, "audit"] };

/** What every page of the web app may import, in its own order: `session` is who is signed in and as which positions, `shell` the frame in which a page sits. */
const webBase = ["kernel", "ui", "session", "shell"];

/** Third parties that one place alone may import, so that replacing them means changing that place. */
const walls: readonly { readonly library: RegExp; readonly allowed: RegExp; readonly types: boolean; readonly say: string }[] = [
  {
    library: /^(fastify|@fastify\/.+)$/,
    allowed: /^apps\/server\/src\/(kernel\/http(\/.+)?\.ts|main\.ts)$/,
    types: false,
    say: "the HTTP framework is imported only in kernel/http.ts and main.ts; a route is data",
  },
  {
    library: /^(pg|kysely)(\/.+)?$/,
    allowed: /^apps\/server\/(src\/kernel\/.+|src\/.+\/(store|queries)|src\/flags\/kinds\/.+|db\/.+)\.ts$/, // a red flag is one file: its words beside its SQL
    types: true,
    say: "SQL lives in the kernel, store.ts and queries.ts; move the statement there",
  },
];

/** The import arrows of the architecture: everything that is not allowed here is an offence. */
export const checkArrows = (source: Source): readonly Offence[] => {
  if (isTool(source.path)) return [];
  return source.imports.flatMap((entry) => {
    const message = isTest(source.path) ? undefined : (wallOffence(source.path, entry) ?? arrowOffence(source.path, entry));
    return message === undefined ? [] : [{ path: source.path, line: source.lineAt(entry.offset), message }];
  });
};

const wallOffence = (path: string, { specifier, typeOnly }: Import): string | undefined =>
  walls.find(({ library, allowed, types }) => library.test(specifier) && !allowed.test(path) && !(types && typeOnly))?.say;

const arrowOffence = (path: string, { specifier }: Import): string | undefined => {
  const from = placeOf(path);
  if (specifier === "@lontar/testkit" || specifier.startsWith("@lontar/testkit/")) return "testkit is for tests alone";
  if (specifier.startsWith("@lontar/")) return packageOffence(from, specifier.split("/")[1] ?? "");
  if (specifier.startsWith(".")) return relativeOffence(from, path, posix.normalize(posix.join(posix.dirname(path), specifier)));
  const foreign = !specifier.startsWith("node:") && !specifier.startsWith("#");
  if (foreign && from.part === "package" && withoutDependencies.has(from.name)) return `${from.name} has no dependency: not even ${specifier}`;
  return undefined;
};

const packageOffence = (from: Place, to: string): string | undefined => {
  if (from.part !== "package") return to === "server" || to === "web" ? `an app is not a library: @lontar/${to} cannot be imported` : undefined;
  if (from.name === to || (packageArrows[from.name] ?? []).includes(to)) return undefined;
  return `package ${from.name} may not import ${to}; it may import: ${list(packageArrows[from.name])}`;
};

const relativeOffence = (from: Place, path: string, target: string): string | undefined => {
  const to = placeOf(target);
  switch (from.part) {
    case "package":
      return to.part === "package" && to.name === from.name ? undefined : `a package reaches outside itself: ${target}`;
    case "server-root":
    case "server-tables":
      return to.part.startsWith("server") ? undefined : `the server imports ${target}; import the package by its name`;
    case "server-module":
      return serverModuleOffence(from.name, to, target);
    case "web-root":
      return to.part.startsWith("web") ? undefined : `the web app imports ${target}; import the package by its name`;
    case "web-module":
      return webModuleOffence(from.name, to, target);
    case "elsewhere":
      return undefined;
    default:
      return from satisfies never;
  }
};

const serverModuleOffence = (from: string, to: Place, target: string): string | undefined => {
  if (to.part === "server-tables") return from === "kernel" ? undefined : "the tables' types reach modules through kernel/db.ts";
  if (to.part !== "server-module") return `module ${from} may not import ${target}: only kernel, and the faces of modules before it`;
  if (to.name === from) return undefined;
  if (from === "kernel") return `the kernel knows no module, yet imports ${target}`;
  if (to.name === "kernel") return undefined;
  const position = serverOrder.indexOf(from);
  const allowed = serverBeside[from] ?? (position < 0 ? undefined : serverOrder.slice(0, position));
  if (allowed === undefined) return `module ${from} has no place in the order yet: give it one in tools/tidy/arrows.ts`;
  if (!allowed.includes(to.name)) return `module ${from} may not import ${to.name}; it may import: kernel, ${list(allowed)}`;
  if (posix.basename(to.file) === "index.ts" || (from === "insight" && to.file === "queries.ts")) return undefined;
  return `import an index.ts of ${to.name}, the face of the module or of one of its parts, not ${to.file}`;
};

const webModuleOffence = (from: string, to: Place, target: string): string | undefined => {
  if (to.part === "web-root") return `${from} imports ${target}: the router knows the modules, they do not know it`;
  if (to.part !== "web-module") return `the web app imports ${target}; import the package by its name`;
  const position = webBase.indexOf(from);
  const allowed = position < 0 ? webBase : webBase.slice(0, position);
  if (to.name === from || allowed.includes(to.name)) return undefined;
  return `web module ${from} may not import ${to.name}; it may import: ${list(allowed)}`;
};

const list = (names: readonly string[] | undefined): string => (names === undefined || names.length === 0 ? "no other" : names.join(", "));
