import { useState, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useClassifications } from "../kernel/classifications.ts";
import type { Filing } from "../kernel/filing.ts";
import { Button } from "./Button.tsx";
import { ClassificationField } from "./ClassificationField.tsx";
import { Dialog } from "./Dialog.tsx";
import { Field } from "./Field.tsx";
import { Icon } from "./Icon.tsx";
import { Fault } from "./Page.tsx";
import { Picker, PickerRow } from "./Picker.tsx";

const most = 10;

/** Props of `DossierDialog`. */
export type DossierDialogProps = {
  readonly title: string;
  readonly lead: string;
  /** What the letter is about and its own classification: where a new dossier starts, and which dossiers come first. */
  readonly letter: { readonly subject: string; readonly classification: string };
  readonly filing: Filing;
  readonly onClose: () => void;
};

/** Puts a letter into a dossier of the unit, or opens a new dossier for it. Dossiers of its own classification come first. */
export const DossierDialog = ({ title, lead, letter, filing, onClose }: DossierDialogProps): ReactElement => {
  const { dialog, dossier: words } = useMessages();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [isNew, setNew] = useState(false);
  const [name, setName] = useState(letter.subject.slice(0, 200));
  const [classification, setClassification] = useState(letter.classification);
  const classifications = useClassifications(classification);
  const isOwn = (row: { readonly classification: string }): boolean => row.classification === letter.classification;
  const rows = (filing.rows ?? []).toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a))).slice(0, most);
  const choice = isNew ? (name.trim() === "" || classification === "" ? undefined : { classification, title: name.trim() }) : chosen === undefined ? undefined : { id: chosen };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      lead={lead}
      isHeld={filing.isBusy}
      foot={
        <>
          <Button onClick={onClose} disabled={filing.isBusy}>{dialog.cancel}</Button>
          <Button kind="primary" icon="archive" disabled={choice === undefined} isBusy={filing.isBusy} onClick={() => choice !== undefined && filing.file(choice)}>{title}</Button>
        </>
      }
    >
      {isNew ? (
        <>
          <Field label={words.title}><input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} /></Field>
          <ClassificationField value={classification} onChange={setClassification} search={classifications} />
        </>
      ) : (
        <Picker label={words.search} search={{ label: words.search, text: filing.text, onText: filing.search }} isBusy={filing.isSearching} nothing={filing.rows?.length === 0 ? words.none : undefined}>
          {rows.map((row) => <PickerRow key={row.id} group="berkas" isChosen={chosen === row.id} onChoose={() => setChosen(row.id)} mark={<Icon name="folder" />} title={row.title} note={`${row.classification} ${row.classificationName} · ${row.year} · ${words.items(row.items)}`} />)}
        </Picker>
      )}
      <Button kind="link" icon={isNew ? "back" : "plus"} onClick={() => setNew(!isNew)}>{isNew ? words.choose : words.create}</Button>
      <Fault error={filing.error} />
    </Dialog>
  );
};
