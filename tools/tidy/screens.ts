import { walk, type Offence, type Source } from "./source.ts";

const nativeDates: ReadonlySet<unknown> = new Set(["date", "datetime-local", "month", "week", "time"]);

/** Dates and times are asked for by our own fields: the browser's write them as its country does (`mm/dd/yyyy`, `PM`), whatever the office writes. */
export const checkDateInputs = (source: Source): readonly Offence[] => {
  if (!source.path.startsWith("apps/web/src/")) return [];
  const offences: Offence[] = [];
  walk(source.program, (node) => {
    if (node.type !== "JSXAttribute" || node.name.type !== "JSXIdentifier" || node.name.name !== "type" || node.value?.type !== "Literal" || !nativeDates.has(node.value.value)) return;
    offences.push({ path: source.path, line: source.lineAt(node.start), message: "the browser's own date input: use DayField, DateField or HourField of ui/" });
  });
  return offences;
};
