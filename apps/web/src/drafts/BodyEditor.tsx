import { TableKit } from "@tiptap/extension-table";
import { EditorContent, useEditor, useEditorState, type Editor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import type { ReactElement } from "react";
import { documentOf, readDocument } from "./document-shape.ts";
import type { Content } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import css from "./Draft.module.css";

// Only what the letter's document schema knows: no headings, quotes, code or links.
const extensions = [StarterKit.configure({ heading: false, blockquote: false, code: false, codeBlock: false, horizontalRule: false, strike: false, link: false }), TableKit.configure({ table: { resizable: false } })];

/** The body of a letter. A paste from elsewhere keeps only what a letter may hold. */
export const BodyEditor = ({ body, onChange }: { readonly body: Content["body"]; readonly onChange: (body: Content["body"]) => void }): ReactElement => {
  const words = useDraftMessages();
  const editor = useEditor({
    extensions,
    content: JSON.parse(JSON.stringify(readDocument(body))),
    editorProps: { attributes: { "aria-label": words.parts.body, role: "textbox", "aria-multiline": "true" } },
    onUpdate: ({ editor: changed }) => onChange(JSON.parse(JSON.stringify(documentOf(changed.getJSON())))),
  });
  return (
    <div className={css["editor"]}>
      {editor !== null && <Tools editor={editor} />}
      <div className={css["body"]}><EditorContent editor={editor} /></div>
    </div>
  );
};

const Tools = ({ editor }: { readonly editor: Editor }): ReactElement => {
  const { tools } = useDraftMessages();
  const state = useEditorState({ editor, selector: ({ editor: now }) => ({ bold: now.isActive("bold"), italic: now.isActive("italic"), underline: now.isActive("underline"), ordered: now.isActive("orderedList"), bullets: now.isActive("bulletList") }) });
  const tool = (label: string, sign: string, run: () => void, isPressed?: boolean): ReactElement => (
    <button type="button" aria-label={label} title={label} aria-pressed={isPressed} onMouseDown={(event) => event.preventDefault()} onClick={run}><span aria-hidden="true">{sign}</span></button>
  );
  return (
    <div className={css["tools"]} role="toolbar" aria-label={tools.bold}>
      {tool(tools.bold, "B", () => editor.chain().focus().toggleBold().run(), state.bold)}
      {tool(tools.italic, "I", () => editor.chain().focus().toggleItalic().run(), state.italic)}
      {tool(tools.underline, "U", () => editor.chain().focus().toggleUnderline().run(), state.underline)}
      {tool(tools.ordered, "≔", () => editor.chain().focus().toggleOrderedList().run(), state.ordered)}
      {tool(tools.bullets, "•", () => editor.chain().focus().toggleBulletList().run(), state.bullets)}
      <button type="button" aria-label={tools.table} title={tools.table} onClick={() => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}><span aria-hidden="true">▦</span></button>
      {tool(tools.undo, "↶", () => editor.chain().focus().undo().run())}
      {tool(tools.redo, "↷", () => editor.chain().focus().redo().run())}
    </div>
  );
};
