import { documentLimits, emptyDocument, documentSchema, type Block, type Doc, type Inline, type ListItem, type Mark, type TableCell } from "@lontar/naskah";

// The editor's nodes carry more attributes than a letter may (tables know alignment, lists a class). What is sent is rebuilt from the
// parts that the letter's schema names, so that a paste from elsewhere can never make a draft that the server refuses.

type Raw = Readonly<Record<string, unknown>>;

const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);
const childrenOf = (node: Raw): readonly Raw[] => (Array.isArray(node["content"]) ? node["content"].filter(isRaw) : []);
const attrsOf = (node: Raw): Raw => (isRaw(node["attrs"]) ? node["attrs"] : {});
const whole = (value: unknown, least: number, most: number): number | undefined => (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most ? value : undefined);

// oxlint-disable-next-line no-control-regex -- the same letters that the document schema refuses
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu;

/** Text without control and direction marks; a tab becomes a space. */
export const printable = (text: string): string => text.replaceAll("\t", " ").replaceAll("\u00a0", " ").replaceAll(unprintable, "");

const marksOf = (node: Raw): readonly Mark[] => {
  const marks = Array.isArray(node["marks"]) ? node["marks"].filter(isRaw) : [];
  return (["bold", "italic", "underline"] as const).filter((type) => marks.some((mark) => mark["type"] === type)).map((type) => ({ type }));
};

const inlines = (nodes: readonly Raw[]): readonly Inline[] =>
  nodes.flatMap((node): readonly Inline[] => {
    if (node["type"] === "hardBreak") return [{ type: "hardBreak" }];
    if (node["type"] !== "text" || typeof node["text"] !== "string") return [];
    const text = printable(node["text"]);
    const marks = marksOf(node);
    return text === "" ? [] : [{ type: "text", text, ...(marks.length > 0 && { marks }) }];
  });

const listItems = (node: Raw, depth: number): readonly ListItem[] => childrenOf(node).map((item) => ({ type: "listItem", content: atLeastOne(blocks(childrenOf(item), depth + 1)) }));

const atLeastOne = (found: readonly Block[]): readonly Block[] => (found.length > 0 ? found : [{ type: "paragraph" }]);

const cell = (node: Raw): TableCell => {
  const { colspan, rowspan, colwidth } = attrsOf(node);
  const columns = whole(colspan, 2, documentLimits.columns);
  const rows = whole(rowspan, 2, 100);
  const widths = Array.isArray(colwidth) ? colwidth.map((width) => (typeof width === "number" && width >= 1 && width <= 5000 ? width : null)) : undefined;
  const attrs = { ...(columns !== undefined && { colspan: columns }), ...(rows !== undefined && { rowspan: rows }), ...(widths !== undefined && { colwidth: widths }) };
  const content = blocks(childrenOf(node), 1).flatMap((block) => (block.type === "table" ? [] : [block]));
  return { type: node["type"] === "tableHeader" ? "tableHeader" : "tableCell", ...(Object.keys(attrs).length > 0 && { attrs }), content: content.length > 0 ? content : [{ type: "paragraph" }] };
};

const blocks = (nodes: readonly Raw[], depth: number): readonly Block[] =>
  nodes.flatMap((node): readonly Block[] => {
    if (depth > documentLimits.depth) return [];
    switch (node["type"]) {
      case "paragraph": {
        const content = inlines(childrenOf(node));
        return [{ type: "paragraph", ...(content.length > 0 && { content }) }];
      }
      case "orderedList": {
        const { start, type } = attrsOf(node);
        const first = whole(start, 2, 999);
        const style = type === "1" || type === "a" ? type : undefined;
        const attrs: { start?: number; type?: "1" | "a" } = { ...(first !== undefined && { start: first }), ...(style !== undefined && { type: style }) };
        const content = listItems(node, depth);
        return content.length === 0 ? [] : [{ type: "orderedList", ...(Object.keys(attrs).length > 0 && { attrs }), content }];
      }
      case "bulletList": {
        const content = listItems(node, depth);
        return content.length === 0 ? [] : [{ type: "bulletList", content }];
      }
      case "table": {
        const rows = childrenOf(node).map((row) => ({ type: "tableRow" as const, content: childrenOf(row).map(cell) })).filter((row) => row.content.length > 0);
        return rows.length === 0 ? [] : [{ type: "table", content: rows }];
      }
      default:
        return [];
    }
  });

/** What the editor holds, as a letter may say it. */
export const documentOf = (editorJson: unknown): Doc => ({ type: "doc", content: isRaw(editorJson) ? atLeastOne(blocks(childrenOf(editorJson), 0)) : emptyDocument.content });

/** A stored body as a document; one that cannot be read is shown empty rather than crash the page. */
export const readDocument = (body: unknown): Doc => {
  const read = documentSchema.safeParse(body);
  return read.success ? read.data : documentOf(body);
};
