import { isTest } from "./places.ts";
import { walk, type Offence, type Source } from "./source.ts";
import { titlesIn } from "./words.ts";

/** What a dialog's line on the list of `apps/web/e2e/dialogs.ts` must answer for: itself, or the journey that opens it. */
export type ListedDialog = { readonly journey?: string; readonly test?: string };

/**
 * The dialogs that a file of the web app draws: every top-level part that draws `Dialog`, or a frame around it which is told its title
 * (`NoteDialog`, `DossierDialog`). Named after where it is: `received/ReplyDialog.tsx ReplyDialog`.
 */
export const dialogsIn = (source: Source): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  if (!source.path.startsWith(pages) || isTest(source.path)) return found;
  for (const statement of source.program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    const [first] = declaration?.type === "VariableDeclaration" ? declaration.declarations : [];
    if (first?.id.type !== "Identifier") continue;
    const { name } = first.id;
    walk(first, (node) => {
      if (node.type !== "JSXOpeningElement" || node.name.type !== "JSXIdentifier" || !node.name.name.endsWith("Dialog")) return;
      const isTitled = node.attributes.some((attribute) => attribute.type === "JSXAttribute" && attribute.name.name === "title");
      if (node.name.name === "Dialog" || isTitled) found.set(`${source.path.slice(pages.length)} ${name}`, source.lineAt(node.start));
    });
  }
  return found;
};

const pages = "apps/web/src/";
const list = "apps/web/e2e/dialogs.ts";

/** No dialog is without a line on the list, no line without its dialog, and a journey that a line names exists. */
export const checkDialogs = (sources: readonly Source[], listed: ReadonlyMap<string, ListedDialog>, journeys: ReadonlyMap<string, string>): readonly Offence[] => {
  const drawn = sources.flatMap((source) => [...dialogsIn(source)].map(([name, line]) => ({ name, line, path: source.path })));
  const names = new Set(drawn.map(({ name }) => name));
  const offence = (message: string): Offence => ({ path: list, line: 1, message });
  return [
    ...drawn.filter(({ name }) => !listed.has(name)).map(({ name, line, path }) => ({ path, line, message: `the dialog ${name} is not on the list of ${list}: say how the keyboard opens it` })),
    ...[...listed.keys()].filter((name) => !names.has(name)).map((name) => offence(`there is no dialog ${name}`)),
    ...[...listed].flatMap(([name, { journey, test = "" }]) => {
      if (journey === undefined) return [];
      const text = journeys.get(`apps/web/e2e/${journey}`);
      if (text === undefined) return [offence(`${name}: there is no journey ${journey}`)];
      return titlesIn(text).some((title) => title === test) ? [] : [offence(`${name}: ${journey} has no test “${test}”`)];
    }),
  ];
};
