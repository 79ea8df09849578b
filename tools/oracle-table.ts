/** What one judge said of one thing: `ok` is true, false, or anything else for "could not tell". */
export type Cell = { readonly row: string; readonly column: string; readonly ok: unknown; readonly detail: string };

/** Judges across, things down: ✔ agreed, ✖ differs, and a number where a judge could not tell, with the reasons below. */
export function tableOf(cells: readonly Cell[]): string {
  if (cells.length === 0) return "";
  const [rows, columns] = [[...new Set(cells.map(({ row }) => row))], [...new Set(cells.map(({ column }) => column))]];
  const reasons = [...new Set(cells.filter(({ ok }) => typeof ok !== "boolean").map(({ column, detail }) => `${column}: ${detail}`))];
  const mark = ({ ok, column, detail }: Cell): string => (ok === true ? "✔" : ok === false ? "✖" : `(${reasons.indexOf(`${column}: ${detail}`) + 1})`);
  const width = Math.max(...rows.map((row) => row.length));
  const line = (name: string, marks: readonly string[]): string => `${name.padEnd(width)}  ${marks.map((each, k) => each.padEnd(columns[k]?.length ?? 0)).join("  ").trimEnd()}\n`;
  const body = rows.map((row) => line(row, columns.map((column) => cells.filter((cell) => cell.row === row && cell.column === column).map(mark).join(""))));
  return `\n${line("", columns)}${body.join("")}${reasons.map((reason, k) => `(${k + 1}) ${reason}\n`).join("")}\n`;
}
