// A spreadsheet takes a cell that begins so for a formula, and would run what a sender wrote into a title (CWE-1236).
const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

const cell = (text: string): string => `"${(isFormula(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** A list as a spreadsheet reads it: RFC 4180 with a mark that says UTF-8, and nothing in it that would be computed. */
export const writeCsv = (header: readonly string[], lines: readonly (readonly string[])[]): string => `\uFEFF${[header, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
