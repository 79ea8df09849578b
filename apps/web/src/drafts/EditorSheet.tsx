import { letterType, parseNumberPattern, type LetterType } from "@lontar/naskah";
import { EditorContent, type Editor } from "@tiptap/react";
import { useEffect, useState, type ComponentProps, type ReactElement, type ReactNode } from "react";
import { useClassifications } from "../kernel/classifications.ts";
import { useNow } from "../kernel/clock.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { ClassificationField } from "../ui/ClassificationField.tsx";
import { Crest } from "../ui/Crest.tsx";
import { LetterPaper } from "../ui/LetterPaper.tsx";
import type { Content, DraftView } from "./draft-view.ts";
import { FieldsForm } from "./FieldsForm.tsx";
import { OneLine } from "./OneLine.tsx";
import { formOf } from "./field-form.ts";
import { useDraftMessages, type DraftMessages } from "./messages.ts";
import { RecipientDialog } from "./RecipientDialog.tsx";
import { useRemoval } from "./use-removal.ts";
import css from "./Editor.module.css";

type Change = (part: Partial<Content>) => void;

/** The letter itself, written in place: what the law fixes stands still, what the drafter fills is underlined, what comes by itself is dotted. */
export const EditorSheet = ({ draft, content, editor, onChange }: { readonly draft: DraftView; readonly content: Content; readonly editor: Editor; readonly onChange: Change }): ReactElement => {
  const words = useDraftMessages();
  const me = useMe();
  const [picking, setPicking] = useState<"to" | "cc" | undefined>(undefined);
  const type = letterType(draft.type.code);
  useEditableWhen(editor, type?.parts.body !== "none");
  if (type === undefined) return <p>{draft.type.title}</p>;
  const { parts, family } = type;
  const shape = formOf(type);
  const to = <RecipientLines part="to" content={content} onOpen={() => setPicking("to")} onChange={onChange} />;
  const place = parts.tempat === "none" ? null : <Line id="place" label={words.parts.place} value={content.place} maxLength={120} onChange={(next) => onChange({ place: next })} />;
  const number = <NumberSlot type={type} content={content} unitCode={draft.printed?.unitCode} onChange={onChange} />;
  const rows = [
    ...(family === "nota" && parts.yth !== "none" ? [{ label: "Yth.", value: to }, { label: words.sheet.from, value: draft.printed?.signature.title ?? <Auto>{words.sheet.signer}</Auto> }] : []),
    ...(family === "judul" ? [] : [{ label: words.sheet.number, value: number }]),
    ...(parts.sifat === "none" ? [] : [{ label: words.parts.urgency, value: <Urgency content={content} onChange={onChange} /> }]),
    ...(parts.lampiran === "none" ? [] : [{ label: words.parts.attachment, value: <Line id="attachment" label={words.parts.attachment} value={content.attachment} maxLength={120} onChange={(next) => onChange({ attachment: next })} /> }]),
    ...(parts.hal === "none" ? [] : [{ label: words.parts.subject, value: <Line id="subject" label={words.parts.subject} value={content.subject} maxLength={500} onChange={(next) => onChange({ subject: next })} /> }]),
  ];
  return (
    <div className={css["sheet"]}>
      <LetterPaper
        isReflowing
        head={headOf(draft.printed, words.sheet.government(me.tenant.name).toUpperCase(), words)}
        title={family === "surat" ? undefined : { name: type.title, number: family === "judul" ? <span className={css["titleNumber"]}>{words.sheet.number} : {number}</span> : null }}
        date={family === "surat" ? <Auto>{words.sheet.date}</Auto> : undefined}
        meta={rows}
        to={family === "surat" && parts.yth !== "none" ? <>Yth.{to}{place !== null && <>{words.sheet.at}<span className={css["place"]}>{place}</span></>}</> : undefined}
        signature={signatureOf(draft.printed, words)}
        {...(parts.tembusan !== "none" && { ccSlot: <>{words.parts.cc}:<RecipientLines part="cc" content={content} onOpen={() => setPicking("cc")} onChange={onChange} /></> })}
      >
        {shape !== undefined && <FieldsForm shape={shape} value={content.fields} onChange={(fields) => onChange({ fields })} />}
        {parts.body !== "none" && <div id="slot-body" className={css["body"]}><EditorContent editor={editor} /></div>}
        {family === "judul" && <p className={css["judulDate"]}><Auto>{words.sheet.date}</Auto></p>}
      </LetterPaper>
      {picking !== undefined && <RecipientDialog label={picking === "to" ? words.parts.to : words.parts.cc} chosen={content[picking]} onChange={(next) => onChange(picking === "to" ? { to: next } : { cc: next })} onClose={() => setPicking(undefined)} />}
    </div>
  );
};

const useEditableWhen = (editor: Editor, isEditable: boolean): void => {
  useEffect(() => {
    editor.setEditable(isEditable, false);
  }, [editor, isEditable]);
};

/** A value that comes by itself. */
const Auto = ({ children }: { readonly children: ReactNode }): ReactElement => <span className={css["auto"]}>{children}</span>;

/** One line of the letter. */
const Line = ({ id, label, value, maxLength, onChange }: { readonly id: string; readonly label: string; readonly value: string; readonly maxLength: number; readonly onChange: (next: string) => void }): ReactElement => {
  const { sheet } = useDraftMessages();
  return <OneLine id={`slot-${id}`} className={css["slot"]} aria-label={label} maxLength={maxLength} placeholder={sheet.fill(label)} value={value} onText={onChange} />;
};

const Urgency = ({ content, onChange }: { readonly content: Content; readonly onChange: Change }): ReactElement => {
  const words = useDraftMessages();
  return (
    <span className={css["two"]}>
      <Choice id="urgency" label={words.parts.urgency} value={content.urgency} options={words.urgency} onChange={(urgency) => onChange({ urgency })} />
      <Choice id="security" label={words.parts.security} value={content.security} options={words.security} onChange={(security) => onChange({ security })} />
    </span>
  );
};

/** A choice that reads like text until it is touched. */
const Choice = <Value extends string>({ id, label, value, options, onChange }: { readonly id: string; readonly label: string; readonly value: Value; readonly options: Readonly<Record<Value, string>>; readonly onChange: (next: Value) => void }): ReactElement => {
  const keys = Object.keys(options).filter((key): key is Value => key in options);
  return (
    <select id={`slot-${id}`} className={css["slot"]} aria-label={label} value={value} onChange={(event) => {
      const next = keys.find((key) => key === event.target.value);
      if (next !== undefined) onChange(next);
    }}>{keys.map((key) => <option key={key} value={key}>{options[key]}</option>)}</select>
  );
};

/** The number as the type composes it: the classification is filled here, the serial is taken when the letter is frozen. */
const NumberSlot = ({ type, content, unitCode, onChange }: { readonly type: LetterType; readonly content: Content; readonly unitCode: string | undefined; readonly onChange: Change }): ReactElement => {
  const { sheet } = useDraftMessages();
  const time = useTimeWords();
  const now = useNow();
  const classification = content.classification ?? "";
  const classifications = useClassifications(classification);
  return (
    <span className={css["number"]}>
      {parseNumberPattern(type.number).map((piece) => {
        if ("literal" in piece) return piece.literal;
        switch (piece.token) {
          case "klasifikasi":
            return <ClassificationField key="klasifikasi" inline={{ className: css["slot"], id: "slot-classification" }} value={classification} onChange={(next) => onChange({ classification: next === "" ? null : next })} search={classifications} />;
          case "keamanan":
            return content.security;
          case "tahun":
            return time.date(now).slice(-4);
          case "urut":
            return <Auto key="urut">{sheet.serial}</Auto>;
          case "unit":
            return unitCode ?? <Auto key="unit">{sheet.unit}</Auto>;
          case "bulan":
            return <Auto key="bulan">{sheet.month}</Auto>;
          default:
            throw piece.token satisfies never;
        }
      })}
    </span>
  );
};

const RecipientLines = ({ part, content, onOpen, onChange }: { readonly part: "to" | "cc"; readonly content: Content; readonly onOpen: () => void; readonly onChange: Change }): ReactElement => {
  const words = useDraftMessages();
  const lines = content[part];
  const remove = useRemoval(lines, (next) => onChange(part === "to" ? { to: next } : { cc: next }));
  return (
    <div id={`slot-${part}`} className={css["recipients"]}>
      {lines.length > 0 && (
        <ol>
          {lines.map((each, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the order is the meaning; the same name may stand twice until it is mended
            <li key={index} id={`slot-${part}.${index}`}>
              {each.label}
              <button type="button" aria-label={words.remove(each.label)} title={words.remove(each.label)} onClick={() => remove(each.label, lines.toSpliced(index, 1), (now) => now.toSpliced(index, 0, each))}>×</button>
            </li>
          ))}
        </ol>
      )}
      <Button kind="link" size="small" icon="plus" onClick={onOpen}>{part === "to" ? words.sheet.addTo : words.sheet.addCc}</Button>
    </div>
  );
};

type Printed = DraftView["printed"];

/** The letterhead as it will be printed. */
const headOf = (printed: Printed, government: string, { sheet }: DraftMessages): ComponentProps<typeof LetterPaper>["head"] =>
  printed === null
    ? { crest: <Crest />, government, office: <Auto>{sheet.office}</Auto>, address: <Auto>{sheet.address}</Auto> }
    : { crest: <Crest />, government: lined(printed.letterhead.lines.slice(0, -1)), office: printed.letterhead.lines.at(-1), address: lined(printed.letterhead.address) };

/** The signature as it will be printed; the seal comes when the letter is frozen. */
const signatureOf = (printed: Printed, { sheet }: DraftMessages): ComponentProps<typeof LetterPaper>["signature"] => {
  const qr = sheet.qr;
  if (printed === null) return { lines: <Auto>{sheet.signer}</Auto>, qr, caption: <span>{sheet.caption}</span>, name: <Auto>{sheet.signerName}</Auto> };
  const { lines, title, name, pangkat, nip } = printed.signature;
  return { lines: lined(lines), qr, caption: <span>{sheet.caption}<br />{title}</span>, name: printed.isVacant ? <Auto>{sheet.vacant}</Auto> : name, rank: lined([...(pangkat === null ? [] : [pangkat]), ...(nip === null ? [] : [`NIP ${nip}`])]) };
};

const lined = (lines: readonly string[]): ReactNode => lines.map((line) => <span key={line} style={{ display: "block" }}>{line}</span>);

/** The signature in another's name: offered as far as it has been delegated, with the decree. What was ticked before can always be taken back. */
const OnBehalf = ({ draft, content, onChange }: { readonly draft: DraftView; readonly content: Content; readonly onChange: Change }): ReactElement => {
  const words = useDraftMessages();
  const inNameOf = draft.printed?.inNameOf ?? [];
  const isTicked = content.onBehalf === true;
  const posts = inNameOf.map(({ title }, level) => `${level === 0 ? "a.n." : "u.b."} ${title}`).join(", ");
  if (inNameOf.length === 0 && !isTicked) return <p id="slot-onBehalf">{words.sheet.noOnBehalf}</p>;
  return <label id="slot-onBehalf"><input type="checkbox" checked={isTicked} onChange={(event) => onChange({ onBehalf: event.target.checked })} />{inNameOf.length === 0 ? words.sheet.onBehalf : words.sheet.onBehalfOf(posts, inNameOf.map(({ basis }) => basis).join("; "))}</label>;
};

/** What is decided about a naskah beside its printed text. */
export const Handling = ({ draft, content, onChange }: { readonly draft: DraftView; readonly content: Content; readonly onChange: Change }): ReactElement => {
  const words = useDraftMessages();
  const isPrinted = letterType(draft.type.code)?.parts.sifat !== "none";
  return (
    <div className={css["handling"]} role="group" aria-label={words.sheet.management}>
      {!isPrinted && <label>{words.parts.urgency}<Choice id="urgency" label={words.parts.urgency} value={content.urgency} options={words.urgency} onChange={(urgency) => onChange({ urgency })} /></label>}
      {!isPrinted && <label>{words.parts.security}<Choice id="security" label={words.parts.security} value={content.security} options={words.security} onChange={(security) => onChange({ security })} /></label>}
      <OnBehalf draft={draft} content={content} onChange={onChange} />
    </div>
  );
};
