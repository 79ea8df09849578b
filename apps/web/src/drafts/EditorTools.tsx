import { TableKit } from "@tiptap/extension-table";
import { useEditor, useEditorState, type Editor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { useRef, useState, type FocusEvent, type KeyboardEvent as ReactKeyboardEvent, type ReactElement } from "react";
import { useShortcuts } from "../kernel/keys.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Menu } from "../ui/Menu.tsx";
import { documentOf, readDocument } from "./document-shape.ts";
import type { Content } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import css from "./Editor.module.css";

// Only what the letter's document schema knows: no headings, quotes, code or links.
const extensions = [StarterKit.configure({ heading: false, blockquote: false, code: false, codeBlock: false, horizontalRule: false, strike: false, link: false, trailingNode: false }), TableKit.configure({ table: { resizable: false } })];

const plainJson = (value: unknown) => JSON.parse(JSON.stringify(value));

/** A dialog that closes gives the focus back but not the cursor, and what is typed then goes nowhere. */
const takeCursorBack = (view: Editor["view"]): void =>
  void requestAnimationFrame(() => {
    if (view.hasFocus() && !view.dom.contains(getSelection()?.anchorNode ?? null)) view.focus();
  });

/** Ctrl-Enter submits the naskah, also from within its text; the editor would make a line break of it. */
const leaveToPage = (_: Editor["view"], event: KeyboardEvent): boolean => event.key === "Enter" && (event.ctrlKey || event.metaKey);

/** The editor of a letter's body. A paste from elsewhere keeps only what a letter may hold. A new `edition` brings a text from outside. */
export const useBodyEditor = ({ body, edition, label, invitation, onChange }: { readonly body: Content["body"]; readonly edition: number; readonly label: string; readonly invitation: string; readonly onChange: (body: Content["body"]) => void }): Editor =>
  useEditor({
    extensions,
    content: plainJson(readDocument(body)),
    editorProps: { attributes: { "aria-label": label, role: "textbox", "aria-multiline": "true", "data-invitation": invitation }, handleDOMEvents: { focus: takeCursorBack, keydown: leaveToPage } },
    onUpdate: ({ editor }) => onChange(plainJson(documentOf(editor.getJSON()))),
  }, [edition]);

/** The few tools that a letter needs. Ctrl-B and the other usual keys work too; Alt-F10 goes from the text to the tools, arrows move among them, Esc goes back. */
export const EditorTools = ({ editor }: { readonly editor: Editor }): ReactElement => {
  const { tools, sheet, group } = useDraftMessages();
  const bar = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string>(tools.bold); // the one tool that Tab reaches
  const buttons = (): readonly HTMLButtonElement[] => [...(bar.current?.querySelectorAll<HTMLButtonElement>(":scope > button") ?? [])];
  useShortcuts([{ keys: "alt+f10", says: sheet.tools, group, run: () => buttons().find((button) => button.tabIndex === 0)?.focus(), whileTyping: true }]);
  const move = (event: ReactKeyboardEvent): void => {
    const all = buttons();
    const at = all.findIndex((button) => button === event.target);
    if (at < 0) return; // in the menu of a table
    if (event.key === "Escape") return editor.view.focus(); // at once, so that the next key is already the text's
    const to = event.key === "ArrowRight" ? at + 1 : event.key === "ArrowLeft" ? at - 1 : event.key === "Home" ? 0 : event.key === "End" ? -1 : undefined;
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  };
  const stopAt = (event: FocusEvent): void => {
    const label = event.target.getAttribute("aria-label");
    if (label !== null && event.target.parentElement === bar.current) setStop(label);
  };
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) => ({ bold: now.isActive("bold"), italic: now.isActive("italic"), underline: now.isActive("underline"), ordered: now.isActive("orderedList"), bullets: now.isActive("bulletList"), table: now.isActive("table"), undo: now.can().undo(), redo: now.can().redo() }),
  });
  const tool = (label: string, icon: IconName | "underline", run: () => void, { isPressed, isDisabled = false }: { readonly isPressed?: boolean; readonly isDisabled?: boolean } = {}): ReactElement => (
    // The press must not take the focus out of the text.
    <button type="button" aria-label={label} title={label} aria-pressed={isPressed} aria-disabled={isDisabled || undefined} tabIndex={stop === label ? 0 : -1} onMouseDown={(event) => event.preventDefault()} onClick={isDisabled ? undefined : run}>
      {icon === "underline" ? <u aria-hidden="true">U</u> : <Icon name={icon} size={18} />}
    </button>
  );
  const chain = () => editor.chain().focus();
  return (
    <div className={css["tools"]} ref={bar} role="toolbar" aria-label={sheet.tools} tabIndex={-1} onKeyDown={move} onFocus={stopAt}>
      {tool(tools.undo, "undo", () => chain().undo().run(), { isDisabled: !state.undo })}
      {tool(tools.redo, "redo", () => chain().redo().run(), { isDisabled: !state.redo })}
      <i />
      {tool(tools.bold, "bold", () => chain().toggleBold().run(), { isPressed: state.bold })}
      {tool(tools.italic, "italic", () => chain().toggleItalic().run(), { isPressed: state.italic })}
      {tool(tools.underline, "underline", () => chain().toggleUnderline().run(), { isPressed: state.underline })}
      <i />
      {tool(tools.ordered, "numbered", () => chain().toggleOrderedList().run(), { isPressed: state.ordered })}
      {tool(tools.bullets, "bullets", () => chain().toggleBulletList().run(), { isPressed: state.bullets })}
      {state.table ? (
        <Menu
          label={sheet.tableMenu}
          items={[
            { kind: "act", label: sheet.rowAdd, run: () => chain().addRowAfter().run() },
            { kind: "act", label: sheet.columnAdd, run: () => chain().addColumnAfter().run() },
            { kind: "act", label: sheet.rowDelete, run: () => chain().deleteRow().run() },
            { kind: "act", label: sheet.columnDelete, run: () => chain().deleteColumn().run() },
            { kind: "line" },
            { kind: "act", label: sheet.tableDelete, isDangerous: true, run: () => chain().deleteTable().run() },
          ]}
          button={(given) => <button type="button" {...given} tabIndex={stop === sheet.tableMenu ? 0 : -1} aria-label={sheet.tableMenu} title={sheet.tableMenu} aria-pressed><Icon name="table" size={18} /></button>}
        />
      ) : (
        tool(tools.table, "table", () => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run())
      )}
    </div>
  );
};
